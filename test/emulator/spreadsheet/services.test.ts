import { COST } from '../contract';
import { fakeExecution, openBook, scriptOf } from './fake-execution';
import { editEvent } from './index';

describe('what a call costs', () => {
  test('reading, writing and structure are served calls, handles are free', () => {
    const { sheet, execution, app } = openBook();
    execution.calls.length = 0;
    const range = sheet.getRange('A1:B2').offset(0, 0, 1, 1);
    range.getA1Notation();
    app.newDataValidation().requireCheckbox().build();
    expect(execution.calls.length).toBeGreaterThan(4);
    expect(execution.calls.every(({ cost }) => cost === 0)).toBe(true);
    execution.calls.length = 0;
    range.setValue(1).getValue();
    sheet.appendRow([1]);
    sheet.clear();
    expect(execution.calls).toEqual(
      ['Range.setValue', 'Range.getValue', 'Sheet.appendRow', 'Sheet.clear'].map(call => ({
        call,
        cost: COST.spreadsheet,
      })),
    );
  });

  test('nothing passes once the execution has ended, nor without the scope', () => {
    const { sheet, execution } = openBook();
    execution.call = () => {
      throw new Error('ended');
    };
    expect(() => sheet.getName()).toThrow('ended');
    expect(() => openBook({ scopes: ['script.send_mail'] })).toThrow('needs spreadsheets.currentonly');
  });
});

describe('sheets of a spreadsheet', () => {
  test('a new workbook has one sheet, new ones stand behind the active one and become active', () => {
    const { book, workbook } = openBook();
    expect(workbook.sheets.map(s => [s.id, s.title, s.maxRows, s.maxColumns])).toEqual([
      [0, 'Лист1', 1000, 26],
    ]);
    const report = book.insertSheet('Отчёт');
    book.insertSheet();
    book.insertSheet('Первый', 0);
    expect(book.getSheets().map(s => s.getName())).toEqual(['Первый', 'Лист1', 'Отчёт', 'Лист2']);
    expect(book.getActiveSheet().getName()).toBe('Первый');
    book.setActiveSheet(report);
    book.moveActiveSheet(1);
    expect(report.getIndex()).toBe(1);
    expect(book.getSheetById(report.getSheetId())!.getName()).toBe('Отчёт');
    expect(book.getSheetByName('отчёт')).toBeNull();
    expect(openBook({ locale: 'en_US' }).workbook.sheets[0]!.title).toBe('Sheet1');
  });

  test('a clock trigger starts at the first sheet, a menu where the person looks', () => {
    const { workbook, book } = openBook();
    book.insertSheet('Второй');
    const active = (context: 'clock' | 'menu') =>
      scriptOf(workbook, fakeExecution({ context })).app.getActiveSheet().getName();
    expect([active('clock'), active('menu')]).toEqual(['Лист1', 'Второй']);
  });

  test('toasts are kept, and fail where nobody looks', () => {
    const { workbook, book } = openBook();
    book.toast('Готово', 'amoCRM');
    expect(workbook.toasts).toEqual([{ message: 'Готово', title: 'amoCRM', seconds: 5 }]);
    const clock = scriptOf(workbook, fakeExecution({ context: 'clock' })).book;
    expect(() => clock.toast('x')).toThrow('from this context');
  });

  test('locale and zone can be read and changed', () => {
    const { book, sheet } = openBook();
    sheet.getRange('A1').setValue(true);
    book.setSpreadsheetLocale('en_US');
    expect([book.getSpreadsheetLocale(), book.getSpreadsheetTimeZone()]).toEqual(['en_US', 'Europe/Moscow']);
    expect(sheet.getRange('A1').getDisplayValue()).toBe('TRUE');
  });
});

describe('ranges', () => {
  test('every way to ask for one', () => {
    const { sheet } = openBook();
    const told = (...args: [string] | [number, number, number?, number?]) =>
      (sheet.getRange as (...a: unknown[]) => GoogleAppsScript.Spreadsheet.Range)(...args).getA1Notation();
    expect([
      told(2, 28 - 2),
      told(2, 2, 3),
      told(2, 2, 3, 2),
      told('b2'),
      told('$B$2:C4'),
      told('A:C'),
      told('2:3'),
      told('A990:B'),
    ]).toEqual(['Z2', 'B2:B4', 'B2:C4', 'B2', 'B2:C4', 'A:C', '2:3', 'A990:B1000']);
    expect(sheet.getRange('A:C').getNumRows()).toBe(1000);
    expect(sheet.getDataRange().getA1Notation()).toBe('A1');
    sheet.getRange('B3').setValue(1);
    expect(sheet.getDataRange().getA1Notation()).toBe('A1:B3');
    expect([sheet.getLastRow(), sheet.getLastColumn()]).toEqual([3, 2]);
  });

  test('looks are read back, shared cells apart', () => {
    const { sheet, app, workbook } = openBook();
    const header = sheet.getRange('A1:B1');
    header.setFontWeight('bold').setBackground('#EEE').setFontColor('white').setHorizontalAlignment('center');
    header.setWrapStrategy(app.WrapStrategy.CLIP).setVerticalAlignment('middle').setFontSize(12);
    sheet.getRange('B1').setBackground(null);
    expect(header.getBackgrounds()).toEqual([['#eeeeee', '#ffffff']]);
    expect(header.getFontWeights()).toEqual([['bold', 'bold']]);
    expect(header.getWrapStrategy()).toBe(app.WrapStrategy.CLIP);
    expect(JSON.stringify({ w: header.getWrapStrategy() })).toBe('{"w":"CLIP"}');
    header.clearFormat();
    expect(workbook.sheet(0).cell(1, 1)!.style).toEqual({});
  });

  test('notes are no content', () => {
    const { sheet } = openBook();
    sheet.getRange('C3').setNote('мой комментарий');
    expect(sheet.getLastRow()).toBe(0);
    sheet.clearContents();
    expect(sheet.getRange('C3').getNote()).toBe('мой комментарий');
    sheet.clearNotes();
    expect(sheet.getRange('C3').getNotes()).toEqual([['']]);
  });

  test('appendRow goes below the content and grows the grid, without the look of the row above', () => {
    const { sheet } = openBook({ locale: 'en_US' });
    sheet.deleteRows(3, 998);
    sheet.getRange('A2').setValue('x').setFontWeight('bold');
    sheet.appendRow([1, new Date(Date.UTC(2026, 0, 1)), '2']);
    expect([sheet.getMaxRows(), sheet.getLastRow()]).toEqual([3, 3]);
    expect(sheet.getRange('A3').getFontWeight()).toBe('normal');
    expect(sheet.getRange('A3:C3').getDisplayValues()).toEqual([['1', '1/1/2026 3:00:00', '2']]);
  });

  test('one filter a sheet', () => {
    const { sheet } = openBook();
    expect(sheet.getFilter()).toBeNull();
    const filter = sheet.getRange('A1:C5').createFilter();
    expect(() => sheet.getRange('A1').createFilter()).toThrow('already has a filter');
    filter.remove();
    expect(sheet.getFilter()).toBeNull();
  });
});

describe('typing', () => {
  test('tells the edit as onEdit does', () => {
    const { workbook, execution } = openBook();
    const first = workbook.typeInto('Лист1', 2, 3, '12.11.2025');
    expect(first).toEqual({ sheetId: 0, row: 2, column: 3, value: '45973', oldValue: undefined });
    const event = editEvent(execution, workbook, first) as GoogleAppsScript.Events.SheetsOnEdit;
    expect(event.range.getA1Notation()).toBe('C2');
    expect(event.source.getId()).toBe(workbook.id);
    expect([event.value, 'oldValue' in event, String(event.authMode)]).toEqual(['45973', false, 'LIMITED']);
    const cleared = editEvent(execution, workbook, workbook.typeInto(0, 2, 3, ''));
    expect(cleared).toMatchObject({ oldValue: '45973' });
    expect('value' in cleared).toBe(false);
    expect(workbook.typeInto(0, 1, 1, 'ИСТИНА').value).toBe('ИСТИНА');
  });

  test('a date without a year belongs to the year of the clock', () => {
    const { workbook } = openBook({ now: () => Date.UTC(2030, 11, 31, 22) });
    workbook.typeInto(0, 1, 1, '1.5');
    expect(workbook.display(0)).toEqual([['01.05.2031']]);
  });
});

test('the user interface is what the platform gives', () => {
  expect(openBook().app.getUi()).toEqual({ ui: true });
});
