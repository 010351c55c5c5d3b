import { eventTypes } from '../simulator/eventTypeNames';
import type { FaultName } from '../simulator/faults';
import { oracleReport } from '../simulator/oracle';
import { column, company, DAY, event, expectedRows, shift, shown, tryOut, wall } from './product';

const russian = (type: string) => eventTypes('ru', []).find(({ key }) => key === type)?.lang ?? type;
const eventRows = (rows: string[][]) => rows.map(row => row.slice(0, 3));

describe('the report agrees with the oracle', () => {
  it.each([
    ['newest first', { order: 'newest-first' as const }],
    ['oldest first', { order: 'oldest-first' as const }],
    ['borders left out by the server', { inclusiveBounds: false }],
    ['links on another host', { sharedHostLinks: true }],
  ])('M2 M3 M4 M5 M7 M8 M11 T5 T6 T7 T8 · %s', (_, options) => {
    const simulator = company(options);
    const { world, reports } = tryOut(simulator);
    expect(reports).toEqual([{ day: DAY, complete: true, problems: [] }]);
    const oracle = oracleReport(simulator, DAY);
    expect(eventRows(shown(world, 'report'))).toEqual(expectedRows(oracle, russian));
    expect(column(world, 'days', 'events')).toEqual([oracle.total]);
    expect(column(world, 'days', 'automated')).toEqual([oracle.automated]);
    expect(simulator.ledger.violations).toEqual([]);
    expect(simulator.ledger.refusedByRate).toBe(0);
  });

  it.each([
    ['a day of 23 hours', '2026-03-29', 'Europe/Berlin'],
    ['a day of 25 hours', '2026-10-25', 'Europe/Berlin'],
    ['a day that has no midnight', '2026-04-24', 'Africa/Cairo'],
    ['a zone of +05:45', '2026-11-18', 'Asia/Kathmandu'],
    ['the last day of a year', '2026-12-31', 'Pacific/Kiritimati'],
  ])('M6 M15 · %s, with script and spreadsheet in other zones', (_, date, timeZone) => {
    const simulator = company({ date, timeZone });
    const { world, reports } = tryOut(simulator, {
      firstDay: date,
      sheetZone: 'America/New_York',
      scriptZone: 'Pacific/Auckland',
      pings: 288,
      again: true,
    });
    expect(reports.map(({ complete }) => complete)).toEqual([true, true]);
    expect(eventRows(shown(world, 'report'))).toEqual(expectedRows(oracleReport(simulator, date), russian));

    const ms = column(world, 'pings', 'ms') as number[];
    const peak = Math.max(...ms);
    const peakTime = shown(world, 'pings')[ms.indexOf(peak)]![0]!.slice(-5);
    expect(shown(world, 'report')[0]!.slice(3)).toEqual([String(peak), peakTime]);
  });

  it('M5 · counts events that stand on a second border to the day they belong to', () => {
    const zone = 'Europe/Moscow';
    const at = (day: string, time: string) => new Date(wall(day, time, zone)).toISOString();
    const simulator = company({
      events: [
        event(at(shift(DAY, -1), '23:59:59'), 'task_added'),
        event(at(DAY, '00:00:00'), 'task_added'),
        event(at(DAY, '23:59:59'), 'task_added'),
        event(at(shift(DAY, 1), '00:00:00'), 'task_added'),
      ],
    });
    expect(eventRows(shown(tryOut(simulator).world, 'report'))).toEqual([
      ['18.11.2026', 'Новая задача', '2'],
    ]);
  });

  it('M7 · gives a day without automated events one row, with the peak', () => {
    const simulator = company({
      events: [event(`${DAY}T09:00:00Z`, 'task_added', 1)],
      users: [{ id: 1, name: 'A', isAdmin: true }],
    });
    const { world } = tryOut(simulator);
    const [row, ...others] = shown(world, 'report');
    expect(row!.slice(0, 3)).toEqual(['18.11.2026', 'Нет событий', '0']);
    expect(row![3]).toMatch(/^\d+$/);
    expect(row![4]).toMatch(/^0[01]:00$/);
    expect(others).toEqual([]);
  });

  it('M4 · remembers people after they leave', () => {
    const users = [
      { id: 1, name: 'Admin', isAdmin: true },
      { id: 2, name: 'Leaver' },
    ];
    const events = [
      event(`${DAY}T09:00:00Z`, 'task_added', 2),
      event(`${shift(DAY, 1)}T09:00:00Z`, 'task_added', 2),
    ];
    const simulator = company({ users, events });
    const { world } = tryOut(simulator, { days: 1 });
    simulator.deleteUser(2);
    world.jumpTo(wall(shift(DAY, 2), '03:00:00', 'Europe/Moscow'));
    world.run('dailyReport', { context: 'clock' });
    expect(eventRows(shown(world, 'report')).map(row => row[1])).toEqual(['Нет событий', 'Нет событий']);
  });

  it('M7 M9 T15 · replaces a day that is run again, keeps days in order, and takes the pings over once', () => {
    const simulator = company();
    const { world, reports } = tryOut(simulator, {
      days: 3,
      firstDay: shift(DAY, -1),
      again: true,
      pings: 3,
    });
    expect(reports.map(({ complete }) => complete)).toEqual([true, true, true, true]);
    const days = shown(world, 'report').map(row => row[0]);
    expect([...new Set(days)]).toEqual(['17.11.2026', '18.11.2026', '19.11.2026']);
    expect(days).toEqual([...days].sort());
    expect(days).toHaveLength(15);
    expect(shown(world, 'days')).toHaveLength(3);
    expect(shown(world, 'pings')).toHaveLength(9);
    expect(new Set(column(world, 'pings', 'entry')).size).toBe(9);
  });

  it('M6 T10 T15 · puts peak and time into the first row of the day only, as a date and a time', () => {
    const simulator = company({ latency: { min: 100, max: 120, byHour: [] } });
    const slowFrom = wall(DAY, '01:00:00', 'Europe/Moscow');
    simulator.slow('GET /api/v4/account', slowFrom, slowFrom + 60_000, 700);
    const { world } = tryOut(simulator, { pings: 3 });
    expect(column(world, 'report', 'peakMs').slice(1)).toEqual(['', '', '', '']);
    expect(shown(world, 'report')[0]![4]).toBe('01:00');
    expect(column(world, 'report', 'peakMs')[0]).toBeGreaterThanOrEqual(800);
    expect(column(world, 'report', 'date')[0]).toBe(46344);
    expect(Math.floor(column(world, 'report', 'peakTime')[0] as number)).toBe(46344);
  });
});

describe('faults that pass', () => {
  const temporary: FaultName[] = [
    'reset',
    'timeout',
    'dns',
    'cut-body',
    'json-500',
    'html-502',
    'html-503',
    'json-504',
    '429-json',
    '429-json-seconds',
    '429-json-date',
    '429-json-nonsense',
    '429-html',
    '429-html-seconds',
    'html-200',
    'empty-200',
    'json-garbage',
    'json-bom',
    'problem-in-200',
    'no-embedded',
    'embedded-null',
    'embedded-object',
    'phantom-next',
    'missing-next',
    'duplicate-event',
  ];

  it.each(temporary)('M14 · %s on an events page leaves the figures exact', fault => {
    const simulator = company({ perDay: 3_000 });
    simulator.plan('GET /api/v4/events?page=3', fault);
    const { world, reports } = tryOut(simulator, { pings: 0 });
    // Where amoCRM asks for five minutes of patience, another run goes on afterwards.
    const patience = fault.startsWith('429-json') || fault.endsWith('seconds') || fault.endsWith('date');
    expect(reports[0]!.problems).toEqual(patience ? [expect.stringContaining('просит подождать')] : []);
    expect(reports[0]!.complete).toBe(true);
    expect(eventRows(shown(world, 'report'))).toEqual(expectedRows(oracleReport(simulator, DAY), russian));
    expect(simulator.unmetFaults()).toEqual([]);
  });

  it('M14 · several faults in a row on one page are outlasted', () => {
    const simulator = company({ perDay: 3_000 });
    for (const fault of ['html-502', 'reset', 'cut-body', 'html-200', '429-html'] as const) {
      simulator.plan('GET /api/v4/events?page=2', fault);
    }
    expect(tryOut(simulator).reports[0]!.complete).toBe(true);
  });
});

it('M14 · H12 · a wait longer than a run is left to the next one, and kept to the second', () => {
  const simulator = company({ perDay: 3_000 });
  simulator.plan('GET /api/v4/events?page=2', '429-html-seconds', { retryAfter: 600 });
  const { reports } = tryOut(simulator, { pings: 0 });
  expect(reports[0]).toEqual({
    day: DAY,
    complete: true,
    problems: [expect.stringMatching(/просит подождать.*продолжится сам 19\.11\.2026 03:1\d/)],
  });
  const { requests } = simulator.ledger;
  const asked = requests.find(({ status }) => status === 429)!;
  // What left together with it could not know.
  const next = requests.find(({ at }) => at >= asked.heardAt)!;
  expect(next.at - asked.at).toBeGreaterThanOrEqual(600_000);
});

describe('faults that stay', () => {
  const cases: [FaultName, string, RegExp][] = [
    ['html-200', '*', /страницей \(HTML\)/],
    ['html-502', '*', /Сбой на стороне amoCRM \(502\)/],
    ['reset', '*', /нет связи с сервером/],
    ['401', '*', /не принимает токен \(401\)/],
    ['402', '*', /не оплачена \(402\)/],
    ['403-json', 'GET /api/v4/users', /нет нужных прав \(403\)/],
    ['403-html', '*', /страница блокировки/],
    ['404', '*', /нет аккаунта amoCRM \(404\)/],
    ['redirect-302', '*', /перенаправляет/],
    ['400', 'GET /api/v4/events', /отклонил запрос \(400\)/],
    ['users-page-missing', 'GET /api/v4/users', /неполный список пользователей/],
  ];

  it.each(cases)(
    'M14 M16 · %s on %s: one row in the log says why, nothing is invented',
    (fault, where, cause) => {
      const simulator = company();
      const { world } = tryOut(simulator, { days: 1, pings: 1 });
      const before = world.workbook.sheets.map(sheet => JSON.stringify(world.workbook.display(sheet)));
      const logged = shown(world, 'log').length;

      simulator.plan(where, fault, { times: 1000 });
      world.jumpTo(wall(shift(DAY, 2), '03:00:00', 'Europe/Moscow'));
      const outcome = world.run('dailyReport', { context: 'clock' });

      expect(outcome.error).toBeUndefined();
      const rows = shown(world, 'log').slice(logged);
      expect(rows).toHaveLength(1);
      const [, job, level, what, effect, todo, seconds] = rows[0]!;
      expect([job, level]).toEqual(['Отчёт', 'ERROR']);
      expect(what).toMatch(cause);
      expect(effect).toBe(
        fault === '401'
          ? 'Данные целы. Пропущенные дни соберутся сами после подключения.'
          : 'Отчёт за 19.11.2026 пока не записан. Прежние строки не изменены, замеры сохранены, собранное не потеряно.',
      );
      expect(todo).not.toBe('');
      expect(Number(seconds)).toBeLessThan(270);
      const after = world.workbook.sheets.map(sheet => JSON.stringify(world.workbook.display(sheet)));
      const changed = world.workbook.sheets.filter((_, index) => after[index] !== before[index]);
      expect(changed.map(({ title }) => title)).toEqual(['Журнал']);
    },
  );
});
