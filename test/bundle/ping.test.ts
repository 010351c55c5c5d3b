import type { FaultName } from '../simulator/faults';
import { column, company, DAY, type newWorld, shift, shown, tryOut, wall } from './product';

const ZONE = 'Europe/Moscow';

/** Set up, with the clock shortly before the day. */
function ready(options: Parameters<typeof company>[0] = {}) {
  const simulator = company({ perDay: 60, ...options });
  const { world } = tryOut(simulator, { pings: 0, firstDay: shift(DAY, -1) });
  return { simulator, world };
}

describe('the hourly ping', () => {
  it('M1 M12 T3 T9 · times single requests to /api/v4/account and keeps figures, slot and true time', () => {
    const { simulator, world } = ready({ latency: { min: 100, max: 100, byHour: [] } });
    world.jumpTo(wall(DAY, '13:09:30', ZONE));
    const sent = simulator.ledger.requests.length;
    expect(world.run('hourlyPing', { context: 'clock' }).error).toBeUndefined();
    const requests = simulator.ledger.requests.slice(sent);
    expect(requests.map(({ method, path, query }) => [method, path, query])).toEqual([
      ['GET', '/api/v4/account', {}],
      ['GET', '/api/v4/account', {}],
      ['GET', '/api/v4/account', {}],
    ]);
    world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
    world.run('dailyReport', { context: 'clock' });
    const [time, ms, min, max, samples, status, cause, slot] = shown(world, 'pings')[0]!;
    expect([time, slot]).toEqual(['18.11.2026 13:09', '13:00']);
    expect([ms, min, max, samples, status, cause]).toEqual(['100', '100', '100', '3', '200', '']);
  });

  it('M16 · can be run by hand, tells the figure, and then belongs to no slot', () => {
    const { world } = ready();
    const outcome = world.click('amoCRM Monitor', 'Измерить отклик сейчас', { answers: () => 'OK' });
    expect(outcome.dialogs.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Отклик amoCRM: \d+ мс \(удачных запросов: 3 из 3\)$/),
    ]);
    world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
    world.run('dailyReport', { context: 'clock' });
    expect(column(world, 'pings', 'slot')).toEqual(['']);
  });

  it.each<[FaultName, string, string]>([
    ['reset', '0', 'нет связи'],
    ['html-502', '502', 'ответ 502: сбой на стороне amoCRM'],
    ['401', '401', 'ответ 401: токен не принят'],
    ['html-200', '200', 'вместо данных пришла страница или пустой ответ'],
    ['empty-200', '200', 'вместо данных пришла страница или пустой ответ'],
    ['429-html', '429', 'ответ 429: слишком много запросов'],
  ])(
    'M6 M12 · a failed ping (%s) stands in Pings and Days but never gives the peak',
    (fault, status, cause) => {
      const { simulator, world } = ready();
      world.jumpTo(wall(DAY, '10:00:00', ZONE));
      simulator.plan('GET /api/v4/account', fault, { times: 3 });
      expect(world.run('hourlyPing', { context: 'clock' }).error).toBeUndefined();
      simulator.heal();
      world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
      world.run('dailyReport', { context: 'clock' });
      expect(shown(world, 'pings')[0]!.slice(1, 7)).toEqual(['', '', '', '0', status, cause]);
      expect(shown(world, 'report').map(row => row.slice(3))).toEqual(
        shown(world, 'report').map(() => ['', '']),
      );
      const days = world.workbook.display('Дни');
      const note = days.at(-1)![days[0]!.indexOf('Примечание')];
      expect(note).toBe(`Все замеры неудачны: ${cause}`);
    },
  );

  it('T12 · does not repeat what amoCRM refused, and repeats what only failed', () => {
    const { simulator, world } = ready();
    simulator.plan('GET /api/v4/account', 'html-503', { times: 2 });
    expect(world.run('hourlyPing', { context: 'clock' }).requests).toBe(3);
    simulator.heal();
    simulator.plan('GET /api/v4/account', '401', { times: 3 });
    expect(world.run('hourlyPing', { context: 'clock' }).requests).toBe(1);
    simulator.heal();
    // A token that was refused is tried before anything is measured with it.
    expect(world.run('hourlyPing', { context: 'clock' }).requests).toBe(1 + 3);
    expect(world.run('hourlyPing', { context: 'clock' }).requests).toBe(3);
  });
});

describe('two runs at once', () => {
  it('of the ping: the second is told so, and one ping is kept', () => {
    const { world } = ready();
    let inner: ReturnType<typeof world.run> | undefined;
    world.run('hourlyPing', {
      context: 'clock',
      onCall: call => {
        if (call === 'UrlFetchApp.fetch' && !inner) inner = world.run('pingNow', { answers: () => 'OK' });
      },
    });
    expect(inner!.requests).toBe(0);
    expect(inner!.dialogs[0]!.text).toMatch(/^Замер: уже выполняется с \d\d:\d\d/);
    expect(pingsKept(world)).toBe(1);
  });

  it('of the report: the second leaves without a request', () => {
    const { world } = ready();
    let inner: ReturnType<typeof world.run> | undefined;
    const outer = world.run('dailyReport', {
      context: 'clock',
      onCall: call => {
        if (call === 'UrlFetchApp.fetch' && !inner)
          inner = world.run('runReportNow', { answers: () => 'OK' });
      },
    });
    expect(inner!.requests).toBe(0);
    expect(inner!.dialogs[0]!.text).toMatch(/^Отчёт: уже выполняется/);
    expect(outer.error).toBeUndefined();
  });

  it('a ping during the collection of events is marked and kept out of the peak', () => {
    const { simulator, world } = ready({ perDay: 430 });
    world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
    simulator.slow('GET /api/v4/account', world.now(), world.now() + 3_600_000, 4_000);
    let pinged = false;
    world.run('dailyReport', {
      context: 'clock',
      onCall: call => {
        if (call === 'UrlFetchApp.fetch' && !pinged) {
          pinged = true;
          world.run('hourlyPing', { context: 'clock' });
        }
      },
    });
    world.jumpTo(wall(shift(DAY, 2), '03:00:00', ZONE));
    world.run('dailyReport', { context: 'clock' });
    expect(column(world, 'pings', 'counted')).toEqual(['нет']);
    expect(column(world, 'pings', 'cause')).toEqual(['во время сбора событий, в пике не участвует']);
    expect(column(world, 'report', 'peakMs').every(ms => ms === '')).toBe(true);
  });

  it('a run that was killed does not lock the job for ever', () => {
    const { world } = ready();
    world.run('hourlyPing', { context: 'clock', cut: { at: 25, when: 'before' } });
    world.jumpTo(world.now() + 8 * 60_000);
    const outcome = world.run('hourlyPing', { context: 'clock' });
    expect(outcome.requests).toBe(3);
  });
});

it('M9 · pings leave the rolling log only after the sheet holds them, whenever the run is killed', () => {
  const simulator = company({ perDay: 60 });
  const steps = (() => {
    const { world } = tryOut(simulator, { pings: 3 });
    world.jumpTo(wall(shift(DAY, 2), '03:00:00', ZONE));
    return world.run('dailyReport', { context: 'clock' }).calls.length;
  })();
  // A share: the campaign cuts it at every call.
  for (let at = 1; at <= steps; at += 61) {
    const { world } = tryOut(company({ perDay: 60 }), { pings: 3, days: 0 });
    for (let hour = 9; hour < 12; hour += 1) {
      world.jumpTo(wall(DAY, `${String(hour).padStart(2, '0')}:00:00`, ZONE));
      world.run('hourlyPing', { context: 'clock' });
    }
    world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
    world.run('dailyReport', { context: 'clock', cut: { at, when: 'before' } });
    world.jumpTo(world.now() + 10 * 60_000);
    world.run('dailyReport', { context: 'clock' });
    expect({ at, pings: shown(world, 'pings').length, left: pingsKept(world) }).toEqual({
      at,
      pings: 3,
      left: 0,
    });
    expect(shown(world, 'report')).toHaveLength(5);
    expect(shown(world, 'days')).toHaveLength(1);
  }
});

it('M16 · the status tells account, schedule, last ping, last report and errors', () => {
  const simulator = company({ perDay: 60 });
  const { world } = tryOut(simulator, { pings: 1 });
  const { dialogs, requests } = world.run('showStatus', { answers: () => 'OK' });
  expect(requests).toBe(0);
  expect(dialogs[0]!.text.split('\n')).toEqual([
    'Аккаунт: ООО «Пример» (demo.amocrm.ru)',
    'Подключение: долгосрочный токен, срок до 11.01.2031',
    'Часовой пояс: Europe/Moscow',
    'Расписание: отчёт в 03:00 (Europe/Moscow), замер каждые 60 мин от имени owner@example.com',
    expect.stringMatching(/^Последний замер: 18\.11\.2026 00:00, \d+ мс$/),
    'Последний отчёт: за 18.11.2026',
    expect.stringMatching(/^Лимиты за сутки: запросы \d+ %, время задач \d+ %/),
    'Ошибок в журнале за 24 часа: 0',
  ]);
});

function pingsKept(world: ReturnType<typeof newWorld>): number {
  const documents = [...world.properties().entries()].filter(([name]) => name.startsWith('latency.'));
  return documents.flatMap(([, text]) => text.split(';')).length;
}
