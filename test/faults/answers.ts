import type { FaultEffect, FaultName } from '../simulator/faults';
import type { NewEvent } from '../simulator/state';
import { DAY, minutes } from './night';

export const ALWAYS = Number.POSITIVE_INFINITY;
export type Fault = FaultName | FaultEffect;

/** So many events within five minutes: one window, hence several pages. */
export function crowd(count: number): NewEvent[] {
  const from = Date.parse(`${DAY}T09:00:00Z`);
  return Array.from({ length: count }, (_, index) => ({
    at: from + Math.floor((index * minutes(5)) / count),
    type: index % 3 === 0 ? 'task_added' : 'lead_added',
    createdBy: index % 4 === 0 ? 9_000_002 : 0,
  }));
}

export const crowded = (count: number) => ({ simulator: { events: crowd(count) } });

/** An answer with this status, and a body of whatever kind. */
export const status =
  (code: number, text = '', contentType = 'text/plain', headers = {}): FaultEffect =>
  () => ({ status: code, headers: { 'Content-Type': contentType, ...headers }, body: text });

/** Somebody tampers with the right answer's body. */
export const body =
  (change: (text: string) => string): FaultEffect =>
  ({ answer }) => {
    const right = answer();
    return right.status === 200 ? { ...right, body: change(right.body) } : right;
  };
