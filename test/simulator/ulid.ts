/**
 * Event ids. In every published amoCRM example they are lower-case ULIDs whose first ten characters are the
 * milliseconds of `created_at` (computed from twelve events on [D crm_platform/events-and-notes]).
 */

import type { EpochMs } from '../emulator/contract';
import type { SeededRandom } from './seededRandom';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** A 26-character lower-case ULID. */
export function ulid(at: EpochMs, random: SeededRandom): string {
  // From codes: a text that grows letter by letter is a chain of texts, which a million ids cannot afford.
  const codes = new Array<number>(26);
  for (let rest = at, i = 9; i >= 0; i--, rest = Math.floor(rest / 32)) codes[i] = codeOf(rest % 32);
  for (let i = 10; i < 26; i++) codes[i] = codeOf(random.whole(0, 31));
  return String.fromCharCode(...codes);
}

function codeOf(digit: number): number {
  return CROCKFORD.charCodeAt(digit);
}

/** The milliseconds in a ULID. */
export function timeOfUlid(id: string): EpochMs {
  let at = 0;
  for (const character of id.slice(0, 10).toLowerCase()) at = at * 32 + CROCKFORD.indexOf(character);
  return at;
}

/** The milliseconds in a ULID written in either case, undefined for any other text. */
export function readUlid(id: string): EpochMs | undefined {
  return /^[0-9a-hjkmnp-tv-z]{26}$/i.test(id) ? timeOfUlid(id) : undefined;
}
