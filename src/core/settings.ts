import { type AccountHost, accountHost } from './accountAddress';
import { timeZoneName } from './day';
import {
  type Declaration,
  numberOf,
  oneOf,
  shownValue,
  timeFrom,
  userIds,
  wholeNumber,
  type YesNo,
  yesOrNo,
} from './settingKinds';
import type { GooglePlan } from './usage';

/**
 * Every setting, declared once: the order of the rows, the default, the list offered in the cell, and how a cell is
 * read. Labels and meanings are in the texts, under the same keys. Keys never change: they stand in the sheet.
 */

export type Language = 'ru' | 'en';
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface Settings {
  baseUrl: AccountHost | undefined;
  /** The integration's id. */
  clientId: string | undefined;
  /** undefined: the script's own address, to which Google lets amoCRM come back. */
  redirectUri: string | undefined;
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
  /** Whose quotas apply. */
  googlePlan: GooglePlan;
  /** Older pings move to the archive sheet. */
  keepPingsDays: number;
  /** Older rows of hours, processes, loops and latency are deleted. */
  keepDetailsDays: number;
}

export const DECLARATIONS: { [Key in keyof Settings]: Declaration<Settings[Key]> } = {
  baseUrl: {
    default: undefined,
    expects: { kind: 'account-address' },
    read: accountHost,
    write: host => host ?? '',
  },
  clientId: {
    default: undefined,
    expects: { kind: 'client-id' },
    // amoCRM's secrets have 64 characters: one in the wrong field must not stand in a cell.
    read: text => (/^[a-z0-9][\w-]{0,62}$/i.test(text) ? text : undefined),
    write: id => id ?? '',
  },
  redirectUri: {
    default: undefined,
    expects: { kind: 'https-address' },
    read: text => (/^https:\/\/[\x21-\x7e]{1,500}$/i.test(text) ? text : undefined),
    write: uri => uri ?? '',
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
  googlePlan: oneOf(['free', 'workspace'], 'free', text => text.toLowerCase()),
  keepPingsDays: wholeNumber(1, 3_650, 90),
  keepDetailsDays: wholeNumber(1, 3_650, 400),
};

/** Rows that have no value in the sheet: what is typed there moves to the script properties. */
export const SECRET_ROWS = ['token', 'clientSecret', 'authCode'] as const;

export type SecretRow = (typeof SECRET_ROWS)[number];

/** The rows of the settings sheet, in order. */
export const SETTING_ROWS = [
  'baseUrl',
  'token',
  'clientId',
  'clientSecret',
  'redirectUri',
  'authCode',
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
  'googlePlan',
  'keepPingsDays',
  'keepDetailsDays',
] as const satisfies readonly (keyof Settings | SecretRow)[];

export type SettingRow = (typeof SETTING_ROWS)[number];

export function isSecretRow(key: string): key is SecretRow {
  return (SECRET_ROWS as readonly string[]).includes(key);
}

/** The text that a new row starts with. */
export function defaultText(key: SettingRow, words: YesNo): string {
  if (isSecretRow(key)) return '';
  const { expects, write, default: value } = DECLARATIONS[key] as Declaration<unknown>;
  return shownValue(expects, write(value), words);
}

/** The values that the cell's drop-down list offers, if it has one. */
export function offeredValues(key: SettingRow, words: YesNo): string[] | undefined {
  if (isSecretRow(key)) return undefined;
  const { expects } = DECLARATIONS[key];
  if (expects.kind === 'choice') return [...expects.choices];
  if (expects.kind === 'yes-no') return [words.yes, words.no];
  if (expects.kind === 'whole-number' && expects.to <= 10) {
    return Array.from({ length: expects.to - expects.from + 1 }, (_, index) => String(expects.from + index));
  }
  return undefined;
}
