import type { CellValue } from '../../contract';
import { GENERAL, PLAIN_TEXT } from './display';
import { getFormatFromId, parseValue } from './number-format-library';
import { Refusal, TEXT, TEXT_LIMIT } from './refusal';
import { serialOf, wallOf } from './serial-date';
import type { SheetLocale } from './sheet-locale';

/** What stands in every formula cell: formulas are kept, never computed. */
export const FORMULA_ERROR = '#ERROR!';

/** What an input makes of a cell. `''` is an empty cell, `formula` is `''` unless there is one. */
export interface CellInput {
  value: CellValue;
  formula: string;
  /** Text forced by a leading apostrophe, which is stored apart and shown nowhere. */
  quoted: boolean;
  /** The format the cell takes; absent: it keeps its own. */
  format?: string;
}

/**
 * Reads text the way a person's typing is read (the API's USER_ENTERED): by the spreadsheet's locale and the
 * cell's format.
 * @param year the year of a date typed without one
 * @throws Refusal for more than 50,000 characters
 */
export function readTyped(text: string, format: string, locale: SheetLocale, year: number): CellInput {
  if (text.length > TEXT_LIMIT) throw new Refusal(TEXT.tooManyCharacters);
  if (text.length > 1 && text.startsWith('=')) return formula(text);
  if (format === PLAIN_TEXT) return literal(text);
  if (text.startsWith("'")) return { ...literal(text.slice(1)), quoted: true };
  const read = mayBeTyped(text) ? parseValue(spaced(text), { locale: locale.name }) : undefined;
  if (!read) return /^\+\S/.test(text) ? formula(`=${text}`) : literal(text);
  if (typeof read.value === 'boolean') return { value: read.value, formula: '', quoted: false };
  const value = read.formatId === DAY_AND_MONTH ? inYear(read.value, year) : read.value;
  const own = format === GENERAL ? formatOf(read.formatId, locale) : GENERAL;
  return { ...literal(value), ...(own !== GENERAL && { format: own }) };
}

/** A value that is stored as it is. */
export function literal(value: CellValue): CellInput {
  return { value, formula: '', quoted: false };
}

export function formula(text: string): CellInput {
  return { value: FORMULA_ERROR, formula: text, quoted: false };
}

const DAY_AND_MONTH = 16;

/** A cheap no for the mass of plain names: numbers and dates have digits, booleans are one word. */
function mayBeTyped(text: string): boolean {
  return text.length < 60 && (/\d/.test(text) || /^\s*\p{L}{3,8}\s*$/u.test(text));
}

/** Thousands typed with an ordinary space, which the library knows only as a no-break one. */
function spaced(text: string): string {
  return /^\s*[-+]?\d{1,3}([ \u00a0\u202f]\d{3})+(,\d+)?\s*$/.test(text)
    ? text.replace(/(\d)[ \u00a0\u202f](?=\d{3})/g, '$1')
    : text;
}

function inYear(serial: number, year: number): number {
  const day = new Date(wallOf(serial));
  return serialOf(Date.UTC(year, day.getUTCMonth(), day.getUTCDate()));
}

/** The library names formats by Excel's built-in numbers; dates and times follow the locale's own. */
function formatOf(id: number | undefined, locale: SheetLocale): string {
  if (id === undefined) return GENERAL;
  if (id >= 14 && id <= 17) return locale.date;
  if (id >= 18 && id <= 21) return locale.time;
  if (id === 22) return locale.dateTime;
  return getFormatFromId(id) ?? GENERAL;
}
