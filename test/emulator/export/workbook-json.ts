import type { Cell, Sheet, Workbook } from '../spreadsheet';
import { showsDate, showsTime } from '../spreadsheet/model/display';
import { isoDay, isoSeconds } from '../spreadsheet/model/serial-date';

/** A cell as data: a date is its wall clock, `2026-11-18` or `2026-11-18T13:51:00`; an empty cell is `''`. */
export type JsonValue = string | number | boolean;

export interface SheetJson {
  /** What the sheet's mark means, `''` for a sheet that carries none or another sheet's. */
  key: string;
  title: string;
  /** The used range as the user sees it; `display[0]` is the header. */
  display: string[][];
  values: JsonValue[][];
}

export interface WorkbookJson {
  sheets: SheetJson[];
  triggers: { handler: string; schedule: string }[];
  mail: { to: string; subject: string; body: string }[];
  requests: number;
}

export interface JsonExtras {
  /** The key of the developer metadata whose value names a sheet. */
  sheetMark: string;
  /** Reads such a value; without it, the value is the name. */
  nameOf?: (mark: string, sheetId: number) => string;
  triggers: readonly { handler: string; schedule: string }[];
  mail: readonly { to: string; subject: string; body: string }[];
  requests: number;
}

/** The workbook as `workbook.json` holds it (design, contract 4). Hidden sheets, rows and columns are in it too. */
export function workbookJson(workbook: Workbook, extras: JsonExtras): WorkbookJson {
  return {
    sheets: workbook.sheets.map(sheet => ({
      key: nameOf(workbook, sheet, extras),
      title: sheet.title,
      display: workbook.display(sheet),
      values: valuesOf(sheet),
    })),
    triggers: extras.triggers.map(({ handler, schedule }) => ({ handler, schedule })),
    mail: extras.mail.map(({ to, subject, body }) => ({ to, subject, body })),
    requests: extras.requests,
  };
}

function nameOf(workbook: Workbook, sheet: Sheet, { sheetMark, nameOf }: JsonExtras): string {
  const marks = workbook.metadata.at({ type: 'SHEET', sheetId: sheet.id });
  const value = marks.find(({ key }) => key === sheetMark)?.value ?? '';
  return nameOf ? nameOf(value, sheet.id) : value;
}

function valuesOf(sheet: Sheet): JsonValue[][] {
  return Array.from({ length: sheet.lastRow }, (_, i) =>
    Array.from({ length: sheet.lastColumn }, (_unused, j) => jsonValue(sheet.cell(i + 1, j + 1))),
  );
}

function jsonValue(cell: Cell | undefined): JsonValue {
  if (!cell) return '';
  const { value, format } = cell;
  if (typeof value !== 'number' || !showsDate(format)) return value;
  return Number.isInteger(value) && !showsTime(format) ? isoDay(value) : isoSeconds(value);
}
