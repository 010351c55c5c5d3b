import { dayOf, type EpochMs, timeOfDay } from '../core/day';
import type { Snapshot } from './snapshot';

/** Day and time of an instant as the sheets show them, in the account's zone. */
export function shownInstant(at: EpochMs, { texts, zone }: Pick<Snapshot, 'texts' | 'zone'>): string {
  return `${texts.day(dayOf(at, zone))} ${timeOfDay(at, zone)}`;
}
