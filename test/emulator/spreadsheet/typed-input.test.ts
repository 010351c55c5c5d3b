import type { CellValue } from '../contract';
import { openBook } from './fake-execution';
import { sheetLocale } from './model/sheet-locale';
import { readTyped } from './model/typed-input';

const date = (iso: string) => (Date.parse(`${iso}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;

type Row = [text: string, value: CellValue, format?: string];

const RU: Row[] = [
  ['12.11.2025', date('2025-11-12T00:00'), 'dd.mm.yyyy'],
  ['12.11.2025 13:51', date('2025-11-12T13:51'), 'dd.mm.yyyy H:mm:ss'],
  ['2025-11-12', date('2025-11-12T00:00'), 'dd.mm.yyyy'],
  ['1.5', date('2031-05-01T00:00'), 'dd.mm.yyyy'],
  ['5.11', date('2031-11-05T00:00'), 'dd.mm.yyyy'],
  ['31.02.2025', '31.02.2025'],
  ['1,5', 1.5],
  ['1 234,5', 1234.5],
  ['12 345', 12345],
  ['007', 7],
  ['-5', -5],
  ['+79161234567', 79161234567],
  ['1e3', 1000, '0.00E+00'],
  ['50%', 0.5, '0%'],
  ['10,5%', 0.105, '0.00%'],
  ['03:00', 0.125, 'H:mm:ss'],
  ['TRUE', true],
  ['ИСТИНА', true],
  ['ложь', false],
  ['Входящее сообщение', 'Входящее сообщение'],
  ['1.2.3.4', '1.2.3.4'],
  ['-', '-'],
  ['- пункт', '- пункт'],
  ["'12.11.2025", '12.11.2025'],
  ["'=A1", '=A1'],
  ['', ''],
];

const EN: Row[] = [
  ['12.11.2025', '12.11.2025'],
  ['11/12/2025', date('2025-11-12T00:00'), 'm/d/yyyy'],
  ['1.5', 1.5],
  ['1,5', '1,5'],
  ['1,234', 1234, '#,##0'],
  ['$5', 5, '$#,##0_);[Red]($#,##0)'],
  ['3 PM', 0.625, 'h:mm:ss AM/PM'],
  ['TRUE', true],
  ['ИСТИНА', 'ИСТИНА'],
];

describe('text written into a General cell is read as typed', () => {
  test.each([...RU.map(row => ['ru_RU', row] as const), ...EN.map(row => ['en_US', row] as const)])(
    '%s %j',
    (locale, [text, value, format]) => {
      const read = readTyped(text, 'General', sheetLocale(locale), 2031);
      expect({ value: read.value, format: read.format }).toEqual({ value, format });
      expect(read.formula).toBe('');
    },
  );

  test('a formula is kept, and its cell shows an error', () => {
    const { sheet } = openBook();
    sheet.getRange('A1:A3').setValues([['=СУММ(B1:B2)'], ['+B1'], ['=']]);
    expect(sheet.getRange('A1:A3').getFormulas()).toEqual([['=СУММ(B1:B2)'], ['=+B1'], ['']]);
    expect(sheet.getRange('A1:A3').getValues()).toEqual([['#ERROR!'], ['#ERROR!'], ['=']]);
  });

  test('a forced text loses its apostrophe in value and display', () => {
    const { sheet, workbook } = openBook();
    sheet.getRange('A1').setValue("'=1+1");
    expect(sheet.getRange('A1').getValue()).toBe('=1+1');
    expect(sheet.getRange('A1').getDisplayValue()).toBe('=1+1');
    expect(workbook.sheet(0).cell(1, 1)).toMatchObject({ quoted: true, formula: '' });
  });
});

test('in a plain-text cell text stays as it is, but a formula is one', () => {
  const { sheet } = openBook();
  const range = sheet.getRange('A1:A4').setNumberFormat('@');
  range.setValues([['12.11.2025'], ["'x"], ['007'], ['=A1']]);
  expect(range.getValues()).toEqual([['12.11.2025'], ["'x"], ['007'], ['#ERROR!']]);
});

test('a cell keeps the format it has when text is read into it', () => {
  const { sheet } = openBook();
  const range = sheet.getRange('A1').setNumberFormat('yyyy-mm-dd').setValue('12.11.2025');
  expect(range.getDisplayValue()).toBe('2025-11-12');
});

test('undefined, null and the empty string empty a cell and leave its look', () => {
  const { sheet } = openBook();
  const range = sheet
    .getRange('A1:C1')
    .setNumberFormat('0.00')
    .setValues([[1, 2, 3]]);
  range.setValues([[undefined, null, '']]);
  expect(range.getValues()).toEqual([['', '', '']]);
  expect(range.isBlank()).toBe(true);
  expect(range.getNumberFormat()).toBe('0.00');
  expect(sheet.getLastRow()).toBe(0);
});
