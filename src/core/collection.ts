import type { Day, EpochMs, EpochSeconds } from './day';
import { type HourSpan, lastHour } from './dayHours';
import { isTelling } from './forecast';
import type { Hourly } from './hourly';
import { type Loops, NO_LOOPS, withEvents } from './loops';
import type { Rule } from './rules';
import { type AttributedEvent, emptySums, plus, type Sums, sumsOfEvents, totalOf } from './sums';
import { placeAfter } from './windowPlan';
import type { Window } from './windowReading';

/**
 * The collection of a day's events over as many runs as it takes. A run reads one window of the day after the other;
 * sums and the place where reading goes on change together, so that wherever a run ends no event is lost or counted
 * twice: an event belongs to exactly one window, by its time.
 *
 * When the whole day is read, its last hour is read once more (events settle late), and again when the next day is
 * reported: what has appeared since is counted then.
 */
export interface Collection {
  readonly day: Day;
  readonly zone: string;
  /** Whose events these are: two accounts' days never mix. */
  readonly accountId: number;
  /** Users whose events count as automation, as they were listed when the collection began. */
  readonly serviceAccounts: readonly number[];
  /** The user's rules, as they were when the collection began. */
  readonly rules: readonly Rule[];
  readonly phase: Phase;
  /** The next second to be read. */
  readonly next: EpochSeconds;
  /** The last second to be read in this phase. */
  readonly to: EpochSeconds;
  /** How many seconds the next window may take in. */
  readonly span: number;
  /** Events a second in the last window that was read; undefined before the first one. */
  readonly perSecond?: number | undefined;
  /** Events by hour as the last day that was reported had them, where one is known. */
  readonly expected?: Hourly | undefined;
  /** Of the day up to its last hour. */
  readonly sums: Sums;
  /** Of its last hour. */
  readonly tail: Sums;
  /** In the phases that read the last hour again: what was found there so far. */
  readonly again: Sums;
  readonly loops: Loops;
  /** Records that could not be read, and events that amoCRM should not have sent. */
  readonly unreadable: number;
  /** When the collection began, epoch ms. */
  readonly beganAt: EpochMs;
  /** Requests that this day took so far. */
  readonly requests: number;
  /** Whether the day stands in the sheets already, and is looked at once more. */
  readonly isCorrection: boolean;
  /** Events that appeared after the day had been reported. */
  readonly late: number;
}

/**
 * `reading`: the whole day. `settling`: its last hour again. `collected`: to be written into the sheets. `late`: the
 * last hour once more, at the next report.
 */
export type Phase = 'reading' | 'settling' | 'collected' | 'late';

/** What was read of a window. */
export interface WindowRead {
  /** In order of time. */
  events: readonly AttributedEvent[];
  unreadable: number;
}

const FIRST_SPAN_S = 900;
const LONGEST_SPAN_S = 28_800;
const GROWTH = 4;
const SHRINKING = 8;

export function newCollection(
  day: Day,
  zone: string,
  hours: readonly HourSpan[],
  of: Pick<Collection, 'accountId' | 'serviceAccounts' | 'rules' | 'beganAt' | 'expected'>,
): Collection {
  return {
    ...of,
    day,
    zone,
    phase: 'reading',
    next: hours[0]!.from,
    to: hours[hours.length - 1]!.to,
    span: isTelling(of.expected) ? LONGEST_SPAN_S : FIRST_SPAN_S,
    sums: emptySums(),
    tail: emptySums(),
    again: emptySums(),
    loops: NO_LOOPS,
    unreadable: 0,
    requests: 0,
    isCorrection: false,
    late: 0,
  };
}

/** The collection after a window was read whole: the sums and the place to go on at, together. */
export function withWindow(
  collection: Collection,
  window: Window,
  read: WindowRead,
  hours: readonly HourSpan[],
): Collection {
  const { phase, again, loops, span, sums, tail, unreadable } = collection;
  const first = phase === 'reading';
  const found = sumsOfEvents(read.events);
  const seconds = window.to - window.from + 1;
  const place = placeAfter(collection, window, hours);
  const moved: Collection = {
    ...collection,
    next: place.next,
    span: Math.min(LONGEST_SPAN_S, Math.max(span, seconds * GROWTH)),
    ...(first
      ? {
          ...(window.from < lastHour(hours).from ? { sums: plus(sums, found) } : { tail: plus(tail, found) }),
          perSecond: read.events.length / seconds,
          loops: withEvents(loops, read.events),
          unreadable: unreadable + read.unreadable,
        }
      : { again: plus(again, found) }),
  };
  if (place.phase === phase) return moved;
  return first ? { ...moved, ...lastHourAgain(hours), phase: 'settling' } : settled(moved);
}

/** A smaller window in place of this one, which was not read to its end; undefined when it is a second already. */
export function withSmallerSpan(collection: Collection, { from, to }: Window): Collection | undefined {
  const seconds = to - from + 1;
  return seconds > 1 ? { ...collection, span: Math.ceil(seconds / SHRINKING) } : undefined;
}

/** A day that was reported, to be looked at once more. */
export function reopened(collection: Collection, hours: readonly HourSpan[]): Collection {
  return {
    ...collection,
    ...lastHourAgain(hours),
    phase: 'late',
    again: emptySums(),
    isCorrection: true,
    late: 0,
  };
}

/** Everything counted so far. */
export function daySums({ sums, tail }: Collection): Sums {
  return plus(sums, tail);
}

/** All events counted so far. */
export function eventsSoFar({ sums, tail }: Collection): number {
  return totalOf(sums) + totalOf(tail);
}

/** Share of the day that is read, 0 to 1. */
export function shareRead({ phase, next }: Collection, hours: readonly HourSpan[]): number {
  if (phase !== 'reading') return 1;
  const from = hours[0]!.from;
  return (next - from) / (hours[hours.length - 1]!.to + 1 - from);
}

function lastHourAgain(hours: readonly HourSpan[]): Pick<Collection, 'next' | 'to' | 'span'> {
  const { from, to } = lastHour(hours);
  return { next: from, to, span: LONGEST_SPAN_S };
}

/** The last hour is what the fuller reading says: events do not vanish, so the other one had missed some. */
function settled(collection: Collection): Collection {
  const { again, phase, tail } = collection;
  const more = totalOf(again) - totalOf(tail);
  return {
    ...collection,
    phase: 'collected',
    tail: more > 0 ? again : tail,
    again: emptySums(),
    late: phase === 'late' ? Math.max(0, more) : 0,
  };
}
