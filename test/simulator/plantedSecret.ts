/** One mark in every secret that the simulator makes: a leak is found anywhere by a plain search for it. */

export const PLANTED_SECRET = 'PLANTED5ECRET';

/** The noise of a secret with the mark at either end, so that half of a secret is found, too. Its length stays. */
export function planted(noise: string): string {
  const { length } = PLANTED_SECRET;
  return `${PLANTED_SECRET}${noise.slice(length, -length)}${PLANTED_SECRET}`;
}
