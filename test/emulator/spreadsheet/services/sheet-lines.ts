import type { Area } from '../model/area';
import type { Axis } from '../model/axis-change';
import { requireWritable } from '../model/protection';
import { Refusal, TEXT } from '../model/refusal';
import { DEFAULT_COLUMN_WIDTH, type Sheet } from '../model/sheet';
import type { RangeCoordinates } from './range-coordinates';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { type Member, served } from './signatures';

export type GSheet = GoogleAppsScript.Spreadsheet.Sheet;
type GRange = GoogleAppsScript.Spreadsheet.Range;

export type LineMember =
  | 'autoResizeColumn'
  | 'autoResizeColumns'
  | 'deleteColumn'
  | 'deleteColumns'
  | 'deleteRow'
  | 'deleteRows'
  | 'getColumnWidth'
  | 'getFrozenColumns'
  | 'getFrozenRows'
  | 'getLastColumn'
  | 'getLastRow'
  | 'getMaxColumns'
  | 'getMaxRows'
  | 'hideColumn'
  | 'hideColumns'
  | 'hideRow'
  | 'hideRows'
  | 'insertColumnAfter'
  | 'insertColumnBefore'
  | 'insertColumnsAfter'
  | 'insertColumnsBefore'
  | 'insertRowAfter'
  | 'insertRowBefore'
  | 'insertRowsAfter'
  | 'insertRowsBefore'
  | 'isColumnHiddenByUser'
  | 'isRowHiddenByUser'
  | 'moveColumns'
  | 'moveRows'
  | 'setColumnWidth'
  | 'setColumnWidths'
  | 'setFrozenColumns'
  | 'setFrozenRows'
  | 'showColumns'
  | 'showRows'
  | 'unhideColumn'
  | 'unhideRow';

export const LINE_MEMBERS: Record<LineMember, Member> = {
  autoResizeColumn: served('int'),
  autoResizeColumns: served('int,int'),
  deleteColumn: served('int'),
  deleteColumns: served('int,int'),
  deleteRow: served('int'),
  deleteRows: served('int,int'),
  getColumnWidth: served('int'),
  getFrozenColumns: served(),
  getFrozenRows: served(),
  getLastColumn: served(),
  getLastRow: served(),
  getMaxColumns: served(),
  getMaxRows: served(),
  hideColumn: served('Range'),
  hideColumns: served('int', 'int,int'),
  hideRow: served('Range'),
  hideRows: served('int', 'int,int'),
  insertColumnAfter: served('int'),
  insertColumnBefore: served('int'),
  insertColumnsAfter: served('int,int'),
  insertColumnsBefore: served('int,int'),
  insertRowAfter: served('int'),
  insertRowBefore: served('int'),
  insertRowsAfter: served('int,int'),
  insertRowsBefore: served('int,int'),
  isColumnHiddenByUser: served('int'),
  isRowHiddenByUser: served('int'),
  moveColumns: served('Range,int'),
  moveRows: served('Range,int'),
  setColumnWidth: served('int,int'),
  setColumnWidths: served('int,int,int'),
  setFrozenColumns: served('int'),
  setFrozenRows: served('int'),
  showColumns: served('int', 'int,int'),
  showRows: served('int', 'int,int'),
  unhideColumn: served('Range'),
  unhideRow: served('Range'),
};

/** A sheet's rows and columns. */
export abstract class SheetLines extends Service<GSheet> {
  constructor(
    session: Session,
    protected readonly objects: ScriptObjects,
    readonly sheet: Sheet,
  ) {
    super(session);
  }

  getMaxRows = (): number => this.sheet.maxRows;
  getMaxColumns = (): number => this.sheet.maxColumns;
  getLastRow = (): number => this.sheet.lastRow;
  getLastColumn = (): number => this.sheet.lastColumn;
  getFrozenRows = (): number => this.sheet.frozenRows;
  getFrozenColumns = (): number => this.sheet.frozenColumns;

  insertRowAfter = (after: number): GSheet => this.#insert('row', after + 1, 1, after);
  insertRowsAfter = (after: number, count: number): GSheet => this.#insert('row', after + 1, count, after);
  insertRowBefore = (before: number): GSheet => this.#insert('row', before, 1, before);
  insertRowsBefore = (before: number, count: number): GSheet => this.#insert('row', before, count, before);
  insertColumnAfter = (after: number): GSheet => this.#insert('column', after + 1, 1, after);
  insertColumnsAfter = (after: number, n: number): GSheet => this.#insert('column', after + 1, n, after);
  insertColumnBefore = (before: number): GSheet => this.#insert('column', before, 1, before);
  insertColumnsBefore = (before: number, n: number): GSheet => this.#insert('column', before, n, before);

  deleteRow = (row: number): GSheet => this.#delete('row', row, 1);
  deleteColumn = (column: number): GSheet => this.#delete('column', column, 1);

  deleteRows(row: number, count: number): void {
    this.#delete('row', row, count);
  }

  deleteColumns(column: number, count: number): void {
    this.#delete('column', column, count);
  }

  moveRows(rows: GRange, to: number): void {
    const { area } = this.#own(rows);
    this.#move('row', area.row, area.rows, to);
  }

  moveColumns(columns: GRange, to: number): void {
    const { area } = this.#own(columns);
    this.#move('column', area.column, area.columns, to);
  }

  setFrozenRows(rows: number): void {
    if (rows < 0 || rows >= this.sheet.maxRows) throw new Refusal('You cannot freeze all rows in the sheet.');
    this.sheet.frozenRows = rows;
  }

  setFrozenColumns(columns: number): void {
    if (columns < 0 || columns >= this.sheet.maxColumns) {
      throw new Refusal('You cannot freeze all columns in the sheet.');
    }
    this.sheet.frozenColumns = columns;
  }

  /** Pixels. */
  getColumnWidth(column: number): number {
    this.lines('column', column, 1);
    return this.sheet.columnWidths.get(column) ?? DEFAULT_COLUMN_WIDTH;
  }

  setColumnWidth(column: number, width: number): GSheet {
    return this.setColumnWidths(column, 1, width);
  }

  setColumnWidths(start: number, count: number, width: number): GSheet {
    if (width < 1) throw new Refusal(TEXT.invalidCoordinates);
    for (const column of this.lines('column', start, count)) this.sheet.columnWidths.set(column, width);
    return this.self;
  }

  autoResizeColumn = (column: number): GSheet => this.autoResizeColumns(column, 1);

  /** Nothing is measured here: the widths stay as they are. */
  autoResizeColumns(start: number, count: number): GSheet {
    this.lines('column', start, count);
    return this.self;
  }

  hideColumns(start: number, count = 1): void {
    for (const column of this.lines('column', start, count)) this.sheet.hiddenColumns.set(column, true);
  }

  showColumns(start: number, count = 1): void {
    for (const column of this.lines('column', start, count)) this.sheet.hiddenColumns.delete(column);
  }

  hideRows(start: number, count = 1): void {
    for (const row of this.lines('row', start, count)) this.sheet.hiddenRows.set(row, true);
  }

  showRows(start: number, count = 1): void {
    for (const row of this.lines('row', start, count)) this.sheet.hiddenRows.delete(row);
  }

  hideColumn(column: GRange): void {
    const { area } = this.#own(column);
    this.hideColumns(area.column, area.columns);
  }

  unhideColumn(column: GRange): void {
    const { area } = this.#own(column);
    this.showColumns(area.column, area.columns);
  }

  hideRow(row: GRange): void {
    const { area } = this.#own(row);
    this.hideRows(area.row, area.rows);
  }

  unhideRow(row: GRange): void {
    const { area } = this.#own(row);
    this.showRows(area.row, area.rows);
  }

  isColumnHiddenByUser(column: number): boolean {
    this.lines('column', column, 1);
    return this.sheet.hiddenColumns.has(column);
  }

  isRowHiddenByUser(row: number): boolean {
    this.lines('row', row, 1);
    return this.sheet.hiddenRows.has(row);
  }

  /** The positions of a block of lines. @throws Refusal when they are not all in the grid */
  protected lines(axis: Axis, start: number, count: number): number[] {
    const length = axis === 'row' ? this.sheet.maxRows : this.sheet.maxColumns;
    if (start < 1 || count < 1 || start + count - 1 > length) {
      throw new Refusal(TEXT.linesOutOfBounds(axis === 'row' ? 'rows' : 'columns'));
    }
    return Array.from({ length: count }, (_, i) => start + i);
  }

  #insert(axis: Axis, at: number, count: number, like: number): GSheet {
    this.lines(axis, like, 1);
    if (count < 1) throw new Refusal(TEXT.linesOutOfBounds(axis === 'row' ? 'rows' : 'columns'));
    const { sheet, session } = this;
    this.#requireWritable(axis, like, 1);
    session.workbook.requireRoom(count * (axis === 'row' ? sheet.maxColumns : sheet.maxRows));
    session.workbook.structure(sheet).insert(axis, at, count, like);
    return this.self;
  }

  #delete(axis: Axis, at: number, count: number): GSheet {
    this.lines(axis, at, count);
    this.#requireWritable(axis, at, count);
    this.session.workbook.structure(this.sheet).delete(axis, at, count);
    return this.self;
  }

  #move(axis: Axis, at: number, count: number, to: number): void {
    const length = axis === 'row' ? this.sheet.maxRows : this.sheet.maxColumns;
    if (to < 1 || to > length + 1)
      throw new Refusal(TEXT.linesOutOfBounds(axis === 'row' ? 'rows' : 'columns'));
    this.#requireWritable(axis, at, count);
    this.session.workbook.structure(this.sheet).move(axis, at, count, to);
  }

  #requireWritable(axis: Axis, start: number, count: number): void {
    const { whole } = this.sheet;
    const area: Area =
      axis === 'row' ? { ...whole, row: start, rows: count } : { ...whole, column: start, columns: count };
    requireWritable(this.sheet, area, this.session.writing);
  }

  #own(range: GRange): RangeCoordinates {
    const inside = this.session.unwrap<RangeCoordinates>(range);
    if (inside.sheet !== this.sheet) throw new Refusal('The range is not on this sheet.');
    return inside;
  }
}
