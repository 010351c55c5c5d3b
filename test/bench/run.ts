/** `npm run bench`: how fast a day is reported, in virtual time. Nothing but the figures goes to stdout. */

import { resolve } from 'node:path';
import { runCommand } from '../local/commandLine';
import { benchOptions, USAGE } from './benchOptions';
import { isOnlyToCompare, nameOf, type PlayedRow, type RowOrder, rowOrders, type Way } from './benchRows';
import { benchTable } from './benchTable';
import { bundleFigures } from './bundleFigures';
import { playAll } from './crew';

/** Once this much real time has passed, dear rows that are only there to compare with begin no more. */
const COMPARING_MS = 240_000;

runCommand(USAGE, async () => {
  const { json, latencyMs, only, workers } = benchOptions(process.argv.slice(2));
  // Before the workers take the cores.
  const bundle = bundleFigures(resolve(__dirname, '../../dist'));
  const orders = rowOrders({ events: only, latencyMs });
  const rows: PlayedRow[] = [];
  const began = Date.now();
  let troubles = 0;
  let done = 0;
  const tell = (order: RowOrder, problems: readonly string[], result: string) => {
    done++;
    troubles += problems.length;
    const seconds = Math.round((Date.now() - began) / 1000);
    progress(`${done} of ${orders.length}, ${seconds} s: ${nameOf(order)}: ${result}`);
    for (const problem of problems) progress(`  WRONG: ${nameOf(order)}: ${problem}`);
  };
  const mayBegin = (order: RowOrder) => !isOnlyToCompare(order) || Date.now() - began < COMPARING_MS;
  const leftOut = await playAll(orders, workers, mayBegin, delivery => {
    const { order } = delivery;
    if ('trouble' in delivery) return tell(order, [delivery.trouble], 'not played');
    rows.push(delivery);
    tell(order, delivery.problems, `${delivery.figures.seconds.toFixed(1)} s`);
  });
  for (const order of leftOut) progress(`No time was left for ${nameOf(order)}`);
  rows.sort((a, b) => place(a.order) - place(b.order));
  const figuresOf = (way: Way) => rows.filter(({ order }) => order.way === way).map(({ figures }) => figures);
  const figures = { rows: figuresOf('together'), serial: figuresOf('one-by-one'), bundle };
  process.stdout.write(json ? `${JSON.stringify(figures)}\n` : benchTable(rows, bundle));
  return troubles === 0 ? 0 : 1;
});

/** Small days first, then by round trip, the quicker pace first. */
function place({ events, latencyMs, requestsPerSecond }: RowOrder): number {
  return (events * 100_000 + latencyMs) * 10 - requestsPerSecond;
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
