import type { CellValue } from '../../contract';
import { type Area, contains, overlaps } from './area';
import { Cell } from './cell';
import type { ConditionalRule } from './conditional-rule';
import type { Protection } from './protection';
import { Refusal, TEXT } from './refusal';
import { literal } from './typed-input';

export type Row = (Cell | undefined)[];

/** A new sheet's grid [field]. */
export const NEW_GRID = { rows: 1000, columns: 26 } as const;
/** Pixels. */
export const DEFAULT_COLUMN_WIDTH = 100;

/** One sheet: its grid and what hangs on it. Positions count from 1; `row 1` is `rows[0]`. */
export class Sheet {
  rows: (Row | undefined)[] = [];
  columns: number = NEW_GRID.columns;
  hidden = false;
  frozenRows = 0;
  frozenColumns = 0;
  tabColor: string | null = null;
  /** Pixels by column; absent: the default. */
  readonly columnWidths = new Map<number, number>();
  readonly hiddenRows = new Map<number, true>();
  readonly hiddenColumns = new Map<number, true>();
  merges: Area[] = [];
  protections: Protection[] = [];
  filter: Area | undefined;
  conditionalRules: ConditionalRule[] = [];
  #extent: { rows: number; columns: number } | undefined;

  constructor(
    readonly id: number,
    public title: string,
  ) {
    this.rows.length = NEW_GRID.rows;
  }

  get maxRows(): number {
    return this.rows.length;
  }

  get maxColumns(): number {
    return this.columns;
  }

  cell(row: number, column: number): Cell | undefined {
    return this.rows[row - 1]?.[column - 1];
  }

  /** The cell, made when there was none. Whoever changes its content calls `contentChanged`. */
  cellForWriting(row: number, column: number): Cell {
    let line = this.rows[row - 1];
    if (!line) {
      line = [];
      this.rows[row - 1] = line;
    }
    let cell = line[column - 1];
    if (!cell) {
      cell = new Cell();
      line[column - 1] = cell;
    }
    return cell;
  }

  value(row: number, column: number): CellValue {
    return this.cell(row, column)?.value ?? '';
  }

  contentChanged(): void {
    this.#extent = undefined;
  }

  /** The last row with content, 0 when the sheet is empty. Formats and notes are no content. */
  get lastRow(): number {
    return this.#used().rows;
  }

  get lastColumn(): number {
    return this.#used().columns;
  }

  get whole(): Area {
    return { row: 1, column: 1, rows: this.maxRows, columns: this.maxColumns };
  }

  /** Whether the cell is merged into another one: it holds nothing, and what is written into it is lost. */
  isSwallowed(row: number, column: number): boolean {
    return this.merges.some(merge => {
      const inside = contains(merge, { row, column, rows: 1, columns: 1 });
      return inside && (row !== merge.row || column !== merge.column);
    });
  }

  /** Makes one cell of the area: only the first one's content survives. Merges inside it are absorbed. */
  merge(area: Area): void {
    const touching = this.merges.filter(merge => overlaps(merge, area));
    if (!touching.every(merge => contains(area, merge))) throw new Refusal(TEXT.partOfMerge);
    this.merges = this.merges.filter(merge => !touching.includes(merge));
    if (area.rows > 1 || area.columns > 1) this.merges.push(area);
    for (let row = area.row; row < area.row + area.rows; row++) {
      for (let column = area.column; column < area.column + area.columns; column++) {
        if (this.isSwallowed(row, column)) this.cell(row, column)?.take(literal(''));
      }
    }
    this.contentChanged();
  }

  /** @throws Refusal when a merge lies only partly in the area */
  breakApart(area: Area): void {
    const touching = this.merges.filter(merge => overlaps(merge, area));
    if (!touching.every(merge => contains(area, merge))) throw new Refusal(TEXT.partOfMerge);
    this.merges = this.merges.filter(merge => !touching.includes(merge));
  }

  /** @throws Refusal when the area leaves the grid */
  requireInside(area: Area): void {
    const { row, column, rows, columns } = area;
    if (row + rows - 1 > this.maxRows || column + columns - 1 > this.maxColumns) {
      throw new Refusal(TEXT.outsideGrid);
    }
  }

  *cellsOf(area: Area): Generator<Cell> {
    for (let row = area.row; row < area.row + area.rows; row++) {
      for (let column = area.column; column < area.column + area.columns; column++) {
        yield this.cellForWriting(row, column);
      }
    }
  }

  #used(): { rows: number; columns: number } {
    if (!this.#extent) {
      let rows = 0;
      let columns = 0;
      for (let i = 0; i < this.rows.length; i++) {
        const line = this.rows[i];
        if (!line) continue;
        let last = line.length;
        while (last > 0 && !line[last - 1]?.filled) last--;
        if (last > 0) rows = i + 1;
        columns = Math.max(columns, last);
      }
      this.#extent = { rows, columns };
    }
    return this.#extent;
  }
}
