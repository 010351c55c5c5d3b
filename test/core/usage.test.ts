import fc from 'fast-check';
import {
  afterRun,
  bytesStored,
  cellsKnown,
  mayCollect,
  mayPing,
  NO_USAGE,
  quotaEnd,
  quotaShares,
  quotasToWarnOf,
  type Usage,
  usageAt,
  usageOf,
} from '../../src/core/usage';

const NOW = Date.parse('2026-11-19T03:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const usage = (more: Partial<Usage>): Usage => ({ ...NO_USAGE, since: NOW, ...more });
const run = (more: Partial<Parameters<typeof afterRun>[1]> = {}) => ({
  ...{
    startedAt: NOW,
    endedAt: NOW + MINUTE,
    day: '2026-11-19',
    requests: 10,
    trigger: true,
    afterKilled: false,
  },
  ...more,
});

describe('Q1, Q2 · 24 hours', () => {
  const used = usage({
    requests: 5,
    triggerMs: 6,
    mails: 7,
    warned: ['mails'],
    days: { '2026-11-18': 3 },
    lastTriggerRun: 8,
  });

  it.each([
    [0, false],
    [DAY - 1, false],
    [DAY, true],
    [3 * DAY, true],
    [-1, true], // a clock that went back
  ])('Q1 · %d ms after their first use they begin anew: %p', (later, anew) => {
    const now = usageAt(used, NOW + later);
    if (!anew) expect(now).toBe(used);
    else
      expect(now).toEqual({
        ...{ since: NOW + later, requests: 0, triggerMs: 0, mails: 0, warned: [] },
        ...{ days: { '2026-11-18': 3 }, lastTriggerRun: 8 },
      });
  });

  it('Q1 · end a day after they began', () => {
    expect(quotaEnd(used)).toBe(NOW + DAY);
  });
});

describe('Q1, Q2 · afterRun', () => {
  it('Q1 · a trigger’s run costs its time and its requests', () => {
    expect(afterRun(NO_USAGE, run())).toEqual({
      ...{ since: NOW, requests: 10, triggerMs: MINUTE, mails: 0, warned: [] },
      ...{ days: { '2026-11-19': 10 }, lastTriggerRun: NOW },
    });
  });

  it('Q1 · a person’s run costs its requests alone, and is no sign that triggers live', () => {
    expect(afterRun(usage({ lastTriggerRun: 5, triggerMs: 7 }), run({ trigger: false }))).toMatchObject({
      ...{ requests: 10, triggerMs: 7, lastTriggerRun: 5 },
    });
  });

  it('T1 · Q1 · a killed run before costs six minutes: it could not count itself', () => {
    expect(afterRun(NO_USAGE, run({ afterKilled: true })).triggerMs).toBe(7 * MINUTE);
    expect(afterRun(NO_USAGE, run({ afterKilled: true, trigger: false })).triggerMs).toBe(6 * MINUTE);
  });

  it('T2 · a clock that went back costs nothing', () => {
    expect(afterRun(NO_USAGE, run({ endedAt: NOW - HOUR })).triggerMs).toBe(0);
  });

  it('I8 · requests are kept by calendar day, the 40 newest', () => {
    let now = NO_USAGE;
    for (let nth = 0; nth < 45; nth += 1) {
      const day = new Date(NOW + nth * DAY).toISOString().slice(0, 10);
      now = afterRun(now, run({ startedAt: NOW + nth * DAY, day, requests: nth }));
      now = afterRun(now, run({ startedAt: NOW + nth * DAY, day, requests: 1 }));
    }
    const days = Object.keys(now.days);
    expect(days).toHaveLength(40);
    expect([days[0], days[39]]).toEqual(['2026-11-24', '2027-01-02']);
    expect(now.days['2027-01-02']).toBe(45);
    expect(now.requests).toBe(45);
  });

  it('I8 · T2 · the newest stay, also where a clock that went wrong had written a later day first', () => {
    const days = Array.from({ length: 40 }, (_, nth) => [
      new Date(NOW - nth * DAY).toISOString().slice(0, 10),
      1,
    ]);
    const before = { ...NO_USAGE, days: Object.fromEntries(days) };
    const [newest] = days[0]!;
    const [oldest] = days[39]!;
    const next = new Date(NOW + DAY).toISOString().slice(0, 10);
    const after = Object.keys(afterRun(before, run({ startedAt: NOW + DAY, day: next })).days);
    expect(after).toHaveLength(40);
    expect(after).toEqual(expect.arrayContaining([next, newest]));
    expect(after).not.toContain(oldest);
  });

  it('Q1 · of one 24 hours it is the sum', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(HOUR), fc.boolean()), { maxLength: 20 }), runs => {
        const total = runs.reduce(
          (now, [requests, ms, trigger], nth) =>
            afterRun(
              now,
              run({ startedAt: NOW + nth * HOUR, endedAt: NOW + nth * HOUR + ms, requests, trigger }),
            ),
          NO_USAGE,
        );
        expect(total.requests).toBe(runs.reduce((sum, [requests]) => sum + requests, 0));
        expect(total.triggerMs).toBe(runs.reduce((sum, [, ms, trigger]) => sum + (trigger ? ms : 0), 0));
      }),
    );
  });
});

describe('Q7 · the cells as last counted', () => {
  const counted = (count: number) => usage({ cells: { count, at: NOW } });

  it.each([
    [4_999_999, 0, true],
    [4_999_999, 7 * DAY - 1, true],
    [4_999_999, 7 * DAY, false],
    [5_000_000, 0, false],
    [10, -1, false], // a clock that went back
  ])('Q7 · %d, after %d ms: good enough %p', (count, later, known) => {
    expect(cellsKnown(counted(count), NOW + later)?.count).toBe(known ? count : undefined);
  });

  it('Q7 · are remembered until they are counted again, and not known before', () => {
    expect(cellsKnown(NO_USAGE, NOW)).toBeUndefined();
    const first = afterRun(NO_USAGE, run({ cells: { count: 5, at: NOW } }));
    expect(afterRun(first, run()).cells).toEqual({ count: 5, at: NOW });
    expect(afterRun(first, run({ cells: { count: 6, at: NOW + 1 } })).cells).toEqual({
      count: 6,
      at: NOW + 1,
    });
    expect(usageAt(first, NOW + 3 * DAY).cells).toEqual({ count: 5, at: NOW });
  });
});

describe('Q1, Q2, Q7 · shares and what follows', () => {
  it.each([
    ['free', 20_000, 90 * MINUTE, 100],
    ['workspace', 100_000, 360 * MINUTE, 1_500],
  ] as const)('Q1 · the limits of a %s account', (plan, requests, triggerMs, mails) => {
    const shares = quotaShares(usage({ requests: 1, triggerMs: 2, mails: 3 }), plan, {
      propertyBytes: 4,
      cells: 5,
    });
    expect(shares).toEqual([
      { quota: 'requests', used: 1, limit: requests },
      { quota: 'triggerMs', used: 2, limit: triggerMs },
      { quota: 'mails', used: 3, limit: mails },
      { quota: 'propertyBytes', used: 4, limit: 500_000 },
      { quota: 'cells', used: 5, limit: 10_000_000 },
    ]);
    expect(quotaShares(NO_USAGE, plan, {}).map(({ quota }) => quota)).toEqual([
      'requests',
      'triggerMs',
      'mails',
    ]);
  });

  it.each([
    [15_999, []],
    [16_000, ['requests']],
    [30_000, ['requests']],
  ])('Q2 · at %d of 20,000 requests %j is warned of', (requests, warned) => {
    const now = usage({ requests });
    expect(quotasToWarnOf(now, quotaShares(now, 'free', {})).map(({ quota }) => quota)).toEqual(warned);
  });

  it('Q1 · Q3 · Q7 · each quota is warned of once', () => {
    const now = usage({ triggerMs: 72 * MINUTE, mails: 80, warned: ['mails'] });
    const due = quotasToWarnOf(now, quotaShares(now, 'free', { cells: 8_000_000, propertyBytes: 399_999 }));
    expect(due.map(({ quota }) => quota)).toEqual(['triggerMs', 'cells']);
  });

  it.each<[Partial<Usage>, boolean, boolean]>([
    [{}, true, true],
    [{ requests: 17_999 }, true, true],
    [{ requests: 18_000 }, false, true],
    [{ requests: 18_999 }, false, true],
    [{ requests: 19_000 }, false, false],
    [{ triggerMs: 81 * MINUTE - 1 }, true, true],
    [{ triggerMs: 81 * MINUTE }, false, true],
    [{ triggerMs: 85.5 * MINUTE - 1 }, false, true],
    [{ triggerMs: 85.5 * MINUTE }, false, false],
    [{ mails: 100 }, true, true],
  ])('Q1 · Q2 · pings go first, then the report: with %j pings %p, report %p', (more, ping, collect) => {
    expect(mayPing(usage(more), 'free')).toBe(ping);
    expect(mayCollect(usage(more), 'free')).toBe(collect);
    expect(mayPing(usage(more), 'workspace')).toBe(true);
  });
});

describe('A10 · usageOf', () => {
  it('reads back what was written', () => {
    const now = afterRun(NO_USAGE, run());
    expect(usageOf(JSON.stringify(now))).toEqual(now);
  });

  it.each([undefined, '', 'x', 'null', '{}'])('A10 · from %j knows of nothing', text => {
    expect(usageOf(text)).toEqual(NO_USAGE);
  });
});

describe('Q4 · bytesStored', () => {
  it.each([
    ['', 0],
    ['a\u007f', 2],
    ['\u0080', 2],
    ['Ёж', 4],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['中', 3],
    ['\u{10000}', 4],
    ['🙂', 4],
  ])('%j takes %d bytes, as name and as value', (text, bytes) => {
    expect(Buffer.byteLength(text)).toBe(bytes);
    expect(bytesStored({ a: text, bc: '' })).toBe(bytes + 3);
    expect(bytesStored({ [text]: 'x' })).toBe(bytes + 1);
  });

  it('of nothing is nothing', () => expect(bytesStored({})).toBe(0));
});
