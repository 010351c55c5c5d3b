import { AmoError } from '../../src/core/amoError';
import { MASK } from '../../src/core/token';
import { type JobDescription, type Run, runJob, settingsFindings } from '../../src/jobs/run';
import type { Finding } from '../../src/jobs/telling';
import { LockBusy } from '../../src/ports';
import { json } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const TOKEN = 'S3CRET-token';
const JOB: JobDescription = {
  name: 'dailyReport',
  exclusive: 'report',
  needsAccount: true,
  effectOfFailure: run => run.texts.effect.none,
};
const ready = (parts: WorldParts = {}) =>
  inMemoryOutside({
    ...parts,
    settings: { baseUrl: 'mycompany', ...parts.settings },
    properties: { token: TOKEN, ...parts.properties },
  });
const run = (world: InMemory, story: (run: Run) => Finding[], job: Partial<JobDescription> = {}) =>
  runJob(world.outside, { ...JOB, ...job }, story);
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
      gate.send({ url: 'https://mycompany.amocrm.ru/x', headers: {}, timeoutMs: 1 });
      gate.send({ url: 'https://mycompany.amocrm.ru/x', headers: {}, timeoutMs: 1 });
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
});
