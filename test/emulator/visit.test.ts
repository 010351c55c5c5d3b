import { NOON, SCOPES, smallWorld } from './support/smallWorld';
import type { World } from './world';

const CODE = `
function token(e) {
  let builder = ScriptApp.newStateToken().withMethod((e && e.method) || 'onConsent').withArgument('account', 'me');
  if (e && e.seconds !== undefined) builder = builder.withTimeout(e.seconds);
  return builder.createToken();
}
function plainToken() { return ScriptApp.newStateToken().createToken(); }
function callback() { return HtmlService.createHtmlOutput('default'); }
function badArgument(e) { ScriptApp.newStateToken().withArgument(e.name, 'x'); }
function onConsent(e) {
  SpreadsheetApp.getActiveSpreadsheet().getSheets()[0].getRange(1, 1).setValue(e.parameter.code);
  PropertiesService.getScriptProperties().setProperty('event', JSON.stringify(e));
  return HtmlService.createHtmlOutput('<p>' + ScriptApp.getProjectTriggers().length + '</p>').setTitle('Connected');
}
function ui() { SpreadsheetApp.getUi(); }
function noPage() { return 'done'; }
function hidden_() {}`;

function withToken(event?: object): { world: World; state: string; url: string } {
  const world = smallWorld(CODE);
  const state = world.run('token', event ? { event } : {}).value as string;
  return { world, state, url: `${world.callbackUrl}?code=c%201&state=${state}&referer=me.amocrm.ru` };
}

describe('a visit with a state token', () => {
  it('calls the function with what came back, and shows its page', () => {
    const { world, state, url } = withToken();
    const outcome = world.visit(url);
    expect(outcome.error).toBeUndefined();
    expect(outcome.page).toEqual({ title: 'Connected', html: '<p>0</p>', metaTags: [] });
    expect(outcome).toMatchObject({ functionName: 'onConsent', context: 'callback' });
    expect(JSON.parse(world.properties().get('event')!)).toEqual({
      parameter: { code: 'c 1', state, referer: 'me.amocrm.ru', account: 'me' },
      parameters: { code: ['c 1'], state: [state], referer: ['me.amocrm.ru'], account: ['me'] },
      queryString: `code=c%201&state=${state}&referer=me.amocrm.ru`,
      contextPath: '',
      contentLength: -1,
    });
    expect(world.workbook.display(0)).toEqual([['c 1']]);
  });

  it('has no user interface', () => {
    const { world, url } = withToken({ method: 'ui' });
    expect(world.visit(url).error?.message).toBe('Cannot call SpreadsheetApp.getUi() from this context.');
  });

  it('must be shown a page', () => {
    const { world, url } = withToken({ method: 'noPage' });
    const outcome = world.visit(url);
    expect(outcome.error?.message).toMatch(/^The script completed but/);
    expect(outcome.page).toBeUndefined();
  });

  it('calls the function `callback` when the token names none', () => {
    const world = smallWorld(CODE);
    const state = world.run('plainToken').value as string;
    expect(world.visit(`${world.callbackUrl}?state=${state}`).page?.html).toBe('default');
  });

  it('is turned away, and nothing runs', () => {
    const { world, state, url } = withToken();
    const refused = (address: string, user?: string) => {
      const outcome = world.visit(address, user ? { user } : {});
      expect({ calls: outcome.calls, page: outcome.page }).toEqual({ calls: [], page: undefined });
      expect(outcome.error?.message).not.toBe('');
      return outcome.refused;
    };
    expect(refused(url.replace(world.scriptId, 'another'))).toBe('script');
    expect(refused(world.callbackUrl)).toBe('token');
    expect(refused(`${world.callbackUrl}?state=${state}x`)).toBe('token');
    expect(refused(`${url}&state=${state}`)).toBe('token');
    expect(refused(url, 'other@example.com')).toBe('user');
    expect(refused(`${url}&account=you`)).toBe('argument');
    expect(world.visit(url).refused).toBeUndefined();
    expect(refused(url)).toBe('used');
    expect(() => world.visit('https://script.google.com/macros/s/x/exec')).toThrow('no callback of a script');
  });

  it('comes in time: a minute, or as long as the token says', () => {
    const short = withToken();
    short.world.jumpTo(NOON + 60_000);
    expect(short.world.visit(short.url).refused).toBe('expired');
    const long = withToken({ seconds: 3600 });
    long.world.jumpTo(NOON + 3_599_999);
    expect(long.world.visit(long.url).error).toBeUndefined();
  });

  it('needs the consent that its user gave', () => {
    const { world, url } = withToken();
    world.lapsed.add(world.owner);
    expect(world.visit(url).error?.message).toBe('Authorization is required to perform that action.');
  });
});

describe('a state token', () => {
  const world = smallWorld(CODE);

  it.each([[0], [3601]])('is not valid for %d seconds', seconds => {
    expect(world.run('token', { event: { seconds } }).error?.message).toBe('Invalid argument: seconds');
  });

  it.each(['none', 'hidden_'])('names a public function, not %s', method => {
    expect(world.run('token', { event: { method } }).error?.message).toBe(
      `Script function not found: ${method}`,
    );
  });

  it.each(['state', 'code', ''])('has no argument named %p', name => {
    expect(world.run('badArgument', { event: { name } }).error?.message).toBe(`Invalid argument: ${name}`);
  });

  it('is made for an authorised user with the scope', () => {
    const scope = 'https://www.googleapis.com/auth/script.scriptapp';
    const refusal = `You do not have permission to call ScriptApp.newStateToken. Required permissions: ${scope}`;
    expect(world.run('token', { context: 'simple-trigger' }).error?.message).toBe(refusal);
    const scopes = SCOPES.filter(granted => granted !== scope);
    expect(smallWorld(CODE, { scopes }).run('token').error?.message).toBe(refusal);
  });
});
