import { takeBack } from '../../src/google/misplaced';
import type { Look } from '../../src/google/tableLook';

type Column = 'date' | 'count';
const look = (values: unknown[][]) =>
  ({
    values,
    columns: [
      ['date', 1],
      ['count', 2],
    ],
    content: (number: number, position: number) => values[number - 1]?.[position - 1] ?? '',
  }) as unknown as Look<Column>;

/** What is set into which cell. */
function taken(before: unknown[][], plan: Parameters<typeof takeBack<Column>>[3], now: unknown[][]) {
  const set: [number, number, unknown][] = [];
  const sheet = {
    getRange: (row: number, column: number) => ({
      setValue: (value: unknown) => set.push([row, column, value]),
    }),
  } as unknown as GoogleAppsScript.Spreadsheet.Sheet;
  takeBack(sheet, 'UTC', look(before), plan, look(now));
  return set;
}

describe('S6 · what was written into columns that had moved', () => {
  const HEADER = ['Date', 'Count', 'Mine'];
  // The user has put a column in front, whose cells our date and count then hit; the new one is empty.
  it('S6 · is taken back where only rows were overwritten', () => {
    const before = [HEADER, [1, 10, 'a'], [2, 20, 'b']];
    const plan = { write: [{ number: 3, row: { date: 2, count: 21 } }], remove: [] };
    const now = [
      ['', ...HEADER],
      ['', 1, 10, 'a'],
      [2, 21, 20, 'b'],
    ];
    expect(taken(before, plan, now)).toEqual([
      [3, 1, ''],
      [3, 2, 2],
    ]);
  });

  it('S6 · is taken back where rows were inserted above others, too', () => {
    const before = [HEADER, [1, 10, 'a'], [3, 30, 'c']];
    const plan = {
      insert: { at: 3, count: 1 },
      write: [
        { number: 2, row: { date: 1, count: 11 } },
        { number: 3, row: { date: 2, count: 22 } },
      ],
      remove: [],
    };
    const now = [
      ['', ...HEADER],
      [1, 11, 10, 'a'],
      [2, 22, '', ''],
      ['', 3, 30, 'c'],
    ];
    expect(taken(before, plan, now)).toEqual([
      [2, 1, ''],
      [2, 2, 1],
      [3, 1, ''],
      [3, 2, ''],
    ]);
  });
});
