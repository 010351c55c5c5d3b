import type { EpochMs } from './day';

/**
 * What is known of the way to amoCRM and back. Of requests that leave together we only learn when the last one was
 * answered, and when each arrived, which is what amoCRM counts by, we never learn.
 */
export interface Journeys {
  /** The quickest answer of the present day, and of the one before; in ms. */
  quickest: number;
  quickestBefore: number;
  /** Since when `quickest` counts. */
  since: EpochMs;
  /** By how much requests that leave together are usually slower than the quickest, in ms. */
  usualExcess: number;
}

export const NO_JOURNEYS: Journeys = {
  quickest: Number.MAX_SAFE_INTEGER,
  quickestBefore: Number.MAX_SAFE_INTEGER,
  since: 0,
  usualExcess: 0,
};

const A_DAY_MS = 86_400_000;
/** What the clocks of two machines, and their whole milliseconds, may add. */
const MARGIN_MS = 3;
/** However quick the answers are, a request may take so much longer to get there than another one. */
const WAY_MS = 80;
/** The next one may be so much quicker than any before, but not more than a share of the time it takes. */
const QUICKER_MS = 20;
const QUICKER_SHARE = 1 / 6;
const RISE = 1 / 4;
const FALL = 1 / 32;

/** @param took of a single request, or of the slowest of several that left together */
export function afterJourney(journeys: Journeys, took: number, together: boolean, now: EpochMs): Journeys {
  const { quickest, since } = journeys;
  const isNewDay = now - since > A_DAY_MS || now < since;
  const seen = isNewDay
    ? { ...journeys, quickest: took, quickestBefore: quickest, since: now }
    : { ...journeys, quickest: Math.min(quickest, took) };
  if (!together) return seen;
  const more = excess(journeys, took) - journeys.usualExcess;
  return { ...seen, usualExcess: journeys.usualExcess + more * (more > 0 ? RISE : FALL) };
}

/**
 * By how much longer than the quickest request one of those that left together may have been on its way to amoCRM,
 * in ms: of what they usually take more than it the half, since a request and its answer share the way, but up to 80 ms
 * of it whole; and all of what they took beyond the usual, since it may have been a jam on the way there. Some 20 ms at
 * least: the quickest so far is not the quickest there is.
 * @param took how long the slowest of them took, there and back
 */
export function latestArrival(journeys: Journeys, took: number): number {
  const all = excess(journeys, took);
  const usual = Math.min(all, journeys.usualExcess);
  const ofUsual = Math.max(usual / 2, Math.min(usual, WAY_MS));
  const least = Math.min(QUICKER_MS, took * QUICKER_SHARE);
  return Math.min(took, Math.round(Math.max(least, ofUsual + all - usual)) + MARGIN_MS);
}

function excess({ quickest, quickestBefore }: Journeys, took: number): number {
  const known = Math.min(quickest, quickestBefore);
  // Where nothing is known, all of it may have been the way there.
  return known === Number.MAX_SAFE_INTEGER ? took : Math.max(0, took - known);
}
