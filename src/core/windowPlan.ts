import type { Collection, Phase } from './collection';
import type { EpochSeconds } from './day';
import { type HourSpan, lastHour } from './dayHours';
import { eventsIn, type Forecast, isTelling, likeDay, secondsHolding, steady } from './forecast';
import { totalOf } from './sums';
import { type Density, EVENTS_A_PAGE, MOST_PAGES, type Window } from './windowReading';

/** Where in the day the next window begins, and what it is read for. */
export interface Place {
  phase: Phase;
  next: EpochSeconds;
}

export interface PlannedWindow {
  window: Window;
  /** How many pages it may have. */
  foreseen: number;
  /** How far that can be trusted: 1 for what was counted before. */
  trust: number;
}

const COUNTED = 1;
const LIKE_ANOTHER_DAY = 0.85;
const LIKE_THE_HOUR_BEFORE = 0.7;

/**
 * Without another day to go by: how much busier it may become in an hour, after what was seen just before, and after
 * what was seen some time ago.
 */
const RISE = { near: 1.3, far: 3 };
const LONGEST_S = 28_800;
/** A window that could hold only less, to be safe, is not worth beginning yet. */
const FEWEST_PAGES = 4;

export function placeAfter({ phase }: Place, { to }: Window, hours: readonly HourSpan[]): Place {
  if (to < hours[hours.length - 1]!.to) return { phase, next: to + 1 };
  return phase === 'reading'
    ? { phase: 'settling', next: lastHour(hours).from }
    : { phase: 'collected', next: to + 1 };
}

/**
 * The window that begins at a place; undefined when there is nothing to read, or when it is too early to tell how long
 * it may be. None reaches from before the day's last hour into it, since that hour is summed apart.
 * @param density how busy it was when it was last seen; undefined before anything was read
 * @param mostPages that it is to have
 */
export function windowAt(
  collection: Collection,
  place: Place,
  hours: readonly HourSpan[],
  { density, mostPages }: { density: Density | undefined; mostPages: number },
): PlannedWindow | undefined {
  const { phase, next } = place;
  if (phase === 'collected') return undefined;
  const tail = lastHour(hours);
  const end = next < tail.from ? tail.from - 1 : tail.to;
  // What held too much, or took too long, was given up for something shorter.
  const span = phase === collection.phase ? collection.span : LONGEST_S;
  const within = (seconds: number): Window => ({ from: next, to: Math.min(next + seconds - 1, end) });
  const known = forecastAt(collection, place, hours);
  if (known) {
    const { forecast, trust } = known;
    const window = within(Math.min(span, secondsHolding(forecast, next, mostPages * EVENTS_A_PAGE)));
    return { window, foreseen: pagesIn(forecast, window), trust };
  }
  if (!density) return { window: within(span), foreseen: 1, trust: LIKE_THE_HOUR_BEFORE };
  const distance = next - collection.next;
  const isEnough = (seconds: number) =>
    distance === 0 || seconds * density.perSecond >= FEWEST_PAGES * EVENTS_A_PAGE;
  let safe = safeSeconds(density, distance);
  // Rather than to ask for nothing, from where it was seen last.
  if (!isEnough(safe)) safe = safeSeconds(density, next - 1 - density.until);
  if (!isEnough(safe)) return undefined;
  const forecast = steady({ from: next, to: end }, density.perSecond);
  const window = within(Math.min(span, safe, secondsHolding(forecast, next, mostPages * EVENTS_A_PAGE)));
  return { window, foreseen: pagesIn(forecast, window), trust: LIKE_THE_HOUR_BEFORE };
}

/** What another reading of the same hour, or another day, lets us expect. */
function forecastAt(
  { expected, next: readUpTo, phase: now, sums, tail }: Collection,
  { phase, next }: Place,
  hours: readonly HourSpan[],
): { forecast: Forecast; trust: number } | undefined {
  const last = lastHour(hours);
  if (phase !== 'reading' && now !== 'reading') {
    const forecast = steady(last, totalOf(tail) / (last.to - last.from + 1));
    return { forecast, trust: next === last.from ? COUNTED : LIKE_ANOTHER_DAY };
  }
  if (!isTelling(expected)) return undefined;
  const soFar = { next: readUpTo, events: totalOf(sums) };
  return { forecast: likeDay(expected, hours, soFar), trust: LIKE_ANOTHER_DAY };
}

function pagesIn(forecast: Forecast, { from, to }: Window): number {
  return Math.ceil(eventsIn(forecast, from, to) / EVENTS_A_PAGE);
}

/**
 * How long a window may be that begins so far from where all is read, in order not to hold too much should it become
 * ever busier; to a tenth exact.
 */
function safeSeconds({ isNear, perSecond }: Density, distance: number): number {
  const rise = isNear ? RISE.near : RISE.far;
  let seconds = LONGEST_S;
  const isSafe = () => {
    const pages = (perSecond * seconds) / EVENTS_A_PAGE;
    return pages * rise ** ((distance + seconds) / 3600) <= MOST_PAGES;
  };
  while (seconds > 1 && !isSafe()) seconds = Math.max(1, Math.floor(seconds * 0.9));
  return seconds;
}
