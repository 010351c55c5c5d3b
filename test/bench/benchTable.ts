/** The bench's figures for people. */

import type { PlayedRow, RowFigures } from './benchRows';
import type { BundleFigures } from './bundleFigures';

type Beside = Pick<RowFigures, 'seconds' | 'ratio'> | undefined;

const COLUMNS: readonly (readonly [title: string, value: (row: RowFigures, beside: Beside) => string])[] = [
  ['events', row => whole(row.events)],
  ['trip ms', row => whole(row.latencyMs)],
  ['pace', row => whole(row.requestsPerSecond)],
  ['seconds', row => row.seconds.toFixed(1)],
  ['bound', row => row.boundSeconds.toFixed(1)],
  ['ratio', row => row.ratio.toFixed(2)],
  ['one by one', (_, beside) => beside?.seconds.toFixed(1) ?? '–'],
  ['its ratio', (_, beside) => beside?.ratio.toFixed(2) ?? '–'],
  ['requests', row => whole(row.requests)],
  ['pages', row => whole(row.minRequests)],
  ['runs', row => whole(row.executions)],
  ['429s', row => whole(row.http429)],
  ['sheet', row => whole(row.sheetCalls)],
  ['property', row => whole(row.propertyCalls)],
  ['largest', row => whole(row.largestProperty)],
  ['state', row => whole(row.stateBytes)],
  ['held', row => whole(row.eventsHeld)],
];

const FOOTER = `
trip ms   a round trip's usual length      pace    the setting "Requests per second"
seconds   of all runs of the report, in virtual time: a spreadsheet call 100 ms, a property or lock call 40, a cache call 30
bound     the day's pages at 7 a second, or 7 a round trip where that is longer;   ratio   seconds / bound
one by one  the same product over a line that carries one request of a batch after the other, and its seconds / bound
requests  of all runs                      pages   that hold the day's events          429s   answers "too many"
sheet     spreadsheet calls of the run that made most of them;   property   calls of properties and locks, of all runs
largest   bytes of the largest property;   state   bytes of all properties;   held   most events in memory at once`;

export function benchTable(rows: readonly PlayedRow[], bundle: BundleFigures): string {
  const together = rows.filter(({ order }) => order.way === 'together');
  const lines = together.map(({ figures, order }) => {
    const beside = rows.find(
      ({ order: { events, latencyMs, requestsPerSecond, way } }) =>
        way === 'one-by-one' &&
        events === order.events &&
        latencyMs === order.latencyMs &&
        requestsPerSecond === order.requestsPerSecond,
    );
    return COLUMNS.map(([, value]) => value(figures, beside?.figures));
  });
  const cells = [COLUMNS.map(([title]) => title), ...lines];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map(line => (line[column] as string).length)));
  const table = cells.map(line =>
    line.map((cell, column) => cell.padStart(widths[column] as number)).join('  '),
  );
  const size = `dist/Code.js: ${whole(bundle.bytes)} bytes, evaluated in ${bundle.evaluateMs} ms of real time`;
  return `${table.join('\n')}\n${FOOTER}\n\n${size}\n`;
}

/** 1 000 000 */
function whole(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ' ');
}
