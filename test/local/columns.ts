import { sheetMark } from '../../src/core/sheetMark';
import { COLUMN_MARK, SHEET_MARK } from '../../src/core/tables';
import type { Sheet, Workbook } from '../emulator/spreadsheet';

/** A sheet of the product and its columns by key, found by the marks that the contract names. */
export function locateColumns(
  workbook: Workbook,
  key: string,
): { sheet: Sheet; columns: Map<string, number> } {
  const sheet = ownSheet(workbook, key);
  if (!sheet) throw new Error(`The workbook has no sheet "${key}"`);
  const columns = new Map<string, number>();
  for (const { key: mark, value, location } of workbook.metadata.all()) {
    if (
      mark === COLUMN_MARK &&
      location.sheetId === sheet.id &&
      value !== null &&
      location.line !== undefined
    ) {
      columns.set(value, location.line);
    }
  }
  return { sheet, columns };
}

/** The sheet that carries the product's mark with its own id: a copy carries its original's. */
export function ownSheet(workbook: Workbook, key: string): Sheet | undefined {
  return workbook.sheets.find(sheet =>
    workbook.sheetsMarked(SHEET_MARK, sheetMark(key, sheet.id)).includes(sheet),
  );
}
