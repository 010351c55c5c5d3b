import { serialOf } from '../../src/core/day';
import { htmlPage, json, listPage, noConnection, pathOf, queryOf, text } from '../support/amoAnswers';
import { BUSY_DAY, events, logOf, PINGS, REPORT, story, ZONE } from '../support/reportStory';
import { SMALL_TOKEN, type SmallAccount } from '../support/smallAccount';

describe('T14, M14 · faults', () => {
  it.each<[string, SmallAccount['fault'], RegExp]>([
    ['a wrong token', () => json({ title: 'Unauthorized', status: 401 }, 401), /токен \(401\)/],
    ['an unpaid plan', () => json({ title: 'x', status: 402 }, 402), /402/],
    ['missing rights', () => json({ title: 'x', status: 403 }, 403), /прав \(403\)/],
    ['a block page', () => htmlPage(403), /страница блокировки/],
    ['no such account', () => htmlPage(404), /404/],
    ['HTML everywhere', () => htmlPage(), /HTML/],
    ['no connection', () => noConnection, /нет связи/],
    ['a broken amoCRM', () => text('', 502), /502/],
    ['429 for ever', () => text('', 429), /429/],
    [
      'events that never come',
      request => (pathOf(request) === '/api/v4/events' ? text('', 503) : undefined),
      /503/,
    ],
    [
      'events without a list',
      request => (pathOf(request) === '/api/v4/events' ? json({}) : undefined),
      /не удалось разобрать/,
    ],
    [
      'events without end',
      request =>
        pathOf(request) === '/api/v4/events' ? listPage('events', [{ id: '1' }], { next: true }) : undefined,
      /Не хватило времени/,
    ],
  ])('T14 · %s: tables as they were, one row that tells cause, effect and what to do', (_, fault, cause) => {
    const { amo, world, tables, run } = story();
    run();
    const before = structuredClone({ ...tables, log: [] });
    tables.log.length = 0;
    world.clock.set('2026-11-20T03:05:00+03:00');
    amo.fault = fault;
    const begin = world.clock.now();
    expect(run()).toBe(false);
    expect({ ...tables, log: [] }).toEqual(before);
    expect(logOf(world)).toEqual([PINGS[4]]);
    expect(tables.log).toEqual([
      {
        ...{ when: serialOf(begin, ZONE), job: 'Отчёт', level: 'ERROR', what: expect.stringMatching(cause) },
        effect: 'Отчёт за 19.11.2026 не записан. Прежние строки не изменены, замеры сохранены.',
        ...{ todo: expect.stringMatching(/\S/), seconds: expect.any(Number), requests: expect.any(Number) },
      },
    ]);
    expect(world.everythingShown()).not.toContain(SMALL_TOKEN);
    expect(world.clock.now() - begin).toBeLessThan(345_000); // well before the platform's six minutes
    expect(world.properties.has('lease.report')).toBe(false);
  });

  it('M14 · a fault on each page once changes nothing in the figures', () => {
    const faults = [
      htmlPage(502),
      text('', 503),
      noConnection,
      text('{"_embedded":{"ev'),
      htmlPage(),
      text('', 429),
      text(''),
    ];
    const seen = new Map<string, number>();
    const { tables, run } = story({
      fault: (request, nth) => {
        const times = (seen.get(request.url) ?? 0) + 1;
        seen.set(request.url, times);
        return times === 1 ? faults[nth % faults.length] : undefined;
      },
    });
    expect(run()).toBe(true);
    expect(tables.report).toEqual(REPORT);
  });

  it('M5 · D3 · events that stand on two pages, because new ones push them on, are counted once', () => {
    const { amo, tables, run } = story();
    amo.fault = request => {
      const { page } = queryOf(request);
      if (page === '2') amo.events = [...events('late', 3), ...BUSY_DAY];
      return undefined;
    };
    run();
    expect(tables.report).toEqual(REPORT);
    expect(tables.days).toMatchObject([{ events: 306 }]);
  });

  it('M16 · two reports at once: the second does nothing', () => {
    const { amo, world, tables, run } = story();
    let second: boolean | undefined;
    amo.fault = (_, nth) => {
      if (nth === 3) second = run();
      return undefined;
    };
    expect(run()).toBe(true);
    expect(second).toBe(false);
    expect(tables.report).toEqual(REPORT);
    expect(tables.log[0]).toMatchObject({ level: 'WARN', what: 'Отчёт: уже выполняется с 03:05' });
    expect(world.requests).toHaveLength(7);
  });

  it('M15 · without address or token nothing is asked and nothing is written', () => {
    const { world, tables, run } = story({}, { settings: { baseUrl: 'evil.com' } });
    expect(run()).toBe(false);
    expect(world.requests).toEqual([]);
    expect({ ...tables, log: [] }).toEqual({ report: [], days: [], pings: [], log: [] });
    expect(tables.log).toHaveLength(1);
  });

  it('M16 · a person is told the result, and there is no dialog for a trigger', () => {
    const byHand = story({}, { person: [] });
    byHand.run();
    expect(byHand.world.shown).toEqual([expect.stringMatching(/^Отчёт за 18\.11\.2026 готов/)]);
    const byTrigger = story();
    byTrigger.run();
    expect(byTrigger.world.shown).toEqual([]);
  });
});
