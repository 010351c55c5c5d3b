/** One of the campaign's processes: plays what it is sent and sends back what went wrong. */

import { play, type Task } from './tasks';

export interface Order {
  id: number;
  task: Task;
}

export interface Delivery {
  id: number;
  problems: string[];
}

process.on('message', ({ id, task }: Order) => {
  process.send?.({ id, problems: played(task) } satisfies Delivery);
});
process.on('disconnect', () => process.exit(0));

function played(task: Task): string[] {
  try {
    return play(task);
  } catch (error) {
    return [`the harness itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
