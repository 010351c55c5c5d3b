import {
  type Ping,
  type PingDay,
  pingDay,
  pingNotTaken,
  pingOf,
  pingsOfDay,
  type Sample,
} from '../../src/core/ping';

const ok = (ms: number): Sample => ({ ms, status: 200 });
const http = (status: number): Sample => ({ ms: 5, status, failure: 'http' });
const lost: Sample = { ms: 9999, status: 0, failure: 'no-connection' };
const slow: Sample = { ms: 30_000, status: 0, failure: 'timeout' };

const taken = { at: 1_763_463_060_999, slot: 1_763_463_600_000, duringCollection: false };

describe('T9, M12 · pingOf', () => {
  it.each<[Sample[], number, number, number]>([
    [[ok(100)], 100, 100, 100],
    [[ok(300), ok(100), ok(200)], 200, 100, 300],
    [[ok(100), ok(201)], 151, 100, 201],
    [[ok(9), ok(100), ok(20)], 20, 9, 100], // by number, not by text
    [[ok(5), ok(4), ok(3), ok(2), ok(1)], 3, 1, 5],
    [[ok(0)], 0, 0, 0],
  ])('M12 · %j: median %d, from %d to %d', (samples, ms, min, max) => {
    expect(pingOf(samples, taken)).toEqual({
      ...{ at: 1_763_463_060, slot: 1_763_463_600, ms, min, max },
      ...{ succeeded: samples.length, taken: samples.length },
      ...{ status: 200, failure: undefined, duringCollection: false },
    });
  });

  it('T9 · failed samples do not enter the figures, and the last one is named', () => {
    expect(pingOf([ok(100), lost, ok(300), http(502)], taken)).toMatchObject({
      ...{ ms: 200, min: 100, max: 300, succeeded: 2, taken: 4 },
      ...{ status: 502, failure: 'http' },
    });
  });

  it.each<[Sample[], number, string]>([
    [[lost, slow], 0, 'timeout'],
    [[slow, lost], 0, 'no-connection'],
    [[http(401)], 401, 'http'],
    [[{ ms: 7, status: 200, failure: 'not-api' }], 200, 'not-api'],
  ])('T9 · has failed only when no sample succeeded: %j', (samples, status, failure) => {
    expect(pingOf(samples, taken)).toMatchObject({
      ...{ ms: undefined, min: undefined, max: undefined, succeeded: 0, taken: samples.length },
      ...{ status, failure },
    });
  });

  it('M1 · keeps the true time; one by hand has no slot', () => {
    expect(pingOf([ok(1)], { ...taken, slot: undefined })).toMatchObject({
      at: 1_763_463_060,
      slot: undefined,
    });
  });
});

describe('H9, Q1 · pingNotTaken', () => {
  it.each(['paused', 'quota'] as const)(
    'H9 · a slot that was left out (%s) has a failure and no request',
    failure => {
      const ping = pingNotTaken(taken.at, taken.slot, failure);
      expect(ping).toEqual({
        ...{ at: 1_763_463_060, slot: 1_763_463_600, ms: undefined, min: undefined, max: undefined },
        ...{ succeeded: 0, taken: 0, status: 0, failure, duringCollection: false },
      });
      expect(pingDay([ping], 'UTC')).toMatchObject({
        pings: 1,
        failed: 1,
        failures: [{ failure, status: 0, count: 1 }],
      });
    },
  );
});

const ping = (at: number, ms: number | undefined, more: Partial<Ping> = {}): Ping => ({
  ...{ at, slot: undefined, ms, min: ms, max: ms, duringCollection: false },
  ...(ms === undefined
    ? { succeeded: 0, taken: 3, status: 503, failure: 'http' as const }
    : { succeeded: 3, taken: 3, status: 200, failure: undefined }),
  ...more,
});

const hours = (known: Record<number, number>): PingDay['medianMsByHour'] =>
  Array.from({ length: 24 }, (_, hour) => known[hour]);

describe('T10, M6, M12 · pingDay', () => {
  it('T10 · the peak is the slowest ping and its time', () => {
    expect(pingDay([ping(10, 300), ping(20, 509), ping(30, 400)], 'UTC')).toEqual({
      ...{ pings: 3, failed: 0, medianMs: 400, peak: { ms: 509, at: 20 }, failures: [] },
      ...{ p95Ms: 509, p99Ms: undefined, medianMsByHour: hours({ 0: 400 }) },
    });
  });

  it('T10 · of equal peaks the earliest, in whatever order they come', () => {
    expect(pingDay([ping(30, 509), ping(10, 100), ping(20, 509)], 'UTC').peak).toEqual({ ms: 509, at: 20 });
  });

  it('M6 · a failure is never the peak, however long it took', () => {
    const failed = ping(20, undefined, { max: 30_000, failure: 'timeout', status: 0 });
    expect(pingDay([failed, ping(30, 200)], 'UTC')).toMatchObject({
      ...{ pings: 2, failed: 1, peak: { ms: 200, at: 30 }, medianMs: 200 },
    });
  });

  it('M6 · all failed: no peak, no median, and the causes with their numbers', () => {
    const day = pingDay(
      [
        ping(10, undefined, { failure: 'timeout', status: 0 }),
        ping(20, undefined),
        ping(30, undefined),
        ping(40, undefined, { status: 502 }),
      ],
      'UTC',
    );
    expect(day).toMatchObject({ pings: 4, failed: 4, peak: undefined, medianMs: undefined });
    expect(day.failures).toEqual([
      { failure: 'http', status: 503, count: 2 },
      { failure: 'timeout', status: 0, count: 1 },
      { failure: 'http', status: 502, count: 1 },
    ]);
  });

  it('M6 · a failure whose cause was lost counts as no connection', () => {
    const damaged = ping(10, undefined, { failure: undefined, status: 200 });
    expect(pingDay([damaged], 'UTC').failures).toEqual([{ failure: 'no-connection', status: 200, count: 1 }]);
  });

  it('T10 · a ping during our own collection stands in the count, not in peak and median', () => {
    const busy = ping(10, 5000, { duringCollection: true });
    expect(pingDay([busy, ping(20, 200)], 'UTC')).toMatchObject({
      pings: 2,
      failed: 0,
      peak: { ms: 200 },
      medianMs: 200,
    });
    expect(pingDay([busy], 'UTC')).toMatchObject({
      pings: 1,
      failed: 0,
      peak: undefined,
      medianMs: undefined,
    });
  });

  it('T10 · a partly failed ping counts with what succeeded', () => {
    const partly = ping(10, 700, { succeeded: 1, status: 502, failure: 'http' });
    expect(pingDay([partly], 'UTC')).toMatchObject({ failed: 0, peak: { ms: 700, at: 10 }, failures: [] });
  });

  it('M6 · a day without pings has nothing to tell', () => {
    expect(pingDay([], 'UTC')).toEqual({
      ...{ pings: 0, failed: 0, medianMs: undefined, peak: undefined, failures: [] },
      ...{ p95Ms: undefined, p99Ms: undefined, medianMsByHour: hours({}) },
    });
  });
});

describe('T10 · percentiles and hours', () => {
  const HOUR = 3_600;
  /** So many pings, one a second, of 1 ms, 2 ms and so on, in no order. */
  const rising = (count: number) =>
    Array.from({ length: count }, (_, nth) => ping(nth, ((nth * 7_919) % count) + 1));

  it.each([
    // 7,919 is a prime, so each number of ms comes once.
    [1, 1, undefined],
    [2, 2, undefined],
    [19, 19, undefined],
    [20, 19, undefined],
    [21, 20, undefined],
    [24, 23, undefined],
    [99, 95, undefined],
    [100, 95, 99],
    [101, 96, 100],
    [288, 274, 286],
  ])('T10 · of %d pings 95 %% were at most %p ms slow, 99 %% at most %p', (count, p95Ms, p99Ms) => {
    expect(pingDay(rising(count), 'UTC')).toMatchObject({ p95Ms, p99Ms });
    expect(pingDay(rising(count), 'UTC').p99Ms).toBe(p99Ms);
  });

  it('T10 · M6 · neither failures nor pings during our own collection count for them', () => {
    const others = rising(100).map(({ at }) => ping(at + 500, undefined, { max: 30_000 }));
    const own = rising(100).map(({ at }) => ping(at + 900, 5_000, { duringCollection: true }));
    expect(pingDay([...others, ...rising(99), ...own], 'UTC')).toMatchObject({ p95Ms: 95, medianMs: 50 });
    expect(pingDay([...others, ...rising(99), ...own], 'UTC').p99Ms).toBeUndefined();
    expect(pingDay([...others, ...own], 'UTC').medianMsByHour).toEqual(hours({}));
  });

  it('T10 · T9 · the median of each hour is that of the zone’s clocks', () => {
    const pings = [ping(0, 100), ping(HOUR - 1, 201), ping(HOUR, 70), ping(23 * HOUR, 9), ping(10, 90)];
    expect(pingDay(pings, 'UTC').medianMsByHour).toEqual(hours({ 0: 100, 1: 70, 23: 9 }));
    expect(pingDay(pings, 'Europe/Moscow').medianMsByHour).toEqual(hours({ 3: 100, 4: 70, 2: 9 }));
    // 05:30 then.
    expect(pingDay([ping(0, 1), ping(1_800, 3)], 'Asia/Kathmandu').medianMsByHour).toEqual(
      hours({ 5: 1, 6: 3 }),
    );
  });

  it('T9 · of an hour that comes twice all pings are one hour', () => {
    const twice = ['2026-10-25T00:10:00Z', '2026-10-25T01:10:00Z'].map((at, nth) =>
      ping(Date.parse(at) / 1000, 100 * (nth + 1)),
    );
    expect(pingDay(twice, 'Europe/Berlin').medianMsByHour).toEqual(hours({ 2: 150 }));
  });
});

describe('M12 · pingsOfDay', () => {
  const at = (iso: string) => Date.parse(iso) / 1000;

  it('M12 · takes the pings whose true time lies in the zone’s day, earliest first', () => {
    const pings = [
      ping(at('2026-11-18T23:59:59+03:00'), 4),
      ping(at('2026-11-19T00:00:00+03:00'), 5),
      ping(at('2026-11-18T00:00:00+03:00'), 3),
      ping(at('2026-11-17T23:59:59+03:00'), 2),
    ];
    expect(pingsOfDay(pings, '2026-11-18', 'Europe/Moscow').map(({ ms }) => ms)).toEqual([3, 4]);
    expect(pingsOfDay(pings, '2026-11-18', 'UTC').map(({ ms }) => ms)).toEqual([4, 5]);
  });

  it('M12 · goes by the true time, not by the slot', () => {
    const early = ping(at('2026-11-17T23:50:00+03:00'), 1, { slot: at('2026-11-18T00:00:00+03:00') });
    expect(pingsOfDay([early], '2026-11-18', 'Europe/Moscow')).toEqual([]);
    expect(pingsOfDay([early], '2026-11-17', 'Europe/Moscow')).toEqual([early]);
  });

  it('M12 · has both hours that look the same on a 25-hour day, and each ping once', () => {
    const first = ping(at('2026-10-25T00:30:00Z'), 1);
    const second = ping(at('2026-10-25T01:30:00Z'), 2);
    const last = ping(at('2026-10-25T22:59:59Z'), 3);
    expect(pingsOfDay([second, first, last, { ...first }], '2026-10-25', 'Europe/Berlin')).toEqual([
      first,
      second,
      last,
    ]);
  });
});
