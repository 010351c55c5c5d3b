import type { Serial } from './day';

/**
 * A date that a cell formatted as text holds as words: in one of our own formats, or as the bare number. Nothing
 * else: `3/4/2026` is another day in another country.
 */
export function serialOfText(text: string): Serial | undefined {
  const trimmed = text.trim();
  if (/^\d{5}([.,]\d+)?$/.test(trimmed)) return Number(trimmed.replace(',', '.'));
  const russian = /^(?<d>\d\d)\.(?<m>\d\d)\.(?<y>\d{4})(?<time> \d\d?:\d\d(:\d\d)?)?$/.exec(trimmed);
  const iso = /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)(?<time> \d\d?:\d\d(:\d\d)?)?$/.exec(trimmed);
  const { y, m, d, time } = (russian ?? iso)?.groups ?? {};
  if (!y) return undefined;
  const clock = (time ?? ' 00:00').trim().padStart(5, '0');
  const at = Date.parse(`${y}-${m}-${d}T${clock.length === 5 ? `${clock}:00` : clock.padStart(8, '0')}Z`);
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(d)) return undefined;
  return (at - SERIAL_ZERO) / 86_400_000;
}

/** Whether a number can be the date of something that happened to a CRM: 2000 to 2099. */
export function isSerial(value: unknown): value is Serial {
  return typeof value === 'number' && value >= 36_526 && value < 73_051;
}

const SERIAL_ZERO = Date.UTC(1899, 11, 30);
