import { newCollection } from '../../src/core/collection';
import { lastHour } from '../../src/core/dayHours';
import { noHours } from '../../src/core/hourly';
import { nextRound, type Round } from '../../src/core/readAhead';
import { totalOf } from '../../src/core/sums';
import { outcome, type PageRead, withPages } from '../../src/core/windowReading';
import { daysSeconds, type ListOrder, READ_DAY, READ_HOURS, readDay } from '../support/readDay';

const ORDERS: ListOrder[] = ['newest first', 'oldest first', 'none'];
const TAIL = lastHour(READ_HOURS).from;

/** Events and those of the last hour, which is read twice. */
function toRead(seconds: readonly number[]): number {
  return Math.ceil(seconds.length / 100) + Math.ceil(seconds.filter(at => at >= TAIL).length / 100);
}

describe('M3, T7, D13 · a day is read whole', () => {
  it.each([0, 1, 99, 100, 101, 10_000])('D13 · of %d events, of whatever shape, in whatever order', count => {
    for (const order of ORDERS)
      for (const shape of ['office', 'even', 'one hour', 'ten seconds'] as const) {
        const { collection } = readDay(daysSeconds(shape, count), { order });
        expect(totalOf(collection.sums) + totalOf(collection.tail)).toBe(count);
        expect(collection.late).toBe(0);
      }
  });

  it.each(ORDERS)(
    'D13 · all at once, twice: five thousand in one second, the rest over the day (%s)',
    order => {
      const second = daysSeconds('even', 1)[0]!;
      const seconds = [...daysSeconds('office', 5_000), ...Array<number>(5_000).fill(second)].sort(
        (a, b) => a - b,
      );
      const { collection, requests } = readDay(seconds, { order });
      expect(totalOf(collection.sums) + totalOf(collection.tail)).toBe(10_000);
      expect(requests).toBeLessThan(200);
    },
  );

  it('N1 · although every fifth answer is lost', () => {
    const { collection } = readDay(daysSeconds('office', 20_000), { lost: nth => nth % 5 === 0 });
    expect(totalOf(collection.sums) + totalOf(collection.tail)).toBe(20_000);
  });

  it('T1 · over several runs, which throw next to nothing away', () => {
    const seconds = daysSeconds('office', 100_000);
    const { collection, requests, runs } = readDay(seconds, { roundMs: 3_100, runMs: 260_000 });
    expect(totalOf(collection.sums) + totalOf(collection.tail)).toBe(100_000);
    expect(runs).toBe(2);
    expect(requests).toBeLessThan(toRead(seconds) * 1.05);
  });

  it('T2 · a run of a minute in which a round takes as long as half of it gets on as well', () => {
    const { collection } = readDay(daysSeconds('office', 300), { roundMs: 30_000, runMs: 61_000 });
    expect(totalOf(collection.sums) + totalOf(collection.tail)).toBe(300);
  });
});

describe('M3, D13 · few requests are wasted, and rounds are full', () => {
  it.each<[ListOrder, 'office' | 'even', number, number]>([
    ['newest first', 'office', 0.04, 0.93],
    ['newest first', 'even', 0.03, 0.95],
    ['oldest first', 'office', 0.06, 0.78],
    ['none', 'office', 0.07, 0.8],
  ])('T7 · %s, %s: of 100,000 events of which nothing is known', (order, shape, waste, share) => {
    const seconds = daysSeconds(shape, 100_000);
    const { deepest, full, held, requests, rounds } = readDay(seconds, { order });
    expect(requests / toRead(seconds) - 1).toBeLessThan(waste);
    expect(full / rounds).toBeGreaterThan(share);
    expect(held).toBeLessThan(27_000);
    expect(deepest).toBeLessThanOrEqual(241);
  });

  it('T7 · when another day is known, some 2 % of the requests and no round but the last ones', () => {
    const seconds = daysSeconds('office', 100_000);
    const expected = noHours();
    for (const at of seconds) expected[Math.floor((at - READ_HOURS[0]!.from) / 3_600)]! += 1;
    const { full, held, requests, rounds } = readDay(seconds, { expected });
    expect(requests / toRead(seconds) - 1).toBeLessThan(0.025);
    expect(rounds - full).toBeLessThan(8);
    expect(held).toBeLessThan(12_000);
  });

  it('T7 · a quiet day takes few', () => {
    expect(readDay([]).requests).toBeLessThan(10);
    expect(readDay(daysSeconds('ten seconds', 101)).requests).toBeLessThan(11);
    expect(readDay(daysSeconds('office', 1_000)).requests).toBeLessThan(24);
  });
});

describe('M3 · rounds', () => {
  const OPEN = newCollection(READ_DAY, 'Europe/Moscow', READ_HOURS, {
    ...{ accountId: 1, serviceAccounts: [], rules: [], beganAt: 0, expected: noHours().map(() => 4_000) },
  });
  const round = (more: Partial<Round> = {}): Round => ({ room: 7, ms: 1_000, msLeft: 270_000, ...more });
  const page = (end: PageRead['end']): PageRead => ({ events: [], unreadable: 0, end });

  it('M3 · the first window is read first, what room it leaves goes to the next ones', () => {
    const first = nextRound(OPEN, [], READ_HOURS, round(), true);
    expect(first.asked).toEqual(first.readings.map((_, place) => ({ place, page: 1 })));
    expect(first.asked).toHaveLength(6);
    const came = first.readings.map(reading => withPages(reading, new Map([[1, page('later')]])));
    const second = nextRound(OPEN, came, READ_HOURS, round(), true);
    expect(second.asked.map(({ place }) => place)).toEqual([0, 0, 1, 1, 2, 2, 3]);
  });

  it('I9 · no more is under way than may be in memory', () => {
    const { readings } = nextRound(OPEN, [], READ_HOURS, round({ room: 100 }), true);
    expect(readings).toHaveLength(6);
  });

  it('T2 · near its end a run begins nothing that it has no time for, but something if it has read nothing yet', () => {
    const under = (msLeft: number, isIdle: boolean) =>
      nextRound(OPEN, [], READ_HOURS, round({ msLeft }), isIdle).readings;
    expect(under(5_000, false)).toEqual([]);
    const [only, ...others] = under(5_000, true);
    expect(others).toEqual([]);
    expect(only!.foreseen).toBe(1);
    expect(under(7_000, false)[0]!.foreseen).toBeLessThan(15);
  });

  it('T2 · where rounds take long windows are small: a run that ends in the middle throws them away', () => {
    const [first] = nextRound(OPEN, [], READ_HOURS, round({ ms: 20_000 }), true).readings;
    expect(first!.foreseen).toBe(7);
  });

  it('D5 · the last hour is read again while the first reading still looks for its end', () => {
    const late = { ...OPEN, next: TAIL };
    const { readings } = nextRound(late, [], READ_HOURS, round(), true);
    expect(readings.map(({ window }) => window.from)).toEqual([TAIL, TAIL]);
    const came = readings.map(reading => withPages(reading, new Map([[1, page('before')]])));
    expect(came.map(reading => outcome(reading))).toEqual([
      { read: expect.anything() },
      { read: expect.anything() },
    ]);
    expect(nextRound(late, came, READ_HOURS, round(), true).asked).toEqual([]);
  });
});
