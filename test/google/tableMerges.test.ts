import { day, linesIn, ofDay, reportRow, tableIn } from './sheetHarness';

const rowsOf = (n: number, ...events: string[]) =>
  events.map((event, index) => reportRow(n, event, index + 1));

/** Three days of three rows, the dates of each merged into one cell, as people do. */
function mergedDays(options: Parameters<typeof tableIn>[1] = {}) {
  const world = tableIn('report', options);
  for (const n of [10, 11, 12]) world.table.replace(ofDay(n, rowsOf(n, 'a', 'b', 'c')));
  for (const row of [2, 5, 8]) world.user.merge('Лист1', { row, column: 1, rows: 3, columns: 1 });
  world.calls.length = 0;
  return world;
}

const dates = (world: ReturnType<typeof mergedDays>) =>
  world.table.read().map(row => Number(row.date) - day(0));

describe('S4 · dates merged by the user', () => {
  it('are read for every row that they cover', () => {
    const world = mergedDays();
    expect(dates(world)).toEqual([10, 10, 10, 11, 11, 11, 12, 12, 12]);
    expect(linesIn(world).filter(text => text.startsWith('|'))).toHaveLength(6);
  });

  it('stay merged when the day is as it was, and when other days change', () => {
    const world = mergedDays();
    world.table.replace(ofDay(11, rowsOf(11, 'a', 'b', 'c')));
    world.table.replace(ofDay(13, rowsOf(13, 'a')));
    world.table.replace(ofDay(9, rowsOf(9, 'a')));
    expect(world.model.merges).toHaveLength(3);
    expect(dates(world)).toEqual([9, 10, 10, 10, 11, 11, 11, 12, 12, 12, 13]);
  });

  it.each([
    ['more', ['x', 'y', 'z', 'u']],
    ['fewer', ['x']],
    ['other', ['x', 'y', 'z']],
    ['no', []],
  ])('are broken apart where the day gets %s rows, and only there', (_, events) => {
    const world = mergedDays();
    world.table.replace(ofDay(11, rowsOf(11, ...events)));
    expect(dates(world)).toEqual([10, 10, 10, ...events.map(() => 11), 12, 12, 12]);
    expect(world.table.read().map(row => row.event)).toEqual(['a', 'b', 'c', ...events, 'a', 'b', 'c']);
    expect(world.model.merges).toHaveLength(2);
  });

  it('the peak, the date and a column of their own merged over two days are broken apart only where we write', () => {
    const world = mergedDays();
    world.user.type('Лист1', 2, 8, 'неделя');
    world.user.merge('Лист1', { row: 2, column: 8, rows: 6, columns: 1 });
    world.user.merge('Лист1', { row: 5, column: 4, rows: 5, columns: 2 });
    world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
    expect(world.model.merges).toEqual([
      { row: 2, column: 1, rows: 3, columns: 1 },
      { row: 8, column: 1, rows: 3, columns: 1 },
      { row: 2, column: 8, rows: 6, columns: 1 },
    ]);
  });

  it('a merge that reaches over two days does not swallow a day that comes between them', () => {
    const world = tableIn('report');
    for (const n of [10, 12]) world.table.replace(ofDay(n, rowsOf(n, 'a', 'b')));
    world.user.merge('Лист1', { row: 3, column: 2, rows: 2, columns: 2 });
    world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z')));
    expect(linesIn(world).slice(2, 5)).toEqual([`${day(11)}|x|1`, `${day(11)}|y|2`, `${day(11)}|z|3`]);
  });

  it('cells merged where rows are to be appended, an empty block of their own, are no trap', () => {
    const world = mergedDays();
    world.user.merge('Лист1', { row: 11, column: 1, rows: 4, columns: 1 });
    world.table.replace(ofDay(13, rowsOf(13, 'p', 'q')));
    expect(dates(world).slice(9)).toEqual([13, 13]);
  });

  describe('where nothing else is merged, which shows only when what was written is read back', () => {
    const plainDays = () => {
      const world = tableIn('report');
      for (const n of [10, 11]) world.table.replace(ofDay(n, rowsOf(n, 'a', 'b')));
      return world;
    };
    const lines = [10, 11].flatMap(n => [`${day(n)}|a|1`, `${day(n)}|b|2`]);

    it.each([
      ['the keys', { row: 6, column: 1, rows: 4, columns: 1 }],
      ['other cells', { row: 6, column: 3, rows: 2, columns: 1 }],
      ['cells side by side', { row: 7, column: 2, rows: 1, columns: 2 }],
      ['the last row’s cells and those below', { row: 5, column: 3, rows: 3, columns: 1 }],
    ])('S4 · %s of rows to come: the rows stand whole, and once', (_, merge) => {
      const replaced = plainDays();
      replaced.user.merge('Лист1', merge);
      replaced.table.replace(ofDay(12, rowsOf(12, 'p', 'q')));
      const appended = plainDays();
      appended.user.merge('Лист1', merge);
      appended.table.append(rowsOf(12, 'p', 'q'));
      const expected = [...lines, `${day(12)}|p|1`, `${day(12)}|q|2`];
      expect([linesIn(replaced), linesIn(appended)]).toEqual([expected, expected]);
    });
  });

  it('Q8 · a failure at any call leaves no row without its date', () => {
    const quiet = mergedDays();
    quiet.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z', 'u')));
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= quiet.calls.length; at += 1) {
        const world = mergedDays();
        world.incidents.push({ at, when, fail: true });
        world.table.replace(ofDay(11, rowsOf(11, 'x', 'y', 'z', 'u')));
        expect({ at, dates: dates(world) }).toEqual({ at, dates: [10, 10, 10, 11, 11, 11, 11, 12, 12, 12] });
        expect(world.model.lastRow).toBe(11);
      }
    }
  });

  it.each(['Europe/Moscow', 'Africa/Cairo', 'America/New_York'])(
    'whatever the zone of the spreadsheet (%s)',
    timeZone => {
      const world = mergedDays({ timeZone });
      world.table.replace(ofDay(11, rowsOf(11, 'x')));
      expect(dates(world)).toEqual([10, 10, 10, 11, 12, 12, 12]);
    },
  );
});

describe('T1 · a run that is killed', () => {
  const start = () => {
    const world = mergedDays();
    world.user.type('Лист1', 13, 2, 'Итого');
    world.user.type('Лист1', 3, 8, 'заметка');
    return world;
  };
  it.each([
    ['more rows', ['x', 'y', 'z', 'u']],
    ['fewer rows', ['x']],
    ['no rows', []],
  ])('anywhere leaves what the next one mends: a merged day gets %s', (_, events) => {
    const quiet = start();
    quiet.table.replace(ofDay(11, rowsOf(11, ...events)));
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= quiet.calls.length; at += 1) {
        const world = start();
        world.incidents.push({ at, when, fail: true });
        for (let later = at + 1; later < at + 40; later += 1) {
          world.incidents.push({ at: later, when: 'before', fail: true });
        }
        expect(() => world.table.replace(ofDay(11, rowsOf(11, ...events)))).toThrow();
        world.incidents.length = 0;
        world.table.replace(ofDay(11, rowsOf(11, ...events)));
        const found = world.table.read().map(row => `${Number(row.date) - day(0)}${row.event}`);
        expect({ at, when, found }).toEqual({
          at,
          when,
          found: ['10a', '10b', '10c', ...events.map(event => `11${event}`), '12a', '12b', '12c'],
        });
        // No row is left that has lost its date.
        expect({ at, when, lines: linesIn(world).filter(text => text.split('|')[2]).length }).toEqual({
          at,
          when,
          lines: 6 + events.length,
        });
        expect(world.workbook.metadata.find(({ location }) => location.type === 'ROW')).toEqual([]);
        const text = linesIn(world).join('\n');
        expect([text.match(/Итого/g)?.length, text.match(/заметка/g)?.length]).toEqual([1, 1]);
      }
    }
  });
});
