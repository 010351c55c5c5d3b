import { AmoError } from '../../src/core/amoError';
import type { JobHealth } from '../../src/core/notices';
import { SCHEMA_VERSION } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { MASK } from '../../src/core/token';
import { takeLease } from '../../src/jobs/lease';
import { type JobDescription, type Run, runJob, settingsFindings } from '../../src/jobs/run';
import type { Finding } from '../../src/jobs/telling';
import { LockBusy, SheetProtected } from '../../src/ports';
import { json } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';
import { Killed } from '../support/steps';

const TOKEN = 'S3CRET-token';
const JOB: JobDescription = {
  name: 'dailyReport',
  holds: 'dailyReport',
  needsAccount: true,
  effectOfFailure: run => run.texts.effect.none,
};
const ready = (parts: WorldParts = {}) =>
  inMemoryOutside({
    ...parts,
    settings: { baseUrl: 'mycompany', ...parts.settings },
    properties: { token: TOKEN, ...parts.properties },
  });
/** Runs a story that has these things to say. */
const run = (world: InMemory, story: (run: Run) => readonly Finding[], job: Partial<JobDescription> = {}) =>
  runJob(world.outside, { ...JOB, ...job }, started => {
    started.findings.push(...story(started).map(finding => ({ ...finding })));
    return undefined;
  });
const throwing = (error: unknown) => () => {
  throw error;
};

const ALL: Finding[] = [
  { level: 'DEBUG', what: 'd' },
  { level: 'INFO', what: 'i' },
  { level: 'WARN', what: 'w', effect: 'e' },
  { level: 'ERROR', what: 'x', effect: 'e', todo: 't' },
];

describe('T14, M15, M16 · runJob', () => {
  it.each([
    ['DEBUG', ['d', 'i', 'w', 'x']],
    ['INFO', ['i', 'w', 'x']],
    ['WARN', ['w', 'x']],
    ['ERROR', ['x']],
  ])('M15 · at log level %s the log and the console get %j', (logLevel, told) => {
    const world = ready({ settings: { logLevel } });
    expect(run(world, () => ALL)).toBe(true);
    expect(world.contents.tables.log.map(({ what }) => what)).toEqual(told);
    expect(world.console).toHaveLength(told.length);
  });

  it('M16 · a row of the log tells when, job, level, what, effect, what to do, duration and requests', () => {
    const world = ready({ now: '2026-11-19T12:00:00+03:00', server: () => json({}) });
    run(world, ({ gate }) => {
      for (let nth = 0; nth < 2; nth += 1)
        gate.ready()({ url: 'https://mycompany.amocrm.ru/x', headers: {}, timeoutMs: 1 });
      world.clock.pass(65_000);
      return [{ level: 'ERROR', what: 'Что', effect: 'С данными', todo: 'Делать' }];
    });
    expect(world.contents.tables.log).toEqual([
      {
        ...{ when: 46345.5, job: 'Отчёт', level: 'ERROR', what: 'Что', effect: 'С данными', todo: 'Делать' },
        ...{ seconds: 65, requests: 2 },
      },
    ]);
    expect(world.console).toEqual([{ level: 'ERROR', text: 'Отчёт: Что · С данными · Делать' }]);
  });

  it('M16 · a person is told everything, also what is below the log level', () => {
    const world = ready({ settings: { logLevel: 'ERROR' }, person: [] });
    run(world, () => [{ level: 'INFO', what: 'Готово' }, ALL[3]!]);
    expect(world.shown).toEqual(['Готово\n\nx\ne\nt']);
  });

  it('a job with nothing to say says nothing', () => {
    const world = ready({ person: [] });
    expect(run(world, () => [])).toBe(true);
    expect(world.contents.tables.log).toEqual([]);
    expect(world.shown).toEqual([]);
  });

  it('M16 · the log keeps its newest 3,000 rows', () => {
    const world = ready();
    for (let index = 0; index < 3_005; index += 1) {
      world.contents.tables.log.push({ what: `old ${index}` });
    }
    run(world, () => [{ level: 'INFO', what: 'new' }]);
    const { log } = world.contents.tables;
    expect(log).toHaveLength(3_000);
    expect(log[0]!.what).toBe('old 6');
    expect(log[2_999]!.what).toBe('new');
  });

  it('T14 · makes the sheets when there is something to tell and no log yet', () => {
    const world = inMemoryOutside({});
    expect(run(world, () => [], {})).toBe(false);
    expect(world.contents.tables.log).toHaveLength(1);
  });

  it.each<[string, unknown, Record<string, string>]>([
    [
      'amoCRM refuses the token',
      new AmoError('token-refused', 401),
      {
        what: 'amoCRM не принимает токен (401)',
        todo: 'Выпустите новый долгосрочный токен (amoМаркет → ваша интеграция → «Ключи») и нажмите в меню «Настроить / починить».',
      },
    ],
    [
      'there is no connection',
      new AmoError('no-connection', 0, { detail: 'DNS error' }),
      { what: 'amoCRM не отвечает: нет связи с сервером' },
    ],
    [
      'the lock is busy',
      new LockBusy(),
      { what: 'Хранилище занято другим запуском', todo: 'Повторите через минуту.' },
    ],
    [
      'our own code is broken',
      new TypeError('x is undefined'),
      { what: 'Неожиданная ошибка: x is undefined' },
    ],
    ['something else is thrown', 'words', { what: 'Неожиданная ошибка: words' }],
  ])('T14 · a failure ends here, as one row: %s', (_, error, row) => {
    const world = ready({ person: [] });
    expect(run(world, throwing(error))).toBe(false);
    expect(world.contents.tables.log).toEqual([
      expect.objectContaining({ level: 'ERROR', effect: 'Данные не пострадали.', ...row }),
    ]);
    expect(world.contents.tables.log[0]!.todo).not.toBe('');
    expect(world.shown).toHaveLength(1);
  });

  it('T14 · findings of a story that failed in the end do not stand beside the failure', () => {
    const world = ready();
    run(world, () => {
      throw new AmoError('timeout');
    });
    expect(world.contents.tables.log).toHaveLength(1);
  });

  it('M16 · a second run of the job does nothing and says so', () => {
    const world = ready({ now: '2026-11-19T03:05:00+03:00' });
    const story = jest.fn(() => []);
    const ended: boolean[] = [];
    run(world, () => {
      world.clock.pass(60_000);
      ended.push(run(world, story));
      return [];
    });
    expect(ended).toEqual([false]);
    expect(story).not.toHaveBeenCalled();
    expect(world.contents.tables.log).toEqual([
      expect.objectContaining({
        level: 'WARN',
        what: 'Отчёт: уже выполняется с 03:05',
        effect: 'Ничего не сделано, данные не изменены.',
        todo: 'Дождитесь окончания: обычно это меньше шести минут.',
      }),
    ]);
  });

  it('M16 · without the lock the job does nothing and says so', () => {
    const world = ready();
    world.mutex.busy = true;
    const story = jest.fn(() => []);
    expect(run(world, story)).toBe(false);
    expect(story).not.toHaveBeenCalled();
    expect(world.contents.tables.log).toMatchObject([
      { level: 'ERROR', what: 'Хранилище занято другим запуском' },
    ]);
  });

  it.each<[string, WorldParts, string[]]>([
    ['address', { settings: { baseUrl: '' } }, ['Адрес amoCRM']],
    ['address', { settings: { baseUrl: 'evil.com' } }, ['Адрес amoCRM', 'evil.com']],
    ['token', { properties: {} }, ['Долгосрочный токен']],
  ])('M15 · without %s the job does nothing and names the row', (_, parts, words) => {
    const world = inMemoryOutside({
      ...{ settings: { baseUrl: 'mycompany' }, properties: { token: TOKEN } },
      ...parts,
    });
    const story = jest.fn(() => []);
    expect(run(world, story)).toBe(false);
    expect(story).not.toHaveBeenCalled();
    expect(world.requests).toEqual([]);
    const [row] = world.contents.tables.log;
    expect(row).toMatchObject({ level: 'ERROR', effect: 'Ничего не сделано, данные не изменены.' });
    for (const word of words) expect(row!.what).toContain(word);
    expect(row!.what).toContain('Не настроено');
  });

  it('M15 · a job that needs no account runs without one', () => {
    const world = inMemoryOutside({ settings: {} });
    expect(run(world, () => [], { needsAccount: false })).toBe(true);
  });

  it('T14 · no secret gets into the log, the console or a dialog', () => {
    for (const error of [
      new Error(`Bad request: Authorization: Bearer ${TOKEN}`),
      new AmoError('no-connection', 0, { detail: `cannot reach ${TOKEN}` }),
      new AmoError('no-connection', 0, { detail: `${TOKEN}${TOKEN}` }),
    ]) {
      const world = ready({ person: [] });
      run(world, throwing(error));
      expect(world.everythingShown()).not.toContain(TOKEN);
      expect([world.contents.tables.log[0]!.what, ...world.console.map(({ text }) => text)].join()).toContain(
        MASK,
      );
    }
    const world = ready({ person: [] });
    run(world, () => [{ level: 'INFO', what: TOKEN, effect: TOKEN, todo: TOKEN }]);
    expect(world.everythingShown()).not.toContain(TOKEN);
  });

  it('M15 · a run works on the settings as they were when it began', () => {
    const world = ready({ settings: { topEvents: 7 } });
    const seen: number[] = [];
    run(world, started => {
      world.contents.settings.find(({ key }) => key === 'topEvents')!.value = 20;
      seen.push(started.settings.topEvents);
      return [];
    });
    expect(seen).toEqual([7]);
  });

  it('T14 · leaves time for writing before the platform ends the run', () => {
    const world = ready();
    const times: number[] = [];
    run(world, ({ startedAt, deadline }) => {
      times.push(deadline - startedAt);
      return [];
    });
    const lastRequest = 1_001 + 10_000; // a wait of the pacer and a late answer, see the client
    expect(times).toHaveLength(1);
    expect(times[0]! + lastRequest).toBeLessThanOrEqual(345_000);
    expect(times[0]).toBeGreaterThanOrEqual(180_000);
  });

  it('M15 · problems of the settings become warnings that name their row', () => {
    const world = ready({ settings: { topEvents: 'x', pingSamples: 9 } });
    run(world, settingsFindings);
    expect(world.contents.tables.log.map(({ level, what }) => [level, what])).toEqual([
      ['WARN', expect.stringMatching(/^Настройки, строка «Событий в отчёте»: «x» не подходит/)],
      ['WARN', expect.stringMatching(/^Настройки, строка «Запросов в замере»: «9» не подходит/)],
    ]);
  });

  it('T14 · sheets of a newer version are not touched', () => {
    const world = ready({ person: [] });
    world.contents.schemaVersion = SCHEMA_VERSION + 1;
    const story = jest.fn(() => []);
    expect(run(world, story)).toBe(false);
    expect(story).not.toHaveBeenCalled();
    expect(world.shown[0]).toContain(TEXTS.ru.newerSheet);
    expect(world.shown[0]).toContain(TEXTS.ru.newerSheetTodo);
    // Not even the log: what this code would write a newer one may misread.
    expect(world.contents.tables.log).toEqual([]);
    expect(world.console).toEqual([expect.objectContaining({ level: 'ERROR' })]);
    world.contents.schemaVersion = SCHEMA_VERSION;
    expect(run(world, story)).toBe(true);
  });

  it('S5 · a protected sheet is named with those who may write there', () => {
    const world = ready();
    run(world, throwing(new SheetProtected('Дни', ['a@example.com', 'b@example.com'])));
    expect(world.contents.tables.log).toMatchObject([
      {
        what: TEXTS.ru.sheetProtected('Дни', 'a@example.com, b@example.com'),
        todo: TEXTS.ru.sheetProtectedTodo,
      },
    ]);
  });

  it('H9 · a pause says until when', () => {
    const world = ready();
    run(world, throwing(new AmoError('paused', 0, { until: world.clock.now() + 3_600_000 })));
    expect(world.contents.tables.log).toMatchObject([
      { what: 'amoCRM просил не обращаться: запросы остановлены до 04:05' },
    ]);
  });

  it('T14 · what a run has found before it failed is said too, first', () => {
    const world = ready();
    runJob(world.outside, JOB, ({ findings }) => {
      findings.push({ level: 'INFO', what: 'Готово наполовину' });
      throw new AmoError('timeout');
    });
    expect(world.contents.tables.log.map(({ level }) => level)).toEqual(['INFO', 'ERROR']);
  });
});

describe('M10, Q1, T1 · what a run leaves behind', () => {
  const asking = (world: InMemory, times: number, job: Partial<JobDescription> = {}) =>
    runJob(world.outside, { ...JOB, ...job }, ({ gate }) => {
      for (let nth = 0; nth < times; nth += 1)
        gate.ready()({ url: 'https://mycompany.amocrm.ru/x', headers: {}, timeoutMs: 1 });
      return undefined;
    });
  const property = (world: InMemory, name: string) => JSON.parse(world.properties.get(name) ?? 'null');
  const START = Date.parse('2026-11-19T03:05:00+03:00');

  it('T3 · the line free, when it was last used, and what was used of the quotas, in one change', () => {
    const world = ready({ server: () => json({}) });
    asking(world, 3);
    expect(world.properties.has('lease')).toBe(false);
    expect(property(world, 'line')).toMatchObject({ answeredAt: START + 120, journeys: { quickest: 40 } });
    expect(property(world, 'usage')).toMatchObject({
      ...{ since: START, requests: 3, triggerMs: 120, days: { '2026-11-19': 3 }, lastTriggerRun: START },
    });
    const changes = world.steps.log.filter(step => /^properties\.change .*(line|usage)/.test(step));
    expect(changes).toEqual(['properties.change line usage -lease']);
  });

  it('M10 · the next run goes on with the line as it is', () => {
    const world = ready({ server: () => json({}), settings: { requestsPerSecond: 1 } });
    asking(world, 1);
    asking(world, 1);
    expect(world.clock.slept).toEqual([1_001]);
  });

  it('Q1 · a person’s run with the line counts its requests, one without says nothing', () => {
    const world = ready({ server: () => json({}), person: [] });
    asking(world, 2);
    expect(property(world, 'usage')).toMatchObject({ requests: 2, triggerMs: 0, lastTriggerRun: 0 });
    const before = world.properties.get('usage');
    runJob(
      world.outside,
      { name: 'showStatus', needsAccount: false, effectOfFailure: () => '' },
      () => undefined,
    );
    expect(world.properties.get('usage')).toBe(before);
  });

  it('T1 · Q1 · the run after a killed one counts the six minutes that the other could not', () => {
    const world = ready({ server: () => json({}) });
    world.steps.killBefore(20);
    // The frame may hear of it in vain: no port answers any more.
    try {
      asking(world, 50);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    expect(world.steps.died).toBe(true);
    world.steps.revive();
    expect(world.properties.has('lease')).toBe(true);
    world.clock.pass(10 * 60_000);
    expect(asking(world, 0)).toBe(true);
    expect(property(world, 'usage').triggerMs).toBe(6 * 60_000);
    expect(asking(world, 0)).toBe(true);
    expect(property(world, 'usage').triggerMs).toBe(6 * 60_000);
  });

  it('T2 · a run whose time is long over takes nothing away from the one that has the line now', () => {
    const world = ready();
    runJob(world.outside, JOB, () => {
      world.clock.pass(8 * 60_000);
      takeLease(world.outside, 'hourlyPing');
      world.properties.set('line', '{"answeredAt":7}');
      return undefined;
    });
    expect(property(world, 'lease')).toMatchObject({ holder: 'hourlyPing' });
    expect(property(world, 'line')).toEqual({ answeredAt: 7 });
    expect(property(world, 'usage')).toMatchObject({ requests: 0 });
  });

  it('Q6 · when the lock is lost at the end a warning says that no data was harmed, and the lease ends by itself', () => {
    const world = ready();
    runJob(world.outside, JOB, () => {
      world.mutex.busy = true;
      return undefined;
    });
    expect(world.contents.tables.log).toMatchObject([
      { level: 'WARN', what: TEXTS.ru.lockBusy, effect: TEXTS.ru.effect.none },
    ]);
    expect(world.properties.has('lease')).toBe(true);
  });

  it('Q6 · that warning stands beside what the run has to say', () => {
    const world = ready();
    run(world, () => {
      world.mutex.busy = true;
      return [{ level: 'INFO', what: 'Готово' }];
    });
    expect(world.contents.tables.log).toMatchObject([{ what: 'Готово' }, { what: TEXTS.ru.lockBusy }]);
  });

  it('H9 · T1 · a block is known to the next run, also when this one is killed right after it', () => {
    const world = ready();
    try {
      runJob(world.outside, JOB, ({ gate }) => {
        gate.heard(new AmoError('blocked', 403));
        world.steps.killBefore(1);
        return undefined;
      });
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    world.steps.revive();
    world.clock.pass(10 * 60_000);
    const causes: (string | undefined)[] = [];
    runJob(world.outside, JOB, ({ gate }) => {
      causes.push(gate.pause?.cause);
      return undefined;
    });
    expect(causes).toEqual(['blocked']);
  });

  it('M16 · a job that needs no line leaves the lease of another alone', () => {
    const world = ready();
    takeLease(world.outside, 'dailyReport');
    const ended = runJob(
      world.outside,
      { name: 'showStatus', needsAccount: false, effectOfFailure: () => '' },
      () => undefined,
    );
    expect(ended).toBe(true);
    expect(property(world, 'lease')).toMatchObject({ holder: 'dailyReport' });
  });

  it('T13 · what a job says instead while another run holds the line', () => {
    const world = ready({ person: [] });
    takeLease(world.outside, 'hourlyPing');
    const seen: string[] = [];
    const ended = runJob(
      world.outside,
      {
        ...JOB,
        whenBusy: ({ lease }) => {
          seen.push(lease.holder);
          return [{ level: 'INFO', what: 'Позже' }];
        },
      },
      () => undefined,
    );
    expect([ended, seen, world.shown]).toEqual([false, ['hourlyPing'], ['Позже']]);
    expect(run(world, () => [])).toBe(false);
    expect(world.shown[1]).toContain(TEXTS.ru.alreadyRunning('Замер', '03:05'));
  });
});

describe('I7 · a watched job', () => {
  const { ru } = TEXTS;
  const watched = (world: InMemory, story: () => JobHealth | undefined, job: Partial<JobDescription> = {}) =>
    runJob(world.outside, { ...JOB, watched: true, ...job }, story);
  const works = () => undefined;
  const mailed = (settings: WorldParts['settings'] = { notifyEmail: 'boss@example.com' }) =>
    ready({ settings });

  it('I7 · one mail when it fails, with what happened, since when and what to do; one when it works again', () => {
    const world = mailed();
    watched(world, throwing(new AmoError('token-refused', 401)));
    world.clock.pass(3_600_000);
    watched(world, throwing(new AmoError('token-refused', 401)));
    world.clock.pass(3_600_000);
    watched(world, works);
    watched(world, works);
    const said = [ru.error.what('token-refused', 401), ru.effect.none, ru.error.todo('token-refused')].join(
      '\n',
    );
    expect(world.mails).toEqual([
      { to: 'boss@example.com', ...ru.mail.fails('Отчёт', said, '19.11.2026 03:05') },
      { to: 'boss@example.com', ...ru.mail.works('Отчёт', '19.11.2026 03:05') },
    ]);
    expect(JSON.parse(world.properties.get('usage')!).mails).toBe(2);
    expect(JSON.parse(world.properties.get('notices')!)).toEqual({ failing: {}, outbox: [] });
  });

  it('I7 · a mail tells the error, not a remark beside it; without an error the remark', () => {
    const world = mailed();
    runJob(world.outside, { ...JOB, watched: true }, ({ findings }) => {
      findings.push({ level: 'WARN', what: 'Замечание' });
      throw new AmoError('token-refused', 401);
    });
    expect(world.mails[0]!.body).toMatch(/^amoCRM не принимает токен/);
    const other = mailed();
    runJob(other.outside, { ...JOB, watched: true }, ({ findings }) => {
      findings.push({ level: 'INFO', what: 'Просто так' }, { level: 'WARN', what: 'Замечание' });
      return { state: 'fails', passing: false };
    });
    expect(other.mails[0]!.body).toBe(ru.mail.fails('Отчёт', 'Замечание', '19.11.2026 03:05').body);
  });

  it.each<[string, unknown, number]>([
    ['a fault that may pass', new AmoError('server-error', 503), 0],
    ['one that will not', new AmoError('forbidden', 403), 1],
    ['a block', new AmoError('blocked', 403), 1],
    ['a protected sheet', new SheetProtected('Отчёт', []), 1],
    ['a fault of our own', new TypeError('x'), 1],
    ['a busy lock', new LockBusy(), 0],
  ])('I7 · after one run with %s', (_, error, mails) => {
    const world = mailed();
    watched(world, throwing(error));
    expect(world.mails).toHaveLength(mails);
  });

  it('I7 · a run that another was in the way of says nothing of the job', () => {
    const world = mailed();
    takeLease(world.outside, 'setUp');
    for (let nth = 0; nth < 3; nth += 1) watched(world, works);
    expect(world.mails).toEqual([]);
    expect(world.properties.has('notices')).toBe(false);
  });

  it('I7 · without an address nobody is mailed; whoever gives one is told of what still fails', () => {
    const world = mailed({});
    watched(world, throwing(new AmoError('forbidden', 403)));
    expect(world.mails).toEqual([]);
    world.contents.settings.find(({ key }) => key === 'notifyEmail')!.value = 'boss@example.com';
    watched(world, throwing(new AmoError('forbidden', 403)));
    expect(world.mails).toHaveLength(1);
  });

  it('I7 · a job that is not watched is not told of', () => {
    const world = mailed();
    watched(world, throwing(new AmoError('forbidden', 403)), { watched: false });
    expect(world.mails).toEqual([]);
  });

  it('L5 · a mail is written down with the run’s end and claimed before it is sent', () => {
    const world = mailed();
    watched(world, throwing(new AmoError('forbidden', 403)));
    const { log } = world.steps;
    const sent = log.findIndex(step => step.startsWith('mailer.send'));
    const changes = log.flatMap((step, index) =>
      step.startsWith('properties.change') && step.includes('notices') ? [index] : [],
    );
    expect(changes.filter(index => index < sent)).toHaveLength(2);
    expect(changes.filter(index => index > sent)).toHaveLength(1);
    expect(log[changes[0]!]).toBe('properties.change line notices usage -lease');
  });

  it.each([
    ['before it was claimed', 'properties.change', 0],
    ['after it was claimed, before it was sent', 'mailer.send', 1],
    ['after it was sent', 'mutex.during', 2],
  ])('T1 · L5 · killed %s: it comes with the next run, at most twice', (_, port, at) => {
    const undisturbed = mailed();
    watched(undisturbed, throwing(new AmoError('forbidden', 403)));
    const sent = undisturbed.steps.log.findIndex(step => step.startsWith('mailer.send'));
    const nth = [sent - 1, sent, sent + 1][at]!;
    expect(undisturbed.steps.log[nth]).toContain(port);
    const world = mailed();
    world.steps.killBefore(nth + 1);
    try {
      watched(world, throwing(new AmoError('forbidden', 403)));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    expect(world.mails).toHaveLength(at === 2 ? 1 : 0);
    world.steps.revive();
    world.clock.pass(10 * 60_000);
    watched(world, throwing(new AmoError('forbidden', 403)));
    expect(world.mails.map(({ subject }) => subject)).toEqual(
      Array(at === 2 ? 2 : 1).fill(ru.mail.fails('Отчёт', '', '').subject),
    );
    watched(world, throwing(new AmoError('forbidden', 403)));
    expect(world.mails).toHaveLength(at === 2 ? 2 : 1);
  });

  it('Q3 · a mailer that refuses fails no run: the mail waits as if it had not been tried', () => {
    const world = mailed();
    world.steps.interfere = port => {
      if (port === 'mailer.send') throw new Error('Service invoked too many times for one day: email.');
    };
    const outcomes = [1, 2, 3].map(() => watched(world, throwing(new AmoError('forbidden', 403))));
    expect(outcomes).toEqual([false, false, false]);
    expect(world.console.filter(({ text }) => /^mail: .*too many times/.test(text))).toHaveLength(3);
    expect(JSON.parse(world.properties.get('notices')!).outbox).toMatchObject([{ attempts: 0 }]);
    world.steps.interfere = undefined;
    watched(world, works);
    expect(world.mails.map(({ subject }) => subject)).toEqual([ru.mail.fails('Отчёт', '', '').subject]);
    watched(world, works);
    expect(world.mails).toHaveLength(2);
  });

  it('G4 · no secret gets into a mail', () => {
    const world = mailed();
    watched(world, throwing(new Error(`Bearer ${TOKEN}`)));
    expect(world.mails).toHaveLength(1);
    expect(JSON.stringify([world.mails, world.properties.get('notices')])).not.toContain(TOKEN);
  });

  it('Q3 · with the day’s mails used up it is not even tried, and comes when there are some again', () => {
    const world = mailed();
    world.mailsLeft = 0;
    for (let nth = 0; nth < 3; nth += 1) watched(world, throwing(new AmoError('forbidden', 403)));
    expect(world.steps.log.filter(step => step.startsWith('mailer.send'))).toEqual([]);
    world.mailsLeft = 1;
    watched(world, throwing(new AmoError('forbidden', 403)));
    expect(world.mails).toHaveLength(1);
  });

  it('H9 · a pause says nothing of the job: what led to it was told', () => {
    const world = mailed();
    for (let nth = 0; nth < 3; nth += 1) watched(world, throwing(new AmoError('paused', 0, { until: 5 })));
    expect(world.mails).toEqual([]);
  });
});

describe('I9, T12 · what a job does before it leaves the line', () => {
  it('T12 · still has the line, also when it failed, and is told', () => {
    for (const story of [() => undefined, throwing(new Error('x'))]) {
      const world = ready();
      const had: boolean[] = [];
      runJob(
        world.outside,
        {
          ...JOB,
          beforeLeaving: ({ findings }) => {
            had.push(world.properties.has('lease'));
            findings.push({ level: 'INFO', what: 'Напоследок' });
          },
        },
        story,
      );
      expect(had).toEqual([true]);
      expect(world.contents.tables.log.at(-1)).toMatchObject({ what: 'Напоследок' });
    }
  });

  it('I3 · takes nothing away from what was done before when it fails', () => {
    const world = ready();
    const beforeLeaving = throwing(new Error('y'));
    expect(runJob(world.outside, { ...JOB, beforeLeaving }, () => undefined)).toBe(true);
    expect(world.contents.tables.log).toMatchObject([{ level: 'WARN', what: TEXTS.ru.unexpected('y') }]);
    expect(world.properties.has('lease')).toBe(false);
  });

  it('T13 · not by a run that never had it', () => {
    const world = ready();
    takeLease(world.outside, 'setUp');
    const beforeLeaving = jest.fn();
    runJob(world.outside, { ...JOB, beforeLeaving }, () => undefined);
    expect(beforeLeaving).not.toHaveBeenCalled();
  });
});
