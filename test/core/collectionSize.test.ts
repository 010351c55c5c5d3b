import type { Actor } from '../../src/core/actor';
import { type Collection, daySums, eventsSoFar, newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { type Hourly, sumOf } from '../../src/core/hourly';
import { withEvents } from '../../src/core/loops';
import type { Processes } from '../../src/core/processSums';
import {
  collectionIn,
  keepingCollection,
  LARGEST_COLLECTION,
  withinBudget,
} from '../../src/core/storedCollection';
import { type AttributedEvent, plus, type Sums, sumsOfEvents } from '../../src/core/sums';
import { attributedEvent } from '../support/attributedEvents';

const LARGEST_PROPERTY = 9 * 1024; // bytes
const MEANT_FOR_COLLECTIONS = 250_000; // bytes
const HOURS = hoursOf('2026-11-18', 'Europe/Moscow');
const EMPTY = newCollection('2026-11-18', 'Europe/Moscow', HOURS, {
  ...{ accountId: 31_415_926, serviceAccounts: [102, 103], rules: [], beganAt: 1_763_463_060_999 },
  expected: Array<number>(24).fill(123_456),
});

interface Account {
  types: number;
  fields: number;
  tags: number;
  users: number;
  /** Who does everything, at each of the hours. */
  actors: readonly Actor[];
  hours: number;
  tagName: (nth: number) => string;
}
const AS_THE_ISSUE_HAS_IT: Account = {
  ...{ types: 60, fields: 240, tags: 5_000, users: 200, hours: 24, actors: ['robot', 'person'] },
  tagName: nth => `Тег кампании ${nth}`,
};

/** An hour in which everything happens that can. */
function anHour(account: Account, hour: number): AttributedEvent[] {
  const { types, fields, tags, users, actors, tagName } = account;
  const at = HOURS[hour]!.from;
  const events: AttributedEvent[] = [];
  const happen = (type: string, actor: Actor, nth: number, subject?: AttributedEvent['event']['subject']) => {
    const author = actor === 'person' || actor === 'service' ? 1_000_000 + (nth % users) * 7_919 : undefined;
    const entity = { type: 'lead', id: 20_000_000 + nth * 9_973 };
    events.push(attributedEvent({ type, actor, hour, at, author, entity, subject }));
  };
  for (const actor of actors) {
    for (let nth = 0; nth < types; nth += 1) happen(`some_type_of_event_${nth}_changed`, actor, nth);
    for (let nth = 0; nth < fields; nth += 1)
      happen('custom_field_value_changed', actor, nth, { kind: 'field', id: String(1_000_000 + nth) });
  }
  for (let nth = 0; nth < tags; nth += 1)
    for (const type of ['entity_tag_added', 'entity_tag_deleted'])
      happen(type, 'robot', nth, { kind: 'tag', id: tagName(nth) });
  for (let nth = 0; nth < users; nth += 1) happen('lead_added', 'person', nth);
  return events;
}

/** The same in each of these hours, so many times. */
function repeated(sums: Sums, hours: readonly number[], times: number): Sums {
  const everywhere = (counts: Hourly) => {
    const count = sumOf(counts) * times;
    return counts.map((_, hour) => (hours.includes(hour) ? count : 0));
  };
  const factor = times * hours.length;
  return {
    types: new Map([...sums.types].map(([key, counts]) => [key, everywhere(counts)])),
    authors: new Map(
      [...sums.authors].map(([id, of]) => [id, { hours: everywhere(of.hours), bursts: of.bursts * factor }]),
    ),
    processes: new Map(
      [...sums.processes].map(([key, of]) => [
        key,
        { ...of, hours: everywhere(of.hours), operations: of.operations * factor },
      ]),
    ),
    operations: sums.operations.map(count => count * times),
  };
}

/** A whole day, its last hour apart and found again, and loops everywhere. */
function wholeDay(account: Account, times: number): Collection {
  const hours = Array.from({ length: account.hours - 1 }, (_, nth) => 22 - nth);
  const one = sumsOfEvents(anHour(account, 23));
  const lastHour = repeated(one, [23], times);
  return {
    ...{ ...EMPTY, phase: 'late', sums: hours.length > 0 ? repeated(one, hours, times) : EMPTY.sums },
    ...{ tail: lastHour, again: lastHour, loops: crowdOfLoops(account) },
  };
}

/** Two tags in turn on a hundred leads, a field on a hundred others, and a hundred to which everything happens. */
function crowdOfLoops({ tagName }: Account) {
  const events: AttributedEvent[] = [];
  for (let turn = 0; turn < 60; turn += 1)
    for (let lead = 0; lead < 100; lead += 1) {
      const at = HOURS[12]!.from + turn * 30;
      const of = (id: number) => ({ at, entity: { type: 'lead', id: 20_000_000 + id } });
      const type = turn % 2 === 0 ? 'entity_tag_added' : 'entity_tag_deleted';
      events.push(attributedEvent({ ...of(lead), type, subject: { kind: 'tag', id: tagName(lead) } }));
      const field = { kind: 'field', id: '1000001' } as const;
      events.push(
        attributedEvent({ ...of(1_000 + lead), type: 'custom_field_value_changed', subject: field }),
      );
      for (const other of [1, 2])
        events.push(attributedEvent({ ...of(2_000 + lead), type: `type_${(turn + other) % 40}` }));
    }
  return withEvents(EMPTY.loops, events);
}

const bytes = (texts: Iterable<string>) => [...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const eventsOf = (processes: Processes) =>
  [...processes.values()].reduce((sum, { hours }) => sum + sumOf(hours), 0);

describe('Q4 · T16 · the state of a collection', () => {
  it.each<[string, Account, number]>([
    ['300 types and fields, 5,000 tags', AS_THE_ISSUE_HAS_IT, 1],
    ['the same, some 30 events of each an hour', AS_THE_ISSUE_HAS_IT, 32],
    [
      'tags of quotes, emoji and control characters',
      { ...AS_THE_ISSUE_HAS_IT, tagName: nth => `"\u0001\\😀${'"'.repeat(40)}${nth}` },
      32,
    ],
    ['in an hour', { ...AS_THE_ISSUE_HAS_IT, hours: 1 }, 32],
  ])('Q4 · T16 · %s: within its budget, and all events are counted', (name, account, times) => {
    const day = wholeDay(account, times);
    const within = withinBudget(day);
    const { documents, head } = keepingCollection({}, within);
    const size = bytes(documents.values());
    const told = ([title, sums]: [string, Sums]) => `${title} ${sums.processes.size}`;
    const kept = Object.entries({ day: within.sums, tail: within.tail, again: within.again }).map(told);
    console.log(
      `${name}: ${size} bytes of ${LARGEST_COLLECTION}, before folding ` +
        `${bytes(keepingCollection({}, day).documents.values())}; processes kept: ${kept.join(', ')} ` +
        `of ${day.sums.processes.size}; largest document ${Math.max(...[...documents.values()].map(text => bytes([text])))}`,
    );
    expect(size).toBeLessThanOrEqual(LARGEST_COLLECTION);
    // The last one reported, the one under way, and what it is being replaced by.
    expect(3 * (size + bytes([...documents.keys(), head]))).toBeLessThanOrEqual(MEANT_FOR_COLLECTIONS);
    for (const text of documents.values()) expect(bytes([text])).toBeLessThan(LARGEST_PROPERTY);
    expect(eventsSoFar(within)).toBe(eventsSoFar(day));
    for (const part of ['sums', 'tail', 'again'] as const) {
      expect(eventsOf(within[part].processes)).toBe(eventsOf(day[part].processes));
      expect({ ...within[part], processes: 0 }).toEqual({ ...day[part], processes: 0 });
    }
    const read = collectionIn({ ...Object.fromEntries(documents), collection: head }, 'collection')!;
    expect(daySums(read)).toEqual(daySums(within));
  });

  it('T16 · what is strong keeps its name, what is rare becomes the rest of its type', () => {
    const day = wholeDay(AS_THE_ISSUE_HAS_IT, 1);
    const strong = anHour({ ...AS_THE_ISSUE_HAS_IT, types: 0, fields: 0, users: 1, tags: 5 }, 3);
    const { processes } = withinBudget({ ...day, sums: plus(day.sums, sumsOfEvents(strong)) }).sums;
    for (let nth = 0; nth < 5; nth += 1)
      for (const type of ['added', 'deleted'])
        expect(processes.has(`0:entity_tag_${type}|tТег кампании ${nth}`)).toBe(true);
    expect(processes.has('0:entity_tag_added|*')).toBe(true);
    expect(processes.size).toBeLessThan(5_000);
  });

  it('T16 · a collection that fits is left as it is', () => {
    const day = wholeDay({ ...AS_THE_ISSUE_HAS_IT, tags: 20, fields: 20 }, 1);
    expect(withinBudget(day)).toBe(day);
  });

  it('T16 · folded again and again while the day is read, all events are still counted', () => {
    const account = { ...AS_THE_ISSUE_HAS_IT, tags: 2_000, types: 20, fields: 20 };
    let collection: Collection = EMPTY;
    let counted = 0;
    for (let hour = 0; hour < 24; hour += 8) {
      const found = sumsOfEvents(anHour(account, hour));
      counted += eventsOf(found.processes);
      collection = withinBudget({ ...collection, sums: plus(collection.sums, found) });
      expect(bytes(keepingCollection({}, collection).documents.values())).toBeLessThanOrEqual(
        LARGEST_COLLECTION,
      );
      expect(eventsOf(collection.sums.processes)).toBe(counted);
    }
  });
});
