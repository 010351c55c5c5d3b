import { getLocale } from './number-format-library';
import { Refusal } from './refusal';

/** What a spreadsheet's locale (`ru_RU`, `en_US`) decides: reading typed text, showing values, default titles. */
export interface SheetLocale {
  readonly name: string;
  readonly russian: boolean;
  /** Formats that a date, a date with time and a time get in a cell whose format is General. */
  readonly date: string;
  readonly dateTime: string;
  readonly time: string;
  readonly booleans: readonly [yes: string, no: string];
  readonly decimal: string;
  sheetTitle(number: number): string;
  copyTitle(title: string): string;
}

const known = new Map<string, SheetLocale>();

/** @throws Refusal for a locale the emulator cannot format */
export function sheetLocale(name: string): SheetLocale {
  let locale = known.get(name);
  if (!locale) {
    locale = readLocale(name);
    known.set(name, locale);
  }
  return locale;
}

function readLocale(name: string): SheetLocale {
  const data = /^[a-z]{2,3}(_[A-Z]{2})?$/.test(name) ? getLocale(name) : undefined;
  const look = data?.format;
  if (!data || !look) throw new Refusal(`Invalid argument: ${name}`);
  const separator = look.dateSep ?? '/';
  const day = look.padDd ? 'dd' : 'd';
  const month = look.padMm ? 'mm' : 'm';
  const order = [
    [month, day, 'yyyy'],
    [day, month, 'yyyy'],
    ['yyyy', month, day],
  ][look.dateOrder ?? 1]!;
  const date = order.join(separator);
  const time = look.dateOrder === 0 ? 'h:mm:ss AM/PM' : 'H:mm:ss';
  const russian = name.startsWith('ru');
  return {
    name,
    russian,
    date,
    dateTime: `${date} H:mm:ss`,
    time,
    booleans: data.bool,
    decimal: data.decimal,
    sheetTitle: number => `${russian ? 'Лист' : 'Sheet'}${number}`,
    copyTitle: title => (russian ? `${title} (копия)` : `Copy of ${title}`),
  };
}
