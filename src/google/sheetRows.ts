import type { Row } from '../core/cell';
import { read } from './cells';

export const HEADER_ROW = 1;

/** What it takes to read our columns of a sheet. */
export interface Readable {
  sheet: GoogleAppsScript.Spreadsheet.Sheet;
  /** Where each column stands now, by key; counted from 1. */
  positions: ReadonlyMap<string, number>;
  spreadsheetZone: string;
}

/**
 * The rows below the header, our columns only, down to the last one in which a column of ours holds something: a
 * user's own column may reach further.
 */
export function readRows<Column extends string>({
  sheet,
  positions,
  spreadsheetZone,
}: Readable): Row<Column>[] {
  const height = sheet.getLastRow() - HEADER_ROW;
  if (height < 1 || positions.size === 0) return [];
  const values = sheet.getRange(HEADER_ROW + 1, 1, height, Math.max(...positions.values())).getValues();
  const rows = values.map(cells => {
    const entries = [...positions].map(([key, column]) => [key, read(cells[column - 1], spreadsheetZone)]);
    return Object.fromEntries(entries) as Row<Column>;
  });
  while (rows.length > 0 && Object.values(rows[rows.length - 1]!).every(cell => cell === '')) rows.pop();
  return rows;
}
