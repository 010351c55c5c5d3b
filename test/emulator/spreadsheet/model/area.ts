import { type Axis, type AxisChange, spanAfter } from './axis-change';

/** A rectangle of cells; row and column count from 1. */
export interface Area {
  row: number;
  column: number;
  rows: number;
  columns: number;
}

export function overlaps(a: Area, b: Area): boolean {
  return (
    a.row < b.row + b.rows &&
    b.row < a.row + a.rows &&
    a.column < b.column + b.columns &&
    b.column < a.column + a.columns
  );
}

export function contains(outer: Area, inner: Area): boolean {
  return (
    inner.row >= outer.row &&
    inner.column >= outer.column &&
    inner.row + inner.rows <= outer.row + outer.rows &&
    inner.column + inner.columns <= outer.column + outer.columns
  );
}

/** Where the rectangle stands after rows or columns changed; undefined when nothing of it is left. */
export function areaAfter(area: Area, axis: Axis, change: AxisChange): Area | undefined {
  const span =
    axis === 'row'
      ? spanAfter(change, { start: area.row, count: area.rows })
      : spanAfter(change, { start: area.column, count: area.columns });
  if (!span) return undefined;
  return axis === 'row'
    ? { ...area, row: span.start, rows: span.count }
    : { ...area, column: span.start, columns: span.count };
}

export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

/** `B2` or `B2:D5`. */
export function a1(area: Area): string {
  const first = `${columnLetters(area.column)}${area.row}`;
  if (area.rows === 1 && area.columns === 1) return first;
  return `${first}:${columnLetters(area.column + area.columns - 1)}${area.row + area.rows - 1}`;
}
