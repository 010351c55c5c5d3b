import fc from 'fast-check';
import { dayOf, shiftDay } from '../../src/core/day';
import { periodOf } from '../../src/core/period';
import { TEXTS } from '../../src/core/texts';

const YESTERDAY = '2026-11-18';
const DATES = { from: '2026-11-12', to: YESTERDAY };

describe('M13 · periodOf', () => {
  it.each([
    '2026-11-12 - 2026-11-18',
    '2026-11-18 2026-11-12',
    '12.11.2026-18.11.2026',
    ' с 12.11.2026 по 18.11.2026 ',
    '12.11.2026 – 2026-11-18',
    '2026-11-12\n2026-11-18',
  ])('M13 · %j is the week', text => {
    expect(periodOf(text, YESTERDAY)).toEqual(DATES);
  });

  it.each([
    ['18.11.2026', YESTERDAY],
    ['2026-11-18', YESTERDAY],
    ['1.2.2026', '2026-02-01'],
    ['2026-2-1', '2026-02-01'],
    ['29.02.2024', '2024-02-29'],
  ])('M13 · %j is one day', (text, day) => {
    expect(periodOf(text, YESTERDAY)).toEqual({ from: day, to: day });
  });

  it.each([
    '',
    'вчера',
    '12.11',
    '12.11.26',
    '31.02.2026',
    '29.02.2026',
    '00.11.2026',
    '2026-13-01',
    '2026-11-12 - 31.11.2026',
    '1.1.2026 2.1.2026 3.1.2026',
  ])('M13 · C1 · %j is not understood', text => {
    expect(periodOf(text, YESTERDAY)).toBe('unreadable');
  });

  it.each([
    ['19.11.2026', 'not-over'],
    ['18.11.2026 - 19.11.2026', 'not-over'],
    ['19.11.2026 - 18.11.2026', 'not-over'],
    ['17.11.2025 - 18.11.2026', 'too-long'],
    ['18.11.2025 - 18.11.2026', { from: '2025-11-18', to: YESTERDAY }], // 366 days
  ])('M13 · %j: %j', (text, expected) => {
    expect(periodOf(text, YESTERDAY)).toEqual(expected);
  });

  it('M13 · the days as the question shows them are understood, in both languages', () => {
    const back = fc.integer({ min: 0, max: 365 });
    fc.assert(
      fc.property(fc.constantFrom('ru', 'en'), back, back, (language, a, b) => {
        const { day } = TEXTS[language as 'ru'];
        const [first, second] = [shiftDay(YESTERDAY, -a), shiftDay(YESTERDAY, -b)];
        const [from, to] = first < second ? [first, second] : [second, first];
        expect(periodOf(`${day(first)} - ${day(second)}`, YESTERDAY)).toEqual({ from, to });
      }),
    );
    expect(dayOf(0, 'UTC')).toBe('1970-01-01');
  });
});
