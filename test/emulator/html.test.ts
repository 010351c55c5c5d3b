import { NOON, SCOPES, smallWorld } from './support/smallWorld';

const CODE = `
function show() {
  const ui = SpreadsheetApp.getUi();
  const lock = LockService.getScriptLock();
  lock.waitLock(1);
  ui.showSidebar(HtmlService.createHtmlOutput('<p>one</p>').setTitle('First').setWidth(300));
  ui.showSidebar(HtmlService.createHtmlOutput('<p>two</p>').addMetaTag('viewport', 'width=device-width'));
  return lock.hasLock();
}
function read() {
  const output = HtmlService.createHtmlOutput('<b>x</b>').setTitle('T').setHeight(5);
  return [output.getContent(), output.getTitle()];
}
function badTag() { HtmlService.createHtmlOutput('').addMetaTag('referrer', 'no-referrer'); }
function noOutput() { SpreadsheetApp.getUi().showSidebar({ getContent: () => '' }); }
function go(e) { return eval(e.expression); }`;

describe('HtmlService', () => {
  const world = smallWorld(CODE);
  const evaluated = (expression: string) => world.run('go', { event: { expression } });

  it('makes pages', () => {
    expect(world.run('read').value).toEqual(['<b>x</b>', 'T']);
    expect(world.run('badTag').error?.message).toBe(
      'The specified meta tag cannot be used in this context: referrer',
    );
    expect(evaluated('HtmlService.createHtmlOutput(5)').error?.message).toMatch(
      /^The parameters \(number\) don't match the method signature for HtmlService.createHtmlOutput/,
    );
  });

  it.each([
    [`HtmlService.createTemplate('')`, 'HtmlService.createTemplate'],
    [`HtmlService.createHtmlOutputFromFile('a')`, 'HtmlService.createHtmlOutputFromFile'],
    [`HtmlService.createHtmlOutput('').append('')`, 'HtmlOutput.append'],
    [`HtmlService.createHtmlOutput('').setXFrameOptionsMode(1)`, 'HtmlOutput.setXFrameOptionsMode'],
    [`SpreadsheetApp.getUi().showModalDialog({}, '')`, 'Ui.showModalDialog'],
    [`SpreadsheetApp.getUi().showModelessDialog({}, '')`, 'Ui.showModelessDialog'],
  ])('refuses %s by name', (expression, name) => {
    expect(() => evaluated(expression)).toThrow(`${name} is not emulated`);
  });
});

describe('a sidebar', () => {
  it('is shown without waiting or losing locks, and replaces the one before', () => {
    const world = smallWorld(CODE);
    const outcome = world.run('show');
    expect(outcome.value).toBe(true);
    expect(outcome.sidebars).toEqual([
      { title: 'First', html: '<p>one</p>', metaTags: [], at: NOON + 40 },
      {
        title: '',
        html: '<p>two</p>',
        metaTags: [{ name: 'viewport', content: 'width=device-width' }],
        at: NOON + 40,
      },
    ]);
    expect(world.sidebars).toEqual(outcome.sidebars);
    expect(world.sidebar?.html).toBe('<p>two</p>');
    expect(outcome.calls).toContain('Ui.showSidebar');
  });

  it('takes nothing but an HtmlOutput', () => {
    expect(smallWorld(CODE).run('noOutput').error?.message).toBe('Invalid argument: userInterface');
  });

  it('needs an authorised person at the sheet, and its scope', () => {
    const scope = 'https://www.googleapis.com/auth/script.container.ui';
    const refusal = `You do not have permission to call Ui.showSidebar. Required permissions: ${scope}`;
    const world = smallWorld(CODE);
    expect(world.run('show', { context: 'simple-trigger' }).error?.message).toBe(refusal);
    expect(world.run('show', { context: 'clock' }).error?.message).toMatch('getUi() from this context');
    const scopes = SCOPES.filter(granted => granted !== scope);
    expect(smallWorld(CODE, { scopes }).run('show').error?.message).toBe(refusal);
    expect(world.sidebars).toEqual([]);
  });
});
