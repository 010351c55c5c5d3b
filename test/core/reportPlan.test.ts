import fc from 'fast-check';
import { shiftDay } from '../../src/core/day';
import {
  afterFailure,
  afterInterruption,
  afterReport,
  askedFor,
  daysOf,
  daysToReport,
  isDue,
  isStuck,
  NO_PLAN,
  type ReportPlan,
  reportPlanOf,
  whenAllIsReported,
} from '../../src/core/reportPlan';

const at = (iso: string) => Date.parse(iso);
const NOW = at('2026-11-19T03:05:00+03:00');
const MINUTE = 60_000;
const YESTERDAY = '2026-11-18';
const plan = (more: Partial<ReportPlan>): ReportPlan => ({ ...NO_PLAN, ...more });
const day = (d: number) => `2026-11-${String(d).padStart(2, '0')}`;

describe('T6, M13 · daysToReport', () => {
  it.each<[string, Partial<ReportPlan>, string[], string[]]>([
    ['nothing before the set-up', {}, [], []],
    ['yesterday', { since: YESTERDAY }, [], [day(18)]],
    ['nothing that stands there', { since: YESTERDAY }, [day(18)], []],
    ['missed days, the newest first', { since: day(14) }, [day(16)], [day(18), day(17), day(15), day(14)]],
    ['nothing from tomorrow on', { since: day(19) }, [], []],
    [
      'what a person asked for, also where it stands',
      { asked: [{ from: day(3), to: day(4) }] },
      [day(3)],
      [day(4), day(3)],
    ],
    ['what is not over yet comes later', { asked: [{ from: day(18), to: day(20) }] }, [], [day(18)]],
    [
      'what is missed and asked for, each once',
      {
        since: day(17),
        asked: [
          { from: day(16), to: day(18) },
          { from: day(18), to: day(18) },
        ],
      },
      [day(17)],
      [day(18), day(17), day(16)],
    ],
    [
      'stuck days last',
      { since: day(15), tries: { [day(18)]: 3, [day(16)]: 5, [day(17)]: 2 } },
      [],
      [day(17), day(15), day(18), day(16)],
    ],
  ])('T6 · %s', (_, more, reported, days) => {
    expect(daysToReport(plan(more), YESTERDAY, new Set(reported))).toEqual(days);
  });

  it('T6 · looks back 62 days, further only when asked', () => {
    const days = daysToReport(plan({ since: '2020-01-01' }), YESTERDAY, new Set());
    expect(days).toHaveLength(62);
    expect([days[0], days[61]]).toEqual([YESTERDAY, '2026-09-18']);
    const asked = plan({ since: '2020-01-01', asked: [{ from: '2025-01-01', to: '2025-01-02' }] });
    expect(daysToReport(asked, YESTERDAY, new Set()).slice(62)).toEqual(['2025-01-02', '2025-01-01']);
  });

  it('I12 · reported one after the other, all are there in the end, each made once', () => {
    const days = fc.integer({ min: 0, max: 40 }).map(back => shiftDay(YESTERDAY, -back));
    const range = fc.tuple(days, days).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
    fc.assert(
      fc.property(
        fc.option(days, { nil: undefined }),
        fc.array(range, { maxLength: 5 }),
        fc.array(days),
        (since, asked, present) => {
          const reported = new Set(present);
          const made: string[] = [];
          let now = plan({ since, asked });
          for (
            let next = daysToReport(now, YESTERDAY, reported)[0];
            next;
            next = daysToReport(now, YESTERDAY, reported)[0]
          ) {
            made.push(next);
            reported.add(next);
            now = afterReport(now, next);
            expect(made.length).toBeLessThan(100);
          }
          expect(new Set(made).size).toBe(made.length);
          expect(now.asked).toEqual([]);
          for (const wanted of asked.flatMap(daysOf)) expect(made).toContain(wanted);
          expect([...made].sort().reverse()).toEqual(made);
        },
      ),
    );
  });
});

describe('M13 · askedFor and afterReport', () => {
  it('M13 · what is asked for is written down, and opens the plan', () => {
    const first = askedFor(plan({ asked: [{ from: day(1), to: day(2) }] }), { from: day(5), to: day(7) });
    expect(first).toEqual(
      plan({
        open: true,
        asked: [
          { from: day(1), to: day(2) },
          { from: day(5), to: day(7) },
        ],
      }),
    );
  });

  it.each<[string, [number, number][]]>([
    [day(5), [[6, 9]]],
    [day(9), [[5, 8]]],
    [
      day(7),
      [
        [5, 6],
        [8, 9],
      ],
    ],
    [day(4), [[5, 9]]],
    [day(2), [[5, 9]]],
    [day(12), [[5, 9]]],
    [day(10), [[5, 9]]],
  ])('M13 · when %s is reported of the 5th to the 9th, %j is left', (reported, left) => {
    const after = afterReport(plan({ asked: [{ from: day(5), to: day(9) }] }), reported);
    expect(after.asked).toEqual(left.map(([from, to]) => ({ from: day(from), to: day(to) })));
  });

  it('M13 · what is asked for already is not asked for twice, and wishes have an end', () => {
    const one = askedFor(plan({}), { from: day(1), to: day(5) });
    expect(askedFor({ ...one, open: false }, { from: day(2), to: day(5) })).toEqual(one);
    expect(askedFor(one, { from: day(1), to: day(4) })).toEqual(one);
    expect(askedFor(one, { from: day(2), to: day(6) }).asked).toHaveLength(2);
    expect(askedFor(one, { from: '2026-10-31', to: day(5) }).asked).toHaveLength(2);
    let many = plan({});
    for (let nth = 0; nth < 60; nth += 1) {
      const single = shiftDay(YESTERDAY, -2 * nth);
      many = askedFor(many, { from: single, to: single });
    }
    expect(many.asked).toHaveLength(50);
    expect(many.asked[49]).toEqual({ from: '2026-07-23', to: '2026-07-23' });
    expect(Buffer.byteLength(JSON.stringify(many))).toBeLessThan(4_500);
  });

  it('M13 · an interruption is no failure: the waits begin anew', () => {
    const before = plan({ failures: 4, retryAt: 5, last: day(3), tries: { [day(4)]: 1 } });
    expect(afterInterruption(before)).toEqual(plan({ open: true, last: day(3), tries: { [day(4)]: 1 } }));
  });

  it('M13 · the last day asked for leaves nothing', () => {
    expect(afterReport(plan({ asked: [{ from: day(5), to: day(5) }] }), day(5)).asked).toEqual([]);
  });

  it('M13 · failures are over, the newest day is remembered, other days’ tries too', () => {
    const before = plan({
      last: day(16),
      failures: 4,
      retryAt: 5,
      open: true,
      tries: { [day(17)]: 3, [day(2)]: 1 },
    });
    expect(afterReport(before, day(17))).toEqual(plan({ last: day(17), open: true, tries: { [day(2)]: 1 } }));
    expect(afterReport(before, day(2)).last).toBe(day(16));
    expect(afterReport(plan({}), day(2)).last).toBe(day(2));
  });
});

describe('H16, I9 · afterFailure', () => {
  it('H16 · the waits grow from five minutes to an hour, and to a day where nothing helps', () => {
    const waits: number[] = [];
    let now = plan({});
    for (let nth = 1; nth <= 15; nth += 1) {
      now = afterFailure(now, NOW, {});
      waits.push((now.retryAt - NOW) / MINUTE);
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60, 1440, 1440, 1440]);
    expect(now).toEqual(plan({ open: true, failures: 15, retryAt: now.retryAt }));
  });

  it.each([
    [NOW + 60 * MINUTE, NOW + 60 * MINUTE],
    [NOW + MINUTE, NOW + 5 * MINUTE],
    [undefined, NOW + 5 * MINUTE],
  ])('H9 · H12 · not before amoCRM allows it: %p', (notBefore, retryAt) => {
    expect(afterFailure(plan({}), NOW, { notBefore }).retryAt).toBe(retryAt);
  });

  it('H16 · where a day moved on all the same they begin anew', () => {
    const after = afterFailure(plan({ failures: 7 }), NOW, { moved: true });
    expect(after).toMatchObject({ failures: 1, retryAt: NOW + 5 * MINUTE });
  });

  it('H16 · a day with which nothing moves is stuck after three tries, and only that day', () => {
    let now = plan({});
    const stuck: boolean[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      now = afterFailure(now, NOW, { stuck: YESTERDAY });
      stuck.push(isStuck(now, YESTERDAY));
    }
    expect(stuck).toEqual([false, false, true, true]);
    expect(isStuck(now, day(17))).toBe(false);
    expect(now.tries).toEqual({ [YESTERDAY]: 4 });
  });
});

describe('T5, T6, T7 · isDue', () => {
  it.each<[string, Partial<ReportPlan>, boolean]>([
    ['nothing is planned', {}, false],
    ['something is left to do', { open: true }, true],
    ['the time has come', { dueAt: NOW }, true],
    ['it has not come', { dueAt: NOW + 1 }, false],
    ['something is left, but not before the wait is over', { open: true, retryAt: NOW + 1 }, false],
    ['the wait is over', { open: true, retryAt: NOW }, true],
    ['it is due, but the wait is not over', { dueAt: NOW - 5, retryAt: NOW + 1 }, false],
  ])('T6 · %s: %p', (_, more, due) => {
    expect(isDue(plan(more), NOW)).toBe(due);
  });
});

describe('T6, T9 · whenAllIsReported', () => {
  it.each<[string, string, string, string]>([
    [day(18), '03:00', 'Europe/Moscow', '2026-11-20T03:30:00+03:00'],
    [day(18), '00:30', 'Europe/Moscow', '2026-11-20T01:00:00+03:00'],
    [day(18), '23:45', 'Asia/Kathmandu', '2026-11-21T00:15:00+05:45'],
    // The next report is for the 29th, whose night has 23 hours; it is due on the 30th.
    ['2026-03-28', '03:00', 'Europe/Berlin', '2026-03-30T03:30:00+02:00'],
    // Due on the day with 23 hours itself, and on one with 25.
    ['2026-03-27', '03:00', 'Europe/Berlin', '2026-03-29T03:30:00+02:00'],
    ['2026-10-23', '03:00', 'Europe/Berlin', '2026-10-25T03:30:00+01:00'],
    // Midnight is skipped, and the day begins at one o'clock.
    ['2026-04-22', '04:00', 'Africa/Cairo', '2026-04-24T04:30:00+03:00'],
    ['2026-10-24', '03:00', 'Europe/Berlin', '2026-10-26T03:30:00+01:00'],
    ['2026-12-30', '03:00', 'UTC', '2027-01-01T03:30:00Z'],
  ])('T6 · T9 · after %s, at %s in %s, the next is due at %s', (last, time, zone, due) => {
    const since = '2026-01-01';
    const after = whenAllIsReported(plan({ last, open: true, since }), time, zone);
    expect(after).toEqual(plan({ last, since, dueAt: at(due) }));
  });

  it.each<[Partial<ReportPlan>, string]>([
    [{ since: day(19) }, '2026-11-20T03:30:00+03:00'],
    [{ since: day(25), last: day(18) }, '2026-11-26T03:30:00+03:00'],
    [{ since: day(5), last: day(18) }, '2026-11-20T03:30:00+03:00'],
  ])('T6 · with %j it is due at %s', (more, due) => {
    expect(whenAllIsReported(plan(more), '03:00', 'Europe/Moscow').dueAt).toBe(at(due));
  });

  it('T6 · before a set-up nothing is ever due', () => {
    expect(whenAllIsReported(plan({ open: true, dueAt: 5 }), '03:00', 'UTC')).toEqual(plan({}));
  });
});

describe('A10 · reportPlanOf', () => {
  it('reads back what was written, and fills in what an older version did not know', () => {
    const whole = plan({
      accountId: 5,
      since: day(1),
      last: day(2),
      asked: [{ from: day(1), to: day(2) }],
      open: true,
    });
    expect(reportPlanOf(JSON.stringify(whole))).toEqual(whole);
    expect(reportPlanOf('{"since":"2026-11-01"}')).toEqual(plan({ since: day(1) }));
  });

  it.each([undefined, '', 'x', '{', 'null'])('A10 · from %j knows of nothing', text => {
    expect(reportPlanOf(text)).toEqual(NO_PLAN);
  });

  it('daysOf names every day of a range', () => {
    expect(daysOf({ from: '2028-02-28', to: '2028-03-01' })).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(daysOf({ from: day(2), to: day(1) })).toEqual([]);
  });
});
