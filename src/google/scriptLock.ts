import { LockBusy, type Mutex } from '../ports';

const PATIENCE_MS = 20_000;

/** The script lock: one for all users and all runs ([doc LK]). Held for some property calls only. */
export function scriptLock(): Mutex {
  return mutexOf(() => LockService.getScriptLock());
}

/** The document lock, another one for all users and all runs, where there is a document ([doc LS]). */
export function documentLock(): Mutex {
  return mutexOf(() => LockService.getDocumentLock());
}

function mutexOf(lockOf: () => GoogleAppsScript.Lock.Lock): Mutex {
  return {
    during(action) {
      const lock = lockOf();
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
