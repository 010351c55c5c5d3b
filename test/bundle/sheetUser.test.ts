import type { Sheet, Workbook } from '../emulator/spreadsheet';
import type { World } from '../emulator/world';
import { locateColumns, ownSheet } from '../local/columns';
import { eventTypes } from '../simulator/eventTypeNames';
import { oracleReport } from '../simulator/oracle';
import type { Simulator } from '../simulator/simulator';
import { company, DAY, expectedRows, shift, tryOut, wall } from './product';

const DETAILS = ['hours', 'processes', 'loops', 'latency'];
const DETAIL_TITLES = ['Часы', 'Процессы', 'Циклы', 'Задержка по часам'];
const TABLES = ['report', 'days', ...DETAILS, 'pings', 'log', 'settings'];
const DAYS = [DAY, shift(DAY, 1), shift(DAY, 2)] as const;
const russian = (type: string) => eventTypes('ru', []).find(({ key }) => key === type)?.lang ?? type;

interface Ready {
  simulator: Simulator;
  world: World;
  workbook: Workbook;
  user: Workbook['user'];
  /** The report's sheet, and where its columns are. */
  sheet: Sheet;
  columns: Map<string, number>;
}

/** A spreadsheet with the report of one day. */
function ready(): Ready {
  const simulator = company({ perDay: 60 });
  const { world } = tryOut(simulator, { pings: 1 });
  const { workbook } = world;
  return { simulator, world, workbook, user: workbook.user, ...locateColumns(workbook, 'report') };
}

/** The reports of two further nights, of which the second day has no events at all. */
function twoMoreNights({ world }: Ready): void {
  for (const day of DAYS.slice(1)) {
    world.jumpTo(wall(shift(day, 1), '03:00:00', 'Europe/Moscow'));
    expect(world.run('dailyReport', { context: 'clock' }).error).toBeUndefined();
  }
}

/** Our rows of the report as `date event count`, from the top. Merged dates stand for all rows they cover. */
function reportRows({ workbook }: Ready): string[] {
  const { sheet, columns } = locateColumns(workbook, 'report');
  const shown = workbook.display(sheet);
  const rows: string[] = [];
  for (let row = 2; row <= sheet.lastRow; row += 1) {
    const date = columns.get('date')!;
    const merge = sheet.merges.find(
      ({ row: from, rows: count, column }) => column === date && row >= from && row < from + count,
    );
    const dateRow = merge?.row ?? row;
    if (!/^\d\d\.\d\d\.\d{4}$/.test(shown[dateRow - 1]?.[date - 1] ?? '')) continue;
    const cell = (key: string) => shown[row - 1]?.[(columns.get(key) ?? 99) - 1] ?? '';
    rows.push([shown[dateRow - 1]![date - 1], cell('event'), cell('count')].join(' '));
  }
  return rows;
}

function expected({ simulator }: Ready, ...days: string[]): string[] {
  return days.flatMap(day => expectedRows(oracleReport(simulator, day), russian).map(row => row.join(' ')));
}

/**
 * Everything in the workbook that is not ours: contents, notes and formats of foreign sheets, of the user's columns
 * in our sheets, and of rows without our key. Where it stands may change, as rows and columns move.
 */
function foreignCells({ workbook }: Ready): string[] {
  const found: string[] = [];
  for (const sheet of workbook.sheets) {
    const key = TABLES.find(name => ownSheet(workbook, name) === sheet);
    const ours = key ? new Set(locateColumns(workbook, key).columns.values()) : new Set<number>();
    for (let row = 1; row <= sheet.maxRows; row += 1) {
      for (let column = 1; column <= sheet.maxColumns; column += 1) {
        const cell = sheet.cell(row, column);
        if (!cell || (!cell.filled && !cell.note)) continue;
        const isOurs =
          key !== undefined && ours.has(column) && (row === 1 || key !== 'report' || isOurRow(workbook, row));
        // What a formula refers to may move; that it is there, and where it points, is tested by itself.
        const formula = cell.formula.replace(/\d+/g, '#');
        if (!isOurs) found.push([sheet.id, formula || cell.value, cell.note, cell.format].join('¦'));
        else if (cell.note) found.push([sheet.id, cell.note].join('¦'));
      }
    }
  }
  return found.sort();
}

/** By its date: a merged one stands for all rows it covers, one in a column formatted as text is a text. */
function isOurRow(workbook: Workbook, row: number): boolean {
  const { sheet, columns } = locateColumns(workbook, 'report');
  const date = columns.get('date');
  if (date === undefined) return false;
  const merge = sheet.merges.find(
    ({ row: from, rows, column }) => column === date && row >= from && row < from + rows,
  );
  const value = sheet.value(merge?.row ?? row, date);
  return typeof value === 'number' || /^\d\d\.\d\d\.\d{4}$/.test(String(value));
}

const all = (it: Ready) => expected(it, ...DAYS);

const cases: [string, (it: Ready) => void, ((it: Ready) => string[])?][] = [
  [
    'S1 · sheets renamed',
    ({ user }) => {
      user.renameSheet('Отчёт', 'Итоги');
      user.renameSheet('Дни', 'Отчёт');
      user.renameSheet('Журнал', 'Log');
    },
  ],
  [
    'S1 · sheets hidden',
    ({ user }) => {
      for (const title of ['Отчёт', 'Дни', ...DETAIL_TITLES, 'Пинги', 'Журнал']) user.hideSheet(title);
    },
  ],
  [
    'S1 · sheets moved',
    ({ user }) => {
      user.moveSheet('Отчёт', 5);
      user.moveSheet('Настройки', 1);
    },
  ],
  [
    'S1 · every sheet duplicated',
    ({ user }) => {
      for (const title of ['Отчёт', 'Дни', ...DETAIL_TITLES, 'Пинги', 'Журнал', 'Настройки'])
        user.duplicateSheet(title);
    },
  ],
  [
    'S1 · the copy moved to the front, and the original renamed',
    ({ user, sheet }) => {
      user.moveSheet(user.duplicateSheet('Отчёт').id, 1);
      user.renameSheet('Отчёт', 'Старый отчёт');
      user.renameSheet('Отчёт (копия)', 'Отчёт');
      expect(sheet.title).toBe('Старый отчёт');
    },
  ],
  ['S1 · a copy without the hidden marks', ({ user }) => void user.duplicateSheet('Отчёт', false)],
  ['S1 · the copy of a copy', ({ user }) => void user.duplicateSheet(user.duplicateSheet('Отчёт').id)],
  [
    'S1 S2 · the original deleted, the copy kept',
    ({ user }) => {
      user.duplicateSheet('Отчёт');
      user.deleteSheet('Отчёт');
    },
  ],
  ['S2 · the report deleted', ({ user }) => user.deleteSheet('Отчёт')],
  [
    'S2 · the log, the days and the pings deleted',
    ({ user }) => {
      for (const title of ['Журнал', 'Дни', 'Пинги']) user.deleteSheet(title);
    },
  ],
  [
    'S3 · headers translated, cleared and doubled',
    ({ user, columns }) => {
      user.type('Отчёт', 1, columns.get('event')!, 'Event type');
      user.type('Отчёт', 1, columns.get('count')!, '');
      user.type('Отчёт', 1, columns.get('peakMs')!, 'Дата');
    },
  ],
  [
    'S3 · columns moved, in and between ours',
    ({ user }) => {
      user.moveColumn('Отчёт', 1, 5);
      user.moveColumn('Отчёт', 2, 4);
      user.insertColumns('Отчёт', 2, 2);
      user.type('Отчёт', 1, 2, 'Моё');
      user.type('Отчёт', 3, 2, 'важно');
    },
  ],
  ['S3 · the date column moved to the far right', ({ user }) => user.moveColumn('Отчёт', 1, 10)],
  [
    'S3 · a column of ours deleted',
    ({ user, columns }) => user.deleteColumns('Отчёт', columns.get('peakMs')!),
  ],
  [
    'S3 · the event column deleted: the events of the past are gone, the counts stay',
    ({ user, columns }) => user.deleteColumns('Отчёт', columns.get('event')!),
    it => [...expected(it, DAY).map(row => row.replace(/ .* /, '  ')), ...expected(it, DAYS[1], DAYS[2])],
  ],
  ['S4 · sorted newest first', ({ user, columns }) => user.sortRows('Отчёт', columns.get('date')!, false)],
  [
    'S4 · sorted by count',
    ({ user, columns }) => user.sortRows('Отчёт', columns.get('count')!),
    it => [
      ...expected(it, DAY).sort((a, b) => Number(a.split(' ').at(-1)) - Number(b.split(' ').at(-1))),
      ...expected(it, DAYS[1], DAYS[2]),
    ],
  ],
  [
    'S4 · filtered, with hidden rows',
    ({ user, sheet }) => {
      user.createFilter('Отчёт', { row: 1, column: 1, rows: sheet.lastRow, columns: 5 });
      user.hideRows('Отчёт', 2, 4);
    },
  ],
  [
    'S4 · a totals row below',
    ({ user, sheet, columns }) => {
      const row = sheet.lastRow + 1;
      user.type('Отчёт', row, columns.get('date')!, 'Итого');
      user.type('Отчёт', row, columns.get('count')!, `=SUM(C2:C${row - 1})`);
      user.addNote('Отчёт', row, columns.get('count')!, 'сумма за всё время');
    },
  ],
  [
    'S4 · a totals row after a gap, and remarks further down',
    ({ user, sheet }) => {
      user.type('Отчёт', sheet.lastRow + 3, 2, 'Итого');
      user.type('Отчёт', sheet.lastRow + 3, 4, 'проверил Иванов');
    },
  ],
  [
    'S4 · dates merged',
    ({ user, sheet }) => user.merge('Отчёт', { row: 2, column: 1, rows: sheet.lastRow - 1, columns: 1 }),
  ],
  [
    'S4 · dates merged, as many rows of an empty block below too',
    ({ user, sheet }) => {
      const rows = sheet.lastRow - 1;
      user.merge('Отчёт', { row: 2, column: 1, rows, columns: 1 });
      user.merge('Отчёт', { row: rows + 2, column: 1, rows, columns: 1 });
    },
  ],
  [
    'S7 · formulas and notes beside our rows',
    ({ user, sheet, columns }) => {
      for (let row = 2; row <= sheet.lastRow; row += 1) user.type('Отчёт', row, 7, `=C${row}*2`);
      user.type('Отчёт', 1, 7, 'Вдвое');
      user.addNote('Отчёт', 3, columns.get('event')!, 'спросить у Петра');
    },
  ],
  [
    'S7 · a sheet of their own that computes from ours',
    ({ user, workbook }) => {
      const own = workbook.addSheet('Сводка');
      user.type(own.id, 1, 1, '=SUM(Отчёт!C2:C200)');
      user.type(own.id, 1, 2, "=MAX('Дни'!H:H)");
      user.addNote(own.id, 1, 1, 'для шефа');
    },
  ],
  [
    'S8 · a column formatted as text',
    ({ user, columns }) => {
      for (const key of ['date', 'count', 'peakTime']) user.formatColumn('Отчёт', columns.get(key)!, '@');
    },
  ],
];

describe('what users do to the report', () => {
  it.each(cases)(
    '%s: the days after stand as they should, and nothing else has changed',
    (_, act, wanted = all) => {
      const it = ready();
      act(it);
      const before = foreignCells(it);
      twoMoreNights(it);
      const rows = wanted(it);
      const found = reportRows(it);
      expect([...found].sort()).toEqual([...rows].sort());
      const isNewestFirst = found[0]?.startsWith(DAYS[2].split('-').reverse().join('.'));
      const days = found.map(row => row.slice(0, 10));
      const ascending = [...days].sort();
      expect(days).toEqual(isNewestFirst ? ascending.reverse() : ascending);
      expect(foreignCells(it)).toEqual(before);
    },
  );

  it('S3 · the date column deleted: what is left of the past stays as it is, all days come anew', () => {
    const it = ready();
    it.user.deleteColumns('Отчёт', it.columns.get('date')!);
    const events = (from: Ready) =>
      from.workbook
        .display('Отчёт')
        .slice(1)
        .map(row => row.slice(0, 2).join(' '));
    const before = events(it);
    twoMoreNights(it);
    expect(reportRows(it)).toEqual(expected(it, ...DAYS));
    expect(
      events(it)
        .filter(row => row !== ' ')
        .slice(-before.length),
    ).toEqual(before);
  });

  it('S1 · a mark of the first version is understood and renewed, the lowest id being the original', () => {
    const it = ready();
    for (const entry of it.workbook.metadata.find(({ key }) => key === 'amoMonitor.sheet')) {
      entry.value = entry.value!.replace(/@.*/, '');
    }
    const copy = it.user.duplicateSheet('Отчёт');
    it.user.moveSheet(copy.id, 1);
    const marks = () =>
      it.workbook.metadata
        .find(({ key, value }) => key === 'amoMonitor.sheet' && value!.startsWith('report'))
        .map(({ value }) => value);
    expect(marks()).toEqual(['report', 'report']);
    const before = it.workbook.display(copy);
    twoMoreNights(it);
    expect(marks()).toEqual([`report@${it.sheet.id}`, `report@${it.sheet.id}`]);
    expect(reportRows(it)).toEqual(all(it));
    expect(it.workbook.display(copy)).toEqual(before);
  });

  it('S4 · dates that were merged stay merged when the day is reported again as it was', () => {
    const it = ready();
    it.user.merge('Отчёт', { row: 2, column: 1, rows: it.sheet.lastRow - 1, columns: 1 });
    const again = () => it.world.run('runReportNow', { answers: () => 'OK' });
    expect(again().error).toBeUndefined();
    expect(it.sheet.merges).toHaveLength(1);
    expect(reportRows(it)).toEqual(expected(it, DAY));
  });

  it('S7 · formulas keep pointing at the rows they pointed at when a day is reported again', () => {
    const it = ready();
    twoMoreNights(it);
    it.user.type('Отчёт', 1, 8, '=C7');
    const pointed = () =>
      it.workbook.display('Отчёт')[Number(/\d+/.exec(it.sheet.cell(1, 8)!.formula)![0]) - 1]!.slice(0, 2);
    const before = pointed();
    it.world.jumpTo(wall(shift(DAYS[2], 1), '09:00:00', 'Europe/Moscow'));
    it.user.deleteRows('Отчёт', 3);
    it.world.run('runReportNow', { answers: () => 'OK' });
    expect(pointed()).toEqual(before);
  });

  it.each([
    ['the sheet', (it: Ready) => it.user.protectSheet('Отчёт')],
    ['the sheet of the days', (it: Ready) => it.user.protectSheet('Дни')],
    [
      'our columns',
      (it: Ready) => it.user.protectRange('Отчёт', { row: 1, column: 1, rows: 100, columns: 3 }),
    ],
    [
      'the header of the days',
      (it: Ready) => it.user.protectRange('Дни', { row: 1, column: 1, rows: 1, columns: 3 }),
    ],
  ])(
    'S5 · %s protected against whoever runs it: nothing is lost, and written when it is allowed again',
    (_, protect) => {
      const it = ready();
      it.user.type('Отчёт', 3, 8, 'моё');
      protect(it);
      it.world.jumpTo(wall(DAYS[2], '03:00:00', 'Europe/Moscow'));
      const before = foreignCells(it);
      const outcome = it.world.run('dailyReport', { context: 'clock', user: 'colleague@example.com' });
      expect(outcome.error).toBeUndefined();
      expect(outcome.killed).toBeUndefined();
      for (const sheet of it.workbook.sheets) sheet.protections = [];
      it.world.run('runReportNow', { answers: () => 'OK' });
      expect(reportRows(it)).toEqual(expected(it, DAY, DAYS[1]));
      expect(foreignCells(it)).toEqual(before);
    },
  );

  it('S11 · rights lowered to viewing: every run ends by itself, and nothing is half written', () => {
    const it = ready();
    it.workbook.viewers.add(it.world.owner);
    const before = it.workbook.sheets.map(sheet => it.workbook.display(sheet));
    it.world.jumpTo(wall(DAYS[2], '03:00:00', 'Europe/Moscow'));
    const outcome = it.world.run('dailyReport', { context: 'clock' });
    expect(outcome.error).toBeUndefined();
    expect(it.workbook.sheets.map(sheet => it.workbook.display(sheet))).toEqual(before);
    it.workbook.viewers.clear();
    it.world.run('runReportNow', { answers: () => 'OK' });
    expect(reportRows(it)).toEqual(expected(it, DAY, DAYS[1]));
  });

  it('Q7 · new sheets are as small as they need to be', () => {
    const { workbook } = ready();
    const cells = TABLES.map(key => {
      const { sheet, columns } = locateColumns(workbook, key);
      return [sheet.maxRows, sheet.maxColumns - columns.size];
    });
    expect(cells).toEqual(TABLES.map(() => [201, 5]));
  });
});
