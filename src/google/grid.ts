/** Mechanics of a sheet's grid that the tables share. Rows and columns count from 1, as the platform counts. */

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

export interface Span {
  first: number;
  length: number;
}

/** Ascending numbers as spans of neighbours: neighbours are written in one call. */
export function spansOf(numbers: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (const number of numbers) {
    const last = spans[spans.length - 1];
    if (last && number === last.first + last.length) last.length += 1;
    else spans.push({ first: number, length: 1 });
  }
  return spans;
}

/** Empty rows that a sheet of ours has below, and gets when it grows. */
export const SPARE_ROWS = 200;

/**
 * Makes the sheet longer than `rows`: writing below the last row is refused ([field]). New rows go before the last
 * one where it is empty, so that filters, charts and formats that reach down to it reach over them as well.
 */
export function growTo(sheet: Sheet, rows: number): void {
  const present = sheet.getMaxRows();
  if (rows < present) return;
  const more = rows - present + SPARE_ROWS;
  if (sheet.getLastRow() < present) sheet.insertRowsBefore(present, more);
  else sheet.insertRowsAfter(present, more);
}

/** Deletes rows, given in ascending order, from below, so that the numbers of the others stay true. */
export function deleteRows(sheet: Sheet, rows: readonly number[]): void {
  for (const { first, length } of spansOf(rows).reverse()) sheet.deleteRows(first, length);
}

/** A whole column in A1 notation, such as `AB:AB`: only this counts as a whole column for metadata ([doc SS-range]). */
export function wholeColumn(position: number): string {
  return wholeColumns(position, position);
}

/** Whole columns in A1 notation, such as `A:AB`: a range that needs no knowledge of how long the sheet is. */
export function wholeColumns(first: number, last: number): string {
  return `${letters(first)}:${letters(last)}`;
}

function letters(position: number): string {
  let name = '';
  for (let rest = position; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}
