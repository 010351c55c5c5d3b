import type { LostLine } from '../core/rowCheck';
import type { RowPlan, StandingRow } from '../core/rowPlan';
import type { Language } from '../core/settings';
import type { ColumnKind, RowMarks } from '../core/tables';
import { formatFor, read, written } from './cells';
import { deleteRows, growTo, spansOf } from './grid';
import { lineMarks, markMerge } from './marks';
import { breakApart, crosses, type SharedCell } from './merges';
import type { Look } from './tableLook';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

export interface Writable {
  sheet: Sheet;
  kinds: Readonly<Record<string, ColumnKind>>;
  spreadsheetZone: string;
  marks: RowMarks;
  language: Language;
}

/** Rows in one call: what a bigger call takes is not documented. */
const BLOCK_ROWS = 5_000;

/** Carries a plan out. Cells outside our columns are not touched; they move along with their rows. */
export function carryOut<Column extends string>(
  place: Writable,
  look: Look<Column>,
  plan: RowPlan<Column>,
): void {
  const { sheet } = place;
  const { insert, remove, write } = plan;
  // The user's own cells in a row of ours outlive it. Asked now: what is written below would look like a change.
  const shared = remove.filter(look.isShared);
  finishBreaking(place, look);
  unmerge(place, look, plan);
  if (insert) insertRows(sheet, look, insert.at, insert.count);
  const bottom = write[write.length - 1]?.number ?? 0;
  const grid = look.gridRows + (insert?.count ?? 0);
  if (bottom >= grid) growTo(sheet, bottom);
  writeRows(place, look.columns, write);
  clearRows(sheet, look, shared);
  const gone = remove.filter(number => !shared.includes(number));
  // The platform refuses to delete the last rows that scroll.
  if (gone[gone.length - 1] === look.gridRows) growTo(sheet, look.gridRows + 1);
  deleteRows(sheet, gone);
}

function clearRows<Column extends string>(
  sheet: Sheet,
  { columns }: Look<Column>,
  numbers: readonly number[],
): void {
  for (const { first, length } of spansOf(numbers)) {
    for (const across of spansOf(columns.map(([, position]) => position))) {
      sheet.getRange(first, across.first, length, across.length).clearContent();
    }
  }
}

/** Puts a row back that was overwritten, with the formulas it had. */
export function putBack<Column extends string>(
  place: Writable,
  look: Look<Column>,
  { line, at }: LostLine<Column>,
): void {
  const { sheet } = place;
  if (at >= look.gridRows) growTo(sheet, at);
  else insertRows(sheet, look, at, 1);
  if (line.key !== '') {
    writeRows(place, look.columns, [{ number: at, row: line.row }]);
    return;
  }
  for (const [key, position] of look.columns) {
    const cell = line.row[key];
    if (cell === '') continue;
    const isFormula = typeof cell === 'string' && cell.startsWith('=');
    sheet.getRange(at, position).setValue(isFormula ? cell : written(cell));
  }
}

/** Inserts before a row. New rows look like our row above, where there is one; like the header they never look. */
function insertRows<Column extends string>(
  sheet: Sheet,
  { rows }: Pick<Look<Column>, 'rows'>,
  at: number,
  count: number,
): void {
  if (rows.some(({ number }) => number === at - 1)) sheet.insertRowsAfter(at - 1, count);
  else sheet.insertRowsBefore(at, count);
}

/** Writes rows at their numbers, ascending, a call per block of neighbouring cells. */
function writeRows<Column extends string>(
  { sheet, kinds, language }: Writable,
  columns: readonly [Column, number][],
  rows: readonly StandingRow<Column>[],
): void {
  const spans = spansOf(rows.map(({ number }) => number));
  let done = 0;
  for (const { first, length } of spans) {
    for (let offset = 0; offset < length; offset += BLOCK_ROWS) {
      const block = rows.slice(done + offset, done + Math.min(offset + BLOCK_ROWS, length));
      for (const across of spansOf(columns.map(([, position]) => position))) {
        const inBlock = columns.filter(
          ([, position]) => position >= across.first && position < across.first + across.length,
        );
        const range = sheet.getRange(first + offset, across.first, block.length, across.length);
        formatWhereNeeded(
          range,
          inBlock.map(([key]) => kinds[key] ?? 'text'),
          language,
        );
        range.setValues(block.map(({ row }) => inBlock.map(([key]) => written(row[key]))));
      }
    }
    done += length;
  }
}

/**
 * Breaks apart the merges that stand in the way. A key that one held is at once written into each row it covered:
 * a row of ours without its key would not be known as ours any more.
 */
function unmerge<Column extends string>(
  place: Writable,
  { columns, merges, shared }: Look<Column>,
  { insert, remove, write }: RowPlan<Column>,
): void {
  const { sheet, marks } = place;
  const ours = new Set(columns.map(([, position]) => position));
  const keyAt = columns.find(([key]) => key === marks.key)?.[1];
  const at = insert?.at ?? Number.POSITIVE_INFINITY;
  // Rows below the insertion are written at numbers that they do not have yet.
  const touched = [...remove, ...write.map(({ number }) => number).filter(number => number < at)];
  let marked = false;
  for (const merge of merges) {
    const { row, rows, column } = merge;
    const covers = Array.from({ length: merge.columns }, (_, index) => column + index);
    if (!covers.some(position => ours.has(position))) continue;
    if (!touched.some(number => crosses(merge, number))) continue;
    const held = shared.find(cell => cell.row === row && cell.column === column);
    const isKey = held !== undefined && column === keyAt;
    if (isKey) markMerge(sheet, row, rows);
    breakApart(sheet, merge);
    if (isKey) writeShared(place, held);
    marked ||= isKey;
  }
  if (marked) for (const { done } of lineMarks(sheet).halfBroken) done();
}

/** Writes the keys of the rows whose merge an earlier run was breaking apart. */
export function finishBreaking<Column extends string>(
  place: Writable,
  { halfBroken, unfinished }: Look<Column>,
): void {
  for (const shared of unfinished) writeShared(place, shared);
  for (const { done } of halfBroken) done();
}

/** As a serial: a Date would go through the spreadsheet's zone. */
function writeShared({ sheet, spreadsheetZone }: Writable, { row, rows, column, value }: SharedCell): void {
  const cell = written(read(value, spreadsheetZone));
  sheet.getRange(row, column, rows, 1).setValues(Array.from({ length: rows }, () => [cell]));
}

function formatWhereNeeded(
  range: GoogleAppsScript.Spreadsheet.Range,
  kinds: readonly ColumnKind[],
  language: Language,
): void {
  const present = range.getNumberFormats();
  const wanted = present.map(row => row.map((format, column) => formatFor(format, kinds[column]!, language)));
  const differs = wanted.some((row, index) =>
    row.some((format, column) => format !== present[index]![column]),
  );
  if (differs) range.setNumberFormats(wanted);
}
