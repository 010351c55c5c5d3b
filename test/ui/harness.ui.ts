import type { Browser, FrameLocator } from 'playwright-core';
import { PLANTED } from '../emulator/plantedSecrets';
import { smallWorld } from '../emulator/support/smallWorld';
import type { World } from '../emulator/world';
import { launchBrowser, newVisitor, type Visitor } from './browser';
import { pretendConsent } from './consent';
import { type SidebarServer, serveSidebar } from './sidebarServer';

const PAGE = `<!DOCTYPE html>
<html><head><style>body { font: 13px Arial; }</style></head><body>
<p id="out">nothing</p>
<button id="echo">Echo</button><button id="fail">Fail</button><button id="date">Date</button>
<button id="alone">Alone</button><button id="leak">Leak</button><button id="close">Close</button>
<a id="link" target="_blank" rel="noopener">Connect</a>
<script>
  const out = text => { document.getElementById('out').textContent = text; };
  const on = (id, f) => document.getElementById(id).addEventListener('click', f);
  const run = google.script.run.withFailureHandler((error, who) => out(who + ': ' + (error instanceof Error) + ' ' + error.message));
  run.withSuccessHandler(() => {});
  on('echo', () => {
    const asked = { words: ['a'] };
    run.withUserObject('user').withSuccessHandler((answer, who) => out(who + ': ' + JSON.stringify(answer))).echo(asked);
    asked.words.push('too late');
    out('asked');
  });
  on('fail', () => run.withUserObject('failed').fail());
  on('date', () => { try { run.echo({ when: [new Date()] }); } catch (error) { out(error.message); } });
  on('alone', () => google.script.run.fail());
  on('leak', () => run.withSuccessHandler(out).leak());
  on('close', () => google.script.host.close());
  google.script.run.withSuccessHandler(url => { document.getElementById('link').href = url; }).link();
</script></body></html>`;

const CODE = `
function show() {
  const output = HtmlService.createHtmlOutput(${JSON.stringify(PAGE).replaceAll('</', '<\\/')}).setTitle('Connect <amoCRM>');
  SpreadsheetApp.getUi().showSidebar(output.addMetaTag('viewport', 'width=device-width'));
}
function echo(asked) { return { got: asked, rows: SpreadsheetApp.getActiveSpreadsheet().getSheets().length }; }
function fail() { throw new Error('No such account'); }
function leak() { return ${JSON.stringify(PLANTED)}; }
function link() {
  const state = ScriptApp.newStateToken().withMethod('onConsent').createToken();
  return 'https://www.amocrm.ru/oauth?client_id=c1&state=' + state;
}
function onConsent(e) {
  const said = e.parameter.error ? 'refused: ' + e.parameter.error : 'code ' + e.parameter.code + ' of ' + e.parameter.referer;
  return HtmlService.createHtmlOutput('<h1>' + said + '</h1>').setTitle('Connected');
}`;

describe('the harness', () => {
  let browser: Browser | undefined;
  let world: World;
  let server: SidebarServer;
  let visitor: Visitor;
  let sidebar: FrameLocator;

  const said = (text: string) => sidebar.locator('#out').getByText(text, { exact: true }).waitFor();

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    world = smallWorld(CODE);
    world.run('show');
    server = await serveSidebar(world);
    visitor = await newVisitor(browser!);
    sidebar = visitor.page.frameLocator('iframe');
  });
  afterEach(async () => {
    await visitor.close();
    await server.close();
  });

  const open = async () => {
    await visitor.page.goto(server.url);
    await sidebar.locator('#link[href]').waitFor();
  };

  it('shows the sidebar in its place, 300 pixels wide, under its title', async () => {
    await open();
    const frame = visitor.page.locator('iframe');
    expect((await frame.boundingBox())?.width).toBe(300);
    expect(await visitor.page.locator('h1').textContent()).toBe('Connect <amoCRM>');
    expect(await sidebar.locator('meta[name=viewport]').getAttribute('content')).toBe('width=device-width');
    await visitor.screenshot('harness');
    expect(visitor.problems).toEqual([]);
  });

  it('calls the script asynchronously, each chain with handlers of its own', async () => {
    server.delayMs = 100;
    await open();
    await sidebar.locator('#echo').click();
    expect(await sidebar.locator('#out').textContent()).toBe('asked');
    await said('user: {"got":{"words":["a"]},"rows":1}');
    await sidebar.locator('#fail').click();
    await said('failed: true No such account');
    expect(server.calls.map(({ functionName, context }) => [functionName, context])).toEqual([
      ['link', 'page'],
      ['echo', 'page'],
      ['fail', 'page'],
    ]);
    expect([visitor.problems, server.faults]).toEqual([[], []]);
  });

  it('lets nothing but plain data into a call', async () => {
    await open();
    await sidebar.locator('#date').click();
    await said('The argument of echo.when[0] is a Date, which cannot pass between page and script');
    expect(visitor.problems).toEqual([]);
  });

  it('notices an error that the page does not handle, and a planted secret', async () => {
    await open();
    await sidebar.locator('#alone').click();
    await visitor.page.waitForTimeout(300);
    expect(visitor.problems).toEqual([
      'Console: google.script.run.fail failed without a failure handler: No such account',
    ]);
    await sidebar.locator('#leak').click();
    await visitor.page.waitForTimeout(300);
    expect(server.faults.map(String)).toEqual(['Error: A planted secret got out: the answer to the page']);
    expect(visitor.problems.length).toBeGreaterThan(1);
  });

  it('closes the sidebar, by the page and by its cross', async () => {
    await open();
    const closed = () => visitor.page.locator('iframe').waitFor({ state: 'detached' });
    await sidebar.locator('#close').click();
    await closed();
    expect(world.sidebar).toBeUndefined();
    world.run('show');
    await open();
    await visitor.page.getByLabel('Close sidebar').click();
    await closed();
    await visitor.page.reload();
    expect(await visitor.page.locator('iframe').count()).toBe(0);
    expect(visitor.problems).toEqual([]);
  });

  it.each([
    ['Allow', 'code c 1 of me.amocrm.ru'],
    ['Refuse', 'refused: access_denied'],
  ])('goes to the consent page and back: %s', async (choice, shown) => {
    const consent = await pretendConsent(visitor.context, {
      world,
      code: () => 'c 1',
      referer: 'me.amocrm.ru',
    });
    await open();
    const popup = visitor.context.waitForEvent('page');
    await sidebar.locator('#link').click();
    const amocrm = await popup;
    await amocrm.getByRole('link', { name: choice }).click();
    await amocrm.getByRole('heading', { name: shown }).waitFor();
    expect(await amocrm.title()).toBe('Connected');
    expect(consent.asked.map(url => url.searchParams.get('client_id'))).toEqual(['c1']);
    expect(consent.visits.map(({ refused, error }) => [refused, error])).toEqual([[undefined, undefined]]);
    expect([visitor.problems, consent.faults]).toEqual([[], []]);
  });

  it('keeps the page off the network', async () => {
    await open();
    await visitor.page.goto('https://example.com/').catch(() => undefined);
    expect(visitor.problems[0]).toBe('Request to https://example.com/');
  });
});
