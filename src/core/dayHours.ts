import { type Day, dayBounds, type EpochSeconds, hourOfDay } from './day';

/** Seconds of a day, first and last inside, over which the zone's clocks show one hour. */
export interface HourSpan {
  from: EpochSeconds;
  to: EpochSeconds;
  /** 0 to 23 */
  hour: number;
}

const QUARTER_S = 900; // clocks change on quarters of an hour

/** The hours of a day in order: 23 or 24 spans, since an hour that comes twice in a row is one of two hours. */
export function hoursOf(day: Day, zone: string): HourSpan[] {
  const { from, to } = dayBounds(day, zone);
  const spans: HourSpan[] = [];
  for (let at = from; at <= to; at += QUARTER_S) {
    const hour = hourOfDay(at * 1000, zone);
    const last = spans[spans.length - 1];
    const until = Math.min(at + QUARTER_S - 1, to);
    if (last?.hour === hour) last.to = until;
    else spans.push({ from: at, to: until, hour });
  }
  return spans;
}

/** The wall-clock hour of a second of the day. */
export function hourAt(hours: readonly HourSpan[], at: EpochSeconds): number {
  return (hours.find(({ to }) => at <= to) ?? hours[hours.length - 1])?.hour ?? 0;
}

/** Everything from the first second that shows the day's last hour on: that hour may come twice. */
export function lastHour(hours: readonly HourSpan[]): HourSpan {
  const last = hours[hours.length - 1]!;
  const first = hours.find(({ hour }) => hour === last.hour)!;
  return { from: first.from, to: last.to, hour: last.hour };
}
