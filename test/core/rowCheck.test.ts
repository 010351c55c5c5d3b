import type { Row } from '../../src/core/cell';
import { columnOrigins } from '../../src/core/columnOrigins';
import { compareRows, linesOf, lostLines, newRows } from '../../src/core/rowCheck';

type Column = 'when' | 'what';
const COLUMNS: Column[] = ['when', 'what'];
const KINDS = { when: 'datetime', what: 'text' } as const;
const row = (when: number, what: string): Row<Column> => ({ when, what });
const standing = (...rows: (Row<Column> | undefined)[]) =>
  rows.flatMap((one, index) => (one ? [{ number: index + 2, row: one }] : []));

describe('Q8 · rows read back', () => {
  it.each([
    ['the same', [row(1, 'a')], [row(1, 'a')], 0, 0],
    ['in another order', [row(1, 'a'), row(2, 'b')], [row(2, 'b'), row(1, 'a')], 0, 0],
    ['one missing', [row(1, 'a'), row(1, 'a')], [row(1, 'a')], 1, 0],
    ['one doubled', [row(1, 'a')], [row(1, 'a'), row(1, 'a')], 0, 1],
    ['one tripled', [row(1, 'a')], [row(1, 'a'), row(1, 'a'), row(1, 'a')], 0, 2],
    ['a time that the clocks skip', [row(1, 'a')], [row(1 + 1 / 24, 'a')], 0, 0],
    ['another time', [row(1, 'a')], [row(1 + 2 / 24, 'a')], 1, 1],
    ['invisible characters', [row(1, 'a\r\nb\u200B')], [row(1, 'a\nb')], 0, 0],
    ['another text', [row(1, 'a')], [row(1, 'ab')], 1, 1],
    ['a text for a number', [row(1, '5')], [{ when: 1, what: 5 }], 1, 1],
    ['a number for a text', [{ when: 1, what: 5 }], [row(1, '5')], 1, 1],
    ['a truth value', [{ when: 1, what: true }], [{ when: 1 + 1 / 24, what: true }], 0, 0],
    ['exact ones first', [row(1, 'a'), row(1 + 1 / 24, 'a')], [row(1 + 1 / 24, 'a'), row(1, 'a')], 0, 0],
  ])('%s', (_, wanted, found, missing, foreign) => {
    const result = compareRows(wanted, found, KINDS, COLUMNS);
    expect([result.missing.length, result.foreign.length]).toEqual([missing, foreign]);
  });

  it('a date is a whole day, whatever the clocks make of its midnight; a number is exact', () => {
    const kinds = { when: 'date', what: 'integer' } as const;
    const compared = (wanted: Row<Column>, found: Row<Column>) =>
      compareRows([wanted], [found], kinds, COLUMNS).missing.length;
    expect(compared({ when: 5, what: 1 }, { when: 5 + 1 / 24, what: 1 })).toBe(0);
    expect(compared({ when: 5, what: 1 }, { when: 6, what: 1 })).toBe(1);
    expect(compared({ when: 5, what: 1 }, { when: 5, what: 1.01 })).toBe(1);
  });

  it('a time of day may be moved by the clocks, too', () => {
    const kinds = { when: 'time', what: 'text' } as const;
    const compared = (found: number) =>
      compareRows([row(5, 'a')], [row(found, 'a')], kinds, COLUMNS).missing.length;
    expect([5 + 1 / 24, 5 + 2 / 24].map(compared)).toEqual([0, 1]);
  });

  it('new rows are those that were not there before, each counted once', () => {
    const before = standing(row(1, 'a'), row(1, 'a'));
    const now = standing(row(1, 'a'), row(2, 'b'), row(1, 'a'), row(1, 'a'));
    expect(newRows(before, now, COLUMNS)).toEqual([row(2, 'b'), row(1, 'a')]);
  });
});

describe('S6 · lines that are gone', () => {
  const look = (...rows: (Row<Column> | undefined)[]) => ({
    rows: standing(...rows).filter(({ row: { when } }) => when !== 0),
    foreign: standing(...rows).filter(({ row: { when } }) => when === 0),
  });
  const isMeant = ({ when }: Row<Column>) => when === 5;
  const lost = (before: ReturnType<typeof look>, now: ReturnType<typeof look>) =>
    lostLines(linesOf(before, isMeant, 'when', COLUMNS), linesOf(now, isMeant, 'when', COLUMNS)).map(
      ({ line, at }) => [line.row.what, at],
    );

  it.each<[string, (Row<Column> | undefined)[], (Row<Column> | undefined)[], unknown[]]>([
    ['none', [row(1, 'a'), row(5, 'x')], [row(1, 'a'), row(5, 'y')], []],
    [
      'moved by inserted rows',
      [row(1, 'a'), row(0, 'sum')],
      [undefined, row(1, 'a'), row(5, 'x'), row(0, 'sum')],
      [],
    ],
    [
      'the last of the day before',
      [row(1, 'a'), row(1, 'b'), row(5, 'x')],
      [row(1, 'a'), row(5, 'x')],
      [['b', 3]],
    ],
    ['the first of all', [row(1, 'a'), row(5, 'x')], [row(5, 'x')], [['a', 2]]],
    [
      'the first of the day after',
      [row(5, 'x'), row(6, 'a'), row(6, 'b')],
      [row(5, 'y'), row(6, 'b')],
      [['a', 3]],
    ],
    ["the user's totals", [row(5, 'x'), row(0, 'sum')], [row(5, 'x'), row(5, 'y')], [['sum', 4]]],
    [
      "a note between the day's rows",
      [row(5, 'x'), row(0, 'note'), row(5, 'y'), row(5, 'z')],
      [row(5, 'x'), row(5, 'y'), row(5, 'z')],
      [['note', 3]],
    ],
    [
      'a note between rows of which fewer are left',
      [row(5, 'x'), row(5, 'y'), row(0, 'note'), row(5, 'z')],
      [row(5, 'x')],
      [['note', 3]],
    ],
    [
      'the neighbour of a day of which nothing is left',
      [row(5, 'x'), row(6, 'a'), row(6, 'b')],
      [row(6, 'b')],
      [['a', 2]],
    ],
    [
      'the first of all, below a row that somebody has inserted',
      [row(1, 'a'), row(5, 'x')],
      [undefined, row(5, 'x')],
      [['a', 3]],
    ],
    [
      'several, beside the nearest that stands',
      [row(1, 'a'), row(1, 'b'), row(1, 'c'), row(5, 'x')],
      [undefined, row(5, 'x')],
      [
        ['a', 3],
        ['b', 3],
        ['c', 3],
      ],
    ],
    [
      'several behind the last that stands',
      [row(5, 'x'), row(6, 'a'), row(6, 'b')],
      [row(5, 'x')],
      [
        ['a', 3],
        ['b', 3],
      ],
    ],
    ['not what was meant to go', [row(1, 'a'), row(5, 'x'), row(5, 'y')], [row(1, 'a'), row(5, 'x')], []],
    ['one of another key in its place', [row(1, 'a')], [row(2, 'a')], [['a', 2]]],
    ['all there was', [row(1, 'a')], [], [['a', 2]]],
    ['changed by the user, not lost', [row(1, 'a')], [row(1, 'corrected')], []],
    ['a formula that moved', [row(0, '=SUM(C2:C5)')], [row(0, '=SUM(C2:C9)')], []],
    [
      'another formula',
      [row(0, '=SUM(C2:C5)'), row(0, '=MAX(C2:C5)')],
      [row(0, '=SUM(C2:C9)')],
      [['=MAX(C2:C5)', 3]],
    ],
    [
      'a formula above one that moved past row 9',
      [row(0, '=SUM(C2:C9)'), row(0, '=MAX(C2:C9)')],
      [row(0, '=MAX(C2:C10)')],
      [['=SUM(C2:C9)', 2]],
    ],
    [
      'a formula of whole columns above one of rows',
      [row(0, '=SUM(C:C)'), row(0, '=SUM(C2:C)')],
      [row(0, '=SUM(C3:C)')],
      [['=SUM(C:C)', 2]],
    ],
  ])('%s', (_, before, now, expected) => {
    expect(lost(look(...before), look(...now))).toEqual(expected);
  });

  it("lines go from the top, the user's own among ours and without a key", () => {
    const sheet = look(row(0, 'note'), row(1, 'a'), row(0, 'sum'), row(5, 'x'), row(0, 'end'));
    const lines = linesOf(sheet, isMeant, 'when', COLUMNS);
    expect(lines.map(({ number, key, meant }) => [number, key, meant])).toEqual([
      [2, '', false],
      [3, 1, false],
      [4, '', false],
      [5, 5, true],
      [6, '', false],
    ]);
  });
});

describe('S3 · where columns stood before', () => {
  const sheet = (...columns: string[][]) => columns[0]!.map((_, at) => columns.map(column => column[at]));
  const a = ['a', '1', '2', '3'];
  const b = ['b', '4', '5', '6'];
  const c = ['c', '7', '8', '9'];
  it.each([
    [
      'unchanged',
      [a, b, c],
      [a, b, c],
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    ],
    [
      'one inserted',
      [a, b, c],
      [a, ['', '', 'x', ''], b],
      [
        [1, 1],
        [3, 2],
      ],
    ],
    [
      'one deleted',
      [a, b, c],
      [a, c],
      [
        [1, 1],
        [2, 3],
      ],
    ],
    [
      'one moved',
      [a, b, c],
      [b, c, a],
      [
        [1, 2],
        [2, 3],
        [3, 1],
      ],
    ],
    [
      'more rows at the end',
      [a, b],
      [
        [...b, '', ''],
        [...a, '', ''],
      ],
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'fewer rows at the end',
      [
        [...a, '', ''],
        [...b, '', ''],
      ],
      [b, a],
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'twins in their order',
      [a, a],
      [a, a],
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'what was written meanwhile does not count',
      [a, b],
      [b.map((cell, at) => (at === 2 ? 'x' : cell)), a],
      [
        [1, 2],
        [2, 1],
      ],
    ],
  ])('%s', (_, before, now, expected) => {
    expect([...columnOrigins(sheet(...before), sheet(...now), new Set([3]))]).toEqual(expected);
  });
});
