import fc from 'fast-check';
import { openBook } from './fake-execution';

const at = (iso: string) => new Date(iso);

describe('dates are wall clocks in the zone of the spreadsheet', () => {
  test('a Date takes the default format of the locale, with time only when it has one', () => {
    const { sheet } = openBook({ timeZone: 'Asia/Vladivostok' });
    const range = sheet.getRange('A1:A2');
    range.setValues([[at('2026-11-17T14:00:00Z')], [at('2026-11-17T15:30:00Z')]]);
    expect(range.getNumberFormats()).toEqual([['dd.mm.yyyy'], ['dd.mm.yyyy H:mm:ss']]);
    expect(range.getDisplayValues()).toEqual([['18.11.2026'], ['18.11.2026 1:30:00']]);
    expect(range.getValues()).toEqual([[at('2026-11-17T14:00:00Z')], [at('2026-11-17T15:30:00Z')]]);
  });

  test('a Date in a formatted cell keeps the format, and is no date when the format is none', () => {
    const { sheet, workbook } = openBook();
    sheet.getRange('A1:B1').setNumberFormats([['HH:mm', '0']]);
    sheet.getRange('A1:B1').setValues([[at('2026-11-18T10:51:00Z'), at('2026-11-18T21:00:00Z')]]);
    expect(workbook.display(0)).toEqual([['13:51', '46345']]);
    expect(sheet.getRange('B1').getValue()).toBe(46345);
  });

  test('a number in a date cell is a date; a time is one of 1899-12-30', () => {
    const { sheet } = openBook({ timeZone: 'Etc/UTC' });
    sheet
      .getRange('A1:B1')
      .setNumberFormats([['dd.mm.yyyy', 'HH:mm']])
      .setValues([[45973, 0.125]]);
    expect(sheet.getRange('A1:B1').getValues()).toEqual([
      [at('2025-11-12T00:00:00Z'), at('1899-12-30T03:00:00Z')],
    ]);
  });

  test('times survive where 1899 had a local mean time with seconds', () => {
    const { sheet } = openBook({ timeZone: 'Europe/Moscow' });
    const range = sheet.getRange('A1').setValue('03:00');
    const read = range.getValue() as Date;
    expect(read.toISOString()).toBe('1899-12-30T00:29:43.000Z');
    expect(range.setValue(read).getDisplayValue()).toBe('3:00:00');
  });

  test('changing the zone of the spreadsheet keeps every wall clock', () => {
    const { sheet, book } = openBook({ timeZone: 'Europe/Moscow' });
    const range = sheet.getRange('A1').setValue(at('2026-11-18T09:00:00Z'));
    book.setSpreadsheetTimeZone('Asia/Tokyo');
    expect(range.getDisplayValue()).toBe('18.11.2026 12:00:00');
    expect(range.getValue()).toEqual(at('2026-11-18T03:00:00Z'));
  });

  test('a wall clock that spring skips moves on by the gap, one that autumn repeats is the first', () => {
    const { sheet } = openBook({ timeZone: 'Europe/Berlin' });
    const range = sheet.getRange('A1:A2').setValues([['29.03.2026 02:30'], ['25.10.2026 02:30']]);
    expect(range.getValues()).toEqual([[at('2026-03-29T01:30:00Z')], [at('2026-10-25T00:30:00Z')]]);
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Australia/Lord_Howe'];

  test('every instant survives but those of the repeated hour', () => {
    const { sheet, book } = openBook({ locale: 'en_US' });
    const range = sheet.getRange('A1');
    const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2037, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        book.setSpreadsheetTimeZone(zone);
        const back = (range.setValue(new Date(instant)).getValue() as Date).getTime();
        const behind = instant - back;
        expect([0, 1_800_000, 3_600_000]).toContain(behind);
        if (behind > 0) {
          const wall = (ms: number) => new Date(ms).toLocaleString('en-US', { timeZone: zone });
          expect(wall(back)).toBe(wall(instant));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no day is lost around either change', () => {
    const { sheet } = openBook({ timeZone: 'America/New_York', locale: 'en_US' });
    for (const month of ['03', '11']) {
      const days = Array.from({ length: 14 }, (_, i) => `2026-${month}-${String(i + 1).padStart(2, '0')}`);
      const range = sheet
        .getRange(1, 1, 14, 1)
        .setNumberFormat('yyyy-mm-dd')
        .setValues(days.map(day => [day]));
      const read = range.getValues();
      expect(range.setValues(read).getDisplayValues().flat()).toEqual(days);
    }
  });

  test('an invalid Date is refused', () => {
    const { sheet } = openBook();
    expect(() => sheet.getRange('A1').setValue(new Date(Number.NaN))).toThrow('is not emulated');
  });
});
