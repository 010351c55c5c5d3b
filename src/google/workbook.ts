import { type ColumnOf, SHEET_ORDER, type SheetKey, TABLES, type TableKey } from '../core/tables';
import type { Texts } from '../core/texts';
import type { Table, Workbook } from '../ports';
import { ensureSettingRows, settingsSheet } from './settingsSheet';
import { COLUMN_MARK, ensureSheet, type Place, SHEET_MARK } from './sheetLayout';
import { sheetTable } from './table';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** The spreadsheet that the script is bound to. */
export function boundWorkbook(): Workbook {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const timeZone = spreadsheet.getSpreadsheetTimeZone();
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

  return {
    locale: spreadsheet.getSpreadsheetLocale(),
    timeZone,
    has: key => known().has(key),
    table<Key extends TableKey>(key: Key, { language }: Texts): Table<ColumnOf<Key>> {
      return sheetTable<ColumnOf<Key>>({
        ...place(key),
        kinds: TABLES[key],
        spreadsheetZone: timeZone,
        language,
      });
    },
    settings: () => settingsSheet({ ...place('settings'), spreadsheetZone: timeZone }),
    isSettings: sheetId => known().get('settings')?.sheet.getSheetId() === sheetId,
    ensure(texts) {
      for (const key of SHEET_ORDER) ensureSheet(spreadsheet, known(), key, texts);
      ensureSettingRows({ ...place('settings'), spreadsheetZone: timeZone }, texts);
    },
    showReport() {
      place('report').sheet.activate();
    },
    flush: () => SpreadsheetApp.flush(),
  };
}

/** Where our sheets and columns are now: two look-ups, whatever their titles. */
function findPlaces(spreadsheet: Spreadsheet): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const mark of spreadsheet.createDeveloperMetadataFinder().withKey(SHEET_MARK).find()) {
    const sheet = mark.getLocation().getSheet();
    const key = mark.getValue();
    if (sheet && key && !places.has(key)) places.set(key, { sheet, positions: new Map() });
  }
  const bySheet = new Map([...places.values()].map(place => [place.sheet.getSheetId(), place]));
  for (const mark of spreadsheet.createDeveloperMetadataFinder().withKey(COLUMN_MARK).find()) {
    const column = mark.getLocation().getColumn();
    const key = mark.getValue();
    if (!column || !key) continue;
    bySheet.get(column.getSheet().getSheetId())?.positions.set(key, column.getColumn());
  }
  return places;
}
