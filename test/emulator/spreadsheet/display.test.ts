import type { CellValue } from '../contract';
import { display } from './model/display';
import { DAY_MS } from './model/serial-date';
import { sheetLocale } from './model/sheet-locale';

const NOON = 45973 + (13 * 3600 + 51 * 60) / 86400;

const TABLE: [value: CellValue, format: string, ru: string, en: string][] = [
  [509, 'General', '509', '509'],
  [1234567890123, 'General', '1234567890123', '1234567890123'],
  [1.5, 'General', '1,5', '1.5'],
  [0.1 + 0.2, 'General', '0,3', '0.3'],
  [-0.00000000001, 'General', '0', '0'],
  [1e21, 'General', '1E+21', '1E+21'],
  [true, 'General', 'ИСТИНА', 'TRUE'],
  [false, '0', 'ЛОЖЬ', 'FALSE'],
  ['текст', 'dd.mm.yyyy', 'текст', 'текст'],
  ['', '0', '', ''],
  [485, '0', '485', '485'],
  [1234.5, '#,##0.00', '1\u00a0234,50', '1,234.50'],
  [0.1234, '0.0%', '12,3%', '12.3%'],
  [45973, 'dd.mm.yyyy', '12.11.2025', '12.11.2025'],
  [45973, 'yyyy-mm-dd', '2025-11-12', '2025-11-12'],
  [NOON, 'HH:mm', '13:51', '13:51'],
  [NOON, 'dd.mm.yyyy HH:mm', '12.11.2025 13:51', '12.11.2025 13:51'],
  [0, 'dd.mm.yyyy', '30.12.1899', '30.12.1899'],
  [60, 'yyyy-mm-dd', '1900-02-28', '1900-02-28'],
  [1.5, '@', '1,5', '1.5'],
  ['007', '@', '007', '007'],
  [1.5, '[h]:mm', '36:00', '36:00'],
  [9, '00":00"', '09:00', '09:00'],
  [0, '00":00"', '00:00', '00:00'],
  [23, '00":00"', '23:00', '23:00'],
  ['n', '0;-0;0;"<"@">"', '<n>', '<n>'],
];

test.each(TABLE)('%j under %s shows %s (ru) and %s (en)', (value, format, ru, en) => {
  expect(display(value, format, sheetLocale('ru_RU'))).toBe(ru);
  expect(display(value, format, sheetLocale('en_US'))).toBe(en);
});

test('every minute of a day shows as itself', () => {
  const shown = Array.from({ length: 1440 }, (_, m) =>
    display(46000 + (m * 60_000) / DAY_MS, 'HH:mm', sheetLocale('ru_RU')),
  );
  expect(shown).toEqual(
    Array.from({ length: 1440 }, (_, m) => new Date(m * 60_000).toISOString().slice(11, 16)),
  );
});
