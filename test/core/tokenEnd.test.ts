import fc from 'fast-check';
import { daysLeft, endsSoon, stepToTell } from '../../src/core/tokenEnd';

const A_DAY = 86_400_000;
const END = Date.parse('2026-12-31T12:00:00Z');
const daysBefore = (days: number) => END - days * A_DAY;

describe('what is told before a long-lived token ends', () => {
  it.each<[number, number | undefined, number | undefined]>([
    [400, undefined, undefined],
    [30.01, undefined, undefined],
    [30, undefined, 30],
    [29, 30, undefined],
    [7.01, 30, undefined],
    [7, 30, 7],
    [6, 7, undefined],
    [1, 7, 1],
    [0.5, 1, undefined],
    // What was missed is not made up for.
    [5, undefined, 7],
    [0.01, undefined, 1],
    [0.01, 30, 1],
    // Nothing of one whose time is over, by whatever clock.
    [0, undefined, undefined],
    [-1, 30, undefined],
    [-40_000, 7, undefined],
    // A clock that was put back.
    [20, 1, undefined],
  ])('%d days before, told of %s: %s', (days, told, step) => {
    expect(stepToTell(END, daysBefore(days), told)).toBe(step);
  });

  it('a token ends soon from the first step on', () => {
    expect([31, 30, 1, -1].map(days => endsSoon(END, daysBefore(days)))).toEqual([false, true, true, true]);
  });

  it('nothing of a token that does not tell its end', () => {
    expect(stepToTell(undefined, END, undefined)).toBeUndefined();
  });

  it('each step once at most, whenever it is looked at', () => {
    const looks = fc.array(fc.double({ min: -50, max: 400, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(looks, days => {
        let told: number | undefined;
        const heard: number[] = [];
        for (const left of days) {
          const step = stepToTell(END, daysBefore(left), told);
          if (step === undefined) continue;
          told = step;
          heard.push(step);
        }
        expect(heard).toEqual([...new Set(heard)].sort((a, b) => b - a));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each([
    [30.4, 30],
    [29.6, 30],
    [1, 1],
    [0.4, 0],
    [-3, 0],
  ])('%d days before its end the days left are %d', (days, left) => {
    expect(daysLeft(END, daysBefore(days))).toBe(left);
  });
});
