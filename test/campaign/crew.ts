import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Task } from './tasks';
import type { Delivery, Order } from './worker';

/** A task that takes longer than this hangs; it takes a second or two. */
const PATIENCE_MS = 300_000;

/** Processes that play tasks. They stay until they are dismissed, so that what they remember serves the next tasks. */
export class Crew {
  readonly #children: (ChildProcess | undefined)[];
  #orders = 0;

  constructor(workers: number) {
    this.#children = Array.from({ length: Math.max(1, workers) }, () => undefined);
  }

  /** Plays all tasks and tells of each when it has ended, in no particular order. */
  async playAll(
    tasks: readonly Task[],
    tell: (task: Task, problems: readonly string[]) => void,
  ): Promise<void> {
    let next = 0;
    const work = async (place: number): Promise<void> => {
      while (next < tasks.length) {
        const task = tasks[next++]!;
        this.#children[place] ??= fork(join(__dirname, 'worker.ts'), { execArgv: ['--import', 'tsx'] });
        const child = this.#children[place];
        this.#orders += 1;
        const problems = await deliver(child, { id: this.#orders, task });
        tell(task, problems ?? [`no end after ${PATIENCE_MS / 1000} s, or its process died`]);
        if (problems) continue;
        child.kill('SIGKILL');
        this.#children[place] = undefined;
      }
    };
    await Promise.all(this.#children.map((_, place) => work(place)));
  }

  dismiss(): void {
    for (const child of this.#children) if (child?.connected) child.disconnect();
  }
}

/** Undefined when nothing came back. */
function deliver(child: ChildProcess, order: Order): Promise<string[] | undefined> {
  return new Promise(resolve => {
    const end = (problems: string[] | undefined) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(problems);
    };
    const onMessage = ({ id, problems }: Delivery) => {
      if (id === order.id) end(problems);
    };
    const onExit = () => end(undefined);
    const timer = setTimeout(() => end(undefined), PATIENCE_MS);
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(order);
  });
}
