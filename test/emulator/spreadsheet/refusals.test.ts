import { fakeExecution, openBook, scriptOf } from './fake-execution';
import { Workbook } from './index';

// biome-ignore lint/suspicious/noExplicitAny: the tests call what the types forbid
type Any = any;

describe('what is not emulated is refused by name', () => {
  test('members of every object', () => {
    const { app, book, sheet } = openBook();
    const range = sheet.getRange('A1');
    expect(() => (range as Any).setRichTextValue()).toThrow('Range.setRichTextValue is not emulated');
    expect(() => (sheet as Any).newChart).toThrow('Sheet.newChart is not emulated');
    expect(() => (book as Any).getRangeByName).toThrow('Spreadsheet.getRangeByName is not emulated');
    expect(() => (app as Any).newTextStyle).toThrow('SpreadsheetApp.newTextStyle is not emulated');
    expect(() => (app as Any).WrapStrategy.SHRINK).toThrow(
      'SpreadsheetApp.WrapStrategy.SHRINK is not emulated',
    );
    expect(() => (app.newDataValidation() as Any).requireFormulaSatisfied).toThrow('is not emulated');
    expect(() => {
      (range as Any).note = 'x';
    }).toThrow('cannot be assigned');
    expect(String(range)).toBe('Range');
  });

  test('other files', () => {
    const narrow = openBook();
    expect(() => narrow.app.openById('x')).toThrow('needs spreadsheets');
    const wide = openBook({ scopes: ['spreadsheets'] });
    expect(wide.sheet.getRange('A1').getValue()).toBe('');
    expect(() => wide.app.openById('x')).toThrow('SpreadsheetApp.openById is not emulated');
  });
});

describe('arguments', () => {
  const SIGNATURE = "don't match the method signature for SpreadsheetApp.";
  const calls: [call: (b: ReturnType<typeof openBook>) => unknown, text: string][] = [
    [
      b => b.sheet.getRange('A1').setValues('x' as Any),
      `The parameters (String) ${SIGNATURE}Range.setValues.`,
    ],
    [
      b => b.sheet.getRange('A1').setValues([1] as Any),
      `The parameters (number[]) ${SIGNATURE}Range.setValues.`,
    ],
    [b => b.sheet.getRange(1.5, 1), `The parameters (number,number) ${SIGNATURE}Sheet.getRange.`],
    [b => b.sheet.getRange(Number.NaN, 1), SIGNATURE],
    [b => b.sheet.getRange('1' as Any, 1), `The parameters (String,number) ${SIGNATURE}Sheet.getRange.`],
    [b => b.sheet.getRange('A1').setNumberFormat(null as Any), `The parameters (null) ${SIGNATURE}`],
    [b => b.sheet.hideColumn(2 as Any), `${SIGNATURE}Sheet.hideColumn.`],
    [
      b => b.book.deleteSheet(b.sheet.getRange('A1') as Any),
      `The parameters (SpreadsheetApp.Range) ${SIGNATURE}`,
    ],
    [b => b.sheet.getRange('A1').setWrapStrategy('CLIP' as Any), `${SIGNATURE}Range.setWrapStrategy.`],
    [b => b.sheet.addDeveloperMetadata('a', 5 as Any), `${SIGNATURE}Sheet.addDeveloperMetadata.`],
    [b => b.sheet.appendRow([]), `${SIGNATURE}Sheet.appendRow.`],
    [b => b.sheet.getRange('A1').setValue({}), 'Writing this object into a cell is not emulated'],
    [b => b.sheet.getRange('A1').setValue(Number.NaN), 'is not emulated'],
    [b => b.sheet.getRange('A1').setBackground('reddish'), 'Invalid color: reddish'],
    [b => b.sheet.getRange('A1').setHorizontalAlignment('middle' as Any), 'Invalid argument: middle'],
    [b => b.book.setSpreadsheetLocale('klingon'), 'Invalid argument: klingon'],
    [b => b.book.setSpreadsheetTimeZone('Moon/Base'), 'Invalid argument: Moon/Base'],
  ];
  test.each(calls)('case %#', (call, text) => {
    expect(() => call(openBook())).toThrow(text);
  });

  test('the shape of the data', () => {
    const range = openBook().sheet.getRange('A1:B2');
    expect(() => range.setValues([[1, 2]])).toThrow(
      'The number of rows in the data does not match the number of rows in the range. The data has 1 but the range has 2.',
    );
    expect(() =>
      range.setValues([
        [1, 2],
        [3, 4, 5],
      ]),
    ).toThrow(
      'The number of columns in the data does not match the number of columns in the range. The data has 3 but the range has 2.',
    );
    expect(range.isBlank()).toBe(true);
  });

  test('coordinates', () => {
    const { sheet } = openBook();
    const texts: [() => unknown, string][] = [
      [() => sheet.getRange(0, 1), 'The starting row of the range is too small.'],
      [() => sheet.getRange(1, 0), 'The starting column of the range is too small.'],
      [() => sheet.getRange(1, 1, 0), 'The number of rows in the range must be at least 1.'],
      [() => sheet.getRange(1, 1, 1, 0), 'The number of columns in the range must be at least 1.'],
      [
        () => sheet.getRange(1001, 1),
        'The coordinates of the range are outside the dimensions of the sheet.',
      ],
      [
        () => sheet.getRange(1, 20, 1, 8),
        'The coordinates of the range are outside the dimensions of the sheet.',
      ],
      [() => sheet.getRange('Лист1!A1'), 'Range not found'],
      [() => sheet.getRange('A0'), 'Range not found'],
      [() => sheet.deleteRows(999, 3), 'Those rows are out of bounds.'],
      [() => sheet.deleteColumn(27), 'Those columns are out of bounds.'],
      [() => sheet.deleteRows(1, 1000), 'Sorry, it is not possible to delete all non-frozen rows.'],
    ];
    for (const [call, text] of texts) expect(call).toThrow(text);
    sheet.setFrozenRows(1);
    expect(() => sheet.deleteRows(2, 999)).toThrow(
      'Sorry, it is not possible to delete all non-frozen rows.',
    );
  });

  test('metadata goes on one whole row or column, asked for as such', () => {
    const { sheet } = openBook();
    const text = 'Adding developer metadata to arbitrary ranges is not currently supported.';
    for (const range of [sheet.getRange('A1:B2'), sheet.getRange('2:3'), sheet.getRange(2, 1, 1, 26)]) {
      expect(() => range.addDeveloperMetadata('key')).toThrow(text);
    }
    expect(sheet.getRange('2:2').addDeveloperMetadata('key').getDeveloperMetadata()).toHaveLength(1);
  });
});

describe('limits', () => {
  test('ten million cells', () => {
    const { sheet, book } = openBook();
    const text =
      'This action would increase the number of cells in the workbook above the limit of 10000000 cells.';
    sheet.deleteColumns(21, 6);
    expect(() => sheet.insertRowsAfter(1000, 499_001)).toThrow(text);
    sheet.insertRowsAfter(1000, 499_000);
    expect(() => book.insertSheet()).toThrow(text);
  });

  test('fifty thousand characters', () => {
    const { sheet } = openBook();
    const range = sheet.getRange('A1:A2');
    expect(() => range.setValues([['before'], ['x'.repeat(50_001)]])).toThrow(
      'Your input contains more than the maximum of 50000 characters in a single cell.',
    );
    expect(range.isBlank()).toBe(true);
    range.setValues([['x'.repeat(50_000)], [1]]);
  });
});

describe('sheets', () => {
  test('titles are unique whatever their case, and one sheet stays', () => {
    const { book, sheet } = openBook();
    expect(() => book.insertSheet('лист1')).toThrow(
      'A sheet with the name "лист1" already exists. Please enter another name.',
    );
    expect(() => book.deleteSheet(sheet)).toThrow("You can't remove all the sheets in a document.");
    expect(() => sheet.hideSheet()).toThrow("You can't hide all the sheets in a document.");
    book.insertSheet();
    book.deleteSheet(sheet);
    expect(() => sheet.getRange('A1')).toThrow('The sheet no longer exists.');
  });
});

describe('protection', () => {
  const LOCKED =
    'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

  test('stops scripts and people who are no editors of it, not the owner, not who is only warned', () => {
    const { workbook, sheet } = openBook();
    workbook.user.protectSheet(0);
    const other = scriptOf(workbook, fakeExecution({ user: 'someone@example.com' })).sheet;
    expect(() => other.getRange('A1').setValue(1)).toThrow(LOCKED);
    expect(() => other.getRange('A1').setFontWeight('bold')).toThrow(LOCKED);
    expect(() => other.insertRowAfter(1)).toThrow(LOCKED);
    expect(() => workbook.typeInto(0, 1, 1, '5')).toThrow(LOCKED);
    sheet.getRange('A1').setValue(1);
    expect(workbook.typeInto(0, 1, 1, '5', 'owner@example.com').value).toBe('5');
    sheet.getProtections(openBook().app.ProtectionType.SHEET)[0]!.setWarningOnly(true);
    expect(workbook.typeInto(0, 1, 1, '6').oldValue).toBe('5');
    expect(other.getRange('A1').setValue(1).getValue()).toBe(1);
  });

  test('by a script keeps nobody out until its editors change', () => {
    const { workbook, sheet } = openBook();
    const protection = sheet.getRange('A1:A2').protect().setDescription('header');
    workbook.typeInto(0, 1, 1, 'x');
    protection.removeEditors(['editor@example.com']);
    expect(() => workbook.typeInto(0, 1, 1, 'y')).toThrow(LOCKED);
    workbook.typeInto(0, 3, 1, 'free');
    protection.remove();
    workbook.typeInto(0, 1, 1, 'y');
  });

  test('speaks Russian to a Russian user', () => {
    const { workbook } = openBook({ language: 'ru' });
    workbook.user.protectSheet('Лист1');
    expect(() => workbook.typeInto(0, 1, 1, '5')).toThrow('Эта область защищена.');
  });
});

describe('validation', () => {
  test('one that rejects stops people and scripts, with its help or its list', () => {
    const { workbook, sheet, app } = openBook();
    const text = 'The data you entered in cell B2 violates the data validation rules set on this cell.';
    const list = app.newDataValidation().requireValueInList(['ru', 'en', '5']).setAllowInvalid(false);
    sheet.getRange('B2').setDataValidation(list.build());
    expect(() => sheet.getRange('A2:B2').setValues([['x', 'de']])).toThrow(
      `${text} Please enter one of the following values: ru, en, 5.`,
    );
    expect(sheet.getRange('A2').isBlank()).toBe(true);
    expect(() => workbook.typeInto(0, 2, 2, 'de')).toThrow(text);
    sheet.getRange('B2').setValue(5);
    workbook.typeInto(0, 2, 2, '5');
    workbook.typeInto(0, 2, 2, '');
    const number = app.newDataValidation().requireNumberBetween(1, 7).setHelpText('1–7');
    sheet.getRange('B2').setDataValidation(number.build());
    expect(() => workbook.typeInto(0, 2, 2, '8')).toThrow(`${text} 1–7`);
    expect(() => workbook.typeInto(0, 2, 2, 'семь')).toThrow(text);
    sheet.getRange('B2').setDataValidation(number.setAllowInvalid(true).build());
    expect(workbook.typeInto(0, 2, 2, '8').value).toBe('8');
  });

  test('a checkbox is FALSE at first and takes nothing but its values', () => {
    const { sheet } = openBook();
    const box = sheet.getRange('A1').insertCheckboxes();
    expect(box.getValue()).toBe(false);
    expect(box.setValue('ИСТИНА').getValue()).toBe(true);
    expect(() => box.setValue('да')).toThrow('violates the data validation rules');
  });
});

test('an unknown locale or zone makes no workbook', () => {
  expect(() => new Workbook({ locale: 'ru', timeZone: 'Nowhere' })).toThrow('Invalid argument');
  expect(() => new Workbook({ locale: 'xx_XX', timeZone: 'Etc/UTC' })).toThrow('Invalid argument');
});
