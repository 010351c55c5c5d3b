import type { Row } from '../core/cell';
import type { Language } from '../core/settings';
import type { ColumnKind } from '../core/tables';
import type { Table } from '../ports';
import { formatOf, needsFormat, written } from './cells';
import { deleteRows, growTo, spansOf } from './grid';
import { HEADER_ROW, type Readable, readRows } from './sheetRows';

export interface TablePlace extends Readable {
  /** What each column holds, by key. */
  kinds: Readonly<Record<string, ColumnKind>>;
  language: Language;
}

/** A table in a sheet: the header in row 1, our columns wherever the user has put them. */
export function sheetTable<Column extends string>(place: TablePlace): Table<Column> {
  const { sheet, positions } = place;
  const columns = [...positions].sort(([, a], [, b]) => a - b);
  const read = () => readRows<Column>(place);
  const numberOf = (index: number) => index + HEADER_ROW + 1;

  /** Writes rows at these row numbers, ascending, a call per block of neighbouring cells. */
  const writeAt = (rowNumbers: readonly number[], rows: readonly Row<Column>[]): void => {
    for (const down of spansOf(rowNumbers)) {
      const start = rowNumbers.indexOf(down.first);
      const block = rows.slice(start, start + down.length);
      for (const across of spansOf(columns.map(([, position]) => position))) {
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

  const appendBehind = (present: number, rows: readonly Row<Column>[]): void => {
    if (rows.length === 0) return;
    growTo(sheet, numberOf(present + rows.length - 1));
    writeAt(
      rows.map((_, index) => numberOf(present + index)),
      rows,
    );
  };

  return {
    read,
    append(rows, keep) {
      const present = read();
      appendBehind(present.length, rows);
      const excess = keep ? present.length + rows.length - keep.most : 0;
      if (!keep || excess <= 0) return;
      // Some more than needed, so that not every run deletes. The user may have sorted the rows.
      const oldestFirst = present
        .map((row, index) => ({ age: row[keep.order], number: numberOf(index) }))
        .sort((a, b) => (a.age < b.age ? -1 : 1));
      const gone = oldestFirst.slice(0, excess + Math.floor(keep.most / 10)).map(({ number }) => number);
      deleteRows(
        sheet,
        gone.sort((a, b) => a - b),
      );
    },
    replace({ belongs, rows, follows }) {
      const present = read();
      const ours = present.flatMap((row, index) => (belongs(row) ? [numberOf(index)] : []));
      const kept = ours.slice(0, rows.length);
      deleteRows(sheet, ours.slice(rows.length));
      const missing = rows.length - kept.length;
      if (missing === 0) return writeAt(kept, rows);
      const last = kept[kept.length - 1];
      const follower = present.findIndex(follows);
      if (last === undefined && follower < 0) return appendBehind(present.length, rows);
      const first = last === undefined ? numberOf(follower) : last + 1;
      if (last === undefined) sheet.insertRowsBefore(first, missing);
      else sheet.insertRowsAfter(last, missing);
      writeAt([...kept, ...Array.from({ length: missing }, (_, index) => first + index)], rows);
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
