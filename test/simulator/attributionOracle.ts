/**
 * The right answer to who and what made a day's events, found the plain way: every event of the account is looked at by
 * itself, then the lot is sorted into groups. No pages, no running counters, nothing of the product.
 */

import type { EpochMs } from '../emulator/contract';
import { type Subject, subjectOf } from './eventSubject';
import { byCodeUnits, CLIENT_ACTIONS, eventsOfTheDay, mergedType, type OracleOptions } from './oracle';
import type { Simulator } from './simulator';
import type { SimEvent } from './state';
import { readUlid } from './ulid';

/** `former`: once a user and no longer listed; `unknown`: never known, or no author at all. */
export type Actor = 'robot' | 'client' | 'service' | 'person' | 'former' | 'unknown';

export interface AttributionOptions extends OracleOptions {
  /** Ids once listed as users and no longer listed. */
  formerUsers?: readonly number[];
}

export interface AttributedProcess {
  /** Fields merged. */
  type: string;
  subject: Subject | undefined;
  actor: Actor;
  events: number;
  /** Distinct ones among its events. */
  operations: number;
  /** Its events by wall-clock hour, 24 numbers. */
  hours: number[];
  /** The hour with most of its events, the earliest of equals. */
  peakHour: number;
  /** The entity of its first event by second, then by id as text. */
  example: { entityType: string; entityId: number };
}

export interface Attribution {
  /** All events of the day. */
  actors: Record<Actor, number>;
  /** Distinct operations among the automated events: of one entity, by one author of one kind, at one moment. */
  operations: number;
  /** Automated events by type (fields merged) and wall-clock hour, 24 numbers each; keys in order. */
  hours: Record<string, number[]>;
  /** Automated events by type, subject and actor; the largest first, then by type, subject, actor. */
  processes: AttributedProcess[];
}

/** An event with everything that is to be said of it. */
export interface LookedAt {
  event: SimEvent;
  hour: number;
  type: string;
  actor: Actor;
  subject: Subject | undefined;
  /** The same for all events of one operation. */
  operation: string;
  /** The same for all events of one process. */
  process: string;
}

/** Every event of the day, oldest first. */
export function eventsLookedAt(
  simulator: Simulator,
  date: string,
  options: AttributionOptions = {},
): LookedAt[] {
  const listed = simulator.users.map(user => user.id);
  return eventsOfTheDay(simulator, date, options).map(({ event, clock }): LookedAt => {
    const type = mergedType(event.type);
    const actor = actorOf(event, listed, options);
    const subject = subjectOf(event);
    const operation = [event.entityType, event.entityId, authorOf(event), momentOf(event), actor];
    const process = [type, subject?.kind, subject?.id, actor];
    return {
      event,
      hour: clock.hour,
      type,
      actor,
      subject,
      operation: JSON.stringify(operation),
      process: JSON.stringify(process),
    };
  });
}

export function attribution(
  simulator: Simulator,
  date: string,
  options: AttributionOptions = {},
): Attribution {
  const events = eventsLookedAt(simulator, date, options);
  const eventsBy = (wanted: Actor) => events.filter(({ actor }) => actor === wanted).length;
  const automated = events.filter(({ actor }) => isAutomated(actor, options));
  const types = distinct(automated.map(({ type }) => type)).sort(byCodeUnits);
  return {
    actors: {
      robot: eventsBy('robot'),
      client: eventsBy('client'),
      service: eventsBy('service'),
      person: eventsBy('person'),
      former: eventsBy('former'),
      unknown: eventsBy('unknown'),
    },
    operations: operationsIn(automated),
    hours: Object.fromEntries(types.map(type => [type, hoursOf(automated.filter(one => one.type === type))])),
    processes: distinct(automated.map(({ process }) => process))
      .map(process => processOf(automated.filter(one => one.process === process)))
      .sort(largestFirst),
  };
}

function actorOf(event: SimEvent, listed: readonly number[], options: AttributionOptions): Actor {
  const author = authorOf(event);
  if (author === undefined || author === 0) {
    if (CLIENT_ACTIONS.includes(event.type)) return 'client';
    return author === 0 ? 'robot' : 'unknown';
  }
  const isIn = (ids: readonly number[] = []) => typeof author === 'number' && ids.includes(author);
  if (isIn(options.serviceAccounts)) return 'service';
  if (isIn(listed)) return 'person';
  return isIn(options.formerUsers) || isIn(options.rememberedUsers) ? 'former' : 'unknown';
}

/** A number written as text is that number; other text is an author whom nobody knows. Undefined: no author. */
function authorOf({ createdBy }: SimEvent): number | string | undefined {
  if (createdBy === null || createdBy === 'absent' || String(createdBy).trim() === '') return undefined;
  return Number.isFinite(Number(createdBy)) ? Number(createdBy) : String(createdBy);
}

function isAutomated(actor: Actor, { clientActionsCount = true }: AttributionOptions): boolean {
  if (actor === 'client') return clientActionsCount;
  return actor === 'robot' || actor === 'service' || actor === 'unknown';
}

/** The millisecond in the id where the id is a ULID of the event's own second, else the start of that second. */
function momentOf({ id, createdAt }: SimEvent): EpochMs {
  const written = readUlid(id);
  return written !== undefined && Math.floor(written / 1000) === createdAt ? written : createdAt * 1000;
}

function processOf(events: readonly LookedAt[]): AttributedProcess {
  const [first] = [...events].sort(
    (a, b) => a.event.createdAt - b.event.createdAt || byCodeUnits(a.event.id, b.event.id),
  ) as [LookedAt];
  const hours = hoursOf(events);
  return {
    type: first.type,
    subject: first.subject,
    actor: first.actor,
    events: events.length,
    operations: operationsIn(events),
    hours,
    peakHour: hours.indexOf(Math.max(...hours)),
    example: { entityType: first.event.entityType, entityId: first.event.entityId },
  };
}

function operationsIn(events: readonly LookedAt[]): number {
  return distinct(events.map(({ operation }) => operation)).length;
}

/** An hour that comes twice fills one place. */
function hoursOf(events: readonly LookedAt[]): number[] {
  return Array.from({ length: 24 }, (_, hour) => events.filter(one => one.hour === hour).length);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function largestFirst(a: AttributedProcess, b: AttributedProcess): number {
  return (
    b.events - a.events ||
    byCodeUnits(a.type, b.type) ||
    byCodeUnits(a.subject?.kind ?? '', b.subject?.kind ?? '') ||
    byCodeUnits(a.subject?.id ?? '', b.subject?.id ?? '') ||
    byCodeUnits(a.actor, b.actor)
  );
}
