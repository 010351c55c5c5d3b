import fc from 'fast-check';
import { hourlyOf, hourlyText, noHours, sumOf } from '../../src/core/hourly';

describe('Q4 · counts by hour as short texts', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[5], '5'],
    [[0, 0, 36], ',,10'],
    [[35, 0, 0, 1_000_000], 'z,,,lfls'],
    [[0, ...Array(22).fill(0), 7], `${','.repeat(23)}7`],
  ])('Q4 · %j is %j', (counts, text) => {
    const hours = noHours().map((_, hour) => counts[hour] ?? 0);
    expect(hourlyText(hours)).toBe(text);
    expect(hourlyOf(text)).toEqual(hours);
  });

  it('Q4 · are read back as they were', () => {
    const hours = fc.array(fc.oneof(fc.constant(0), fc.nat(5_000_000)), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(hours, counts => {
        expect(hourlyOf(hourlyText(counts))).toEqual(counts);
        expect(sumOf(hourlyOf(hourlyText(counts)))).toBe(counts.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  it('Q4 · never have more hours than a day, whatever was stored', () => {
    expect(hourlyOf('1,'.repeat(30))).toEqual(Array(24).fill(1));
  });
});
