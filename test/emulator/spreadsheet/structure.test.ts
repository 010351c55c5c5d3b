import { openBook, scriptOf } from './fake-execution';

type Book = ReturnType<typeof openBook>;

/** Ten rows and columns of their own coordinates, with metadata `row`=n and `column`=n on rows and columns 2 to 5. */
function marked(): Book {
  const opened = openBook({ locale: 'en_US' });
  const { sheet } = opened;
  sheet
    .getRange(1, 1, 10, 10)
    .setValues(
      Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => `r${i + 1}c${j + 1}`)),
    );
  for (const n of [2, 3, 4, 5]) {
    sheet.getRange(`${n}:${n}`).addDeveloperMetadata('row', String(n));
    const letter = 'ABCDE'[n - 1];
    sheet.getRange(`${letter}:${letter}`).addDeveloperMetadata('column', String(n));
  }
  return opened;
}

/** Where each mark stands now, and the cell content there, which must tell the same original line. */
function marks({ sheet }: Book, axis: 'row' | 'column'): Record<string, number> {
  const found = sheet.createDeveloperMetadataFinder().withKey(axis).find();
  const places: Record<string, number> = {};
  for (const entry of found) {
    const location = entry.getLocation();
    const range = axis === 'row' ? location.getRow()! : location.getColumn()!;
    const line = axis === 'row' ? range.getRow() : range.getColumn();
    const content = String(axis === 'row' ? range.getCell(1, 1).getValue() : range.getCell(1, 1).getValue());
    expect(content).toContain(axis === 'row' ? `r${entry.getValue()}c` : `c${entry.getValue()}`);
    places[String(entry.getValue())] = line;
  }
  return places;
}

describe('metadata of rows and columns goes with them', () => {
  const changes: [name: string, change: (book: Book) => unknown, axis: 'row' | 'column', places: object][] = [
    ['rows inserted above', b => b.workbook.user.insertRows(0, 1, 3), 'row', { 2: 5, 3: 6, 4: 7, 5: 8 }],
    ['rows inserted between', b => b.sheet.insertRowsAfter(3, 2), 'row', { 2: 2, 3: 3, 4: 6, 5: 7 }],
    ['a row inserted before', b => b.sheet.insertRowBefore(2), 'row', { 2: 3, 3: 4, 4: 5, 5: 6 }],
    ['rows deleted with their own', b => b.sheet.deleteRows(3, 2), 'row', { 2: 2, 5: 3 }],
    ['a row moved down', b => b.workbook.user.moveRow(0, 2, 9), 'row', { 3: 2, 4: 3, 5: 4, 2: 9 }],
    ['a row moved up', b => b.workbook.user.moveRow(0, 5, 1), 'row', { 5: 1, 2: 3, 3: 4, 4: 5 }],
    ['rows sorted downwards', b => b.workbook.user.sortRows(0, 1, false), 'row', { 5: 5, 4: 6, 3: 7, 2: 8 }],
    ['a column inserted', b => b.sheet.insertColumnAfter(2), 'column', { 2: 2, 3: 4, 4: 5, 5: 6 }],
    ['a column deleted', b => b.workbook.user.deleteColumns(0, 4), 'column', { 2: 2, 3: 3, 5: 4 }],
    ['a column moved right', b => b.workbook.user.moveColumn(0, 2, 4), 'column', { 3: 2, 4: 3, 2: 4, 5: 5 }],
    [
      'a column moved beyond the cells',
      b => b.workbook.user.moveColumn(0, 3, 20),
      'column',
      { 2: 2, 4: 3, 5: 4, 3: 20 },
    ],
    [
      'an empty column moved in',
      b => b.workbook.user.moveColumn(0, 20, 1),
      'column',
      { 2: 3, 3: 4, 4: 5, 5: 6 },
    ],
    [
      'columns moved by the script',
      b => b.sheet.moveColumns(b.sheet.getRange('B:C'), 6),
      'column',
      { 4: 2, 5: 3, 2: 4, 3: 5 },
    ],
  ];
  test.each(changes)('%s', (_, change, axis, places) => {
    const book = marked();
    change(book);
    expect(marks(book, axis)).toEqual(places);
  });

  test('renaming and moving a sheet leaves its mark, deleting takes it', () => {
    const { workbook, book, sheet } = openBook();
    sheet.addDeveloperMetadata('sheet', 'report');
    sheet.getRange('A:A').addDeveloperMetadata('column', 'day');
    book.insertSheet('Второй');
    workbook.user.renameSheet('Лист1', 'Мой отчёт');
    workbook.user.moveSheet('Мой отчёт', 2);
    const find = () => book.createDeveloperMetadataFinder().withKey('sheet').withValue('report').find();
    expect(find().map(entry => entry.getLocation().getSheet()?.getName())).toEqual(['Мой отчёт']);
    expect(workbook.sheetsMarked('sheet', 'report').map(s => s.title)).toEqual(['Мой отчёт']);
    workbook.user.deleteSheet('Мой отчёт');
    expect(book.createDeveloperMetadataFinder().find()).toHaveLength(0);
  });

  test('S1 · a copy carries the metadata of its original, of its columns too, unless it is told to carry none', () => {
    const { workbook, sheet } = openBook();
    sheet.addDeveloperMetadata('sheet', 'report');
    sheet.getRange('B:B').addDeveloperMetadata('column', 'day');
    const copy = workbook.user.duplicateSheet('Лист1');
    const bare = workbook.user.duplicateSheet('Лист1', false);
    expect([copy.title, bare.title]).toEqual(['Лист1 (копия)', 'Лист1 (копия) 2']);
    const of = (id: number) =>
      workbook.metadata
        .find(({ location }) => location.sheetId === id)
        .map(({ key, value, location }) => [key, value, location.type, location.line]);
    expect(of(copy.id)).toEqual([
      ['sheet', 'report', 'SHEET', undefined],
      ['column', 'day', 'COLUMN', 2],
    ]);
    expect(of(bare.id)).toEqual([]);
    expect(new Set(workbook.metadata.all().map(({ id }) => id)).size).toBe(4);
  });
});

describe('finders', () => {
  test('a sheet has its own, its rows and its columns in scope; a range those that lie inside', () => {
    const { book, sheet, app } = openBook();
    book.addDeveloperMetadata('where', 'book');
    sheet.addDeveloperMetadata('where', 'sheet', app.DeveloperMetadataVisibility.PROJECT);
    sheet.getRange('3:3').addDeveloperMetadata('where', 'row');
    sheet.getRange('B:B').addDeveloperMetadata('where', 'column');
    book.insertSheet().addDeveloperMetadata('where', 'other');
    const values = (finder: GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder) =>
      finder.find().map(entry => entry.getValue());
    expect(values(book.createDeveloperMetadataFinder())).toEqual(['book', 'sheet', 'row', 'column', 'other']);
    expect(values(sheet.createDeveloperMetadataFinder())).toEqual(['sheet', 'row', 'column']);
    expect(values(sheet.getRange('1:5').createDeveloperMetadataFinder())).toEqual(['row']);
    expect(values(sheet.getRange('A3:D3').createDeveloperMetadataFinder())).toEqual([]);
    const intersecting = sheet.getRange('A3:D3').createDeveloperMetadataFinder().onIntersectingLocations();
    expect(values(intersecting)).toEqual(['book', 'sheet', 'row', 'column']);
    const { PROJECT } = app.DeveloperMetadataVisibility;
    expect(values(book.createDeveloperMetadataFinder().withVisibility(PROJECT))).toEqual(['sheet']);
    const { COLUMN } = app.DeveloperMetadataLocationType;
    expect(values(book.createDeveloperMetadataFinder().withLocationType(COLUMN))).toEqual(['column']);
    expect(() => book.createDeveloperMetadataFinder().onIntersectingLocations()).toThrow('range-scoped');
  });

  test('metadata can be changed and removed, and a removed one is gone for its holders', () => {
    const { sheet } = openBook();
    sheet.addDeveloperMetadata('sheet');
    const [entry] = sheet.getDeveloperMetadata();
    expect(entry!.getValue()).toBeNull();
    expect(entry!.setValue('report').getValue()).toBe('report');
    entry!.remove();
    expect(sheet.getDeveloperMetadata()).toEqual([]);
    expect(() => entry!.getValue()).toThrow('no longer exists');
  });
});

describe('what else hangs on rows and columns', () => {
  test('inserted rows take over the look and the validation of the row they are asked at, not its content', () => {
    const { sheet, app } = openBook();
    const rule = app.newDataValidation().requireNumberBetween(1, 5).build();
    sheet.getRange('A1').setValue('x').setFontWeight('bold').setNote('note').setNumberFormat('0.0');
    sheet.getRange('A1').setDataValidation(rule);
    sheet.insertRowsAfter(1, 2);
    const below = sheet.getRange('A3');
    expect([below.getValue(), below.getFontWeight(), below.getNumberFormat(), below.getNote()]).toEqual([
      '',
      'bold',
      '0.0',
      '',
    ]);
    expect(below.getDataValidation()?.getCriteriaValues()).toEqual([1, 5]);
    expect(sheet.getMaxRows()).toBe(1002);
  });

  test('widths, hidden lines, filter, merges, protections and conditional formats shift', () => {
    const { sheet, app, workbook } = openBook();
    sheet.setColumnWidth(2, 250);
    sheet.hideColumns(3);
    sheet.hideRows(4, 2);
    sheet.getRange('A1:C10').createFilter();
    sheet.getRange('A5:B5').merge();
    sheet.getRange('B2:B9').protect();
    const builder = app.newConditionalFormatRule().whenNumberGreaterThan(5).setBackground('red');
    sheet.setConditionalFormatRules([builder.setRanges([sheet.getRange('B2:B9')]).build()]);
    workbook.user.insertColumns(0, 1);
    workbook.user.insertRows(0, 3);
    expect(sheet.getColumnWidth(3)).toBe(250);
    expect(sheet.isColumnHiddenByUser(4)).toBe(true);
    expect([5, 6].map(row => sheet.isRowHiddenByUser(row))).toEqual([true, true]);
    expect(sheet.getFilter()!.getRange().getA1Notation()).toBe('B1:D11');
    expect(sheet.getRange('B6').isPartOfMerge()).toBe(true);
    expect(sheet.getProtections(app.ProtectionType.RANGE)[0]!.getRange().getA1Notation()).toBe('C2:C10');
    expect(sheet.getConditionalFormatRules()[0]!.getRanges()[0]!.getA1Notation()).toBe('C2:C10');
    workbook.user.deleteRows(0, 2, 9);
    expect(sheet.getProtections(app.ProtectionType.RANGE)).toEqual([]);
    expect(sheet.getConditionalFormatRules()).toEqual([]);
  });

  test('sorting: numbers, texts, booleans, empties last; a part of the columns moves alone', () => {
    const { sheet } = openBook();
    sheet.getRange('A1:B5').setValues([
      ['б', 1],
      [true, 2],
      ['', 3],
      [10, 4],
      ['а', 5],
    ]);
    sheet.getRange('A1:B5').sort(1);
    expect(sheet.getRange('A1:B5').getValues()).toEqual([
      [10, 4],
      ['а', 5],
      ['б', 1],
      [true, 2],
      ['', 3],
    ]);
    sheet.getRange('B1:B5').sort({ column: 2, ascending: false });
    expect(
      sheet
        .getRange('A1:B5')
        .getValues()
        .map(row => row[1]),
    ).toEqual([5, 4, 3, 2, 1]);
    sheet.setFrozenRows(1);
    sheet.sort(1, false);
    expect(sheet.getRange('A1:A5').getValues().flat()).toEqual([10, true, 'б', 'а', '']);
  });

  test('frozen rows grow and shrink with what happens inside them', () => {
    const { sheet, workbook } = openBook();
    sheet.setFrozenRows(2);
    workbook.user.insertRows(0, 2);
    expect(sheet.getFrozenRows()).toBe(3);
    workbook.user.insertRows(0, 4);
    workbook.user.deleteRows(0, 1);
    expect(sheet.getFrozenRows()).toBe(2);
  });
});

test('a held range keeps its coordinates, and fails once they are outside', () => {
  const { sheet, workbook } = openBook();
  const range = sheet.getRange('A2').setValue('here');
  workbook.user.insertRows(0, 1);
  expect(range.getValue()).toBe('');
  const last = sheet.getRange(1001, 1);
  workbook.user.deleteRows(0, 1000);
  expect(() => last.getValue()).toThrow(
    'The coordinates of the range are outside the dimensions of the sheet.',
  );
});

test('many rows are quick: writing, reading, appending and inserting do not grow with the square', () => {
  const { sheet, workbook, app } = openBook();
  const rows = 30_000;
  sheet.insertRowsAfter(1000, rows);
  const values = Array.from({ length: rows }, (_, i) => [new Date(1.79e12 + i * 60_000), `событие ${i}`, i]);
  const started = Date.now();
  sheet.getRange(2, 1, rows, 3).setValues(values);
  expect(sheet.getRange(2, 1, rows, 3).getValues()[rows - 1]).toEqual(values[rows - 1]);
  sheet.getRange(2, 1, rows, 3).getDisplayValues();
  for (let i = 0; i < 300; i++) sheet.appendRow([i]);
  for (let i = 0; i < 30; i++) sheet.insertRowsAfter(1, 1);
  expect(scriptOf(workbook).sheet.getLastRow()).toBe(rows + 331);
  app.flush();
  expect(Date.now() - started).toBeLessThan(15_000);
});

describe('a range of the spreadsheet', () => {
  test('is named with its sheet, quoted where need be', () => {
    const { book } = openBook();
    const sheet = book.insertSheet("Мои 'данные'");
    sheet.getRange('B2').setValue('x');
    expect(book.getRange("'Мои ''данные'''!B2").getValues()).toEqual([['x']]);
    expect(book.getRange('Лист1!A:B').getNumColumns()).toBe(2);
    for (const wrong of ['Нет!A1', 'A1', 'Лист1!?'])
      expect(() => book.getRange(wrong)).toThrow('Range not found');
    expect(() => book.getRange('Лист1!A:ZZ')).toThrow();
  });
});
