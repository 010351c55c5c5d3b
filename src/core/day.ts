/**
 * Calendar days and wall clocks in a time zone. Instants are epoch milliseconds; the zone's rules come from Intl,
 * which is part of the language (ECMA-402), not of the platform.
 */

export type EpochMs = number;
export type EpochSeconds = number;

/** A calendar day as `YYYY-MM-DD`. */
export type Day = string;

/**
 * A wall clock as a spreadsheet stores it: whole days since 1899-12-30 and, behind the point, the share of the day.
 * It names no instant and no zone, so a cell that holds one reads the same in every spreadsheet.
 */
export type Serial = number;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);

/** The zone's canonical IANA name, or undefined when there is no such zone. Plain offsets such as `+03:00` are no zones. */
export function timeZoneName(text: string): string | undefined {
  if (!/^[A-Za-z][\w+\-/]*$/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The calendar day that the zone's clocks show at an instant. */
export function dayOf(at: EpochMs, zone: string): Day {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 10);
}

/**
 * The seconds of a calendar day: `from` is its first, `to` its last (both inside). A day has 23 to 25 hours; where
 * midnight is skipped by a change of clocks the day begins after the gap.
 */
export function dayBounds(day: Day, zone: string): { from: EpochSeconds; to: EpochSeconds } {
  return { from: firstSecond(day, zone), to: firstSecond(shiftDay(day, 1), zone) - 1 };
}

/** The calendar day before the one that the zone's clocks show at an instant. */
export function dayBefore(at: EpochMs, zone: string): Day {
  return shiftDay(dayOf(at, zone), -1);
}

/** The calendar day `days` later (earlier when negative). */
export function shiftDay(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function serialOfDay(day: Day): Serial {
  return (Date.parse(`${day}T00:00:00Z`) - SERIAL_EPOCH) / DAY;
}

/** The day of a date cell. Rounded, because some zones skip midnight and a date cell read there is an hour off. */
export function dayOfSerial(serial: Serial): Day {
  return new Date(SERIAL_EPOCH + Math.round(serial) * DAY).toISOString().slice(0, 10);
}

/** The wall clock of an instant in a zone, to the second. */
export function serialOf(at: EpochMs, zone: string): Serial {
  return (wallClock(at, zone) - SERIAL_EPOCH) / DAY;
}

/** The hour and minute that the zone's clocks show, as `HH:mm`. */
export function timeOfDay(at: EpochMs, zone: string): string {
  return new Date(wallClock(at, zone)).toISOString().slice(11, 16);
}

/** The hour that the zone's clocks show, 0 to 23. */
export function hourOfDay(at: EpochMs, zone: string): number {
  return Number(timeOfDay(at, zone).slice(0, 2));
}

/**
 * The slot that a measurement at `at` belongs to: the nearest multiple of `minutes` on the zone's clocks. The
 * platform fires a trigger up to 15 minutes early or late ([doc CTB] nearMinute), so the slot is only a label.
 */
export function slotOf(at: EpochMs, minutes: number, zone: string): EpochMs {
  const offset = wallClock(at, zone) - wholeSeconds(at);
  const step = minutes * MINUTE;
  return Math.round((at + offset) / step) * step - offset;
}

/** The zone's wall clock at an instant, as if it were UTC, to the second. */
function wallClock(at: EpochMs, zone: string): EpochMs {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function wholeSeconds(at: EpochMs): EpochMs {
  return Math.floor(at / SECOND) * SECOND;
}

/** The first second whose calendar day is `day` or later, found by halving: exact whatever the zone's rules are. */
function firstSecond(day: Day, zone: string): EpochSeconds {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`);
  let before = (midnightUtc - 16 * HOUR) / SECOND;
  let reached = (midnightUtc + 16 * HOUR) / SECOND;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (dayOf(middle * SECOND, zone) >= day) reached = middle;
    else before = middle;
  }
  return reached;
}

// Making a formatter costs far more than using one.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (!known) {
    known = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, known);
  }
  return known;
}
