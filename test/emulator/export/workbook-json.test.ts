import { sampleWorkbook } from './sample-workbook';
import { workbookJson } from './workbook-json';

const nothing = { sheetMark: 'sheet', triggers: [], mail: [], requests: 0 };

test('sheets are exported with key, title, what is seen and what it means', () => {
  const { workbook } = sampleWorkbook();
  const [report, scratch, ...rest] = workbookJson(workbook, nothing).sheets;
  expect(rest).toEqual([]);
  expect(scratch).toEqual({ key: '', title: 'Черновик', display: [], values: [] });
  expect([report!.key, report!.title]).toEqual(['report', 'Отчёт: [день/ночь]']);
  expect(report!.display).toEqual([
    ['Дата', 'Событие', 'Кол-во', 'Пик (мс)', 'Время', 'Да?'],
    ['18.11.2026', 'Входящее сообщение', '485', '509', '13:51', 'ИСТИНА'],
    ['18.11.2026', '<Тег> & "прочее"', '340', '', '', 'ЛОЖЬ'],
    ['', '=HYPERLINK("x")', '', '', '03:00', '#ERROR!'],
  ]);
  expect(report!.values).toEqual([
    ['Дата', 'Событие', 'Кол-во', 'Пик (мс)', 'Время', 'Да?'],
    ['2026-11-18', 'Входящее сообщение', 485, 509, '2026-11-18T13:51:30', true],
    ['2026-11-18', '<Тег> & "прочее"', 340, '', '', false],
    ['', '=HYPERLINK("x")', '', '', '1899-12-30T03:00:00', '#ERROR!'],
  ]);
});

test('a date with a time of day under a date format keeps its time, midnight under a time format too', () => {
  const { workbook, sheet } = sampleWorkbook();
  sheet.getRange('A2').setNumberFormat('dd.mm.yyyy').setValue(45973.5);
  sheet.getRange('E2').setValue(45973);
  const values = workbookJson(workbook, nothing).sheets[0]!.values;
  expect([values[1]![0], values[1]![4]]).toEqual(['2025-11-12T12:00:00', '2025-11-12T00:00:00']);
});

test('a whole number under a format with text is a number that shows as the text says', () => {
  const { workbook, sheet } = sampleWorkbook();
  sheet.getRange('C2').setNumberFormat('00":00"').setValue(9);
  const [report] = workbookJson(workbook, nothing).sheets;
  expect([report!.display[1]![2], report!.values[1]![2]]).toEqual(['09:00', 9]);
});

test('extras carry the fields of the contract only', () => {
  const { workbook } = sampleWorkbook();
  const trigger = { handler: 'hourlyPing', schedule: 'every hour', user: 'x' };
  const mail = { to: 'a@b.ru', subject: 's', body: 'b', at: 5 };
  const json = workbookJson(workbook, { sheetMark: 'mark', triggers: [trigger], mail: [mail], requests: 7 });
  expect(json.sheets[0]!.key).toBe('');
  expect({ ...json, sheets: [] }).toEqual({
    sheets: [],
    triggers: [{ handler: 'hourlyPing', schedule: 'every hour' }],
    mail: [{ to: 'a@b.ru', subject: 's', body: 'b' }],
    requests: 7,
  });
});
