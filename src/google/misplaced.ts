import { columnOrigins } from '../core/columnOrigins';
import type { RowPlan } from '../core/rowPlan';
import { read, written } from './cells';
import type { Look } from './tableLook';

/**
 * Takes back what was written into columns that somebody inserted, deleted or moved just before: each cell that
 * still holds what we wrote gets back what it held, as far as the look before reached.
 * @param before the look that the plan was made from
 */
export function takeBack<Column extends string>(
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  spreadsheetZone: string,
  before: Look<Column>,
  { insert, write }: RowPlan<Column>,
  now: Look<Column>,
): void {
  const origins = columnOrigins(
    withInserted(before.values, insert),
    now.values,
    new Set(write.map(({ number }) => number)),
  );
  const heldBefore = (number: number, position: number) => {
    const origin = origins.get(position);
    const isNew = insert && number >= insert.at && number < insert.at + insert.count;
    if (origin === undefined || isNew) return '';
    return before.content(insert && number >= insert.at ? number - insert.count : number, origin);
  };
  for (const { number, row } of write) {
    for (const [key, position] of before.columns) {
      const shown = read(now.values[number - 1]?.[position - 1] ?? '', spreadsheetZone);
      const held = heldBefore(number, position);
      if (shown !== row[key] || shown === held) continue;
      const isFormula = typeof held === 'string' && held.startsWith('=');
      sheet.getRange(number, position).setValue(isFormula ? held : written(held));
    }
  }
}

/** The rows as they stand since others were inserted among them, which are written as well. */
function withInserted(
  values: readonly (readonly unknown[])[],
  insert: RowPlan<string>['insert'],
): readonly (readonly unknown[])[] {
  if (!insert) return values;
  const inserted = Array.from({ length: insert.count }, () => []);
  return [...values.slice(0, insert.at - 1), ...inserted, ...values.slice(insert.at - 1)];
}

export function isSamePlace<Column extends string>(a: Look<Column>, b: Look<Column>): boolean {
  return JSON.stringify(a.columns) === JSON.stringify(b.columns);
}
