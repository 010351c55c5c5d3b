import { COLUMN_MARK, columnsOf, kindOf, type SheetKey } from '../core/tables';
import { TEXTS, type Texts, translated } from '../core/texts';
import { SPARE_ROWS, spansOf, wholeColumn } from './grid';
import { markSheet } from './marks';
import { dress, explain, turnFormat } from './sheetLooks';
import { onUnprotected } from './sheetProtection';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** A sheet of ours, and where its columns stood when all marks were last looked up: by key, counted from 1. */
export interface Place {
  readonly sheet: Sheet;
  readonly positions: Map<string, number>;
  /** Whether merges were being broken apart there when a run ended. */
  readonly isHalfBroken?: boolean;
}

/** For the user's own. */
const SPARE_COLUMNS = 5;

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
      if (present) turnTitle(spreadsheet, present, key, texts);
      markColumns(place, columnsOf(key));
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
  const headers: unknown[] = sheet.getRange(1, 1, 1, Math.max(...positions.values())).getValues()[0]!;
  const columns = [...positions].map(([column, position]) => {
    const shown = String(headers[position - 1]);
    return { column, position, shown, wanted: headerFor(shown, key, column, texts) };
  });
  const unfinished = columns.filter(({ shown }) => shown === '').sort((a, b) => a.position - b.position);
  if (unfinished.length === columns.length) trim(sheet, unfinished[unfinished.length - 1]!.position);
  if (unfinished.length > 0) dress(sheet, key, unfinished, texts);
  const turning = columns.filter(({ shown, wanted }) => shown !== '' && shown !== wanted);
  for (const { column, position } of turning) {
    turnFormat(sheet, position, kindOf(key, column), texts);
    explain(sheet, key, { column, position }, texts);
  }
  // Last: the header tells whether the column has been turned.
  writeHeaders(sheet, turning);
}

/** Neighbours in one call: a change of language must be done within the half minute of a simple trigger. */
function writeHeaders(sheet: Sheet, columns: readonly { position: number; wanted: string }[]): void {
  const headers = new Map(columns.map(({ position, wanted }) => [position, wanted]));
  for (const { first, length } of spansOf([...headers.keys()].sort((a, b) => a - b))) {
    const words = Array.from({ length }, (_, offset) => headers.get(first + offset)!);
    sheet.getRange(1, first, 1, length).setValues([words]);
  }
}

/**
 * Takes the empty rest away from a new sheet: the cells of a spreadsheet are counted, empty ones too. One that ours fill
 * to its edge gets the user's columns.
 */
function trim(sheet: Sheet, lastColumn: number): void {
  if (sheet.getLastRow() > 0) return;
  const columns = lastColumn + SPARE_COLUMNS;
  const rows = 1 + SPARE_ROWS;
  const width = sheet.getMaxColumns();
  const height = sheet.getMaxRows();
  if (width > columns) sheet.deleteColumns(columns + 1, width - columns);
  if (width < columns) sheet.insertColumnsAfter(width, columns - width);
  if (height > rows) sheet.deleteRows(rows + 1, height - rows);
}

/** A title that is still our own words changes with the language. */
export function turnTitle(spreadsheet: Spreadsheet, { sheet }: Place, key: SheetKey, texts: Texts): void {
  const shown = sheet.getName();
  const title = translated(shown, language => language.sheets[key], texts);
  if (title !== shown) sheet.setName(freeTitle(spreadsheet, title));
}

/** What stands over a column in the end: our words in the language of the texts, or what the user has written. */
function headerFor(shown: string, key: SheetKey, column: string, texts: Texts): string {
  const of = (language: Texts) => headerOf(language, key, column);
  return shown === '' ? of(texts) : translated(shown, of, texts);
}

/** Whether a sheet has all its columns, each with its header. */
export function isFinished(
  { positions }: Pick<Place, 'positions'>,
  header: readonly unknown[],
  key: SheetKey,
  texts: Texts,
): boolean {
  return columnsOf(key).every(column => {
    const position = positions.get(column);
    const shown = String(header[(position ?? 0) - 1] ?? '');
    return position !== undefined && shown === headerFor(shown, key, column, texts);
  });
}

/** Our words over a column, in every language. */
export function titlesOf(key: SheetKey, column: string): string[] {
  return Object.values(TEXTS).map(texts => headerOf(texts, key, column));
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
