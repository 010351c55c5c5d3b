import type { Cell, Row } from '../../src/core/cell';
import { fingerprint } from '../../src/core/fingerprint';
import type { RuleCells } from '../../src/core/rules';
import { defaultText, SETTING_ROWS } from '../../src/core/settings';
import type { SheetKey, TableKey } from '../../src/core/tables';
import type { Texts } from '../../src/core/texts';
import type { RulesSheet, SettingsSheet, Workbook } from '../../src/ports';
import { memoryTable } from './memoryTable';
import type { Step } from './steps';

/** The id of the settings sheet in every workbook made here. */
export const SETTINGS_SHEET_ID = 77;
export const RULES_SHEET_ID = 78;

/** What stands in the workbook; tests look into it and change it as a user would. */
export interface WorkbookContents {
  tables: Record<TableKey, Row[]>;
  settings: { key: string; value: Cell }[];
  /** The problem column, a text a row of the settings. */
  problems: string[];
  /** The sheet of rules: what the user has written, and what stands beside it. */
  rules: (RuleCells & { matched: Cell; problem: string })[];
  /** Whether the sheets have been made. */
  made: boolean;
  /** The language in which the titles were last written. */
  titles: string;
  /** Whether the sheet of the archive has been made. */
  archiveMade: boolean;
  /** What `cells` answers. */
  cells: number;
  schemaVersion: number | undefined;
  /** Whether somebody copied the spreadsheet. */
  isCopy: boolean;
}

export function emptyContents(): WorkbookContents {
  return {
    tables: {
      ...{ report: [], days: [], hours: [], processes: [], loops: [], latency: [] },
      ...{ pings: [], pingsArchive: [], log: [] },
    },
    settings: [],
    problems: [],
    rules: [],
    made: false,
    titles: '',
    archiveMade: false,
    cells: 50_000,
    schemaVersion: undefined,
    isCopy: false,
  };
}

export function memoryWorkbook(
  contents: WorkbookContents,
  place: { locale: string; timeZone: string },
  step: Step,
): Workbook {
  const has = (key: SheetKey) => (key === 'pingsArchive' ? contents.archiveMade : contents.made);
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
    rules() {
      if (!contents.made) throw new Error('There is no sheet of rules yet');
      return rulesSheet(contents, step);
    },
    isAsTraced(trace) {
      step('workbook.isAsTraced');
      return trace === traceOf(contents);
    },
    isSettings: sheetId => contents.made && sheetId === SETTINGS_SHEET_ID,
    isRules: sheetId => contents.made && sheetId === RULES_SHEET_ID,
    showReport: () => step('workbook.showReport'),
    cells() {
      step('workbook.cells');
      return contents.cells;
    },
    schemaVersion() {
      step('workbook.schemaVersion');
      return contents.schemaVersion;
    },
    isCopy: () => contents.isCopy,
    stampDocument() {
      contents.isCopy = false;
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

function rulesSheet(contents: WorkbookContents, step: Step): RulesSheet {
  return {
    read() {
      step('rules.read');
      return contents.rules.map(row => ({ ...row }));
    },
    show(cellsOf) {
      step('rules.show');
      const cells = cellsOf(contents.rules.map(row => ({ ...row })));
      if (cells.length !== contents.rules.length) throw new Error('Not one pair of cells a row');
      contents.rules.forEach((row, index) => {
        const { matched = row.matched, problem } = cells[index]!;
        Object.assign(row, { matched, problem });
      });
    },
  };
}

function traceOf({ problems, settings }: WorkbookContents): string {
  return fingerprint(JSON.stringify([settings, problems]));
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
      const differ = JSON.stringify(problems) !== JSON.stringify(contents.problems);
      contents.problems = [...problems];
      return differ;
    },
    trace: () => traceOf(contents),
    setValue(index, text) {
      const row = contents.settings[index];
      step('settings.setValue', row?.key ?? '');
      if (!row) throw new Error(`There is no row ${index}`);
      row.value = text;
    },
  };
}
