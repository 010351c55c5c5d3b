/** Wall clocks of IANA zones, by way of Intl alone. */

import type { EpochMs } from '../emulator/contract';

export interface WallTime {
  /** `2026-11-18` */
  date: string;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows there. An unknown zone is a RangeError of Intl's. */
export function wallTime(at: EpochMs, timeZone: string): WallTime {
  let format = formats.get(timeZone);
  if (!format) {
    // The Swedish locale writes ISO dates, which are the cheapest to take apart.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const text = format.format(at);
  return {
    date: text.slice(0, 10),
    hour: Number(text.slice(11, 13)),
    minute: Number(text.slice(14, 16)),
    second: Number(text.slice(17, 19)),
  };
}

/** `+03:00` */
export function offsetText(at: EpochMs, timeZone: string): string {
  let format = offsetFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    offsetFormats.set(timeZone, format);
  }
  const parts = format.formatToParts(at);
  return parts.find(part => part.type === 'timeZoneName')?.value.slice('GMT'.length) || '+00:00';
}

/** True for a real calendar day written `2026-11-18`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The calendar day `days` later (or earlier, when negative). */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first instant of a calendar day in a zone, also where midnight itself is skipped. */
export function startOfDay(date: string, timeZone: string): EpochMs {
  const utcMidnight = Date.parse(`${date}T00:00:00Z`) / 1000;
  let before = utcMidnight - 15 * 3600;
  let inside = utcMidnight + 15 * 3600;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (wallTime(middle * 1000, timeZone).date < date) before = middle;
    else inside = middle;
  }
  return inside * 1000;
}
