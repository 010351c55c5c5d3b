import type { CellValue } from '../emulator/contract';
import type { Sheet, Workbook } from '../emulator/spreadsheet';
import { locateColumns } from '../local/columns';

/** A row of one of our tables by column key; an empty cell is `''`. `row` is where it stands. */
export interface TableRow {
  row: number;
  cells: Record<string, CellValue>;
}

/** Our rows: those whose key column is filled. Undefined when the workbook has no such table. */
export function tableRows(workbook: Workbook, key: string): TableRow[] | undefined {
  const place = placeOf(workbook, key);
  if (!place) return undefined;
  const { columns, sheet } = place;
  const rows: TableRow[] = [];
  for (let row = 2; row <= sheet.lastRow; row++) {
    const cells: Record<string, CellValue> = {};
    for (const [name, at] of columns) cells[name] = sheet.value(row, at);
    if (isOurs(key, cells)) rows.push({ row, cells });
  }
  return rows;
}

export function placeOf(
  workbook: Workbook,
  key: string,
): { sheet: Sheet; columns: ReadonlyMap<string, number> } | undefined {
  try {
    return locateColumns(workbook, key);
  } catch {
    return undefined;
  }
}

const DATED = ['report', 'days', 'hours', 'processes', 'loops', 'latency'];

/** The user's own rows below ours have nothing, or no date, in our key column. */
function isOurs(key: string, cells: Readonly<Record<string, CellValue>>): boolean {
  if (DATED.includes(key)) return typeof cells['date'] === 'number';
  if (key === 'pings' || key === 'pingsArchive') return cells['entry'] !== '' && cells['entry'] !== undefined;
  return Object.values(cells).some(value => value !== '');
}

const EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

/** The serial number of a calendar day. */
export function serialOfDate(date: string): number {
  return (Date.parse(`${date}T00:00:00Z`) - EPOCH) / DAY;
}

export function dateOfSerial(serial: number): string {
  return new Date(EPOCH + Math.floor(serial) * DAY).toISOString().slice(0, 10);
}

/** A wall clock in a cell, in whole seconds since the spreadsheet's epoch. */
export function secondsOfSerial(serial: number): number {
  return Math.round(serial * 86_400);
}
