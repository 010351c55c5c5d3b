import fc from 'fast-check';
import { entityKey } from '../../src/core/entity';
import {
  foundLoops,
  type Loop,
  type Loops,
  loopsOf,
  NO_LOOPS,
  storedLoops,
  withEvents,
} from '../../src/core/loops';
import type { AttributedEvent } from '../../src/core/sums';
import { attributedEvent, type Doing } from '../support/attributedEvents';

const HOUR_S = 3_600;
const START = 400_000 * HOUR_S;
const lead = (id: number) => ({ type: 'lead', id });
const tag = (type: 'added' | 'deleted', at: number, id: number, name = 'VIP') =>
  attributedEvent({
    ...{ at, entity: lead(id), subject: { kind: 'tag', id: name } },
    type: `entity_tag_${type}`,
  });
const field = (at: number, id: number, more: Doing = {}) =>
  attributedEvent({
    ...{ at, entity: lead(id), subject: { kind: 'field', id: '7' }, type: 'custom_field_value_changed' },
    ...more,
  });
const byTime = (events: AttributedEvent[]) => events.sort((a, b) => a.event.createdAt - b.event.createdAt);
const times = <Item>(length: number, of: (nth: number) => Item) =>
  Array.from({ length }, (_, nth) => of(nth));
const foundIn = (events: readonly AttributedEvent[]) => foundLoops(withEvents(NO_LOOPS, events));
const ADDED = '0:entity_tag_added|tVIP';
const DELETED = '0:entity_tag_deleted|tVIP';
const FIELD = '0:custom_field_value_changed|f7';
const throughStore = (loops: Loops) => loopsOf(JSON.parse(JSON.stringify(storedLoops(loops))));

describe('T16 · loops that are found', () => {
  it('T16 · a field that flips on three deals, and a tag set and taken away in turn, come first', () => {
    const quiet = times(3_000, nth => field(START + nth * 28, 10_000 + nth));
    const flips = [1, 2, 3].flatMap(id => times(400, nth => field(START + id + nth * 200, id)));
    const turns = times(300, nth => tag(nth % 2 === 0 ? 'added' : 'deleted', START + 7 + nth * 250, 4));
    const found = foundIn(byTime([...quiet, ...flips, ...turns]));
    expect(found.map(({ kind, entity, processes, count }) => [kind, entity, processes, count])).toEqual([
      ...[1, 2, 3].map(id => ['repeat', `lead:${id}`, [FIELD], 400]),
      ['pair', 'lead:4', [ADDED, DELETED], 300],
    ]);
    expect(found[0]).toMatchObject({ first: START + 1, last: START + 1 + 399 * 200, missed: 0 });
    expect(found[3]).toMatchObject({ missed: 0, first: START + 7, last: START + 7 + 299 * 250 });
  });

  it('T16 · the same, kept and read back after every quarter of an hour', () => {
    const flips = [1, 2, 3].flatMap(id => times(400, nth => field(START + id + nth * 200, id)));
    const turns = times(300, nth => tag(nth % 2 === 0 ? 'added' : 'deleted', START + 7 + nth * 250, 4));
    const found = foundLoops(inWindows(byTime([...flips, ...turns]), 900, true));
    expect(found.map(({ kind, entity }) => [kind, entity])).toEqual([
      ...[1, 2, 3].map(id => ['repeat', `lead:${id}`]),
      ['pair', 'lead:4'],
    ]);
    for (const { count, missed } of found.slice(0, 3)) {
      expect(count).toBeLessThanOrEqual(400);
      expect(count + missed).toBeGreaterThanOrEqual(400);
      expect(count).toBeGreaterThan(390);
    }
  });

  it.each<[string, number, number]>([
    ['19 times are none', 19, 0],
    ['20 times are one', 20, 1],
  ])('T16 · one process on one entity: %s', (_, length, loops) => {
    expect(foundIn(times(length, nth => field(START + nth, 1)))).toHaveLength(loops);
  });

  it.each<[string, number, number]>([
    ['19 events are none', 19, 0],
    ['20 events are one', 20, 1],
  ])('T16 · two processes in turn: %s', (_, length, loops) => {
    const found = foundIn(times(length, nth => tag(nth % 2 ? 'added' : 'deleted', START + nth, 1)));
    expect(found).toHaveLength(loops);
    if (loops > 0) expect(found[0]).toMatchObject({ kind: 'pair', count: 20, processes: [ADDED, DELETED] });
  });

  it('T16 · two processes that are not in turn are two loops, or none', () => {
    const one = times(30, nth => tag('added', START + nth, 1));
    const other = times(25, nth => tag('deleted', START + 100 + nth, 1));
    expect(foundIn([...one, ...other]).map(({ kind, processes }) => [kind, processes])).toEqual([
      ['repeat', [ADDED]],
      ['repeat', [DELETED]],
    ]);
  });

  it.each([
    [16, 1],
    [15, 0],
  ])('T16 · of 21 events of two processes %d follow one of the other: %d pairs', (turns, pairs) => {
    let isAdded = true;
    const events = times(21, nth => {
      if (nth > 0 && nth <= turns) isAdded = !isAdded;
      return tag(isAdded ? 'added' : 'deleted', START + nth, 1);
    });
    expect(foundIn(events)).toHaveLength(pairs);
  });

  it('T16 · a pair takes the place of its own two processes on its own entity alone', () => {
    const turns = times(30, nth => tag(nth % 2 === 0 ? 'added' : 'deleted', START + nth, 1));
    const other = times(25, nth => field(START + 100 + nth, 1));
    const elsewhere = times(25, nth => tag('added', START + 200 + nth, 2));
    const found = foundIn([...turns, ...other, ...elsewhere]);
    expect(found.map(({ kind, entity, processes, count }) => [kind, entity, processes, count])).toEqual([
      ['pair', 'lead:1', [ADDED, DELETED], 30],
      ['repeat', 'lead:1', [FIELD], 25],
      ['repeat', 'lead:2', [ADDED], 25],
    ]);
  });

  it('T16 · of 100 automated events by many processes the entity is hot; loops that explain them come instead', () => {
    const various = (count: number) => times(count, nth => field(START + nth, 1, { type: `t${nth % 40}` }));
    expect(foundIn(various(99))).toEqual([]);
    expect(foundIn(various(100))).toEqual([
      {
        ...{ kind: 'hot', entity: 'lead:1', processes: [], count: 100 },
        first: START,
        last: START + 99,
        missed: 0,
      },
    ]);
    const half = (loop: number) => [...times(loop, nth => field(START + 200 + nth, 1))];
    expect(foundIn([...various(60), ...half(59)]).map(({ kind }) => kind)).toEqual(['hot', 'repeat']);
    expect(foundIn([...various(60), ...half(60)]).map(({ kind }) => kind)).toEqual(['repeat']);
    const elsewhere = times(60, nth => field(START + 200 + nth, 2));
    expect(foundIn([...various(100), ...elsewhere]).map(({ kind }) => kind)).toEqual(['hot', 'repeat']);
  });

  it('T16 · a quiet day has none: many deals, each with a few events', () => {
    const events = times(20_000, nth => field(START + nth * 4, nth % 4_000, { type: `t${nth % 7}` }));
    expect(foundIn(events)).toEqual([]);
    expect(foundLoops(NO_LOOPS)).toEqual([]);
  });

  it('T16 · neither people nor clients make loops, nor events of no entity', () => {
    for (const more of [
      { actor: 'person', author: 101 },
      { actor: 'former', author: 104 },
      { actor: 'client' },
      { entity: undefined },
    ] as const)
      expect(foundIn(times(200, nth => field(START + nth, 1, more)))).toEqual([]);
    for (const more of [{ actor: 'service', author: 102 }, { actor: 'unknown' }, { actor: 'robot' }] as const)
      expect(foundIn(times(200, nth => field(START + nth, 1, more)))).toHaveLength(1);
  });

  it('T16 · what a rule gives another name makes loops by its nature', () => {
    const named = times(50, nth => ({ ...field(START + nth, 1), process: '0:=|=Сверка' }));
    expect(foundIn(named)).toMatchObject([{ kind: 'repeat', processes: [FIELD], count: 50 }]);
  });

  it('T16 · a fixed number is told of, the strongest first, the same whatever the order was', () => {
    const events = byTime(times(60, id => times(20 + id, nth => field(START + nth * 30, id + 1))).flat());
    const found = foundIn(events);
    expect(found.map(({ count }) => count)).toEqual(times(40, nth => 79 - nth));
    const alike = byTime(
      times(30, id =>
        times(20, nth => field(START + nth * 30, (id % 3) + 1, { type: `t${id % 10}` })),
      ).flat(),
    );
    const loops = withEvents(NO_LOOPS, alike);
    expect(foundLoops(loops).length).toBeGreaterThan(5);
    const counts = new Map([...loops.counts].reverse());
    expect(foundLoops({ ...loops, counts })).toEqual(foundLoops(loops));
  });
});

/** What the same events give, window by window, with what is kept in between or without. */
function inWindows(events: readonly AttributedEvent[], seconds: number, stored: boolean): Loops {
  let loops = NO_LOOPS;
  let at = 0;
  while (at < events.length) {
    const until = events[at]!.event.createdAt + seconds;
    let next = at;
    while (next < events.length && events[next]!.event.createdAt < until) next += 1;
    loops = withEvents(loops, events.slice(at, next));
    if (stored) loops = throughStore(loops);
    at = next;
  }
  return loops;
}

/** What really happened, counted plainly: each process of an entity, and all of it. */
function truth(events: readonly AttributedEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { event, doing } of events)
    for (const key of [`${entityKey(event.entity!)} ${doing}`, entityKey(event.entity!)])
      counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Of a day: many entities with few events each, and a few with very many. */
const busyDays = fc
  .array(
    fc.record({
      id: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) },
        { weight: 1, arbitrary: fc.nat(60) },
      ),
      hour: fc.nat(5),
      second: fc.nat(HOUR_S - 1),
      deleted: fc.boolean(),
      again: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 60 },
  )
  .map(parts =>
    byTime(
      parts.flatMap(({ id, hour, second, deleted, again }) =>
        times(again, nth =>
          tag(
            (nth % 2 === 1) !== deleted ? 'added' : 'deleted',
            START + hour * HOUR_S + ((second + nth * 7) % HOUR_S),
            id,
          ),
        ),
      ),
    ),
  );

describe('T16 · how exact loops are', () => {
  it('T16 · the windows make no difference: the same counts in one as in many', () => {
    fc.assert(
      fc.property(busyDays, fc.integer({ min: 1, max: 10_000 }), (events, seconds) => {
        expect(inWindows(events, seconds, false)).toEqual(withEvents(NO_LOOPS, events));
      }),
    );
  });

  it('T16 · never more than there were, and never more missing than is told, however often it is kept and read', () => {
    fc.assert(
      fc.property(busyDays, fc.integer({ min: 1, max: 10_000 }), fc.boolean(), (events, seconds, stored) => {
        const counts = truth(events);
        const loops = inWindows(events, seconds, stored);
        const within = ({ entity, processes, count, missed }: Loop) => {
          const keys = processes.length === 0 ? [entity] : processes.map(process => `${entity} ${process}`);
          const real = keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
          expect(count).toBeLessThanOrEqual(real);
          expect(count + missed).toBeGreaterThanOrEqual(real);
        };
        foundLoops(loops).forEach(within);
        for (const [key, { count, missed, first, last }] of loops.counts) {
          const [kind, entity, process] = key.split('\n');
          if (kind === 'pair') continue;
          const real = counts.get(kind === 'hot' ? entity! : `${entity} ${process}`)!;
          expect(count).toBeLessThanOrEqual(real);
          expect(count + missed).toBeGreaterThanOrEqual(real);
          expect(first <= last).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('T16 · what is seen too seldom in an hour is forgotten, and how much that was is told', () => {
    const seldom = times(5, hour => times(2, nth => field(START + hour * HOUR_S + nth, 1))).flat();
    const then = times(50, nth => field(START + 5 * HOUR_S + nth, 1));
    expect(foundIn([...seldom, ...then])).toEqual([
      {
        ...{ kind: 'repeat', entity: 'lead:1', processes: [FIELD], count: 50, missed: 10 },
        ...{ first: START + 5 * HOUR_S, last: START + 5 * HOUR_S + 49 },
      },
    ]);
    // What once was often enough stays.
    const often = times(5, hour => times(3, nth => field(START + hour * HOUR_S + nth, 1))).flat();
    expect(foundIn([...often, ...then])).toMatchObject([{ count: 65, missed: 0, first: START }]);
  });

  it('T16 · how much was forgotten is told of each kind', () => {
    const turn = (hour: number) =>
      (['added', 'deleted'] as const).map((type, nth) => tag(type, START + hour * HOUR_S + nth, 1));
    const loops = withEvents(NO_LOOPS, [0, 1, 2, 3].flatMap(turn));
    expect(loops.forgotten).toEqual({ repeat: 3, pair: 3, hot: 6 });
  });

  it('Q4 · of what was done last only this hour’s is in memory', () => {
    const events = times(100, id => field(START + id, id));
    expect(withEvents(NO_LOOPS, events).latest.size).toBe(100);
    expect(withEvents(NO_LOOPS, [...events, field(START + HOUR_S, 500)]).latest.size).toBe(1);
  });

  it('Q4 · what is kept is read back, and takes a fixed room', () => {
    fc.assert(
      fc.property(busyDays, events => {
        const kept = throughStore(withEvents(NO_LOOPS, events));
        expect(throughStore(kept)).toEqual(kept);
      }),
    );
    const crowd = times(3_000, id => times(4, nth => field(START + nth, id))).flat();
    const { counts } = storedLoops(withEvents(NO_LOOPS, crowd));
    expect(Object.keys(counts)).toHaveLength(80); // forty processes, forty entities
    expect(storedLoops(withEvents(NO_LOOPS, crowd)).forgotten).toEqual({ repeat: 4, pair: 0, hot: 4 });
    // Each kind has a room of its own.
    const turns = times(4, nth => tag(nth % 2 ? 'added' : 'deleted', START + 10 + nth, 9_000));
    const both = storedLoops(withEvents(NO_LOOPS, [...crowd, ...turns]));
    expect(Object.keys(both.counts).filter(key => key.startsWith('pair'))).toHaveLength(1);
  });

  it('T16 · many that are seen once in an hour are no reason to forget what is seen often enough', () => {
    const once = times(7_500, id => field(START + Math.floor(id / 5), 1_000 + id));
    const often = times(3, nth => field(START + nth, 1));
    const { counts } = withEvents(NO_LOOPS, [...byTime([...once, ...often]), field(START + HOUR_S, 2)]);
    expect([...counts.values()].map(({ count }) => count).sort()).toEqual([1, 1, 3, 3]);
  });

  it.each([3, 5])(
    'D13 · an hour in which very many deals have %d events takes no room and no time without end',
    each => {
      // By hand: 11,000 deals with three events each in an hour are more counts than are kept in memory.
      const crowd = times(11_000, id => times(each, () => field(START + Math.floor(id / 5), id))).flat();
      const planted = times(3_000, nth => field(START + 100 + nth, 500_000));
      const events = byTime([...crowd, ...planted]);
      const began = Date.now();
      const loops = withEvents(NO_LOOPS, events);
      expect(Date.now() - began).toBeLessThan(5_000);
      expect(loops.counts.size).toBeLessThanOrEqual(20_004);
      const [strongest] = foundLoops(loops);
      expect(strongest).toMatchObject({ kind: 'repeat', entity: entityKey(lead(500_000)) });
      expect(strongest!.count).toBeLessThanOrEqual(3_000);
      expect(strongest!.count + strongest!.missed).toBeGreaterThanOrEqual(3_000);
    },
  );
});
