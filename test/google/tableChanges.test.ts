import type { Row } from '../../src/core/cell';
import type { ColumnOf } from '../../src/core/tables';
import { SheetProtected } from '../../src/ports';
import { day, linesIn, ofDay, reportRow, tableIn } from './sheetHarness';

type Report = Row<ColumnOf<'report'>>;

const rowsOf = (n: number, ...events: string[]) =>
  events.map((event, index) => reportRow(n, event, index + 1));
const line = ({ date, event, count }: Report) => `${date}|${event}|${count}`;

/** Days 10, 11 and 12 of three rows each, a gap, and a totals row of the user's. */
function threeDays() {
  const world = tableIn('report');
  for (const n of [10, 11, 12]) world.table.replace(ofDay(n, rowsOf(n, 'a', 'b', 'c')));
  world.calls.length = 0;
  return world;
}

function withTotals() {
  const world = threeDays();
  world.user.type('Лист1', 12, 2, 'Итого');
  world.user.type('Лист1', 12, 3, '=SUM(C2:C10)');
  return world;
}

const days = (...numbers: number[]) => numbers.flatMap(n => rowsOf(n, 'a', 'b', 'c').map(line));
const totals = (lines: string[]) => lines.filter(text => text.startsWith('|Итого|=SUM(C'));

/** The empty row above the totals. */
function emptyRow(model: ReturnType<typeof tableIn>['model']): number {
  let row = model.lastRow;
  while (model.value(row, 2) !== 'Итого') row -= 1;
  return row - 1;
}

describe('a day in a table', () => {
  it('stands once, in the order of days, whatever came first', () => {
    const world = tableIn('report');
    for (const n of [12, 10, 11, 11, 10]) world.table.replace(ofDay(n, rowsOf(n, 'a', 'b', 'c')));
    expect(linesIn(world)).toEqual(days(10, 11, 12));
  });

  it.each([
    ['more rows', ['x', 'y', 'z', 'u', 'v']],
    ['fewer rows', ['x']],
    ['as many rows', ['x', 'y', 'z']],
    ['none', []],
  ])('S4 · is replaced by %s without a blank row, and the totals row moves along', (_, events) => {
    const world = withTotals();
    world.table.replace(ofDay(11, rowsOf(11, ...events)));
    const expected = [...days(10), ...rowsOf(11, ...events).map(line), ...days(12), ''];
    expect(linesIn(world).slice(0, -1)).toEqual(expected);
    expect(totals(linesIn(world))).toHaveLength(1);
  });

  it('S4 · a totals row right below is not overwritten, neither is a note further down', () => {
    const world = threeDays();
    world.user.type('Лист1', 11, 2, 'Итого');
    world.user.type('Лист1', 13, 1, 'проверено');
    world.table.replace(ofDay(13, rowsOf(13, 'a', 'b', 'c')));
    expect(linesIn(world)).toEqual([...days(10, 11, 12, 13), '|Итого', '', 'проверено']);
  });

  it('S4 · a formula that shows nothing is not overwritten either', () => {
    const world = threeDays();
    world.user.type('Лист1', 11, 3, '=IF(1,"",2)');
    world.model.cell(11, 3)!.value = '';
    world.table.replace(ofDay(13, rowsOf(13, 'a', 'b', 'c')));
    expect(linesIn(world)).toEqual([...days(10, 11, 12, 13), '||=IF(1,"",2)']);
  });

  it('S4 · a totals row whose date is computed is not taken for a day', () => {
    const world = threeDays();
    world.user.type('Лист1', 11, 1, '=MAX(A2:A10)');
    Object.assign(world.model.cell(11, 1)!, { value: day(12), format: 'dd.mm.yyyy' });
    world.table.replace(ofDay(12, rowsOf(12, 'x', 'y', 'z')));
    expect(linesIn(world).at(-1)).toBe('=MAX(A2:A10)');
    expect(linesIn(world)).toHaveLength(10);
  });

  it("S4 · a day's rows that the user has sorted apart are replaced where they stand, and left alone when right", () => {
    const world = threeDays();
    world.user.sortRows('Лист1', 2);
    const sorted = linesIn(world);
    world.calls.length = 0;
    world.table.replace(ofDay(11, rowsOf(11, 'a', 'b', 'c')));
    expect(linesIn(world)).toEqual(sorted);
    expect(world.calls.filter(call => call.includes('.set') || call.includes('.insert'))).toEqual([]);
    world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
    expect([...linesIn(world)].sort()).toEqual(
      [...days(10), ...rowsOf(11, 'x', 'y', 'z').map(line), ...days(12)].sort(),
    );
  });

  it('S4 · in a table sorted newest first a new day goes to the top, or between its neighbours', () => {
    const world = tableIn('report');
    for (const n of [10, 12]) world.table.replace(ofDay(n, rowsOf(n, 'a')));
    world.user.sortRows('Лист1', 1, false);
    for (const n of [13, 11, 9]) world.table.replace(ofDay(n, rowsOf(n, 'a', 'b')));
    expect(world.table.read().map(row => Number(row.date) - day(0))).toEqual([13, 13, 12, 11, 11, 10, 9, 9]);
  });

  it('S4 · new rows look like ours, not like the totals or the header beside them', () => {
    const world = threeDays();
    world.user.type('Лист1', 11, 2, 'Итого');
    for (const row of [1, 11]) world.model.cellForWriting(row, 2).style = { fontWeight: 'bold' };
    world.table.replace(ofDay(13, rowsOf(13, 'a', 'b')));
    world.table.replace(ofDay(9, rowsOf(9, 'a', 'b')));
    const bold = linesIn(world).map(
      (_, index) => world.model.cell(index + 2, 2)?.style.fontWeight === 'bold',
    );
    expect(bold).toEqual([...Array(13).fill(false), true]);
  });

  it("I4 · the user's own cells outlive a row of ours that is removed", () => {
    const world = threeDays();
    world.user.type('Лист1', 7, 8, 'в этот день был релиз');
    world.table.replace(ofDay(11, rowsOf(11, 'x')));
    expect(linesIn(world)).toEqual([
      ...days(10),
      ...rowsOf(11, 'x').map(line),
      '|||||||в этот день был релиз',
      ...days(12),
    ]);
    world.table.replace(ofDay(11, rowsOf(11, 'x', 'y')));
    expect(linesIn(world).filter(text => text.includes('релиз'))).toHaveLength(1);
    expect(world.table.read()).toHaveLength(8);
  });

  it('removes many rows in blocks, also all there are', () => {
    const world = tableIn('report');
    const many = Array.from({ length: 900 }, (_, index) =>
      reportRow(1 + Math.floor(index / 30), `e${index}`),
    );
    world.table.append(many);
    world.user.deleteRows('Лист1', 902, world.model.maxRows - 901);
    world.calls.length = 0;
    world.table.replace({ rows: [], belongs: row => Number(row.date) < day(25), follows: () => false });
    expect(world.table.read()).toHaveLength(180);
    expect(world.calls.filter(call => call === 'Sheet.deleteRows')).toHaveLength(1);
    world.table.replace({ rows: [], belongs: () => true, follows: () => false });
    expect(world.table.read()).toEqual([]);
    world.table.append(many.slice(0, 2));
    expect(world.table.read()).toHaveLength(2);
  });

  it('Q7 · 40,000 rows at once', () => {
    const world = tableIn('report');
    const many = Array.from({ length: 40_000 }, (_, index) => reportRow(1, `событие ${index}`, index));
    world.table.append(many);
    expect(world.model.lastRow).toBe(40_001);
    expect(world.calls.length).toBeLessThan(40);
    expect(world.model.cell(40_001, 2)!.value).toBe('событие 39999');
  });

  it('costs a constant number of calls', () => {
    const world = threeDays();
    world.table.replace(ofDay(13, rowsOf(13, 'a', 'b', 'c')));
    expect(world.calls).toEqual([
      'Range.getValues',
      'Range.getFormulas',
      'Range.getNumberFormats',
      'Range.setNumberFormats',
      'Range.setValues',
      'Range.getValues',
    ]);
  });
});

describe('Q8 · the spreadsheet fails', () => {
  const changes: [string, (world: ReturnType<typeof withTotals>) => void, string[]][] = [
    [
      'a day with more rows',
      ({ table }) => table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z', 'u', 'v'))),
      [...days(10), ...rowsOf(11, 'x', 'y', 'z', 'u', 'v').map(line), ...days(12)],
    ],
    [
      'a day with fewer rows',
      ({ table }) => table.replace(ofDay(11, rowsOf(11, 'x'))),
      [...days(10), ...rowsOf(11, 'x').map(line), ...days(12)],
    ],
    ['a new day', ({ table }) => table.replace(ofDay(13, rowsOf(13, 'a', 'b', 'c'))), days(10, 11, 12, 13)],
    [
      'a day between',
      ({ table }) => {
        table.replace({ rows: [], belongs: row => row.date === day(11), follows: () => false });
        table.replace(ofDay(11, rowsOf(11, 'a', 'b', 'c')));
      },
      days(10, 11, 12),
    ],
    [
      'rows known only by being new',
      ({ table }) =>
        table.replace({
          rows: rowsOf(11, 'n', 'n'),
          belongs: () => false,
          follows: row => Number(row.date) > day(11),
        }),
      [...days(10, 11), `${day(11)}|n|1`, `${day(11)}|n|2`, ...days(12)],
    ],
    [
      'appended rows',
      ({ table }) => table.append([...rowsOf(13, 'p', 'p'), reportRow(13, 'p', 1)]),
      [...days(10, 11, 12), `${day(13)}|p|1`, `${day(13)}|p|2`, `${day(13)}|p|1`],
    ],
  ];

  it.each(changes)('once, at any call, before its effect or after it: %s', (_, change, expected) => {
    for (const when of ['before', 'after'] as const) {
      const length = (() => {
        const world = withTotals();
        change(world);
        return world.calls.length;
      })();
      for (let at = 1; at <= length; at += 1) {
        const world = withTotals();
        world.incidents.push({ at, when, fail: true });
        change(world);
        const lines = linesIn(world);
        const ours = lines.filter(text => /^\d/.test(text));
        expect({ at, when, ours }).toEqual({ at, when, ours: expected });
        expect({ at, when, blank: lines.slice(0, expected.length).includes('') }).toEqual({
          at,
          when,
          blank: false,
        });
        expect({ at, when, totals: totals(lines).length }).toEqual({ at, when, totals: 1 });
        // A failed read is tried again at once, with fewer columns.
        expect([[], [1000]]).toContainEqual(world.slept);
      }
    }
  });

  it('for good: its own words after three attempts, and a later run mends what it left', () => {
    const world = withTotals();
    for (let at = 7; at < 200; at += 1) world.incidents.push({ at, when: 'before', fail: true });
    expect(() => world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z', 'u')))).toThrow('timed out');
    expect(world.slept).toEqual([1000, 2000]);
    world.incidents.length = 0;
    world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z', 'u')));
    expect(world.table.read().map(line)).toEqual([
      ...days(10),
      ...rowsOf(11, 'x', 'y', 'z', 'u').map(line),
      ...days(12),
    ]);
  });
});

describe('S6 · somebody else works in the sheet while we do', () => {
  type World = ReturnType<typeof withTotals>;
  const acts: [string, (world: World) => void][] = [
    ['inserts a row at the top', ({ user }) => user.insertRows('Лист1', 2)],
    ['inserts three rows among ours', ({ user }) => user.insertRows('Лист1', 4, 3)],
    ['inserts a row in the day', ({ user }) => user.insertRows('Лист1', 6)],
    ['deletes an empty row above the totals', ({ user, model }) => user.deleteRows('Лист1', emptyRow(model))],
    ['sorts the rows', ({ user }) => user.sortRows('Лист1', 3, false)],
    ['types beside our rows', ({ user }) => user.type('Лист1', 5, 9, 'заметка')],
    ['inserts a column of their own', ({ user }) => user.insertColumns('Лист1', 2)],
    ['moves a column', ({ user }) => user.moveColumn('Лист1', 3, 5)],
  ];
  const changes: [string, (world: World) => void, number[]][] = [
    ['a replaced day', ({ table }) => table.replace(ofDay(11, rowsOf(11, 'a', 'x', 'c', 'd'))), [10, 12]],
    ['a shorter day', ({ table }) => table.replace(ofDay(11, rowsOf(11, 'x'))), [10, 12]],
    ['a new day', ({ table }) => table.replace(ofDay(13, rowsOf(13, 'a', 'b'))), [10, 11, 12]],
    ['appended rows', ({ table }) => table.append(rowsOf(13, 'a', 'b')), [10, 11, 12]],
  ];
  const wanted: Record<string, string[]> = {
    'a replaced day': rowsOf(11, 'a', 'x', 'c', 'd').map(line),
    'a shorter day': rowsOf(11, 'x').map(line),
    'a new day': rowsOf(13, 'a', 'b').map(line),
    'appended rows': rowsOf(13, 'a', 'b').map(line),
  };
  const cases = acts.flatMap(([act, hand]) =>
    changes.map(([what, change, others]) => ({ act, hand, what, change, others })),
  );

  it.each(cases)('$act during $what', ({ hand, what, change, others }) => {
    const quiet = withTotals();
    change(quiet);
    for (let at = 1; at <= quiet.calls.length; at += 1) {
      const world = withTotals();
      world.incidents.push({ at, when: 'before', act: () => hand(world) });
      change(world);
      const ours = world.table.read().map(line).sort();
      expect({ at, ours }).toEqual({ at, ours: [...days(...others), ...wanted[what]!].sort() });
      const text = linesIn(world).join('\n');
      expect({ at, totals: text.match(/Итого/g)?.length }).toEqual({ at, totals: 1 });
      expect({ at, sums: text.match(/=SUM\([A-Z]\d+:[A-Z]\d+\)/g)?.length }).toEqual({ at, sums: 1 });
    }
  });

  it('deletes rows of another day: they are put back where they stood', () => {
    for (let at = 1; at <= 8; at += 1) {
      const world = withTotals();
      world.incidents.push({ at, when: 'before', act: () => world.user.deleteRows('Лист1', 3) });
      world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
      const ours = linesIn(world).filter(text => /^\d/.test(text));
      const whole = [...days(10), ...rowsOf(11, 'x', 'y', 'z').map(line), ...days(12)];
      const rest = whole.filter((_, index) => index !== 1);
      expect([whole, rest]).toContainEqual(ours);
      expect(totals(linesIn(world))).toHaveLength(1);
    }
  });

  it('S3 · deletes a column of ours: the others are right, and what stands beside them is left alone', () => {
    const build = () => {
      const world = withTotals();
      for (const row of [1, 3, 5, 6, 9]) world.user.type('Лист1', row, 6, `моё ${row}`);
      world.user.type('Лист1', 7, 6, '=1+1');
      return world;
    };
    const beside = ({ model }: ReturnType<typeof build>) =>
      [5, 6].map(column =>
        model.rows
          .map(row => row?.[column - 1]?.formula || row?.[column - 1]?.value || '')
          .filter(text => text !== ''),
      );
    const quiet = build();
    quiet.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
    const before = beside(quiet)[1];
    for (let at = 1; at <= quiet.calls.length; at += 1) {
      const world = build();
      world.incidents.push({ at, when: 'before', act: () => world.user.deleteColumns('Лист1', 4) });
      world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
      const ours = world.table.read().map(line).sort();
      expect({ at, ours }).toEqual({
        at,
        ours: [...days(10, 12), ...rowsOf(11, 'x', 'y', 'z').map(line)].sort(),
      });
      expect({ at, beside: beside(world)[0] }).toEqual({ at, beside: before });
    }
  });

  it('S3 · deletes the key column: nothing more is written, and the run says so', () => {
    for (let at = 2; at <= 5; at += 1) {
      const world = threeDays();
      world.incidents.push({ at, when: 'before', act: () => world.user.deleteColumns('Лист1', 1) });
      expect(() => world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')))).toThrow(
        'lost its column "date"',
      );
      expect(world.slept).toEqual([]);
    }
  });

  it('changes a cell of another day: it stays as they changed it, and no row is doubled', () => {
    for (let at = 1; at <= 8; at += 1) {
      const world = withTotals();
      world.incidents.push({ at, when: 'before', act: () => world.user.type('Лист1', 3, 2, 'правка') });
      world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
      const ours = linesIn(world).filter(text => /^\d/.test(text));
      expect(ours).toHaveLength(9);
      expect(ours.filter(text => text.includes('правка'))).toHaveLength(1);
    }
  });
});

describe('S5 · protected', () => {
  const stranger = { user: 'colleague@example.com', owner: 'owner@example.com' };

  it.each([
    [
      'the sheet',
      (world: ReturnType<typeof tableIn>) => world.user.protectSheet('Лист1', ['boss@example.com']),
    ],
    [
      'a range of ours',
      (world: ReturnType<typeof tableIn>) =>
        world.user.protectRange('Лист1', { row: 1, column: 2, rows: 30, columns: 1 }),
    ],
  ])('%s: told at once, with its title, and nothing is tried again', (_, protect) => {
    const world = tableIn('report', stranger);
    protect(world as never);
    const attempt = () => world.table.append([reportRow(10, 'a')]);
    expect(attempt).toThrow(SheetProtected);
    try {
      attempt();
    } catch (error) {
      expect(error).toMatchObject({ title: 'Лист1', editors: [] });
    }
    expect(world.slept).toEqual([]);
    expect(linesIn(world)).toEqual([]);
  });

  it('a range elsewhere does not matter', () => {
    const world = tableIn('report', stranger);
    world.user.protectRange('Лист1', { row: 1, column: 9, rows: 30, columns: 1 });
    world.table.append([reportRow(10, 'a')]);
    expect(linesIn(world)).toHaveLength(1);
  });

  it('S11 · who may only see the file gets one clear error', () => {
    const world = tableIn('report', stranger);
    world.workbook.viewers.add(stranger.user);
    expect(() => world.table.append([reportRow(10, 'a')])).toThrow('You do not have permission');
    expect(linesIn(world)).toEqual([]);
  });
});

describe('Q8 · a spreadsheet that alters what is written', () => {
  /** Whatever is written, ё becomes е. */
  function altering() {
    const world = tableIn('report');
    const alter = () => {
      for (const cell of world.model.rows.flatMap(row => row ?? [])) {
        if (typeof cell?.value === 'string') cell.value = cell.value.replaceAll('ё', 'е');
      }
    };
    for (let at = 1; at < 300; at += 1) world.incidents.push({ at, when: 'after', act: alter });
    return world;
  }

  it('gets each row once all the same', () => {
    const world = altering();
    world.table.append(rowsOf(10, 'ёлка', 'мёд'));
    world.table.replace(ofDay(11, rowsOf(11, 'ёлка', 'мёд')));
    world.table.replace(ofDay(11, rowsOf(11, 'ёлка', 'мёд')));
    expect(world.table.read().map(line)).toEqual([
      ...rowsOf(10, 'елка', 'мед').map(line),
      ...rowsOf(11, 'елка', 'мед').map(line),
    ]);
  });
});

describe('S5 · a protection that stops nobody', () => {
  it('is not to blame when the spreadsheet fails for good', () => {
    const world = tableIn('report', { user: 'colleague@example.com', owner: 'owner@example.com' });
    world.user.protectSheet('Лист1', ['colleague@example.com']);
    world.user.protectRange('Лист1', { row: 1, column: 1, rows: 9, columns: 9 });
    world.model.protections.at(-1)!.warningOnly = true;
    // Against us, but not in columns of ours.
    world.user.protectRange('Лист1', { row: 1, column: 9, rows: 9, columns: 1 });
    for (let at = 1; at < 60; at += 1) {
      world.incidents.push({ at, when: 'before', fail: true, call: 'Range.setValues' });
    }
    expect(() => world.table.append([reportRow(10, 'a')])).toThrow('timed out');
  });
});

describe('T3 · rows that an earlier run may have written', () => {
  it('are added before the others, each unless it stands there', () => {
    const world = tableIn('report');
    world.table.append([reportRow(10, 'a'), reportRow(10, 'b')]);
    world.table.append([reportRow(12, 'd')], { again: [reportRow(10, 'b'), reportRow(11, 'c')] });
    expect(linesIn(world)).toEqual(
      [reportRow(10, 'a'), reportRow(10, 'b'), reportRow(11, 'c'), reportRow(12, 'd')].map(line),
    );
    world.table.append([], { again: [reportRow(12, 'd')] });
    expect(linesIn(world)).toHaveLength(4);
  });

  it('Q8 · also when the spreadsheet fails at any call', () => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= 8; at += 1) {
        const world = tableIn('report');
        world.table.append([reportRow(10, 'a')]);
        world.incidents.push({ at: world.calls.length + at, when, fail: true });
        world.table.append([reportRow(12, 'c')], { again: [reportRow(10, 'a'), reportRow(11, 'b')] });
        expect({ at, when, lines: linesIn(world) }).toEqual({
          ...{ at, when },
          lines: [reportRow(10, 'a'), reportRow(11, 'b'), reportRow(12, 'c')].map(line),
        });
      }
    }
  });
});
