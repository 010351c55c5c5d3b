import { type Collection, newCollection, reopened } from '../../src/core/collection';
import { dayBounds } from '../../src/core/day';
import { hoursOf } from '../../src/core/dayHours';
import { noHours } from '../../src/core/hourly';
import { emptySums, sumsOfEvents } from '../../src/core/sums';
import { type Place, placeAfter, windowAt } from '../../src/core/windowPlan';
import type { Density } from '../../src/core/windowReading';
import { attributedEvent } from '../support/attributedEvents';

const DAY = '2026-11-18';
const ZONE = 'Europe/Moscow';
const HOURS = hoursOf(DAY, ZONE);
const { from: FROM, to: TO } = dayBounds(DAY, ZONE);
const LAST_HOUR = TO - 3_599;

const begun = (expected?: number[]) =>
  newCollection(DAY, ZONE, HOURS, { accountId: 5, serviceAccounts: [], rules: [], beganAt: 0, expected });

/** How many seconds the next window has, and how many pages are foreseen in it. */
function planned(
  collection: Collection,
  {
    place = collection,
    density,
    mostPages = 40,
  }: { place?: Place; density?: Density; mostPages?: number } = {},
) {
  const window = windowAt(collection, place, HOURS, { density, mostPages });
  return window && { seconds: window.window.to - window.window.from + 1, ...window };
}
const far = (perSecond: number): Density => ({ perSecond, isNear: false, until: FROM - 1 });
const near = (perSecond: number): Density => ({ perSecond, isNear: true, until: FROM - 1 });
const OPEN = { ...begun(), span: 28_800 };

describe('M3, T2 · windows of a day of which nothing is known', () => {
  it('the first one takes a quarter of an hour, and one page is foreseen', () => {
    expect(planned(begun())).toMatchObject({ seconds: 900, foreseen: 1, window: { from: FROM } });
  });

  it('D13 · as long as holds forty pages, if it goes on like this', () => {
    expect(planned(OPEN, { density: near(4) })).toMatchObject({ seconds: 1_000, foreseen: 40 });
    expect(planned(OPEN, { density: near(4), mostPages: 3 })).toMatchObject({ seconds: 75, foreseen: 3 });
  });

  it('D13 · no longer than is safe should it become busier, and more careful with what was seen some time ago', () => {
    const careless = planned(OPEN, { density: near(0.01) })!;
    const careful = planned(OPEN, { density: far(0.01) })!;
    expect(careful.seconds).toBeLessThan(careless.seconds);
    for (const [{ seconds }, rise] of [
      [careless, 1.3],
      [careful, 3],
    ] as const) {
      expect(((0.01 * seconds) / 100) * rise ** (seconds / 3_600)).toBeLessThanOrEqual(120);
    }
    expect(careful.seconds).toBeGreaterThan(3 * 3_600);
  });

  it('D13 · further on it is too early to tell, unless it was seen just before', () => {
    const place: Place = { phase: 'reading', next: OPEN.next + 4 * 3_600 };
    expect(planned(OPEN, { place, density: far(0.3) })).toBeUndefined();
    expect(planned(OPEN, { place, density: near(0.3) })).toBeDefined();
    // Where next to nothing is to be read there is no hurry, either.
    expect(planned(OPEN, { place, density: near(0) })).toBeUndefined();
    // The one that reading goes on with is begun however little it may hold.
    expect(planned(OPEN, { density: far(1_000) })!.seconds).toBeLessThan(13);
  });

  it('T2 · never longer than what was given up for being too large allows', () => {
    expect(planned({ ...OPEN, span: 100 }, { density: near(0) })!.seconds).toBe(100);
  });

  it('T2 · a crowd of more in a second than a window may hold is read in windows of a second', () => {
    expect(planned(OPEN, { density: near(1e6) })!.seconds).toBe(1);
  });

  it('D13 · a quiet day is read in windows of eight hours', () => {
    expect(planned(OPEN, { density: far(0) })).toMatchObject({ seconds: 28_800, foreseen: 0 });
  });
});

describe('M3, D13 · windows of a day that is like another one', () => {
  const only = (byHour: Record<number, number>) => noHours().map((_, hour) => byHour[hour] ?? 0);

  it.each<[string, Record<number, number>, number, number]>([
    ['with 4,000 events an hour at its beginning', { 0: 4_000, 1: 4_000 }, 0, 3_600],
    ['with its 8,000 events in the third hour', { 2: 8_000 }, 0, 9_000],
    ['which is at its third hour', { 2: 8_000 }, 7_200, 1_800],
    ['in the middle of it', { 2: 8_000 }, 8_900, 1_800],
    ['when it is over', { 2: 8_000 }, 10_800, 28_800],
    ['with more in a second than a window is to hold', { 0: 18_000_000 }, 0, 1],
    ['in the last second of such an hour', { 0: 18_000_000 }, 3_599, 1],
    ['with a part of them before its busy hour', { 0: 2_000, 1: 8_000 }, 0, 4_500],
    ['of which a busy hour is long over', { 0: 8_000, 3: 8_000 }, 10_800, 1_800],
  ])('D13 · %s: forty pages at most', (_, byHour, next, seconds) => {
    expect(planned({ ...begun(only(byHour)), next: FROM + next })!.seconds).toBe(seconds);
  });

  it('D13 · foresees as many pages as the other day had, and is trusted without a look', () => {
    const window = planned(begun(only({ 0: 3_950 })), { mostPages: 100 })!;
    expect(window).toMatchObject({ seconds: 28_800, foreseen: 40 });
    expect(window.trust).toBeGreaterThan(0.8);
  });

  it('D13 · a day that began three times as busy is taken to go on so', () => {
    const sums = sumsOfEvents(Array.from({ length: 3_000 }, (_, at) => attributedEvent({ at: FROM + at })));
    const collection = { ...begun(only({ 0: 1_000, 1: 4_000, 2: 4_000 })), next: FROM + 3_600, sums };
    expect(planned(collection)!.seconds).toBe(1_200);
    // Of fewer events nothing can be told.
    expect(planned({ ...collection, sums: emptySums() })!.seconds).toBe(3_600);
  });

  it('D13 · a day without events tells nothing of another one', () => {
    expect(planned(begun(noHours()))).toMatchObject({ seconds: 900, foreseen: 1 });
  });
});

describe('D5, T9 · the last hour', () => {
  it('T1 · no window reaches from before it into it', () => {
    expect(planned({ ...OPEN, next: LAST_HOUR - 10 }, { density: near(0) })!.seconds).toBe(10);
    expect(planned({ ...OPEN, next: LAST_HOUR }, { density: near(0) })!.seconds).toBe(3_600);
  });

  it('D5 · when it is read again, it is known what it held', () => {
    const tail = sumsOfEvents(
      Array.from({ length: 901 }, (_, nth) => attributedEvent({ at: LAST_HOUR + nth })),
    );
    const settling = { ...begun(), phase: 'settling' as const, next: LAST_HOUR, span: 28_800, tail };
    expect(planned(settling)).toMatchObject({ seconds: 3_600, foreseen: 10, trust: 1 });
    const late = reopened({ ...settling, phase: 'collected' }, HOURS);
    expect(planned(late)).toMatchObject({ seconds: 3_600, foreseen: 10, trust: 1 });
    const parts = planned(settling, { mostPages: 4 })!;
    expect(parts).toMatchObject({ seconds: 1_598, foreseen: 4 });
    expect(planned({ ...settling, next: LAST_HOUR + 1_598 }, { mostPages: 4 })!.trust).toBeLessThan(1);
  });

  it('D5 · before it is read to its end, the second reading is planned like the first', () => {
    const place: Place = { phase: 'settling', next: LAST_HOUR };
    expect(planned({ ...begun(), next: LAST_HOUR }, { place, density: near(1) })).toMatchObject({
      ...{ seconds: 3_600, foreseen: 36 },
    });
  });

  it('M13 · after the day comes its last hour once more, and then nothing', () => {
    const whole = { from: FROM, to: TO };
    const settling = placeAfter({ phase: 'reading', next: FROM }, whole, HOURS);
    expect(settling).toEqual({ phase: 'settling', next: LAST_HOUR });
    const collected = placeAfter(settling, { from: LAST_HOUR, to: TO }, HOURS);
    expect(collected.phase).toBe('collected');
    expect(planned(OPEN, { place: collected })).toBeUndefined();
    expect(placeAfter({ phase: 'late', next: LAST_HOUR }, whole, HOURS).phase).toBe('collected');
    expect(placeAfter({ phase: 'reading', next: FROM }, { from: FROM, to: TO - 1 }, HOURS)).toEqual({
      ...{ phase: 'reading', next: TO },
    });
  });
});
