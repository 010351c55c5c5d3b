import { LockBusy, type Outside } from '../ports';

/** Under the lock. What does not come again is better put down beside another change than lost. */
export function withoutLoss({ mutex }: Pick<Outside, 'mutex'>, putDown: () => void): void {
  try {
    mutex.during(putDown);
  } catch (error) {
    if (!(error instanceof LockBusy)) throw error;
    putDown();
  }
}

const MOST_TRIES = 3;
const BETWEEN_TRIES_MS = 500;

/** What works once and was given out must not be lost to a passing fault of the store. */
export function surely({ clock }: Pick<Outside, 'clock'>, putDown: () => void): void {
  for (let tries = 1; ; tries += 1) {
    try {
      putDown();
      return;
    } catch (error) {
      if (tries >= MOST_TRIES) throw error;
      clock.sleep(BETWEEN_TRIES_MS);
    }
  }
}
