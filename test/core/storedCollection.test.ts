import fc from 'fast-check';
import { ACTORS } from '../../src/core/actor';
import { type Collection, newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { loopsOf, NO_LOOPS, storedLoops, withEvents } from '../../src/core/loops';
import { collectionIn, keepingCollection, orphans } from '../../src/core/storedCollection';
import { type AttributedEvent, type Sums, storedSums, sumsOfEvents } from '../../src/core/sums';
import { A_LEAD, attributedEvent, type Doing } from '../support/attributedEvents';

const LARGEST_PROPERTY = 9 * 1024; // bytes
const HOURS = hoursOf('2026-11-18', 'Europe/Moscow');
const EMPTY = newCollection('2026-11-18', 'Europe/Moscow', HOURS, {
  ...{ accountId: 5, serviceAccounts: [102, 103], rules: [], beganAt: 1_763_463_060_999 },
});

/** Many different sums: each type by each actor in each hour, with tags, and people who work all day. */
function crowded(types: number, authors: number, name = (nth: number) => `custom_type_number_${nth}`): Sums {
  const events: AttributedEvent[] = [];
  for (let hour = 0; hour < 24; hour += 1) {
    const happen = (type: number, more: Doing) =>
      events.push(attributedEvent({ type: name(type), hour, at: hour, entity: A_LEAD, ...more }));
    for (let type = 0; type < types; type += 1)
      for (const actor of ACTORS) happen(type, { actor, subject: { kind: 'tag', id: name(type) } });
    for (let nth = 0; nth < authors; nth += 1) happen(0, { actor: 'person', author: 1_000_000 + nth });
  }
  return sumsOfEvents(events);
}

/** As they are read back: of an hour that has ended for them. */
const LOOPS = loopsOf(
  storedLoops(
    withEvents(
      NO_LOOPS,
      Array.from({ length: 30 }, (_, nth) => attributedEvent({ at: 36_000 + nth, entity: A_LEAD })),
    ),
  ),
);

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
        ...{ sums: crowded(3, 2), tail: crowded(2, 1), again: crowded(1, 1), loops: LOOPS },
      },
    ],
  ])('Q4 · is read back as it was: %s', (_, collection) => {
    expect(collectionIn(last(kept({}, collection)), 'collection')).toEqual(collection);
  });

  it.each<[string, (nth: number) => string]>([
    ['plain keys', nth => `custom_type_number_${nth}`],
    ['Russian keys', nth => `изменение_поля_${nth}`],
    ['emoji and control characters', nth => `\u0000\u001f\u007f\u2028😀"\\\ud800${nth}`],
  ])('Q4 · each document is below 9 KB, ends within no character, and all are read back (%s)', (_, name) => {
    const collection = { ...EMPTY, sums: crowded(60, 50, name), tail: crowded(5, 1, name) };
    const properties = last(kept({}, collection));
    const sizes = Object.values(properties).map(text => Buffer.byteLength(text));
    expect(Math.max(...sizes)).toBeLessThan(LARGEST_PROPERTY);
    expect(documentsOf(properties).length).toBeGreaterThan(5);
    for (const text of Object.values(properties)) expect(Buffer.from(text).toString()).toBe(text);
    expect(collectionIn(properties, 'collection')).toEqual(collection);
  });

  it('Q4 · any key of a type is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), types => {
        const sums = sumsOfEvents(
          types.map(type => attributedEvent({ type, actor: 'service', author: 7, entity: A_LEAD })),
        );
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
    const text = JSON.stringify({
      ...EMPTY,
      ...{
        format: 2,
        tail: storedSums(EMPTY.tail),
        again: storedSums(EMPTY.again),
        loops: storedLoops(NO_LOOPS),
      },
      sums: { ...storedSums(EMPTY.sums), types: { '0:a': 'A1', '0:b': 'A1' } },
    });
    const at = text.indexOf(',"0:b"');
    const until = at + ',"0:b":"A1"'.length;
    const damaged = { collection: head, 'sums.4.0': text.slice(0, at), 'sums.4.2': text.slice(until) };
    expect(() => JSON.parse(damaged['sums.4.0'] + damaged['sums.4.2'])).not.toThrow();
    const undamaged = { ...damaged, 'sums.4.1': text.slice(at, until) };
    expect(collectionIn(undamaged, 'collection')?.sums.types.size).toBe(2);
    expect(collectionIn(damaged, 'collection')).toBeUndefined();
  });

  it('F-T14 · one of an older or newer format is none: its day is collected anew', () => {
    const { documents, head } = keepingCollection({}, EMPTY);
    const [[name, text]] = [...documents] as [[string, string]];
    expect(text).toContain('"format":2');
    for (const format of ['1', '3', 'null'])
      expect(
        collectionIn(
          { collection: head, [name]: text.replace('"format":2', `"format":${format}`) },
          'collection',
        ),
      ).toBeUndefined();
    const { again: _, ...older } = JSON.parse(text) as Record<string, unknown>;
    expect(collectionIn({ collection: head, [name]: JSON.stringify(older) }, 'collection')).toBeUndefined();
  });

  it('T1 · documents of a longer change that was torn do not stay with a shorter one', () => {
    const before = last(kept({}, EMPTY));
    const { documents } = keepingCollection(before, { ...EMPTY, sums: crowded(60, 5) });
    expect(documents.size).toBeGreaterThan(3);
    const after = last(kept({ ...before, ...Object.fromEntries(documents) }, EMPTY));
    expect(documentsOf(after)).toHaveLength(1);
    expect(collectionIn(after, 'collection')).toEqual(EMPTY);
  });

  it('Q4 · two generations take turns, and only our own names are ours', () => {
    let properties: Stored = { 'my.sums.1.0': 'x', 'sums.1.0.mine': 'x' };
    for (let nth = 0; nth < 12; nth += 1) properties = last(kept(properties, { ...EMPTY, requests: nth }));
    expect(documentsOf(properties).filter(name => !name.endsWith('mine'))).toEqual(['sums.2.0']);
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
