import type { Cell, Row } from '../../src/core/cell';
import { type ColumnKind, type ColumnOf, TABLES, type TableKey } from '../../src/core/tables';
import type { Table } from '../../src/ports';
import type { Step } from './steps';

/** A table over an array of rows. A row with a missing, foreign or wrongly typed cell is refused. */
export function memoryTable<Key extends TableKey>(key: Key, rows: Row[], step: Step): Table<ColumnOf<Key>> {
  type Own = Row<ColumnOf<Key>>;
  const own = rows as Own[];
  return {
    read() {
      step(`table.read ${key}`);
      return own.map(row => ({ ...row }));
    },
    replace({ belongs, rows: fresh, follows }) {
      step(`table.replace ${key}`);
      for (const row of fresh) refuseWrong(key, row);
      const first = own.findIndex(belongs);
      const kept = own.filter(row => !belongs(row));
      const next = kept.findIndex(follows);
      const at = first >= 0 ? first : next >= 0 ? next : kept.length;
      own.splice(0, own.length, ...kept.slice(0, at), ...fresh.map(row => ({ ...row })), ...kept.slice(at));
    },
    append(rows, { most, order, again = [] } = {}) {
      step(`table.append ${key}`);
      const texts = own.map(row => JSON.stringify(Object.entries(row).sort()));
      const missing = again.filter(row => !texts.includes(JSON.stringify(Object.entries(row).sort())));
      const fresh = [...missing, ...rows];
      for (const row of fresh) refuseWrong(key, row);
      own.push(...fresh.map(row => ({ ...row })));
      if (most === undefined || order === undefined) return;
      const youngest = [...own].sort((a, b) => (a[order] < b[order] ? 1 : -1)).slice(0, most);
      own.splice(0, own.length, ...own.filter(row => youngest.includes(row)));
    },
  };
}

function refuseWrong(key: TableKey, row: Row): void {
  const columns: Record<string, ColumnKind> = TABLES[key];
  const expected = Object.keys(columns).sort().join();
  if (Object.keys(row).sort().join() !== expected) {
    throw new Error(`A row of ${key} has the columns ${Object.keys(row).sort().join()}, not ${expected}`);
  }
  for (const [column, kind] of Object.entries(columns)) {
    const cell = row[column]!;
    if (!fits(cell, kind)) throw new Error(`${key}.${column} is a ${kind}, not ${JSON.stringify(cell)}`);
  }
}

function fits(cell: Cell, kind: ColumnKind): boolean {
  if (cell === '') return true;
  switch (kind) {
    case 'text':
    case 'typed':
      return typeof cell === 'string';
    case 'boolean':
      return typeof cell === 'boolean';
    case 'integer':
      return Number.isSafeInteger(cell);
    case 'hour':
      return typeof cell === 'number' && Number.isInteger(cell) && cell >= 0 && cell < 24;
    case 'percent':
      return typeof cell === 'number' && cell >= 0 && cell <= 1;
    case 'date':
      return Number.isInteger(cell) && isSerial(cell);
    case 'datetime':
    case 'time':
      return isSerial(cell);
  }
}

/** A serial of this half century. */
function isSerial(cell: Cell): boolean {
  return typeof cell === 'number' && cell > 36_500 && cell < 55_000;
}
