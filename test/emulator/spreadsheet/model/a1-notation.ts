import type { Area } from './area';
import { Refusal, TEXT } from './refusal';

/** Whether the notation meant whole rows (`3:4`), whole columns (`B:C`) or cells. */
export type Whole = 'rows' | 'columns' | 'cells';

const CORNER = /^\$?([A-Z]{1,3})?\$?([1-9]\d*)?$/i;

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

/**
 * Reads `B2`, `B2:D5`, `A:C`, `2:2` and `A2:A` (down to the last row) against a grid.
 * @throws Refusal `Range not found` for anything else, the names of other sheets included
 */
export function readA1(notation: string, maxRows: number, maxColumns: number): { area: Area; whole: Whole } {
  const corners = notation.split(':').map(text => CORNER.exec(text.trim()));
  const first = corners[0];
  const last = corners.length === 1 ? first : corners[1];
  if (corners.length > 2 || !first || !last) throw new Refusal(TEXT.rangeNotFound);
  const [, fromColumn, fromRow] = first;
  const [, toColumn, toRow] = last;
  const single = corners.length === 1;
  if ((!fromColumn && !fromRow) || (single && !(fromColumn && fromRow)))
    throw new Refusal(TEXT.rangeNotFound);
  if (!toColumn && !toRow) throw new Refusal(TEXT.rangeNotFound);
  const row = Number(fromRow ?? 1);
  const column = fromColumn ? columnNumber(fromColumn) : 1;
  const lastRow = toRow ? Number(toRow) : maxRows;
  const lastColumn = toColumn ? columnNumber(toColumn) : maxColumns;
  if (lastRow < row || lastColumn < column) throw new Refusal(TEXT.rangeNotFound);
  const whole = !fromRow && !toRow ? 'columns' : !fromColumn && !toColumn ? 'rows' : 'cells';
  return { area: { row, column, rows: lastRow - row + 1, columns: lastColumn - column + 1 }, whole };
}
