import type { EpochMs } from '../core/day';
import type { Clock } from '../ports';

const WINDOW_MS = 1_000;
const MOST_REMEMBERED = 50;

export interface Pacer {
  /** Sleeps until one more request is allowed, sends it and gives its result. */
  paced<T>(send: () => T): T;
}

/**
 * Keeps requests under `perSecond` in any sliding second, as the server sees them. A request arrives some time
 * between leaving and being answered, so the second is counted from the answer: whatever the way there took, the
 * server cannot see more.
 * @param answered when earlier requests were answered; pacers that share it keep the limit together
 */
export function pacer(clock: Clock, perSecond: number, answered: EpochMs[] = []): Pacer {
  return {
    paced(send) {
      const oldest = answered[answered.length - perSecond];
      // Clocks count whole milliseconds: without one more, the second could be short by a fraction.
      const wait = oldest === undefined ? 0 : oldest + WINDOW_MS + 1 - clock.now();
      if (wait > 0) clock.sleep(wait);
      try {
        return send();
      } finally {
        answered.push(clock.now());
        if (answered.length > MOST_REMEMBERED) answered.shift();
      }
    },
  };
}
