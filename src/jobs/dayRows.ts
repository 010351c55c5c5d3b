import type { Row } from '../core/cell';
import { type Day, dayOfSerial } from '../core/day';
import type { Table } from '../ports';

/**
 * A day's rows are a function of the day: written twice, they stand once, and days stand in order.
 * @param oldest rows of days before go; undefined: all days stay
 */
export function putDay<Column extends string>(
  table: Table<Column | 'date'>,
  day: Day,
  rows: readonly Row<Column | 'date'>[],
  oldest?: Day,
): void {
  const isOfDay = (row: { date: unknown }) => dayOfRow(row) === day;
  const isOld = (row: { date: unknown }) => oldest !== undefined && isBefore(row, oldest) && !isOfDay(row);
  let hasOld = false;
  table.replace({
    rows,
    belongs: row => {
      hasOld ||= isOld(row);
      return isOfDay(row);
    },
    follows: row => dayOfRow(row) > day,
  });
  // Apart from the day's own: in one change these would stand in the place of the old ones, out of order.
  if (hasOld) table.replace({ rows: [], belongs: isOld, follows: () => false });
}

export function dropDaysBefore<Column extends string>(table: Table<Column | 'date'>, oldest: Day): void {
  table.replace({ rows: [], belongs: row => isBefore(row, oldest), follows: () => false });
}

export function dayOfRow({ date }: { date: unknown }): Day {
  return typeof date === 'number' ? dayOfSerial(date) : '';
}

function isBefore(row: { date: unknown }, oldest: Day): boolean {
  const day = dayOfRow(row);
  return day !== '' && day < oldest;
}
