import { latencyLog, pingsIn } from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { TEXTS } from '../../src/core/texts';
import { waitingRows } from '../../src/core/waitingRows';
import { takeLease } from '../../src/jobs/lease';
import { measurePing, takeDuePings } from '../../src/jobs/measurePing';
import { runJob } from '../../src/jobs/run';
import { type FakeServer, htmlPage, json, noConnection, text, timedOut } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const TOKEN = 'S3CRET-token';
const good: FakeServer = () => json({ id: 5, name: 'x' });

const world = (parts: WorldParts = {}) =>
  inMemoryOutside({
    ...{ now: '2026-11-18T13:51:07+03:00', server: good, latency: () => 120 },
    ...parts,
    settings: { baseUrl: 'mycompany', timeZone: 'Europe/Moscow', ...parts.settings },
    properties: { token: TOKEN, ...parts.properties },
  });
const { ru } = TEXTS;
const NOW = Date.parse('2026-11-18T13:51:07+03:00');
/** The log as the next run that writes to it leaves it: rows of pings that went well wait until then. */
const logOf = ({ contents, properties }: InMemory) => [
  ...contents.tables.log,
  ...waitingRows(properties.get('logWaits')),
];
const stored = ({ properties }: InMemory): Ping[] => pingsIn(latencyLog(Object.fromEntries(properties)));
const unix = (iso: string) => Date.parse(iso) / 1000;

describe('T3, T9, M1 · measurePing', () => {
  it('M1 · T9 · times single requests to the account and keeps the result with its true time and slot', () => {
    const latencies = [509, 120, 4_000];
    const one = world({ latency: nth => latencies[nth - 1]! });
    expect(measurePing(one.outside, true)).toBe(true);
    expect(stored(one)).toEqual([
      {
        ...{ at: unix('2026-11-18T13:51:07+03:00'), slot: unix('2026-11-18T14:00:00+03:00') },
        ...{ ms: 509, min: 120, max: 4_000, succeeded: 3, taken: 3 },
        ...{ status: 200, failure: undefined, duringCollection: false },
      },
    ]);
    expect(new Set(one.requests.map(({ request }) => request.url))).toEqual(
      new Set(['https://mycompany.amocrm.ru/api/v4/account']),
    );
    expect(one.requests[0]!.request.headers['Authorization']).toBe(`Bearer ${TOKEN}`);
    expect(logOf(one)).toMatchObject([
      { level: 'INFO', job: 'Замер', what: 'Отклик amoCRM: 509 мс (удачных запросов: 3 из 3)', requests: 3 },
    ]);
  });

  it('M16 · one by hand belongs to no slot', () => {
    const one = world({ person: [] });
    measurePing(one.outside, false);
    expect(stored(one)).toMatchObject([{ slot: undefined, ms: 120 }]);
    expect(one.shown).toEqual(['Отклик amoCRM: 120 мс (удачных запросов: 3 из 3)']);
  });

  it.each([1, 2, 5])('T9 · pingSamples %d: that many requests', pingSamples => {
    const one = world({ settings: { pingSamples } });
    measurePing(one.outside, true);
    expect(one.requests).toHaveLength(pingSamples);
    expect(stored(one)).toMatchObject([{ taken: pingSamples }]);
  });

  it('T9 · the wait of the pacer is not in the number', () => {
    const one = world({ settings: { pingSamples: 5, requestsPerSecond: 1 } });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ ms: 120, min: 120, max: 120 }]);
    expect(one.clock.slept.length).toBe(4);
  });

  it.each<[string, FakeServer, Partial<Ping>, number]>([
    ['nothing answers', () => noConnection, { taken: 3, status: 0, failure: 'no-connection' }, 3],
    ['nothing answers in time', () => timedOut, { taken: 3, status: 0, failure: 'timeout' }, 3],
    ['amoCRM is broken', () => text('', 503), { taken: 3, status: 503, failure: 'http' }, 3],
    ['amoCRM fails inside', () => text('', 500), { taken: 3, status: 500, failure: 'http' }, 3],
    ['a page answers', () => htmlPage(), { taken: 3, status: 200, failure: 'not-api' }, 3],
    ['the plan is not paid', () => text('', 402), { taken: 1, status: 402, failure: 'http' }, 1],
    ['we are blocked', () => htmlPage(403), { taken: 1, status: 403, failure: 'http' }, 1],
    ['the account is gone', () => htmlPage(404), { taken: 1, status: 404, failure: 'http' }, 1],
    ['it is too much', () => text('', 429), { taken: 1, status: 429, failure: 'http' }, 1],
    ['it leads elsewhere', () => text('', 302), { taken: 1, status: 302, failure: 'http' }, 1],
  ])('T14 · T9 · when %s the failure is stored, with few requests', (_, server, failed, requests) => {
    const one = world({ server });
    expect(measurePing(one.outside, true)).toBe(true);
    expect(stored(one)).toEqual([
      expect.objectContaining({ ms: undefined, min: undefined, max: undefined, succeeded: 0, ...failed }),
    ]);
    expect(one.requests).toHaveLength(requests);
    expect(one.contents.tables.log).toMatchObject([
      {
        level: 'WARN',
        what: expect.stringMatching(/^Замер не удался: /),
        effect: 'Замер записан как неудачный, в пике не участвует.',
        todo: ru.ping.failedTodo('http'),
      },
    ]);
  });

  it('T14 · T9 · when the token is refused that is stored, too, and told of the connection', () => {
    const one = world({ server: () => text('', 401) });
    expect(measurePing(one.outside, true)).toBe(true);
    expect(stored(one)).toMatchObject([
      { ms: undefined, succeeded: 0, taken: 1, status: 401, failure: 'http' },
    ]);
    expect(one.requests).toHaveLength(1);
    const { refused, refusedEffect, refusedTodo } = ru.connection;
    expect(one.contents.tables.log).toMatchObject([
      {
        ...{ level: 'ERROR', what: refused(ru.error.what('token-refused', 401), '18.11.2026 13:51') },
        ...{ effect: refusedEffect, todo: refusedTodo },
      },
    ]);
  });

  it('H7 · after two refusals nothing is asked any more, and the slots say why', () => {
    const one = world({ server: () => text('', 401) });
    for (let nth = 0; nth < 4; nth += 1) {
      measurePing(one.outside, true);
      one.clock.pass(3_600_000);
    }
    expect(one.requests).toHaveLength(2);
    const first = unix('2026-11-18T14:00:00+03:00');
    expect(stored(one).map(({ slot, status, failure }) => [slot! - first, status, failure])).toEqual([
      [0, 401, 'http'],
      [3_600, 0, 'no-access'],
      [7_200, 0, 'no-access'],
      [10_800, 0, 'no-access'],
    ]);
    // Once, not every hour.
    expect(one.contents.tables.log).toMatchObject([{ level: 'ERROR' }]);
  });

  it('H7 · a person’s own start asks again, and where amoCRM takes the token all goes on', () => {
    let works = false;
    const one = world({ server: () => (works ? json({ id: 5 }) : text('', 401)), person: [] });
    one.byTrigger = true;
    for (let nth = 0; nth < 3; nth += 1) {
      measurePing(one.outside, true);
      one.clock.pass(3_600_000);
    }
    one.byTrigger = false;
    one.shown.length = 0;
    measurePing(one.outside, false);
    expect(one.requests).toHaveLength(3);
    expect(one.shown).toEqual([expect.stringContaining(ru.connection.refusedTodo)]);
    works = true;
    measurePing(one.outside, false);
    one.byTrigger = true;
    measurePing(one.outside, true);
    expect(stored(one).map(({ ms }) => ms)).toEqual([...Array(3).fill(undefined), 120, 120]);
  });

  it('T9 · one failed sample spoils nothing: the others make the number', () => {
    const one = world({
      server: (_, nth) => (nth === 2 ? timedOut : json({ id: 5 })),
      latency: nth => nth * 100,
    });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([
      { ms: 200, min: 100, max: 300, succeeded: 2, taken: 3, status: 0, failure: 'timeout' },
    ]);
  });

  it.each([
    [429, 1],
    [503, 2],
  ])('T9 · a %d among the samples: %d succeed, since only a refusal ends the ping', (status, succeeded) => {
    const one = world({ server: (_, nth) => (nth === 2 ? text('', status) : json({ id: 5 })) });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([
      { ms: 120, succeeded, taken: succeeded + 1, status, failure: 'http' },
    ]);
    expect(logOf(one)).toMatchObject([{ level: 'INFO' }]);
  });

  it.each([50_000, 60_000])('N3 · I9 · takes no sample when the run’s time is over: %d ms', workingMs => {
    const one = world({ latency: () => 30_000, server: () => timedOut, workingMs });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ taken: 2, failure: 'timeout' }]);
  });

  it('T3 · of two runs at once the second does nothing, and no ping is lost', () => {
    const second: boolean[] = [];
    const one: InMemory = world({
      server: (_, nth) => {
        if (nth === 1) second.push(measurePing(one.outside, false));
        return json({ id: 5 });
      },
    });
    expect(measurePing(one.outside, true)).toBe(true);
    expect(second).toEqual([false]);
    expect(stored(one)).toHaveLength(1);
    expect(one.requests).toHaveLength(3);
    expect(logOf(one)).toMatchObject([
      { level: 'WARN', what: 'Замер: уже выполняется с 13:51' },
      { level: 'INFO' },
    ]);
  });

  it('T3 · what another run changed in the log meanwhile is not overwritten', () => {
    const one = world();
    measurePing(one.outside, true);
    one.clock.set('2026-11-18T14:51:07+03:00');
    const earlier = one.properties.get('latency.1')!;
    const two = world({
      now: '2026-11-18T15:51:07+03:00',
      server: (_, nth) => {
        if (nth === 1) two.properties.set('latency.1', earlier);
        return json({ id: 5 });
      },
    });
    measurePing(two.outside, true);
    expect(stored(two).map(({ at }) => at)).toEqual([
      unix('2026-11-18T13:51:07+03:00'),
      unix('2026-11-18T15:51:07+03:00'),
    ]);
  });

  it('T3 · I6 · what is measured is stored also when the lock is not to be had: it cannot be measured again', () => {
    const one: InMemory = world({
      server: (_, nth) => {
        if (nth === 3) one.mutex.busy = true;
        return json({ id: 5 });
      },
    });
    expect(measurePing(one.outside, true)).toBe(true);
    expect(stored(one)).toMatchObject([{ ms: 120, taken: 3 }]);
  });

  it('Q9 · where the storage fails, that is a failure, and told', () => {
    const one = world();
    let times = 0;
    one.steps.interfere = (port, detail = '') => {
      if (port !== 'properties.change' || !detail.startsWith('latency')) return;
      times += 1;
      // Together with all else, and then by itself.
      if (times <= 2) throw new Error('storage');
    };
    expect(measurePing(one.outside, true)).toBe(false);
    expect(stored(one)).toEqual([]);
    expect(one.contents.tables.log).toMatchObject([
      { level: 'INFO', requests: 3 },
      { level: 'ERROR', what: ru.unexpected('storage'), effect: ru.effect.pingNotStored },
    ]);
  });

  it.each([
    [
      'one of the schedule warns',
      true,
      [ru.quota.warning({ quota: 'requests', used: 16_000, limit: 20_000 }).what],
    ],
    ['a person’s does not', false, []],
  ])('Q2 · of quotas that are nearly used up %s, without a look at every sheet', (_, due, warnings) => {
    const usage = JSON.stringify({ since: NOW - 1_000, requests: 16_000 });
    const one = world({ properties: { usage } });
    one.contents.cells = 9_900_000;
    measurePing(one.outside, due);
    expect(one.contents.tables.log.slice(1).map(({ what }) => what)).toEqual(warnings);
    expect(one.steps.log).not.toContain('workbook.cells');
  });

  it('T5 · one of the schedule shows that its trigger is alive', () => {
    const one = world();
    measurePing(one.outside, true);
    const before = one.triggers.map(({ id }) => id);
    for (let hour = 0; hour < 5; hour += 1) {
      one.clock.pass(3_600_000);
      measurePing(one.outside, true);
    }
    // None has fallen silent, and none was made anew.
    expect(before).toHaveLength(2);
    expect(one.triggers.map(({ id }) => id)).toEqual(before);
  });

  it('M15 · without a token nothing is asked', () => {
    const one = inMemoryOutside({ settings: { baseUrl: 'mycompany' }, server: good });
    expect(measurePing(one.outside, true)).toBe(false);
    expect(one.requests).toEqual([]);
    expect(stored(one)).toEqual([]);
  });

  it('the token stands nowhere but in the header', () => {
    const one = world({ person: [], server: () => text(`no ${TOKEN}`, 500) });
    measurePing(one.outside, false);
    expect(one.everythingShown()).not.toContain(TOKEN);
    expect(one.properties.get('latency.1')).not.toContain(TOKEN);
  });
});

describe('T12 · a ping that falls due while events are collected', () => {
  /** A run of the report that has the line, and does this. */
  const collecting = (one: InMemory, during: Parameters<typeof runJob>[2]) =>
    runJob(
      one.outside,
      { name: 'dailyReport', holds: 'dailyReport', needsAccount: true, effectOfFailure: () => '' },
      during,
    );

  it('T12 · is left for the collection, which takes it, marked, under its own slot', () => {
    const one = world();
    collecting(one, run => {
      expect(measurePing(one.outside, true)).toBe(false);
      expect(one.requests).toEqual([]);
      one.clock.pass(30_000);
      takeDuePings(run);
      takeDuePings(run);
      return undefined;
    });
    expect(stored(one)).toEqual([
      expect.objectContaining({
        ...{ at: NOW / 1000 + 30, slot: unix('2026-11-18T14:00:00+03:00') },
        ...{ ms: 120, duringCollection: true, taken: 3 },
      }),
    ]);
    expect(one.requests).toHaveLength(3);
    expect(one.properties.has('pingDue')).toBe(false);
    // Nobody is told of a job that was in the way: it did what was asked.
    expect(one.contents.tables.log).toMatchObject([
      { job: 'Отчёт', level: 'INFO', what: ru.ping.done(120, 3, 3) },
    ]);
  });

  it.each([
    [4 * 60_000, 0, 120],
    [4 * 60_000 + 1, 0, undefined],
    [0, 240_000, 120],
    [0, 240_001, undefined],
  ])(
    'T12 · I6 · %d ms later, %d ms into the run: too late for it, its slot says that we were busy',
    (later, into, ms) => {
      const one = world();
      const asked: number[] = [];
      collecting(one, run => {
        one.clock.pass(into);
        asked.push(one.clock.now() - later);
        one.properties.set('pingDue', String(asked[0]));
        takeDuePings(run);
        return undefined;
      });
      expect(stored(one)).toMatchObject([
        ms === undefined
          ? { at: Math.floor(asked[0]! / 1000), ms, taken: 0, failure: 'busy' }
          : { ms, taken: 3, duringCollection: true },
      ]);
      expect(one.properties.has('pingDue')).toBe(false);
    },
  );

  it('T12 · I6 · of several the last is taken, the others are no silent gaps', () => {
    const one = world({ settings: { pingMinutes: 5 } });
    collecting(one, run => {
      for (let nth = 0; nth < 3; nth += 1) {
        measurePing(one.outside, true);
        one.clock.pass(60_000);
      }
      takeDuePings(run);
      return undefined;
    });
    expect(
      stored(one).map(({ at, failure, duringCollection }) => [at - NOW / 1000, failure, duringCollection]),
    ).toEqual([
      [0, 'busy', false],
      [60, 'busy', false],
      [180, undefined, true],
    ]);
  });

  it('I9 · at most twenty wait', () => {
    const one = world();
    takeLease(one.outside, 'dailyReport');
    for (let nth = 0; nth < 25; nth += 1) {
      measurePing(one.outside, true);
      one.clock.pass(10_000);
    }
    const due = one.properties.get('pingDue')!.split(',').map(Number);
    expect(due).toHaveLength(20);
    expect(due[19]! - due[0]!).toBe(190_000);
  });

  it('T12 · without one nothing is measured', () => {
    const one = world();
    collecting(one, run => {
      takeDuePings(run);
      return undefined;
    });
    expect(stored(one)).toEqual([]);
  });

  it.each<[string, boolean, 'dailyReport' | 'setUp' | 'hourlyPing', boolean]>([
    ['a person’s ping', false, 'dailyReport', false],
    ['a ping during the set-up', true, 'setUp', false],
    ['a ping during another', true, 'hourlyPing', false],
    ['a ping of the schedule during the report', true, 'dailyReport', true],
  ])('T13 · only that one is left for the run that holds the line: %s', (_, due, holder, left) => {
    const one = world();
    takeLease(one.outside, holder);
    expect(measurePing(one.outside, due)).toBe(false);
    expect(one.properties.get('pingDue')).toBe(left ? String(NOW) : undefined);
    expect(one.contents.tables.log).toHaveLength(left ? 0 : 1);
    expect(one.requests).toEqual([]);
  });

  it('I6 · Q6 · it is left also while another run has the storage, so that its slot is no silent gap', () => {
    const one = world();
    takeLease(one.outside, 'dailyReport');
    let asked = 0;
    one.steps.interfere = port => {
      if (port !== 'mutex.during') return;
      asked += 1;
      // The first time it asks for the line.
      one.mutex.busy = asked > 1;
    };
    expect(measurePing(one.outside, true)).toBe(false);
    expect(one.properties.get('pingDue')).toBe(String(NOW));
  });

  it('Q9 · a storage that fails is told, and the run comes to its end', () => {
    const one = world();
    takeLease(one.outside, 'dailyReport');
    one.steps.interfere = (port, detail) => {
      if (port === 'properties.change' && detail?.includes('pingDue')) throw new Error('storage');
    };
    expect(measurePing(one.outside, true)).toBe(false);
    expect(one.contents.tables.log).toMatchObject([
      { level: 'ERROR', what: ru.unexpected('storage'), effect: ru.effect.pingNotStored },
    ]);
  });
});

describe('H9, Q1 · a ping that is left out', () => {
  it('H9 · while amoCRM asks for silence: no request, and the slot says why', () => {
    const pause = { since: NOW - 5, until: NOW + 60_000, cause: 'blocked' };
    const one = world({ properties: { line: JSON.stringify({ pause }) } });
    expect(measurePing(one.outside, true)).toBe(true);
    expect(one.requests).toEqual([]);
    expect(stored(one)).toMatchObject([
      { slot: unix('2026-11-18T14:00:00+03:00'), taken: 0, status: 0, failure: 'paused' },
    ]);
    expect(one.contents.tables.log).toMatchObject([
      {
        level: 'WARN',
        what: ru.ping.failed(ru.pingFailure('paused', 0)),
        todo: ru.ping.failedTodo('paused'),
      },
    ]);
  });

  it('H12 · a pause that begins with the first sample leaves that sample', () => {
    const one = world({ server: () => text('', 503, { 'retry-after': '60' }) });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ taken: 1, status: 503, failure: 'http' }]);
    expect(JSON.parse(one.properties.get('line')!)).toMatchObject({ pause: { cause: 'asked' } });
  });

  it.each<[string, boolean, object, number]>([
    ['the requests are nearly used up', true, { requests: 18_000 }, 0],
    ['the run time is nearly used up', true, { triggerMs: 81 * 60_000 }, 0],
    ['they were used up a day ago', true, { since: NOW - 86_400_000, requests: 20_000 }, 3],
    ['a person asks', false, { requests: 18_000 }, 3],
  ])('Q1 · when %s', (_, due, usage, requests) => {
    const one = world({ properties: { usage: JSON.stringify({ since: NOW - 1_000, ...usage }) } });
    measurePing(one.outside, due);
    expect(one.requests).toHaveLength(requests);
    expect(stored(one)).toMatchObject([requests === 0 ? { taken: 0, failure: 'quota' } : { ms: 120 }]);
  });
});

describe('I7 · what a ping tells of the job', () => {
  const mails = (server: FakeServer, times: number, more: WorldParts = {}) => {
    const one = world({ server, ...more, settings: { notifyEmail: 'boss@example.com', ...more.settings } });
    for (let nth = 0; nth < times; nth += 1) {
      measurePing(one.outside, true);
      one.clock.pass(3_600_000);
    }
    return one.mails.map(({ subject }) => subject);
  };
  const fails = ru.mail.fails('Замер', '', '').subject;
  const works = ru.mail.works('Замер', '').subject;
  // A refused token is not the ping's failure but the connection's.
  const disconnected = ru.mail.fails('Подключение', '', '').subject;
  const connected = ru.mail.works('Подключение', '').subject;

  it.each<[string, FakeServer, string[][]]>([
    ['no connection', () => noConnection, [[], [fails], [fails]]],
    ['a broken amoCRM', () => text('', 502), [[], [fails], [fails]]],
    ['an amoCRM that fails inside', () => text('', 500), [[], [fails], [fails]]],
    ['429', () => text('', 429), [[], [fails], [fails]]],
    ['a page', () => htmlPage(), [[], [fails], [fails]]],
    ['a refused token', () => text('', 401), [[disconnected], [disconnected], [disconnected]]],
    ['a block', () => htmlPage(403), [[fails], [fails], [fails]]],
  ])('I7 · %s: after one, two and three pings the mails are %j', (_, server, expected) => {
    expect(expected.map((_, index) => mails(server, index + 1))).toEqual(expected);
  });

  it('I7 · one that works again is told too', () => {
    expect(mails((_, nth) => (nth === 1 ? htmlPage(404) : json({ id: 5 })), 3)).toEqual([fails, works]);
  });

  it('I7 · and so is a token that is taken again', () => {
    const server: FakeServer = (_, nth) => (nth === 1 ? text('', 401) : json({ id: 5 }));
    expect(mails(server, 3)).toEqual([disconnected, connected]);
  });

  it('H9 · one left out since amoCRM asks for silence is neither', () => {
    const pause = { since: NOW, until: NOW + 3 * 3_600_000, cause: 'blocked' };
    expect(mails(() => text('', 401), 3, { properties: { line: JSON.stringify({ pause }) } })).toEqual([]);
  });

  it('Q1 · one left out to spare the quota is neither', () => {
    const usage = JSON.stringify({ since: NOW, requests: 18_500 });
    expect(mails(good, 3, { properties: { usage } })).toEqual([]);
  });
});
