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

/** All that is marked in the spreadsheet, from one look. */
export interface Marks {
  /** Our sheets by key, whatever their titles; copies of them are none. */
  sheets: ReadonlyMap<string, Sheet>;
  /** What the columns and rows of a sheet are marked with. */
  linesOf(sheet: Sheet): LineMarks;
  /** A stamp of the spreadsheet as a whole. */
  stamp(key: string): Metadata | undefined;
  /** Marks of sheets as they stand, in force or not. */
  standing: readonly StandingMark[];
}

/** What the columns and rows of a sheet are marked with. */
export interface LineMarks {
  /** Where the columns of ours stand, by key; counted from 1. */
  positions: Map<string, number>;
  /** Merges that were being broken apart when a run ended. */
  halfBroken: HalfBroken[];
}

export interface HalfBroken {
  row: number;
  rows: number;
  done(): void;
}

/** One call for the whole spreadsheet: a run works with ten sheets, and each has a dozen marks or more. */
export function marksIn(spreadsheet: Spreadsheet): Marks {
  const standing: StandingMark[] = [];
  const stamps: Metadata[] = [];
  const lines = new Map<number, LineMarks>();
  const linesAt = (sheetId: number) => {
    const known = lines.get(sheetId) ?? { positions: new Map(), halfBroken: [] };
    lines.set(sheetId, known);
    return known;
  };
  for (const metadata of spreadsheet.createDeveloperMetadataFinder().find()) {
    const key = metadata.getKey();
    if (key === SCHEMA_MARK || key === DOCUMENT_MARK) stamps.push(metadata);
    else if (key === SHEET_MARK) {
      const sheet = metadata.getLocation().getSheet();
      const mark = metadata.getValue();
      if (sheet && mark) standing.push({ mark, sheetId: sheet.getSheetId(), sheet, metadata });
    } else addLineMark(metadata, linesAt);
  }
  // That a finder tells of the spreadsheet's own marks, too, is not documented ([doc SS-developer-metadata-finder]).
  let ownStamps: readonly Metadata[] | undefined = stamps.length > 0 ? stamps : undefined;
  return {
    sheets: sheetsOf(marksInForce(standing)),
    linesOf: sheet => linesAt(sheet.getSheetId()),
    stamp(key) {
      ownStamps ??= spreadsheet.getDeveloperMetadata();
      return ownStamps.find(metadata => metadata.getKey() === key);
    },
    standing,
  };
}

export function markSheet(sheet: Sheet, key: string): void {
  sheet.addDeveloperMetadata(SHEET_MARK, sheetMark(key, sheet.getSheetId()));
}

/**
 * Puts the sheet's id into marks of the first version. The original gets its own first: from then on a run that is cut
 * short leaves no doubt. Its copies get the same, and so are known as copies even when the original is deleted.
 */
export function renewMarks({ standing }: Marks): void {
  const inForce = marksInForce(standing);
  const originals = new Set(inForce.values());
  const outdated = standing.filter(isOutdated);
  for (const mark of [
    ...outdated.filter(mark => originals.has(mark)),
    ...outdated.filter(mark => !originals.has(mark)),
  ]) {
    const original = inForce.get(keyOfMark(mark));
    if (original) mark.metadata.setValue(sheetMark(keyOfMark(mark), original.sheetId));
  }
}

/** Where the columns of ours stand now, by key; counted from 1. */
export function columnPositions(sheet: Sheet): Map<string, number> {
  return lineMarks(sheet).positions;
}

/** What the columns and rows of a sheet are marked with now, in one call. */
export function lineMarks(sheet: Sheet): LineMarks {
  const marks: LineMarks = { positions: new Map(), halfBroken: [] };
  for (const metadata of sheet.createDeveloperMetadataFinder().find()) addLineMark(metadata, () => marks);
  return marks;
}

function addLineMark(metadata: Metadata, of: (sheetId: number) => LineMarks): void {
  const value = metadata.getValue();
  if (metadata.getKey() === COLUMN_MARK) {
    const column = metadata.getLocation().getColumn();
    if (!column || !value) return;
    const { positions } = of(column.getSheet().getSheetId());
    if (!positions.has(value)) positions.set(value, column.getColumn());
  } else if (metadata.getKey() === MERGE_MARK) {
    const row = metadata.getLocation().getRow();
    if (!row) return;
    const { halfBroken } = of(row.getSheet().getSheetId());
    halfBroken.push({ row: row.getRow(), rows: Number(value), done: () => metadata.remove() });
  }
}

export function markMerge(sheet: Sheet, row: number, rows: number): void {
  sheet.getRange(`${row}:${row}`).addDeveloperMetadata(MERGE_MARK, String(rows));
}

/** undefined where nobody has stamped one, or something else than a whole number stands there. */
export function schemaVersion(marks: Marks): number | undefined {
  const version = Number(marks.stamp(SCHEMA_MARK)?.getValue() ?? Number.NaN);
  return Number.isSafeInteger(version) ? version : undefined;
}

/** @returns whether there was anything to do */
export function stampSchema(spreadsheet: Spreadsheet, marks: Marks, version: number): boolean {
  return stamp(spreadsheet, marks, SCHEMA_MARK, String(version));
}

/** Whether the spreadsheet was set up under another id: metadata goes along with a copy ([field]). */
export function isCopy(spreadsheet: Spreadsheet, marks: Marks): boolean {
  const known = marks.stamp(DOCUMENT_MARK);
  return known !== undefined && known.getValue() !== spreadsheet.getId();
}

/** @returns whether there was anything to do */
export function stampDocument(spreadsheet: Spreadsheet, marks: Marks): boolean {
  return stamp(spreadsheet, marks, DOCUMENT_MARK, spreadsheet.getId());
}

function stamp(spreadsheet: Spreadsheet, marks: Marks, mark: string, value: string): boolean {
  const standing = marks.stamp(mark);
  if (standing?.getValue() === value) return false;
  if (standing) standing.setValue(value);
  else spreadsheet.addDeveloperMetadata(mark, value);
  return true;
}

function sheetsOf(inForce: ReadonlyMap<string, StandingMark>): Map<string, Sheet> {
  return new Map([...inForce].map(([key, { sheet }]) => [key, sheet]));
}
