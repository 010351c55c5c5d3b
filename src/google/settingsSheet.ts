import type { Cell } from '../core/cell';
import { defaultText, offeredValues, SETTING_ROWS, type SettingRow } from '../core/settings';
import { type Texts, translated } from '../core/texts';
import type { SettingsSheet } from '../ports';
import { read, written } from './cells';
import { growTo } from './grid';

type SettingRowCells = Record<string, Cell>;

const FIRST_ROW = 2;

export interface SettingsPlace {
  sheet: GoogleAppsScript.Spreadsheet.Sheet;
  /** Column numbers by key: setting, value, meaning, problem, key. */
  positions: ReadonlyMap<string, number>;
  spreadsheetZone: string;
}

export function settingsSheet(place: SettingsPlace): SettingsSheet {
  const { sheet, positions } = place;
  // One look at the sheet serves the values, the rows' keys and the problems shown.
  let looked: SettingRowCells[] | undefined;
  const rows = () => {
    looked ??= contents(place);
    return looked;
  };
  return {
    read: () => rows().map(({ key, value }) => ({ key: String(key), value: value ?? '' })),
    showProblems(problems) {
      const shown = rows().map(({ problem }) => String(problem ?? ''));
      const wanted = rows().map(({ key }, index) => (key === '' ? shown[index]! : (problems[index] ?? '')));
      if (wanted.every((text, index) => text === shown[index])) return;
      const cells = sheet.getRange(FIRST_ROW, positions.get('problem')!, wanted.length, 1);
      cells.setValues(wanted.map(text => [written(text)]));
    },
    setValue(row, text) {
      sheet.getRange(FIRST_ROW + row, positions.get('value')!).setValue(text);
    },
  };
}

/** Adds the rows that are missing, and turns our own words in the others to the language of the texts. */
export function ensureSettingRows(place: SettingsPlace, texts: Texts): void {
  const rows = contents(place);
  for (const [index, row] of rows.entries()) {
    const key = SETTING_ROWS.find(known => known === row['key']);
    if (key) translateRow(place, key, FIRST_ROW + index, row, texts);
  }
  const missing = SETTING_ROWS.filter(key => !rows.some(row => row['key'] === key));
  if (missing.length > 0) addRows(place, missing, FIRST_ROW + rows.length, texts);
}

function addRows(
  { sheet, positions }: SettingsPlace,
  keys: readonly SettingRow[],
  first: number,
  texts: Texts,
): void {
  growTo(sheet, first + keys.length - 1);
  const column = (name: string) => sheet.getRange(first, positions.get(name)!, keys.length, 1);
  column('value')
    // Plain text, or a typed 03:00 would become a time and 1,5 a number.
    .setNumberFormat('@')
    .setValues(keys.map(key => [defaultText(key, texts)]))
    .setDataValidations(keys.map(key => [offeredList(key, texts)]));
  column('setting').setValues(keys.map(key => [written(texts.settings.labels[key])]));
  column('meaning').setValues(keys.map(key => [written(texts.settings.meanings[key])]));
  column('key').setValues(keys.map(key => [key]));
}

function translateRow(
  place: SettingsPlace,
  key: SettingRow,
  row: number,
  shown: Record<string, unknown>,
  texts: Texts,
): void {
  const cells: Record<string, string> = {
    setting: translated(String(shown['setting']), language => language.settings.labels[key], texts),
    meaning: translated(String(shown['meaning']), language => language.settings.meanings[key], texts),
  };
  if (key === 'clientActionsCount') {
    const value = translated(String(shown['value']), language => language.yes, texts);
    cells['value'] = translated(value, language => language.no, texts);
  }
  const changed = Object.entries(cells).filter(([column, text]) => text !== String(shown[column]));
  if (changed.length === 0) return;
  const cell = (column: string) => place.sheet.getRange(row, place.positions.get(column)!);
  // The list and its help text are in the old language too.
  cell('value').setDataValidation(offeredList(key, texts));
  for (const [column, text] of changed) cell(column).setValue(text);
}

/** A list in the cell helps to choose; other input is allowed, and answered in the problem column. */
function offeredList(key: SettingRow, texts: Texts): GoogleAppsScript.Spreadsheet.DataValidation | null {
  const offered = offeredValues(key, texts);
  if (!offered) return null;
  return SpreadsheetApp.newDataValidation()
    .requireValueInList(offered, true)
    .setAllowInvalid(true)
    .setHelpText(texts.settings.meanings[key])
    .build();
}

function contents({
  sheet,
  positions,
  spreadsheetZone,
}: SettingsPlace): Record<string, string | number | boolean>[] {
  const rows = sheet.getLastRow() - FIRST_ROW + 1;
  if (rows < 1) return [];
  const values = sheet.getRange(FIRST_ROW, 1, rows, Math.max(...positions.values())).getValues();
  return values.map(cells =>
    Object.fromEntries(
      [...positions].map(([key, column]) => [key, read(cells[column - 1], spreadsheetZone)]),
    ),
  );
}
