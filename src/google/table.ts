import type { Row } from '../core/cell';
import type { Language } from '../core/settings';
import type { ColumnKind } from '../core/tables';
import type { Table } from '../ports';
import { formatOf, needsFormat, read, written } from './cells';
import { deleteRows, growTo, runsOf } from './grid';

const HEADER_ROW = 1;

export interface TablePlace {
  sheet: GoogleAppsScript.Spreadsheet.Sheet;
  /** What each column holds, by key. */
  kinds: Readonly<Record<string, ColumnKind>>;
  /** Where each column stands now, by key; counted from 1. */
  positions: ReadonlyMap<string, number>;
  spreadsheetZone: string;
  language: Language;
}

/** A table in a sheet: the header in row 1, our columns wherever the user has put them. */
export function sheetTable<Column extends string>(place: TablePlace): Table<Column> {
  const { sheet, positions } = place;
  const keys = [...positions.keys()];
  const columns = [...positions].sort(([, a], [, b]) => a - b);

  const readRows = (): Row<Column>[] => {
    const rows = sheet.getLastRow() - HEADER_ROW;
    if (rows < 1) return [];
    const width = Math.max(...positions.values());
    const values = sheet.getRange(HEADER_ROW + 1, 1, rows, width).getValues();
    return values.map(cells => {
      const entries = keys.map(key => [key, read(cells[positions.get(key)! - 1], place.spreadsheetZone)]);
      return Object.fromEntries(entries) as Row<Column>;
    });
  };

  /** Writes rows at these row numbers, ascending, a call per block of neighbouring cells. */
  const writeAt = (rowNumbers: readonly number[], rows: readonly Row<Column>[]): void => {
    for (const down of runsOf(rowNumbers)) {
      const start = rowNumbers.indexOf(down.first);
      const block = rows.slice(start, start + down.length);
      for (const across of runsOf(columns.map(([, position]) => position))) {
        const inBlock = columns.filter(
          ([, position]) => position >= across.first && position < across.first + across.length,
        );
        const range = sheet.getRange(down.first, across.first, down.length, across.length);
        formatWhereNeeded(
          range,
          inBlock.map(([key]) => place.kinds[key] ?? 'text'),
          place.language,
        );
        range.setValues(block.map(row => inBlock.map(([key]) => written(row[key as Column]))));
      }
    }
  };

  const appendRows = (rows: readonly Row<Column>[]): void => {
    if (rows.length === 0) return;
    const first = Math.max(sheet.getLastRow(), HEADER_ROW) + 1;
    growTo(sheet, first + rows.length - 1);
    writeAt(
      rows.map((_, index) => first + index),
      rows,
    );
  };

  return {
    read: readRows,
    append: appendRows,
    replace({ belongs, rows, follows }) {
      const present = readRows();
      const numberOf = (index: number) => index + HEADER_ROW + 1;
      const ours = present.flatMap((row, index) => (belongs(row) ? [numberOf(index)] : []));
      const kept = ours.slice(0, rows.length);
      deleteRows(sheet, ours.slice(rows.length));
      const missing = rows.length - kept.length;
      if (missing === 0) return writeAt(kept, rows);
      const last = kept[kept.length - 1];
      const follower = present.findIndex(follows);
      if (last === undefined && follower < 0) return appendRows(rows);
      const first = last === undefined ? numberOf(follower) : last + 1;
      if (last === undefined) sheet.insertRowsBefore(first, missing);
      else sheet.insertRowsAfter(last, missing);
      writeAt([...kept, ...Array.from({ length: missing }, (_, index) => first + index)], rows);
    },
    trim(most) {
      const rows = sheet.getLastRow() - HEADER_ROW;
      // Some more than needed, so that not every run deletes.
      if (rows > most) sheet.deleteRows(HEADER_ROW + 1, rows - most + Math.floor(most / 10));
    },
  };
}

function formatWhereNeeded(
  range: GoogleAppsScript.Spreadsheet.Range,
  kinds: readonly ColumnKind[],
  language: Language,
): void {
  const present = range.getNumberFormats();
  const wanted = present.map(row =>
    row.map((format, column) => {
      const kind = kinds[column]!;
      return needsFormat(format, kind) ? (formatOf(kind, language) ?? format) : format;
    }),
  );
  const differs = wanted.some((row, index) =>
    row.some((format, column) => format !== present[index]![column]),
  );
  if (differs) range.setNumberFormats(wanted);
}
