import type { Cell } from './cell';
import type { Expectation } from './settingKinds';
import {
  DECLARATIONS,
  isSecretRow,
  SETTING_ROWS,
  type SecretRow,
  type SettingRow,
  type Settings,
} from './settings';

/** What is wrong in one row of the settings sheet. */
export type SettingProblem =
  | { key: keyof Settings; kind: 'invalid'; found: string; expects: Expectation; inForce: string }
  | { key: SettingRow; kind: 'duplicate' }
  | { key: SettingRow; kind: 'missing-row' }
  | { key: 'baseUrl' | 'token' | 'clientId' | 'clientSecret' | 'authCode'; kind: 'required' }
  | { key: SecretRow; kind: 'bad-token' }
  | { key: 'token'; kind: 'other-account' };

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
    const index = rows.findIndex(other => other.key === key);
    const row = index < 0 ? undefined : index;
    if (row === undefined) reading.problems.push({ row, problem: { key, kind: 'missing-row' } });
    if (!isSecretRow(key)) readOne(key, rows[index]?.value ?? '', row, lastGood, reading);
  }
  const placeOf = ({ row = -1 }: { row: number | undefined }) => row;
  reading.problems.sort((a, b) => placeOf(a) - placeOf(b));
  return reading;
}

function readOne<Key extends keyof Settings>(
  key: Key,
  cell: Cell,
  row: number | undefined,
  lastGood: Readonly<Record<string, string>>,
  reading: SettingsReading,
): void {
  const { read, write, expects } = DECLARATIONS[key];
  const text = cellText(cell);
  if (text === '') {
    if (key === 'baseUrl') reading.problems.push({ row, problem: { key: 'baseUrl', kind: 'required' } });
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
