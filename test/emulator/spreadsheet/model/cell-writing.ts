import type { CellValue } from '../../contract';
import { type Area, a1 } from './area';
import type { Cell } from './cell';
import { display, GENERAL, PLAIN_TEXT, showsDate } from './display';
import { requireWritable, type Writer } from './protection';
import { Refusal, TEXT } from './refusal';
import { DAY_MS, serialOf, type WallMs } from './serial-date';
import type { Sheet } from './sheet';
import type { SheetLocale } from './sheet-locale';
import { type CellInput, literal, readTyped } from './typed-input';
import { hintOf, satisfies } from './validation-rule';

/** What may be written: text is read as typed, a date is given by its wall clock, `''` empties the cell. */
export type Written = string | number | boolean | { wall: WallMs };

export interface Writing extends Writer {
  readonly locale: SheetLocale;
  /** The year of a date typed without one. */
  readonly year: number;
}

/**
 * Writes a rectangle of values, all or none.
 * @throws Refusal for a protected area, an invalid value in a cell with a rejecting validation, or too long a text
 */
export function writeValues(
  sheet: Sheet,
  area: Area,
  values: readonly (readonly Written[])[],
  how: Writing,
): void {
  sheet.requireInside(area);
  requireWritable(sheet, area, how);
  const inputs = values.map((line, i) =>
    line.map((value, j) => readCell(sheet, area.row + i, area.column + j, value, how)),
  );
  for (const [i, line] of inputs.entries()) {
    for (const [j, input] of line.entries()) {
      const row = area.row + i;
      const column = area.column + j;
      if (sheet.merges.length > 0 && sheet.isSwallowed(row, column)) continue;
      if (input.value === '' && !input.quoted) clearValue(sheet, row, column);
      else sheet.cellForWriting(row, column).take(input);
    }
  }
  sheet.contentChanged();
}

function clearValue(sheet: Sheet, row: number, column: number): void {
  sheet.cell(row, column)?.take(literal(''));
}

function readCell(sheet: Sheet, row: number, column: number, value: Written, how: Writing): CellInput {
  const cell = sheet.cell(row, column);
  const format = cell?.format ?? GENERAL;
  const input = readValue(value, format, how);
  const rule = cell?.validation;
  if (rule && !rule.allowInvalid && !satisfies(rule, input.value, input.format ?? format, how.locale)) {
    const where = a1({ row, column, rows: 1, columns: 1 });
    throw new Refusal(TEXT.validation(where, hintOf(rule)));
  }
  return input;
}

function readValue(value: Written, format: string, how: Writing): CellInput {
  if (typeof value === 'string') return readTyped(value, format, how.locale, how.year);
  if (typeof value !== 'object') return format === PLAIN_TEXT ? asText(value, how.locale) : literal(value);
  const input = literal(serialOf(value.wall));
  if (format === PLAIN_TEXT) return asText(input.value, how.locale);
  if (format !== GENERAL) return input;
  return { ...input, format: value.wall % DAY_MS === 0 ? how.locale.date : how.locale.dateTime };
}

/** A cell formatted as text makes a text of whatever comes. */
function asText(value: CellValue, locale: SheetLocale): CellInput {
  return literal(display(value, GENERAL, locale));
}

/** Gives a cell a format. What is shown becomes its text when that format is "plain text". */
export function giveFormat(cell: Cell, format: string, locale: SheetLocale): void {
  if (
    format === PLAIN_TEXT &&
    cell.format !== PLAIN_TEXT &&
    typeof cell.value === 'number' &&
    cell.formula === ''
  ) {
    cell.value = display(cell.value, cell.format, locale);
  }
  cell.format = format;
}

/** What an edit event calls the cell's value: dates are serial numbers in it; undefined for an empty cell. */
export function eventValue(
  sheet: Sheet,
  row: number,
  column: number,
  locale: SheetLocale,
): string | undefined {
  const cell = sheet.cell(row, column);
  if (!cell?.filled) return undefined;
  if (typeof cell.value === 'number') return String(cell.value);
  return display(cell.value, GENERAL, locale);
}

/** Whether the cell holds a date: a number that its format shows as one. */
export function isDate(sheet: Sheet, row: number, column: number): boolean {
  const cell = sheet.cell(row, column);
  return typeof cell?.value === 'number' && showsDate(cell.format);
}
