import fc from 'fast-check';
import { ACTORS } from '../../src/core/actor';
import { type Collection, newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { collectionIn, keepingCollection, orphans } from '../../src/core/storedCollection';
import { addEvent, emptySums, type Sums } from '../../src/core/sums';

const LARGEST_PROPERTY = 9 * 1024; // bytes
const HOURS = hoursOf('2026-11-18', 'Europe/Moscow');
const EMPTY = newCollection('2026-11-18', 'Europe/Moscow', HOURS, {
  ...{ accountId: 5, serviceAccounts: [102, 103], beganAt: 1_763_463_060_999 },
});

/** As many different sums as a day can bring: each type by each actor in each hour. */
function crowded(types: number, authors: number, name = (nth: number) => `custom_type_number_${nth}`): Sums {
  const sums = emptySums();
  for (let type = 0; type < types; type += 1)
    for (const actor of ACTORS)
      for (let hour = 0; hour < 24; hour += 1)
        addEvent(sums, { type: name(type), actor, hour, author: undefined });
  for (let author = 0; author < authors; author += 1)
    for (let hour = 0; hour < 24; hour += 1)
      addEvent(sums, { type: name(0), actor: 'person', hour, author: 1_000_000 + author });
  // Large counts, so that the texts are as long as they get.
  for (const hours of [...sums.types.values(), ...sums.authors.values()])
    hours.forEach((count, hour) => {
      hours[hour] = count * 9_999;
    });
  return sums;
}

type Stored = Record<string, string>;
/** The properties after a collection was kept, step by step as a job does it. */
function kept(properties: Stored, collection: Collection, name = 'collection'): Stored[] {
  const { documents, head } = keepingCollection(properties, collection);
  const written = { ...properties, ...Object.fromEntries(documents) };
  const named = { ...written, [name]: head };
  const tidy = { ...named };
  for (const orphan of orphans(named)) delete tidy[orphan];
  return [written, named, tidy];
}
const last = (steps: Stored[]) => steps[steps.length - 1]!;
const documentsOf = (properties: Stored) => Object.keys(properties).filter(name => name.startsWith('sums.'));

describe('Q4 · T1 · a collection in the properties', () => {
  it.each<[string, Collection]>([
    ['a new one', EMPTY],
    [
      'one with everything',
      {
        ...EMPTY,
        ...{
          phase: 'late',
          next: 5,
          to: 9,
          span: 3,
          unreadable: 4,
          requests: 77,
          isCorrection: true,
          late: 2,
        },
        ...{ sums: crowded(3, 2), again: crowded(1, 1) },
      },
    ],
  ])('Q4 · is read back as it was: %s', (_, collection) => {
    expect(collectionIn(last(kept({}, collection)), 'collection')).toEqual(collection);
  });

  it.each<[string, (nth: number) => string, number]>([
    ['plain keys', nth => `custom_type_number_${nth}`, 250_000],
    // Six bytes a letter; amoCRM itself has no such keys.
    ['Russian keys', nth => `изменение_поля_${nth}`, 350_000],
    ['emoji and control characters', nth => `\u0000\u001f\u007f\u2028😀"\\\ud800${nth}`, 350_000],
  ])(
    'Q4 · 300 types × 5 actors × 24 hours and 200 authors: each document below 9 KB, all within bounds (%s)',
    (_, name, most) => {
      const collection = { ...EMPTY, sums: crowded(300, 200, name) };
      const properties = last(kept({}, collection));
      const sizes = Object.values(properties).map(text => Buffer.byteLength(text));
      expect(Math.max(...sizes)).toBeLessThan(LARGEST_PROPERTY);
      expect(documentsOf(properties).length).toBeGreaterThan(10);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(most);
      expect(Object.values(properties).join('')).toMatch(/^[\x20-\x7e]*$/);
      expect(collectionIn(properties, 'collection')).toEqual(collection);
    },
  );

  it('Q4 · any key of a type is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), types => {
        const sums = emptySums();
        for (const type of types) addEvent(sums, { type, actor: 'robot', hour: 3, author: 7 });
        const collection = { ...EMPTY, sums };
        expect(collectionIn(last(kept({}, collection)), 'collection')).toEqual(collection);
      }),
    );
  });

  it('T1 · wherever a change ends, it is the old one or the new one, whole', () => {
    const before = last(kept({}, { ...EMPTY, requests: 1, sums: crowded(30, 5) }));
    const next = { ...EMPTY, requests: 2, sums: crowded(40, 5) };
    const requests = kept(before, next).map(step => collectionIn(step, 'collection')?.requests);
    expect(requests).toEqual([1, 2, 2]);
    // Also when only some of the documents were written.
    const { documents } = keepingCollection(before, next);
    expect(documents.size).toBeGreaterThan(2);
    for (let count = 0; count <= documents.size; count += 1) {
      const torn = { ...before, ...Object.fromEntries([...documents].slice(0, count)) };
      expect(collectionIn(torn, 'collection')).toEqual({ ...EMPTY, requests: 1, sums: crowded(30, 5) });
      expect(collectionIn(last(kept(torn, next)), 'collection')).toEqual(next);
      expect(documentsOf(last(kept(torn, next)))).toHaveLength(documents.size);
    }
  });

  it('A10 · with any document lost there is no collection, never a wrong one', () => {
    const whole = last(kept({}, { ...EMPTY, sums: crowded(100, 20) }));
    const names = documentsOf(whole);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const { [name]: _, ...rest } = whole;
      expect(collectionIn(rest, 'collection')).toBeUndefined();
    }
    // Where what is left would read well all the same.
    const head = JSON.stringify({ generation: 4, documents: 3 });
    const text = (type: string) => `"0:${type}":"1"`;
    const damaged = {
      collection: head,
      'sums.4.0': JSON.stringify({ ...EMPTY, sums: undefined, again: { types: {}, authors: {} } }).replace(
        /\}$/,
        `,"sums":{"authors":{},"types":{${text('a')}`,
      ),
      'sums.4.2': '}}}',
    };
    expect(collectionIn({ ...damaged, 'sums.4.1': `,${text('b')}` }, 'collection')?.sums.types.size).toBe(2);
    expect(collectionIn(damaged, 'collection')).toBeUndefined();
  });

  it('T1 · documents of a longer change that was torn do not stay with a shorter one', () => {
    const before = last(kept({}, EMPTY));
    const { documents } = keepingCollection(before, { ...EMPTY, sums: crowded(60, 5) });
    expect(documents.size).toBeGreaterThan(3);
    const after = last(kept({ ...before, ...Object.fromEntries(documents) }, EMPTY));
    expect(documentsOf(after)).toHaveLength(1);
    expect(collectionIn(after, 'collection')).toEqual(EMPTY);
  });

  it('Q4 · generations go on counting past nine, and only our own names are ours', () => {
    let properties: Stored = { 'my.sums.1.0': 'x', 'sums.1.0.mine': 'x' };
    for (let nth = 0; nth < 12; nth += 1) properties = last(kept(properties, { ...EMPTY, requests: nth }));
    expect(documentsOf(properties).filter(name => !name.endsWith('mine'))).toEqual(['sums.12.0']);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['my.sums.1.0', 'sums.1.0.mine']));
    expect(collectionIn(properties, 'collection')?.requests).toBe(11);
  });

  it.each([
    '',
    'x',
    'null',
    '5',
    '{}',
    '{"generation":1}',
    '{"documents":1}',
    '{"generation":"1","documents":1}',
  ])('A10 · a head of %j names none', head => {
    const properties = { ...last(kept({}, EMPTY)), collection: head };
    expect(collectionIn(properties, 'collection')).toBeUndefined();
    expect(orphans(properties)).toEqual(['sums.1.0']);
  });

  it('A10 · a head that outlived its documents never names another’s', () => {
    const lost = { reported: JSON.stringify({ generation: 1, documents: 1 }) };
    const after = last(kept(lost, EMPTY));
    expect(collectionIn(after, 'collection')).toEqual(EMPTY);
    expect(collectionIn(after, 'reported')).toBeUndefined();
  });

  it('D5 · the day under way and the last one reported stand side by side', () => {
    const reported = { ...EMPTY, day: '2026-11-17' };
    const both = last(kept(last(kept({}, reported, 'reported')), EMPTY));
    expect(collectionIn(both, 'reported')).toEqual(reported);
    expect(collectionIn(both, 'collection')).toEqual(EMPTY);
    expect(
      orphans({ ...both, 'sums.9.0': 'x', 'sums.9.12': 'x', sums: 'x', 'sums.x.1': 'x', token: 'T' }),
    ).toEqual(['sums.9.0', 'sums.9.12']);
  });
});
