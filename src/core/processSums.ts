import { entityKey } from './entity';
import { type AmoEvent, operationKey } from './event';
import { type Hourly, hourlyOf, hourlyText, noHours, plusHours, sumOf } from './hourly';
import { merged } from './merged';
import { actorsRestKey, isFoldable, restKey } from './process';
import { utf8Bytes } from './utf8';

/** What is kept of a process's events. */
export interface ProcessSums {
  /** Events by hour. */
  hours: Hourly;
  /** Operations that its events are parts of. */
  operations: number;
  /** The entity of its first event, as `entityKey` gives it; empty where that had none. */
  example: string;
}

/** What a type takes besides its name and its processes: colon and braces. */
const OF_A_TYPE = 3;

/** By process, as `processKey` gives it, in the order in which they were first seen. */
export type Processes = ReadonlyMap<string, ProcessSums>;

/** @param events of one process with their hours, in order of time */
export function processSums(events: readonly { event: AmoEvent; hour: number }[]): ProcessSums {
  const hours = noHours();
  for (const { hour } of events) hours[hour]! += 1;
  const entity = events[0]?.event.entity;
  return {
    hours,
    operations: new Set(events.map(({ event }) => operationKey(event))).size,
    example: entity ? entityKey(entity) : '',
  };
}

/** @param more later ones, that share no operation with the former */
export function plusProcesses(processes: Processes, more: Processes): Processes {
  return more.size === 0 ? processes : merged(processes, more, together);
}

/**
 * Folds the rarest processes into the rest of their type and actor, and where that is not enough into the rest of their
 * actor, until what is left takes no more room than it may.
 * @param room bytes, as `storedProcesses` takes them as JSON, without the outer braces
 */
export function foldedInto(processes: Processes, room: number): Processes {
  const types = new Set([...processes.keys()].map(typePart));
  const ofTypes = [...types].reduce((sum, type) => sum + typeBytes(type), 0);
  const byType = folded(processes, room - ofTypes, bytesOf, restKey);
  const taken = [...byType].reduce((sum, [key, sums]) => sum + bytesOf(key, sums), ofTypes);
  if (taken <= room) return byType;
  return folded(byType, room, (key, sums) => bytesOf(key, sums) + typeBytes(typePart(key)), actorsRestKey);
}

/** The same, until there are no more than `most`. */
export function foldedTo(processes: Processes, most: number): Processes {
  return folded(
    folded(processes, most, () => 1, restKey),
    most,
    () => 1,
    actorsRestKey,
  );
}

function folded(
  processes: Processes,
  room: number,
  costOf: (key: string, sums: ProcessSums) => number,
  restOf: (key: string) => string,
): Processes {
  let cost = [...processes].reduce((sum, [key, sums]) => sum + costOf(key, sums), 0);
  if (cost <= room) return processes;
  const kept = new Map(processes);
  for (const [key, sums] of strongestFirst(processes).reverse()) {
    if (cost <= room) break;
    const rest = restOf(key);
    if (key === rest || !isFoldable(key)) continue;
    const before = kept.get(rest);
    const after = before ? together(before, sums) : sums;
    kept.delete(key);
    kept.set(rest, after);
    cost += costOf(rest, after) - (before ? costOf(rest, before) : 0) - costOf(key, sums);
  }
  return kept;
}

/** By events, ties by key: the same however they were counted. */
export function strongestFirst(processes: Processes): [string, ProcessSums][] {
  const events = new Map([...processes].map(([key, { hours }]) => [key, sumOf(hours)]));
  return [...processes].sort(([a], [b]) => events.get(b)! - events.get(a)! || (a < b ? -1 : 1));
}

/** The processes as plain data for a document: by actor and type, and then by what they are about. */
export type StoredProcesses = Record<string, Record<string, string>>;

export function storedProcesses(processes: Processes): StoredProcesses {
  const stored: StoredProcesses = {};
  for (const [key, sums] of processes) {
    const type = typePart(key);
    stored[type] ??= {};
    stored[type][key.slice(type.length + 1)] = textOf(sums);
  }
  return stored;
}

export function processesOf(stored: StoredProcesses): Processes {
  const processes = new Map<string, ProcessSums>();
  for (const [type, subjects] of Object.entries(stored))
    for (const [about, text] of Object.entries(subjects)) {
      const [hours = '', operations = '', example = ''] = text.split('.');
      processes.set(`${type}|${about}`, {
        hours: hourlyOf(hours),
        operations: Number.parseInt(operations, 36),
        example,
      });
    }
  return processes;
}

/** @param b later than a */
export function together(a: ProcessSums, b: ProcessSums): ProcessSums {
  return {
    hours: plusHours(a.hours, b.hours),
    operations: a.operations + b.operations,
    example: a.example || b.example,
  };
}

function textOf({ hours, operations, example }: ProcessSums): string {
  return `${hourlyText(hours)}.${operations.toString(36)}.${example}`;
}

function typePart(key: string): string {
  return key.slice(0, key.indexOf('|'));
}

function typeBytes(type: string): number {
  return jsonBytes(type) + OF_A_TYPE;
}

/** Colon and comma come on top. */
function bytesOf(key: string, sums: ProcessSums): number {
  return jsonBytes(key.slice(key.indexOf('|') + 1)) + jsonBytes(textOf(sums)) + 2;
}

/** A tag may be all quotes and control characters, which take more as JSON than they are. */
function jsonBytes(text: string): number {
  return utf8Bytes(JSON.stringify(text));
}
