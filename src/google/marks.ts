import { isOutdated, keyOfMark, type MarkedSheet, marksInForce, sheetMark } from '../core/sheetMark';
import { COLUMN_MARK, DOCUMENT_MARK, MERGE_MARK, SCHEMA_MARK, SHEET_MARK } from '../core/tables';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Metadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata;

/** A mark as it stands on a sheet. */
interface StandingMark extends MarkedSheet {
  sheet: Sheet;
  metadata: Metadata;
}

/** Our sheets by key, whatever their titles; copies of them are none. */
export function ownSheets(spreadsheet: Spreadsheet): Map<string, Sheet> {
  return sheetsOf(marksInForce(standingMarks(spreadsheet)));
}

export function markSheet(sheet: Sheet, key: string): void {
  sheet.addDeveloperMetadata(SHEET_MARK, sheetMark(key, sheet.getSheetId()));
}

/**
 * The same, after putting the sheet's id into marks of the first version. The original gets its own first: from then
 * on a run that is cut short leaves no doubt. Its copies get the same, and so are known as copies even when the
 * original is deleted.
 */
export function ownSheetsRenewed(spreadsheet: Spreadsheet): Map<string, Sheet> {
  const marks = standingMarks(spreadsheet);
  const inForce = marksInForce(marks);
  const originals = new Set(inForce.values());
  const outdated = marks.filter(isOutdated);
  for (const mark of [
    ...outdated.filter(mark => originals.has(mark)),
    ...outdated.filter(mark => !originals.has(mark)),
  ]) {
    const original = inForce.get(keyOfMark(mark));
    if (original) mark.metadata.setValue(sheetMark(keyOfMark(mark), original.sheetId));
  }
  return sheetsOf(inForce);
}

/** Where the columns of ours stand now, by key; counted from 1. */
export function columnPositions(sheet: Sheet): Map<string, number> {
  return lineMarks(sheet).positions;
}

/** A merge that was being broken apart when the run ended. */
export interface HalfBroken {
  row: number;
  rows: number;
  done(): void;
}

/** What the columns and rows of a sheet are marked with, in one call. */
export function lineMarks(sheet: Sheet): { positions: Map<string, number>; halfBroken: HalfBroken[] } {
  const positions = new Map<string, number>();
  const halfBroken: HalfBroken[] = [];
  for (const mark of sheet.createDeveloperMetadataFinder().find()) {
    const value = mark.getValue();
    if (mark.getKey() === COLUMN_MARK) {
      const column = mark.getLocation().getColumn();
      if (column && value && !positions.has(value)) positions.set(value, column.getColumn());
    } else if (mark.getKey() === MERGE_MARK) {
      const row = mark.getLocation().getRow();
      if (row) halfBroken.push({ row: row.getRow(), rows: Number(value), done: () => mark.remove() });
    }
  }
  return { positions, halfBroken };
}

export function markMerge(sheet: Sheet, row: number, rows: number): void {
  sheet.getRange(`${row}:${row}`).addDeveloperMetadata(MERGE_MARK, String(rows));
}

/** undefined where nobody has stamped one, or something else than a whole number stands there. */
export function schemaVersion(spreadsheet: Spreadsheet): number | undefined {
  const [stamp] = stamps(spreadsheet, SCHEMA_MARK);
  const version = Number(stamp?.getValue() ?? Number.NaN);
  return Number.isSafeInteger(version) ? version : undefined;
}

export function stampSchema(spreadsheet: Spreadsheet, version: number): void {
  stamp(spreadsheet, SCHEMA_MARK, String(version));
}

/** Whether the spreadsheet was set up under another id: metadata goes along with a copy ([field]). */
export function isCopy(spreadsheet: Spreadsheet): boolean {
  const [stamp] = stamps(spreadsheet, DOCUMENT_MARK);
  return stamp !== undefined && stamp.getValue() !== spreadsheet.getId();
}

export function stampDocument(spreadsheet: Spreadsheet): void {
  stamp(spreadsheet, DOCUMENT_MARK, spreadsheet.getId());
}

function stamp(spreadsheet: Spreadsheet, mark: string, value: string): void {
  const [standing] = stamps(spreadsheet, mark);
  if (!standing) spreadsheet.addDeveloperMetadata(mark, value);
  else if (standing.getValue() !== value) standing.setValue(value);
}

function stamps(spreadsheet: Spreadsheet, mark: string): Metadata[] {
  return spreadsheet.getDeveloperMetadata().filter(metadata => metadata.getKey() === mark);
}

function standingMarks(spreadsheet: Spreadsheet): StandingMark[] {
  return spreadsheet
    .createDeveloperMetadataFinder()
    .withKey(SHEET_MARK)
    .find()
    .flatMap(metadata => {
      const sheet = metadata.getLocation().getSheet();
      const mark = metadata.getValue();
      return sheet && mark ? [{ mark, sheetId: sheet.getSheetId(), sheet, metadata }] : [];
    });
}

function sheetsOf(inForce: ReadonlyMap<string, StandingMark>): Map<string, Sheet> {
  return new Map([...inForce].map(([key, { sheet }]) => [key, sheet]));
}
