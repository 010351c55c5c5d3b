import type { Clock } from '../ports';

const LONGEST_SLEEP_MS = 300_000; // [doc UT]

export const scriptClock: Clock = {
  now: () => Date.now(),
  sleep(milliseconds) {
    for (let left = milliseconds; left > 0; left -= LONGEST_SLEEP_MS) {
      Utilities.sleep(Math.min(left, LONGEST_SLEEP_MS));
    }
  },
};
