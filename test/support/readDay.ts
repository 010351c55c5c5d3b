import { type Collection, newCollection, withWindow } from '../../src/core/collection';
import type { EpochSeconds } from '../../src/core/day';
import { hoursOf } from '../../src/core/dayHours';
import { heldFor, nextRound, type Readings, readWhole, withoutLargeOnes } from '../../src/core/readAhead';
import { type PageRead, type Window, withPages } from '../../src/core/windowReading';
import { SeededRandom } from '../simulator/seededRandom';
import { attributedEvent } from './attributedEvents';

export const READ_DAY = '2026-11-18';
const ZONE = 'Europe/Moscow';
export const READ_HOURS = hoursOf(READ_DAY, ZONE);
const FROM = READ_HOURS[0]!.from;

/** In which order a list gives its events. */
export type ListOrder = 'newest first' | 'oldest first' | 'none';

export interface ReadingRules {
  order?: ListOrder;
  /** Pages a round. */
  room?: number;
  /** How long a round takes, and a run lasts, in ms. */
  roundMs?: number;
  runMs?: number;
  /** Another day to go by: events by hour. */
  expected?: number[];
  /** The nth request gets no answer, and is asked again. */
  lost?: (nth: number) => boolean;
}

/** How often each hour is met in the office. */
const OFFICE = [3, 2, 2, 2, 2, 3, 6, 15, 40, 80, 100, 100, 90, 70, 80, 90, 90, 80, 60, 40, 20, 15, 10, 5];

/** The seconds of a day's events, in order. */
export function daysSeconds(
  shape: 'office' | 'even' | 'one hour' | 'ten seconds',
  count: number,
): EpochSeconds[] {
  const random = new SeededRandom(`${shape} ${count}`);
  const draw = {
    office: () => random.weighted(OFFICE) * 3_600 + random.whole(0, 3_599),
    even: () => random.whole(0, 86_399),
    'one hour': () => 14 * 3_600 + random.whole(0, 3_599),
    'ten seconds': () => 50_000 + random.whole(0, 9),
  }[shape];
  return Array.from({ length: count }, () => FROM + draw()).sort((a, b) => a - b);
}

/** Reads a day as a run does, or several, without a network: what it took, and what was counted. */
export function readDay(seconds: readonly EpochSeconds[], rules: ReadingRules = {}) {
  const { room = 7, roundMs = 1_150, runMs = Number.POSITIVE_INFINITY, expected, lost } = rules;
  const pageAt = listOf(seconds, rules.order ?? 'newest first');
  const of = { accountId: 1, serviceAccounts: [], rules: [], beganAt: 0, expected };
  let collection: Collection = newCollection(READ_DAY, ZONE, READ_HOURS, of);
  const took = { requests: 0, rounds: 0, full: 0, runs: 0, held: 0, deepest: 0, windows: 0 };
  while (collection.phase !== 'collected') {
    took.runs += 1;
    if (took.runs > 100) throw new Error('Reading comes to no end');
    let readings: Readings = [];
    let isIdle = true;
    for (let at = 0; at < runMs; at += roundMs) {
      const round = { room, ms: roundMs, msLeft: runMs - at };
      const next = nextRound(collection, readings, READ_HOURS, round, isIdle);
      if (next.asked.length === 0) break;
      took.rounds += 1;
      if (next.asked.length === room) took.full += 1;
      const came = next.readings.map(() => new Map<number, PageRead>());
      for (const { page, place } of next.asked) {
        took.requests += 1;
        took.deepest = Math.max(took.deepest, page);
        if (!lost?.(took.requests)) came[place]!.set(page, pageAt(next.readings[place]!.window, page));
      }
      const now = next.readings.map((reading, place) => withPages(reading, came[place]!));
      const { left, whole } = readWhole(withoutLargeOnes(now));
      readings = left;
      for (const { found, window } of whole) {
        const events = [...found.events].map(event => ({
          ...attributedEvent({ at: event.createdAt }),
          event,
        }));
        collection = withWindow(collection, window, { events, unreadable: 0 }, READ_HOURS);
        isIdle = false;
        took.windows += 1;
      }
      took.held = Math.max(took.held, heldFor(readings));
    }
  }
  return { ...took, collection };
}

/** The pages of a list that does not change; its events are no more than their seconds and their places in the day. */
function listOf(
  seconds: readonly EpochSeconds[],
  order: ListOrder,
): (window: Window, page: number) => PageRead {
  return ({ from, to }, page) => {
    // A second more on either side is asked for.
    const first = firstAt(seconds, from - 1);
    const count = firstAt(seconds, to + 2) - first;
    const begin = (page - 1) * 100;
    const length = Math.min(100, count - begin);
    if (length <= 0) return { events: [], unreadable: 0, end: 'before' };
    const events = Array.from({ length }, (_, nth) => {
      const place = first + placeIn(order, begin + nth, count);
      const about = { type: 'a', createdBy: 0, entity: undefined, subject: undefined };
      return { id: `e${place}`, createdAt: seconds[place]!, ...about };
    });
    return { events, unreadable: 0, end: begin + length < count ? 'later' : 'here' };
  };
}

function placeIn(order: ListOrder, nth: number, count: number): number {
  if (order === 'oldest first') return nth;
  if (order === 'newest first') return count - 1 - nth;
  // A step that has no divisor in common with the length meets each place once.
  let step = Math.floor(count * 0.618) || 1;
  while (divisor(step, count) > 1) step += 1;
  return (nth * step) % count;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function firstAt(seconds: readonly EpochSeconds[], at: EpochSeconds): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seconds[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
