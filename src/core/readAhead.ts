import type { Collection } from './collection';
import type { HourSpan } from './dayHours';
import { isTelling } from './forecast';
import { type Place, placeAfter, windowAt } from './windowPlan';
import {
  beginReading,
  type Density,
  densitySeen,
  eventsHeld,
  type Found,
  isTooLarge,
  outcome,
  pagesForeseen,
  pagesToAsk,
  pagesToTry,
  pagesWanting,
  partsOf,
  WINDOW_PAGES,
  type Window,
  type WindowReading,
} from './windowReading';

/**
 * Which pages of which windows are asked for next. Windows follow one another without a gap; the first is read first,
 * and what room it leaves goes to the next ones, so that every round is full and few events are held at a time.
 */

/** The windows under way, in order of time: the first begins where the collection goes on. */
export type Readings = readonly WindowReading[];

export interface AskedPage {
  /** Of the windows under way. */
  place: number;
  /** From 1 */
  page: number;
}

export interface Round {
  /** How many pages it has room for. */
  room: number;
  /** How long a round takes, in ms. */
  ms: number;
  /** How much time is left for rounds, in ms. */
  msLeft: number;
}

/** A window is thrown away when a run ends in its middle: half a minute's work at most. */
const WINDOW_MS = 20_000;
/** Under way at the same time. */
const MOST_PAGES_AHEAD = 240;
/** What it takes to find where the windows under way end; a run that has no time for it throws them away. */
const LAST_ROUNDS = 5;
/** When all is under way, what room is left serves to find where it ends. */
const LAST_TRIES = 6;
/** With less room left another window is not worth beginning. */
const FEWEST_PAGES_LEFT = 4;

/**
 * The next round: what to ask, and the windows with those that were begun for it.
 * @param isIdle whether nothing was read in this run yet: then a window is begun however little time is left
 */
export function nextRound(
  collection: Collection,
  underWay: Readings,
  hours: readonly HourSpan[],
  round: Round,
  isIdle: boolean,
): { readings: Readings; asked: AskedPage[] } {
  const readings = [...underWay];
  const roundsLeft = Math.floor(round.msLeft / round.ms);
  const asked: AskedPage[] = [];
  const ask = (place: number, pages: readonly number[]): void => {
    for (const page of pages) {
      const isAsked = asked.some(other => other.place === place && other.page === page);
      if (asked.length < round.room && !isAsked) asked.push({ place, page });
    }
  };
  for (const [place, reading] of underWay.entries()) ask(place, pagesToAsk(reading, roundsLeft));
  while (asked.length < round.room) {
    const next = nextReading(collection, readings, hours, round, isIdle);
    if (!next) break;
    readings.push(next);
    ask(readings.length - 1, pagesToAsk(next, roundsLeft));
  }
  const isLast = placeAfterAll(collection, readings, hours).phase === 'collected';
  for (const [place, reading] of readings.entries()) ask(place, pagesToTry(reading, isLast ? LAST_TRIES : 1));
  return { readings, asked };
}

/** Windows that turned out too large are read in parts. */
export function withoutLargeOnes(readings: Readings): Readings {
  if (!readings.some(reading => isTooLarge(reading))) return readings;
  return readings.flatMap(reading => (isTooLarge(reading) ? partsOf(reading) : [reading]));
}

/** The windows at the front that are read whole, and those that are still under way. */
export function readWhole(readings: Readings): { whole: { window: Window; found: Found }[]; left: Readings } {
  const whole: { window: Window; found: Found }[] = [];
  const left = [...readings];
  for (;;) {
    const [first] = left;
    const came = first && outcome(first);
    if (!came) return { whole, left };
    if ('again' in came) left[0] = came.again;
    else {
      whole.push({ window: first.window, found: came.read });
      left.shift();
    }
  }
}

/** How many events are in memory for them. */
export function heldFor(readings: Readings): number {
  return readings.reduce((sum, reading) => sum + eventsHeld(reading), 0);
}

function nextReading(
  collection: Collection,
  readings: Readings,
  hours: readonly HourSpan[],
  { room, ms, msLeft }: Round,
  isIdle: boolean,
): WindowReading | undefined {
  const isFirst = readings.length === 0;
  const density = latestDensity(collection, readings);
  const isBlind = !density && !isTelling(collection.expected);
  if (!isFirst && isBlind) return undefined;
  const ahead = readings.reduce(
    (sum, reading) => sum + Math.max(pagesForeseen(reading), reading.pages.size),
    0,
  );
  if (!isFirst && ahead >= MOST_PAGES_AHEAD) return undefined;
  const wanting = readings.reduce((sum, reading) => sum + pagesWanting(reading), 0);
  const pagesLeft = (Math.floor(msLeft / ms) - LAST_ROUNDS) * room - wanting;
  if (pagesLeft < FEWEST_PAGES_LEFT && !(isFirst && isIdle)) return undefined;
  const mostPages = Math.min(
    WINDOW_PAGES,
    Math.max(1, Math.floor((WINDOW_MS / ms) * room)),
    Math.max(1, pagesLeft),
  );
  const place = placeAfterAll(collection, readings, hours);
  const planned = windowAt(collection, place, hours, { density, mostPages });
  return planned && beginReading(planned.window, planned.foreseen, planned.trust);
}

/** Where what is under way ends. */
function placeAfterAll({ next, phase }: Collection, readings: Readings, hours: readonly HourSpan[]): Place {
  return readings.reduce<Place>((before, { window }) => placeAfter(before, window, hours), { phase, next });
}

/** As it was seen last: in the windows under way, else in the last one that was read. */
function latestDensity({ next, perSecond }: Collection, readings: Readings): Density | undefined {
  for (let place = readings.length - 1; place >= 0; place -= 1) {
    const seen = densitySeen(readings[place]!);
    if (seen) return seen;
  }
  return perSecond === undefined ? undefined : { perSecond, isNear: false, until: next - 1 };
}
