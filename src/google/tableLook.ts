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
  /** Where the columns stood when all marks were last looked up. */
  readonly positions: ReadonlyMap<string, number>;
  /** Whether merges were being broken apart there then. */
  isHalfBroken?: boolean | undefined;
  /** What we write over a column, in every language. */
  titlesOf(column: string): readonly string[];
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

/** Without a look where the table is not plain: then it has only the header to tell, as it stands. */
export interface PlainLook<Column extends string> {
  look: Look<Column> | undefined;
  header: readonly unknown[];
}

/**
 * A look in one call, for a table as it is on all but a few days: each of our titles stands once in the header, just
 * where its column is marked, so that marks need not be looked up again; and our rows stand without a gap and with
 * nothing else among or below them. Merges of keys, and rows of the user's own, would show as gaps or as rows without
 * a key. Not seen are formulas, see `isWithoutFormulas`, and merges in which no key is missing.
 */
export function plainLook<Column extends string>(place: Lookable): PlainLook<Column> {
  const { positions, sheet } = place;
  const values = readBeside(sheet, [...positions.values()]);
  const header = values[0]!;
  if (place.isHalfBroken || !isOurHeader(header, place)) return { look: undefined, header };
  const seen = { columns: fromTheLeft<Column>(positions), halfBroken: [], merges: [], formulas: [] };
  const look = lookOf(place, values, seen);
  const last = look.rows[look.rows.length - 1]?.number ?? HEADER_ROW;
  const isPlain = look.foreign.length === 0 && look.rows.length === last - HEADER_ROW;
  return { look: isPlain ? look : undefined, header };
}

/** Whether no column of ours holds a formula: one that shows nothing looks like an empty cell. */
export function isWithoutFormulas<Column extends string>(
  { sheet }: Lookable,
  { columns, values }: Look<Column>,
): boolean {
  const formulas = formulasIn(sheet, values[0]!.length);
  return columns.every(([, position]) => formulas.every(row => row[position - 1] === ''));
}

function isOurHeader(header: readonly unknown[], { positions, titlesOf }: Lookable): boolean {
  if (positions.size === 0) return false;
  return [...positions].every(([column, position]) => {
    const shown = header[position - 1];
    return (
      titlesOf(column).some(title => title === shown) && header.indexOf(shown) === header.lastIndexOf(shown)
    );
  });
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
  const { sheet } = place;
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
  return lookOf(place, values, { columns, halfBroken, merges, formulas });
}

interface Seen<Column extends string> extends Pick<Look<Column>, 'columns' | 'halfBroken' | 'merges'> {
  /** None: there are none that matter. */
  formulas: readonly (readonly string[])[];
}

/** What the values mean, by what else was seen. */
function lookOf<Column extends string>(
  { sheet, kinds, marks, spreadsheetZone }: Lookable,
  values: unknown[][],
  { columns, formulas, halfBroken, merges }: Seen<Column>,
): Look<Column> {
  const positions = columns.map(([, at]) => at);
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
  return { columns: fromTheLeft<Column>(positions), halfBroken };
}

function fromTheLeft<Column extends string>(positions: ReadonlyMap<string, number>): [Column, number][] {
  return ([...positions] as [Column, number][]).sort(([, a], [, b]) => a - b);
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
