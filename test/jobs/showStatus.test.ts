import { type Collection, newCollection } from '../../src/core/collection';
import { serialOf, serialOfDay } from '../../src/core/day';
import { hoursOf } from '../../src/core/dayHours';
import { noHours } from '../../src/core/hourly';
import { withPing } from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { pingRow } from '../../src/core/report';
import { NO_PLAN } from '../../src/core/reportPlan';
import { emptySums } from '../../src/core/sums';
import type { TableKey } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { keepCollection } from '../../src/jobs/keptCollection';
import { keepPlan } from '../../src/jobs/keptPlan';
import { showStatus } from '../../src/jobs/showStatus';
import { inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const ZONE = 'Europe/Moscow';
const NOW = '2026-11-19T12:00:00+03:00';
const ping = (iso: string, ms: number | undefined): Ping => ({
  ...{ at: Date.parse(iso) / 1000, slot: undefined, ms, min: ms, max: ms, duringCollection: false },
  ...(ms === undefined
    ? { succeeded: 0, taken: 1, status: 0, failure: 'timeout' as const }
    : { succeeded: 1, taken: 1, status: 200, failure: undefined }),
});
const logged = (one: Ping) => Object.fromEntries(withPing({ documents: new Map() }, one).write);
const account = JSON.stringify({ id: 5, name: 'Пример', timeZone: ZONE, host: 'mycompany.amocrm.ru' });
const triggers = JSON.stringify({
  hourlyPing: { id: 'p', schedule: { handler: 'hourlyPing', everyMinutes: 60 } },
  dailyReport: { id: 'r', schedule: { handler: 'dailyReport', at: '03:00', timeZone: ZONE } },
});

const make = (parts: WorldParts) => inMemoryOutside({ now: NOW, person: [], ...parts });
const lines = (world: ReturnType<typeof make>) => {
  showStatus(world.outside);
  expect(world.shown).toHaveLength(1);
  return world.shown[0]!.split('\n');
};

describe('M16 · showStatus', () => {
  it('M16 · tells account, zone, schedule, last ping, last report and recent errors', () => {
    const world = make({
      settings: { baseUrl: 'mycompany' },
      properties: { token: 'T', account, triggers, ...logged(ping('2026-11-19T11:51:00+03:00', 509)) },
    });
    const { days, log, report } = world.contents.tables;
    const complete = TEXTS.ru.complete;
    days.push(
      { date: serialOfDay('2026-11-18'), completeness: complete },
      { date: serialOfDay('2026-11-17'), completeness: complete },
      { date: serialOfDay('2026-11-19'), completeness: TEXTS.ru.partial(50) },
      { date: 'note' },
    );
    report.push({ date: serialOfDay('2026-11-18') }, { date: serialOfDay('2026-11-17') });
    const row = (iso: string, level: string) => ({ when: serialOf(Date.parse(iso), ZONE), level });
    log.push(
      row('2026-11-18T11:59:00+03:00', 'ERROR'),
      row('2026-11-18T12:01:00+03:00', 'ERROR'),
      row('2026-11-19T03:00:00+03:00', 'ERROR'),
      row('2026-11-19T03:00:00+03:00', 'WARN'),
    );
    expect(lines(world)).toEqual([
      'Аккаунт: Пример (mycompany.amocrm.ru)',
      'Подключение: долгосрочный токен',
      'Часовой пояс: Europe/Moscow',
      'Расписание: отчёт в 03:00 (Europe/Moscow), замер каждые 60 мин',
      'Последний замер: 19.11.2026 11:51, 509 мс',
      'Последний отчёт: за 18.11.2026',
      'Лимиты за сутки: запросы 0 %, время задач 0 %, письма 0 %, память скрипта 0 %, ячейки таблицы 0 %',
      'Ошибок в журнале за 24 часа: 2',
    ]);
  });

  it('M16 · before the set-up it says what is not there yet, in the sheet’s language', () => {
    const said = lines(make({ locale: 'en_US' }));
    expect(said.slice(0, 7)).toEqual([
      'Account: not connected yet',
      'Time zone: Europe/Moscow',
      'Schedule: not installed. Choose "Set up / repair".',
      'Last ping: none yet',
      'Last report: none yet',
      expect.stringMatching(/^Limits for 24 hours: requests 0 %, run time 0 %/),
      'Errors in the log in the last 24 hours: 0',
    ]);
    for (const line of said.slice(7)) expect(line).toMatch(/^Settings, row "/);
  });

  it('M16 · a failed ping shows its cause; the last one may stand in the sheet only', () => {
    const failed = make({ settings: {}, properties: logged(ping('2026-11-19T11:51:00+03:00', undefined)) });
    expect(lines(failed)).toContain('Последний замер: 19.11.2026 11:51, нет ответа за 30 секунд');
    const moved = make({ settings: {} });
    moved.contents.tables.pings.push(
      pingRow(ping('2026-11-18T22:00:00+03:00', 300), ZONE, TEXTS.ru),
      pingRow(ping('2026-11-18T23:00:00+03:00', 400), ZONE, TEXTS.ru),
      pingRow(ping('2026-11-18T21:00:00+03:00', 200), ZONE, TEXTS.ru),
      { ...pingRow(ping('2026-11-19T11:00:00+03:00', 9), ZONE, TEXTS.ru), entry: '' },
    );
    expect(lines(moved)).toContain('Последний замер: 18.11.2026 23:00, 400 мс');
  });

  it('M16 · an entry of a ping that lost its end in the sheet is shown as no connection', () => {
    const world = make({ settings: {} });
    const whole = pingRow(ping('2026-11-18T23:00:00+03:00', 400), ZONE, TEXTS.ru);
    const [at] = String(whole.entry).split(',');
    world.contents.tables.pings.push({ ...whole, entry: `${at},,,,,,,,,` });
    expect(lines(world)).toContain('Последний замер: 18.11.2026 23:00, нет связи');
  });

  it.each<[TableKey, string]>([
    ['pings', TEXTS.ru.status.noPing],
    ['log', TEXTS.ru.status.errors(0)],
  ])('T14 · a sheet that a person has deleted (%s) is no reason to fail', (gone, line) => {
    const world = make({ settings: {} });
    const { workbook } = world.outside;
    const { table } = workbook;
    workbook.has = key => key !== gone;
    workbook.table = (key, texts) => {
      if (key === gone) throw new Error(`There is no sheet ${key}`);
      return table(key, texts);
    };
    expect(lines(world)).toContain(line);
  });

  it('M15 · tells the problems of the settings', () => {
    const world = make({ settings: { baseUrl: 'mycompany', topEvents: 'x' }, properties: { token: 'T' } });
    expect(lines(world).at(-1)).toMatch(/^Настройки, строка «Событий в отчёте»: «x» не подходит/);
  });

  it('M16 · asks amoCRM nothing and writes into no table', () => {
    const world = make({ settings: { baseUrl: 'mycompany' }, properties: { token: 'T', account } });
    lines(world);
    expect(world.requests).toEqual([]);
    expect(
      world.steps.log.filter(step => /table\.(replace|append|trim)|workbook\.ensure/.test(step)),
    ).toEqual([]);
  });

  it.each(['x', 'null', '{}'])('M16 · a damaged memory of triggers (%s) is no reason to fail', text => {
    expect(lines(make({ settings: {}, properties: { triggers: text } }))[2]).toMatch(
      /^Расписание: не установлено/,
    );
  });

  it('M16 · half a memory of triggers is no reason to fail', () => {
    const properties = { triggers: '{"dailyReport":{}}' };
    expect(lines(make({ settings: {}, properties }))[2]).toMatch(/^Расписание: не установлено/);
  });

  it('T5 · tells in whose name the triggers run', () => {
    const kept = JSON.stringify({ installed: JSON.parse(triggers), owner: 'boss@example.com', checkedAt: 1 });
    expect(lines(make({ settings: {}, properties: { triggers: kept } }))[2]).toBe(
      'Расписание: отчёт в 03:00 (Europe/Moscow), замер каждые 60 мин от имени boss@example.com',
    );
  });

  it('Q1 · tells the shares of the quotas, of what is used in these 24 hours', () => {
    const since = Date.parse(NOW) - 3_600_000;
    const usage = { since, requests: 5_000, triggerMs: 45 * 60_000, mails: 3 };
    const of = (properties: Record<string, string>, settings: WorldParts['settings'] = {}) => {
      const world = make({ settings, properties });
      world.contents.cells = 2_500_000;
      return lines(world).find(line => line.startsWith('Лимиты'));
    };
    const big = 'ж'.repeat(4_000); // two bytes a letter
    expect(of({ usage: JSON.stringify(usage), a: big, b: big, 'c€': '€😀' })).toBe(
      'Лимиты за сутки: запросы 25 %, время задач 50 %, письма 3 %, память скрипта 3 %, ячейки таблицы 25 %',
    );
    expect(of({ usage: JSON.stringify(usage) }, { googlePlan: 'workspace' })).toMatch(
      /запросы 5 %, время задач 12 %/,
    );
    expect(of({ usage: JSON.stringify({ ...usage, since: since - 86_400_000 }) })).toMatch(/запросы 0 %/);
  });

  it.each<[object, string]>([
    [
      { until: Date.parse(NOW) + 60_000, cause: 'blocked' },
      TEXTS.ru.status.paused('blocked', '19.11.2026 12:01'),
    ],
    [
      { until: Date.parse(NOW) + 60_000, cause: 'asked' },
      TEXTS.ru.status.paused('asked', '19.11.2026 12:01'),
    ],
  ])('H9 · H12 · tells of a pause: %j', (pause, line) => {
    expect(lines(make({ settings: {}, properties: { line: JSON.stringify({ pause }) } }))).toContain(line);
  });

  it('M16 · tells how far the day under way is, and when it will be done', () => {
    const hours = hoursOf('2026-11-18', ZONE);
    const begun = newCollection('2026-11-18', ZONE, hours, {
      ...{ accountId: 5, serviceAccounts: [], rules: [], beganAt: Date.parse(NOW) - 3_600_000 },
    });
    const at3 = noHours();
    at3[3] = 1_234;
    const sums = { ...emptySums(), types: new Map([['0:a', at3]]) };
    const of = (collection: Collection) => {
      const world = make({ settings: {} });
      keepCollection(world.outside, 'collection', collection);
      return lines(world).find(line => line.startsWith('Собирается'));
    };
    const at = (share: number) => ({ ...begun, sums, next: begun.next + Math.round(share * 86_400) });
    const { collecting } = TEXTS.ru.status;
    // A quarter took an hour, so the rest takes three.
    expect(of(at(0.25))).toBe(collecting('18.11.2026', 1_234, 25, '19.11.2026 15:00'));
    expect(of(at(0.02))).toBe(collecting('18.11.2026', 1_234, 2, undefined));
    expect(of({ ...at(1), phase: 'settling' })).toBe(collecting('18.11.2026', 1_234, 100, undefined));
  });

  it('H16 · tells how many days wait and when the next attempt comes', () => {
    const world = make({ settings: {} });
    const asked = [
      { from: '2026-11-01', to: '2026-11-03' },
      { from: '2026-11-10', to: '2026-11-10' },
    ];
    keepPlan(world.outside, { ...NO_PLAN, asked, failures: 2, retryAt: Date.parse(NOW) + 600_000 });
    const said = lines(world);
    expect(said).toContain(TEXTS.ru.status.waiting(4));
    expect(said).toContain(TEXTS.ru.status.retry(2, '19.11.2026 12:10'));
    for (const none of [
      { failures: 2, retryAt: Date.parse(NOW) - 1 },
      { failures: 2, retryAt: Date.parse(NOW) },
      { failures: 0, retryAt: Date.parse(NOW) + 600_000 },
    ]) {
      const over = make({ settings: {} });
      keepPlan(over.outside, { ...NO_PLAN, asked, ...none });
      expect(lines(over).filter(line => line.includes('попыт'))).toEqual([]);
    }
    const quiet = lines(make({ settings: {} }));
    expect(quiet).not.toContain(TEXTS.ru.status.waiting(0));
    expect(quiet.filter(line => line.includes('попыток'))).toEqual([]);
  });
});
