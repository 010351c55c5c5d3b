import { serialOf, serialOfDay } from '../../src/core/day';
import { withPing } from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { pingRow } from '../../src/core/report';
import { TEXTS } from '../../src/core/texts';
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
    const { days, log } = world.contents.tables;
    days.push({ date: serialOfDay('2026-11-18') }, { date: serialOfDay('2026-11-17') }, { date: 'note' });
    const row = (iso: string, level: string) => ({ when: serialOf(Date.parse(iso), ZONE), level });
    log.push(
      row('2026-11-18T11:59:00+03:00', 'ERROR'),
      row('2026-11-18T12:01:00+03:00', 'ERROR'),
      row('2026-11-19T03:00:00+03:00', 'ERROR'),
      row('2026-11-19T03:00:00+03:00', 'WARN'),
    );
    expect(lines(world)).toEqual([
      'Аккаунт: Пример (mycompany.amocrm.ru)',
      'Часовой пояс: Europe/Moscow',
      'Расписание: отчёт в 03:00 (Europe/Moscow), замер каждые 60 мин',
      'Последний замер: 19.11.2026 11:51, 509 мс',
      'Последний отчёт: за 18.11.2026',
      'Ошибок в журнале за 24 часа: 2',
    ]);
  });

  it('M16 · before the set-up it says what is not there yet, in the sheet’s language', () => {
    const said = lines(make({ locale: 'en_US' }));
    expect(said.slice(0, 6)).toEqual([
      'Account: not connected yet',
      'Time zone: Europe/Moscow',
      'Schedule: not installed. Choose "Set up / repair".',
      'Last ping: none yet',
      'Last report: none yet',
      'Errors in the log in the last 24 hours: 0',
    ]);
    for (const line of said.slice(6)) expect(line).toMatch(/^Settings, row "/);
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
});
