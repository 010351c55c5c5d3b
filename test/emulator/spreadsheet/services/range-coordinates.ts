import type { Whole } from '../model/a1-notation';
import { type Area, a1, columnLetters } from '../model/area';
import { Refusal, TEXT } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member } from './signatures';

export type GRange = GoogleAppsScript.Spreadsheet.Range;
type GSheet = GoogleAppsScript.Spreadsheet.Sheet;

export type CoordinateMember =
  | 'getA1Notation'
  | 'getCell'
  | 'getColumn'
  | 'getGridId'
  | 'getLastColumn'
  | 'getLastRow'
  | 'getNumColumns'
  | 'getNumRows'
  | 'getRow'
  | 'getSheet'
  | 'offset';

export const COORDINATE_MEMBERS: Record<CoordinateMember, Member> = {
  getA1Notation: free(),
  getCell: free('int,int'),
  getColumn: free(),
  getGridId: free(),
  getLastColumn: free(),
  getLastRow: free(),
  getNumColumns: free(),
  getNumRows: free(),
  getRow: free(),
  getSheet: free(),
  offset: free('int,int', 'int,int,int', 'int,int,int,int'),
};

/** Where a range is. A range keeps its coordinates when rows or columns move under it. */
export abstract class RangeCoordinates extends Service<GRange> {
  constructor(
    session: Session,
    protected readonly objects: ScriptObjects,
    readonly sheet: Sheet,
    readonly area: Area,
    readonly whole: Whole,
  ) {
    super(session);
    requireCoordinates(sheet, area);
  }

  getRow(): number {
    return this.area.row;
  }

  getColumn(): number {
    return this.area.column;
  }

  getNumRows(): number {
    return this.area.rows;
  }

  getNumColumns(): number {
    return this.area.columns;
  }

  getLastRow(): number {
    return this.area.row + this.area.rows - 1;
  }

  getLastColumn(): number {
    return this.area.column + this.area.columns - 1;
  }

  getGridId(): number {
    return this.sheet.id;
  }

  getSheet(): GSheet {
    return this.objects.sheet(this.sheet);
  }

  getA1Notation(): string {
    const { row, column } = this.area;
    if (this.whole === 'rows') return `${row}:${this.getLastRow()}`;
    if (this.whole === 'columns') return `${columnLetters(column)}:${columnLetters(this.getLastColumn())}`;
    return a1(this.area);
  }

  /** @param row within the range, from 1 */
  getCell(row: number, column: number): GRange {
    const { area } = this;
    if (row < 1 || column < 1 || row > area.rows || column > area.columns)
      throw new Refusal('Cell reference out of range');
    return this.offset(row - 1, column - 1, 1, 1);
  }

  offset(
    rowOffset: number,
    columnOffset: number,
    rows = this.area.rows,
    columns = this.area.columns,
  ): GRange {
    const area = { row: this.area.row + rowOffset, column: this.area.column + columnOffset, rows, columns };
    return this.objects.range(this.sheet, area);
  }
}

/** @throws Refusal for a rectangle that is none or leaves the grid */
export function requireCoordinates(sheet: Sheet, area: Area): void {
  if (area.row < 1) throw new Refusal(TEXT.rowTooSmall);
  if (area.column < 1) throw new Refusal(TEXT.columnTooSmall);
  if (area.rows < 1) throw new Refusal(TEXT.noRows);
  if (area.columns < 1) throw new Refusal(TEXT.noColumns);
  sheet.requireInside(area);
}
