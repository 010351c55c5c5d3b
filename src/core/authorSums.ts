import type { AmoEvent } from './event';
import { type Hourly, hourlyOf, hourlyText, noHours, plusHours } from './hourly';
import { merged } from './merged';

/** What is kept of a user's events: enough to tell a machine from a person. */
export interface AuthorSums {
  /** Events by hour. */
  hours: Hourly;
  /** Events of bursts: of moments in which the user did something to several entities at once. */
  bursts: number;
}

export type Authors = ReadonlyMap<number, AuthorSums>;

/** From so many entities on in one moment it is a burst: a person may save a lead with its contact and company. */
const A_BURST = 4;

/** @param events of one user, with their hours and the operations they are parts of */
export function authorSums(
  events: readonly { event: AmoEvent; hour: number; operation: string }[],
): AuthorSums {
  const hours = noHours();
  const moments = new Map<string, { events: number; operations: Set<string> }>();
  for (const { hour, operation } of events) {
    hours[hour]! += 1;
    const at = operation.slice(operation.lastIndexOf(':') + 1);
    const moment = moments.get(at) ?? { events: 0, operations: new Set() };
    moments.set(at, moment);
    moment.events += 1;
    moment.operations.add(operation);
  }
  let bursts = 0;
  for (const moment of moments.values()) if (moment.operations.size >= A_BURST) bursts += moment.events;
  return { hours, bursts };
}

export function plusAuthors(authors: Authors, more: Authors): Authors {
  return merged(authors, more, (a, b) => ({
    hours: plusHours(a.hours, b.hours),
    bursts: a.bursts + b.bursts,
  }));
}

/** The authors as plain data for a document. */
export function storedAuthors(authors: Authors): Record<string, string> {
  return Object.fromEntries(
    [...authors].map(([id, { hours, bursts }]) => [
      String(id),
      `${hourlyText(hours)}.${bursts.toString(36)}`,
    ]),
  );
}

export function authorsOf(stored: Readonly<Record<string, string>>): Authors {
  return new Map(
    Object.entries(stored).map(([id, text]) => {
      const [hours = '', bursts = ''] = text.split('.');
      return [Number(id), { hours: hourlyOf(hours), bursts: Number.parseInt(bursts, 36) }];
    }),
  );
}
