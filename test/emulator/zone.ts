import type { EpochMs, Milliseconds } from './contract';

/** What a clock on the wall and a calendar beside it show. `month` is 1–12. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

const DAY = 86_400_000;
const QUARTER_HOUR = 900_000;
const SETTLED_SINCE = Date.UTC(1980, 0, 1);
const MOST_REMEMBERED = 50_000;
const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone and quarter of an hour: asking Intl for each date cell is what emulated executions spent their time with. */
const offsets = new Map<string, Map<number, Milliseconds>>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** `GMT+3`, `GMT-03:30`: Java knows them, Intl doesn't. */
function fixedOffset(zone: string): Milliseconds | undefined {
  const match = /^GMT([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(zone);
  if (!match || Number(match[2]) > 23) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/** True for an id of the time zone database or a fixed `GMT±h[:mm]`. */
export function isZone(zone: string): boolean {
  if (fixedOffset(zone) !== undefined) return true;
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** How far the zone's wall clock is ahead of UTC at that instant. */
export function offsetAt(at: EpochMs, zone: string): Milliseconds {
  // Since 1980 every change of every zone falls on a full quarter of an hour.
  if (at < SETTLED_SINCE) return freshOffsetAt(at, zone);
  const quarter = Math.floor(at / QUARTER_HOUR);
  let known = offsets.get(zone);
  if (!known || known.size > MOST_REMEMBERED) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = freshOffsetAt(at, zone);
    known.set(quarter, offset);
  }
  return offset;
}

function freshOffsetAt(at: EpochMs, zone: string): Milliseconds {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const seconds = Math.floor(at / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(seconds)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

export function wallClock(at: EpochMs, zone: string): WallClock {
  const shown = new Date(at + offsetAt(at, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    ms: shown.getUTCMilliseconds(),
  };
}

/**
 * The instant whose wall clock reads `asUtc` (a wall clock time written as if it were UTC). A time that occurs twice
 * means the first; one that the spring change skips moves on by the length of the gap, as in ECMAScript.
 */
export function instantOfShifted(asUtc: EpochMs, zone: string): EpochMs {
  const before = asUtc - offsetAt(asUtc - DAY, zone);
  const after = asUtc - offsetAt(asUtc + DAY, zone);
  const real = [before, after].filter(at => at + offsetAt(at, zone) === asUtc);
  return real.length > 0 ? Math.min(...real) : before;
}

export function instantOf(wall: WallClock, zone: string): EpochMs {
  return instantOfShifted(
    Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.ms),
    zone,
  );
}
