import fc from 'fast-check';
import { reportPlanOf } from '../../src/core/reportPlan';
import { TEXTS } from '../../src/core/texts';
import { keepReportsGoing } from '../../src/jobs/backbone';
import { dailyReport } from '../../src/jobs/dailyReport';
import { keptTriggers } from '../../src/jobs/installedTriggers';
import { keptCollection } from '../../src/jobs/keptCollection';
import { keepPlan, keptPlan } from '../../src/jobs/keptPlan';
import { takeLease } from '../../src/jobs/lease';
import { PLAN } from '../../src/jobs/propertyNames';
import { SheetProtected } from '../../src/ports';
import { htmlPage, pathOf, queryOf, text } from '../support/amoAnswers';
import { type InMemory, USER } from '../support/inMemoryOutside';
import {
  BUSY_DAY,
  DAY,
  events,
  goOn,
  logOf,
  NO_PINGS,
  PINGS,
  REPORT,
  story,
  TO,
} from '../support/reportStory';
import { NAMES_ASKED } from '../support/smallAccount';
import { Killed } from '../support/steps';

const { ru } = TEXTS;
const MINUTE = 60_000;
/** amoCRM that takes three seconds for a page. */
const SLOW = { latency: () => 3_000, workingMs: 45_000 };
const MANY = [
  ...BUSY_DAY,
  ...events('task_added', 4_000),
  ...events('lead_added', 1_500, { created_by: 102 }),
];
const EXPECTED = { events: 5_806, automated: 4_229, manual: 1_577 };

/** What another run writes down while it holds the line. */
const PING_UNDER_WAY = { id: 'ping', holder: 'hourlyPing', since: Date.parse('2026-11-19T03:05:00+03:00') };

const pathsOf = (world: InMemory, from = 0) =>
  world.requests.slice(from).map(({ request }) => pathOf(request));
const continuations = (world: InMemory) =>
  world.triggers.filter(({ handler }) => handler === 'continueReport').map(({ onceAt }) => onceAt);

describe('M3, M13 · a day over several runs', () => {
  it('M13 · D13 · goes on by itself until it is there, and says so meanwhile', () => {
    const { world, tables, run } = story({ events: MANY }, SLOW);
    const begin = world.clock.now();
    expect(run()).toBe(true);
    expect(world.clock.now() - begin).toBeLessThan(47_000);
    expect(tables.report).toEqual([]);
    expect(tables.pings).toEqual([]);
    const share = /^частичный: собрано (\d+) %$/.exec(String(tables.days[0]!['completeness']))![1];
    expect(Number(share)).toBeGreaterThan(10);
    expect(tables.days[0]).toMatchObject({
      date: DAY,
      pings: '',
      note: expect.stringMatching(/^Не собрано с \d\d:\d\d до/),
    });
    expect(tables.log).toMatchObject([
      { level: 'INFO', what: ru.report.goesOn('18.11.2026', '19.11.2026 03:06') },
    ]);
    expect(keptPlan(world.outside)).toMatchObject({ open: true, failures: 0 });

    expect(goOn(world)).toBeGreaterThanOrEqual(2);
    expect(tables.days).toMatchObject([
      { date: DAY, completeness: 'полный', ...EXPECTED, pings: 3, peakMs: 509 },
    ]);
    expect(tables.report.map(({ count }) => count)).toEqual([4_040, 120, 30, 20, 12]);
    // All but the names of types that are asked for to write it.
    expect(tables.days[0]!['requests']).toBe(pathsOf(world).length - 1);
    expect(logOf(world)).toEqual([PINGS[3]]);
    expect(continuations(world)).toEqual([]);
    expect(world.mails).toEqual([]);
    expect(keptPlan(world.outside)).toMatchObject({ open: false, last: '2026-11-18', asked: [] });
    expect(keptCollection(world.outside, 'collection')).toBeUndefined();
  });

  it('M13 · users are asked for once a day, not once a run', () => {
    const { world, run } = story({ events: MANY }, SLOW);
    run();
    goOn(world);
    expect(pathsOf(world).filter(path => path === '/api/v4/users')).toHaveLength(1);
    // With the users, and by the run that writes the report.
    expect(pathsOf(world).filter(path => path === '/api/v4/events/types')).toHaveLength(2);
  });

  it('C7 · M4 · service accounts count as they were when the day was begun', () => {
    const { world, tables, run } = story({ events: MANY }, { ...SLOW, settings: { serviceAccounts: '102' } });
    run();
    world.contents.settings.find(({ key }) => key === 'serviceAccounts')!.value = '';
    goOn(world);
    expect(tables.days).toMatchObject([{ automated: 5_729, manual: 77 }]);
  });

  it('T2 · D13 · a window that no run is long enough for gets smaller, until it fits', () => {
    const crowded = events('crowd', 3_000).map((event, nth) => ({
      ...event,
      created_at: event.created_at === undefined ? 0 : DAY_FROM + (nth % 240),
    }));
    const { world, tables, run } = story({ events: crowded }, { latency: () => 2_000, workingMs: 45_000 });
    run();
    expect(goOn(world)).toBeLessThan(20);
    expect(tables.days).toMatchObject([{ completeness: 'полный', events: 3_000 }]);
  });
  const DAY_FROM = Date.parse('2026-11-18T10:00:00+03:00') / 1000;

  it('T7 · without one-off triggers the hourly one goes on', () => {
    const { world, tables, run } = story({ events: MANY }, SLOW);
    world.steps.interfere = port => {
      if (port === 'triggers.createOnce') throw new Error('Server error');
    };
    run();
    expect(continuations(world)).toEqual([]);
    expect(world.console.filter(({ text }) => text === 'continuation: Server error')).toHaveLength(1);
    expect(tables.log.map(({ level }) => level)).toEqual(['INFO']);
    let hours = 0;
    while (keptPlan(world.outside).open) {
      world.clock.pass(60 * MINUTE);
      keepReportsGoing(world.outside);
      hours += 1;
      expect(hours).toBeLessThan(20);
    }
    expect(tables.days).toMatchObject([{ completeness: 'полный', ...EXPECTED }]);
    const requests = world.requests.length;
    world.clock.pass(60 * MINUTE);
    keepReportsGoing(world.outside);
    expect(world.requests).toHaveLength(requests);
  });

  it('T1 · killed anywhere, any number of times: the same figures, once', () => {
    const parts = { latency: () => 1_000, workingMs: 27_000 };
    const some = [...BUSY_DAY, ...events('task_added', 700)];
    const outcome = ({ tables, world }: ReturnType<typeof story>) => ({
      ...{ report: tables.report, pings: tables.pings, left: logOf(world) },
      days: tables.days.map(({ requests: _, ...row }) => row),
      continuations: continuations(world),
      // The lease ends by itself, a killed run leaves no line and no usage, and documents that nobody names go with
      // the next change.
      names: [...new Set([...world.properties.keys()].map(name => name.replace(/^sums\.\d+/, 'sums')))]
        .filter(name => /^(sums|latency|users|collection|reported|pingDue)\b/.test(name))
        .sort(),
    });
    const undisturbed = story({ events: some }, parts);
    undisturbed.run();
    expect(goOn(undisturbed.world)).toBeGreaterThanOrEqual(1);
    const expected = outcome(undisturbed);
    expect(expected.days).toMatchObject([{ completeness: 'полный', events: 1_006 }]);

    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 260 }), { minLength: 1, maxLength: 4 }), kills => {
        const one = story({ events: some }, parts);
        const left = [...kills];
        const isDone = () => one.tables.days[0]?.['completeness'] === ru.complete;
        const planned = () => reportPlanOf(one.world.properties.get(PLAN));
        for (let runs = 0; left.length > 0 || !isDone() || planned().open; runs += 1) {
          expect(runs).toBeLessThan(40);
          const nth = left.shift();
          if (nth !== undefined) one.world.steps.killBefore(nth);
          try {
            // A person's wish that was lost before it was written down is wished again.
            one.run(planned().accountId === undefined ? 'yesterday' : 'due');
          } catch (error) {
            if (!(error instanceof Killed)) throw error;
          }
          one.world.steps.revive();
          one.world.clock.pass(10 * MINUTE);
        }
        expect(outcome(one)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('M4 · the register of users', () => {
  it('M4 · T1 · that was lost between two runs is asked for again: nobody becomes a robot by that', () => {
    const { world, tables, run } = story({ events: MANY }, SLOW);
    run();
    expect(keptCollection(world.outside, 'collection')).toBeDefined();
    for (const name of [...world.properties.keys()])
      if (name.startsWith('users')) world.properties.delete(name);
    goOn(world);
    expect(tables.days).toMatchObject([EXPECTED]);
  });
});

describe('T2 · time that is over', () => {
  it.each(['/api/v4/account', '/api/v4/users', '/api/v4/events'])(
    'T2 · at %s: no failure, the next run goes on',
    path => {
      let slow = true;
      const { world, tables, run } = story(
        {},
        {
          settings: { notifyEmail: 'boss@example.com' },
          workingMs: 60_000,
          latency: (_, request) => (slow && pathOf(request) === path ? 61_000 : 40),
        },
      );
      expect(run()).toBe(true);
      expect(tables.report).toEqual([]);
      expect(keptPlan(world.outside)).toMatchObject({ open: true, failures: 0, retryAt: 0 });
      expect(tables.log).toMatchObject([{ level: 'INFO', what: expect.stringContaining('ещё не собран') }]);
      expect(continuations(world)).toEqual([world.clock.now() + MINUTE]);
      slow = false;
      // A window that took a run's whole time is read in parts; otherwise one run is enough.
      goOn(world);
      expect(tables.report).toEqual(REPORT);
      expect(world.mails).toEqual([]);
    },
  );

  it('T2 · too little time is left for publishing: that is left to the next run, which asks for no events', () => {
    const isSlow = (query: Record<string, string>) => query['filter[created_at][from]'] === `${TO - 3_600}`;
    const { world, tables, run } = story(
      {},
      { latency: (_, request) => (isSlow(queryOf(request)) ? 255_000 : 40) },
    );
    expect(run()).toBe(true);
    expect(keptCollection(world.outside, 'collection')).toMatchObject({ phase: 'collected' });
    expect(tables.report).toEqual([]);
    // It is whole, only not written: nothing is called missing.
    expect(tables.days).toEqual([]);
    expect(tables.log).toMatchObject([{ level: 'INFO' }]);
    const before = world.requests.length;
    expect(goOn(world)).toBe(1);
    expect(pathsOf(world, before)).toEqual(['/api/v4/account', '/api/v4/events/types']);
    expect(tables.report).toEqual(REPORT);
  });
});

describe('S5, Q8 · writing that fails', () => {
  it.each(['workbook.ensure', 'table.replace report', 'table.append pings', 'table.replace days'])(
    'S5 · at %s: what was collected waits, and is written without a single request for events',
    port => {
      const { world, tables, run } = story({}, { settings: { notifyEmail: 'boss@example.com' } });
      world.steps.interfere = at => {
        if (at === port) throw new SheetProtected('Отчёт', ['boss@example.com']);
      };
      expect(run()).toBe(false);
      expect(tables.log).toMatchObject([
        {
          ...{ level: 'ERROR', what: ru.sheetProtected('Отчёт', 'boss@example.com') },
          ...{ effect: ru.effect.reportInDoubt('18.11.2026'), todo: ru.sheetProtectedTodo },
        },
      ]);
      expect(logOf(world)).toEqual(PINGS);
      const { open, failures, tries } = keptPlan(world.outside);
      expect([open, failures, tries]).toEqual([true, 1, {}]);
      expect(world.mails).toHaveLength(1);
      world.steps.interfere = undefined;
      const before = world.requests.length;
      expect(goOn(world)).toBe(1);
      expect(pathsOf(world, before)).toEqual(['/api/v4/account', '/api/v4/events/types']);
      expect(tables.report).toEqual(REPORT);
      expect(tables.days).toHaveLength(1);
      expect(tables.pings).toHaveLength(3);
      expect(logOf(world)).toEqual([PINGS[3]]);
      expect(world.mails.map(({ subject }) => subject)).toEqual([
        ru.mail.fails('Отчёт', '', '').subject,
        ru.mail.works('Отчёт', '').subject,
      ]);
    },
  );

  it('S5 · a partial row that cannot be written hides nothing of what went wrong', () => {
    const { world, tables, run } = story({
      fault: request => (pathOf(request) === '/api/v4/events' ? text('', 503) : undefined),
    });
    world.steps.interfere = port => {
      if (port === 'table.replace days') throw new SheetProtected('Дни', []);
    };
    expect(run()).toBe(false);
    expect(tables.log).toMatchObject([{ what: ru.error.what('server-error', 503) }]);
  });
});

/** The request that is for the sixth window: account, users and names come first. */
const IN_THE_DAY = 2 + NAMES_ASKED.length + 6;

describe('H9, H12, H16, I9 · amoCRM that does not want to', () => {
  it('H16 · the waits grow, and no run begins before they are over', () => {
    const { amo, world, tables, run } = story({ fault: () => text('', 503) });
    const waits: number[] = [];
    run();
    for (let nth = 0; nth < 5; nth += 1) {
      const { retryAt, open } = keptPlan(world.outside);
      expect(open).toBe(true);
      expect(continuations(world)).toEqual([retryAt]);
      waits.push(Math.round((retryAt - world.clock.now()) / MINUTE));
      const before = world.requests.length;
      world.clock.pass(retryAt - world.clock.now() - 1);
      keepReportsGoing(world.outside);
      expect(world.requests).toHaveLength(before);
      world.clock.pass(1);
      keepReportsGoing(world.outside);
      expect(world.requests.length).toBeGreaterThan(before);
    }
    expect(waits).toEqual([5, 10, 20, 40, 60]);
    amo.fault = undefined;
    goOn(world);
    expect(tables.report).toEqual(REPORT);
    expect(keptPlan(world.outside)).toMatchObject({ open: false, failures: 0, retryAt: 0 });
  });

  it('H9 · a block in mid-run: not one request for an hour, by whatever job, then the day goes on', () => {
    const { amo, world, tables, run } = story({}, { settings: { notifyEmail: 'boss@example.com' } });
    amo.fault = (_, nth) => (nth === IN_THE_DAY ? htmlPage(403) : undefined);
    expect(run()).toBe(false);
    const until = world.clock.now() + 60 * MINUTE;
    expect(keptPlan(world.outside).retryAt).toBe(until);
    expect(continuations(world)).toEqual([until]);
    expect(tables.log).toMatchObject([{ level: 'ERROR', what: ru.error.what('blocked', 403) }]);
    expect(world.mails).toHaveLength(1);
    expect(world.requests).toHaveLength(IN_THE_DAY);
    for (let nth = 0; nth < 5; nth += 1) {
      world.clock.pass(10 * MINUTE);
      run('due');
      keepReportsGoing(world.outside);
    }
    expect(world.requests).toHaveLength(IN_THE_DAY);
    expect(keptPlan(world.outside).retryAt).toBeGreaterThanOrEqual(until);
    goOn(world);
    expect(tables.report).toEqual(REPORT);
    const spans = world.requests.map(({ sent }) => sent);
    expect(spans[IN_THE_DAY]! - spans[IN_THE_DAY - 1]!).toBeGreaterThanOrEqual(60 * MINUTE);
    expect(world.mails).toHaveLength(2);
  });

  it('H12 · Retry-After 600 in mid-run: no failure, for the day has moved on; no request until then', () => {
    const { amo, world, tables, run } = story({}, { settings: { notifyEmail: 'boss@example.com' } });
    amo.fault = (_, nth) => (nth === IN_THE_DAY ? text('', 429, { 'retry-after': '600' }) : undefined);
    expect(run()).toBe(true);
    const until = world.clock.now() + 10 * MINUTE;
    expect(continuations(world)).toEqual([until]);
    expect(tables.log).toMatchObject([
      { level: 'WARN', what: ru.report.patience(ru.report.goesOn('18.11.2026', '19.11.2026 03:15')) },
    ]);
    expect(keptPlan(world.outside)).toMatchObject({ open: true, failures: 0 });
    world.clock.pass(5 * MINUTE);
    keepReportsGoing(world.outside);
    expect(world.requests).toHaveLength(IN_THE_DAY);
    goOn(world);
    expect(tables.report).toEqual(REPORT);
    expect(world.mails).toEqual([]);
  });

  it('H12 · where nothing moved on, it is a failure', () => {
    const { world, tables, run } = story({ fault: () => text('', 429, { 'retry-after': '600' }) });
    expect(run()).toBe(false);
    expect(world.requests).toHaveLength(1);
    expect(keptPlan(world.outside)).toMatchObject({ failures: 1, retryAt: world.clock.now() + 10 * MINUTE });
    expect(tables.log).toMatchObject([{ level: 'ERROR', what: ru.error.what('too-many-requests', 429) }]);
  });

  it('H15 · 429 on every second request: slower, and whole in the end', () => {
    const { world, tables, run } = story({ fault: (_, nth) => (nth % 2 === 0 ? text('', 429) : undefined) });
    run();
    expect(goOn(world)).toBeLessThan(10);
    expect(tables.report).toEqual(REPORT);
    expect(JSON.parse(world.properties.get('line')!).slowed.perSecond).toBe(0.5);
  });
});

describe('T6, T13, Q1 · runs that do nothing', () => {
  it('T6 · nothing is due: one request, and a word for it', () => {
    const { world, tables, run } = story({}, NO_PINGS);
    run('due');
    expect(pathsOf(world)).toEqual(['/api/v4/account']);
    expect(tables.log).toMatchObject([{ level: 'INFO', what: ru.report.nothingDue }]);
    expect(tables.report).toEqual([]);
  });

  it('T6 · the nightly run after its day was made by hand finds nothing left', () => {
    const { world, tables, run } = story({}, NO_PINGS);
    run();
    const before = structuredClone([tables.report, tables.days]);
    run('nightly');
    expect([tables.report, tables.days]).toEqual(before);
    expect(tables.log.at(-1)).toMatchObject({ what: ru.report.nothingDue });
    expect(keptPlan(world.outside)).toMatchObject({
      open: false,
      dueAt: Date.parse('2026-11-20T03:30:00+03:00'),
    });
  });

  it.each([
    ['due', 0],
    ['nightly', 1],
  ] as const)('T13 · while another has the line, a %s run says it %d times', (wanted, rows) => {
    const { world, tables, run } = story();
    takeLease(world.outside, 'hourlyPing');
    expect(run(wanted)).toBe(false);
    expect(tables.log).toHaveLength(rows);
    expect(world.requests).toEqual([]);
  });

  it('T13 · Q9 · a nightly run that finds the line taken and the storage failing says so, and comes back', () => {
    const { world, tables, run } = story();
    takeLease(world.outside, 'hourlyPing');
    world.steps.interfere = (port, detail) => {
      if (port === 'properties.change' && detail?.includes('reports')) throw new Error('storage');
    };
    expect(run('nightly')).toBe(false);
    expect(tables.log[0]).toMatchObject({ level: 'ERROR', what: ru.unexpected('storage') });
    expect(continuations(world)).toHaveLength(1);
  });

  it.each([
    [undefined, '2026-11-18'],
    ['2026-11-10', '2026-11-10'],
  ])(
    'T13 · T6 · a nightly run that finds the line taken is made up for a minute later: since %s',
    (since, from) => {
      const { world, tables, run } = story({}, NO_PINGS);
      if (since) keepPlan(world.outside, { ...keptPlan(world.outside), since });
      world.properties.set('lease', JSON.stringify({ ...PING_UNDER_WAY, until: world.clock.now() + MINUTE }));
      expect(run('nightly')).toBe(false);
      expect(continuations(world)).toEqual([world.clock.now() + MINUTE]);
      expect(keptPlan(world.outside)).toMatchObject({ open: true, since: from });
      goOn(world);
      expect(tables.report).toHaveLength(since ? 8 + REPORT.length : REPORT.length);
    },
  );

  it.each([['due'], ['yesterday']] as const)(
    'T13 · a %s run that finds it taken leaves nothing behind',
    wanted => {
      const { world, run } = story({}, NO_PINGS);
      takeLease(world.outside, 'hourlyPing');
      expect(run(wanted)).toBe(false);
      expect(continuations(world)).toEqual([]);
      expect(keptPlan(world.outside)).toMatchObject({ open: false, since: undefined });
    },
  );

  it('T13 · Q6 · a nightly run that finds line and storage taken is still told as such, and comes back', () => {
    const { world, tables, run } = story();
    takeLease(world.outside, 'hourlyPing');
    let times = 0;
    world.steps.interfere = port => {
      if (port !== 'mutex.during') return;
      // The first time the line is found taken; then another run has the lock; then it is free again.
      times += 1;
      world.mutex.busy = times === 2;
    };
    expect(run('nightly')).toBe(false);
    expect(keptPlan(world.outside).open).toBe(false);
    expect(continuations(world)).toHaveLength(1);
    expect(tables.log).toMatchObject([{ what: ru.alreadyRunning('Замер', '03:05') }]);
  });

  it.each<[string, object]>([
    ['requests', { requests: 19_000 }],
    ['run time', { triggerMs: 85.5 * MINUTE }],
  ])('Q1 · Q2 · with the %s nearly used up the report waits until the quota begins anew', (_, used) => {
    const since = Date.parse('2026-11-18T08:00:00+03:00');
    const { world, tables, run } = story({}, { properties: { usage: JSON.stringify({ since, ...used }) } });
    expect(run('nightly')).toBe(true);
    expect(world.requests).toEqual([]);
    const until = since + 24 * 60 * MINUTE;
    expect(keptPlan(world.outside)).toMatchObject({ open: true, retryAt: until });
    expect(tables.log).toMatchObject([{ level: 'WARN', ...ru.quota.exhausted('19.11.2026 08:00') }]);
    world.clock.pass(until - world.clock.now() - 1);
    keepReportsGoing(world.outside);
    expect(world.requests).toEqual([]);
    world.clock.pass(1);
    keepReportsGoing(world.outside);
    expect(world.requests.length).toBeGreaterThan(0);
  });

  it('Q1 · I7 · a report that waits for the quota is neither a failure nor a success: no mail', () => {
    const since = Date.parse('2026-11-18T08:00:00+03:00');
    const { amo, world, run } = story(
      { fault: () => text('', 402) },
      { settings: { notifyEmail: 'boss@example.com' } },
    );
    const spend = () => world.properties.set('usage', JSON.stringify({ since, requests: 19_000 }));
    spend();
    run('nightly');
    expect(world.mails).toEqual([]);
    world.properties.delete('usage');
    run('nightly');
    expect(world.mails).toHaveLength(1);
    amo.fault = undefined;
    spend();
    run('nightly');
    expect(world.mails).toHaveLength(1);
  });

  it('Q1 · a person may have the report all the same', () => {
    const usage = JSON.stringify({ since: Date.parse('2026-11-18T08:00:00+03:00'), requests: 19_500 });
    const { tables, run } = story({}, { properties: { usage }, person: [] });
    run();
    expect(tables.report).toEqual(REPORT);
  });

  it('Q7 · warns of what is nearly full, once', () => {
    const { world, tables, run } = story();
    world.contents.cells = 8_500_000;
    run();
    const warning = ru.quota.warning({ quota: 'cells', used: 8_500_000, limit: 10_000_000 });
    expect(tables.log).toContainEqual(expect.objectContaining({ level: 'WARN', ...warning }));
    const rows = tables.log.length;
    world.clock.pass(10 * MINUTE);
    run();
    expect(tables.log.slice(rows).filter(({ what }) => what === warning.what)).toEqual([]);
    world.clock.pass(25 * 60 * MINUTE);
    run();
    expect(tables.log.filter(({ what }) => what === warning.what)).toHaveLength(2);
  });

  it('T8 · T5 · one that a trigger called repairs the triggers; one by hand does not', () => {
    const night = story();
    night.run('nightly');
    expect(night.world.triggers.map(({ handler, owner }) => [handler, owner])).toEqual([
      ['hourlyPing', USER],
      ['dailyReport', USER],
    ]);
    const byHand = story({}, { person: [] });
    byHand.run();
    expect(byHand.world.triggers).toEqual([]);
  });

  it('T5 · the nightly run alone shows that its trigger is alive', () => {
    const { world, run } = story({}, NO_PINGS);
    const heardAt = () => keptTriggers(Object.fromEntries(world.properties)).installed.dailyReport?.heardAt;
    run('nightly');
    world.clock.pass(60 * MINUTE);
    const before = heardAt();
    for (const wanted of ['due', 'yesterday'] as const) {
      run(wanted);
      expect(heardAt()).toBe(before);
    }
    run('nightly');
    expect(heardAt()).toBeGreaterThan(before!);
  });

  it('T4 · one-off triggers that have fired are removed, whoever’s run it is', () => {
    const { world, run } = story();
    world.triggers.push({ id: 'a', handler: 'continueReport' }, { id: 'b', handler: 'continueReport' });
    run();
    expect(continuations(world)).toEqual([]);
  });

  it('T6 · a report that its trigger has missed is made by the hourly one, half an hour later', () => {
    const { world, tables, run } = story({}, NO_PINGS);
    run('nightly');
    world.clock.set('2026-11-20T03:29:59+03:00');
    const before = world.requests.length;
    keepReportsGoing(world.outside);
    expect(world.requests).toHaveLength(before);
    world.clock.set('2026-11-20T03:30:00+03:00');
    keepReportsGoing(world.outside);
    expect(tables.days.map(({ date }) => date)).toEqual([DAY, DAY + 1]);
    expect(dailyReport(world.outside, 'nightly')).toBe(true);
    expect(tables.days).toHaveLength(2);
  });
});
