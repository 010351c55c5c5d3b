import { SheetProtected } from '../ports';

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/** A trouble that does not pass by waiting. */
export class Lasting extends Error {}

/**
 * Tries again when the spreadsheet fails, as it does now and then ([field]), but not more often than so many times
 * in all. What is tried must begin with a look at what is there: the call that failed may have had its effect.
 */
export class Patience {
  private failures = 0;

  during<T>(action: () => T): T {
    for (;;) {
      try {
        return action();
      } catch (error) {
        this.failures += 1;
        const hopeless = error instanceof SheetProtected || error instanceof Lasting;
        if (hopeless || this.failures >= ATTEMPTS) throw error;
        Utilities.sleep(PAUSE_MS * this.failures);
      }
    }
  }
}

export function patiently<T>(action: () => T): T {
  return new Patience().during(action);
}
