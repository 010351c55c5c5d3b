import { holdsSecret } from '../../plantedSecrets';
import type { Area } from './area';
import { eventValue, giveFormat, writeValues } from './cell-writing';
import { requireWritable, type Writer } from './protection';
import { sortArea } from './row-order';
import type { Sheet, Sheet as SheetModel } from './sheet';
import type { Workbook } from './workbook';

/** What an edit by hand tells `onEdit`. */
export interface UserEdit {
  sheetId: number;
  row: number;
  column: number;
  /** Undefined when the cell was emptied; a date is its serial number. */
  value: string | undefined;
  /** Undefined when the cell was empty. */
  oldValue: string | undefined;
}

/** May edit the file, is not its owner. */
export const SOME_EDITOR = 'editor@example.com';

type Which = string | number;

/** What people do with a spreadsheet by hand. Sheets are named by title or id, rows and columns count from 1. */
export class WorkbookUser {
  constructor(private readonly workbook: Workbook) {}

  /**
   * Typing into one cell; `''` is the Delete key.
   * @throws Refusal with the text of the protection or of the rejecting validation that stands in the way
   */
  type(which: Which, row: number, column: number, text: string, user: string = SOME_EDITOR): UserEdit {
    const { workbook } = this;
    const sheet = workbook.sheet(which);
    const { locale } = workbook;
    const area = { row, column, rows: 1, columns: 1 };
    sheet.requireInside(area);
    const oldValue = eventValue(sheet, row, column, locale);
    const year = new Date(workbook.clock.wallAt(workbook.now())).getUTCFullYear();
    writeValues(sheet, area, [[text]], { ...this.#writer(user), locale, year });
    if (holdsSecret(text)) workbook.secretTyped = true;
    const value = eventValue(sheet, row, column, locale);
    return { sheetId: sheet.id, row, column, value, oldValue };
  }

  insertRows(which: Which, at: number, count = 1): void {
    this.#insert(which, 'row', at, count);
  }

  insertColumns(which: Which, at: number, count = 1): void {
    this.#insert(which, 'column', at, count);
  }

  deleteRows(which: Which, at: number, count = 1): void {
    const sheet = this.workbook.sheet(which);
    this.#requireWritable(sheet);
    this.workbook.structure(sheet).delete('row', at, count);
  }

  deleteColumns(which: Which, at: number, count = 1): void {
    const sheet = this.workbook.sheet(which);
    this.#requireWritable(sheet);
    this.workbook.structure(sheet).delete('column', at, count);
  }

  /** @param to where the row shall stand in the end */
  moveRow(which: Which, from: number, to: number): void {
    this.workbook.structure(this.workbook.sheet(which)).move('row', from, 1, to > from ? to + 1 : to);
  }

  /** @param to where the column shall stand in the end */
  moveColumn(which: Which, from: number, to: number): void {
    this.workbook.structure(this.workbook.sheet(which)).move('column', from, 1, to > from ? to + 1 : to);
  }

  /** Sorts the rows below the frozen ones by one column. */
  sortRows(which: Which, column: number, ascending = true): void {
    const sheet = this.workbook.sheet(which);
    this.#requireWritable(sheet);
    const row = sheet.frozenRows + 1;
    const area = { row, column: 1, rows: sheet.maxRows - row + 1, columns: sheet.maxColumns };
    const keys = [{ column, ascending }];
    sortArea(sheet, this.workbook.structure(sheet), area, keys, this.workbook.locale.name);
  }

  renameSheet(which: Which, title: string): void {
    this.workbook.rename(this.workbook.sheet(which), title);
  }

  /** @param position from 1 */
  moveSheet(which: Which, position: number): void {
    const { sheets } = this.workbook;
    const sheet = this.workbook.sheet(which);
    sheets.splice(sheets.indexOf(sheet), 1);
    sheets.splice(position - 1, 0, sheet);
  }

  deleteSheet(which: Which): void {
    this.workbook.removeSheet(this.workbook.sheet(which));
  }

  /**
   * The copy stands beside the original, with its values, looks and protections.
   * @param metadata whether it carries the original's developer metadata: reports differ
   */
  duplicateSheet(which: Which, metadata = true): Sheet {
    const { workbook } = this;
    const sheet = workbook.sheet(which);
    workbook.requireRoom(sheet.maxRows * sheet.maxColumns);
    const copy = workbook.addSheet(
      workbook.freeTitle(workbook.locale.copyTitle(sheet.title)),
      workbook.sheets.indexOf(sheet) + 1,
    );
    if (metadata) workbook.metadata.copy(sheet.id, copy.id);
    return copySheet(sheet, copy, () => workbook.nextProtectionId());
  }

  /** @param editors who besides the owner may still edit */
  protectSheet(which: Which, editors: readonly string[] = []): void {
    this.workbook.sheet(which).protections.push({
      id: this.workbook.nextProtectionId(),
      area: undefined,
      by: this.workbook.owner,
      description: '',
      warningOnly: false,
      editors: new Set(editors),
      unprotected: [],
    });
  }

  /** @param editors who besides the owner may still edit */
  protectRange(which: Which, area: Area, editors: readonly string[] = []): void {
    this.protectSheet(which, editors);
    this.workbook.sheet(which).protections.at(-1)!.area = area;
  }

  /** Format, merge cells: only the first one's content survives. */
  merge(which: Which, area: Area): void {
    this.workbook.sheet(which).merge(area);
  }

  /** Data, create a filter. Whom it hides is not imitated: `hideRows` is. */
  createFilter(which: Which, area: Area): void {
    this.workbook.sheet(which).filter = area;
  }

  hideRows(which: Which, at: number, count = 1): void {
    for (let row = at; row < at + count; row++) this.workbook.sheet(which).hiddenRows.set(row, true);
  }

  hideSheet(which: Which): void {
    this.workbook.sheet(which).hidden = true;
  }

  hideColumn(which: Which, column: number): void {
    this.workbook.sheet(which).hiddenColumns.set(column, true);
  }

  addNote(which: Which, row: number, column: number, note: string): void {
    this.workbook.sheet(which).cellForWriting(row, column).note = note;
  }

  setNumberFormat(which: Which, row: number, column: number, format: string): void {
    giveFormat(this.workbook.sheet(which).cellForWriting(row, column), format, this.workbook.locale);
  }

  /** A whole column below its header. */
  formatColumn(which: Which, column: number, format: string): void {
    const { maxRows } = this.workbook.sheet(which);
    for (let row = 2; row <= maxRows; row++) this.setNumberFormat(which, row, column, format);
  }

  #insert(which: Which, axis: 'row' | 'column', at: number, count: number): void {
    const sheet = this.workbook.sheet(which);
    this.#requireWritable(sheet);
    this.workbook.requireRoom(count * (axis === 'row' ? sheet.maxColumns : sheet.maxRows));
    this.workbook.structure(sheet).insert(axis, at, count, at > 1 ? at - 1 : at);
  }

  #requireWritable(sheet: Sheet): void {
    requireWritable(sheet, sheet.whole, this.#writer(SOME_EDITOR));
  }

  #writer(user: string): Writer {
    const { language, owner, viewers } = this.workbook;
    return { user, owner, language, viewers };
  }
}

/** Everything of a sheet but its id, its title, whether it is hidden, and its metadata. */
export function copySheet(from: Sheet, to: SheetModel, protectionId: () => number): Sheet {
  to.rows = Array.from(from.rows, row => row && Array.from(row, cell => cell?.copy()));
  to.columns = from.columns;
  to.frozenRows = from.frozenRows;
  to.frozenColumns = from.frozenColumns;
  to.tabColor = from.tabColor;
  to.merges = [...from.merges];
  to.filter = from.filter;
  to.conditionalRules = [...from.conditionalRules];
  to.protections = from.protections.map(p => ({ ...p, id: protectionId(), unprotected: [...p.unprotected] }));
  for (const [column, width] of from.columnWidths) to.columnWidths.set(column, width);
  for (const row of from.hiddenRows.keys()) to.hiddenRows.set(row, true);
  for (const column of from.hiddenColumns.keys()) to.hiddenColumns.set(column, true);
  to.contentChanged();
  return to;
}
