import fc from 'fast-check';
import {
  inASecondOfItsOwn,
  LATENCY_DOCUMENT,
  type LatencyChange,
  latencyLog,
  pingsIn,
  withoutPings,
  withPing,
} from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { pingEntry } from '../../src/core/pingEntry';

const START = 1_763_400_000;

const ping = (at: number, ms = 200): Ping => ({
  ...{ at, slot: at - (at % 3600), ms, min: ms - 20, max: ms + 300, succeeded: 3, taken: 3 },
  ...{ status: 200, failure: undefined, duringCollection: false },
});

/** The properties after a change, as the store would hold them. */
function changed(
  properties: Record<string, string>,
  { write, remove }: LatencyChange,
): Record<string, string> {
  const after = { ...properties, ...Object.fromEntries(write) };
  for (const name of remove) delete after[name];
  return after;
}

function stored(pings: readonly Ping[], properties: Record<string, string> = {}): Record<string, string> {
  return pings.reduce((now, one) => changed(now, withPing(latencyLog(now), one)), properties);
}

const read = (properties: Record<string, string>) => pingsIn(latencyLog(properties));

const second = fc.integer({ min: 1_500_000_000, max: 2_500_000_000 });
const milliseconds = fc.integer({ min: 0, max: 120_000 });
const times = fc.record({
  at: second,
  slot: fc.option(
    second.map(at => at - (at % 60)),
    { nil: undefined },
  ),
  duringCollection: fc.boolean(),
});
const anyPing: fc.Arbitrary<Ping> = fc.oneof(
  fc
    .record({
      times,
      ms: milliseconds,
      min: milliseconds,
      max: milliseconds,
      taken: fc.integer({ min: 1, max: 5 }),
    })
    .map(
      ({ times, taken, ...figures }): Ping => ({
        ...{ ...times, ...figures, taken, succeeded: taken, status: 200, failure: undefined },
      }),
    ),
  fc
    .record({
      times,
      taken: fc.integer({ min: 1, max: 5 }),
      ms: fc.option(milliseconds, { nil: undefined }),
      cause: fc.constantFrom<[Ping['failure'], number]>(
        ...([
          ['no-connection', 0],
          ['timeout', 0],
          ['not-api', 200],
          ['not-api', 204],
          ['http', 401],
          ['http', 503],
        ] as [Ping['failure'], number][]),
      ),
    })
    .map(
      ({ times, taken, ms, cause: [failure, status] }): Ping => ({
        ...{ ...times, ms, min: ms, max: ms, taken, succeeded: ms === undefined ? 0 : 1, status, failure },
      }),
    ),
);

describe('T3, M12 · the rolling log', () => {
  it('M12 · gives back every ping as it was saved', () => {
    fc.assert(
      fc.property(fc.array(anyPing, { maxLength: 60 }), pings => {
        expect(read(stored(pings))).toEqual(pings);
      }),
      { numRuns: 200 },
    );
  });

  it('M12 · a first ping is one entry in one document, and a second stands behind it', () => {
    const entry = pingEntry(ping(START));
    expect(stored([ping(START)])).toEqual({ 'latency.1': entry });
    expect(stored([ping(START)], { 'latency.7': '' })).toEqual({ 'latency.7': entry });
    expect(stored([ping(START), ping(START)])).toEqual({ 'latency.1': `${entry};${entry}` });
  });

  it('T3 · a ping of a second that another one has is put down for the next, the very same only once', () => {
    const log = latencyLog(stored([ping(START), ping(START + 1)]));
    expect(inASecondOfItsOwn(log, ping(START))).toBeUndefined();
    expect(inASecondOfItsOwn(log, ping(START, 300))).toEqual({ ...ping(START, 300), at: START + 2 });
    expect(inASecondOfItsOwn(log, ping(START + 5))).toEqual(ping(START + 5));
  });

  it('M12 · leaves other properties alone', () => {
    const others = { token: 'T', 'latency.x': 'no', 'xlatency.1': 'no', latency: 'no', 'users.0': 'a' };
    const properties = stored([ping(START)], others);
    expect(properties).toMatchObject(others);
    expect(read(properties)).toEqual([ping(START)]);
    const gone = withoutPings(latencyLog(properties), new Set([START]));
    expect(changed(properties, gone)).toEqual(others);
  });

  it('T3 · never holds a document of more than 9 KB, nor more than 60 KB in all, and forgets the oldest first', () => {
    let properties: Record<string, string> = {};
    const total = 3000;
    for (let index = 0; index < total; index += 1) {
      properties = changed(properties, withPing(latencyLog(properties), ping(START + index * 300)));
      if (index % 50 !== 0 && index < total - 5) continue;
      const sizes = Object.values(properties).map(text => Buffer.byteLength(text));
      expect(Math.max(...sizes)).toBeLessThan(9 * 1024);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60 * 1024);
    }
    const kept = read(properties);
    expect(kept).toEqual(
      Array.from({ length: kept.length }, (_, index) => ping(START + (total - kept.length + index) * 300)),
    );
    // Two months of hourly pings, or a week of one every five minutes.
    expect(kept.length).toBeGreaterThan(24 * 61);
    expect(kept.length).toBeGreaterThan((7 - 1) * 288);
  });

  it('T3 · writes one document a ping, however full the log is', () => {
    const properties = stored(Array.from({ length: 900 }, (_, index) => ping(START + index * 3600)));
    const { write, remove } = withPing(latencyLog(properties), ping(START + 9e6));
    expect(write.size).toBe(1);
    expect(remove).toEqual([]);
  });

  it('M12 · documents are read by number, not by letter', () => {
    const [a, b] = [Object.values(stored([ping(START)]))[0]!, Object.values(stored([ping(START + 60)]))[0]!];
    expect(read({ 'latency.10': b, 'latency.9': a })).toEqual([ping(START), ping(START + 60)]);
    const next = withPing(latencyLog({ 'latency.10': b, 'latency.9': a }), ping(START + 120));
    expect([...next.write.keys()]).toEqual(['latency.10']);
  });

  it('recognises its documents', () => {
    expect(LATENCY_DOCUMENT.test('latency.12')).toBe(true);
    expect(LATENCY_DOCUMENT.test('latency.12a')).toBe(false);
  });
});

describe('M9, M12 · withoutPings', () => {
  it('M9 · takes away exactly the named pings', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyPing, { selector: one => one.at, maxLength: 60 }),
        fc.func(fc.boolean()),
        (pings, goes) => {
          const properties = stored(pings);
          const going = new Set(pings.filter(one => goes(one.at)).map(one => one.at));
          const after = changed(properties, withoutPings(latencyLog(properties), going));
          expect(read(after)).toEqual(pings.filter(one => !going.has(one.at)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('M9 · removes documents that become empty and does not touch the others', () => {
    const pings = Array.from({ length: 700 }, (_, index) => ping(START + index * 3600));
    const properties = stored(pings);
    expect(Object.keys(properties).length).toBeGreaterThan(1);
    const log = latencyLog(properties);
    const first = pingsIn(latencyLog({ 'latency.1': properties['latency.1']! }));
    expect(withoutPings(log, new Set(first.map(({ at }) => at)))).toEqual({
      ...{ write: new Map(), remove: ['latency.1'] },
    });
    expect(withoutPings(log, new Set([1]))).toEqual({ write: new Map(), remove: [] });
  });

  it('M12 · a ping saved after a deletion is there', () => {
    const all = stored([ping(START), ping(START + 60)]);
    const empty = changed(all, withoutPings(latencyLog(all), new Set([START, START + 60])));
    expect(empty).toEqual({});
    expect(read(stored([ping(START + 120)], empty))).toEqual([ping(START + 120)]);
  });
});

describe('M12 · what cannot be read', () => {
  const [line] = Object.values(stored([ping(START)]));

  it.each([[''], ['x'], ['1,2,3'], [',,,,,,,,,'], ['!,,,,,,,,,'], ['null'], ['{"a":1}'], ['1,,,,,,,,,,,']])(
    'M12 · the entry %j is passed over, the others are not',
    broken => {
      expect(read({ 'latency.1': `${broken};${line}` })).toEqual([ping(START)]);
      expect(read({ 'latency.1': `${line};${broken}` })).toEqual([ping(START)]);
      expect(read({ 'latency.1': broken, 'latency.2': line! })).toEqual([ping(START)]);
    },
  );

  it.each(['!', '?5', '-'])('M12 · a ping whose number is %j is passed over', broken => {
    const fields = line!.split(',');
    const damaged = fields.map((field, index) => (index === 2 ? broken : field)).join(',');
    const pings = read({ 'latency.1': `${damaged};${line}` });
    expect(pings.filter(({ ms }) => ms !== undefined && !(ms >= 0))).toEqual([]);
  });
});
