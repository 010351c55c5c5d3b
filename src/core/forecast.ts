import type { EpochSeconds } from './day';
import type { HourSpan } from './dayHours';
import { type Hourly, sumOf } from './hourly';

/** How many events are expected: stretches of time that follow one another, with the same number each second. */
export type Forecast = readonly Stretch[];

export interface Stretch {
  from: EpochSeconds;
  to: EpochSeconds;
  perSecond: number;
}

/** Fewer tell nothing of how busy the day is. */
const FEWEST_EVENTS = 500;
const MOST_SCALE = 10;

export function steady(time: { from: EpochSeconds; to: EpochSeconds }, perSecond: number): Forecast {
  return [{ from: time.from, to: time.to, perSecond }];
}

/**
 * A day like another one, as busy as its beginning was.
 * @param profile events by hour of the other day
 * @param so far: how many events this day had before `next`
 */
export function likeDay(
  profile: Readonly<Hourly>,
  hours: readonly HourSpan[],
  soFar: { next: EpochSeconds; events: number },
): Forecast {
  const seconds = secondsByHour(hours);
  const stretches = hours.map(({ from, to, hour }) => ({
    ...{ from, to },
    perSecond: (profile[hour] ?? 0) / seconds[hour]!,
  }));
  const before = eventsIn(stretches, hours[0]!.from, soFar.next - 1);
  const isTelling = Math.min(before, soFar.events) >= FEWEST_EVENTS;
  const scale = isTelling ? Math.min(MOST_SCALE, Math.max(1 / MOST_SCALE, soFar.events / before)) : 1;
  return stretches.map(stretch => ({ ...stretch, perSecond: stretch.perSecond * scale }));
}

/** Whether a profile tells anything. */
export function isTelling(profile: Readonly<Hourly> | undefined): profile is Hourly {
  return profile !== undefined && sumOf(profile) > 0;
}

export function eventsIn(forecast: Forecast, from: EpochSeconds, to: EpochSeconds): number {
  let events = 0;
  for (const stretch of forecast) {
    const seconds = Math.min(to, stretch.to) - Math.max(from, stretch.from) + 1;
    if (seconds > 0) events += seconds * stretch.perSecond;
  }
  return events;
}

/** How many seconds from `from` on hold no more than so many events, one at least; to the forecast's end where all do. */
export function secondsHolding(forecast: Forecast, from: EpochSeconds, events: number): number {
  let room = events;
  for (const stretch of forecast) {
    if (stretch.to < from) continue;
    const begin = Math.max(from, stretch.from);
    const here = (stretch.to - begin + 1) * stretch.perSecond;
    if (here > room) return Math.max(1, begin - from + Math.floor(room / stretch.perSecond));
    room -= here;
  }
  return Number.POSITIVE_INFINITY;
}

/** An hour may come twice, or be there in part. */
function secondsByHour(hours: readonly HourSpan[]): Record<number, number> {
  const seconds: Record<number, number> = {};
  for (const { from, to, hour } of hours) seconds[hour] = (seconds[hour] ?? 0) + to - from + 1;
  return seconds;
}
