import { openBook } from './fake-execution';
import { scaledBackgrounds } from './model/color-scale';

type Builder = GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
type Types = typeof GoogleAppsScript.Spreadsheet.InterpolationType;
type Shape = (rule: Builder, types: Types) => Builder;

/** The colours that the values have in column A, under one rule for it. */
function colorsOf(values: unknown[], shape: Shape): (string | undefined)[] {
  const { app, sheet, workbook } = openBook();
  const range = sheet.getRange(1, 1, values.length);
  range.setValues(values.map(value => [value]));
  const rule = shape(app.newConditionalFormatRule().setRanges([range]), app.InterpolationType).build();
  sheet.setConditionalFormatRules([rule]);
  const model = workbook.sheet(0);
  const colors = scaledBackgrounds(model);
  return values.map((_, i) => {
    const cell = model.cell(i + 1, 1);
    return cell && colors.get(cell);
  });
}

const whiteToRed: Shape = rule => rule.setGradientMinpoint('#ffffff').setGradientMaxpoint('#ff0000');

test('numbers lie between the colours of the least and the greatest one', () => {
  expect(colorsOf([10, 20, 12.5, 0, 5], whiteToRed)).toEqual([
    '#ff8080',
    '#ff0000',
    '#ff6060',
    '#ffffff',
    '#ffbfbf',
  ]);
});

test('blanks, texts, truth values and formulas have none and do not count; dates are numbers', () => {
  const colors = colorsOf(
    ['', 'текст', true, '=1', "'500", 45973, new Date(Date.UTC(2025, 10, 12))],
    whiteToRed,
  );
  expect(colors.slice(0, 5)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(colors.slice(5)).toEqual(['#ffffff', '#ff0000']);
});

test('equal numbers have the colour of the least, and a sheet without numbers has none', () => {
  expect(colorsOf([7, 7], whiteToRed)).toEqual(['#ffffff', '#ffffff']);
  expect(colorsOf(['', 'x'], whiteToRed)).toEqual([undefined, undefined]);
});

const points: [name: string, values: number[], shape: Shape, colors: string[]][] = [
  [
    'numbers beyond fixed ends have the colours of the ends',
    [-5, 0, 50, 100, 101],
    (rule, { NUMBER }) =>
      rule
        .setGradientMinpointWithValue('#000000', NUMBER, '0')
        .setGradientMaxpointWithValue('#0000ff', NUMBER, '100'),
    ['#000000', '#000000', '#000080', '#0000ff', '#0000ff'],
  ],
  [
    'a midpoint has its own colour',
    [0, 15, 30, 65, 100],
    (rule, { NUMBER }) =>
      rule
        .setGradientMinpoint('#ff0000')
        .setGradientMidpointWithValue('#ffffff', NUMBER, '30')
        .setGradientMaxpoint('#00ff00'),
    ['#ff0000', '#ff8080', '#ffffff', '#80ff80', '#00ff00'],
  ],
  [
    'a percentage is of the way between least and greatest',
    [100, 125, 150, 300],
    (rule, { PERCENT }) =>
      rule.setGradientMinpoint('#000000').setGradientMaxpointWithValue('#0000ff', PERCENT, '25'),
    ['#000000', '#000080', '#0000ff', '#0000ff'],
  ],
  [
    'a percentile counts the numbers',
    [1, 2, 3, 1000],
    (rule, { PERCENTILE }) =>
      rule.setGradientMinpoint('#000000').setGradientMaxpointWithValue('#0000ff', PERCENTILE, '50'),
    ['#000000', '#0000aa', '#0000ff', '#0000ff'],
  ],
  [
    'ends in the wrong order leave no colours between them',
    [1, 7, 20],
    (rule, { NUMBER }) =>
      rule
        .setGradientMinpointWithValue('#000000', NUMBER, '10')
        .setGradientMaxpointWithValue('#0000ff', NUMBER, '5'),
    ['#000000', '#000000', '#0000ff'],
  ],
];
test.each(points)('%s', (_, values, shape, colors) => {
  expect(colorsOf(values, shape)).toEqual(colors);
});

test('all ranges of a rule are one scale, every rule is its own, and the first one wins', () => {
  const { app, sheet, workbook } = openBook();
  sheet.getRange('A1:D2').setValues([
    [0, 5, 10, 1],
    [100, 100, 20, 2],
  ]);
  const scale = (max: string, ...ranges: string[]) =>
    app
      .newConditionalFormatRule()
      .setGradientMinpoint('#000000')
      .setGradientMaxpoint(max)
      .setRanges(ranges.map(range => sheet.getRange(range)))
      .build();
  const bold = app
    .newConditionalFormatRule()
    .whenCellNotEmpty()
    .setBold(true)
    .setRanges([sheet.getRange('A:D')]);
  sheet.setConditionalFormatRules([
    bold.build(),
    scale('#0000ff', 'A1', 'C1:C2'),
    scale('#ff0000', 'C:D'),
    scale('#00ff00', 'Y900:Z1000'),
  ]);
  const model = workbook.sheet(0);
  const colors = scaledBackgrounds(model);
  const shown = [1, 2].map(row => [1, 2, 3, 4].map(column => colors.get(model.cell(row, column)!)));
  expect(shown).toEqual([
    ['#000000', undefined, '#000080', '#000000'],
    [undefined, undefined, '#0000ff', '#0d0000'],
  ]);
  expect(sheet.getRange('C1').getBackground()).toBe('#ffffff');
});
