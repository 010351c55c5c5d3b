import type { EpochSeconds } from './day';
import type { AmoEvent } from './event';

/** Seconds of a day, first and last inside. */
export interface Window {
  from: EpochSeconds;
  to: EpochSeconds;
}

/** A page of a window's events as amoCRM gave it. */
export interface PageRead {
  events: readonly AmoEvent[];
  /** Records without an id, a type or a time. */
  unreadable: number;
  /** Where the list ends, as far as the page tells: before it, with it, or after it, if at all. */
  end: 'before' | 'here' | 'later';
}

/** A window whose pages are being read, several at the same time. It counts as read when all of them are there. */
export interface WindowReading {
  readonly window: Window;
  /** So many pages were foreseen, and how far that can be trusted, 0 to 1. */
  readonly foreseen: number;
  readonly trust: number;
  /** By number, from 1; of the present pass. */
  readonly pages: ReadonlyMap<number, PageRead>;
  /** In which round each of them was asked for last, and how many there were. */
  readonly askedIn: ReadonlyMap<number, number>;
  readonly rounds: number;
  /** How many passes were made before, and what they found. */
  readonly passes: number;
  readonly found: ReadonlyMap<string, AmoEvent>;
  readonly unreadable: number;
}

/** What was read of a window. */
export interface Found {
  events: Iterable<AmoEvent>;
  /** Records that could not be read, and events that amoCRM should not have sent. */
  unreadable: number;
}

/** How busy it is. */
export interface Density {
  /** Events */
  perSecond: number;
  /** Whether it was seen at the end of the last window, just before where the next one begins. */
  isNear: boolean;
  /** Where the window ends in which it was seen. */
  until: EpochSeconds;
}

export const EVENTS_A_PAGE = 100;
/** The larger the windows the fewer pages that are not full; the smaller the fewer events are held at a time. */
export const WINDOW_PAGES = 40;
/** No window is meant to have more: how far page numbers may go is not documented. */
export const MOST_PAGES = 120;
/** One that has so many all the same is read in parts. */
const TOO_MANY_PAGES = 241;
/** amoCRM is asked for a second more on either side of a window. */
const NEIGHBOUR_S = 1;
const MOST_PASSES = 3;
const MOST_PARTS = 8;
/** The end is looked for step by step from here on. */
const NARROW_PAGES = 12;
/** So many are soon read anew. */
const FEW_PAGES = 8;
/**
 * What share of a window's time pages cover that tell how busy it is. In no order each of them covers the whole window;
 * and what happens all at once tells nothing of the time around it.
 */
const TELLING = { least: 0.005, most: 0.9 };
/** A forecast that is better than what the first pages tell. */
const TRUSTED = 0.8;

export function beginReading(window: Window, foreseen: number, trust: number): WindowReading {
  const nothing = {
    pages: new Map(),
    askedIn: new Map(),
    rounds: 0,
    passes: 0,
    found: new Map(),
    unreadable: 0,
  };
  return { window, foreseen, trust, ...nothing };
}

/** The pages that came in one round, by number. */
export function withPages(reading: WindowReading, came: ReadonlyMap<number, PageRead>): WindowReading {
  const { askedIn, pages } = reading;
  const rounds = reading.rounds + 1;
  const now = [...came.keys()].map(number => [number, rounds] as const);
  return {
    ...reading,
    pages: new Map([...pages, ...came]),
    askedIn: new Map([...askedIn, ...now]),
    rounds,
  };
}

/**
 * The pages to be asked for next: those that are there, since one behind them is; the next one; and one far ahead, up to
 * which the window very probably reaches. Where it is there, all before it are; where not, one request was wasted.
 * @param roundsLeft for how many there is time
 */
export function pagesToAsk(reading: WindowReading, roundsLeft: number): number[] {
  const { pages, trust } = reading;
  const last = lastPage(reading);
  if (last !== undefined) return isLastInTime(reading, last) ? [] : [endOf(reading, last)];
  const { full, end } = bounds(reading);
  const wanted = upTo(full + 1, end).filter(number => !pages.has(number));
  const far = end === undefined ? likelyPage(reading, full) : halfWay(full, end);
  // The last few are found one after the other, while other windows fill the rounds; but not where rounds are few.
  const step = trust < 1 ? Math.min(NARROW_PAGES, Math.floor(roundsLeft / 4)) : 1;
  if (far > full + step && !pages.has(far)) wanted.push(far);
  return wanted;
}

/**
 * Further pages that may be there, for when there is nothing better to ask for: spread over those up to the end, as it
 * was seen or foreseen.
 */
export function pagesToTry(reading: WindowReading, most: number): number[] {
  const { full, end } = bounds(reading);
  if (full === 0) return [];
  const next = full + 1;
  const foreseen = Math.ceil(pagesForeseen(reading));
  const limit = isDivisible(reading) ? TOO_MANY_PAGES : Number.POSITIVE_INFINITY;
  const until = end ?? Math.min(limit, foreseen > next ? foreseen + 1 : 3 * full);
  const step = Math.max(1, (until - next) / (most + 1));
  const further = Array.from({ length: most }, (_, index) => next + Math.floor((index + 1) * step));
  return further.filter(page => page < until && !reading.pages.has(page));
}

/** How many pages the window may have: as foreseen, or by how much of its time the first pages cover. */
export function pagesForeseen(reading: WindowReading): number {
  const { foreseen, trust, window } = reading;
  const seen = stretchRead(reading);
  if (!seen || (trust >= TRUSTED && seen.pages < foreseen)) return foreseen;
  return isTelling(seen, window)
    ? (seen.pages * secondsOf(window)) / secondsOf(seen)
    : Math.max(foreseen, seen.pages);
}

/** How many pages have yet to come; twice as many as foreseen where that is told by the hour before alone. */
export function pagesWanting(reading: WindowReading): number {
  const isDoubtful = reading.trust < TRUSTED && !reading.pages.has(1);
  return Math.max(1, pagesForeseen(reading) * (isDoubtful ? 2 : 1) - reading.pages.size);
}

/** How busy it is where pages were read; undefined where that cannot be told. */
export function densitySeen(reading: WindowReading): Density | undefined {
  const { window } = reading;
  const seen = stretchRead(reading);
  if (!seen || !isTelling(seen, window)) return undefined;
  const perSecond = (seen.pages * EVENTS_A_PAGE) / secondsOf(seen);
  return { perSecond, isNear: window.to - seen.to < seen.from - window.from, until: window.to };
}

/** How many events are in memory for it. */
export function eventsHeld({ found, pages }: WindowReading): number {
  let held = found.size;
  for (const { events } of pages.values()) held += events.length;
  return held;
}

/**
 * Whether a window holds so much more than was foreseen that it is better read in parts: early, while little of it was
 * read, or when it has more pages than one may have. A second cannot be parted.
 */
export function isTooLarge(reading: WindowReading): boolean {
  if (!isDivisible(reading)) return false;
  const { full, end } = bounds(reading);
  const isEarly = end === undefined && full > 0 && reading.pages.size <= FEW_PAGES;
  return full >= TOO_MANY_PAGES || (isEarly && pagesForeseen(reading) > MOST_PAGES);
}

/** Readings of about the same length that take its place, begun anew. */
export function partsOf(reading: WindowReading): WindowReading[] {
  const { trust, window } = reading;
  const { from, to } = window;
  const count = Math.min(MOST_PARTS, Math.max(2, Math.ceil(pagesForeseen(reading) / WINDOW_PAGES)));
  const seconds = Math.ceil(secondsOf(window) / count);
  const parts: WindowReading[] = [];
  for (let at = from; at <= to; at += seconds)
    parts.push(beginReading({ from: at, to: Math.min(at + seconds - 1, to) }, 1, trust));
  return parts;
}

/**
 * What a window holds, once all its pages are there; undefined before. Each event counts once by its id: the pages of a
 * list that grows while it is read overlap. Where they did, or where something stands behind the list's end, the list
 * has moved: then there is another pass, until nothing new is found. What moved the other way would be missing.
 */
export function outcome(reading: WindowReading): { read: Found } | { again: WindowReading } | undefined {
  const last = lastPage(reading);
  if (last === undefined || !isLastInTime(reading, last)) return undefined;
  const { window, pages, passes, found } = reading;
  const { from, to } = window;
  const ids = new Set<string>();
  const events = new Map(found);
  let moved = false;
  let unreadable = 0;
  for (const [number, page] of [...pages].sort(([a], [b]) => a - b)) {
    moved ||= number > last && page.events.length > 0;
    unreadable += page.unreadable;
    for (const event of page.events) {
      const { createdAt, id } = event;
      moved ||= ids.has(id);
      ids.add(id);
      if (createdAt >= from && createdAt <= to) {
        if (!events.has(id)) events.set(id, event);
      } else if (createdAt < from - NEIGHBOUR_S || createdAt > to + NEIGHBOUR_S) unreadable += 1;
    }
  }
  const read = { events: events.values(), unreadable: Math.max(unreadable, reading.unreadable) };
  const isNew = passes === 0 || events.size > found.size;
  if (!moved || !isNew || passes + 1 >= MOST_PASSES) return { read };
  const next = beginReading(window, last, 1);
  return { again: { ...next, passes: passes + 1, found: events, unreadable: read.unreadable } };
}

/** 0: there is none. */
function likelyPage(reading: WindowReading, full: number): number {
  const { pages, trust } = reading;
  // How busy it was before is worth less than what the first page tells.
  if (pages.size === 0 && trust < 1) return 0;
  return Math.min(TOO_MANY_PAGES, full + Math.floor((pagesForeseen(reading) - full) * trust));
}

function halfWay(full: number, end: number): number {
  return Math.floor((full + end) / 2);
}

/** Page numbers from 1 up to `most`, before `end`. */
function upTo(most: number, end: number | undefined): number[] {
  return Array.from({ length: Math.min(most, (end ?? most + 1) - 1) }, (_, index) => index + 1);
}

/**
 * Between which pages the list ends: `full` is the last one that is full, as far as is known, 0 where there is none; `end`
 * the first one seen after which nothing follows, undefined where there is none yet.
 */
function bounds({ pages }: Pick<WindowReading, 'pages'>): { full: number; end: number | undefined } {
  let full = 0;
  let end: number | undefined;
  for (const [number, page] of pages) {
    if (page.end !== 'later') end = Math.min(end ?? number, number);
    // All before one that holds something are full.
    if (page.end !== 'before') full = Math.max(full, page.end === 'later' ? number : number - 1);
  }
  return { full, end };
}

/** The number of the page with which the list ends, once all pages up to there have come; 0: the list is empty. */
function lastPage({ pages }: WindowReading): number | undefined {
  for (let number = 1; ; number += 1) {
    const page = pages.get(number);
    if (!page) return undefined;
    if (page.end === 'here') return number;
    if (page.end === 'before') return number - 1;
  }
}

/**
 * Whether the list's end was asked for after all its other pages. If it was, and no event came twice, none is missing,
 * also where some were added meanwhile: then each place of the list was read once, up to its end.
 */
function isLastInTime(reading: WindowReading, last: number): boolean {
  const { askedIn } = reading;
  const end = endOf(reading, last);
  const others = [...askedIn].filter(([number]) => number < end).map(([, round]) => round);
  return Math.max(0, ...others) < askedIn.get(end)!;
}

/** The page that tells that nothing follows. */
function endOf({ pages }: WindowReading, last: number): number {
  return pages.get(last)?.end === 'here' ? last : last + 1;
}

/** The time that the first pages cover, as far as they follow one another without a gap. */
function stretchRead({ pages, window }: WindowReading): (Window & { pages: number }) | undefined {
  let from = window.to;
  let to = window.from;
  let number = 1;
  for (let page = pages.get(number); page?.end === 'later'; page = pages.get(number)) {
    for (const { createdAt } of page.events) {
      if (createdAt < from) from = Math.max(createdAt, window.from);
      if (createdAt > to) to = Math.min(createdAt, window.to);
    }
    number += 1;
  }
  return number === 1 || to < from ? undefined : { pages: number - 1, from, to };
}

function isTelling(seen: Window, window: Window): boolean {
  const share = secondsOf(seen) / secondsOf(window);
  return share >= TELLING.least && share <= TELLING.most;
}

function isDivisible({ window }: Pick<WindowReading, 'window'>): boolean {
  return window.to > window.from;
}

function secondsOf({ from, to }: Window): number {
  return to - from + 1;
}
