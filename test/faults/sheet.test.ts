import { Stage } from '../campaign/stage';
import { placeOf, serialOfDate } from '../campaign/tables';
import { contentOf } from '../campaign/userEdits';
import { planned } from '../emulator/mishap';
import { oracleReport } from '../simulator/oracle';
import { ALWAYS, body } from './answers';
import {
  cells,
  complaintsOf,
  DAY,
  type Ending,
  evening,
  expectAllWell,
  expectNothingInvented,
  logOf,
  mailsOf,
  NEXT,
  problemsOf,
  rarePings,
} from './night';

const AFTER = '2026-11-20';
const COLLEAGUE = 'colleague@example.com';

const sheetOf = (stage: Stage, key: string) => placeOf(stage.world.workbook, key)!;
const OURS = ['report', 'days', 'pings', 'log', 'settings'] as const;

interface Deed {
  name: string;
  act(stage: Stage): void;
  ending?: Ending;
}

const DEEDS: Deed[] = [
  {
    name: 'S1 · sheets renamed, hidden, moved and duplicated',
    act(stage) {
      const { user } = stage.world.workbook;
      OURS.forEach((key, index) => {
        const { id } = sheetOf(stage, key).sheet;
        user.duplicateSheet(id);
        user.renameSheet(id, `Мой лист ${index}`);
        user.moveSheet(id, 1);
        if (key !== 'report') user.hideSheet(id);
      });
    },
  },
  {
    name: 'S3 · headers changed and cleared, columns moved, one inserted, one deleted',
    act(stage) {
      const { user } = stage.world.workbook;
      const { columns, sheet } = sheetOf(stage, 'report');
      user.type(sheet.id, 1, columns.get('count')!, 'How many');
      user.type(sheet.id, 1, columns.get('event')!, '');
      user.moveColumn(sheet.id, columns.get('count')!, 1);
      user.insertColumns(sheet.id, 2, 1);
      const days = sheetOf(stage, 'days');
      user.deleteColumns(days.sheet.id, days.columns.get('ownShare')!);
    },
  },
  {
    name: 'S4 · rows sorted, filtered, hidden, merged, a totals row below',
    act(stage) {
      const { user } = stage.world.workbook;
      const { columns, sheet } = sheetOf(stage, 'report');
      user.sortRows(sheet.id, columns.get('date')!, true);
      user.createFilter(sheet.id, { row: 1, column: 1, rows: sheet.lastRow, columns: 5 });
      user.hideRows(sheet.id, 3, 2);
      const days = sheetOf(stage, 'days').sheet;
      user.type(days.id, days.lastRow + 1, 3, '=COUNTA(A:A)&"user-total"');
    },
  },
  {
    name: 'S7 · formulas and notes beside and above our rows',
    act(stage) {
      const { user } = stage.world.workbook;
      const { sheet } = sheetOf(stage, 'report');
      for (let row = 2; row <= sheet.lastRow; row += 1) user.type(sheet.id, row, 8, `=C${row}&"user-${row}"`);
      user.addNote(sheet.id, 3, 2, 'спросить у Петра');
    },
  },
];

describe('S1, S3, S4, S7 · what users do between two nights', () => {
  it.each(DEEDS)(
    '$name: the days stand as they should, and what is theirs is where it was',
    ({ act, ending }) => {
      const stage = evening();
      stage.advance(`${NEXT}T04:10`);
      act(stage);
      const copies = stage.world.workbook.sheets.filter(({ title }) => /Копия/.test(title));
      const before = copies.map(contentOf);
      stage.advance(`${AFTER}T04:10`, rarePings);
      expectAllWell(stage, { days: [DAY, NEXT], ...ending });
      expect(copies.map(contentOf)).toEqual(before);
    },
  );
});

describe('S2 · a sheet deleted', () => {
  it.each(['report', 'days'] as const)(
    'S2 · %s: made anew, its days collected again by themselves, and said so',
    key => {
      const stage = evening();
      stage.advance(`${NEXT}T04:10`);
      stage.world.workbook.user.deleteSheet(sheetOf(stage, key).sheet.id);
      stage.advance(`${AFTER}T05:10`, rarePings);
      const problems = problemsOf(stage, { days: [DAY, NEXT] });
      expect(problems.filter(text => !text.startsWith('foreign: the column'))).toEqual([]);
      const said = logOf(stage).filter(({ what }) => /не было: он создан заново/.test(what));
      expect(said.map(({ effect }) => effect)).toEqual([expect.stringMatching(/соберутся заново сами/)]);
    },
  );

  it('S2 · pings: the loss is told, the peaks of the past stay', () => {
    const stage = evening();
    stage.advance(`${NEXT}T04:10`);
    const peaks = cells(stage, 'days', 'peakMs');
    stage.world.workbook.user.deleteSheet(sheetOf(stage, 'pings').sheet.id);
    stage.advance(`${AFTER}T04:10`, rarePings);
    expect(cells(stage, 'days', 'peakMs').slice(0, 1)).toEqual(peaks);
    const said = logOf(stage).filter(({ what }) => /«Пинги» не было/.test(what));
    expect(said.map(({ effect }) => effect)).toEqual([expect.stringMatching(/замеры потеряны/)]);
  });
});

describe('S5 · protected', () => {
  it.each(['report', 'days'] as const)(
    'S5 · %s, against whose triggers run: sheet and owner named, the day waits',
    key => {
      const stage = new Stage({
        ...{ seed: 'faults', zone: 'Europe/Moscow', firstDay: '2026-11-17', days: 4, perDay: 60 },
        begin: `${DAY}T22:50`,
      });
      stage.click('setUp', {}, { user: COLLEAGUE });
      const { sheet } = sheetOf(stage, key);
      stage.world.workbook.user.protectSheet(sheet.id);
      stage.advance(`${NEXT}T04:59`);
      expect(cells(stage, 'days', 'completeness').filter(text => text === 'полный')).toEqual([]);
      const told = complaintsOf(stage, 'Отчёт');
      // Who may write there is told where the platform tells it.
      expect(told).toEqual([expect.stringContaining(`Лист «${sheet.title}» защищён от записи`)]);
      sheet.protections = [];
      stage.advance(`${NEXT}T07:10`);
      expectAllWell(stage);
    },
  );
});

describe('S6 · somebody works in the sheet while we write', () => {
  it.each(['Range.getValues', 'Range.setValues', 'SpreadsheetApp.flush', 'Sheet.insertRowsAfter'])(
    'S6 · types beside our rows, inserts a row above, adds a note, at %s',
    door => {
      const stage = evening();
      stage.advance(`${NEXT}T04:10`);
      const { sheet } = sheetOf(stage, 'report');
      const { user } = stage.world.workbook;
      let nth = 0;
      const onCall = (call: string) => {
        if (call !== door) return;
        nth += 1;
        if (nth % 3 === 0) user.insertRows(sheet.id, 2, 1);
        if (nth % 3 === 1) user.type(sheet.id, 4, 9, `user-${nth}`);
        if (nth % 3 === 2) user.addNote(sheet.id, 5, 9, `user-${nth}`);
      };
      stage.advance(`${AFTER}T03:30`, (handler, at) =>
        handler === 'dailyReport' ? { onCall } : rarePings(handler, at),
      );
      stage.advance(`${AFTER}T06:10`, rarePings);
      expectAllWell(stage, { days: [DAY, NEXT] });
    },
  );
});

describe('S8 · locales', () => {
  it.each([
    ['ru_RU', '18.11.2026'],
    ['en_US', '2026-11-18'],
    ['de_DE', '2026-11-18'],
    ['kk_KZ', '2026-11-18'],
  ])('S8 · %s, a date column formatted as text: dates are dates, shown as %s', (locale, shown) => {
    const stage = evening({ locale });
    const { columns, sheet } = sheetOf(stage, 'report');
    stage.world.workbook.user.formatColumn(sheet.id, columns.get('date')!, '@');
    stage.advance(`${NEXT}T04:10`);
    expect(cells(stage, 'report', 'date')[0]).toBe(serialOfDate(DAY));
    expect(stage.world.workbook.display(sheet)[1]![columns.get('date')! - 1]).toBe(shown);
    expectAllWell(stage);
  });
});

it('S9 · names of the CRM’s that would be formulas, dates or marks are shown as they are', () => {
  const NASTY = [
    '=IMPORTXML("http://evil.example";"//a")',
    '+7 900',
    '-5',
    '@имя',
    '\t=1+1',
    '\r=1',
    '12.11',
    '\u202Eзад🙂',
  ];
  const stage = evening();
  stage.set('topEvents', '50');
  const renamed = new Map<string, string>();
  const nasty = body(text => {
    const list = JSON.parse(text) as { _embedded: { events_types: { key: string; lang: string }[] } };
    list._embedded.events_types.forEach((type, index) => {
      type.lang = NASTY[index % NASTY.length]!;
      renamed.set(type.key, type.lang.trim());
    });
    return JSON.stringify(list);
  });
  stage.simulator.plan('GET /api/v4/events/types', nasty, ALWAYS);
  stage.advance(`${NEXT}T04:10`);
  const names = cells(stage, 'report', 'event').map(String);
  const meant = NASTY.map(text => text.trim());
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(meant).toContain(name);
  expectAllWell(stage, { topEvents: 50, renamed });
});

it('S10 · a colleague’s copy of the spreadsheet starts disconnected: no request, no mail, no trigger of its own', () => {
  const stage = evening();
  stage.advance(`${NEXT}T04:10`);
  // What a copy has: the sheets with their marks, and a script without properties and triggers.
  const { world } = stage;
  world.triggers.length = 0;
  world.properties().clear();
  const [sent, mailed] = [world.requests, world.mail.length];
  const before = ['report', 'days', 'pings'].map(key => contentOf(sheetOf(stage, key).sheet));
  stage.advance(`${AFTER}T04:10`);
  world.run('onOpen', { context: 'simple-trigger', user: COLLEAGUE });
  expect(world.mail).toHaveLength(mailed);
  const { dialogs } = world.run('runReportNow', { user: COLLEAGUE, answers: () => 'OK' });
  expect(dialogs[0]!.text).toMatch(/^Не настроено: .*«Долгосрочный токен»/);
  expect([world.requests, world.triggers.length]).toEqual([sent, 0]);
  expect(['report', 'days', 'pings'].map(key => contentOf(sheetOf(stage, key).sheet))).toEqual(before);
  stage.click('setUp', {}, { user: COLLEAGUE });
  expect(world.triggers.map(({ owner }) => owner)).toEqual([COLLEAGUE, COLLEAGUE]);
});

describe('S11 · access', () => {
  it('S11 · lowered to viewing: nothing is half written, a mail says so, and the day is there afterwards', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    const { workbook, owner } = stage.world;
    workbook.viewers.add(owner);
    const before = workbook.sheets.map(contentOf);
    stage.advance(`${NEXT}T05:20`);
    expect(workbook.sheets.map(contentOf)).toEqual(before);
    expect(mailsOf(stage)).toContain('amoCRM Monitor: «Отчёт» не работает');
    workbook.viewers.clear();
    stage.advance(`${NEXT}T07:10`);
    expectAllWell(stage);
  });

  it('S11 · the file is in the trash: no call reaches it for hours, the runs fail in Google, and the state is kept', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    const kept = stage.world.properties().all();
    stage.mishaps = () =>
      planned([
        {
          kind: 'fail',
          side: 'before',
          at: call => /^(SpreadsheetApp|Spreadsheet|Sheet|Range)\./.test(call),
          times: ALWAYS,
        },
      ]);
    stage.advance(`${NEXT}T05:20`);
    stage.mishaps = undefined;
    expectNothingInvented(stage);
    expect(stage.world.properties().all()).toEqual(kept);
    stage.advance(`${NEXT}T07:10`);
    expectAllWell(stage);
  });
});

it('S12 · version history restored to last week: the days that are gone are collected again by themselves', () => {
  const stage = evening();
  stage.advance(`${NEXT}T04:10`);
  const old = (key: string) => stage.world.workbook.display(sheetOf(stage, key).sheet).length;
  const lengths = new Map(['report', 'days', 'pings', 'log'].map(key => [key, old(key)]));
  stage.advance('2026-11-21T04:10', rarePings);
  for (const [key, rows] of lengths) {
    const { sheet } = sheetOf(stage, key);
    stage.world.workbook.user.deleteRows(sheet.id, rows + 1, Math.max(1, sheet.lastRow - rows));
  }
  expect(cells(stage, 'days', 'date')).toEqual([serialOfDate(DAY)]);
  stage.advance('2026-11-22T05:10', rarePings);
  const days = [DAY, NEXT, AFTER, '2026-11-21'];
  expect(cells(stage, 'days', 'date')).toEqual(days.map(serialOfDate));
  expect(cells(stage, 'days', 'events')).toEqual(days.map(day => oracleReport(stage.simulator, day).total));
  // The pings of the days that were gone are lost, and nothing is put in their place.
  expect(cells(stage, 'days', 'pings').slice(1, 3)).toEqual([0, 0]);
  expect(cells(stage, 'days', 'peakMs').slice(1, 3)).toEqual(['', '']);
});
