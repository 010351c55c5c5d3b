import { type ColumnKind, HIDDEN_COLUMNS, SETTINGS_COLUMNS, type SheetKey, TABLES } from '../core/tables';
import { type Texts, translated } from '../core/texts';
import { formatOf } from './cells';
import { runsOf, wholeColumn } from './grid';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Keys of the developer metadata by which sheets and columns are found, whatever their titles. */
export const SHEET_MARK = 'sheet';
export const COLUMN_MARK = 'column';

/** A sheet of ours, and where its columns stand: by key, counted from 1. */
export interface Place {
  readonly sheet: Sheet;
  readonly positions: Map<string, number>;
}

const HEADER_COLOUR = '#e8eef7';
const PROBLEM_COLOUR = '#b3261e';
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

/** Makes the sheet or its columns where they are missing; everything that is there keeps its looks. */
export function ensureSheet(
  spreadsheet: Spreadsheet,
  places: Map<string, Place>,
  key: SheetKey,
  texts: Texts,
): void {
  const present = places.get(key);
  if (present) turnToLanguage(spreadsheet, present, key, texts);
  const place = present ?? newSheet(spreadsheet, key, texts);
  places.set(key, place);
  const columns = columnKeys(key);
  const missing = columns.filter(column => !place.positions.has(column));
  if (missing.length === 0) return;
  addColumns(place, key, missing, texts);
  if (!present && key === 'log') {
    // A filter on the header: "errors only" and "the last day" are two clicks.
    place.sheet.getRange(1, 1, place.sheet.getMaxRows(), columns.length).createFilter();
  }
}

function newSheet(spreadsheet: Spreadsheet, key: SheetKey, texts: Texts): Place {
  const sheet = spreadsheet.insertSheet(freeTitle(spreadsheet, texts.sheets[key]));
  sheet.addDeveloperMetadata(SHEET_MARK, key);
  sheet.setFrozenRows(1);
  return { sheet, positions: new Map() };
}

/** Adds columns side by side behind the last one. */
function addColumns(
  { sheet, positions }: Place,
  key: SheetKey,
  columns: readonly string[],
  texts: Texts,
): void {
  const first = positions.size === 0 ? 1 : Math.max(sheet.getLastColumn(), ...positions.values()) + 1;
  const lacking = first + columns.length - 1 - sheet.getMaxColumns();
  if (lacking > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), lacking);
  const rows = sheet.getMaxRows();

  sheet
    .getRange(1, first, 1, columns.length)
    .setValues([columns.map(column => headerOf(texts, key, column))])
    .setFontWeight('bold')
    .setBackground(HEADER_COLOUR)
    .setWrap(true);
  sheet.getRange(1, first, rows, columns.length).setVerticalAlignment('top');
  sheet.setColumnWidths(first, columns.length, PLAIN_WIDTH);

  columns.forEach((column, index) => {
    const position = first + index;
    const body = () => sheet.getRange(2, position, rows - 1, 1);
    const format = formatOf(kindOf(key, column), texts.language);
    sheet.getRange(wholeColumn(position)).addDeveloperMetadata(COLUMN_MARK, column);
    if (format) body().setNumberFormat(format);
    if (WRAPPED.has(column)) body().setWrap(true);
    if (WIDTHS[column]) sheet.setColumnWidth(position, WIDTHS[column]);
    if (column === 'problem') body().setFontColor(PROBLEM_COLOUR);
    positions.set(column, position);
  });
  const hidden = columns.filter(column => HIDDEN_COLUMNS[key]?.includes(column));
  for (const { first: from, length } of runsOf(hidden.map(column => positions.get(column)!))) {
    sheet.hideColumns(from, length);
  }
}

/** Titles and headers that are still our own words change with the language; a user's words stay. */
function turnToLanguage(
  spreadsheet: Spreadsheet,
  { sheet, positions }: Place,
  key: SheetKey,
  texts: Texts,
): void {
  const shown = sheet.getName();
  const title = translated(shown, language => language.sheets[key], texts);
  if (title !== shown) sheet.setName(freeTitle(spreadsheet, title));
  if (positions.size === 0) return;
  const headers = sheet.getRange(1, 1, 1, Math.max(...positions.values())).getValues()[0]!;
  for (const [column, position] of positions) {
    const present = String(headers[position - 1]);
    const wanted = translated(present, language => headerOf(language, key, column), texts);
    if (wanted === present) continue;
    sheet.getRange(1, position).setValue(wanted);
    const format = formatOf(kindOf(key, column), texts.language);
    if (format) sheet.getRange(2, position, sheet.getMaxRows() - 1, 1).setNumberFormat(format);
  }
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

/** A user may have a sheet of that title already: theirs stays, ours gets a number. */
function freeTitle(spreadsheet: Spreadsheet, title: string): string {
  const taken = new Set(spreadsheet.getSheets().map(sheet => sheet.getName()));
  let free = title;
  for (let number = 2; taken.has(free); number += 1) free = `${title} ${number}`;
  return free;
}
