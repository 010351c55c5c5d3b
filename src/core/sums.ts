import { ACTORS, type Actor, isAutomated } from './actor';
import { countedType } from './event';
import { type Hourly, hourlyOf, hourlyText, noHours, sumOf } from './hourly';

/**
 * What is kept of a day's events: sums only, which stay small however many events there are. Never the events.
 */
export interface Sums {
  /** Events by type and actor, by hour. The key is `<place of the actor in ACTORS>:<type>`. */
  types: Map<string, Hourly>;
  /** Events by author, by hour: users only. */
  authors: Map<number, Hourly>;
}

export interface CountedEvent {
  type: string;
  actor: Actor;
  author: number | undefined;
  /** 0 to 23 */
  hour: number;
}

export function emptySums(): Sums {
  return { types: new Map(), authors: new Map() };
}

export function addEvent(sums: Sums, { type, actor, author, hour }: CountedEvent): void {
  addTo(sums.types, typeKey(countedType(type), actor), hour, 1);
  if (author) addTo(sums.authors, author, hour, 1);
}

export function plus(sums: Sums, more: Sums): Sums {
  return { types: plusIn(sums.types, more.types), authors: plusIn(sums.authors, more.authors) };
}

/** The sums with one hour as `hour` of `instead` has it. */
export function withHour(sums: Sums, hour: number, instead: Sums): Sums {
  return {
    types: withHourIn(sums.types, hour, instead.types),
    authors: withHourIn(sums.authors, hour, instead.authors),
  };
}

/** All events, or those of one hour. */
export function totalOf({ types }: Sums, hour?: number): number {
  let total = 0;
  for (const hours of types.values()) total += hour === undefined ? sumOf(hours) : (hours[hour] ?? 0);
  return total;
}

/** All events by hour. */
export function totalsByHour(sums: Sums): Hourly {
  return noHours().map((_, hour) => totalOf(sums, hour));
}

/** Automated events by type. */
export function automatedByType({ types }: Sums, clientActionsCount: boolean): Map<string, number> {
  const byType = new Map<string, number>();
  for (const [key, hours] of types) {
    const { type, actor } = partsOf(key);
    if (actor && isAutomated(actor, clientActionsCount))
      byType.set(type, (byType.get(type) ?? 0) + sumOf(hours));
  }
  return byType;
}

/** The sums as plain data for a document. */
export interface StoredSums {
  types: Record<string, string>;
  authors: Record<string, string>;
}

export function storedSums({ types, authors }: Sums): StoredSums {
  const stored = (map: ReadonlyMap<string | number, Hourly>) =>
    Object.fromEntries([...map].map(([key, hours]) => [String(key), hourlyText(hours)]));
  return { types: stored(types), authors: stored(authors) };
}

export function sumsOf({ types, authors }: StoredSums): Sums {
  return {
    types: new Map(Object.entries(types).map(([key, text]) => [key, hourlyOf(text)])),
    authors: new Map(Object.entries(authors).map(([id, text]) => [Number(id), hourlyOf(text)])),
  };
}

function typeKey(type: string, actor: Actor): string {
  return `${ACTORS.indexOf(actor)}:${type}`;
}

function partsOf(key: string): { type: string; actor: Actor | undefined } {
  return { actor: ACTORS[Number(key[0])], type: key.slice(2) };
}

function addTo<Key>(map: Map<Key, Hourly>, key: Key, hour: number, count: number): void {
  const hours = map.get(key) ?? noHours();
  hours[hour] = (hours[hour] ?? 0) + count;
  map.set(key, hours);
}

function plusIn<Key>(map: ReadonlyMap<Key, Hourly>, more: ReadonlyMap<Key, Hourly>): Map<Key, Hourly> {
  const sum = new Map(map);
  for (const [key, hours] of more) {
    const before = map.get(key);
    sum.set(key, before ? before.map((count, hour) => count + (hours[hour] ?? 0)) : hours);
  }
  return sum;
}

function withHourIn<Key>(
  map: ReadonlyMap<Key, Hourly>,
  hour: number,
  instead: ReadonlyMap<Key, Hourly>,
): Map<Key, Hourly> {
  const changed = new Map<Key, Hourly>();
  for (const key of new Set([...map.keys(), ...instead.keys()])) {
    const hours = [...(map.get(key) ?? noHours())];
    hours[hour] = instead.get(key)?.[hour] ?? 0;
    if (sumOf(hours) > 0) changed.set(key, hours);
  }
  return changed;
}
