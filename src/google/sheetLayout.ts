import {
  COLUMN_MARK,
  type ColumnKind,
  HIDDEN_COLUMNS,
  SETTINGS_COLUMNS,
  type SheetKey,
  TABLES,
} from '../core/tables';
import { type Texts, translated } from '../core/texts';
import { formatOf, needsFormat } from './cells';
import { SPARE_ROWS, spansOf, wholeColumn } from './grid';
import { markSheet } from './marks';
import { onUnprotected } from './sheetProtection';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** A sheet of ours, and where its columns stand: by key, counted from 1. */
export interface Place {
  readonly sheet: Sheet;
  readonly positions: Map<string, number>;
}

const HEADER_COLOUR = '#e8eef7';
const PROBLEM_COLOUR = '#b3261e';
/** For the user's own. */
const SPARE_COLUMNS = 5;
const PLAIN_WIDTH = 130; // pixels
const WIDTHS: Readonly<Record<string, number>> = {
  event: 260,
  peakMs: 180,
  pingsFailed: 150,
  requests: 150,
  samples: 150,
  note: 360,
  cause: 300,
  what: 420,
  effect: 300,
  todo: 420,
  setting: 200,
  value: 240,
  meaning: 460,
  problem: 400,
};
const WRAPPED: ReadonlySet<string> = new Set(['note', 'what', 'effect', 'todo', 'meaning', 'problem']);

/**
 * Makes the sheet or its columns where they are missing; everything that is there keeps its looks.
 *
 * A run may end between any two calls, so each step leaves something that the next run can go on with: a sheet gets
 * its mark first, then its columns get theirs, and a column's header is written last of all: a marked column without
 * a header is one that is not finished.
 */
export function ensureSheet(
  spreadsheet: Spreadsheet,
  places: Map<string, Place>,
  key: SheetKey,
  texts: Texts,
): void {
  const present = places.get(key);
  const place = present ?? newSheet(spreadsheet, key, texts);
  places.set(key, place);
  onUnprotected(
    place.sheet,
    () => place.positions.values(),
    () => {
      if (present) turnTitle(spreadsheet, place.sheet, key, texts);
      markColumns(place, columnKeys(key));
      finishColumns(place, key, texts);
    },
  );
}

/** An empty sheet of our title may be what an interrupted run left behind: it is taken over. */
function newSheet(spreadsheet: Spreadsheet, key: SheetKey, texts: Texts): Place {
  const title = texts.sheets[key];
  const empty = spreadsheet.getSheetByName(title);
  const sheet = empty?.getLastRow() === 0 ? empty : spreadsheet.insertSheet(freeTitle(spreadsheet, title));
  markSheet(sheet, key);
  return { sheet, positions: new Map() };
}

/** Gives the columns that are missing their places, side by side behind the last one in use. */
function markColumns({ sheet, positions }: Place, columns: readonly string[]): void {
  const missing = columns.filter(column => !positions.has(column));
  if (missing.length === 0) return;
  const first = Math.max(sheet.getLastColumn(), 0, ...positions.values()) + 1;
  const lacking = first + missing.length - 1 - sheet.getMaxColumns();
  if (lacking > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), lacking);
  missing.forEach((column, index) => {
    sheet.getRange(wholeColumn(first + index)).addDeveloperMetadata(COLUMN_MARK, column);
    positions.set(column, first + index);
  });
}

/** Gives new columns their looks and header; headers that are still our own words change with the language. */
function finishColumns({ sheet, positions }: Place, key: SheetKey, texts: Texts): void {
  const headers = sheet
    .getRange(1, 1, 1, Math.max(...positions.values()))
    .getValues()[0]!
    .map(String);
  const columns = [...positions].map(([column, position]) => {
    const shown = headers[position - 1]!;
    const of = (language: Texts) => headerOf(language, key, column);
    return { column, position, shown, wanted: shown === '' ? of(texts) : translated(shown, of, texts) };
  });
  const unfinished = columns.filter(({ shown }) => shown === '').sort((a, b) => a.position - b.position);
  if (unfinished.length === columns.length) trim(sheet, unfinished[unfinished.length - 1]!.position);
  if (unfinished.length > 0) dress(sheet, key, unfinished, texts);
  for (const { column, position, shown, wanted } of columns) {
    if (shown === '' || shown === wanted) continue;
    sheet.getRange(1, position).setValue(wanted);
    turnFormat(sheet, position, kindOf(key, column), texts);
  }
}

/** Takes the empty rest away from a new sheet: the cells of a spreadsheet are counted, empty ones too. */
function trim(sheet: Sheet, lastColumn: number): void {
  if (sheet.getLastRow() > 0) return;
  const columns = lastColumn + SPARE_COLUMNS;
  const rows = 1 + SPARE_ROWS;
  const width = sheet.getMaxColumns();
  const height = sheet.getMaxRows();
  if (width > columns) sheet.deleteColumns(columns + 1, width - columns);
  if (height > rows) sheet.deleteRows(rows + 1, height - rows);
}

/** The looks of new columns, and then their headers. */
function dress(
  sheet: Sheet,
  key: SheetKey,
  columns: readonly { column: string; position: number; wanted: string }[],
  texts: Texts,
): void {
  const rows = sheet.getMaxRows();
  sheet.setFrozenRows(1);
  for (const { column, position } of columns) {
    const body = () => sheet.getRange(2, position, rows - 1, 1);
    const format = formatOf(kindOf(key, column), texts.language);
    if (format) body().setNumberFormat(format);
    if (WRAPPED.has(column)) body().setWrap(true);
    if (column === 'problem') body().setFontColor(PROBLEM_COLOUR);
    if (HIDDEN_COLUMNS[key]?.includes(column)) sheet.hideColumns(position);
  }
  const spans = spansOf(columns.map(({ position }) => position));
  for (const { first, length } of spans) {
    sheet.setColumnWidths(first, length, PLAIN_WIDTH);
    sheet.getRange(1, first, rows, length).setVerticalAlignment('top');
    sheet.getRange(1, first, 1, length).setFontWeight('bold').setBackground(HEADER_COLOUR).setWrap(true);
  }
  for (const { column, position } of columns) {
    const width = WIDTHS[column];
    if (width !== undefined) sheet.setColumnWidth(position, width);
  }
  if (key === 'log' && !sheet.getFilter()) {
    // A filter on the header: "errors only" and "the last day" are two clicks.
    sheet.getRange(1, 1, rows, Math.max(...columns.map(({ position }) => position))).createFilter();
  }
  for (const { first, length } of spans) {
    const inSpan = columns.filter(({ position }) => position >= first && position < first + length);
    sheet.getRange(1, first, 1, length).setValues([inSpan.map(({ wanted }) => wanted)]);
  }
}

function turnTitle(spreadsheet: Spreadsheet, sheet: Sheet, key: SheetKey, texts: Texts): void {
  const shown = sheet.getName();
  const title = translated(shown, language => language.sheets[key], texts);
  if (title !== shown) sheet.setName(freeTitle(spreadsheet, title));
}

/** Dates look otherwise in another language, unless the user has chosen a format. */
function turnFormat(sheet: Sheet, position: number, kind: ColumnKind, { language }: Texts): void {
  const format = formatOf(kind, language);
  if (!format || !needsFormat(sheet.getRange(2, position).getNumberFormat(), kind)) return;
  sheet.getRange(2, position, sheet.getMaxRows() - 1, 1).setNumberFormat(format);
}

function columnKeys(key: SheetKey): readonly string[] {
  return key === 'settings' ? SETTINGS_COLUMNS : Object.keys(TABLES[key]);
}

function kindOf(key: SheetKey, column: string): ColumnKind {
  return key === 'settings' ? 'text' : ((TABLES[key] as Record<string, ColumnKind>)[column] ?? 'text');
}

function headerOf(texts: Texts, key: SheetKey, column: string): string {
  return (texts.columns[key] as Record<string, string>)[column] ?? column;
}

/** A user may have a sheet of that title already: theirs stays, ours gets a number. Case makes no difference. */
function freeTitle(spreadsheet: Spreadsheet, title: string): string {
  const taken = new Set(spreadsheet.getSheets().map(sheet => sheet.getName().toLowerCase()));
  let free = title;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${title} ${number}`;
  return free;
}
