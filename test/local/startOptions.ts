import { SETTING_ROWS } from '../../src/core/settings';
import { sheetLocale } from '../emulator/spreadsheet/model/sheet-locale';
import { isZone } from '../emulator/zone';
import { BadOption, calendarDay, type Given, readCommandLine, wholeNumber } from './commandLine';
import { type IntegrationKeys, integrationKeys, KEY_OPTIONS } from './integrationKeys';

export const USAGE =
  'npm start -- [--amocrm URL --token T] [--auth token|oauth --client-id I --client-secret S --auth-code C] ' +
  '[--date YYYY-MM-DD] [--days N] [--pings N|all] [--set key=value]… [--locale L] [--sheet-zone Z] [--again] [--out DIR]';

export interface StartOptions {
  /** A real server; undefined: the simulator, in virtual time. */
  amocrm: string | undefined;
  token: string | undefined;
  /** undefined: the person pastes a long-lived token. */
  keys: IntegrationKeys | undefined;
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
    auth: text,
    ...KEY_OPTIONS,
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
  const settings = ((given['set'] ?? []) as string[]).map(settingOf);
  const keys = keysFor(given);
  if (keys && (token !== undefined || settings.some(({ key }) => key === 'token'))) {
    throw new BadOption('--auth oauth goes without a token');
  }
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
    keys,
    date: calendarDay('date', given),
    days: wholeNumber('days', given, 1, 1_000) ?? 1,
    pings:
      plain('pings') === 'all'
        ? Number.POSITIVE_INFINITY
        : (wholeNumber('pings', given, 0, 1_000) ?? Number.POSITIVE_INFINITY),
    settings,
    locale,
    sheetZone,
    again: given['again'] === true,
    out,
  };
}

function keysFor(given: Given): IntegrationKeys | undefined {
  const auth = given['auth'] ?? 'token';
  if (auth !== 'token' && auth !== 'oauth') {
    throw new BadOption(`--auth needs token or oauth, not "${String(auth)}"`);
  }
  const keys = integrationKeys(given);
  if (auth === 'oauth' && !keys) {
    throw new BadOption('--auth oauth needs --client-id, --client-secret and --auth-code');
  }
  if (auth === 'token' && keys) {
    throw new BadOption('--client-id, --client-secret and --auth-code need --auth oauth');
  }
  return keys;
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
