import type { Row } from '../../src/core/cell';
import { COLUMN_MARK, type ColumnOf, ROW_MARKS, TABLES, type TableKey } from '../../src/core/tables';
import { sheetTable } from '../../src/google/table';
import type { Table } from '../../src/ports';
import type { Sheet as ModelSheet, WorkbookOptions } from '../emulator/spreadsheet';
import { openBook } from '../emulator/spreadsheet/fake-execution';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** What happens at a call to the spreadsheet: it fails, before its effect or after it, or somebody acts meanwhile. */
export interface Incident {
  /** Which call, from 1; `read` and the like count too. */
  at: number;
  when: 'before' | 'after';
  act?: () => void;
  fail?: boolean;
  /** Only when it is this call. */
  call?: string;
}

/** A table of ours in a sheet of the emulated spreadsheet, without the product around it. */
export function tableIn<Key extends TableKey>(
  key: Key,
  options: Partial<WorkbookOptions> & { user?: string } = {},
) {
  const { workbook, app, sheet, execution } = openBook({ locale: 'ru_RU', ...options });
  const slept: number[] = [];
  Object.assign(globalThis, { SpreadsheetApp: app, Utilities: { sleep: (ms: number) => slept.push(ms) } });
  const columns = Object.keys(TABLES[key]) as ColumnOf<Key>[];
  const model = workbook.sheets[0]!;
  columns.forEach((column, index) => {
    workbook.metadata.add({
      key: COLUMN_MARK,
      value: column,
      visibility: 'DOCUMENT',
      location: { type: 'COLUMN', sheetId: model.id, line: index + 1 },
    });
    model.cellForWriting(1, index + 1).value = `h-${column}`;
  });
  model.contentChanged();
  model.frozenRows = 1;
  // Fewer cells to look at: tests look a thousand times.
  workbook.user.deleteRows(model.id, 41, 960);

  const calls: string[] = [];
  const incidents: Incident[] = [];
  const watched = watch(sheet, (name, effect) => {
    calls.push(name);
    const number = calls.length;
    const due = (when: Incident['when']) => {
      for (const incident of incidents.filter(
        ({ at, when: w, call }) => at === number && w === when && (call ?? name) === name,
      )) {
        incident.act?.();
        if (incident.fail) throw new Error('Service Spreadsheets timed out while accessing document.');
      }
    };
    due('before');
    const result = effect();
    due('after');
    return result;
  });
  const table = sheetTable<ColumnOf<Key>>({
    sheet: watched,
    positions: new Map(columns.map((column, index) => [column, index + 1])),
    kinds: TABLES[key],
    marks: ROW_MARKS[key],
    spreadsheetZone: workbook.timeZone,
    language: 'ru',
    titlesOf: column => [`h-${column}`],
    finishHeader: () => false,
  }) as Table<ColumnOf<Key>>;
  return { workbook, user: workbook.user, model, sheet, table, calls, incidents, slept, columns, execution };
}

/** A handle whose calls, and those of the ranges it gives, go through `around`. Handles' own arithmetic does not. */
function watch(target: Sheet, around: (name: string, effect: () => unknown) => unknown): Sheet {
  const wrapped = <T extends object>(handle: T, name: string): T =>
    new Proxy(handle, {
      get(_, key: string) {
        const method = (handle as Record<string, unknown>)[key] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          const isArithmetic = FREE.has(key);
          const result = isArithmetic ? method(...args) : around(`${name}.${key}`, () => method(...args));
          if (key === 'getRange' || key === 'getDataRange') return wrapped(result as object, 'Range');
          return key === 'createDeveloperMetadataFinder' || key === 'withKey'
            ? wrapped(result as object, 'Finder')
            : result;
        };
      },
    });
  return wrapped(target, 'Sheet');
}

const FREE = new Set([
  'getRange',
  'getName',
  'getSheetId',
  'createDeveloperMetadataFinder',
  'withKey',
  'getRow',
  'getColumn',
  'getNumRows',
  'getNumColumns',
]);

/** What stands below the header, as values, formulas as such; empty rows as `''`. */
export function linesIn({ model }: { model: ModelSheet }): string[] {
  return Array.from({ length: model.lastRow - 1 }, (_, at) =>
    Array.from({ length: model.lastColumn }, (_unused, column) => {
      const cell = model.cell(at + 2, column + 1);
      return cell?.formula || String(cell?.value ?? '');
    })
      .join('|')
      .replace(/\|+$/, ''),
  );
}

/** Serial of the n-th of November 2026. */
export const day = (n: number) => 46_326 + n;

export function reportRow(n: number, event: string, count = 1): Row<ColumnOf<'report'>> {
  return { date: day(n), event, count, peakMs: '', peakTime: '' };
}

/** A day's change, as the daily report makes it. */
export function ofDay(n: number, rows: Row<ColumnOf<'report'>>[]) {
  const dayOf = ({ date }: { date: unknown }) => (typeof date === 'number' ? Math.round(date) : 0);
  return {
    rows,
    belongs: (row: Row<ColumnOf<'report'>>) => dayOf(row) === day(n),
    follows: (row: Row<ColumnOf<'report'>>) => dayOf(row) > day(n),
  };
}
