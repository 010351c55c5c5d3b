import { isSerial, serialOfText } from '../../src/core/serialText';

describe('S8 · a date that a cell holds as text', () => {
  it.each([
    ['18.11.2026', 46_344],
    ['2026-11-18', 46_344],
    [' 18.11.2026 ', 46_344],
    ['18.11.2026 06:00', 46_344.25],
    ['18.11.2026 6:00:00', 46_344.25],
    ['18.11.2026 6:00', 46_344.25],
    ['2026-11-18 18:00', 46_344.75],
    ['2026-11-18 6:00', 46_344.25],
    ['2026-11-18 18:45:00', 46_344.78125],
    ['29.02.2028', 46_812],
    ['46344', 46_344],
    ['46344,25', 46_344.25],
    ['46344.25', 46_344.25],
  ])('%j', (text, serial) => {
    expect(serialOfText(text)).toBe(serial);
  });

  it.each([
    '',
    'Итого',
    '3/4/2026',
    '18.11.26',
    '31.02.2026',
    '30.02.2026',
    '1.1.2026',
    '5',
    '123456',
    'x18.11.2026',
    '18.11.2026x',
    '18.11.2026 06:00 UTC',
    'x2026-11-18',
    '2026-11-18x',
    '2026-11-18T06:00',
    '18.11.2026 25:00',
  ])('nothing else: %j', text => {
    expect(serialOfText(text)).toBeUndefined();
  });

  it('is of this century', () => {
    expect([36_525, 36_526, 46_344.5, 73_050, 73_051].map(isSerial)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(['46344', true, '', undefined, Number.NaN].map(isSerial)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
