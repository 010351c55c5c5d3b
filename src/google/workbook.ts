import { timeZoneName } from '../core/day';
import {
  type ColumnOf,
  columnsOf,
  ROW_MARKS,
  SHEET_ORDER,
  type SheetKey,
  TABLES,
  type TableKey,
} from '../core/tables';
import type { Texts } from '../core/texts';
import type { Table, Workbook } from '../ports';
import { isCopy, type Marks, marksIn, renewMarks, schemaVersion, stampDocument, stampSchema } from './marks';
import { patiently } from './patience';
import { rulesSheet } from './rulesSheet';
import { ensureSettingRows, hasAllRows, isAsTraced, type SettingsSeen, settingsSheet } from './settingsSheet';
import { ensureSheet, isFinished, type Place, titlesOf, turnTitle } from './sheetLayout';
import { onUnprotected } from './sheetProtection';
import type { Readable } from './sheetRows';
import { sheetTable } from './table';

/** The spreadsheet that the script is bound to. */
export function boundWorkbook(): Workbook {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  let zone: string | undefined;
  const timeZone = (): string => {
    zone ??= timeZoneName(spreadsheet.getSpreadsheetTimeZone()) ?? 'UTC';
    return zone;
  };
  let looked: { marks: Marks; places: Map<string, Place> } | undefined;
  const settingsSeen: SettingsSeen = {};
  let rulesHeader: readonly unknown[] | undefined;

  const known = (): NonNullable<typeof looked> => {
    looked ??= withPlaces(patiently(() => marksIn(spreadsheet)));
    return looked;
  };
  const place = (key: SheetKey): Place => {
    const found = known().places.get(key);
    if (!found) throw new Error(`The sheet "${key}" is missing; ensure() makes it`);
    return found;
  };

  const readable = (key: SheetKey): Readable => {
    const { sheet, positions } = place(key);
    return { sheet, positions, spreadsheetZone: timeZone() };
  };

  /** Since the last look the user may have deleted a sheet. */
  const refreshed = (): Map<string, Place> => {
    const marks = marksIn(spreadsheet);
    renewMarks(marks);
    looked = withPlaces(marks);
    return looked.places;
  };

  /** What is marked whole and showed nothing odd when it was looked at in this execution. */
  const seemsWell = (found: Place, key: SheetKey, texts: Texts): boolean => {
    if (!isMarkedWhole(found, key)) return false;
    const { last } = settingsSeen;
    const header = key === 'settings' ? last?.header : key === 'rules' ? rulesHeader : undefined;
    if (header && !isFinished(found, header, key, texts)) return false;
    return key !== 'settings' || (last !== undefined && hasAllRows(last.rows, texts));
  };

  const ensureRows = (texts: Texts): void => {
    const settings = readable('settings');
    onUnprotected(
      settings.sheet,
      () => settings.positions.values(),
      () => ensureSettingRows(settings, texts),
    );
    settingsSeen.last = undefined;
  };

  return {
    get locale() {
      return spreadsheet.getSpreadsheetLocale();
    },
    get timeZone() {
      return timeZone();
    },
    has: key => known().places.has(key),
    table<Key extends TableKey>(key: Key, texts: Texts): Table<ColumnOf<Key>> {
      return sheetTable<ColumnOf<Key>>({
        ...place(key),
        kinds: TABLES[key],
        marks: ROW_MARKS[key],
        spreadsheetZone: timeZone(),
        language: texts.language,
        titlesOf: column => titlesOf(key, column),
        finishHeader(header) {
          if (isFinished(place(key), header, key, texts)) return false;
          const now = refreshed();
          // A column that is gone comes back with the next run: here it would hide that a table has lost its keys.
          if (isMarkedWhole(now.get(key), key)) ensureSheet(spreadsheet, now, key, texts);
          return true;
        },
      });
    },
    settings: () => settingsSheet(readable('settings'), settingsSeen),
    rules: () =>
      rulesSheet(readable('rules'), header => {
        rulesHeader = header;
      }),
    isAsTraced: trace => isAsTraced(spreadsheet, trace),
    isSettings: sheetId => known().places.get('settings')?.sheet.getSheetId() === sheetId,
    isRules: sheetId => known().places.get('rules')?.sheet.getSheetId() === sheetId,
    ensure(texts, how) {
      const made = refreshed();
      const keys: SheetKey[] = [...SHEET_ORDER];
      if (made.has('pingsArchive')) keys.push('pingsArchive');
      for (const key of keys) {
        const present = made.get(key);
        if (how === 'marks' && present && seemsWell(present, key, texts)) {
          onUnprotected(
            present.sheet,
            () => present.positions.values(),
            () => turnTitle(spreadsheet, present, key, texts),
          );
          continue;
        }
        ensureSheet(spreadsheet, made, key, texts);
        if (key === 'settings') ensureRows(texts);
      }
    },
    ensureTable: (key, texts) => ensureSheet(spreadsheet, refreshed(), key, texts),
    showReport() {
      place('report').sheet.activate();
    },
    cells: () =>
      spreadsheet.getSheets().reduce((sum, sheet) => sum + sheet.getMaxRows() * sheet.getMaxColumns(), 0),
    schemaVersion: () => patiently(() => schemaVersion(known().marks)),
    isCopy: () => patiently(() => isCopy(spreadsheet, known().marks)),
    stampDocument() {
      if (stampDocument(spreadsheet, known().marks)) looked = undefined;
    },
    stampSchema(version) {
      if (stampSchema(spreadsheet, known().marks, version)) looked = undefined;
    },
    flush: () => SpreadsheetApp.flush(),
  };
}

function isMarkedWhole(place: Place | undefined, key: SheetKey): boolean {
  return place !== undefined && columnsOf(key).every(column => place.positions.has(column));
}

function withPlaces(marks: Marks): { marks: Marks; places: Map<string, Place> } {
  const places = new Map<string, Place>();
  for (const [key, sheet] of marks.sheets) {
    const { positions, halfBroken } = marks.linesOf(sheet);
    places.set(key, { sheet, positions, isHalfBroken: halfBroken.length > 0 });
  }
  return { marks, places };
}
