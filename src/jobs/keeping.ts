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
