import { SETTING_ROWS } from '../../src/core/settings';
import { sheetLocale } from '../emulator/spreadsheet/model/sheet-locale';
import { isZone } from '../emulator/zone';
import { BadOption, calendarDay, readCommandLine, wholeNumber } from './commandLine';

export const USAGE =
  'npm start -- [--amocrm URL --token T] [--date YYYY-MM-DD] [--days N] [--pings N|all] [--set key=value]… ' +
  '[--locale L] [--sheet-zone Z] [--again] [--out DIR]';

export interface StartOptions {
  /** A real server; undefined: the simulator, in virtual time. */
  amocrm: string | undefined;
  token: string | undefined;
  /** undefined: yesterday */
  date: string | undefined;
  days: number;
  /** The first so many slots of each day. */
  pings: number;
  settings: { key: string; value: string }[];
  locale: string;
  sheetZone: string;
  again: boolean;
  out: string;
}

const text = { type: 'string' } as const;

/** @throws BadOption */
export function startOptions(args: string[]): StartOptions {
  const given = readCommandLine(args, {
    amocrm: text,
    token: text,
    date: text,
    days: text,
    pings: text,
    set: { type: 'string', multiple: true },
    locale: text,
    'sheet-zone': text,
    again: { type: 'boolean' },
    out: text,
  });
  const plain = (name: string) => given[name] as string | undefined;
  const amocrm = plain('amocrm');
  if (amocrm !== undefined && !/^https?:$/.test(URL.canParse(amocrm) ? new URL(amocrm).protocol : '')) {
    throw new BadOption(`--amocrm needs a server's address such as http://127.0.0.1:8787, not "${amocrm}"`);
  }
  const token = plain('token');
  if (token === '') throw new BadOption('--token is empty');
  const locale = plain('locale') ?? 'ru_RU';
  if (!isLocale(locale)) {
    throw new BadOption(`--locale needs a spreadsheet locale such as ru_RU, not "${locale}"`);
  }
  const sheetZone = plain('sheet-zone') ?? 'Europe/Moscow';
  if (!isZone(sheetZone))
    throw new BadOption(`--sheet-zone needs a time zone such as UTC, not "${sheetZone}"`);
  const out = plain('out') ?? 'out';
  if (out === '') throw new BadOption('--out is empty');
  return {
    amocrm,
    token,
    date: calendarDay('date', given),
    days: wholeNumber('days', given, 1, 1_000) ?? 1,
    pings:
      plain('pings') === 'all'
        ? Number.POSITIVE_INFINITY
        : (wholeNumber('pings', given, 0, 1_000) ?? Number.POSITIVE_INFINITY),
    settings: ((given['set'] ?? []) as string[]).map(settingOf),
    locale,
    sheetZone,
    again: given['again'] === true,
    out,
  };
}

function settingOf(given: string): { key: string; value: string } {
  const match = /^([^=]+)=(.*)$/s.exec(given);
  if (!match) throw new BadOption(`--set needs key=value, not "${given}"`);
  const [, key = '', value = ''] = match;
  if (!(SETTING_ROWS as readonly string[]).includes(key)) {
    throw new BadOption(`--set: there is no setting "${key}"; there are ${SETTING_ROWS.join(', ')}`);
  }
  return { key, value };
}

function isLocale(name: string): boolean {
  try {
    sheetLocale(name);
    return true;
  } catch {
    return false;
  }
}
