import { type AccountHost, accountHost } from './accountAddress';
import type { Cell } from './cell';
import { timeZoneName } from './day';

/**
 * Every setting, declared once: the order of the rows, the default, the list offered in the cell, and how a cell is
 * read. Labels and meanings are in the texts, under the same keys. Keys never change: they stand in the sheet.
 */

export type Language = 'ru' | 'en';
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface Settings {
  baseUrl: AccountHost | undefined;
  topEvents: number;
  /** undefined: the account's zone once known, else the spreadsheet's. */
  timeZone: string | undefined;
  /** `HH:mm` */
  reportTime: string;
  pingMinutes: number;
  pingSamples: number;
  requestsPerSecond: number;
  /** User ids. */
  serviceAccounts: number[];
  clientActionsCount: boolean;
  language: 'auto' | Language;
  logLevel: LogLevel;
  notifyEmail: string | undefined;
}

/** What a setting asks for; the texts say it in words. */
export type Expectation =
  | { kind: 'account-address' }
  | { kind: 'whole-number'; from: number; to: number }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'time-zone' }
  | { kind: 'time-of-day'; from: string }
  | { kind: 'user-ids' }
  | { kind: 'yes-no' }
  | { kind: 'email' };

interface Declaration<T> {
  default: T;
  expects: Expectation;
  /** From the cell's text, which is not empty. undefined: not what is asked for. */
  read(text: string): T | undefined;
  /** The value as it stands in the cell and among the last good values. */
  write(value: T): string;
}

const DECLARATIONS: { [Key in keyof Settings]: Declaration<Settings[Key]> } = {
  baseUrl: {
    default: undefined,
    expects: { kind: 'account-address' },
    read: accountHost,
    write: host => host ?? '',
  },
  topEvents: wholeNumber(1, 50, 5),
  timeZone: {
    default: undefined,
    expects: { kind: 'time-zone' },
    read: timeZoneName,
    write: zone => zone ?? '',
  },
  reportTime: {
    default: '03:00',
    expects: { kind: 'time-of-day', from: '00:30' },
    read: text => timeFrom(text, '00:30'),
    write: time => time,
  },
  pingMinutes: numberOf([5, 10, 15, 30, 60], 60),
  pingSamples: wholeNumber(1, 5, 3),
  requestsPerSecond: wholeNumber(1, 7, 5),
  serviceAccounts: {
    default: [],
    expects: { kind: 'user-ids' },
    read: userIds,
    write: ids => ids.join(', '),
  },
  clientActionsCount: {
    default: true,
    expects: { kind: 'yes-no' },
    read: yesOrNo,
    write: yes => (yes ? 'yes' : 'no'),
  },
  language: oneOf(['auto', 'ru', 'en'], 'auto', text => text.toLowerCase()),
  logLevel: oneOf(['DEBUG', 'INFO', 'WARN', 'ERROR'], 'INFO', text => text.toUpperCase()),
  notifyEmail: {
    default: undefined,
    expects: { kind: 'email' },
    read: text => (/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text) ? text : undefined),
    write: address => address ?? '',
  },
};

/** The rows of the settings sheet, in order. `token` has no value in the sheet: it lives in the script properties. */
export const SETTING_ROWS = [
  'baseUrl',
  'token',
  'topEvents',
  'timeZone',
  'reportTime',
  'pingMinutes',
  'pingSamples',
  'requestsPerSecond',
  'serviceAccounts',
  'clientActionsCount',
  'language',
  'logLevel',
  'notifyEmail',
] as const satisfies readonly (keyof Settings | 'token')[];

export type SettingRow = (typeof SETTING_ROWS)[number];

/** What is wrong in one row of the settings sheet. */
export type SettingProblem =
  | { key: keyof Settings; kind: 'invalid'; found: string; expects: Expectation; inForce: string }
  | { key: SettingRow; kind: 'duplicate' }
  | { key: SettingRow; kind: 'missing-row' }
  | { key: 'baseUrl' | 'token'; kind: 'required' }
  | { key: 'token'; kind: 'bad-token' };

export interface SettingsReading {
  settings: Settings;
  /** All problems at once, in the order of the sheet; `row` counts from 0, undefined where there is no row. */
  problems: { row: number | undefined; problem: SettingProblem }[];
  /** The last good values, by key: what an invalid cell falls back to next time. */
  lastGood: Record<string, string>;
}

/**
 * The settings that are in force, from the rows of the sheet: a valid cell counts; an empty one means the default;
 * an invalid one means the last good value, else the default. Of two rows with one key the first counts.
 */
export function readSettings(
  rows: readonly { key: string; value: Cell }[],
  lastGood: Readonly<Record<string, string>>,
): SettingsReading {
  const reading: SettingsReading = { settings: defaults(), problems: [], lastGood: {} };
  rows.forEach(({ key }, row) => {
    if (isSettingRow(key) && rows.findIndex(other => other.key === key) < row) {
      reading.problems.push({ row, problem: { key, kind: 'duplicate' } });
    }
  });
  for (const key of SETTING_ROWS) {
    const row = rows.findIndex(other => other.key === key);
    if (row < 0) reading.problems.push({ row: undefined, problem: { key, kind: 'missing-row' } });
    if (key !== 'token') readOne(key, row < 0 ? '' : rows[row]!.value, row, lastGood, reading);
  }
  reading.problems.sort((a, b) => (a.row ?? -1) - (b.row ?? -1));
  return reading;
}

/** The words for yes and no in the sheet's language. */
export interface YesNo {
  yes: string;
  no: string;
}

/** The text that a new row starts with. */
export function defaultText(key: SettingRow, words: YesNo): string {
  if (key === 'token') return '';
  const { expects, write, default: value } = DECLARATIONS[key] as Declaration<unknown>;
  return shownValue(expects, write(value), words);
}

/** The values that the cell's drop-down list offers, if it has one. */
export function offeredValues(key: SettingRow, words: YesNo): string[] | undefined {
  if (key === 'token') return undefined;
  const { expects } = DECLARATIONS[key];
  if (expects.kind === 'choice') return [...expects.choices];
  if (expects.kind === 'yes-no') return [words.yes, words.no];
  if (expects.kind === 'whole-number' && expects.to <= 10) {
    return Array.from({ length: expects.to - expects.from + 1 }, (_, index) => String(expects.from + index));
  }
  return undefined;
}

/** A written value in the sheet's language. */
export function shownValue(expects: Expectation, written: string, words: YesNo): string {
  if (expects.kind !== 'yes-no') return written;
  return written === 'yes' ? words.yes : words.no;
}

function readOne<Key extends keyof Settings>(
  key: Key,
  cell: Cell,
  row: number,
  lastGood: Readonly<Record<string, string>>,
  reading: SettingsReading,
): void {
  const { read, write, expects } = DECLARATIONS[key];
  const text = cellText(cell);
  if (text === '') {
    if (key === 'baseUrl')
      reading.problems.push({ row: rowOrNone(row), problem: { key: 'baseUrl', kind: 'required' } });
    return;
  }
  // An address is text; a number or a truth value would pass for a name.
  const value = key === 'baseUrl' && typeof cell !== 'string' ? undefined : read(text);
  if (value !== undefined) {
    reading.settings[key] = value;
    reading.lastGood[key] = write(value);
    return;
  }
  // Data of an account that the sheet no longer names must not be collected: the address has no fallback.
  const before = key === 'baseUrl' ? undefined : lastGood[key];
  const fallback = before === undefined ? undefined : read(before);
  if (fallback !== undefined && before !== undefined) {
    reading.settings[key] = fallback;
    reading.lastGood[key] = before;
  }
  const inForce = write(reading.settings[key]);
  reading.problems.push({ row, problem: { key, kind: 'invalid', found: shortened(text), expects, inForce } });
}

function rowOrNone(row: number): number | undefined {
  return row < 0 ? undefined : row;
}

function defaults(): Settings {
  const entries = Object.entries(DECLARATIONS).map(([key, declaration]) => [key, declaration.default]);
  return Object.fromEntries(entries) as Settings;
}

function isSettingRow(key: string): key is SettingRow {
  return (SETTING_ROWS as readonly string[]).includes(key);
}

/** A cell as a person would type it. A number may come from a cell that was formatted as one, or as a date. */
function cellText(value: Cell): string {
  return String(value).trim();
}

/** A long word in a wrong row may be a token: it is not repeated. Other long texts are cut. */
function shortened(text: string): string {
  const longest = /\S{32}/.test(text) ? 8 : 40;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function wholeNumber(from: number, to: number, standard: number): Declaration<number> {
  return {
    default: standard,
    expects: { kind: 'whole-number', from, to },
    read: text => {
      const value = /^\d{1,9}(?:[.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
      return value >= from && value <= to ? value : undefined;
    },
    write: String,
  };
}

function numberOf(choices: readonly number[], standard: number): Declaration<number> {
  return {
    default: standard,
    expects: { kind: 'choice', choices: choices.map(String) },
    read: text => choices.find(choice => String(choice) === text),
    write: String,
  };
}

function oneOf<T extends string>(
  choices: readonly T[],
  standard: T,
  normal: (text: string) => string,
): Declaration<T> {
  return {
    default: standard,
    expects: { kind: 'choice', choices },
    read: text => choices.find(choice => choice === normal(text)),
    write: value => value,
  };
}

/** `3:00`, `03:00`, `03:00:00`, or the share of a day that a cell formatted as a time holds. */
function timeFrom(text: string, earliest: string): string | undefined {
  const share = /^0?[.,]\d+$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 1440) : undefined;
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  const minutes = share ?? (match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN);
  if (!(minutes < 1440) || Number(match?.[2] ?? 0) > 59) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return time >= earliest ? time : undefined;
}

function userIds(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(part => part !== '');
  return parts.every(part => /^\d{1,15}$/.test(part)) ? [...new Set(parts.map(Number))] : undefined;
}

function yesOrNo(text: string): boolean | undefined {
  if (/^(yes|да|true|истина|1)$/i.test(text)) return true;
  if (/^(no|нет|false|ложь|0)$/i.test(text)) return false;
  return undefined;
}
