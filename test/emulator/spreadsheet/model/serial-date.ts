/** Milliseconds of a day without zone changes. */
export const DAY_MS = 86_400_000;
const SERIAL_ZERO = Date.UTC(1899, 11, 30);

/** A wall clock written as the epoch milliseconds it would have in UTC: it names a date and a time, no instant. */
export type WallMs = number;

/** Days since 1899-12-30 00:00, the spreadsheet's own way to hold a date. */
export type Serial = number;

export function serialOf(wall: WallMs): Serial {
  return (wall - SERIAL_ZERO) / DAY_MS;
}

/** Rounded to the millisecond: a serial is a binary fraction of a day. */
export function wallOf(serial: Serial): WallMs {
  return SERIAL_ZERO + Math.round(serial * DAY_MS);
}

/** `2026-11-18T13:51:00`, rounded to the second. */
export function isoSeconds(serial: Serial): string {
  return new Date(Math.round(wallOf(serial) / 1000) * 1000).toISOString().slice(0, 19);
}

/** `2026-11-18`. */
export function isoDay(serial: Serial): string {
  return new Date(wallOf(serial)).toISOString().slice(0, 10);
}
