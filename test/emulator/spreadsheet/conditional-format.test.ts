import { COST } from '../contract';
import { fakeExecution, openBook, scriptOf } from './fake-execution';

type Book = ReturnType<typeof openBook>;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** A builder of a rule from white to red. */
function scale({ app, sheet }: Pick<Book, 'app' | 'sheet'>, ...ranges: string[]) {
  return app
    .newConditionalFormatRule()
    .setGradientMinpoint('#ffffff')
    .setGradientMaxpoint('#ff0000')
    .setRanges(ranges.map(range => sheet.getRange(range)));
}

/** A sheet of twenty rows and columns with one colour scale. */
function scaled(...ranges: string[]): Book {
  const opened = openBook();
  opened.sheet.deleteRows(21, 980);
  opened.sheet.deleteColumns(21, 6);
  opened.sheet.setConditionalFormatRules([scale(opened, ...ranges).build()]);
  return opened;
}

const rangesOf = (sheet: Sheet): string[][] =>
  sheet.getConditionalFormatRules().map(rule => rule.getRanges().map(range => range.getA1Notation()));

describe('a rule', () => {
  test('is read as it was set; its calls are free, those of the sheet are served', () => {
    const { app, sheet, execution } = openBook();
    execution.calls.length = 0;
    const rule = scale({ app, sheet }, 'B2:B9', 'D2:E9')
      .setGradientMidpointWithValue('yellow', app.InterpolationType.PERCENTILE, '50')
      .build();
    expect(execution.calls.every(({ cost }) => cost === 0)).toBe(true);
    execution.calls.length = 0;
    sheet.setConditionalFormatRules([rule]);
    const [read] = sheet.getConditionalFormatRules();
    expect(execution.calls).toEqual(
      ['Sheet.setConditionalFormatRules', 'Sheet.getConditionalFormatRules'].map(call => ({
        call,
        cost: COST.spreadsheet,
      })),
    );
    expect(rangesOf(sheet)).toEqual([['B2:B9', 'D2:E9']]);
    const gradient = read!.getGradientCondition()!;
    expect([gradient.getMinColor(), gradient.getMidColor(), gradient.getMaxColor()]).toEqual([
      '#ffffff',
      '#ffff00',
      '#ff0000',
    ]);
    expect([gradient.getMinType(), gradient.getMidType(), gradient.getMaxType()]).toEqual([
      app.InterpolationType.MIN,
      app.InterpolationType.PERCENTILE,
      app.InterpolationType.MAX,
    ]);
    expect([gradient.getMinValue(), gradient.getMidValue(), gradient.getMaxValue()]).toEqual(['', '50', '']);
    expect(app.newConditionalFormatRule().toString()).toBe('ConditionalFormatRuleBuilder');
  });

  test('with a condition has no gradient, and a gradient without a midpoint says so', () => {
    const { app, sheet } = openBook();
    const builder = app.newConditionalFormatRule().setRanges([sheet.getRange('A1')]);
    expect(builder.whenNumberGreaterThan(5).setBold(true).build().getGradientCondition()).toBeNull();
    const types = app.InterpolationType;
    const taken = scale({ app, sheet }, 'A1')
      .setGradientMinpointWithValue('#000', types.NUMBER, '-1.5')
      .setGradientMidpointWithValue('#fff', types.PERCENT, '50')
      .setGradientMidpointWithValue('#fff', null as never, '')
      .setGradientMaxpointWithValue('#000', types.MAX, 'ignored');
    const gradient = taken.build().getGradientCondition()!;
    expect([gradient.getMidColor(), gradient.getMidType(), gradient.getMidValue()]).toEqual(['', null, '']);
    expect([gradient.getMinType(), gradient.getMinValue()]).toEqual([types.NUMBER, '-1.5']);
    expect([gradient.getMaxType(), gradient.getMaxValue()]).toEqual([types.MAX, '']);
  });

  test('is copied into a builder that knows all of it and changes nothing of it', () => {
    const book = scaled('B2:B9');
    const [rule] = book.sheet.getConditionalFormatRules();
    const copy = rule!.copy().setGradientMaxpoint('#00ff00');
    expect(copy.build().getGradientCondition()!.getMaxColor()).toBe('#00ff00');
    expect(copy.build().getRanges()[0]!.getA1Notation()).toBe('B2:B9');
    expect(rule!.getGradientCondition()!.getMaxColor()).toBe('#ff0000');
    const conditional = book.app.newConditionalFormatRule().setRanges([book.sheet.getRange('A1')]);
    conditional.whenCellEmpty().setBackground('#ff0000').setBackground(null);
    expect(() =>
      conditional.build().copy().setGradientMinpoint('red').setGradientMaxpoint('red').build(),
    ).toThrow('beside a condition');
  });

  test('that is incomplete, mixed or out of place is refused', () => {
    const { app, book, sheet } = openBook();
    const other = book.insertSheet();
    const rule = () => app.newConditionalFormatRule().setRanges([sheet.getRange('A1:A5')]);
    const full = () => scale({ app, sheet }, 'A1:A5');
    const types = app.InterpolationType;
    const refusals: [call: () => unknown, text: string][] = [
      [() => full().setRanges([]).build(), 'must apply to at least one range'],
      [() => rule().build(), 'need a condition'],
      [() => rule().setBackground('red').build(), 'need a condition'],
      [() => rule().setGradientMinpoint('red').build(), 'needs a minpoint and a maxpoint'],
      [() => rule().setGradientMaxpoint('red').build(), 'needs a minpoint and a maxpoint'],
      [() => full().whenCellEmpty().build(), 'beside a condition or a format'],
      [() => full().setItalic(true).build(), 'beside a condition or a format'],
      [
        () =>
          full()
            .setRanges([sheet.getRange('A1'), other.getRange('A1')])
            .build(),
        'on the same sheet',
      ],
      [() => other.setConditionalFormatRules([full().build()]), 'must be on this sheet'],
      [() => rule().setGradientMinpoint('reddish'), 'Invalid color: reddish'],
      [() => rule().setGradientMinpoint(null as never), "don't match the method signature"],
      [() => rule().setGradientMinpointWithValue('red', types.MAX, ''), 'Invalid argument: MAX'],
      [() => rule().setGradientMidpointWithValue('red', types.MIN, ''), 'Invalid argument: MIN'],
      [() => rule().setGradientMaxpointWithValue('red', types.MIN, ''), 'Invalid argument: MIN'],
      [() => rule().setGradientMaxpointWithValue('red', types.NUMBER, ''), 'Invalid argument: '],
      [() => rule().setGradientMaxpointWithValue('red', types.PERCENT, '101'), 'Invalid argument: 101'],
      [() => rule().setGradientMaxpointWithValue('red', types.PERCENTILE, '-1'), 'Invalid argument: -1'],
      [() => rule().setGradientMaxpointWithValue('red', types.NUMBER, '=A1'), 'is not emulated'],
      [
        () => (full() as unknown as { copy(): void }).copy(),
        'ConditionalFormatRuleBuilder.copy is not emulated',
      ],
      [
        () => full().build().getBooleanCondition(),
        'ConditionalFormatRule.getBooleanCondition is not emulated',
      ],
    ];
    for (const [call, text] of refusals) expect(call).toThrow(text);
    expect(sheet.getConditionalFormatRules()).toEqual([]);
  });

  test('that was built before its rows went away cannot be set', () => {
    const { sheet, app } = openBook();
    const rule = scale({ app, sheet }, 'A1:A1000').build();
    sheet.deleteRow(5);
    expect(() => sheet.setConditionalFormatRules([rule])).toThrow('outside the dimensions of the sheet');
  });
});

describe('the rules of a sheet', () => {
  test('are replaced all at once, and go with the formats', () => {
    const book = scaled('B2:B9');
    const { sheet } = book;
    const old = sheet.getConditionalFormatRules();
    sheet.setConditionalFormatRules([...old, scale(book, 'C:C').build()]);
    expect(rangesOf(sheet)).toEqual([['B2:B9'], ['C1:C20']]);
    sheet.setConditionalFormatRules(old);
    expect(rangesOf(sheet)).toEqual([['B2:B9']]);
    sheet.clearFormats();
    expect(rangesOf(sheet)).toEqual([]);
  });

  test('are not for those who may not write there', () => {
    const book = scaled('B2:B9');
    book.sheet.getRange('B9:B10').protect().removeEditors(['editor@example.com']);
    const script = scriptOf(book.workbook, fakeExecution({ user: 'editor@example.com' }));
    const changes = [
      () => script.sheet.clearConditionalFormatRules(),
      () => script.sheet.setConditionalFormatRules([scale(script, 'D2:D9').build()]),
      () => script.sheet.clearFormats(),
    ];
    for (const change of changes) expect(change).toThrow('protected cell');
    expect(rangesOf(book.sheet)).toEqual([['B2:B9']]);
    book.sheet.clearConditionalFormatRules();
    script.sheet.setConditionalFormatRules([scale(script, 'B2:B8').build()]);
    expect(() => script.sheet.setConditionalFormatRules([scale(script, 'B10').build()])).toThrow('protected');
    expect(rangesOf(book.sheet)).toEqual([['B2:B8']]);
  });

  test('are carried by a copy of the sheet and live their own life there', () => {
    const { workbook, book, sheet } = scaled('B2:B9');
    const copy = book.getSheetById(workbook.user.duplicateSheet(0).id)!;
    copy.insertRowBefore(1);
    expect([rangesOf(sheet), rangesOf(copy)]).toEqual([[['B2:B9']], [['B3:B10']]]);
    sheet.clearConditionalFormatRules();
    expect(rangesOf(copy)).toEqual([['B3:B10']]);
  });
});

describe('the ranges of a rule', () => {
  const changes: [name: string, from: string[], change: (book: Book) => unknown, to: string[][]][] = [
    ['open downwards reach the last row', ['C2:D'], () => undefined, [['C2:D20']]],
    ['grow with rows inserted inside', ['B2:B9'], b => b.sheet.insertRowsAfter(5, 2), [['B2:B11']]],
    ['grow with rows inserted after their last', ['B2:B9'], b => b.sheet.insertRowsAfter(9, 2), [['B2:B11']]],
    [
      'grow with rows inserted at the end of the sheet',
      ['C2:D'],
      b => b.sheet.insertRowsAfter(20, 5),
      [['C2:D25']],
    ],
    [
      'do not grow with a row inserted before the next',
      ['B2:B9'],
      b => b.sheet.insertRowBefore(10),
      [['B2:B9']],
    ],
    [
      'shift with a row inserted before their first',
      ['B2:B9'],
      b => b.sheet.insertRowBefore(2),
      [['B3:B10']],
    ],
    [
      'shift with rows inserted after the header',
      ['B2:B9'],
      b => b.sheet.insertRowsAfter(1, 3),
      [['B5:B12']],
    ],
    [
      'do not grow with a row appended beyond the grid',
      ['C2:D'],
      b => {
        b.sheet.getRange('C20').setValue(1);
        b.sheet.appendRow([1, 2, 3]);
      },
      [['C2:D20']],
    ],
    [
      'grow with a column inserted after their last',
      ['B2:C9'],
      b => b.sheet.insertColumnAfter(3),
      [['B2:D9']],
    ],
    ['shift with a column inserted before', ['B2:C9'], b => b.workbook.user.insertColumns(0, 1), [['C2:D9']]],
    ['shrink with deleted rows', ['B2:B9'], b => b.sheet.deleteRows(8, 4), [['B2:B7']]],
    ['vanish with all their cells', ['B2:B9', 'D2:D9'], b => b.sheet.deleteColumn(2), [['C2:C9']]],
    ['take the rule along when none is left', ['B2:B9'], b => b.sheet.deleteRows(2, 8), []],
    [
      'go with a moved column',
      ['B2:B9', 'D2:D9'],
      b => b.workbook.user.moveColumn(0, 2, 5),
      [['E2:E9', 'C2:C9']],
    ],
    ['go with moved rows', ['B2:B3'], b => b.sheet.moveRows(b.sheet.getRange('2:3'), 11), [['B9:B10']]],
    ['stay when rows move inside', ['B2:B9'], b => b.workbook.user.moveRow(0, 3, 8), [['B2:B9']]],
    ['stay when rows are sorted', ['B2:B9'], b => b.workbook.user.sortRows(0, 2), [['B2:B9']]],
  ];
  test.each(changes)('%s', (_, from, change, to) => {
    const book = scaled(...from);
    change(book);
    expect(rangesOf(book.sheet)).toEqual(to);
  });

  test('a rule that a script holds keeps those it had', () => {
    const { sheet } = scaled('B2:B9');
    const [held] = sheet.getConditionalFormatRules();
    sheet.insertRowBefore(1);
    expect(held!.getRanges()[0]!.getA1Notation()).toBe('B2:B9');
  });
});
