import { timeZoneName } from '../core/day';
import { type ColumnOf, ROW_MARKS, SHEET_ORDER, type SheetKey, TABLES, type TableKey } from '../core/tables';
import type { Texts } from '../core/texts';
import type { Table, Workbook } from '../ports';
import {
  columnPositions,
  isCopy,
  ownSheets,
  ownSheetsRenewed,
  schemaVersion,
  stampDocument,
  stampSchema,
} from './marks';
import { patiently } from './patience';
import { rulesSheet } from './rulesSheet';
import { ensureSettingRows, settingsSheet } from './settingsSheet';
import { ensureSheet, type Place } from './sheetLayout';
import { onUnprotected } from './sheetProtection';
import type { Readable } from './sheetRows';
import { sheetTable } from './table';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

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
    places ??= placesOf(patiently(() => ownSheets(spreadsheet)));
    return places;
  };
  const place = (key: SheetKey): Place => {
    const found = known().get(key);
    if (!found) throw new Error(`The sheet "${key}" is missing; ensure() makes it`);
    return found;
  };

  const readable = (key: SheetKey): Readable => {
    const { sheet, positions } = place(key);
    return { sheet, positions, spreadsheetZone: timeZone() };
  };

  /** Since the last look the user may have deleted a sheet. */
  const refreshed = (): Map<string, Place> => {
    places = placesOf(ownSheetsRenewed(spreadsheet));
    return places;
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
        marks: ROW_MARKS[key],
        spreadsheetZone: timeZone(),
        language,
      });
    },
    settings: () => settingsSheet(readable('settings')),
    rules: () => rulesSheet(readable('rules')),
    isSettings: sheetId => known().get('settings')?.sheet.getSheetId() === sheetId,
    isRules: sheetId => known().get('rules')?.sheet.getSheetId() === sheetId,
    ensure(texts) {
      const made = refreshed();
      for (const key of SHEET_ORDER) ensureSheet(spreadsheet, made, key, texts);
      if (made.has('pingsArchive')) ensureSheet(spreadsheet, made, 'pingsArchive', texts);
      const settings = readable('settings');
      onUnprotected(
        settings.sheet,
        () => settings.positions.values(),
        () => ensureSettingRows(settings, texts),
      );
    },
    ensureTable: (key, texts) => ensureSheet(spreadsheet, refreshed(), key, texts),
    showReport() {
      place('report').sheet.activate();
    },
    cells: () =>
      spreadsheet.getSheets().reduce((sum, sheet) => sum + sheet.getMaxRows() * sheet.getMaxColumns(), 0),
    schemaVersion: () => patiently(() => schemaVersion(spreadsheet)),
    isCopy: () => patiently(() => isCopy(spreadsheet)),
    stampDocument: () => stampDocument(spreadsheet),
    stampSchema: version => stampSchema(spreadsheet, version),
    flush: () => SpreadsheetApp.flush(),
  };
}

function placesOf(sheets: ReadonlyMap<string, Sheet>): Map<string, Place> {
  return new Map([...sheets].map(([key, sheet]) => [key, placeOf(sheet)]));
}

/** The columns are looked up when the sheet is first worked with: a ping needs only two of the sheets. */
function placeOf(sheet: Sheet): Place {
  let positions: Map<string, number> | undefined;
  return {
    sheet,
    get positions() {
      positions ??= columnPositions(sheet);
      return positions;
    },
  };
}
