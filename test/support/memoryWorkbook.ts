import type { Cell, Row } from '../../src/core/cell';
import { defaultText, SETTING_ROWS } from '../../src/core/settings';
import type { TableKey } from '../../src/core/tables';
import type { Texts } from '../../src/core/texts';
import type { SettingsSheet, Workbook } from '../../src/ports';
import { memoryTable } from './memoryTable';
import type { Step } from './steps';

/** The id of the settings sheet in every workbook made here. */
export const SETTINGS_SHEET_ID = 77;

/** What stands in the workbook; tests look into it and change it as a user would. */
export interface WorkbookContents {
  tables: Record<TableKey, Row[]>;
  settings: { key: string; value: Cell }[];
  /** The problem column, a text a row of the settings. */
  problems: string[];
  /** Whether the sheets have been made. */
  made: boolean;
  /** The language in which the titles were last written. */
  titles: string;
  /** Whether the sheet of the archive has been made. */
  archiveMade: boolean;
  /** What `cells` answers. */
  cells: number;
  schemaVersion: number | undefined;
}

export function emptyContents(): WorkbookContents {
  return {
    tables: { report: [], days: [], pings: [], pingsArchive: [], log: [] },
    settings: [],
    problems: [],
    made: false,
    titles: '',
    archiveMade: false,
    cells: 50_000,
    schemaVersion: undefined,
  };
}

export function memoryWorkbook(
  contents: WorkbookContents,
  place: { locale: string; timeZone: string },
  step: Step,
): Workbook {
  const has = (key: TableKey | 'settings') => (key === 'pingsArchive' ? contents.archiveMade : contents.made);
  return {
    ...place,
    ensure(texts) {
      step('workbook.ensure');
      makeSheets(contents, texts);
    },
    ensureTable(key) {
      step(`workbook.ensureTable ${key}`);
      if (key === 'pingsArchive') contents.archiveMade = true;
      else if (!contents.made) throw new Error('Only the archive is made by itself here');
    },
    has,
    table(key, _texts) {
      if (!has(key)) throw new Error(`There is no sheet ${key} yet`);
      return memoryTable(key, contents.tables[key], step);
    },
    settings() {
      if (!contents.made) throw new Error('There is no settings sheet yet');
      return settingsSheet(contents, step);
    },
    isSettings: sheetId => contents.made && sheetId === SETTINGS_SHEET_ID,
    showReport: () => step('workbook.showReport'),
    cells() {
      step('workbook.cells');
      return contents.cells;
    },
    schemaVersion() {
      step('workbook.schemaVersion');
      return contents.schemaVersion;
    },
    stampSchema(version) {
      step('workbook.stampSchema');
      contents.schemaVersion = version;
    },
    flush: () => step('workbook.flush'),
  };
}

/** Makes the sheets and the setting rows that are missing. */
export function makeSheets(contents: WorkbookContents, texts: Texts): void {
  contents.made = true;
  contents.titles = texts.language;
  for (const key of SETTING_ROWS) {
    if (contents.settings.some(row => row.key === key)) continue;
    contents.settings.push({ key, value: defaultText(key, texts) });
    contents.problems.push('');
  }
}

function settingsSheet(contents: WorkbookContents, step: Step): SettingsSheet {
  return {
    read() {
      step('settings.read');
      return contents.settings.map(row => ({ ...row }));
    },
    showProblems(problems) {
      step('settings.showProblems');
      if (problems.length !== contents.settings.length) throw new Error('Not one text a row');
      contents.problems = [...problems];
    },
    setValue(index, text) {
      const row = contents.settings[index];
      step('settings.setValue', row?.key ?? '');
      if (!row) throw new Error(`There is no row ${index}`);
      row.value = text;
    },
  };
}
