import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { RowOrder } from './benchRows';
import type { Delivery } from './worker';

/** A million events and their JSON take one gigabyte. Larger nurseries spare the collector much copying. */
const NODE_OPTIONS = ['--import', 'tsx', '--max-old-space-size=3072', '--max-semi-space-size=64'];

/**
 * Plays all rows in so many processes and tells of each when it has ended.
 * @param mayBegin asked of each before it is played; without leave it is left out
 * @returns those left out
 */
export async function playAll(
  orders: readonly RowOrder[],
  workers: number,
  mayBegin: (order: RowOrder) => boolean,
  tell: (delivery: Delivery) => void,
): Promise<RowOrder[]> {
  const leftOut: RowOrder[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    while (next < orders.length) {
      const order = orders[next++] as RowOrder;
      if (!mayBegin(order)) {
        leftOut.push(order);
        continue;
      }
      // Whatever a worker says itself is no part of the bench's output.
      child ??= fork(join(__dirname, 'worker.ts'), {
        execArgv: NODE_OPTIONS,
        stdio: ['ignore', 2, 2, 'ipc'],
      });
      const delivery = await deliver(child, order);
      tell(delivery);
      if (child.exitCode !== null || child.signalCode !== null) child = undefined;
    }
    child?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(workers, orders.length) }, work));
  return leftOut;
}

function deliver(child: ChildProcess, order: RowOrder): Promise<Delivery> {
  return new Promise(resolve => {
    const end = (delivery: Delivery) => {
      child.off('message', end);
      child.off('exit', onExit);
      resolve(delivery);
    };
    const onExit = () => end({ order, trouble: 'the process that played it died' });
    child.on('message', end);
    child.on('exit', onExit);
    child.send(order);
  });
}
