import { LockBusy, type Mutex } from '../ports';

const PATIENCE_MS = 20_000; // others hold it for some property calls only

/** The script lock: one for all users and all runs ([doc LK]). */
export function scriptLock(): Mutex {
  return {
    during(action) {
      const lock = LockService.getScriptLock();
      if (!obtained(lock)) throw new LockBusy();
      try {
        return action();
      } finally {
        lock.releaseLock();
      }
    },
  };
}

/** Under contention even asking may throw ([field] "There are too many LockService operations"). */
function obtained(lock: GoogleAppsScript.Lock.Lock): boolean {
  try {
    return lock.tryLock(PATIENCE_MS);
  } catch {
    return false;
  }
}
