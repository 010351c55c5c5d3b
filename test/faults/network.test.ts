import { TEXTS } from '../../src/core/texts';
import type { Stage } from '../campaign/stage';
import { tableRows } from '../campaign/tables';
import type { FaultName } from '../simulator/faults';
import { ALWAYS, body, crowded, type Fault, status } from './answers';
import {
  cells,
  complaintsOf,
  DAY,
  EVENTS,
  evening,
  expectAllWell,
  expectNothingInvented,
  logOf,
  MAIL,
  machineHints,
  mailsOf,
  minutes,
  NEXT,
  REPORTS,
  type RequestMatcher,
  rarePings,
  runsOf,
} from './night';

/** The fault meets every request that matches, from ten to three until half past five. */
function troubledNight(fault: Fault, where: RequestMatcher, order = {}): Stage {
  const stage = evening(order);
  const [from, to] = [stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:30`)];
  stage.simulator.plan(where, fault, { from, to, times: ALWAYS });
  stage.advance(`${NEXT}T05:29`);
  return stage;
}

/** How many requests each run of the report sent where the fault was. */
function askedEachRun(stage: Stage, where: string): number[] {
  const path = where.replace(/^GET /, '');
  return runsOf(stage, REPORTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:30`)).map(
    ({ requests }) => requests.filter(one => path === '*' || one.path.split('?')[0] === path).length,
  );
}

describe('faults that pass: the same figures, and nothing to tell', () => {
  const passing: [id: string, fault: Fault][] = [
    ['N1', 'dns'],
    ['N2', 'reset'],
    ['N3', 'timeout'],
    ['N4', 'cut-body'],
    ['N6', 'tls'],
    ['H16', 'json-500'],
    ['H16', 'html-502'],
    ['H16', 'json-503'],
    ['H16', 'html-504'],
    ['H17', 'html-200'],
    ['H18', 'empty-200'],
    ['H19', 'problem-in-200'],
  ];

  it.each(passing)('%s · %s on a page, once, and then three times in a row', (_, fault) => {
    const stage = evening(crowded(260));
    const { simulator } = stage;
    simulator.plan(`${EVENTS}?page=2`, fault);
    simulator.plan(`${EVENTS}?page=3`, fault, 3);
    stage.advance(`${NEXT}T04:10`);
    expect(simulator.unmetFaults()).toEqual([]);
    const patience = fault === 'problem-in-200';
    // Kommo's problem object names five minutes: they are kept, and told.
    expect(logOf(stage)).toHaveLength(patience ? logOf(stage).length : 0);
    stage.advance(`${NEXT}T05:10`);
    expectAllWell(stage);
  });

  it('N4 · a body cut behind every event is no shorter list', () => {
    const stage = evening(crowded(260));
    const cuts = Array.from({ length: 5 }, (_, index) => index);
    // Behind a whole event the rest would still look like a beginning of JSON.
    const cutAt = (nth: number) =>
      body(text => text.slice(0, [...text.matchAll(/\},\{"id"/g)][nth * 20]?.index ?? text.length - 1));
    for (const nth of cuts) stage.simulator.plan(`${EVENTS}?page=1`, cutAt(nth));
    stage.advance(`${NEXT}T05:10`);
    expectAllWell(stage);
  });
});

interface Stay {
  id: string;
  fault: Fault;
  where?: '*' | 'GET /api/v4/events' | 'GET /api/v4/users';
  what: RegExp;
  todo: RegExp;
  /** Requests of one run to where the fault is. */
  asked: number;
  /** What the ping says of it. */
  cause?: RegExp;
}

const OPEN_BROWSER = /откройте amoCRM в браузере/i;
const ADDRESS = /Проверьте «Адрес amoCRM»/;

describe('faults that stay for hours: each run says why, nothing is invented, and the night ends well', () => {
  const staying: Stay[] = [
    { id: 'N1', fault: 'dns', what: /нет связи/, todo: OPEN_BROWSER, asked: 6, cause: /нет связи/ },
    { id: 'N2', fault: 'reset', what: /нет связи/, todo: OPEN_BROWSER, asked: 6, cause: /нет связи/ },
    {
      id: 'N4',
      fault: 'cut-body',
      where: 'GET /api/v4/events',
      what: /не удалось разобрать/,
      todo: /сам/,
      asked: 6,
    },
    { id: 'N6', fault: 'tls', what: /нет связи/, todo: OPEN_BROWSER, asked: 6, cause: /нет связи/ },
    { id: 'N7', fault: 'redirect-302', what: /перенаправляет.*302/, todo: ADDRESS, asked: 1, cause: /302/ },
    {
      id: 'N7',
      fault: 'redirect-302',
      where: 'GET /api/v4/events',
      what: /отклонил запрос \(302\)/,
      todo: /разработчику/,
      asked: 1,
    },
    { id: 'N8', fault: '404', what: /нет аккаунта amoCRM \(404\)/, todo: ADDRESS, asked: 1, cause: /404/ },
    {
      id: 'H4',
      fault: '400',
      where: 'GET /api/v4/events',
      what: /отклонил запрос \(400\)/,
      todo: /разработчику/,
      asked: 1,
    },
    { id: 'H8', fault: '402', what: /не оплачена \(402\)/, todo: /Продлите/, asked: 1, cause: /402/ },
    {
      id: 'H8',
      fault: '403-json',
      where: 'GET /api/v4/users',
      what: /нет нужных прав \(403\)/,
      todo: /правами администратора/,
      asked: 1,
    },
    ...[405, 410].map(
      (code): Stay => ({
        id: 'H11',
        fault: status(code),
        where: 'GET /api/v4/events',
        what: new RegExp(`отклонил запрос \\(${code}\\)`),
        todo: /разработчику/,
        asked: 1,
      }),
    ),
    { id: 'H16', fault: 'json-500', what: /\(500\)/, todo: OPEN_BROWSER, asked: 6, cause: /500: сбой/ },
    { id: 'H16', fault: 'html-502', what: /\(502\)/, todo: OPEN_BROWSER, asked: 6, cause: /502: сбой/ },
    { id: 'H16', fault: 'json-504', what: /\(504\)/, todo: OPEN_BROWSER, asked: 6, cause: /504: сбой/ },
    {
      id: 'H17',
      fault: 'html-200',
      what: /отвечает страницей \(HTML\)/,
      todo: OPEN_BROWSER,
      asked: 6,
      cause: /страница/,
    },
    {
      id: 'H18',
      fault: 'empty-200',
      what: /пустым ответом/,
      todo: OPEN_BROWSER,
      asked: 6,
      cause: /пустой ответ/,
    },
    {
      id: 'H19',
      fault: status(200, '{"title":"x","status":503}', 'application/json'),
      what: /\(503\)/,
      todo: OPEN_BROWSER,
      asked: 6,
      cause: /503: сбой/,
    },
  ];

  it.each(
    staying.map((stay): [string, string, string, Stay] => {
      const { fault, id, where = '*', what } = stay;
      return [id, typeof fault === 'string' ? fault : String(what), where, stay];
    }),
  )('%s · %s on %s', (_, __, where, { fault, what, todo, asked, cause }) => {
    const stage = troubledNight(fault, where);
    expectNothingInvented(stage);
    const errors = logOf(stage, ['ERROR']);
    const failed = runsOf(stage, REPORTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:30`));
    // Five minutes, ten, twenty …: a few runs, each with one row that says all there is to say.
    expect(failed.length).toBeGreaterThanOrEqual(4);
    expect(failed.length).toBeLessThanOrEqual(8);
    expect(errors).toHaveLength(failed.length);
    for (const row of errors) {
      expect(row.what).toMatch(what);
      expect(row.effect).toMatch(/Отчёт за 18\.11\.2026 пока не записан/);
      expect(row.todo).toMatch(todo);
    }
    expect(askedEachRun(stage, where)).toEqual(failed.map(() => asked));
    const pings = logOf(stage, ['WARN']).filter(({ job }) => job === 'Замер');
    expect(pings).toHaveLength(cause ? 3 : 0);
    if (cause) for (const row of pings) expect(row.what).toMatch(cause);

    stage.advance(`${NEXT}T07:10`);
    const said = (job: string) => mailsOf(stage).filter(subject => subject.includes(job));
    expect(said('Отчёт')).toEqual([
      'amoCRM Monitor: «Отчёт» не работает',
      'amoCRM Monitor: «Отчёт» снова работает',
    ]);
    expect(said('Замер')).toHaveLength(cause ? 2 : 0);
    expect(stage.world.mail.every(({ to }) => to === MAIL)).toBe(true);
    expectAllWell(stage);
  });

  it.each<[string, FaultName]>([
    ['N1', 'dns'],
    ['H16', 'html-503'],
  ])('%s · %s for a whole day: the pings say so, and both days stand the night after', (_, fault) => {
    const stage = evening();
    stage.simulator.outage(stage.at(`${NEXT}T02:50`), stage.at('2026-11-20T02:40'), fault);
    stage.advance('2026-11-20T02:30');
    expectNothingInvented(stage);
    // The waits have grown to an hour: no storm of requests upon a server that is down.
    expect(runsOf(stage, REPORTS, 0, ALWAYS).length).toBeLessThan(30);
    stage.advance('2026-11-20T05:10');
    expect(cells(stage, 'pings', 'ms').filter(ms => ms === '')).toHaveLength(21);
    expect(mailsOf(stage).sort()).toEqual([
      'amoCRM Monitor: «Замер» не работает',
      'amoCRM Monitor: «Замер» снова работает',
      'amoCRM Monitor: «Отчёт» не работает',
      'amoCRM Monitor: «Отчёт» снова работает',
    ]);
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});

describe('slowness', () => {
  it('N3 · a server that never answers: every run ends by itself, and no number is made of the wait', () => {
    const stage = evening();
    stage.simulator.slow('*', stage.at(`${DAY}T22:50`), stage.at(`${NEXT}T05:30`), 400_000);
    stage.advance(`${NEXT}T05:29`);
    expectNothingInvented(stage);
    expect(complaintsOf(stage, 'Замер')).toEqual(['Замер не удался: нет ответа за 30 секунд']);
    expect(complaintsOf(stage, 'Отчёт')).toEqual(['amoCRM не ответил за 30 секунд']);
    for (const { endedAt, startedAt } of stage.performed)
      expect(endedAt - startedAt).toBeLessThan(minutes(5.5));
    stage.advance(`${NEXT}T07:10`);
    const failed = (tableRows(stage.world.workbook, 'pings') ?? []).filter(row => row.cells['ms'] === '');
    expect(failed.length).toBeGreaterThan(0);
    for (const { cells: ping } of failed)
      expect([ping['cause'], ping['max'], ping['counted']]).toEqual(['нет ответа за 30 секунд', '', 'нет']);
    expectAllWell(stage);
  });

  it('N5 · answers that drip: runs end in time, the day says how far it is, and is whole in the end', () => {
    const stage = evening({ busy: { date: DAY, events: 2_600 } });
    stage.simulator.slowBody(EVENTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T09:00`), 24_000);
    stage.advance(`${NEXT}T03:06`);
    expect(cells(stage, 'report', 'date')).toEqual([]);
    expect(cells(stage, 'days', 'completeness')).toEqual([
      expect.stringMatching(/^частичный: собрано \d+ %$/),
    ]);
    expect(cells(stage, 'days', 'note')).toEqual([
      expect.stringMatching(/^Не собрано с \d\d:\d\d до конца дня$/),
    ]);
    stage.advance(`${NEXT}T05:10`);
    expect(runsOf(stage, REPORTS, 0, ALWAYS).length).toBeGreaterThan(2);
    expect(logOf(stage).map(({ what }) => what)).toEqual(machineHints(stage, DAY));
    expectAllWell(stage);
  });
});

it('N6 · the platform’s own words for a broken certificate stand in the console, and only there', () => {
  const stage = troubledNight('tls', '*');
  const consoles = stage.performed.flatMap(({ outcome }) => outcome?.console ?? []).join('\n');
  expect(consoles).toMatch(/SSL|certificate/i);
  expect(JSON.stringify(logOf(stage))).not.toMatch(/SSL|certificate/i);
});

describe('N7 · a redirect', () => {
  it('N7 · is not followed: nobody but the account gets the token', () => {
    const stage = troubledNight('redirect-302', '*');
    expect(new Set(stage.simulator.ledger.requests.map(({ host }) => host))).toEqual(
      new Set([stage.simulator.host]),
    );
    expect(stage.simulator.ledger.violations).toEqual([]);
  });
});

it('N8 · an address that somebody mistypes: told at once, and the days come back with the right address', () => {
  const stage = evening();
  const { simulator, world } = stage;
  stage.advance(`${DAY}T23:30`);
  stage.set('baseUrl', 'https://evil.example/');
  const sent = world.requests;
  stage.advance(`${NEXT}T05:29`);
  expect(world.requests).toBe(sent);
  expectNothingInvented(stage);
  expect(logOf(stage)[0]!.what).toMatch(/^Не настроено: Настройки, строка «Адрес amoCRM»: .*не подходит/);
  stage.set('baseUrl', simulator.host);
  stage.advance('2026-11-20T04:10', rarePings);
  expectAllWell(stage, { days: [DAY, NEXT] });
});

describe('pages', () => {
  it('H1 · a day without any event is 204 on the first page: no events, and complete', () => {
    const stage = evening({ simulator: { events: [] } });
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expect(cells(stage, 'report', 'event')).toEqual(['Нет событий']);
    expect(cells(stage, 'days', 'completeness')).toEqual(['полный']);
    expectAllWell(stage);
  });

  it.each([99, 100, 101, 200, 300])('H2 · %d events, and every last page promises another one', count => {
    const stage = evening(crowded(count));
    stage.simulator.plan('*', 'phantom-next', ALWAYS);
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage);
  });

  it.each([99, 100, 101, 200, 300])('H3 · %d events, and no page tells of the next', count => {
    const stage = evening(crowded(count));
    stage.simulator.plan('*', 'missing-next', ALWAYS);
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage);
  });
});

describe('a token that is no longer accepted', () => {
  it('H6 · in mid-collection: what was read is kept, and the day goes on from there with a new token', () => {
    const stage = evening({ busy: { date: DAY, events: 1_500 } });
    const { simulator } = stage;
    const old = simulator.token;
    simulator.issueToken('another-token-0002', 9_000_001);
    simulator.meanwhile(EVENTS, 12, () => simulator.revokeToken(old));
    stage.advance(`${NEXT}T03:30`);
    expect(cells(stage, 'report', 'date')).toEqual([]);
    const [partial] = cells(stage, 'days', 'completeness');
    expect(partial).toMatch(/^частичный: собрано [1-9]\d? %$/);
    expect(complaintsOf(stage, 'Отчёт')).toEqual([
      'amoCRM не принимает токен (401). Замеры и отчёты остановлены с 19.11.2026 03:00',
    ]);
    const before = simulator.ledger.requests.length;
    stage.click('setUp', { consents: true });
    // Only the windows that were under way when it happened are read twice.
    const windows = (from: number, to?: number) =>
      simulator.ledger.requests
        .slice(from, to)
        .flatMap(({ path, query, status: code }) =>
          path === '/api/v4/events' && code === 200
            ? [`${query['filter[created_at][from]']} ${query['page']}`]
            : [],
        );
    const again = windows(before).filter(one => windows(0, before).includes(one));
    const underWay = new Set(again.map(one => Number(one.split(' ')[0])));
    const readBefore = new Set(windows(0, before).map(one => Number(one.split(' ')[0])));
    expect(underWay.size).toBeGreaterThan(0);
    expect(underWay.size).toBeLessThan(readBefore.size);
    const others = [...readBefore].filter(from => !underWay.has(from));
    expect(Math.min(...underWay)).toBeGreaterThan(Math.max(...others));
    stage.advance(`${NEXT}T05:10`);
    expectAllWell(stage);
  });

  it.each<[string, (stage: Stage) => void, string]>([
    ['a person asks again', stage => stage.click('setUp', { consents: true }), `${NEXT}T07:10`],
    ['the next night', () => undefined, '2026-11-20T04:10'],
  ])('H5 · 401 on everything for hours, told once and mailed once; it goes on when %s', (_, mend, until) => {
    const stage = troubledNight('401', '*');
    expectNothingInvented(stage);
    const [told, ...more] = logOf(stage);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      level: 'ERROR',
      what: 'amoCRM не принимает токен (401). Замеры и отчёты остановлены с 19.11.2026 03:00',
      effect: expect.stringContaining('соберутся сами'),
      todo: expect.stringContaining('«Подключить amoCRM…»'),
    });
    // Asked once, and once more to be sure; then nobody asks.
    const runs = runsOf(stage, /./, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:30`));
    expect(runs.flatMap(({ requests }) => requests)).toHaveLength(2);
    expect(mailsOf(stage)).toEqual(['amoCRM Monitor: «Подключение» не работает']);

    stage.advance(`${NEXT}T05:40`);
    mend(stage);
    stage.advance(until, rarePings);
    expect(mailsOf(stage)).toEqual([
      'amoCRM Monitor: «Подключение» не работает',
      'amoCRM Monitor: «Подключение» снова работает',
    ]);
    expect(stage.world.mail.every(({ to }) => to === MAIL)).toBe(true);
    expectAllWell(stage, until.startsWith(NEXT) ? {} : { days: [DAY, NEXT] });
  });

  it('H7 · for days: one mail, one request a night, and all days after the token is renewed', () => {
    const stage = evening();
    const { simulator } = stage;
    const old = simulator.token;
    simulator.revokeToken(old);
    simulator.issueToken('another-token-0002', 9_000_001);
    stage.advance('2026-11-21T20:00', rarePings);
    expectNothingInvented(stage);
    expect(mailsOf(stage)).toEqual(['amoCRM Monitor: «Подключение» не работает']);
    expect(logOf(stage)).toHaveLength(1);
    const perDay = stage.performed.filter(
      ({ startedAt }) =>
        startedAt >= stage.at('2026-11-20T20:00') && startedAt < stage.at('2026-11-21T20:00'),
    );
    expect(perDay.flatMap(({ requests }) => requests)).toHaveLength(1);
    stage.click('setUp');
    stage.advance('2026-11-22T05:10', rarePings);
    expectAllWell(stage, { days: [DAY, NEXT, '2026-11-20', '2026-11-21'] });
    // Each slot without a figure says why.
    const pings = (tableRows(stage.world.workbook, 'pings') ?? []).map(row => row.cells);
    const causes = new Set(pings.flatMap(({ cause, ms }) => (ms === '' ? [cause] : [])));
    expect([...causes]).toEqual([TEXTS.ru.pingFailure('no-access', 0)]);
  });
});

describe('refusals of one address only', () => {
  it('H8 · the names of events are refused: built-in names, a remark, and the report stands', () => {
    const stage = evening();
    stage.simulator.plan('GET /api/v4/events/types', '403-json', ALWAYS);
    stage.advance(`${NEXT}T04:10`);
    expect(complaintsOf(stage, 'Отчёт')).toEqual([
      expect.stringMatching(/^Названия событий не получены.*403/),
    ]);
    expectAllWell(stage, { builtInNames: true });
  });

  it('H8 · while the report may not list users the pings go on', () => {
    const stage = troubledNight('403-json', 'GET /api/v4/users');
    const pings = runsOf(stage, /^hourlyPing$/, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:30`));
    expect(pings.map(({ requests }) => requests.filter(({ isAccount }) => isAccount).length >= 3)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('H9 · a block: a page with 403 on every address', () => {
  const hour = minutes(60);

  it('H9 · silence for an hour, then one careful request; a mail at once; the slots say why', () => {
    const stage = evening();
    const { simulator, world } = stage;
    simulator.block(stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:20`));
    stage.advance(`${NEXT}T03:02`);
    expect(world.mail.map(({ subject, body: text }) => `${subject} ${text}`).join()).toMatch(
      /Замер.*не работает/,
    );
    stage.advance(`${NEXT}T05:15`);
    const blocked = simulator.ledger.requests.filter(({ blockPage }) => blockPage);
    // The first one and one an hour after it, each alone.
    expect(blocked.length).toBeLessThanOrEqual(3);
    blocked.slice(1).forEach((request, index) => {
      expect(request.at - blocked[index]!.at).toBeGreaterThanOrEqual(hour);
    });
    expectNothingInvented(stage);
    expect(complaintsOf(stage, 'Отчёт')).toContainEqual(
      expect.stringMatching(/запросы остановлены до \d\d:\d\d$/),
    );
    stage.advance(`${NEXT}T08:10`);
    expectAllWell(stage);
  });

  it('H9 · in mid-collection: what was read is kept, the pings of the hour say “blocked”', () => {
    const stage = evening({ busy: { date: DAY, events: 1_500 } });
    const { simulator } = stage;
    simulator.plan(EVENTS, status(403, '<html><body>403 Forbidden</body></html>', 'text/html'), {
      from: stage.at(`${NEXT}T03:00`),
      every: 9,
      times: 2,
    });
    stage.advance(`${NEXT}T03:59`);
    expect(cells(stage, 'report', 'date')).toEqual([]);
    stage.advance('2026-11-20T04:10');
    const causes = cells(stage, 'pings', 'cause').filter(cause => cause !== '');
    expect(causes.length).toBeGreaterThanOrEqual(1);
    for (const cause of causes) expect(cause).toMatch(/^заблокировано: /);
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});

describe('429', () => {
  const asks = (value: string, more = '') =>
    status(429, more || 'Too many requests', 'text/plain', { 'Retry-After': value });

  it.each<[string, Fault, number]>([
    ['H12 · 5 s', asks('5'), 5_000],
    ['H12 · 60 s', asks('60'), 60_000],
    ['H12 · 600 s', asks('600'), 600_000],
    // A date has whole seconds only.
    ['H13 · an HTTP date in 40 s', '429-html-date', 39_000],
    ['H13 · a date in the past', asks('Wed, 18 Nov 2020 09:00:00 GMT'), 2_000],
    ['H13 · nonsense', asks('soon'), 2_000],
    ['H13 · a negative number', asks('-5'), 2_000],
    ['H13 · zero', asks('0'), 2_000],
    ['H13 · no header', '429-html', 2_000],
    ['H14 · plain text', status(429, 'Too many requests'), 2_000],
    ['H14 · a page', '429-html', 2_000],
    ['H14 · broken JSON', status(429, '{"status":4', 'application/json'), 2_000],
    ['H14 · nothing', status(429), 2_000],
  ])('%s: waited for, in this run or the next, and never asked before', (_, fault, wait) => {
    const stage = evening({ busy: { date: DAY, events: 700 } });
    const { simulator } = stage;
    const from = stage.at(`${NEXT}T03:00`);
    simulator.plan(`${EVENTS}`, fault, { times: 2, every: 5, from, retryAfter: 40 });
    stage.advance(`${NEXT}T05:10`);
    expect(simulator.unmetFaults()).toEqual([]);
    const { requests } = simulator.ledger;
    const gaps = requests.flatMap(({ at, status: code }, index) => {
      const next = requests[index + 1];
      return code === 429 && next ? [next.at - at] : [];
    });
    expect(gaps).toHaveLength(2);
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(wait);
      expect(gap).toBeLessThan(wait + minutes(2));
    }
    const asked = wait > minutes(1);
    for (const { what } of logOf(stage)) expect(what).toMatch(/просит подождать/);
    expect(logOf(stage).length > 0).toBe(asked);
    expectAllWell(stage);
  });

  it('H13 · ten days: never days, but half a day of silence for all, told with its end', () => {
    const stage = evening();
    const { simulator } = stage;
    simulator.plan('*', asks('864000'), { from: stage.at(`${NEXT}T02:50`) });
    stage.advance(`${NEXT}T14:50`);
    expectNothingInvented(stage);
    expect(simulator.ledger.requests.filter(({ at }) => at >= stage.at(`${NEXT}T03:01`))).toEqual([]);
    stage.advance('2026-11-20T04:10');
    expectAllWell(stage, { days: [DAY, NEXT], manners: { longestPatienceMs: minutes(720) } });
  });

  it.each<[string, Fault, number]>([
    ['plain', '429-html', 0],
    ['with five seconds', '429-html-seconds', 5],
  ])(
    'H15 · on every second request for an hour (%s): slower, on its own, and exact',
    (_, fault, retryAfter) => {
      const stage = evening({ busy: { date: DAY, events: 2_600 } });
      const [from, to] = [stage.at(`${NEXT}T03:00`), stage.at(`${NEXT}T04:00`)];
      stage.simulator.plan('*', fault, { from, to, every: 2, times: ALWAYS, retryAfter });
      stage.advance(`${NEXT}T06:10`);
      expect(stage.simulator.ledger.refusedByRate).toBe(0);
      expectAllWell(stage);
    },
  );

  it('H12 · the pace stays low for some minutes after a 429, for the other jobs too', () => {
    const stage = evening();
    const at = stage.at(`${NEXT}T03:00`);
    stage.simulator.plan(EVENTS, '429-html', { from: at, times: 3 });
    stage.advance(`${NEXT}T03:05`);
    const { requests } = stage.simulator.ledger;
    const slow = requests.filter(one => one.at > requests.findLast(({ status: code }) => code === 429)!.at);
    const gaps = slow.slice(1).map((one, index) => one.at - slow[index]!.at);
    expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(1_000);
    stage.advance(`${NEXT}T05:10`);
    expectAllWell(stage);
  });
});
