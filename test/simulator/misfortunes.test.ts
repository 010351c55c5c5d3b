import { inProcessNetwork } from '../emulator/inProcess';
import { ask, LATER, readAll, requestTo } from './asking';
import { politeness } from './politeness';
import { Simulator, type SimulatorOptions } from './simulator';
import type { NewEvent } from './state';

const NOON = Date.UTC(2026, 10, 18, 9);
const HOUR = 3_600_000;

const eventAt = (at: number): NewEvent => ({ at, type: 'task_added', createdBy: 0 });
const opened = (count = 230, options: SimulatorOptions = {}): Simulator =>
  new Simulator({ events: Array.from({ length: count }, (_, i) => eventAt(NOON + i * 1000)), ...options });

const PAGE = '/api/v4/events?limit=100&page=';
const idsOn = (simulator: Simulator, page: number): string[] =>
  ask(simulator, `${PAGE}${page}`).json._embedded.events.map(({ id }: { id: string }) => id);

describe('D4 · a list that changes while it is read', () => {
  test('an inserted event moves the rest on: one stands twice', () => {
    const simulator = opened();
    simulator.meanwhile('GET /api/v4/events', 2, () => simulator.addEvents([eventAt(NOON + HOUR)]));
    const ids = [idsOn(simulator, 1), idsOn(simulator, 2)];
    expect(ids[1]![0]).toBe(ids[0]![99]);
  });

  test('a deleted event draws the rest up: one is on neither page', () => {
    const simulator = opened();
    const all = readAll(simulator, `${PAGE}1`);
    simulator.meanwhile('GET /api/v4/events', 2, () => simulator.deleteEvents(({ id }) => id === all[3]));
    expect(idsOn(simulator, 1)).toContain(all[3]);
    expect(idsOn(simulator, 2)[0]).toBe(all[101]);
    expect(simulator.ledger.events).toHaveLength(229);
  });

  test('what happens waits for its request, and happens once', () => {
    const simulator = opened(0);
    let happened = 0;
    simulator.meanwhile('GET /api/v4/users', 2, () => {
      happened += 1;
    });
    ask(simulator, '/api/v4/account');
    ask(simulator, '/api/v4/users');
    expect(happened).toBe(0);
    ask(simulator, '/api/v4/users');
    ask(simulator, '/api/v4/users');
    expect(happened).toBe(1);
  });

  test('new events after a deletion have entities of their own', () => {
    const simulator = opened(3);
    const last = simulator.ledger.events.at(-1)!;
    simulator.deleteEvents(({ entityId }) => entityId < last.entityId);
    simulator.addEvents([eventAt(NOON + HOUR)]);
    expect(new Set(simulator.ledger.events.map(({ entityId }) => entityId)).size).toBe(2);
  });
});

describe('D5 · an event that becomes visible late', () => {
  test('is found once its time has come', () => {
    const simulator = opened(0);
    simulator.addEvents([{ ...eventAt(NOON), visibleFrom: NOON + 3 * HOUR }]);
    expect(ask(simulator, `${PAGE}1`, { at: NOON + HOUR }).status).toBe(204);
    expect(ask(simulator, `${PAGE}1`, { at: NOON + 3 * HOUR }).status).toBe(200);
  });
});

describe('H9, H16 · periods', () => {
  const statuses = (simulator: Simulator, times: readonly number[]): (number | string)[] =>
    times.map(at => {
      const { failure, status } = ask(simulator, '/api/v4/account', { at: NOON + at });
      return failure ?? status;
    });

  test('a block holds while it lasts', () => {
    const simulator = opened(0);
    simulator.block(NOON, NOON + HOUR);
    expect(statuses(simulator, [-1, 0, HOUR - 1, HOUR])).toEqual([200, 403, 403, 200]);
    expect(simulator.ledger.requests.map(({ blockPage }) => blockPage)).toEqual([
      undefined,
      true,
      true,
      undefined,
    ]);
    expect(simulator.ledger.violations).toEqual([]);
  });

  test('an outage is one below HTTP unless said otherwise', () => {
    const simulator = opened(0);
    simulator.outage(NOON, NOON + HOUR);
    simulator.outage(NOON + HOUR, NOON + 2 * HOUR, 'html-503');
    expect(statuses(simulator, [0, HOUR, 2 * HOUR])).toEqual(['unreachable', 503, 200]);
  });

  test('H15 · 429 on every second request for an hour', () => {
    const simulator = opened(0);
    const times = Number.POSITIVE_INFINITY;
    simulator.plan('*', '429-json', { from: NOON, to: NOON + HOUR, every: 2, times, retryAfter: 30 });
    expect(statuses(simulator, [0, 1000, 2000, 3000, HOUR])).toEqual([429, 200, 429, 200, 200]);
    expect(simulator.ledger.requests[0]!.retryAfterMs).toBe(30_000);
  });

  test('H12, H13 · what a 429 asks for is noted, from whichever place tells it', () => {
    const simulator = opened(0);
    const forms = ['429-json-seconds', '429-html-date', '429-json', '429-html-nonsense'] as const;
    for (const form of forms) simulator.plan('*', form, { retryAfter: 600 });
    for (const _ of forms) ask(simulator, '/api/v4/account', { at: NOON });
    const waits = simulator.ledger.requests.map(({ retryAfterMs }) => retryAfterMs);
    expect(waits).toEqual([600_000, 600_000, 600_000, undefined]);
  });

  test('a block of the rate limit may end by itself', () => {
    const simulator = opened(0, { rateLimit: { blockAfter: 1, blockMs: HOUR } });
    const times = [0, 0, 0, 0, 0, 0, 0, 0, HOUR - 1, HOUR];
    expect(statuses(simulator, times).slice(7)).toEqual([429, 403, 200]);
  });
});

describe('N5 · slowness', () => {
  test('a body that drips takes long, but its request arrives early', () => {
    const simulator = opened(0, { latency: { min: 100, max: 100, byHour: Array<number>(24).fill(0) } });
    simulator.slowBody('*', NOON, NOON + HOUR, 40_000);
    simulator.slow('*', NOON, NOON + HOUR, 1_000);
    const network = inProcessNetwork(simulator);
    const [exchange] = network.exchange([requestTo(simulator, '/api/v4/account')], NOON, 60_000);
    expect(exchange!.tookMs).toBe(41_100);
    expect(simulator.ledger.requests[0]!.at).toBe(NOON + 550);
    expect(network.exchange([requestTo(simulator, '/x')], NOON, 30_000)[0]!.failure).toBe('timeout');
    simulator.heal();
    expect(network.exchange([requestTo(simulator, '/api/v4/account')], NOON, 60_000)[0]!.tookMs).toBe(100);
  });
});

describe('I8 · politeness', () => {
  const breaches = (simulator: Simulator, times: readonly number[], manners = {}): string[] => {
    for (const at of times) ask(simulator, '/api/v4/account', { at: NOON + at });
    return politeness(simulator.ledger, manners);
  };

  test('finds the one that is too many within a sliding second', () => {
    expect(breaches(opened(0), [0, 400, 800, 999], { perSecond: 3 })).toEqual([
      '2026-11-18T09:00:00.999Z /api/v4/account (200): more than 3 within a second, since 2026-11-18T09:00:00.000Z',
    ]);
    expect(breaches(opened(0), [0, 400, 800, 1000], { perSecond: 3 })).toEqual([]);
  });

  test('does not count what never arrived', () => {
    const simulator = opened(0);
    simulator.plan('*', 'dns');
    expect(breaches(simulator, [0, 10], { perSecond: 1 })).toEqual([]);
  });

  test('finds requests inside the cool-down after a block, and lets the careful one behind it pass', () => {
    const blocked = () => {
      const simulator = opened(0);
      simulator.block(NOON, NOON + 1);
      return simulator;
    };
    expect(breaches(blocked(), [0, HOUR - 1])).toEqual([expect.stringContaining('after a block')]);
    expect(breaches(blocked(), [0, HOUR])).toEqual([]);
    expect(breaches(blocked(), [0, 60_000], { coolDownMs: 60_000 })).toEqual([]);
    expect(breaches(blocked(), [0, 60_000], { from: NOON + 1 })).toEqual([]);
  });

  test('finds requests before the wait that was asked for is over, the longest of several', () => {
    const limited = (...waits: number[]) => {
      const simulator = opened(0);
      for (const retryAfter of waits) simulator.plan('*', '429-json-seconds', { retryAfter });
      return simulator;
    };
    expect(breaches(limited(600), [0, 599_999])).toEqual([expect.stringContaining('although asked to wait')]);
    expect(breaches(limited(600), [0, 600_000])).toEqual([]);
    expect(breaches(limited(600, 5), [0, 0, 10_000])).toHaveLength(2);
    // What leaves together cannot heed each other's answers.
    const together = limited(600);
    const batch = [NOON, NOON + 30].map(at => ({ request: requestTo(together, '/api/v4/account'), at }));
    for (const { request, at } of batch) together.handle(request, at, NOON + 300);
    expect(politeness(together.ledger)).toEqual([]);
    expect(breaches(together, [300])).toHaveLength(1);
    const lost = limited(600);
    lost.handle(requestTo(lost, '/api/v4/account'), NOON, NOON + 300);
    lost.plan('*', 'reset');
    // The platform throws for all of them: nobody has seen the wish.
    lost.handle(requestTo(lost, '/api/v4/account'), NOON + 30, NOON + 300);
    expect(breaches(lost, [300])).toEqual([]);
    expect(breaches(limited(600), [0, 1000], { patient: false })).toEqual([]);
    expect(breaches(limited(900_000), [0, 1000])).toEqual([]);
  });

  test('keeps a long list short', () => {
    const simulator = opened(0);
    simulator.block(NOON, NOON + 1);
    const times = Array.from({ length: 20 }, (_, i) => i * 1000);
    expect(breaches(simulator, times)).toHaveLength(11);
  });
});

describe('size', () => {
  test('D13 · a day of 200,000 events is paged in milliseconds, also while events come in', () => {
    const simulator = opened(200_000, { rateLimit: { perSecond: 1e9 } });
    const began = performance.now();
    const range = `filter[created_at][from]=${NOON / 1000}&filter[created_at][to]=${NOON / 1000 + 250_000}`;
    simulator.meanwhile('GET /api/v4/events', 50, () => simulator.addEvents([eventAt(NOON - 1000)]));
    const seen = new Set<string>();
    for (let page = 1; page <= 2000; page += 20) {
      const { json } = ask(simulator, `${PAGE}${page}&${range}`, { at: LATER + 90 * 24 * HOUR });
      for (const { id } of json._embedded.events) seen.add(id);
    }
    expect(seen.size).toBe(10_000);
    expect((performance.now() - began) / 100).toBeLessThan(50);
  });
});
