import type { CellValue } from '../../contract';
import { format as applyFormat, isDateFormat, isValidFormat } from './number-format-library';
import type { SheetLocale } from './sheet-locale';

/** The format of a cell nobody formatted. */
export const GENERAL = 'General';
/** The format under which typed text stays text. */
export const PLAIN_TEXT = '@';

interface FormatTraits {
  date: boolean;
  time: boolean;
}

const traits = new Map<string, FormatTraits>();

function traitsOf(format: string): FormatTraits {
  let found = traits.get(format);
  if (!found) {
    const bare = format.replace(/"[^"]*"|\\.|_./g, '').replace(/\[(?![hms]+\])[^\]]*\]/gi, '');
    found = { date: format !== GENERAL && isDateFormat(format), time: /[hs]/i.test(bare) };
    traits.set(format, found);
  }
  return found;
}

/** Whether a number under this format is a date, a time or a duration. */
export function showsDate(format: string): boolean {
  return traitsOf(format).date;
}

/** Whether the format shows hours or seconds. */
export function showsTime(format: string): boolean {
  return traitsOf(format).time;
}

export function acceptableFormat(format: string): boolean {
  return format !== '' && isValidFormat(format);
}

/** What the user sees in the cell. */
export function display(value: CellValue, format: string, locale: SheetLocale): string {
  if (value === '') return '';
  if (typeof value === 'boolean') return locale.booleans[value ? 0 : 1];
  if (typeof value === 'number' && (format === GENERAL || format === PLAIN_TEXT)) return plain(value, locale);
  if (typeof value === 'string' && !format.includes('@') && !format.includes(';')) return value;
  return applyFormat(format, value, { locale: locale.name, leap1900: false, dateSpanLarge: true });
}

/** Automatic: whole numbers in full, fractions to ten digits after the separator. */
function plain(value: number, locale: SheetLocale): string {
  if (Math.abs(value) >= 1e15) return applyFormat(GENERAL, value, { locale: locale.name });
  const digits = value.toFixed(10).replace(/\.?0+$/, '');
  return (digits === '-0' ? '0' : digits).replace('.', locale.decimal);
}
