import { smallWorld } from './support/smallWorld';

const CODE = `
function write() {
  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheets()[0];
  sheet.getRange(1, 1, 1, 2).setValues([['a', new Date(0)]]);
  SpreadsheetApp.getActiveSpreadsheet().toast('Done', 'Title');
  const [[text, date]] = sheet.getRange(1, 1, 1, 2).getValues();
  return [text, date instanceof Date, date.getTime(), sheet.getDataRange().getValues() instanceof Array];
}
function onEdit(e) {
  PropertiesService.getScriptProperties().setProperty('seen', e.range.getA1Notation() + ' ' + e.value);
  return e.authMode === ScriptApp.AuthMode.LIMITED && e.range.getSheet().getSheetId() === e.source.getSheets()[0].getSheetId();
}
function rescale() {
  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheets()[0];
  const rule = SpreadsheetApp.newConditionalFormatRule().setGradientMinpoint('#ffffff').setGradientMaxpoint('#ff0000');
  const rules = sheet.getConditionalFormatRules().concat(rule.setRanges([sheet.getRange('C2:C')]).build());
  sheet.setConditionalFormatRules(rules.map(one => one.copy().setRanges(one.getRanges()).build()));
  return sheet.getConditionalFormatRules().map(one => one.getGradientCondition().getMinType() === SpreadsheetApp.InterpolationType.MIN);
}
function missing() { try { SpreadsheetApp.getActiveSpreadsheet().getSheets()[0].newPivot(); } catch (e) {} }
function toastOnly() { SpreadsheetApp.getActiveSpreadsheet().toast('Done'); }`;

describe('the two halves together', () => {
  it('share realm, clock and outcome', () => {
    const world = smallWorld(CODE);
    const outcome = world.run('write');
    expect(outcome.error).toBeUndefined();
    expect(outcome.value).toEqual(['a', true, 0, true]);
    expect(outcome.toasts).toEqual([{ text: 'Done', title: 'Title' }]);
    expect(outcome.calls).toContain('Range.setValues');
    expect(outcome.endedAt - outcome.startedAt).toBeGreaterThanOrEqual(200);
  });

  it('tell onEdit what a person typed', () => {
    const world = smallWorld(CODE);
    const [sheet] = world.workbook.sheets;
    const { outcome, edit } = world.type(sheet!.id, 2, 3, 'hello');
    expect(edit).toMatchObject({ row: 2, column: 3, value: 'hello' });
    expect(outcome).toMatchObject({ value: true, context: 'simple-trigger' });
    expect(world.properties().all()).toEqual({ seen: 'C2 hello' });
  });

  it('keep conditional formats from one execution to the next', () => {
    const world = smallWorld(CODE);
    expect(world.run('rescale').value).toEqual([true]);
    const { value, calls } = world.run('rescale');
    expect(value).toEqual([true, true]);
    expect(calls).toContain('ConditionalFormatRuleBuilder.setGradientMinpoint');
  });

  it('need the sheet’s scope, and refuse what neither imitates', () => {
    expect(smallWorld(CODE, { scopes: [] }).run('write').error?.message).toMatch('spreadsheets.currentonly');
    expect(() => smallWorld(CODE).run('missing')).toThrow('Sheet.newPivot is not emulated');
  });
});
