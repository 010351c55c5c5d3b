import { serialOf } from '../../src/core/day';
import { TEXTS } from '../../src/core/texts';
import { keepReportsGoing } from '../../src/jobs/backbone';
import { keptCollection } from '../../src/jobs/keptCollection';
import { keepPlan, keptPlan } from '../../src/jobs/keptPlan';
import { PLAN } from '../../src/jobs/propertyNames';
import { noConnection, pathOf, queryOf, text } from '../support/amoAnswers';
import type { InMemory } from '../support/inMemoryOutside';
import {
  DAY,
  events,
  FROM,
  goOn,
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

const { ru } = TEXTS;
const A_DAY = 86_400;
const SLOW = { latency: () => 3_000, workingMs: 40_000 };
/** `count` events on the day so many days before the reported one. */
const daysBefore = (back: number, type: string, count: number) =>
  events(type, count).map(event => ({ ...event, created_at: (event.created_at as number) - back * A_DAY }));
const windowsOf = (world: InMemory, from = 0) =>
  world.requests.slice(from).flatMap(({ request }) => {
    const at = queryOf(request)['filter[created_at][from]'];
    return at === undefined ? [] : [Number(at) + 1];
  });
const dates = (rows: readonly Record<string, unknown>[]) => rows.map(({ date }) => (date as number) - DAY);
/** What goes wrong with the events of this time alone. */
const faultAt =
  (from: number, to: number, answer = text('', 503)): SmallAccount['fault'] =>
  request => {
    const at = Number(queryOf(request)['filter[created_at][from]']);
    return at >= from - 1 && at < to ? answer : undefined;
  };

describe('T6, M13, I12 · missed days', () => {
  const FOUR_DAYS = [0, 1, 2, 3].flatMap(back => daysBefore(back, `type_${back}`, 10 + back));
  const pings = [0, 1, 2, 3].map(back => ping(`2026-11-${18 - back}T12:00:00+03:00`, 500 + back));

  it('T6 · of all nights since the oldest ping are made up for, newest first, each once, in order, with its own peak', () => {
    const { world, tables, run } = story({ events: FOUR_DAYS }, { properties: logged(pings) });
    run('nightly');
    expect(tables.log.map(({ what }) => String(what))).toEqual(
      [0, 1, 2, 3].map(back =>
        expect.stringContaining(ru.report.done(`${18 - back}.11.2026`, 10 + back, 10 + back)),
      ),
    );
    expect(dates(tables.days)).toEqual([-3, -2, -1, 0]);
    expect(tables.report).toEqual(
      [3, 2, 1, 0].map(back => ({
        ...{ date: DAY - back, event: `type_${back}`, count: 10 + back, peakMs: 500 + back },
        peakTime: serialOf(pings[back]!.at * 1000, ZONE),
      })),
    );
    expect(tables.pings.map(({ ms }) => ms)).toEqual([503, 502, 501, 500]);
    expect(keptPlan(world.outside)).toMatchObject({ since: '2026-11-15', last: '2026-11-18', open: false });
    const before = structuredClone([tables.report, tables.days]);
    run('nightly');
    expect([tables.report, tables.days]).toEqual(before);
  });

  it('M6 · a ping of the evening before counts for its own day, and goes into the sheet with it', () => {
    const before = ping('2026-11-17T23:59:59+03:00', 9_000);
    const { world, tables, run } = story({}, { properties: logged([before, ...PINGS]) });
    run('nightly');
    expect(tables.days.map(({ pings: taken, peakMs }) => [taken, peakMs])).toEqual([
      [1, 9_000],
      [3, 509],
    ]);
    expect(tables.pings).toHaveLength(4);
    expect(logOf(world)).toEqual([PINGS[3]]);
  });

  it('M14 · one that fails after another was written is told as unread, not as perhaps half written', () => {
    const { tables, run } = story(
      { events: FOUR_DAYS, fault: faultAt(FROM - A_DAY, FROM - 1) },
      { properties: logged(pings) },
    );
    expect(run('nightly')).toBe(false);
    expect(dates(tables.days)).toEqual([-1, 0]);
    expect(tables.log.at(-1)).toMatchObject({ effect: ru.effect.reportUnchanged('17.11.2026') });
  });

  it('T6 · without pings the first night reports yesterday alone', () => {
    const { tables, run } = story({ events: FOUR_DAYS }, NO_PINGS);
    run('nightly');
    expect(dates(tables.days)).toEqual([0]);
  });

  it('T6 · a hole in the sheets is filled: a day that a user deleted, in either sheet', () => {
    const { world, tables, run } = story({ events: FOUR_DAYS }, { properties: logged(pings) });
    run('nightly');
    const before = structuredClone(tables);
    tables.report.splice(1, 1);
    tables.days.splice(2, 1);
    world.clock.set('2026-11-20T03:05:00+03:00');
    run('nightly');
    expect(dates(tables.report)).toEqual([-3, -2, -1, 0, 1]);
    expect(tables.report.slice(0, 4)).toEqual(before.report);
    const figures = ({ events: all, peakMs, completeness }: Record<string, unknown>) => [
      all,
      peakMs,
      completeness,
    ];
    expect(tables.days.slice(0, 4).map(figures)).toEqual(before.days.map(figures));
  });

  it('M13 · what took several runs and several days ends the same', () => {
    const { world, tables, run } = story({ events: FOUR_DAYS }, { ...SLOW, properties: logged(pings) });
    run('nightly');
    expect(goOn(world)).toBeGreaterThan(1);
    expect(dates(tables.days)).toEqual([-3, -2, -1, 0]);
    expect(tables.report.map(({ count }) => count)).toEqual([13, 12, 11, 10]);
  });
});

describe('M13 · days that a person asks for', () => {
  const week = { from: '2026-11-15', to: '2026-11-17' };
  const PAST = [1, 2, 3].flatMap(back => daysBefore(back, `type_${back}`, back));

  it('M13 · each day of a period is reported, and those that stand there are made anew', () => {
    const { amo, world, tables, run } = story({ events: PAST }, NO_PINGS);
    run({ from: '2026-11-16', to: '2026-11-16' });
    amo.events = [...PAST, ...daysBefore(2, 'type_2', 5)];
    run(week);
    expect(dates(tables.days)).toEqual([-3, -2, -1]);
    expect(tables.report.map(({ count }) => count)).toEqual([3, 7, 1]);
    expect(keptPlan(world.outside)).toMatchObject({
      asked: [],
      open: false,
      last: '2026-11-17',
      since: undefined,
    });
  });

  it('M13 · T1 · what was asked for is not forgotten when the run ends early', () => {
    const { world, tables, run } = story({ events: PAST }, { ...NO_PINGS, ...SLOW, person: [] });
    run(week);
    expect(keptPlan(world.outside).asked.length).toBeGreaterThan(0);
    goOn(world);
    expect(dates(tables.days)).toEqual([-3, -2, -1]);
    expect(keptPlan(world.outside).asked).toEqual([]);
  });

  it.each([week, 'yesterday'] as const)('I12 · nor when amoCRM cannot be reached at all: %j', wanted => {
    const { amo, world, tables, run } = story({ events: PAST, fault: () => noConnection }, NO_PINGS);
    expect(run(wanted)).toBe(false);
    expect(tables.days).toEqual([]);
    amo.fault = undefined;
    expect(goOn(world)).toBe(1);
    expect(dates(tables.days)).toEqual(wanted === 'yesterday' ? [0] : [-3, -2, -1]);
  });

  it('I2 · an interrupted repetition leaves the complete day as it stood, and replaces it when it is whole', () => {
    const many = events('task_added', 3_000);
    const { amo, world, tables, run } = story({ events: many }, NO_PINGS);
    run();
    const before = structuredClone([tables.report, tables.days]);
    amo.events = [...many, ...events('lead_added', 7)];
    world.workingMs = 25_000;
    amo.fault = () => {
      world.clock.pass(1_500);
      return undefined;
    };
    run();
    expect([tables.report, tables.days]).toEqual(before);
    world.workingMs = 270_000;
    goOn(world);
    expect(tables.days).toMatchObject([{ completeness: 'полный', events: 3_007 }]);
    expect(tables.report.map(({ count }) => count)).toEqual([3_000, 7]);
  });
});

describe('D5 · events that settle late', () => {
  const early = () => [...events('task_added', 20), ...events('lead_added', 3, { created_at: TO - 60 })];
  const night = (world: InMemory, day: number) => world.clock.set(`2026-11-${day}T03:05:00+03:00`);

  it('D5 · one that appears while the day is read is in its report', () => {
    const { amo, tables, run } = story({ events: early() }, NO_PINGS);
    const seen: string[] = [];
    amo.fault = request => {
      const { 'filter[created_at][from]': from = '' } = queryOf(request);
      seen.push(from);
      if (from === `${TO - 3_600}` && amo.events.length === 23)
        amo.events.push(...events('lead_added', 2, { created_at: TO - 5 }));
      return undefined;
    };
    run();
    expect(seen).toContain(`${TO - 3_600}`);
    expect(tables.days).toMatchObject([{ events: 25, note: '' }]);
  });

  it('D5 · one that appears after the report is counted with the next, once, and said so', () => {
    const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    amo.events.push(...events('lead_added', 4, { created_at: TO - 2 }));
    night(world, 20);
    tables.log.length = 0;
    run('nightly');
    expect(tables.days).toMatchObject([
      { date: DAY, completeness: 'полный', events: 27, automated: 27, note: ru.lateEvents(4) },
      { date: DAY + 1, completeness: 'полный', events: 0, note: '' },
    ]);
    expect(tables.report.filter(({ date }) => date === DAY).map(({ count }) => count)).toEqual([20, 7]);
    expect(tables.log.map(({ level, what }) => [level, what])).toEqual([
      ['WARN', `${ru.report.corrected('18.11.2026', 4)}. ${ru.lateEvents(4)}`],
      ['INFO', expect.stringContaining(ru.report.done('19.11.2026', 0, 0))],
    ]);
    night(world, 21);
    run('nightly');
    expect(tables.days[0]).toMatchObject({ events: 27 });
    expect(tables.log.filter(({ what }) => String(what).includes('исправлен'))).toHaveLength(1);
  });

  it('D5 · when nothing came the day’s rows are not touched', () => {
    const { world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    night(world, 20);
    const before = world.requests.length;
    world.steps.log.length = 0;
    run('nightly');
    // Its last hour was looked at, then came the new day.
    expect(windowsOf(world, before)[0]).toBe(TO - 3_599);
    expect(windowsOf(world, before)[1]).toBe(TO + 1);
    expect(world.steps.log.filter(step => step === 'table.replace report')).toHaveLength(1);
    expect(dates(tables.days)).toEqual([0, 1]);
  });

  it('D5 · I3 · events that are gone then take nothing away', () => {
    const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    amo.events = [];
    night(world, 20);
    run('nightly');
    expect(tables.days).toMatchObject([{ events: 23 }, { events: 0 }]);
  });

  it('T1 · D5 · a correction that a protected sheet holds up is written later, and the new day after it', () => {
    const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    amo.events.push(...events('lead_added', 4, { created_at: TO - 2 }));
    night(world, 20);
    world.steps.interfere = port => {
      if (port === 'table.replace report') throw new Error('Service Spreadsheets timed out');
    };
    expect(run('nightly')).toBe(false);
    world.steps.interfere = undefined;
    goOn(world);
    expect(tables.days).toMatchObject([{ events: 27 }, { events: 0 }]);
  });

  it('D5 · H16 · a look back that fails gives way to the day that is due', () => {
    const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    amo.fault = faultAt(TO - 3_599, TO);
    night(world, 20);
    for (let nth = 0; nth < 3; nth += 1) {
      run('due');
      expect(dates(tables.days)).toEqual([0]);
      // What is not there yet is the new day.
      expect(tables.log.at(-1)).toMatchObject({ effect: ru.effect.reportUnchanged('19.11.2026') });
      world.clock.pass(60 * 60_000);
    }
    // It comes back when the new day is there, and finds what appeared meanwhile.
    amo.events.push(...events('lead_added', 4, { created_at: TO - 2 }));
    run('due');
    expect(dates(tables.days)).toEqual([0, 1]);
    expect(tables.days).toMatchObject([{ events: 23 }, { events: 0 }]);
    expect(keptPlan(world.outside)).toMatchObject({
      open: true,
      asked: [{ from: '2026-11-18', to: '2026-11-18' }],
    });
    amo.fault = undefined;
    world.clock.pass(60 * 60_000);
    goOn(world);
    expect(tables.days).toMatchObject([{ events: 27 }, { events: 0 }]);
    expect(keptPlan(world.outside)).toMatchObject({ open: false, asked: [] });
  });

  it('D5 · every day has its look back, not only the first', () => {
    const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    night(world, 20);
    run('nightly');
    amo.events.push(...events('lead_added', 4, { created_at: TO + A_DAY - 2 }));
    night(world, 21);
    run('nightly');
    expect(tables.days).toMatchObject([
      { events: 23 },
      { events: 4, note: ru.lateEvents(4) },
      { events: 0, note: '' },
    ]);
  });

  it('D5 · of a day that was made twice the newer figures are looked at again', () => {
    const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    amo.events.push(...events('lead_added', 4, { created_at: TO - 2 }));
    run();
    const before = structuredClone(tables.days[0]);
    expect(before).toMatchObject({ events: 27, note: '' });
    night(world, 20);
    run('nightly');
    expect(tables.days[0]).toEqual(before);
  });

  it.each([
    ['the same day', { from: '2026-11-18', to: '2026-11-18' }, FROM],
    ['an older one', { from: '2026-11-10', to: '2026-11-10' }, FROM - 8 * A_DAY],
  ])(
    'D5 · %s asked for by a person takes nothing of the look back, which the next night has',
    (_, range, from) => {
      const { amo, world, tables, run } = story({ events: early() }, NO_PINGS);
      run('nightly');
      const before = world.requests.length;
      run(range);
      expect(windowsOf(world, before)[0]).toBe(from);
      amo.events.push(...events('lead_added', 4, { created_at: TO - 2 }));
      night(world, 20);
      run('nightly');
      expect(tables.days.find(({ date }) => date === DAY)).toMatchObject({ events: 27 });
    },
  );

  it('D5 · a day made up for later is not looked at again instead of the newest one', () => {
    const { world, run } = story({ events: early() }, NO_PINGS);
    run('nightly');
    run({ from: '2026-11-10', to: '2026-11-10' });
    expect(keptCollection(world.outside, 'reported')?.day).toBe('2026-11-18');
  });
});

describe('H16 · a day that gets stuck', () => {
  const BOTH = [...events('today', 4), ...daysBefore(1, 'before', 3)];

  it('H16 · after three failures another day has its turn, and it comes back when it can be read', () => {
    const { amo, world, tables, run } = story({ events: BOTH, fault: faultAt(FROM, TO) }, NO_PINGS);
    keepPlan(world.outside, { ...keptPlan(world.outside), since: '2026-11-17' });
    for (let nth = 0; nth < 3; nth += 1) {
      expect(run('due')).toBe(false);
      expect(tables.report).toEqual([]);
      world.clock.pass(60 * 60_000);
    }
    expect(keptPlan(world.outside).tries).toEqual({ '2026-11-18': 3 });
    expect(run('due')).toBe(false);
    expect(tables.report).toMatchObject([{ date: DAY - 1, count: 3 }]);
    amo.fault = undefined;
    goOn(world);
    expect(tables.report).toMatchObject([{ date: DAY - 1 }, { date: DAY, count: 4 }]);
    expect(keptPlan(world.outside).tries).toEqual({});
  });

  it('H16 · while amoCRM itself is down no day is to blame', () => {
    const { world, run } = story({ events: BOTH, fault: () => text('', 503) }, NO_PINGS);
    for (let nth = 0; nth < 4; nth += 1) run();
    const { failures, tries } = keptPlan(world.outside);
    expect([failures, tries]).toEqual([4, {}]);
  });

  it.each<[string, SmallAccount['fault'], string]>([
    ['amoCRM shuts us out', faultAt(FROM, TO, text('', 403)), ''],
    ['the token ends in the middle', faultAt(FROM, TO, text('', 401)), ''],
    ['Google fails in the middle', undefined, '/api/v4/events'],
  ])('H16 · where %s the day is not to blame, and keeps its turn', (_, fault, failing) => {
    const { world, run } = story({ events: BOTH, fault }, NO_PINGS);
    keepPlan(world.outside, { ...keptPlan(world.outside), since: '2026-11-18' });
    world.steps.interfere = (port, path) => {
      if (port === 'http.send' && path === failing) throw new Error('Address unavailable');
    };
    for (let nth = 0; nth < 3; nth += 1) {
      expect(run('due')).toBe(false);
      world.clock.pass(60 * 60_000);
    }
    const { failures, tries } = keptPlan(world.outside);
    expect([failures, tries]).toEqual([3, {}]);
  });

  it('H16 · T1 · a stuck day that is the only one goes on where it was, and loses nothing', () => {
    const some = [...events('lead_added', 5, { created_at: FROM + 10 }), ...BOTH];
    const { amo, world, tables, run } = story({ events: some, fault: faultAt(FROM + 43_200, TO) }, NO_PINGS);
    run();
    for (let nth = 0; nth < 4; nth += 1) {
      world.clock.pass(60 * 60_000);
      run('due');
    }
    expect(keptPlan(world.outside).tries).toEqual({ '2026-11-18': 4 });
    amo.fault = undefined;
    const before = world.requests.length;
    goOn(world);
    expect(windowsOf(world, before)[0]).toBeGreaterThan(FROM + 21_600);
    expect(tables.days).toMatchObject([{ completeness: 'полный', events: 9 }]);
  });

  it('H16 · a day that moved on is not stuck', () => {
    const { world, tables, run } = story({ events: BOTH, fault: faultAt(FROM + 43_200, TO) }, NO_PINGS);
    expect(run()).toBe(false);
    expect(keptPlan(world.outside).tries).toEqual({});
    expect(tables.days[0]!['completeness']).toMatch(/^частичный: собрано [45]\d %$/);
    // The next one gets nowhere.
    run('due');
    expect(keptPlan(world.outside).tries).toEqual({ '2026-11-18': 1 });
  });

  it('D13 · H16 · nor does a second that no run can read hold up the other days', () => {
    const crowd = Array.from({ length: 30_000 }, (_, nth) => ({
      ...{ id: `c${nth}`, type: 'crowd', created_by: 0, created_at: FROM },
    }));
    const { world, tables, run } = story(
      { events: [...crowd, ...daysBefore(1, 'before', 3)] },
      { ...NO_PINGS, latency: () => 1_000, workingMs: 45_000 },
    );
    keepPlan(world.outside, { ...keptPlan(world.outside), since: '2026-11-17' });
    for (let nth = 0; nth < 15 && tables.report.length === 0; nth += 1) {
      run('due');
      world.clock.pass(60 * 60_000);
    }
    expect(tables.report).toMatchObject([{ date: DAY - 1, count: 3 }]);
    expect(tables.log.map(({ what }) => what)).toContain(ru.error.what('too-crowded', 0));
  });
});

describe('M12, S2 · pings of a day that is reported again', () => {
  it('S2 · those that are gone had their figures once: they stay', () => {
    const { amo, world, tables, run } = story();
    run();
    tables.pings.length = 0;
    amo.events = events('lead_added', 2);
    run();
    expect(tables.report).toEqual([{ ...REPORT[0], event: 'Новая сделка', count: 2 }]);
    expect(tables.days).toMatchObject([{ pings: 3, pingsFailed: 1, medianMs: 355, peakMs: 509, note: '' }]);
    expect(world.properties.has('latency.1')).toBe(true);
  });

  it('S2 · a day that never had any has none', () => {
    const { tables, run } = story({}, NO_PINGS);
    run();
    run();
    expect(tables.days).toMatchObject([{ pings: 0, peakMs: '' }]);
  });

  it('M12 · those that moved to the archive count as they did', () => {
    const { world, tables, run } = story();
    run();
    tables.pingsArchive.push(...tables.pings);
    world.contents.archiveMade = true;
    tables.pings.length = 0;
    const before = structuredClone(tables.days);
    expect(run()).toBe(true);
    expect(tables.days.map(({ pings, peakMs, note }) => [pings, peakMs, note])).toEqual(
      before.map(({ pings, peakMs, note }) => [pings, peakMs, note]),
    );
    expect(tables.pings).toEqual([]);
  });

  it('T1 · a run that was cut short has put some of them there: none stands twice', () => {
    const { world, tables, run } = story();
    run();
    for (const [name, value] of Object.entries(logged(PINGS))) world.properties.set(name, value);
    run();
    expect(tables.pings).toHaveLength(3);
    expect(tables.days).toMatchObject([{ pings: 3 }]);
  });
});

describe('D15, T10 · another account, another zone', () => {
  const many = [...events('task_added', 3_000)];

  /** What there is of the first account: its rows, and what was collected. */
  const leftBy = ({ contents, properties }: InMemory) => ({
    rows: structuredClone({ ...contents.tables, log: [] }),
    collected: [...properties].filter(([name]) => /^(collection|reported|sums)/.test(name)).sort(),
  });
  const refusals = ({ contents }: InMemory) =>
    contents.tables.log.filter(({ what }) => String(what).startsWith(ru.error.what('other-account', 200)));

  it('D15 · an account that changes in the middle: nothing of the new one comes in, and the old one’s day waits', () => {
    const { amo, world, tables, run } = story({ events: many }, { ...SLOW, ...NO_PINGS });
    const { id } = amo;
    keepPlan(world.outside, { ...keptPlan(world.outside), since: '2026-11-18', accountId: id });
    run('due');
    expect(keptCollection(world.outside, 'collection')).toMatchObject({ accountId: id });
    const before = leftBy(world);
    amo.id = 77;
    amo.events = events('lead_added', 5);
    run('due');
    goOn(world);
    expect(leftBy(world)).toEqual(before);
    expect(keptPlan(world.outside)).toMatchObject({ accountId: id, since: '2026-11-18', open: true });
    expect(refusals(world)).toMatchObject([{ level: 'ERROR', todo: ru.error.todo('other-account') }]);
    // The first account is back: the day goes on from where it was.
    Object.assign(amo, { id, events: many });
    run('nightly');
    goOn(world);
    expect(tables.days).toMatchObject([{ date: DAY, completeness: 'полный', events: 3_000 }]);
    expect(keptPlan(world.outside)).toMatchObject({ accountId: id });
  });

  it('D15 · a person who starts it is told, each time, and nothing comes in either', () => {
    const { amo, world, run } = story({ events: events('task_added', 3) }, { ...NO_PINGS, person: [] });
    run();
    const before = leftBy(world);
    amo.id = 77;
    for (const nth of [1, 2]) {
      expect(run()).toBe(false);
      expect(refusals(world)).toHaveLength(nth);
      expect(world.shown.at(-1)).toContain(ru.error.todo('other-account'));
    }
    expect(leftBy(world)).toEqual(before);
  });

  it('D15 · nor is the last day of the old account looked at again: no event is asked for', () => {
    const { amo, world, run } = story({ events: events('task_added', 3) }, NO_PINGS);
    run('nightly');
    const before = leftBy(world);
    const asked = world.requests.length;
    amo.id = 77;
    world.clock.set('2026-11-20T03:05:00+03:00');
    run('nightly');
    expect(windowsOf(world, asked)).toEqual([]);
    expect(leftBy(world)).toEqual(before);
  });

  it('D15 · nor where the plan was lost, which would have told that it is another account', () => {
    const { amo, world, run } = story({ events: events('task_added', 3) }, NO_PINGS);
    run('nightly');
    amo.id = 77;
    world.properties.delete(PLAN);
    const asked = world.requests.length;
    world.clock.set('2026-11-20T03:05:00+03:00');
    run('nightly');
    expect(windowsOf(world, asked)).toEqual([]);
    expect(world.contents.tables.days).toHaveLength(1);
  });

  it('T10 · an account that moves to another zone is told of, once', () => {
    const { amo, world, tables, run } = story({ events: [] }, NO_PINGS);
    const told = () => tables.log.filter(({ what }) => what === ru.report.zoneChanged(ZONE, 'Asia/Omsk'));
    run();
    expect(told()).toEqual([]);
    amo.timeZone = 'Asia/Omsk';
    world.clock.pass(10 * 60_000);
    run();
    run();
    expect(told()).toMatchObject([{ level: 'WARN' }]);
  });

  it('T10 · what was read of a day that a new zone has made another one is not kept for ever', () => {
    const { world, tables, run } = story({ events: many }, { ...SLOW, ...NO_PINGS });
    keepPlan(world.outside, { ...keptPlan(world.outside), since: '2026-11-18' });
    run('due');
    expect(keptCollection(world.outside, 'collection')).toMatchObject({ day: '2026-11-18' });
    // There it is still the 18th.
    world.contents.settings.find(({ key }) => key === 'timeZone')!.value = 'America/New_York';
    run('due');
    expect(keptCollection(world.outside, 'collection')).toBeUndefined();
    expect([...world.properties.keys()].filter(name => name.startsWith('sums'))).toEqual([]);
    expect(tables.log.at(-1)).toMatchObject({ what: ru.report.nothingDue });
  });

  it('T10 · a zone that changes in the middle begins the day anew: it is another day', () => {
    const { world, tables, run } = story({ events: many }, { ...SLOW, ...NO_PINGS });
    run();
    expect(keptCollection(world.outside, 'collection')).toMatchObject({ zone: ZONE });
    world.contents.settings.find(({ key }) => key === 'timeZone')!.value = 'UTC';
    goOn(world);
    const inUtc = many.filter(({ created_at: at }) => (at as number) >= FROM + 10_800).length;
    expect(inUtc).toBeLessThan(3_000);
    expect(tables.days).toMatchObject([{ date: DAY, completeness: 'полный', events: inUtc }]);
  });
});

/** The request for it, counted from 1: account, users and names come first. */
const FIRST_WINDOW = 2 + NAMES_ASKED.length + 1;

describe('T12, I8 · a ping that falls due while a day is read', () => {
  it('T12 · is taken between two rounds, marked, and kept out of the peak', () => {
    const { amo, world, tables, run } = story({}, { ...NO_PINGS, latency: () => 3_000 });
    amo.fault = (_, nth) => {
      // Behind the first window.
      if (nth === FIRST_WINDOW + 1) world.properties.set('pingDue', String(world.clock.now()));
      return undefined;
    };
    run();
    const asked = world.requests.map(({ request }) => pathOf(request));
    const samples = asked.flatMap((path, index) =>
      index > FIRST_WINDOW && path === '/api/v4/account' ? [index] : [],
    );
    expect(samples).toEqual([samples[0], samples[0]! + 1, samples[0]! + 2]);
    expect([asked[samples[0]! - 1], asked[samples[0]! + 3]]).toEqual(Array(2).fill('/api/v4/events'));
    expect(world.properties.has('pingDue')).toBe(false);
    expect(tables.report).toMatchObject([{ peakMs: '' }, {}, {}, {}, {}]);
    world.clock.set('2026-11-20T03:05:00+03:00');
    run();
    expect(tables.pings).toMatchObject([{ ms: 3_000, counted: 'нет', cause: ru.duringCollection }]);
    expect(tables.days[1]).toMatchObject({ pings: 1, peakMs: '' });
  });

  it('I8 · Days tells all our requests of a day, and their share of the limit', () => {
    const { world, tables, run } = story({ events: [] }, NO_PINGS);
    run('nightly');
    world.clock.set('2026-11-20T03:05:00+03:00');
    const requests = world.requests.length;
    run('nightly');
    expect(tables.days[1]).toMatchObject({ ownRequests: requests, ownShare: requests / (7 * A_DAY) });
    keepReportsGoing(world.outside);
  });
});
