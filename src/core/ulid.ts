import type { EpochMs } from './day';

const ULID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i;
/** Crockford's base 32: without i, l, o and u. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_DIGITS = 10;

/** When a ULID was made; undefined where the id is none: Kommo's examples are of another kind ([K reference/events-list]). */
export function ulidTime(id: string): EpochMs | undefined {
  if (!ULID.test(id)) return undefined;
  let time = 0;
  for (const digit of id.slice(0, TIME_DIGITS).toLowerCase()) time = time * 32 + DIGITS.indexOf(digit);
  return time;
}
