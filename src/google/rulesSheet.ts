import type { Row } from '../core/cell';
import type { RuleCells } from '../core/rules';
import type { RULES } from '../core/tables';
import type { RulesSheet } from '../ports';
import { written } from './cells';
import { patiently } from './patience';
import { HEADER_ROW, type Readable, readRows } from './sheetRows';

type RuleColumn = keyof typeof RULES;

/** @param seen gets the header whenever the sheet is looked at */
export function rulesSheet(place: Readable, seen: (header: readonly unknown[]) => void): RulesSheet {
  const rows = () => {
    const { header, rows } = patiently(() => readRows<RuleColumn>(place));
    seen(header);
    return rows;
  };
  return {
    read: () => rows().map(cellsOfRow),
    show(cellsOf) {
      const standing = rows();
      cellsOf(standing.map(cellsOfRow)).forEach((cells, index) => {
        for (const column of ['matched', 'problem'] as const) {
          const position = place.positions.get(column);
          const cell = cells[column];
          if (position === undefined || cell === undefined || standing[index]![column] === cell) continue;
          place.sheet.getRange(HEADER_ROW + 1 + index, position).setValue(written(cell));
        }
      });
    },
  };
}

/** A column that the user has deleted is missing, and reads as empty. */
function cellsOfRow(row: Partial<Row<RuleColumn>>): RuleCells {
  const text = (column: RuleColumn) => String(row[column] ?? '');
  return {
    type: text('type'),
    about: text('about'),
    actor: text('actor'),
    hours: text('hours'),
    name: text('name'),
  };
}
