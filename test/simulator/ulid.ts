/**
 * Event ids. In every published amoCRM example they are lower-case ULIDs whose first ten characters are the
 * milliseconds of `created_at` (computed from twelve events on [D crm_platform/events-and-notes]).
 */

import type { EpochMs } from '../emulator/contract';
import type { SeededRandom } from './seededRandom';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** A 26-character lower-case ULID. */
export function ulid(at: EpochMs, random: SeededRandom): string {
  let time = '';
  for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time;
  let tail = '';
  for (let i = 0; i < 16; i++) tail += CROCKFORD[random.whole(0, 31)];
  return time + tail;
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
