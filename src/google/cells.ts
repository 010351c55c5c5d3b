import type { Cell } from '../core/cell';
import { literalText } from '../core/cellText';
import { type EpochMs, type Serial, serialOf } from '../core/day';
import type { Language } from '../core/settings';
import type { ColumnKind } from '../core/tables';

/** What `setValues` takes. */
export type Written = string | number | boolean;

/** A cell as `setValues` must get it, so that it holds exactly this. */
export function written(cell: Cell): Written {
  return typeof cell === 'string' ? literalText(cell) : cell;
}

/**
 * A cell as `getValues` gave it. A date cell comes as an instant: the wall clock in the spreadsheet's zone
 * ([doc CF]); it is turned back into that wall clock.
 */
export function read(value: unknown, spreadsheetZone: string): Cell {
  // Not instanceof: a date from another context than ours would be none, and each run would write its day anew.
  if (Object.prototype.toString.call(value) === '[object Date]') {
    // To the nearest second: a serial is a fraction of a day, and a millisecond too few would be the second before.
    return knownSerial(Math.round((value as Date).getTime() / 1000) * 1000, spreadsheetZone);
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return '';
}

// Asking Intl is slow, and a table is read more than once.
const serials = new Map<string, Serial>();

function knownSerial(at: EpochMs, zone: string): Serial {
  const name = `${zone} ${at}`;
  const known = serials.get(name) ?? serialOf(at, zone);
  serials.set(name, known);
  return known;
}

/** Under this one whatever is written becomes a text: dates and numbers would be none, and an apostrophe is shown. */
const PLAIN_TEXT = '@';

/** Number formats by language: patterns of the Sheets API, the same in every locale. */
const FORMATS: Record<Language, Record<ColumnKind, string | undefined>> = {
  ru: {
    text: undefined,
    boolean: undefined,
    integer: '0',
    date: 'dd.mm.yyyy',
    datetime: 'dd.mm.yyyy HH:mm',
    time: 'HH:mm',
    percent: '0.00%',
    hour: '00":00"',
    typed: PLAIN_TEXT,
  },
  en: {
    text: undefined,
    boolean: undefined,
    integer: '0',
    date: 'yyyy-mm-dd',
    datetime: 'yyyy-mm-dd HH:mm',
    time: 'HH:mm',
    percent: '0.00%',
    hour: '00":00"',
    typed: PLAIN_TEXT,
  },
};

/** The format for a column of ours; undefined where the spreadsheet's own choice is right. */
export function formatOf(kind: ColumnKind, language: Language): string | undefined {
  return FORMATS[language][kind];
}

/** Whether a column of this kind looks alike in all languages. */
export function isTheSameEverywhere(kind: ColumnKind): boolean {
  return new Set(Object.values(FORMATS).map(formats => formats[kind])).size === 1;
}

/** How the platform names the format of a cell that nobody has formatted. */
const NO_FORMAT = ['', 'general', '0.###############'];

/** Whether a cell still needs our format: it has none, or ours of another language. A user's own choice stays. */
export function needsFormat(present: string, kind: ColumnKind): boolean {
  const ours = Object.values(FORMATS).map(formats => formats[kind]?.toLowerCase());
  const shown = present.toLowerCase();
  return shown === PLAIN_TEXT || NO_FORMAT.includes(shown) || ours.includes(shown);
}

/** The format under which a cell takes what we write: the present one where it will do. */
export function formatFor(present: string, kind: ColumnKind, language: Language): string {
  if (!needsFormat(present, kind)) return present;
  return formatOf(kind, language) ?? (present === PLAIN_TEXT ? 'General' : present);
}
