import type { Stage } from '../campaign/stage';
import { placeOf } from '../campaign/tables';
import { countingOf } from '../campaign/workbookOracle';
import { oracleReport } from '../simulator/oracle';
import { cells, evening, expectAllWell, logOf, NEXT, rarePings } from './night';

const AFTER = '2026-11-20';

function settingOf(stage: Stage, key: string): { row: number; problem: string; value: unknown } {
  const { columns, sheet } = placeOf(stage.world.workbook, 'settings')!;
  for (let row = 2; row <= sheet.lastRow; row += 1) {
    if (sheet.value(row, columns.get('key')!) !== key) continue;
    const problem = String(sheet.value(row, columns.get('problem')!));
    return { row, problem, value: sheet.value(row, columns.get('value')!) };
  }
  throw new Error(`no row for ${key}`);
}

/** A good value other than the default, how the problem names it, and what does not fit. */
const SETTINGS: [key: string, good: string, inForce: string, bad: string[]][] = [
  ['topEvents', '7', '7', ['много', '-1', '0', '51', '500', '1000000000', '1,5', '01.02.2026', '#REF!']],
  ['timeZone', 'Europe/Berlin', 'Europe/Berlin', ['Москва', '3', '-1', 'Europe/Nowhere', '1,5']],
  ['reportTime', '02:30', '02:30', ['скоро', '25:00', '00:10', '-1', '99', '1e9']],
  ['pingMinutes', '30', '30', ['7', '0', '-5', '61', 'час', '1,5', '1000000000']],
  ['pingSamples', '2', '2', ['0', '6', '-1', 'два', '1,5', '1000000000']],
  ['requestsPerSecond', '4', '4', ['0', '8', '-1', '500', '1,5', 'быстро']],
  ['serviceAccounts', '9000003', '9000003', ['Иван', '1;x', '-5', '1e9']],
  ['clientActionsCount', 'нет', 'нет', ['может быть', '2', '-1', '1,5']],
  ['language', 'ru', 'ru', ['де', '1', '-1', '#N/A']],
  ['logLevel', 'DEBUG', 'DEBUG', ['всё', '1', '-1']],
  [
    'notifyEmail',
    'a@example.com',
    'a@example.com',
    ['a@example', 'a b@example.com', 'a@example.com, b@example.com', '1'],
  ],
  ['googlePlan', 'workspace', 'workspace', ['дорогой', '1', '-1']],
  ['keepPingsDays', '30', '30', ['0', '-1', 'год', '1000000000', '1,5']],
];

describe('C1 · a value that does not fit', () => {
  it.each(SETTINGS)(
    'C1 · %s: refused beside its cell, the last good value %s stays in force',
    (key, good, inForce, bad) => {
      const stage = evening();
      stage.set(key, ` ${good}  `);
      expect(settingOf(stage, key).problem).toBe('');
      for (const value of bad) {
        stage.set(key, value);
        const { problem } = settingOf(stage, key);
        expect({ value, problem }).toEqual({ value, problem: expect.stringMatching(/ не подходит: нуж/) });
        expect({ value, problem }).toEqual({
          value,
          problem: expect.stringContaining(`Пока действует ${inForce}.`),
        });
      }
      stage.set(key, '');
      expect(settingOf(stage, key).problem).toBe('');
    },
  );

  it('C1 · all of them at once: all problems are told, once a day, and the report is made with the last good values', () => {
    const stage = evening();
    stage.set('topEvents', '3');
    for (const [key, , , bad] of SETTINGS) if (key !== 'logLevel') stage.set(key, bad[0]!);
    stage.advance(`${NEXT}T04:10`);
    const problems = logOf(stage).map(({ what }) => what);
    expect(problems).toHaveLength(SETTINGS.length - 1);
    for (const what of problems) expect(what).toMatch(/^Настройки, строка «.*»: .* не подходит/);
    expectAllWell(stage, { topEvents: 3 });
  });

  it('C1 · the address has no last good value: nothing is asked, and each run says why', () => {
    const stage = evening();
    stage.set('baseUrl', 'mycompany.evil.example');
    const sent = stage.world.requests;
    stage.advance(`${NEXT}T04:10`);
    expect(stage.world.requests).toBe(sent);
    expect(settingOf(stage, 'baseUrl').problem).toMatch(
      /Пока адрес не исправлен, замеры и отчёты не выполняются/,
    );
  });
});

describe('C2 · rows of the settings', () => {
  it('C2 · deleted: the default, a warning, and set-up brings the row back', () => {
    const stage = evening();
    stage.set('topEvents', '3');
    const { sheet } = placeOf(stage.world.workbook, 'settings')!;
    stage.world.workbook.user.deleteRows(sheet.id, settingOf(stage, 'topEvents').row);
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage).map(({ what }) => what)).toEqual([
      expect.stringMatching(/«Событий в отчёте»: Строки нет на листе, действует значение по умолчанию/),
    ]);
    expectAllWell(stage, { topEvents: 5 });
    stage.click('setUp');
    expect(settingOf(stage, 'topEvents').problem).toBe('');
  });

  it('C2 · doubled: the upper one wins, and the lower one says so', () => {
    const stage = evening();
    stage.set('topEvents', '3');
    const { columns, sheet } = placeOf(stage.world.workbook, 'settings')!;
    const row = sheet.lastRow + 1;
    stage.world.workbook.user.type(sheet.id, row, columns.get('key')!, 'topEvents');
    stage.world.type(sheet.id, row, columns.get('value')!, '9');
    expect(sheet.value(row, columns.get('problem')!)).toMatch(/уже есть выше. Действует верхняя/);
    stage.advance(`${NEXT}T04:10`);
    expectAllWell(stage, { topEvents: 3 });
  });

  it('C2 · renamed: what a person reads may change, the key counts', () => {
    const stage = evening();
    stage.set('topEvents', '3');
    const { columns, sheet } = placeOf(stage.world.workbook, 'settings')!;
    const { row } = settingOf(stage, 'topEvents');
    stage.world.workbook.user.type(sheet.id, row, columns.get('setting')!, 'Сколько показывать');
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage, { topEvents: 3 });
  });
});

it.each([
  ['0', 5],
  ['1', 1],
  ['50', 50],
  ['500', 5],
])('C3 · the first %s events: %d of them are shown', (text, topEvents) => {
  const stage = evening();
  stage.set('topEvents', text);
  stage.advance(`${NEXT}T04:10`);
  expectAllWell(stage, { topEvents });
});

it('C5 · a person on holiday and an id that is gone among the service users: from the next day on, old days stay', () => {
  const stage = evening();
  stage.advance(`${NEXT}T04:10`);
  const before = cells(stage, 'days', 'automated');
  stage.set('serviceAccounts', '9000002, 123');
  stage.serviceAccounts = [9_000_002, 123];
  stage.advance(`${AFTER}T04:10`, rarePings);
  const right = oracleReport(stage.simulator, NEXT, countingOf(stage, NEXT));
  expect(cells(stage, 'days', 'automated')).toEqual([...before, right.automated]);
  expect(logOf(stage)).toEqual([]);
});

it('C6 · an address for mails that is none is refused at once, and no mail goes astray', () => {
  const stage = evening();
  stage.set('notifyEmail', '');
  stage.set('notifyEmail', 'boss@example');
  expect(settingOf(stage, 'notifyEmail').problem).toMatch(/нужен один адрес почты/);
  stage.simulator.outage(stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T04:30`));
  stage.advance(`${NEXT}T06:10`);
  expect(stage.world.mail).toEqual([]);
  expectAllWell(stage);
});

it.each([1, 60, 200, 700])(
  'C7 · settings edited in the middle of a run (call %d from its first request on) hold from the next one on',
  nth => {
    const stage = evening();
    let calls = 0;
    const onCall = (call: string) => {
      if (calls > 0 || call.startsWith('UrlFetchApp.')) calls += 1;
      if (calls !== nth) return;
      stage.set('topEvents', '2');
      stage.set('serviceAccounts', '9000002');
    };
    stage.advance(`${NEXT}T04:10`, handler => (handler === 'dailyReport' ? { onCall } : undefined));
    expectAllWell(stage);
    stage.advance(`${AFTER}T04:10`, rarePings);
    expect(cells(stage, 'report', 'date')).toHaveLength(7);
    stage.serviceAccounts = [9_000_002];
    const right = oracleReport(stage.simulator, NEXT, countingOf(stage, NEXT));
    expect(cells(stage, 'days', 'automated')[1]).toBe(right.automated);
  },
);
