import { openBook } from './fake-execution';
import { shiftReferences } from './model/formula-references';

const insert = { kind: 'insert', at: 5, count: 2 } as const;
const remove = { kind: 'delete', at: 5, count: 2 } as const;

describe('S7 · references of formulas', () => {
  test.each([
    ['=SUM(C2:C10)', 'row', insert, '=SUM(C2:C12)'],
    ['=SUM(C2:C4)', 'row', insert, '=SUM(C2:C4)'],
    ['=SUM(C5:C6)', 'row', insert, '=SUM(C7:C8)'],
    ['=SUM(C2:C10)', 'row', remove, '=SUM(C2:C8)'],
    ['=C5+C7', 'row', remove, '=#REF!+C5'],
    ['=SUM(C5:C6)', 'row', remove, '=SUM(#REF!)'],
    ['=SUM(C:C)+$C$7', 'row', insert, '=SUM(C:C)+$C$9'],
    ['=SUM(F:G)&E2', 'column', insert, '=SUM(H:I)&G2'],
    ["=Другой!C7+'Мой лист'!C7+C7", 'row', insert, "=Другой!C7+'Мой лист'!C9+C9"],
    ['="C7 и "&C7&LOG10(7)', 'row', insert, '="C7 и "&C9&LOG10(7)'],
    ['=C7', 'row', { kind: 'move', at: 7, count: 1, to: 2 }, '=C2'],
    ['=C7', 'row', { kind: 'sort', from: 2, order: [7, 6, 5, 4, 3, 2] }, '=C7'],
  ] as const)('%s', (formula, axis, change, expected) => {
    expect(shiftReferences(formula, 'Мой лист', 'Мой лист', axis, change)).toBe(expected);
  });

  test('follow in every sheet of the spreadsheet', () => {
    const { workbook, book, sheet } = openBook();
    book.insertSheet('Сводка').getRange('A1').setValue('=SUM(Лист1!C2:C10)');
    sheet.getRange('E1').setValue('=C9');
    sheet.insertRowsBefore(3, 2);
    expect(workbook.sheet('Сводка').cell(1, 1)!.formula).toBe('=SUM(Лист1!C2:C12)');
    expect(sheet.getRange('E1').getFormula()).toBe('=C11');
  });
});

describe('S4 · merged cells', () => {
  test('keep the first content only, lose what is written into the others, and come apart as a whole', () => {
    const { sheet } = openBook();
    sheet.getRange('A1:B3').setValues([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    sheet.getRange('A1:A3').merge();
    expect(sheet.getRange('A1:A3').getValues()).toEqual([['a'], [''], ['']]);
    sheet.getRange('A2:B2').setValues([['lost', 22]]);
    expect(sheet.getRange('A1:B3').getValues()).toEqual([
      ['a', 1],
      ['', 22],
      ['', 3],
    ]);
    expect(
      sheet
        .getRange('A2:C2')
        .getMergedRanges()
        .map(range => range.getA1Notation()),
    ).toEqual(['A1:A3']);
    expect(() => sheet.getRange('A2:A3').breakApart()).toThrow('You must select all cells in a merged range');
    sheet.getRange('A1:B3').breakApart();
    sheet.getRange('A2').setValue('kept');
    expect(sheet.getRange('A2').getValue()).toBe('kept');
    expect(sheet.getRange('A:B').getMergedRanges()).toEqual([]);
  });

  test('mergeVertically merges each column', () => {
    const { sheet } = openBook();
    sheet.getRange('A1:B3').mergeVertically();
    expect(
      sheet
        .getRange('A:Z')
        .getMergedRanges()
        .map(range => range.getA1Notation()),
    ).toEqual(['A1:A3', 'B1:B3']);
    expect(() => sheet.getRange('A3:A4').merge()).toThrow('You must select all cells in a merged range');
  });
});

describe('S8 · cells formatted as text', () => {
  test('make a text of numbers and dates, also of those that were there before', () => {
    const { sheet } = openBook();
    sheet.getRange('A1').setNumberFormat('dd.mm.yyyy').setValue(46344);
    sheet.getRange('A1:A2').setNumberFormat('@');
    sheet.getRange('A2').setValue(46344);
    expect(sheet.getRange('A1:A2').getValues()).toEqual([['18.11.2026'], ['46344']]);
  });
});

describe('S5 S11 · rights', () => {
  test('the editors of a protection are told to its editors only', () => {
    const owner = openBook();
    owner.workbook.user.protectSheet('Лист1', ['boss@example.com']);
    const { SHEET } = owner.app.ProtectionType;
    const [mine] = owner.sheet.getProtections(SHEET);
    expect(mine!.getEditors().map(editor => editor.getEmail())).toEqual([
      'owner@example.com',
      'boss@example.com',
    ]);
    const other = openBook({ user: 'colleague@example.com' });
    other.workbook.user.protectSheet('Лист1');
    const [theirs] = other.sheet.getProtections(other.app.ProtectionType.SHEET);
    expect(theirs!.canEdit()).toBe(false);
    expect(() => theirs!.getEditors()).toThrow('protected');
  });

  test('a viewer writes nothing, also as the former owner', () => {
    const { workbook, sheet } = openBook();
    workbook.viewers.add('owner@example.com');
    expect(() => sheet.getRange('A1').setValue(1)).toThrow('You do not have permission');
    expect(() => sheet.insertRowsAfter(1, 1)).toThrow('You do not have permission');
    expect(() => sheet.getRange('A1').getValue()).not.toThrow();
  });
});
