import { wholeColumns } from './grid';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Cells that a user has merged into one: only the first holds a value, and a write into another is lost. */
export interface Merge {
  row: number;
  rows: number;
  column: number;
  columns: number;
}

/** Values of a column that a merge holds, or held, for several rows. */
export interface SharedCell {
  row: number;
  rows: number;
  column: number;
  value: unknown;
}

/** The merges that touch any of the first `width` columns, in one call. */
export function mergesOf(sheet: Sheet, width: number): Merge[] {
  return sheet
    .getRange(wholeColumns(1, width))
    .getMergedRanges()
    .map(range => ({
      row: range.getRow(),
      rows: range.getNumRows(),
      column: range.getColumn(),
      columns: range.getNumColumns(),
    }));
}

/** What the merges mean for the rows they cover. The header's merges mean nothing for the rows. */
export function sharedCells(merges: readonly Merge[], values: readonly (readonly unknown[])[]): SharedCell[] {
  return merges
    .filter(({ row, rows }) => row > 1 && rows > 1)
    .map(({ row, rows, column }) => ({ row, rows, column, value: values[row - 1]?.[column - 1] ?? '' }))
    .filter(({ value }) => value !== '');
}

/** Puts shared values into the empty cells of the rows they are for. */
export function fillShared(values: unknown[][], shared: readonly SharedCell[]): void {
  for (const { row, rows, column, value } of shared) {
    for (const cells of values.slice(row - 1, row - 1 + rows)) {
      if (cells[column - 1] === '') cells[column - 1] = value;
    }
  }
}

export function crosses({ row, rows }: Merge, number: number): boolean {
  return number >= row && number < row + rows;
}

/** Breaks a merge apart, the whole of it: part of one is refused ([field]). */
export function breakApart(sheet: Sheet, { row, rows, column, columns }: Merge): void {
  sheet.getRange(row, column, rows, columns).breakApart();
}
