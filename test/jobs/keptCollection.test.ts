import { type Collection, newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { noHours } from '../../src/core/hourly';
import { emptySums } from '../../src/core/sums';
import {
  dropCollection,
  keepCollection,
  keptCollection,
  renameCollection,
} from '../../src/jobs/keptCollection';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { Killed } from '../support/steps';

const collection = (day: string, types = 1): Collection => {
  const everyHour = noHours().map(() => 1);
  const names = Array.from({ length: types }, (_, type) => `0:some_custom_type_${type}`);
  const sums = { ...emptySums(), types: new Map(names.map(name => [name, everyHour])) };
  const of = { accountId: 5, serviceAccounts: [], rules: [], beganAt: 1 };
  return { ...newCollection(day, 'UTC', hoursOf(day, 'UTC'), of), sums };
};
const OLD = collection('2026-11-17', 200);
const NEW = collection('2026-11-18', 300);
const world = () => inMemoryOutside({ properties: { token: 'T', 'sums.9.0': 'left over' } });
const documents = ({ properties }: ReturnType<typeof world>) =>
  [...properties.keys()].filter(name => name.startsWith('sums.'));

const generationsOf = (one: ReturnType<typeof world>) =>
  new Set(documents(one).map(name => name.split('.')[1]));

describe('T1, Q4 · the collection in the properties', () => {
  it('Q4 · is kept in documents below 9 KB, over those of the time before the last', () => {
    const one = world();
    keepCollection(one.outside, 'collection', OLD);
    expect(keptCollection(one.outside, 'collection')).toEqual(OLD);
    expect(documents(one).length).toBeGreaterThan(1);
    for (const next of [NEW, OLD, NEW, OLD, NEW]) {
      const before = documents(one).length;
      one.steps.log.length = 0;
      keepCollection(one.outside, 'collection', next);
      expect(keptCollection(one.outside, 'collection')).toEqual(next);
      // Documents, then the head.
      expect(one.steps.log.filter(step => step.startsWith('properties.change'))).toHaveLength(2);
      expect(documents(one).length).toBeLessThan(before + 8);
    }
    expect(generationsOf(one)).toEqual(new Set(['1', '2', '9']));
    dropCollection(one.outside, 'collection');
    expect(documents(one)).toEqual([]);
  });

  it('T1 · killed before any call, it is the old one or the new one, whole', () => {
    for (let nth = 1; nth <= 4; nth += 1) {
      const one = world();
      keepCollection(one.outside, 'collection', OLD);
      one.steps.killBefore(nth);
      const keep = () => keepCollection(one.outside, 'collection', NEW);
      if (nth <= 3) expect(keep).toThrow(Killed);
      else keep();
      one.steps.revive();
      // Read, documents, head.
      expect(keptCollection(one.outside, 'collection')).toEqual(nth <= 3 ? OLD : NEW);
      keepCollection(one.outside, 'collection', NEW);
      expect(keptCollection(one.outside, 'collection')).toEqual(NEW);
    }
  });

  it('D5 · the day under way becomes the last one reported, in one change', () => {
    const one = world();
    keepCollection(one.outside, 'reported', OLD);
    keepCollection(one.outside, 'collection', NEW);
    one.steps.log.length = 0;
    renameCollection(one.outside, 'collection', 'reported');
    expect(one.steps.log[1]).toBe('properties.change reported -collection');
    expect(keptCollection(one.outside, 'reported')).toEqual(NEW);
    expect(keptCollection(one.outside, 'collection')).toBeUndefined();
    expect(generationsOf(one).size).toBe(1);
  });

  it('D5 · without one there is nothing to become', () => {
    const one = world();
    keepCollection(one.outside, 'reported', OLD);
    renameCollection(one.outside, 'collection', 'reported');
    expect(keptCollection(one.outside, 'reported')).toEqual(OLD);
  });

  it('T1 · one that is dropped is gone with its documents, and no other', () => {
    const one = world();
    keepCollection(one.outside, 'reported', OLD);
    keepCollection(one.outside, 'collection', NEW);
    dropCollection(one.outside, 'collection');
    expect(keptCollection(one.outside, 'collection')).toBeUndefined();
    expect(keptCollection(one.outside, 'reported')).toEqual(OLD);
    dropCollection(one.outside, 'reported');
    expect([...one.properties.keys()]).toEqual(['token']);
  });
});
