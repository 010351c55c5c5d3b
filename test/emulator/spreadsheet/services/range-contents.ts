import type { Area } from '../model/area';
import type { Cell } from '../model/cell';
import { type Written, writeValues } from '../model/cell-writing';
import { display, showsDate } from '../model/display';
import { requireWritable } from '../model/protection';
import { Refusal, TEXT } from '../model/refusal';
import { wallOf } from '../model/serial-date';
import { formula } from '../model/typed-input';
import { type GRange, RangeCoordinates } from './range-coordinates';
import { type Member, served } from './signatures';

export type ContentMember =
  | 'clearContent'
  | 'getDisplayValue'
  | 'getDisplayValues'
  | 'getFormula'
  | 'getFormulas'
  | 'getNote'
  | 'getNotes'
  | 'getValue'
  | 'getValues'
  | 'isBlank'
  | 'clearNote'
  | 'setFormula'
  | 'setFormulas'
  | 'setNote'
  | 'setNotes'
  | 'setValue'
  | 'setValues';

export const CONTENT_MEMBERS: Record<ContentMember, Member> = {
  clearContent: served(),
  clearNote: served(),
  getDisplayValue: served(),
  getDisplayValues: served(),
  getFormula: served(),
  getFormulas: served(),
  getNote: served(),
  getNotes: served(),
  getValue: served(),
  getValues: served(),
  isBlank: served(),
  setFormula: served('text'),
  setFormulas: served('grid'),
  setNote: served('text|null'),
  setNotes: served('grid'),
  setValue: served('any'),
  setValues: served('grid'),
};

/** What a range's cells say. */
export abstract class RangeContents extends RangeCoordinates {
  // biome-ignore lint/suspicious/noExplicitAny: as the platform's own declaration
  getValue(): any {
    return this.#scriptValue(this.#cellsOf(this.area)[0]?.[0]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the platform's own declaration
  getValues(): any[][] {
    return this.read(cell => this.#scriptValue(cell));
  }

  getDisplayValue(): string {
    return this.#shown(this.#cellsOf(this.area)[0]?.[0]);
  }

  getDisplayValues(): string[][] {
    return this.read(cell => this.#shown(cell));
  }

  getFormula(): string {
    return this.first(cell => cell?.formula ?? '');
  }

  getFormulas(): string[][] {
    return this.read(cell => cell?.formula ?? '');
  }

  getNote(): string {
    return this.first(cell => cell?.note ?? '');
  }

  getNotes(): string[][] {
    return this.read(cell => cell?.note ?? '');
  }

  isBlank(): boolean {
    return this.#cellsOf(this.area).every(line => line.every(cell => !cell?.filled));
  }

  setValue(value: unknown): GRange {
    const written = this.#written(value);
    return this.#write(
      Array.from({ length: this.area.rows }, () => new Array(this.area.columns).fill(written)),
    );
  }

  setValues(values: unknown[][]): GRange {
    this.requireShape(values);
    return this.#write(values.map(line => Array.from(line, value => this.#written(value))));
  }

  setFormula(text: string): GRange {
    return this.setFormulas(
      Array.from({ length: this.area.rows }, () => new Array(this.area.columns).fill(text)),
    );
  }

  setFormulas(texts: unknown[][]): GRange {
    this.requireShape(texts);
    this.requireTexts(texts, 'Range.setFormulas');
    this.requireWritable();
    this.change((cell, i, j) => {
      const text = String(texts[i]![j]);
      cell.take(formula(text === '' || text.startsWith('=') ? text : `=${text}`));
      if (text === '') cell.value = '';
    });
    this.sheet.contentChanged();
    return this.self;
  }

  setNote(note: string | null): GRange {
    return this.change(cell => {
      cell.note = note ?? '';
    });
  }

  setNotes(notes: unknown[][]): GRange {
    this.requireShape(notes);
    this.requireTexts(notes, 'Range.setNotes', true);
    return this.change((cell, i, j) => {
      cell.note = (notes[i]![j] as string | null) ?? '';
    });
  }

  clearNote(): GRange {
    return this.setNote(null);
  }

  clearContent(): GRange {
    return this.setValue('');
  }

  protected first<T>(read: (cell: Cell | undefined) => T): T {
    return read(this.#cellsOf({ ...this.area, rows: 1, columns: 1 })[0]![0]);
  }

  protected read<T>(read: (cell: Cell | undefined) => T): T[][] {
    const { area, sheet } = this;
    sheet.requireInside(area);
    const blank = read(undefined);
    const rows: (T[] | undefined)[] = [];
    for (let i = 0; i < area.rows; i++) {
      const line = sheet.rows[area.row - 1 + i];
      const cells = line && Array.from({ length: area.columns }, (_, j) => read(line[area.column - 1 + j]));
      rows.push(cells?.some(cell => cell !== blank) ? cells : undefined);
    }
    return this.session.realm.grid(rows, area.columns, blank);
  }

  /** Changes every cell. @throws Refusal when a protection is in the way */
  protected change(change: (cell: Cell, i: number, j: number) => void): GRange {
    const { area, sheet } = this;
    sheet.requireInside(area);
    this.requireWritable();
    for (let i = 0; i < area.rows; i++) {
      for (let j = 0; j < area.columns; j++) {
        change(sheet.cellForWriting(area.row + i, area.column + j), i, j);
      }
    }
    return this.self;
  }

  protected requireWritable(): void {
    requireWritable(this.sheet, this.area, this.session.writing);
  }

  protected requireShape(data: readonly (readonly unknown[])[]): void {
    const { rows, columns } = this.area;
    if (data.length !== rows) throw new Refusal(TEXT.shape('rows', data.length, rows));
    const odd = data.find(line => line.length !== columns);
    if (odd) throw new Refusal(TEXT.shape('columns', odd.length, columns));
  }

  protected requireTexts(data: readonly (readonly unknown[])[], method: string, orNull = false): void {
    const fits = (item: unknown) => typeof item === 'string' || (orNull && item === null);
    if (!data.every(line => line.every(fits))) throw new Refusal(TEXT.signature('Object[][]', method));
  }

  #cellsOf(area: Area): (Cell | undefined)[][] {
    const { sheet } = this;
    sheet.requireInside(area);
    return Array.from({ length: area.rows }, (_, i) => {
      const line = sheet.rows[area.row - 1 + i];
      return Array.from({ length: area.columns }, (_unused, j) => line?.[area.column - 1 + j]);
    });
  }

  #write(values: Written[][]): GRange {
    writeValues(this.sheet, this.area, values, this.session.writing);
    return this.self;
  }

  #shown(cell: Cell | undefined): string {
    return cell ? display(cell.value, cell.format, this.session.workbook.locale) : '';
  }

  #scriptValue(cell: Cell | undefined): unknown {
    if (!cell) return '';
    if (typeof cell.value !== 'number' || !showsDate(cell.format)) return cell.value;
    return this.session.realm.date(this.session.workbook.clock.instantOf(wallOf(cell.value)));
  }

  #written(value: unknown): Written {
    if (value === null || value === undefined) return '';
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (this.session.realm.isDate(value)) {
      const at = Date.prototype.getTime.call(value);
      if (!Number.isNaN(at)) return { wall: this.session.workbook.clock.wallAt(at) };
    }
    throw new Refusal(
      `Writing ${typeof value === 'object' ? 'this object' : String(value)} into a cell is not emulated`,
    );
  }
}
