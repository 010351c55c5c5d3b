import { serialOf } from '../../src/core/day';
import { TEXTS } from '../../src/core/texts';
import { htmlPage, json, listPage, noConnection, pathOf, queryOf, text } from '../support/amoAnswers';
import { emptyContents } from '../support/memoryWorkbook';
import { BUSY_DAY, DAY, events, FROM, logOf, PINGS, REPORT, story, ZONE } from '../support/reportStory';
import { SMALL_TOKEN, type SmallAccount } from '../support/smallAccount';

const { ru } = TEXTS;

describe('T14, M14 · faults', () => {
  const unchanged = ru.effect.reportUnchanged('19.11.2026');

  it.each<[string, SmallAccount['fault'], RegExp, string?]>([
    [
      'a wrong token',
      () => json({ title: 'Unauthorized', status: 401 }, 401),
      /токен \(401\).*остановлены с 20\.11\.2026 03:05/,
      ru.connection.refusedEffect,
    ],
    ['an unpaid plan', () => json({ title: 'x', status: 402 }, 402), /402/],
    ['missing rights', () => json({ title: 'x', status: 403 }, 403), /прав \(403\)/],
    ['a block page', () => htmlPage(403), /страница блокировки/],
    ['no such account', () => htmlPage(404), /404/],
    ['HTML everywhere', () => htmlPage(), /HTML/],
    ['no connection', () => noConnection, /нет связи/],
    ['a broken amoCRM', () => text('', 502), /502/],
  ])(
    'T14 · %s: tables as they were, one row that tells cause, effect and what to do',
    (_, fault, cause, effect = unchanged) => {
      const { amo, world, tables, run } = story();
      run();
      const before = structuredClone({ ...tables, log: [] });
      tables.log.length = 0;
      world.clock.set('2026-11-20T03:05:00+03:00');
      amo.fault = fault;
      const begin = world.clock.now();
      expect(run()).toBe(false);
      expect({ ...tables, log: [] }).toEqual(before);
      expect(logOf(world)).toEqual([PINGS[3]]);
      expect(tables.log).toEqual([
        {
          ...{
            when: serialOf(begin, ZONE),
            job: 'Отчёт',
            level: 'ERROR',
            what: expect.stringMatching(cause),
          },
          effect,
          ...{ todo: expect.stringMatching(/\S/), seconds: expect.any(Number), requests: expect.any(Number) },
        },
      ]);
      expect(world.everythingShown()).not.toContain(SMALL_TOKEN);
      expect(world.clock.now() - begin).toBeLessThan(345_000); // well before the platform's six minutes
      expect(world.properties.has('lease')).toBe(false);
    },
  );

  it('H15 · 429 for ever: that too, and a finding, for somebody else uses up the limit', () => {
    const { world, tables, run } = story({ fault: () => text('', 429) });
    expect(run()).toBe(false);
    expect(tables.report).toEqual([]);
    expect(tables.log).toMatchObject([
      { level: 'ERROR', what: ru.error.what('too-many-requests', 429) },
      { level: 'WARN', what: ru.report.crowded(100), effect: ru.effect.none, todo: ru.report.crowdedTodo },
    ]);
    expect(world.requests).toHaveLength(6);
  });

  it.each([
    [4, 0],
    [5, 1],
  ])('H15 · after %d refused requests of some twenty it is told %d times', (refused, told) => {
    const { tables, run } = story({
      fault: (_, nth) => (nth <= 2 * refused && nth % 2 === 0 ? text('', 429) : undefined),
    });
    expect(run()).toBe(true);
    expect(tables.log.filter(({ todo }) => todo === ru.report.crowdedTodo)).toHaveLength(told);
  });

  it.each([
    [25, 1],
    [26, 0],
  ])('H15 · five refused of %d requests are told %d times: a fifth is the border', (requests, told) => {
    const { world, tables, run } = story({
      events: [],
      fault: (request, nth) => {
        if (nth <= 10 && nth % 2 === 0) return text('', 429);
        // Eight more follow.
        const isLast = nth >= requests - 8;
        return pathOf(request) === '/api/v4/events/types'
          ? listPage('events_types', [{ key: `k${nth}`, lang: 'A' }], { next: !isLast })
          : undefined;
      },
    });
    expect(run()).toBe(true);
    expect(world.requests).toHaveLength(requests);
    const rows = tables.log.filter(({ todo }) => todo === ru.report.crowdedTodo);
    expect(rows.map(({ what }) => what)).toEqual(Array(told).fill(ru.report.crowded(20)));
  });

  it.each<[string, SmallAccount['fault'], string]>([
    [
      'events that never come',
      request => (pathOf(request) === '/api/v4/events' ? text('', 503) : undefined),
      ru.error.what('server-error', 503),
    ],
    [
      'events without a list',
      request => (pathOf(request) === '/api/v4/events' ? json({}) : undefined),
      ru.error.what('malformed', 200),
    ],
    [
      'half an answer',
      request => (pathOf(request) === '/api/v4/events' ? text('{"_embedded":{"ev') : undefined),
      ru.error.what('malformed', 200),
    ],
  ])('H16 · N4 · D2 · %s: the day is marked as not collected', (_, fault, what) => {
    const { world, tables, run } = story({ fault });
    expect(run()).toBe(false);
    expect([tables.report, tables.pings]).toEqual([[], []]);
    expect(tables.days).toMatchObject([
      {
        ...{ date: DAY, completeness: 'частичный: собрано 0 %', events: 0, pings: '', peakMs: '' },
        note: ru.missingFrom('00:00'),
      },
    ]);
    expect(logOf(world)).toEqual(PINGS);
    expect(tables.log).toMatchObject([
      { level: 'ERROR', what, effect: ru.effect.reportUnchanged('18.11.2026') },
    ]);
  });

  it('D13 · pages without end: no report, no hanging, and in the end words for it', () => {
    const { world, tables, run } = story(
      {
        fault: request =>
          pathOf(request) === '/api/v4/events'
            ? listPage('events', [{ id: '1', type: 'a', created_at: FROM }], { next: true })
            : undefined,
      },
      { workingMs: 60_000, latency: () => 500 },
    );
    for (let nth = 0; nth < 8 && tables.log.at(-1)?.['level'] !== 'ERROR'; nth += 1) {
      const begin = world.clock.now();
      run(nth === 0 ? 'yesterday' : 'due');
      expect(world.clock.now() - begin).toBeLessThan(61_000);
      world.clock.pass(10 * 60_000);
    }
    expect(tables.report).toEqual([]);
    expect(tables.log.at(-1)).toMatchObject({ level: 'ERROR', what: ru.error.what('too-crowded', 0) });
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

  it('M5 · D3 · events that stand on two pages, because new ones push them on, are counted once, and the new ones too', () => {
    const busier = [...BUSY_DAY, ...events('entity_linked', 2_000, { created_by: 101 })];
    const { amo, tables, run } = story({ events: busier });
    amo.fault = request => {
      const { page, 'filter[created_at][from]': from } = queryOf(request);
      if (page === '2' && amo.events.length === busier.length)
        amo.events = [...events('late', 3, { created_at: Number(from) + 2 }), ...busier];
      return undefined;
    };
    run();
    expect(amo.events).toHaveLength(busier.length + 3);
    expect(tables.report).toEqual(REPORT);
    expect(tables.days).toMatchObject([{ events: 2_309, automated: 232 }]);
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
    expect(
      world.requests.map(({ request }) => pathOf(request)).filter(path => path === '/api/v4/users'),
    ).toHaveLength(1);
  });

  it('M15 · without address or token nothing is asked and nothing is written', () => {
    const { world, tables, run } = story({}, { settings: { baseUrl: 'evil.com' } });
    expect(run()).toBe(false);
    expect(world.requests).toEqual([]);
    expect({ ...tables, log: [] }).toEqual(emptyContents().tables);
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
