import fc from 'fast-check';
import { hourlyOf, hourlyText, noHours, peakHour, plusHours, sumOf } from '../../src/core/hourly';

const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(5_000_000)), { minLength: 24, maxLength: 24 });

describe('Q4 · counts by hour as short texts', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[5], 'A5'],
    [[0, 0, 36], 'C10'],
    [[35, 0, 0, 1_000_000], 'AzDlfls'],
    [[0, ...Array(22).fill(0), 7], 'X7'],
    [Array(24).fill(1), 'A1B1C1D1E1F1G1H1I1J1K1L1M1N1O1P1Q1R1S1T1U1V1W1X1'],
  ])('Q4 · %j is %j', (values, text) => {
    const hours = noHours().map((_, hour) => values[hour] ?? 0);
    expect(hourlyText(hours)).toBe(text);
    expect(hourlyOf(text)).toEqual(hours);
  });

  it('Q4 · are read back as they were', () => {
    fc.assert(
      fc.property(counts, hours => {
        expect(hourlyOf(hourlyText(hours))).toEqual(hours);
        expect(sumOf(hourlyOf(hourlyText(hours)))).toBe(hours.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  it.each(['', 'Z1', 'Y1', '@1', 'a1', '5', ',,5', 'A', '-'])(
    'Q4 · never have more hours than a day, whatever was stored: %j',
    text => {
      expect(hourlyOf(text)).toEqual(Array(24).fill(0));
    },
  );
});

describe('T9 · sums of hours and the peak', () => {
  it('T9 · of two days are added hour by hour, and neither changes', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const before = [[...a], [...b]];
        expect(plusHours(a, b)).toEqual(a.map((count, hour) => count + b[hour]!));
        expect([a, b]).toEqual(before);
      }),
    );
    expect(plusHours([1, 2], [5])).toEqual([6, 2]);
  });

  it.each<[number[], number | undefined]>([
    [[], undefined],
    [[0, 0, 0], undefined],
    [[0, 0, 1], 2],
    [[3, 9, 9, 1], 1],
    [[4], 0],
  ])('T10 · the peak of %j is hour %p: of equals the earliest', (values, hour) => {
    expect(peakHour(values)).toBe(hour);
  });
});
