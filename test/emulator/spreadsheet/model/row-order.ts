import type { CellValue } from '../../contract';
import type { Area } from './area';
import { overlaps } from './area';
import { Refusal } from './refusal';
import type { Row, Sheet } from './sheet';
import type { SheetStructure } from './sheet-structure';

export interface SortKey {
  /** In the sheet, from 1. */
  column: number;
  ascending: boolean;
}

/**
 * Sorts the rows of an area: numbers, then text, then booleans; empty cells last in either direction.
 * When the area covers every column with content, whole rows travel, their metadata with them [field]; else only
 * the area's cells do.
 */
export function sortArea(
  sheet: Sheet,
  structure: SheetStructure,
  area: Area,
  keys: readonly SortKey[],
  language: string,
): void {
  if (sheet.merges.some(merge => overlaps(merge, area))) {
    throw new Refusal('Sorting an area with merged cells is not emulated');
  }
  const collator = new Intl.Collator(language.replace('_', '-'));
  const order = Array.from({ length: area.rows }, (_, i) => area.row + i);
  order.sort((a, b) => {
    for (const { column, ascending } of keys) {
      const result = compare(sheet.value(a, column), sheet.value(b, column), ascending, collator);
      if (result !== 0) return result;
    }
    return a - b;
  });
  if (area.column === 1 && area.columns >= sheet.lastColumn) {
    structure.sortRows(area.row, order);
    return;
  }
  const segments = order.map(row => segment(sheet.rows[row - 1], area));
  for (const [i, cells] of segments.entries()) {
    for (const [j, cell] of cells.entries()) {
      const line = sheet.rows[area.row - 1 + i];
      if (cell || line) {
        sheet.cellForWriting(area.row + i, area.column + j);
        sheet.rows[area.row - 1 + i]![area.column - 1 + j] = cell;
      }
    }
  }
  sheet.contentChanged();
}

function segment(row: Row | undefined, area: Area): Row {
  return Array.from({ length: area.columns }, (_, i) => row?.[area.column - 1 + i]);
}

const RANK = { number: 0, string: 1, boolean: 2 } as const;

function compare(a: CellValue, b: CellValue, ascending: boolean, collator: Intl.Collator): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  const rank = (value: CellValue) => RANK[typeof value as keyof typeof RANK];
  const natural =
    rank(a) - rank(b) || (typeof a === 'string' ? collator.compare(a, String(b)) : Number(a) - Number(b));
  return ascending ? natural : -natural;
}
