import type { EpochMs } from './day';

/** What is told before a long-lived token ends: that many days before, once each. */
const TOLD_BEFORE_DAYS: readonly number[] = [30, 7, 1];
const A_DAY = 86_400_000;

/** Days until then, rounded; 0 on the last one. */
export function daysLeft(end: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.round((end - now) / A_DAY));
}

/** Whether so little is left that it is told of. */
export function endsSoon(end: EpochMs, now: EpochMs): boolean {
  return end - now <= Math.max(...TOLD_BEFORE_DAYS) * A_DAY;
}

/**
 * Of how many days before the end is to be told now; undefined: of none. What was missed is not made up for: only the
 * latest is told. Nothing is said of a token whose time is over: amoCRM decides what it still takes, and our clock may
 * be wrong.
 * @param end as the token tells it; undefined where it does not
 * @param told of how many days before was told last
 */
export function stepToTell(
  end: EpochMs | undefined,
  now: EpochMs,
  told: number | undefined,
): number | undefined {
  if (end === undefined || now >= end) return undefined;
  const reached = TOLD_BEFORE_DAYS.filter(days => end - now <= days * A_DAY);
  const latest = Math.min(...reached);
  return reached.length > 0 && (told === undefined || latest < told) ? latest : undefined;
}
