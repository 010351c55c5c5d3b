import type { Row } from '../core/cell';
import { fingerprint } from '../core/fingerprint';
import { defaultText, offeredValues, SETTING_ROWS, type SettingRow } from '../core/settings';
import type { SETTINGS_COLUMNS } from '../core/tables';
import { type Texts, translated } from '../core/texts';
import type { SettingsSheet } from '../ports';
import { type Written, written } from './cells';
import { growTo, type Span, spansOf, wholeColumns } from './grid';
import { patiently } from './patience';
import { HEADER_ROW, type Readable, type RowsRead, readRows } from './sheetRows';

type SettingColumn = (typeof SETTINGS_COLUMNS)[number];
/** A column that the user has deleted is missing until set-up brings it back. */
type SettingCells = Partial<Row<SettingColumn>>;

const FIRST_ROW = HEADER_ROW + 1;

/** What the last look at the sheet in this execution has found, for whoever comes after. */
export interface SettingsSeen {
  last?: RowsRead<SettingColumn> | undefined;
}

export function settingsSheet(place: Readable, seen: SettingsSeen): SettingsSheet {
  const look = () => {
    seen.last = patiently(() => readRows<SettingColumn>(place));
    return seen.last.rows;
  };
  const differing = (rows: readonly SettingCells[], problems: readonly string[]) =>
    rows.flatMap(({ key, problem }, index) => {
      const text = problems[index] ?? '';
      return key !== '' && text !== problem ? [{ text, row: FIRST_ROW + index }] : [];
    });
  return {
    read: () => look().map(({ key, value }) => ({ key: String(key ?? ''), value: value ?? '' })),
    showProblems(problems) {
      // All is well as a rule, and the look that has told the problems tells that, too.
      if (seen.last && differing(seen.last.rows, problems).length === 0) return false;
      const wrong = differing(look(), problems);
      for (const { text, row } of wrong) cellOf(place, 'problem', row)?.setValue(written(text));
      if (wrong.length > 0) seen.last = undefined;
      return wrong.length > 0;
    },
    trace: () => seen.last && traceOf(placeName(place), seen.last.values),
    setValue(row, text) {
      cellOf(place, 'value', FIRST_ROW + row)?.setValue(text);
    },
  };
}

/** Whether the sheet shows what it showed when it was traced; where it is not to be found as it was then, it does not. */
export function isAsTraced(spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, trace: string): boolean {
  const name = trace.slice(trace.indexOf(' ') + 1);
  try {
    return traceOf(name, spreadsheet.getRange(name).getValues()) === trace;
  } catch {
    return false;
  }
}

function traceOf(name: string, values: readonly (readonly unknown[])[]): string {
  return `${fingerprint(JSON.stringify(values))} ${name}`;
}

function placeName({ sheet, positions }: Readable): string {
  const title = sheet.getName().replace(/'/g, "''");
  return `'${title}'!${wholeColumns(1, Math.max(...positions.values()))}`;
}

/** Whether all rows are there, and speak the language of the texts. */
export function hasAllRows(rows: readonly SettingCells[], texts: Texts): boolean {
  return SETTING_ROWS.every(key => {
    const row = rows.find(({ key: found }) => found === key);
    return row && changedCells(key, row, texts).length === 0;
  });
}

/** Adds the rows that are missing, and turns our own words in the others to the language of the texts. */
export function ensureSettingRows(place: Readable, texts: Texts): void {
  const { rows } = readRows<SettingColumn>(place);
  rows.forEach((row, index) => {
    const key = SETTING_ROWS.find(known => known === row.key);
    if (key) translateRow(place, key, FIRST_ROW + index, row, texts);
  });
  const missing = SETTING_ROWS.filter(key => !rows.some(row => row.key === key));
  if (missing.length > 0) addRows(place, missing, FIRST_ROW + rows.length, texts);
}

function addRows(
  { sheet, positions }: Readable,
  keys: readonly SettingRow[],
  first: number,
  texts: Texts,
): void {
  growTo(sheet, first + keys.length - 1);
  // Plain text, or a typed 03:00 would become a time and 1,5 a number.
  sheet
    .getRange(first, positions.get('value')!, keys.length, 1)
    .setNumberFormat('@')
    .setDataValidations(keys.map(key => [offeredList(key, texts)]));
  const at = new Map([...positions].map(([column, position]) => [position, column]));
  const linesOf = ({ first: left, length }: Span) =>
    keys.map(key => {
      const cells: Partial<Record<string, Written>> = {
        setting: written(texts.settings.labels[key]),
        value: defaultText(key, texts),
        meaning: written(texts.settings.meanings[key]),
        key,
      };
      return Array.from({ length }, (_, offset) => cells[at.get(left + offset) ?? ''] ?? '');
    });
  // A call per block of neighbours, so that a column of the user's own between ours stays as it is; the keys last: a
  // row is ours only when it is there whole, whenever the run may end.
  const spans = spansOf([...positions.values()].sort((x, y) => x - y));
  const holdsKeys = ({ first: left, length }: Span) =>
    positions.get('key')! >= left && positions.get('key')! < left + length;
  for (const span of [...spans.filter(span => !holdsKeys(span)), ...spans.filter(holdsKeys)]) {
    sheet.getRange(first, span.first, keys.length, span.length).setValues(linesOf(span));
  }
}

function translateRow(
  place: Readable,
  key: SettingRow,
  row: number,
  shown: SettingCells,
  texts: Texts,
): void {
  const changed = changedCells(key, shown, texts);
  if (changed.length === 0) return;
  // The list and its help text are in the old language too.
  cellOf(place, 'value', row)?.setDataValidation(offeredList(key, texts));
  for (const { column, text } of changed) cellOf(place, column, row)?.setValue(text);
}

/** Words of ours that stand there in another language. */
function changedCells(
  key: SettingRow,
  shown: SettingCells,
  texts: Texts,
): { column: SettingColumn; text: string }[] {
  const cells: Partial<Record<SettingColumn, string>> = {
    setting: translated(String(shown.setting), language => language.settings.labels[key], texts),
    meaning: translated(String(shown.meaning), language => language.settings.meanings[key], texts),
  };
  if (key === 'clientActionsCount') {
    const value = translated(String(shown.value), language => language.yes, texts);
    cells.value = translated(value, language => language.no, texts);
  }
  return (Object.entries(cells) as [SettingColumn, string][])
    .filter(([column, text]) => text !== String(shown[column]))
    .map(([column, text]) => ({ column, text }));
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

function cellOf(
  { sheet, positions }: Readable,
  column: SettingColumn,
  row: number,
): GoogleAppsScript.Spreadsheet.Range | undefined {
  const position = positions.get(column);
  return position === undefined ? undefined : sheet.getRange(row, position);
}
