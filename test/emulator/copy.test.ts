import { NOON, smallWorld } from './support/smallWorld';
import type { World } from './world';

const CODE = `
function setUp() {
  const book = SpreadsheetApp.getActiveSpreadsheet();
  const sheet = book.getSheets()[0].setName('Report');
  sheet.getRange(1, 1, 1, 2).setValues([['Leads', 5]]).setFontWeight('bold');
  sheet.getRange(1, 2).setNumberFormat('0.00').setNote('a note');
  sheet.addDeveloperMetadata('role', 'report');
  sheet.addDeveloperMetadata('mine', 'x', SpreadsheetApp.DeveloperMetadataVisibility.PROJECT);
  const protection = sheet.protect();
  protection.removeEditors(['somebody@example.com']);
  protection.addEditor('friend@example.com');
  book.insertSheet('Hidden').hideSheet();
  ScriptApp.newTrigger('ids').timeBased().everyHours(1).create();
  PropertiesService.getScriptProperties().setProperty('token', 'x');
  PropertiesService.getUserProperties().setProperty('own', 'y');
  CacheService.getScriptCache().put('a', 'b');
  SpreadsheetApp.getUi().createMenu('Menu').addItem('ids', 'ids').addToUi();
  return ScriptApp.newStateToken().withMethod('ids').createToken();
}
function ids() { return [SpreadsheetApp.getActiveSpreadsheet().getId(), ScriptApp.getScriptId()]; }
function write() { SpreadsheetApp.getActiveSpreadsheet().getSheetByName('Report').getRange(1, 1).setValue('mine'); }
function add() { return SpreadsheetApp.getActiveSpreadsheet().insertSheet('More').getSheetId(); }`;

function original(): { world: World; state: string } {
  const world = smallWorld(CODE);
  return { world, state: world.run('setUp').value as string };
}

describe('a copied spreadsheet', () => {
  it('is another file with another script', () => {
    const { world, state } = original();
    const copy = world.copy({ owner: 'new@example.com' });
    const [mine, theirs] = [world, copy].map(one => one.run('ids').value as string[]);
    expect(theirs![0]).not.toBe(mine![0]);
    expect(theirs![1]).not.toBe(mine![1]);
    expect(copy.copy().run('ids').value).not.toEqual(theirs);
    expect(world.copy().run('ids').value).not.toEqual(theirs);
    expect(copy.visit(`${world.callbackUrl}?state=${state}`).refused).toBe('script');
    expect(copy.visit(`${copy.callbackUrl}?state=${state}`).refused).toBe('token');
    expect([copy.owner, copy.workbook.owner]).toEqual(['new@example.com', 'new@example.com']);
    expect(copy.now()).toBe(world.now());
    copy.jumpTo(NOON + 3_600_000);
    expect(world.now()).toBeLessThan(copy.now());
  });

  it('has the same sheets, and changes alone', () => {
    const { world } = original();
    const copy = world.copy();
    const [sheet, hidden] = copy.workbook.sheets;
    expect([sheet!.title, hidden!.title, hidden!.hidden]).toEqual(['Report', 'Hidden', true]);
    expect([sheet!.id, hidden!.id]).toEqual(world.workbook.sheets.map(({ id }) => id));
    expect(copy.workbook.display('Report')).toEqual([['Leads', '5,00']]);
    expect(sheet!.cell(1, 2)).toEqual(world.workbook.sheet('Report').cell(1, 2));
    expect(copy.workbook.sheetsMarked('role', 'report')).toEqual([sheet]);
    expect(copy.workbook.metadata.find(({ key }) => key === 'mine')).toEqual([]);
    expect(copy.workbook.name).toBe('Новая таблица (копия)');
    expect(copy.run('add').value).toBe(world.run('add').value);
    copy.run('write');
    expect(world.workbook.display('Report')[0]![0]).toBe('Leads');
    expect(copy.workbook.display('Report')[0]![0]).toBe('mine');
  });

  it('belongs with its protections to whoever made it', () => {
    const copy = original().world.copy({ owner: 'new@example.com' });
    expect(copy.run('write').error).toBeUndefined();
    expect(copy.run('write', { user: 'friend@example.com' }).error?.message).toMatch('protected');
    expect(copy.run('write', { user: 'owner@example.com' }).error?.message).toMatch('protected');
  });

  it('has nothing of what Google keeps beside the file', () => {
    const { world } = original();
    const copy = world.copy();
    expect(copy.properties().keys()).toEqual([]);
    expect(copy.properties(`user ${copy.owner}`).keys()).toEqual([]);
    expect(copy.cache().get('a', copy.now())).toBeUndefined();
    expect([copy.triggers, copy.menus, copy.stateTokens, copy.mail]).toEqual([[], [], [], []]);
    expect(copy.advanceTo(copy.now() + 7_200_000)).toEqual([]);
    expect(world.triggers).toHaveLength(1);
  });

  it('may in the worst case have the properties', () => {
    const copy = original().world.copy({ withProperties: true });
    expect(copy.properties().all()).toEqual({ token: 'x' });
    expect(copy.properties(`user ${copy.owner}`).keys()).toEqual([]);
  });
});
