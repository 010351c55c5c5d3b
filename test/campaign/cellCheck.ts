import type { CellValue } from '../emulator/contract';
import type { Stage } from './stage';
import { dateOfSerial, secondsOfSerial, serialOfDate, type TableRow, tableRows } from './tables';

/** A cell's name, and what may stand there. */
export type Column = [name: string, right: (value: CellValue | undefined) => boolean, shown: unknown];

export const is = (name: string, wanted: CellValue): Column => [name, value => value === wanted, wanted];
/** Texts may stand in either language. */
export const oneOf = (name: string, wanted: readonly string[]): Column => [
  name,
  value => wanted.includes(String(value)),
  wanted.join(' or '),
];
export const moment = (name: string, wanted: number | undefined): Column =>
  wanted === undefined
    ? is(name, '')
    : [name, value => typeof value === 'number' && secondsOfSerial(value) === wanted, `second ${wanted}`];

export function isRight({ cells }: TableRow, columns: readonly Column[]): boolean {
  return columns.every(([name, right]) => right(cells[name]));
}

export function wrong(where: string, { cells }: TableRow, columns: readonly Column[]): string[] {
  return columns
    .filter(([name, right]) => !right(cells[name]))
    .map(([name, _, shown]) => `${where}: ${name} is ${JSON.stringify(cells[name])} instead of ${shown}`);
}

export function rowsOf(stage: Stage, key: string, date: string): TableRow[] {
  const serial = serialOfDate(date);
  return (tableRows(stage.world.workbook, key) ?? []).filter(({ cells }) => cells['date'] === serial);
}

/** The days that stand there, each in one block, in their order. */
export function orderProblems(
  stage: Stage,
  key: string,
  { anyOrder = false, days }: { anyOrder?: boolean; days: readonly string[] },
): string[] {
  const rows = tableRows(stage.world.workbook, key);
  if (!rows) return [`${key}: there is no such sheet`];
  const dates = rows.map(({ cells }) => dateOfSerial(Number(cells['date'])));
  const blocks = dates.filter((date, index) => date !== dates[index - 1]);
  if (anyOrder) {
    blocks.sort();
    // Sorted by another column, the rows of one day need not stand together.
    return compared(key, [...new Set(blocks)], days);
  }
  return compared(key, blocks, days);
}

function compared(key: string, found: readonly string[], wanted: readonly string[]): string[] {
  return found.join() === wanted.join()
    ? []
    : [`${key}: the days ${found.join(', ') || '(none)'} instead of ${wanted.join(', ') || '(none)'}`];
}
