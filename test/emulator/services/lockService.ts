import { COST } from '../contract';
import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import type { World } from '../world';

type Lock = GoogleAppsScript.Lock.Lock;

/**
 * The three locks [doc LS, LK]; one belongs to an execution and is freed at its end. Executions run one inside the
 * other here, so a lock that is busy stays busy: waiting for it always takes the whole timeout.
 */
export function lockService(execution: LiveExecution, world: World): object {
  const open = (name: string) => (): Lock => lock(execution, world, name);
  const service = {
    getScriptLock: open('script'),
    getDocumentLock: open('document'),
    getUserLock: open(`user ${execution.user}`),
  } satisfies GoogleAppsScript.Lock.LockService;
  const handle = { takes: NOTHING };
  return facade(execution, 'LockService', service, {
    getScriptLock: handle,
    getDocumentLock: handle,
    getUserLock: handle,
  });
}

function lock(execution: LiveExecution, world: World, name: string): Lock {
  const { id } = execution;
  const take = (timeoutInMillis: number): boolean => {
    if (timeoutInMillis < 0) execution.fail('invalidArgument', { what: 'timeoutInMillis' });
    if (world.locks.take(name, id)) return true;
    execution.sleep(timeoutInMillis);
    return world.locks.take(name, id);
  };
  const inside: Lock = {
    tryLock: take,
    waitLock(timeoutInMillis) {
      if (!take(timeoutInMillis)) execution.fail('lockTimeout');
    },
    hasLock: () => world.locks.owner(name) === id,
    releaseLock: () => world.locks.release(name, id),
  };
  const cost = COST.lock;
  return facade(execution, 'LockService.Lock', inside, {
    tryLock: { takes: [['integer']], cost },
    waitLock: { takes: [['integer']], cost },
    hasLock: { takes: NOTHING, cost },
    releaseLock: { takes: NOTHING, cost },
  });
}
