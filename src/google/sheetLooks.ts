import { type ColumnKind, HIDDEN_COLUMNS, HOUR_COLUMNS, kindOf, type SheetKey } from '../core/tables';
import type { Texts } from '../core/texts';
import { formatOf, isTheSameEverywhere, needsFormat } from './cells';
import { type Span, spansOf } from './grid';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

const HEADER_COLOUR = '#e8eef7';
const PROBLEM_COLOUR = '#b3261e';
const HEAT_LEAST = '#ffffff';
const HEAT_MOST = '#e67c73';
const PLAIN_WIDTH = 130; // pixels
const HOUR_WIDTH = 48;
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
  type: 260,
  about: 260,
  name: 260,
  process: 420,
  kind: 260,
  entity: 320,
  example: 320,
  ...Object.fromEntries(HOUR_COLUMNS.map(column => [column, HOUR_WIDTH])),
};
const WRAPPED: ReadonlySet<string> = new Set(['note', 'what', 'effect', 'todo', 'meaning', 'problem']);

/** The looks of new columns, and then their headers. */
export function dress(
  sheet: Sheet,
  key: SheetKey,
  columns: readonly { column: string; position: number; wanted: string }[],
  texts: Texts,
): void {
  const rows = sheet.getMaxRows();
  sheet.setFrozenRows(1);
  const formatOfColumn = (column: string) => formatOf(kindOf(key, column), texts.language);
  for (const { look: format, span } of spansOfOneLook(columns, formatOfColumn)) {
    sheet.getRange(2, span.first, rows - 1, span.length).setNumberFormat(format);
  }
  for (const { look: width, span } of spansOfOneLook(columns, column => WIDTHS[column] ?? PLAIN_WIDTH)) {
    sheet.setColumnWidths(span.first, span.length, width);
  }
  for (const { column, position } of columns) {
    const body = () => sheet.getRange(2, position, rows - 1, 1);
    if (WRAPPED.has(column)) body().setWrap(true);
    if (column === 'problem') body().setFontColor(PROBLEM_COLOUR);
    if (HIDDEN_COLUMNS[key]?.includes(column)) sheet.hideColumns(position);
  }
  const spans = spansOf(columns.map(({ position }) => position));
  for (const { first, length } of spans) {
    sheet.getRange(1, first, rows, length).setVerticalAlignment('top');
    sheet.getRange(1, first, 1, length).setFontWeight('bold').setBackground(HEADER_COLOUR).setWrap(true);
  }
  for (const column of columns) explain(sheet, key, column, texts);
  colourByHour(sheet, columns);
  if (key === 'log' && !sheet.getFilter()) {
    // A filter on the header: "errors only" and "the last day" are two clicks.
    sheet.getRange(1, 1, rows, Math.max(...columns.map(({ position }) => position))).createFilter();
  }
  for (const { first, length } of spans) {
    const inSpan = columns.filter(({ position }) => position >= first && position < first + length);
    sheet.getRange(1, first, 1, length).setValues([inSpan.map(({ wanted }) => wanted)]);
  }
}

/** What the user fills in is explained in the header's note. */
export function explain(
  sheet: Sheet,
  key: SheetKey,
  { column, position }: { column: string; position: number },
  texts: Texts,
): void {
  const note = key === 'rules' ? texts.ruleNotes[column] : undefined;
  if (note !== undefined) sheet.getRange(1, position).setNote(note);
}

/** A heat map over the hours: the more, the darker. From the header on, so that rows above the first are in it, too. */
function colourByHour(sheet: Sheet, columns: readonly { column: string; position: number }[]): void {
  const hours = columns.filter(({ column }) => HOUR_COLUMNS.some(hour => hour === column));
  if (hours.length === 0) return;
  const ranges = spansOf(hours.map(({ position }) => position)).map(({ first, length }) =>
    sheet.getRange(1, first, sheet.getMaxRows(), length),
  );
  const scale = SpreadsheetApp.newConditionalFormatRule()
    .setGradientMinpoint(HEAT_LEAST)
    .setGradientMaxpoint(HEAT_MOST)
    .setRanges(ranges)
    .build();
  // One that an interrupted run has made already would lie under this one.
  const others = sheet.getConditionalFormatRules().filter(rule => rule.getGradientCondition() === null);
  sheet.setConditionalFormatRules([...others, scale]);
}

/** Neighbours that look alike are dressed in one call: there are dozens of columns, and a person is waiting. */
function spansOfOneLook<Look>(
  columns: readonly { column: string; position: number }[],
  lookOf: (column: string) => Look | undefined,
): { look: Look; span: Span }[] {
  const positions = new Map<Look, number[]>();
  for (const { column, position } of columns) {
    const look = lookOf(column);
    if (look !== undefined) positions.set(look, [...(positions.get(look) ?? []), position]);
  }
  return [...positions].flatMap(([look, alike]) => spansOf(alike).map(span => ({ look, span })));
}

/** Dates look otherwise in another language, unless the user has chosen a format. */
export function turnFormat(sheet: Sheet, position: number, kind: ColumnKind, { language }: Texts): void {
  const format = formatOf(kind, language);
  if (!format || isTheSameEverywhere(kind)) return;
  if (!needsFormat(sheet.getRange(2, position).getNumberFormat(), kind)) return;
  sheet.getRange(2, position, sheet.getMaxRows() - 1, 1).setNumberFormat(format);
}
