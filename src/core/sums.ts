import { ACTORS, type Actor, isAutomated, isPerson } from './actor';
import { type Authors, authorSums, authorsOf, plusAuthors, storedAuthors } from './authorSums';
import { type AmoEvent, countedType, operationKey } from './event';
import { type Hourly, hourlyOf, hourlyText, noHours, plusHours, sumOf } from './hourly';
import { merged } from './merged';
import { processOf } from './process';
import {
  type Processes,
  plusProcesses,
  processesOf,
  processSums,
  type StoredProcesses,
  storedProcesses,
} from './processSums';

/**
 * What is kept of a day's events: sums only, which stay small however many events there are. Never the events.
 */
export interface Sums {
  /**
   * Events by type and actor, by hour. The key is `<place of the actor in ACTORS>:<type>`; of what people do the type
   * does not matter, and is empty.
   */
  types: ReadonlyMap<string, Hourly>;
  /** By author: users only. */
  authors: Authors;
  /** Automated events, clients' own actions among them, by process. */
  processes: Processes;
  /** Operations by actor, in the order of ACTORS. */
  operations: readonly number[];
}

/** An event, and whose doing it was. */
export interface AttributedEvent {
  event: AmoEvent;
  actor: Actor;
  /** 0 to 23 */
  hour: number;
  /** The key of the process that it is by its nature; undefined for what people do. */
  doing: string | undefined;
  /** The key of the process that it counts under: the same, unless a rule of the user's gives it a name. */
  process: string | undefined;
}

export function emptySums(): Sums {
  return { types: new Map(), authors: new Map(), processes: new Map(), operations: ACTORS.map(() => 0) };
}

/** @param events in order of time; of one operation all or none */
export function sumsOfEvents(events: readonly AttributedEvent[]): Sums {
  const types = new Map<string, Hourly>();
  for (const { event, actor, hour } of events) {
    const key = `${ACTORS.indexOf(actor)}:${isPerson(actor) ? '' : countedType(event.type)}`;
    const hours = types.get(key) ?? noHours();
    hours[hour]! += 1;
    types.set(key, hours);
  }
  const operations = ACTORS.map(() => new Set<string>());
  const ofUsers = [];
  for (const { event, actor, hour } of events) {
    const operation = operationKey(event);
    operations[ACTORS.indexOf(actor)]!.add(operation);
    // Only users have an id worth counting by.
    const author = actor === 'person' || actor === 'service' ? event.createdBy : undefined;
    if (author) ofUsers.push({ author, event, hour, operation });
  }
  return {
    types,
    authors: mapped(
      grouped(ofUsers, ({ author }) => author),
      authorSums,
    ),
    processes: mapped(
      grouped(events, ({ process }) => process),
      processSums,
    ),
    operations: operations.map(({ size }) => size),
  };
}

/** @param more of another time, so that no operation is in both */
export function plus(sums: Sums, more: Sums): Sums {
  return {
    types: merged(sums.types, more.types, plusHours),
    authors: plusAuthors(sums.authors, more.authors),
    processes: plusProcesses(sums.processes, more.processes),
    operations: sums.operations.map((count, place) => count + more.operations[place]!),
  };
}

/** All events. */
export function totalOf({ types }: Sums): number {
  let total = 0;
  for (const hours of types.values()) total += sumOf(hours);
  return total;
}

/** All events by hour. */
export function totalsByHour({ types }: Sums): Hourly {
  return [...types.values()].reduce(plusHours, noHours());
}

/** All events by actor, in the order of ACTORS. */
export function totalsByActor({ types }: Sums): number[] {
  const totals = ACTORS.map(() => 0);
  for (const [key, hours] of types) totals[Number(key[0])]! += sumOf(hours);
  return totals;
}

/** Automated events by type, by hour. */
export function automatedByType({ types }: Sums, clientActionsCount: boolean): Map<string, Hourly> {
  const byType = new Map<string, Hourly>();
  for (const [key, hours] of types) {
    const { type, actor } = partsOf(key);
    if (!actor || !isAutomated(actor, clientActionsCount)) continue;
    const before = byType.get(type);
    byType.set(type, before ? plusHours(before, hours) : hours);
  }
  return byType;
}

/** Operations of automation. */
export function automatedOperations({ operations }: Sums, clientActionsCount: boolean): number {
  return operations.reduce(
    (sum, count, place) => (isAutomated(ACTORS[place]!, clientActionsCount) ? sum + count : sum),
    0,
  );
}

/** The share of automated events that no rule gives a name; undefined where there are none. */
export function unexplainedShare({ processes }: Sums, clientActionsCount: boolean): number | undefined {
  let all = 0;
  let ruled = 0;
  for (const [key, { hours }] of processes) {
    const process = processOf(key);
    if (!isAutomated(process.actor, clientActionsCount)) continue;
    all += sumOf(hours);
    if ('rule' in process) ruled += sumOf(hours);
  }
  return all === 0 ? undefined : (all - ruled) / all;
}

/** The sums as plain data for a document. */
export interface StoredSums {
  types: Record<string, string>;
  authors: Record<string, string>;
  processes: StoredProcesses;
  operations: readonly number[];
}

export function storedSums({ types, authors, processes, operations }: Sums): StoredSums {
  return {
    types: Object.fromEntries([...types].map(([key, hours]) => [key, hourlyText(hours)])),
    authors: storedAuthors(authors),
    processes: storedProcesses(processes),
    operations,
  };
}

export function sumsOf({ types, authors, processes, operations }: StoredSums): Sums {
  return {
    types: new Map(Object.entries(types).map(([key, text]) => [key, hourlyOf(text)])),
    authors: authorsOf(authors),
    processes: processesOf(processes),
    operations,
  };
}

function partsOf(key: string): { type: string; actor: Actor | undefined } {
  return { actor: ACTORS[Number(key[0])], type: key.slice(2) };
}

function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function mapped<Key, From, To>(map: ReadonlyMap<Key, From>, change: (value: From) => To): Map<Key, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
