import type { Row } from '../../src/core/cell';
import { type Ground, isNewestFirst, planAppend, planReplace } from '../../src/core/rowPlan';

type Column = 'date' | 'what';
const row = (date: number, what = ''): Row<Column> => ({ date, what });

/** A sheet as a text: a digit is a row of ours of that day, `.` a blank row, `x` one of the user's, `o` one of theirs beside us. */
function ground(sheet: string): Ground<Column> {
  const at = (number: number) => sheet[number - 2] ?? '.';
  return {
    rows: [...sheet].flatMap((sign, index) =>
      /\d/.test(sign) ? [{ number: index + 2, row: row(Number(sign)) }] : [],
    ),
    isFree: number => '.o'.includes(at(number)),
    isBlank: number => at(number) === '.' && number - 2 < sheet.length,
  };
}

/** The sheet after the plan: new rows are capital letters, in the order in which they were given. */
function carriedOut(sheet: string, plan: ReturnType<typeof planAppend<Column>>): string {
  const rows = [...sheet];
  const { insert, remove, write } = plan;
  // The platform refuses to insert no rows.
  if (insert) expect(insert.count).toBeGreaterThan(0);
  if (insert) rows.splice(insert.at - 2, 0, ...'.'.repeat(insert.count));
  for (const { number, row: written } of write) {
    while (rows.length < number - 1) rows.push('.');
    expect(rows[number - 2]).not.toBe('x');
    rows[number - 2] = String(written.what);
  }
  for (const number of [...remove].reverse()) rows.splice(number - 2, 1);
  return rows.join('');
}

const letters = (text: string, date: number) => [...text].map(letter => row(date, letter));
const replaced = (sheet: string, day: number, what: string) =>
  carriedOut(
    sheet,
    planReplace<Column>(
      ground(sheet),
      {
        rows: letters(what, day),
        belongs: ({ date }) => date === day,
        follows: ({ date }) => Number(date) > day,
      },
      'date',
    ),
  );

describe('a plan of rows', () => {
  it.each([
    ['', 1, 'AB', 'AB'],
    ['11', 2, 'AB', '11AB'],
    ['1122', 1, 'AB', 'AB22'],
    ['1122', 1, 'ABC', 'ABC22'],
    ['1122', 1, 'A', 'A22'],
    ['1122', 1, '', '22'],
    ['1122', 2, 'ABC', '11ABC'],
    ['1133', 2, 'AB', '11AB33'],
    // S4: the user's totals, gaps and notes
    ['11x', 2, 'AB', '11ABx'],
    ['11.x', 2, 'AB', '11AB.x'],
    ['11..x', 2, 'AB', '11ABx'],
    ['11.....x', 2, 'AB', '11AB...x'],
    ['11o', 2, 'AB', '11AB'],
    ['11o', 1, 'ABC', 'ABC'],
    ['x', 1, 'AB', 'ABx'],
    ['1x1', 1, 'ABC', 'AxBC'],
    ['1x3', 2, 'A', '1xA3'],
    // Q8: what an interrupted insertion has left
    ['11..33', 2, 'AB', '11AB33'],
    ['11.33', 2, 'AB', '11AB33'],
    ['11...33', 2, 'AB', '11.AB33'],
    ['.33', 2, 'A', 'A33'],
    ['.33', 2, 'AB', 'AB33'],
    ['1..33', 1, 'ABC', 'ABC33'],
    ['1.33', 1, 'ABC', 'ABC33'],
    ['1o33', 1, 'ABC', 'ABCo33'],
    // S4: sorted by the user
    ['1212', 1, 'AB', 'A2B2'],
    ['1212', 1, 'ABC', 'A2BC2'],
    ['1212', 1, 'A', 'A22'],
    ['331', 2, 'AB', '33AB1'],
    ['31', 4, 'AB', 'AB31'],
    ['32', 1, 'AB', '32AB'],
    ['3311x', 2, 'AB', '33AB11x'],
    ['33', 2, 'AB', 'AB33'],
    ['313', 2, 'A', 'A313'],
  ])('%s · day %d as %s gives %s', (sheet, day, what, expected) => {
    expect(replaced(sheet, day, what)).toBe(expected);
  });

  it.each([
    ['', 'AB', 'AB'],
    ['12', 'AB', '12AB'],
    ['21', 'AB', '21AB'],
    ['12x', 'AB', '12ABx'],
    ['12.x', 'A', '12Ax'],
    ['12oo', 'A', '12Ao'],
    ['1x2', 'A', '1x2A'],
    ['x', 'A', 'Ax'],
  ])('%s and %s at the end give %s', (sheet, what, expected) => {
    expect(carriedOut(sheet, planAppend(ground(sheet), letters(what, 9)))).toBe(expected);
  });

  it('rows of different times are turned round where the newest stand first', () => {
    const plan = planReplace<Column>(
      ground('41'),
      { rows: [row(2, 'A'), row(3, 'B')], belongs: () => false, follows: ({ date }) => Number(date) > 3 },
      'date',
    );
    expect(carriedOut('41', plan)).toBe('4BA1');
  });
});

describe('S4 · newest first', () => {
  it.each([
    [[3, 2, 1], true],
    [[3, 3, 2], true],
    [[3.5, 3.2, 2.9], true],
    [[], false],
    [[3], false],
    [[3, 3], false],
    [[3.5, 3.2], false],
    [[1, 2], false],
    [[3, 1, 2], false],
    [['', 3, 2], true],
  ])('%j: %s', (order, expected) => {
    expect(isNewestFirst(order)).toBe(expected);
  });
});
