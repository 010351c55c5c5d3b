import { openBook } from '../spreadsheet/fake-execution';

/** A report as the product writes it: marked sheet, hidden column, dates, times, texts that look like formulas. */
export function sampleWorkbook(locale = 'ru_RU') {
  const opened = openBook({ locale, timeZone: 'Asia/Vladivostok' });
  const { sheet, book } = opened;
  sheet.setName('Отчёт: [день/ночь]').addDeveloperMetadata('sheet', 'report');
  sheet.getRange('A1:F1').setValues([['Дата', 'Событие', 'Кол-во', 'Пик (мс)', 'Время', 'Да?']]);
  sheet.getRange('A1:F1').setFontWeight('bold').setBackground('#eeeeee').setWrap(true);
  sheet.setFrozenRows(1);
  sheet.setColumnWidth(2, 280);
  const day = new Date('2026-11-17T14:00:00Z');
  const peak = new Date('2026-11-18T03:51:29.600Z');
  sheet.getRange('A2:A4').setNumberFormat('dd.mm.yyyy');
  sheet.getRange('B2:B4').setNumberFormat('@');
  sheet.getRange('C2:D4').setNumberFormat('0');
  sheet.getRange('E2:E4').setNumberFormat('HH:mm');
  sheet.getRange('A2:F3').setValues([
    [day, 'Входящее сообщение', 485, 509, peak, true],
    [day, '<Тег> & "прочее"', 340, '', '', false],
  ]);
  sheet.getRange('B4').setNumberFormat('General').setValue('\'=HYPERLINK("x")');
  sheet.getRange('E4').setValue(0.125);
  sheet.getRange('F4').setValue('=A1');
  sheet.hideColumns(6);
  book.insertSheet('Черновик').hideSheet();
  return opened;
}
