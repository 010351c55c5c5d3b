import { type Day, shiftDay } from './day';
import type { DayRange } from './reportPlan';

/** What is wrong with a period that a person typed. */
export type PeriodProblem = 'unreadable' | 'not-over' | 'too-long';

const LONGEST_DAYS = 366;

/**
 * A period from what a person types: one day or two, as `18.11.2026` or `2026-11-18`, in either order, with anything
 * between them.
 * @param yesterday the last day that can be reported
 */
export function periodOf(text: string, yesterday: Day): DayRange | PeriodProblem {
  const days = [...text.matchAll(/(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})/g)].map(
    ([, y1, m1, d1, d2, m2, y2]) => dayFrom(y1 ?? y2!, m1 ?? m2!, d1 ?? d2!),
  );
  const [first, second = first] = days;
  if (days.length > 2 || first === undefined || second === undefined || days.includes(undefined))
    return 'unreadable';
  const [from, to] = first <= second ? [first, second] : [second, first];
  if (to > yesterday) return 'not-over';
  return to > shiftDay(from, LONGEST_DAYS - 1) ? 'too-long' : { from, to };
}

function dayFrom(year: string, month: string, day: string): Day | undefined {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${written}T00:00:00Z`);
  // Date.parse takes 31.02. for 3 March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== written ? undefined : written;
}
