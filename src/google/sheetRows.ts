import type { Row } from '../core/cell';
import { read } from './cells';
import { wholeColumns } from './grid';

export const HEADER_ROW = 1;

/** What it takes to read our columns of a sheet. */
export interface Readable {
  sheet: GoogleAppsScript.Spreadsheet.Sheet;
  /** Where each column stands now, by key; counted from 1. */
  positions: ReadonlyMap<string, number>;
  spreadsheetZone: string;
}

/** A sheet as one look has found it. */
export interface RowsRead<Column extends string> {
  header: readonly unknown[];
  /** All that was read, the user's columns among ours included. */
  values: readonly (readonly unknown[])[];
  /**
   * The rows below the header, our columns only, down to the last one in which a column of ours holds something: a
   * user's own column may reach further.
   */
  rows: Row<Column>[];
}

/** All rows that the sheet has, in one call. */
export function readRows<Column extends string>({
  sheet,
  positions,
  spreadsheetZone,
}: Readable): RowsRead<Column> {
  if (positions.size === 0) return { header: [], values: [], rows: [] };
  const values: unknown[][] = sheet.getRange(wholeColumns(1, Math.max(...positions.values()))).getValues();
  const rows = values.slice(HEADER_ROW).map(cells => {
    const entries = [...positions].map(([key, column]) => [key, read(cells[column - 1], spreadsheetZone)]);
    return Object.fromEntries(entries) as Row<Column>;
  });
  while (rows.length > 0 && Object.values(rows[rows.length - 1]!).every(cell => cell === '')) rows.pop();
  return { header: values[0]!, values, rows };
}
