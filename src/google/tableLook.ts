import type { Cell, Row } from '../core/cell';
import type { Ground, StandingRow } from '../core/rowPlan';
import { isSerial, serialOfText } from '../core/serialText';
import type { ColumnKind, RowMarks } from '../core/tables';
import { read } from './cells';
import { wholeColumns } from './grid';
import { type HalfBroken, lineMarks } from './marks';
import { fillShared, type Merge, mergesOf, type SharedCell, sharedCells } from './merges';
import { HEADER_ROW } from './sheetRows';

/** A cell that computes the time of day never reads the same twice. */
const PATIENT_LOOKS = 3;
/** Columns. */
const BESIDE = 3;

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** What it takes to look at a table. */
export interface Lookable {
  sheet: Sheet;
  /** Where the columns stood when they were last looked up; only how far to read is taken from it. */
  readonly positions: ReadonlyMap<string, number>;
  /** What each column holds, by key. */
  kinds: Readonly<Record<string, ColumnKind>>;
  marks: RowMarks;
  spreadsheetZone: string;
}

/** A table as it stands, from one fresh look at its sheet. */
export interface Look<Column extends string> extends Ground<Column> {
  /** Rows that are not ours, but hold something in columns of ours: totals, notes. Formulas as such. */
  foreign: StandingRow<Column>[];
  /** Where our columns stand, from the left; one that the user has deleted is missing. */
  columns: [Column, number][];
  merges: Merge[];
  /** What merges mean for the rows they cover. */
  shared: SharedCell[];
  /** Merges that an earlier run was breaking apart, and the keys that have to be written for their rows. */
  halfBroken: HalfBroken[];
  unfinished: SharedCell[];
  /** How many rows the sheet has. */
  gridRows: number;
  /** The cells as they were read, the header among them; somewhat further to the right than our columns reach. */
  values: readonly (readonly unknown[])[];
  /** What a cell holds: a formula as such. */
  content(number: number, position: number): Cell;
  /** Whether columns of the user's own hold something in that row. Costs a look at the whole sheet. */
  isShared(number: number): boolean;
}

/**
 * @param before a look of a moment ago: as long as the header is the same and there were no merges, columns stand
 *   where they stood, and merges are not asked for
 */
export function lookAt<Column extends string>(
  place: Lookable,
  before?: Look<Column>,
  looks = 1,
): Look<Column> {
  const { sheet, kinds, marks, spreadsheetZone } = place;
  const hint = before ? before.columns.map(([, at]) => at) : [...place.positions.values()];
  let values = readBeside(sheet, hint);
  const quick = before?.merges.length === 0 && isSameHeader(before.values, values);
  // After the values, so that the header of these values tells whether the columns stood there all the time.
  const { columns, halfBroken } = quick ? before : marksOf<Column>(sheet);
  const positions = columns.map(([, at]) => at);
  if (Math.max(0, ...positions) > values[0]!.length) values = readBeside(sheet, positions);
  const merges = quick || columns.length === 0 ? [] : mergesOf(sheet, Math.max(...positions));
  // A formula that shows nothing looks like an empty cell, and one that makes a date makes no row of ours.
  const formulas = quick && before.foreign.length === 0 ? [] : formulasIn(sheet, values[0]!.length);
  if (
    (merges.length > 0 || !formulas.every(isEmpty)) &&
    !stillReads(sheet, values) &&
    looks < PATIENT_LOOKS
  ) {
    return lookAt(place, before, looks + 1);
  }
  const shared = sharedCells(merges, values);
  const keyAt = columns.find(([key]) => key === marks.key)?.[1] ?? 0;
  const unfinished = sharedCells(
    halfBroken.map(({ row, rows }) => ({ row, rows, column: keyAt, columns: 1 })),
    values,
  );
  fillShared(values, [...shared, ...unfinished]);

  const rowAt = (number: number, of: (number: number, position: number, key: Column) => Cell) =>
    Object.fromEntries(columns.map(([key, at]) => [key, of(number, at, key)])) as Row<Column>;
  const valueAt = (number: number, position: number): Cell =>
    read(values[number - 1]?.[position - 1] ?? '', spreadsheetZone);
  const content = (number: number, position: number): Cell =>
    formulas[number - 1]?.[position - 1] || valueAt(number, position);
  const rows: StandingRow<Column>[] = [];
  const others: number[] = [];
  for (let number = HEADER_ROW + 1; number <= values.length; number += 1) {
    if (isEmpty(values[number - 1]!) && isEmpty(formulas[number - 1] ?? [])) continue;
    const row = rowAt(number, (line, at, key) => cellOfKind(valueAt(line, at), kinds[key] ?? 'text'));
    const isComputed = Boolean(formulas[number - 1]?.[keyAt - 1]);
    if (!isComputed && isKey(row[marks.key as Column], kinds[marks.key])) rows.push({ number, row });
    else if (positions.some(position => content(number, position) !== '')) others.push(number);
  }

  const last = rows[rows.length - 1]?.number ?? HEADER_ROW;
  const isFree = (number: number) => positions.every(position => content(number, position) === '');
  let elsewhere: ReadonlySet<number> | undefined;
  const isShared = (number: number) => {
    elsewhere ??= filledElsewhere(sheet, new Set(positions), values);
    return elsewhere.has(number);
  };
  return {
    rows,
    foreign: others.map(number => ({ number, row: rowAt(number, content) })),
    columns,
    merges,
    shared,
    halfBroken,
    unfinished,
    gridRows: values.length,
    values,
    content,
    isFree,
    isShared,
    isBlank: number => number < last && isFree(number) && !isShared(number),
  };
}

/**
 * Our columns and some to the right: when somebody deletes one of ours while we write, they are what moves under our
 * hands. Where the sheet has no more columns, only as many as there are.
 */
function readBeside(sheet: Sheet, positions: readonly number[]): unknown[][] {
  const width = Math.max(1, ...positions);
  try {
    return readColumns(sheet, width + BESIDE);
  } catch {
    return readColumns(sheet, width);
  }
}

/**
 * All rows that the sheet has, in one call: between asking for its last row and reading down to there somebody might
 * insert one, and the last would not be seen.
 */
function readColumns(sheet: Sheet, width: number): unknown[][] {
  return sheet.getRange(wholeColumns(1, width)).getValues();
}

function isEmpty(cells: readonly unknown[]): boolean {
  return cells.every(cell => cell === '');
}

/** Whether nothing has moved since: values, merges and formulas come in calls of their own, and must belong together. */
function stillReads(sheet: Sheet, values: readonly (readonly unknown[])[]): boolean {
  return JSON.stringify(readColumns(sheet, values[0]!.length)) === JSON.stringify(values);
}

function isSameHeader(
  before: readonly (readonly unknown[])[],
  now: readonly (readonly unknown[])[],
): boolean {
  return JSON.stringify(before[0]) === JSON.stringify(now[0]);
}

function marksOf<Column extends string>(sheet: Sheet): Pick<Look<Column>, 'columns' | 'halfBroken'> {
  const { positions, halfBroken } = lineMarks(sheet);
  const columns = ([...positions] as [Column, number][]).sort(([, a], [, b]) => a - b);
  return { columns, halfBroken };
}

function formulasIn(sheet: Sheet, width: number): string[][] {
  return sheet.getRange(wholeColumns(1, width)).getFormulas();
}

/** The rows in which columns of the user's own hold something. */
function filledElsewhere(
  sheet: Sheet,
  ours: ReadonlySet<number>,
  seen: readonly (readonly unknown[])[],
): ReadonlySet<number> {
  const range = sheet.getDataRange();
  const values: unknown[][] = range.getValues();
  const formulas = range.getFormulas();
  const moved = values.some((cells, row) =>
    cells.some(
      (cell, at) => ours.has(at + 1) && isText(cell) && isText(seen[row]?.[at]) && cell !== seen[row]![at],
    ),
  );
  if (moved) throw new Error('Rows have moved between two looks');
  const filled = new Set<number>();
  values.forEach((cells, row) => {
    const isFilled = (_: unknown, at: number) =>
      !ours.has(at + 1) && (cells[at] !== '' || formulas[row]?.[at] !== '');
    if (cells.some(isFilled)) filled.add(row + 1);
  });
  return filled;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A date in a column that the user has formatted as text is a text. */
function cellOfKind(cell: Cell, kind: ColumnKind): Cell {
  if (typeof cell !== 'string' || !isTime(kind)) return cell;
  return serialOfText(cell) ?? cell;
}

function isKey(cell: Cell | undefined, kind: ColumnKind | undefined): boolean {
  if (kind === undefined || cell === undefined) return false;
  return isTime(kind) ? isSerial(cell) : typeof cell === 'string' && cell !== '';
}

function isTime(kind: ColumnKind): boolean {
  return kind === 'date' || kind === 'datetime' || kind === 'time';
}
