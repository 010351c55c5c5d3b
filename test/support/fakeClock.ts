import type { Clock } from '../../src/ports';

/** A clock that stands still unless somebody sleeps or the test moves it. */
export interface FakeClock extends Clock {
  /** Lets `milliseconds` go by. */
  pass(milliseconds: number): void;
  /** Puts the clock to an instant, given as ISO 8601 with an offset. */
  set(iso: string): void;
  /** Every sleep so far, in ms. */
  readonly slept: number[];
}

/** @param start ISO 8601 with an offset */
export function fakeClock(start: string): FakeClock {
  let now = instant(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep(milliseconds) {
      // A part of a millisecond is refused to be on the safe side.
      if (!Number.isInteger(milliseconds) || milliseconds < 0) {
        throw new Error(`The stand-in's clock does not sleep ${milliseconds} ms`);
      }
      slept.push(milliseconds);
      now += milliseconds;
    },
    pass(milliseconds) {
      now += milliseconds;
    },
    set(iso) {
      now = instant(iso);
    },
  };
}

function instant(iso: string): number {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(iso)) throw new Error(`No offset in ${iso}`);
  return Date.parse(iso);
}
