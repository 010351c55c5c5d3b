import { latencyLog, pingsIn } from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { exclusively } from '../../src/jobs/lease';
import { measurePing } from '../../src/jobs/measurePing';
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
    expect(one.contents.tables.log).toMatchObject([
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
    ['a page answers', () => htmlPage(), { taken: 3, status: 200, failure: 'not-api' }, 3],
    ['the token is refused', () => text('', 401), { taken: 1, status: 401, failure: 'http' }, 1],
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
      },
    ]);
    expect(one.contents.tables.log[0]!.todo).not.toBe('');
  });

  it('T9 · one failed sample spoils nothing: the others make the number', () => {
    const one = world({
      server: (_, nth) => (nth === 2 ? text('', 502) : json({ id: 5 })),
      latency: nth => nth * 100,
    });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ ms: 200, min: 100, max: 300, succeeded: 2, taken: 3, status: 502 }]);
  });

  it('M1 · T12 · a ping while our own collection runs is marked', () => {
    const one = world();
    exclusively(one.outside, 'report', () => measurePing(one.outside, true));
    expect(stored(one)).toMatchObject([{ duringCollection: true, ms: 120 }]);
  });

  it('M1 · T12 · also when the collection begins in the middle of it', () => {
    const one = world({
      server: (_, nth) => {
        if (nth === 2) {
          const [since, until] = [one.clock.now(), one.clock.now() + 7 * 60_000];
          one.properties.set('lease.report', JSON.stringify({ id: 'other', since, until }));
        }
        return json({ id: 5 });
      },
    });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ duringCollection: true }]);
  });

  it('M1 · T12 · also when the collection ends in the middle of it', () => {
    const since = Date.parse('2026-11-18T13:50:00+03:00');
    const lease = JSON.stringify({ id: 'other', since, until: since + 7 * 60_000 });
    const one: InMemory = world({
      properties: { 'lease.report': lease },
      server: () => {
        one.properties.delete('lease.report');
        return json({ id: 5 });
      },
    });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ duringCollection: true }]);
  });

  it('M1 · a collection that was killed long ago marks nothing', () => {
    const since = Date.parse('2026-11-18T13:00:00+03:00');
    const lease = JSON.stringify({ id: 'dead', since, until: since + 7 * 60_000 });
    const one = world({ properties: { 'lease.report': lease } });
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject([{ duringCollection: false }]);
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
    expect(one.contents.tables.log).toMatchObject([
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

  it('T3 · when the lock is not to be had nothing is stored, and the log says so', () => {
    const one: InMemory = world({
      server: () => {
        one.mutex.busy = true;
        return json({ id: 5 });
      },
    });
    expect(measurePing(one.outside, true)).toBe(false);
    expect(stored(one)).toEqual([]);
    expect(one.contents.tables.log).toMatchObject([
      { level: 'ERROR', what: 'Хранилище занято другим запуском', effect: 'Замер не сохранён.' },
    ]);
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
