import { serialOfDay } from '../../src/core/day';
import { knownUsers } from '../../src/core/knownUsers';
import { latencyLog, withPing } from '../../src/core/latencyLog';
import { pingOfRow, pingRow } from '../../src/core/report';
import { TEXTS } from '../../src/core/texts';
import { json, listPage, pathOf, queryOf, text } from '../support/amoAnswers';
import {
  BUSY_DAY,
  DAY,
  events,
  FROM,
  logged,
  logOf,
  NO_PINGS,
  PINGS,
  ping,
  REPORT,
  story,
  TO,
  ZONE,
} from '../support/reportStory';
import { NAMES_ASKED, type SmallAccount } from '../support/smallAccount';

/** The hour of `BUSY_DAY` with most events, by everybody. */
const BUSIEST_HOUR = busiestHour();
function busiestHour(): number {
  const counts = Array<number>(24).fill(0);
  for (const { created_at: at } of BUSY_DAY) {
    const hour = Math.floor((Number(at) - FROM) / 3_600);
    if (hour in counts) counts[hour]! += 1;
  }
  return counts.indexOf(Math.max(...counts));
}

describe('T7, T8, T11, T15, M2–M7 · dailyReport', () => {
  it('T11 · T15 · M7 · writes yesterday’s top five, the peak and its time', () => {
    const { world, tables, run } = story();
    expect(run()).toBe(true);
    expect(tables.report).toEqual(REPORT);
    expect(tables.days).toEqual([
      {
        ...{ date: DAY, completeness: 'полный', events: 306, automated: 229, manual: 77 },
        ...{ pings: 3, pingsFailed: 1, medianMs: 355, peakMs: 509, peakTime: REPORT[0]!.peakTime },
        ...{ p95Ms: 509, p99Ms: '', slowestHour: 13 },
        ...{ requests: world.requests.length, ownRequests: '', ownShare: '' },
        // No event says what it happened to, so each is an operation of its own.
        ...{ operations: 229, busiestHour: BUSIEST_HOUR, unexplained: '' },
        ...{ robot: 79, client: 120, service: 0, unknown: 30, person: 77, former: 0 },
        ...{ robotShare: 79 / 306, clientShare: 120 / 306, serviceShare: 0 },
        ...{ unknownShare: 30 / 306, personShare: 77 / 306, formerShare: 0 },
        note: 'Неудачные замеры: ответ 503: сбой на стороне amoCRM',
      },
    ]);
    expect(tables.log).toMatchObject([
      {
        level: 'WARN',
        job: 'Отчёт',
        what: expect.stringContaining('Отчёт за 18.11.2026 готов: событий 306, из них автоматических 229'),
      },
    ]);
  });

  it('M3 · T13 · asks the account, its users, its names and the day’s events, and little more', () => {
    const { world, tables, run } = story();
    run();
    const asked = world.requests.map(({ request }) => pathOf(request));
    const windows = asked.filter(path => path === '/api/v4/events');
    expect(asked).toEqual([
      ...['/api/v4/account', '/api/v4/users', '/api/v4/events/types'],
      ...[...NAMES_ASKED, ...windows],
    ]);
    // 306 events in windows of two hours at most, and the last hour once more.
    expect(windows.length).toBeLessThan(18);
    expect(tables.days[0]).toMatchObject({ requests: asked.length });
    expect(world.requests.every(({ request }) => new URL(request.url).host === 'mycompany.amocrm.ru')).toBe(
      true,
    );
  });

  it('D4 · T7 · asks for windows that cover the day without a gap, a second more on either side, then its last hour again', () => {
    const { world, run } = story({ events: [] });
    run();
    const windows = world.requests
      .filter(({ request }) => pathOf(request) === '/api/v4/events')
      .map(({ request }) => queryOf(request))
      .map(query => [
        Number(query['filter[created_at][from]']) + 1,
        Number(query['filter[created_at][to]']) - 1,
      ]);
    expect(windows[0]![0]).toBe(FROM);
    const again = windows.pop()!;
    expect(again).toEqual([TO - 3_599, TO]);
    expect(windows[windows.length - 1]![1]).toBe(TO);
    windows.slice(1).forEach(([from], index) => {
      expect(from).toBe(windows[index]![1]! + 1);
    });
  });

  it('M10 · never sends more than requestsPerSecond in any sliding second', () => {
    for (const requestsPerSecond of [1, 5, 7]) {
      const { world, run } = story(
        { events: events('a', 2_000) },
        { settings: { requestsPerSecond }, latency: nth => (nth * 37) % 90 },
      );
      run();
      const all = world.requests.map(({ sent }) => sent);
      all.forEach((sent, index) => {
        // One more than allowed takes more than a second.
        expect((all[index + requestsPerSecond] ?? Number.POSITIVE_INFINITY) - sent).toBeGreaterThan(1_000);
      });
      expect(world.contents.tables.report[0]).toMatchObject({ count: 2_000 });
    }
  });

  it('T11 · M13 · ensures the headers, writes nothing into a table before everything is read, and calls the day complete last', () => {
    const { world, run } = story();
    run();
    const steps = world.steps.log;
    const lastRequest = steps.findLastIndex(step => step.startsWith('http.send'));
    const writes = steps.flatMap((step, index) =>
      /^(table\.(replace|append|trim)|workbook\.ensure)/.test(step) ? [index] : [],
    );
    expect(Math.min(...writes)).toBeGreaterThan(lastRequest);
    expect(writes.map(index => steps[index])).toEqual([
      ...['workbook.ensure', 'table.replace report', 'table.replace hours', 'table.replace processes'],
      ...['table.replace loops', 'table.replace latency', 'table.append pings', 'table.replace days'],
      'table.append log',
    ]);
  });

  it('M9 · the pings taken until the end of the day move to the sheet, and leave the log only after the sheet holds them', () => {
    const { world, tables, run } = story();
    run();
    expect(tables.pings).toEqual(PINGS.slice(0, 3).map(one => pingRow(one, ZONE, TEXTS.ru)));
    expect(logOf(world)).toEqual([PINGS[3]]);
    const steps = world.steps.log;
    const flushed = steps.indexOf('workbook.flush');
    expect(flushed).toBeGreaterThan(steps.indexOf('table.replace pings'));
    expect(steps.findIndex(step => step.startsWith('properties.change latency.1'))).toBeGreaterThan(flushed);
  });

  it('M7 · T15 · a second run gives the same rows, once', () => {
    const { world, tables, run } = story();
    run();
    const before = structuredClone({ ...tables, log: [] });
    world.clock.pass(10 * 60_000);
    expect(run()).toBe(true);
    const comparable = ({ requests: _, ...row }: Record<string, unknown>) => row;
    expect(tables.report).toEqual(before.report);
    expect(tables.pings).toEqual(before.pings);
    expect(tables.days.map(comparable)).toEqual(before.days.map(comparable));
    expect(tables.log).toHaveLength(2);
  });

  it('M7 · a ping that comes in later joins the day’s when it is reported again', () => {
    const { world, tables, run } = story();
    run();
    const late = ping('2026-11-18T20:00:00+03:00', 777);
    for (const [name, value] of withPing(latencyLog(Object.fromEntries(world.properties)), late).write) {
      world.properties.set(name, value);
    }
    run();
    expect(tables.report[0]).toMatchObject({ count: 120, peakMs: 777 });
    expect(tables.days[0]).toMatchObject({ pings: 4 });
    expect(tables.pings.map(row => pingOfRow(row as Parameters<typeof pingOfRow>[0])?.at)).toEqual([
      ...PINGS.slice(0, 3).map(({ at }) => at),
      late.at,
    ]);
  });

  it('T15 · M13 · days stand one below the other in order, and a day in between goes between', () => {
    const { world, tables, run } = story({ events: [] }, NO_PINGS);
    const order = [18, 20, 19, 20].map(day => {
      world.clock.set(`2026-11-${day + 1}T03:05:00+03:00`);
      run();
      return tables.report.map(({ date }) => (date as number) - DAY);
    });
    expect(order).toEqual([[0], [0, 2], [0, 1, 2], [0, 1, 2]]);
    expect(tables.days.map(({ date }) => (date as number) - DAY)).toEqual([0, 1, 2]);
  });

  it('M7 · fewer types than before leave no old rows of the day', () => {
    const { amo, tables, run } = story();
    run();
    amo.events = events('lead_added', 2);
    run();
    expect(tables.report).toEqual([{ ...REPORT[0], event: 'Новая сделка', count: 2 }]);
  });

  it.each([
    ['none at all', []],
    ['people’s only', events('task_added', 9, { created_by: 101 })],
    ['neighbours only', events('task_added', 9, { created_at: TO + 1 })],
  ])('M7 · a day with events, %s: one row «Нет событий» with the peak', (_, some) => {
    const { tables, run } = story({ events: some });
    expect(run()).toBe(true);
    expect(tables.report).toEqual([{ ...REPORT[0], event: 'Нет событий', count: 0 }]);
  });

  it('M6 · without successful pings the peak is empty and the cause is named', () => {
    const { tables, run } = story({}, { properties: logged([ping('2026-11-18T14:51:00+03:00', undefined)]) });
    run();
    expect(tables.report[0]).toMatchObject({ count: 120, peakMs: '', peakTime: '' });
    expect(tables.days[0]).toMatchObject({ note: 'Все замеры неудачны: ответ 503: сбой на стороне amoCRM' });
    expect(tables.log).toMatchObject([{ level: 'WARN' }]);
  });

  it('M5 · topEvents decides how many rows a day has', () => {
    for (const [topEvents, rows] of [
      [1, 1],
      [3, 3],
      [50, 7],
    ]) {
      const { tables, run } = story({}, { settings: { topEvents: topEvents! } });
      run();
      expect(tables.report).toHaveLength(rows!);
    }
  });
});

describe('M4, T5, T6 · who made it', () => {
  it('M4 · M2 · users are remembered after they leave', () => {
    const { amo, world, tables, run } = story({ events: events('task_added', 3, { created_by: 102 }) });
    run();
    amo.users = [101];
    run();
    expect(tables.report).toMatchObject([{ event: 'Нет событий' }]);
    expect(knownUsers(Object.fromEntries(world.properties))).toEqual(new Set([101, 102]));
  });

  it('M4 · service accounts count as automation, clients’ actions by the setting', () => {
    const { tables, run } = story(
      {
        events: [
          ...events('task_added', 3, { created_by: 102 }),
          ...events('incoming_call', 9),
          ...events('lead_added', 1),
        ],
      },
      { settings: { serviceAccounts: '102', clientActionsCount: 'нет' } },
    );
    run();
    expect(tables.report.map(({ event, count }) => [event, count])).toEqual([
      ['Новая задача', 3],
      ['Новая сделка', 1],
    ]);
  });

  it.each<[string, SmallAccount['fault']]>([
    [
      'is empty',
      request => (pathOf(request) === '/api/v4/users' ? listPage('users', [], { total: 0 }) : undefined),
    ],
    [
      'is partial',
      request =>
        pathOf(request) === '/api/v4/users' ? listPage('users', [{ id: 101 }], { total: 2 }) : undefined,
    ],
    [
      'is malformed',
      request => (pathOf(request) === '/api/v4/users' ? json({ _embedded: { users: {} } }) : undefined),
    ],
    ['fails', request => (pathOf(request) === '/api/v4/users' ? text('', 500) : undefined)],
  ])('M2 · a user list that %s turns nobody into a robot: no report', (_, fault) => {
    const { world, tables, run } = story({ fault });
    expect(run()).toBe(false);
    expect(tables.report).toEqual([]);
    expect(knownUsers(Object.fromEntries(world.properties)).size).toBe(0);
  });
});

describe('M15, M8 · settings of the report', () => {
  it('M8 · names come from the account in the language of the sheet, else from the built-in table', () => {
    const names = { ru: { task_added: 'Задачка' }, en: { task_added: 'A task' } };
    for (const [language, first, other] of [
      ['ru', 'Задачка', 'Новая сделка'],
      ['en', 'A task', 'New lead'],
    ] as const) {
      const { tables, run } = story(
        { names, events: [...events('task_added', 2), ...events('lead_added', 1)] },
        { settings: { language } },
      );
      run();
      expect(tables.report.map(({ event }) => event)).toEqual([first, other]);
    }
  });

  it('M8 · without names from amoCRM the report is made all the same, with a remark', () => {
    const { tables, run } = story({
      fault: request =>
        pathOf(request) === '/api/v4/events/types' ? json({ title: 'No', status: 403 }, 403) : undefined,
    });
    expect(run()).toBe(true);
    expect(tables.report).toEqual(REPORT);
    expect(tables.log.map(({ level, what }) => [level, what])).toEqual([
      ['WARN', expect.stringMatching(/^Названия событий не получены, взяты встроенные: /)],
      ['WARN', expect.stringMatching(/^Отчёт за 18\.11\.2026 готов/)],
    ]);
  });

  it.each([
    ['2026-11-18T21:30:00Z', 'Europe/Moscow', '2026-11-18'], // half past midnight there
    ['2026-11-18T20:30:00Z', 'Europe/Moscow', '2026-11-17'],
    ['2026-11-19T00:00:00Z', 'America/New_York', '2026-11-17'],
    ['2026-11-18T10:05:00Z', 'Pacific/Kiritimati', '2026-11-18'],
    ['2026-03-30T01:00:00Z', 'Europe/Berlin', '2026-03-29'], // 23 hours
    ['2026-10-26T02:00:00Z', 'Europe/Berlin', '2026-10-25'], // 25 hours
    ['2027-01-01T00:05:00Z', 'UTC', '2026-12-31'],
    ['2028-03-01T00:05:00Z', 'UTC', '2028-02-29'],
  ])('M15 · T7 · at %s in %s yesterday is %s, wherever the spreadsheet is', (now, timeZone, day) => {
    const { tables, run } = story(
      { events: [] },
      { ...NO_PINGS, now, settings: { timeZone }, timeZone: 'Asia/Tokyo' },
    );
    run();
    expect(tables.report).toMatchObject([{ date: serialOfDay(day) }]);
  });

  it('M15 · an unset time zone is the account’s, and it is asked each time: it may have moved', () => {
    const { world, tables, run } = story(
      { timeZone: 'Pacific/Kiritimati' },
      { now: '2026-11-18T10:05:00Z', timeZone: 'UTC' },
    );
    run();
    expect(tables.report[0]).toMatchObject({ date: serialOfDay('2026-11-18') });
    run();
    const zones = world.requests.filter(({ request }) => queryOf(request)['with'] === 'datetime_settings');
    expect(zones).toHaveLength(2);
  });

  it('M15 · problems of the settings are told in the log', () => {
    const { tables, run } = story({}, { settings: { topEvents: 'x' } });
    run();
    expect(tables.report).toHaveLength(5);
    expect(tables.log[1]).toMatchObject({ level: 'WARN', what: expect.stringContaining('«x» не подходит') });
  });
});
