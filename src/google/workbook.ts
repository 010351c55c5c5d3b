import { timeZoneName } from '../core/day';
import {
  COLUMN_MARK,
  type ColumnOf,
  SHEET_MARK,
  SHEET_ORDER,
  type SheetKey,
  TABLES,
  type TableKey,
} from '../core/tables';
import type { Texts } from '../core/texts';
import type { Table, Workbook } from '../ports';
import { ensureSettingRows, settingsSheet } from './settingsSheet';
import { ensureSheet, type Place } from './sheetLayout';
import type { Readable } from './sheetRows';
import { sheetTable } from './table';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** The spreadsheet that the script is bound to. */
export function boundWorkbook(): Workbook {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  let zone: string | undefined;
  const timeZone = (): string => {
    zone ??= timeZoneName(spreadsheet.getSpreadsheetTimeZone()) ?? 'UTC';
    return zone;
  };
  let places: Map<string, Place> | undefined;

  const known = (): Map<string, Place> => {
    places ??= findPlaces(spreadsheet);
    return places;
  };
  const place = (key: SheetKey): Place => {
    const found = known().get(key);
    if (!found) throw new Error(`The sheet "${key}" is missing; ensure() makes it`);
    return found;
  };

  const settingsPlace = (): Readable => {
    const { sheet, positions } = place('settings');
    return { sheet, positions, spreadsheetZone: timeZone() };
  };

  return {
    get locale() {
      return spreadsheet.getSpreadsheetLocale();
    },
    get timeZone() {
      return timeZone();
    },
    has: key => known().has(key),
    table<Key extends TableKey>(key: Key, { language }: Texts): Table<ColumnOf<Key>> {
      return sheetTable<ColumnOf<Key>>({
        ...place(key),
        kinds: TABLES[key],
        spreadsheetZone: timeZone(),
        language,
      });
    },
    settings: () => settingsSheet(settingsPlace()),
    isSettings: sheetId => known().get('settings')?.sheet.getSheetId() === sheetId,
    ensure(texts) {
      for (const key of SHEET_ORDER) ensureSheet(spreadsheet, known(), key, texts);
      ensureSettingRows(settingsPlace(), texts);
    },
    showReport() {
      place('report').sheet.activate();
    },
    flush: () => SpreadsheetApp.flush(),
  };
}

/** Where our sheets are now, whatever their titles. */
function findPlaces(spreadsheet: Spreadsheet): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const mark of spreadsheet.createDeveloperMetadataFinder().withKey(SHEET_MARK).find()) {
    const sheet = mark.getLocation().getSheet();
    const key = mark.getValue();
    if (sheet && key && !places.has(key)) places.set(key, placeOf(sheet));
  }
  return places;
}

/** The columns are looked up when the sheet is first worked with: a ping needs only two of the sheets. */
function placeOf(sheet: GoogleAppsScript.Spreadsheet.Sheet): Place {
  let positions: Map<string, number> | undefined;
  return {
    sheet,
    get positions() {
      positions ??= columnPositions(sheet);
      return positions;
    },
  };
}

function columnPositions(sheet: GoogleAppsScript.Spreadsheet.Sheet): Map<string, number> {
  const positions = new Map<string, number>();
  for (const mark of sheet.createDeveloperMetadataFinder().withKey(COLUMN_MARK).find()) {
    const column = mark.getLocation().getColumn();
    const key = mark.getValue();
    if (column && key && !positions.has(key)) positions.set(key, column.getColumn());
  }
  return positions;
}
