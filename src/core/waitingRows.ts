import type { Row } from './cell';
import { type ColumnOf, TABLES } from './tables';
import { utf8Bytes } from './utf8';

/**
 * Rows of the log that wait in one property until a run writes to the sheet anyway: those of a ping that went well, an
 * hour like the others. Each keeps its own time.
 */
export type LogRow = Row<ColumnOf<'log'>>;

const COLUMNS = Object.keys(TABLES.log) as ColumnOf<'log'>[];
const MOST_ROWS = 100;
const LARGEST = 8_000; // bytes, of the 9 KB of a property ([doc Q])

/** Oldest first; none where the text cannot be read. */
export function waitingRows(text: string | undefined): LogRow[] {
  try {
    const rows: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(rows)) return [];
    return rows
      .filter(cells => Array.isArray(cells) && cells.length === COLUMNS.length)
      .map(cells => Object.fromEntries(COLUMNS.map((column, at) => [column, cells[at]])) as LogRow);
  } catch {
    return [];
  }
}

/** The text with rows more; undefined where it has no room for them, so that all have to be written. */
export function withWaiting(text: string | undefined, more: readonly LogRow[]): string | undefined {
  const rows = [...waitingRows(text), ...more];
  const longer = textOf(rows);
  return rows.length <= MOST_ROWS && utf8Bytes(longer) <= LARGEST ? longer : undefined;
}

/** The text without rows that stand in the sheet by now; undefined where none is left. */
export function withoutWaiting(text: string | undefined, written: readonly LogRow[]): string | undefined {
  const gone = new Set(written.map(row => textOf([row])));
  const left = waitingRows(text).filter(row => !gone.has(textOf([row])));
  return left.length > 0 ? textOf(left) : undefined;
}

function textOf(rows: readonly LogRow[]): string {
  return JSON.stringify(rows.map(row => COLUMNS.map(column => row[column])));
}
