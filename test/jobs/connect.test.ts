import type { AmoErrorCode } from '../../src/core/amoError';
import { type Connection, longLived } from '../../src/core/connection';
import type { ConnectRequest } from '../../src/core/connectRequest';
import { SCHEMA_VERSION } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { connectRequest, openConnect } from '../../src/jobs/connect';
import { saidBy } from '../../src/jobs/connectStory';
import { connectCallback } from '../../src/jobs/consentReturn';
import { setUp } from '../../src/jobs/setUp';
import { withCode } from '../../src/jobs/waysToConnect';
import { SheetProtected } from '../../src/ports';
import { json, noConnection, pathOf } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, REDIRECT_URI, type WorldParts } from '../support/inMemoryOutside';
import { SMALL_TOKEN, smallAccount } from '../support/smallAccount';
import { tokenWith } from '../support/tokenText';

const { en, ru } = TEXTS;
const HOST = 'mycompany.amocrm.ru';
const KEYS = { clientId: 'an-id', clientSecret: 'a-cl1ent-s3cret' };
const CODE = 'a-c0de-of-twenty-minutes';
const ACCESS = 'an-acc3ss-token';
const REFRESH = 'a-r3fresh-token';
const SECRETS = [SMALL_TOKEN, KEYS.clientSecret, CODE, ACCESS, REFRESH];

/** An account whose integration gives out one pair for one code. */
function world(parts: WorldParts = {}, { connected = false, hint = '' } = {}) {
  const exchanges: Record<string, unknown>[] = [];
  const amo = smallAccount({
    fault(request) {
      if (pathOf(request) !== '/oauth2/access_token') return undefined;
      exchanges.push(JSON.parse(request.json ?? '{}') as Record<string, unknown>);
      if (hint !== '') return json({ hint, status: 400 }, 400);
      amo.token = ACCESS;
      return json({ access_token: ACCESS, refresh_token: REFRESH, expires_in: 86_400 });
    },
  });
  const known = { id: amo.id, name: 'Пример', timeZone: 'Europe/Moscow', host: HOST };
  const kept = { ...longLived(SMALL_TOKEN), host: HOST, accountId: amo.id };
  const one = inMemoryOutside({
    ...{ person: [], server: amo.server, settings: { baseUrl: 'mycompany' } },
    properties: connected ? { account: JSON.stringify(known), connection: JSON.stringify(kept) } : {},
    ...parts,
  });
  return { amo, exchanges, one };
}

function ask(one: InMemory, request: ConnectRequest | object) {
  const answer = connectRequest(one.outside, request);
  for (const secret of SECRETS) expect(JSON.stringify(answer)).not.toContain(secret);
  expect(one.shown).toEqual([]);
  return answer;
}

const cell = (one: InMemory, key: string) => one.contents.settings.find(row => row.key === key)?.value;
const connection = (one: InMemory) =>
  JSON.parse(one.properties.get('connection') ?? 'null') as Connection | null;

/** What is to be done follows it in one line. */
const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);
const todoOf = (code: AmoErrorCode) => ru.connection.todo[code] ?? ru.error.todo(code);

describe('what the sidebar asks for', () => {
  it('opens with the sheets made', () => {
    const { one } = world({ settings: undefined });
    openConnect(one.outside);
    expect([one.contents.made, one.shown]).toEqual([true, ['sidebar ru']]);
  });

  it('an address: kept at once, the sheets made where there are none', () => {
    const { one } = world({ settings: undefined });
    expect(ask(one, { ask: 'address', address: 'https://My-Company.kommo.com/x' })).toMatchObject({
      said: { ok: true, what: 'my-company.kommo.com', todo: '' },
      state: { address: 'my-company.kommo.com', connection: 'none', redirectUri: REDIRECT_URI },
    });
    expect(cell(one, 'baseUrl')).toBe('my-company.kommo.com');
    expect(one.contents.problems.join()).not.toContain('Укажите адрес');
  });

  it('another address: what was known of the connection does not hold there', () => {
    const { one } = world({}, { connected: true });
    expect(ask(one, { ask: 'state' }).state).toMatchObject({ connection: 'works', account: 'Пример' });
    expect(ask(one, { ask: 'address', address: 'other' }).state).toMatchObject({
      connection: 'none',
      account: '',
    });
    expect(ask(one, { ask: 'address', address: 'mycompany' }).state.connection).toBe('works');
  });

  it('a token: tried, kept, the work scheduled, days that were missed opened', () => {
    const reports = JSON.stringify({
      since: '2026-11-10',
      asked: [],
      open: false,
      failures: 3,
      retryAt: 9e12,
      tries: {},
    });
    const { one } = world({ properties: { reports } });
    const { said, state } = ask(one, { ask: 'token', token: SMALL_TOKEN });
    const what = `${ru.setUp.connected('Пример', 'Europe/Moscow')} ${ru.setUp.scheduled('03:00', 60)}`;
    expect(said).toEqual({ ok: true, what, todo: '' });
    expect(state).toMatchObject({ connection: 'works', way: 'token', account: 'Пример' });
    expect(connection(one)).toMatchObject({ access: SMALL_TOKEN, host: HOST, accountId: 31_415_926 });
    expect(one.triggers.map(({ handler }) => handler).sort()).toEqual(['dailyReport', 'hourlyPing']);
    expect(JSON.parse(one.properties.get('reports')!)).toMatchObject({ open: true, failures: 0, retryAt: 0 });
    expect(one.contents.problems.join()).not.toContain('Вставьте токен');
    expect(one.contents.tables.log).toMatchObject([{ level: 'INFO', job: 'Подключение', what }]);
  });

  it('a token that fails: nothing changes but what was heard of amoCRM', () => {
    const { amo, one } = world({}, { connected: true });
    const before = connection(one);
    amo.fault = () => noConnection;
    expect(ask(one, { ask: 'token', token: 'an0ther' }).said).toMatchObject({ ok: false, field: 'address' });
    amo.fault = undefined;
    expect(ask(one, { ask: 'token', token: 'an0ther' }).said).toMatchObject({
      ...{ ok: false, field: 'token', todo: ru.connection.todo['token-refused'] },
    });
    const foreign = tokenWith({ account: 27_182_818 });
    expect(ask(one, { ask: 'token', token: foreign }).said).toMatchObject({
      ...{
        field: 'token',
        what: `${ru.connection.foreign('Пример')}.`,
        todo: ru.connection.foreignTodo(HOST),
      },
    });
    expect(one.requests).toHaveLength(2);
    ask(one, { ask: 'address', address: 'other' });
    const elsewhere = ask(one, { ask: 'token', token: foreign });
    expect(elsewhere.said).toMatchObject({
      field: 'address',
      what: `other.amocrm.ru: ${ru.connection.foreign('Пример')}.`,
      todo: ru.connection.foreignTodo(HOST),
    });
    expect(elsewhere.state).toMatchObject({ address: HOST, connection: 'works', account: 'Пример' });
    amo.id = 27_182_818;
    expect(ask(one, { ask: 'token', token: SMALL_TOKEN }).said).toMatchObject({ ok: false, field: 'token' });
    expect(connection(one)).toEqual(before);
    expect(ask(one, { ask: 'state' }).state.connection).toBe('works');
  });

  it('a link: keys kept, the secret out of sight', () => {
    const { one } = world();
    const { link, state } = ask(one, { ask: 'link', ...KEYS });
    expect(link).toBe('https://www.amocrm.ru/oauth?client_id=an-id&state=state-token&mode=post_message');
    expect(state).toMatchObject({ clientId: 'an-id', hasSecret: true, connection: 'none' });
    expect([cell(one, 'clientId'), cell(one, 'clientSecret')]).toEqual(['an-id', '••••••••']);
    expect(one.requests).toEqual([]);
    expect(ask(one, { ask: 'link', clientId: 'an-id', clientSecret: '••••••••' }).link).toBe(link);
    expect(JSON.parse(one.properties.get('typed')!)).toEqual({ clientSecret: KEYS.clientSecret });
  });

  it('a code: exchanged once, whatever is pressed how often', () => {
    const { exchanges, one } = world();
    for (let time = 0; time < 3; time += 1) {
      expect(ask(one, { ask: 'code', ...KEYS, code: CODE })).toMatchObject({
        said: { ok: true },
        state: { connection: 'works', way: 'oauth', hasSecret: true },
      });
    }
    expect(exchanges).toEqual([
      {
        ...{ client_id: 'an-id', client_secret: KEYS.clientSecret, grant_type: 'authorization_code' },
        ...{ code: CODE, redirect_uri: REDIRECT_URI },
      },
    ]);
    expect(one.properties.get('typed')).not.toContain(CODE);
    one.properties.delete('typed');
    for (const clientSecret of ['', ' ']) {
      expect(ask(one, { ask: 'link', clientId: ' an-id ', clientSecret }).link).toContain('client_id=an-id&');
    }
    for (const secret of SECRETS) expect(one.everythingShown()).not.toContain(secret);
  });

  it.each([
    ['Authorization code has expired', 'code', 'code-expired'],
    ['Authorization code has been revoked', 'code', 'code-used'],
    ['Cannot decrypt the authorization code', 'code', 'code-unreadable'],
    ['Check the `client_id` parameter', 'clientId', 'wrong-client-id'],
    ['Check the `client_secret` parameter', 'clientSecret', 'wrong-client-secret'],
    ['Redirect URI is not associated with client', undefined, 'wrong-redirect-uri'],
    ['Invalid account', 'address', 'wrong-account-host'],
    ['Something new', undefined, 'refused'],
  ] as const)(
    'amoCRM says “%s”: the field is %s, and the connection before serves on',
    (hint, field, code) => {
      const { one } = world({}, { connected: true, hint });
      const before = connection(one);
      const { said, state } = ask(one, { ask: 'code', ...KEYS, code: CODE });
      const host = field === 'address' ? `${HOST}: ` : '';
      expect(said!.what).toBe(sentence(host + ru.error.what(code, 400)));
      expect([said!.ok, said!.todo, said!.field]).toEqual([false, todoOf(code), field]);
      expect(connection(one)).toEqual(before);
      expect(state).toMatchObject({ connection: 'works', way: 'token' });
      expect(one.contents.tables.log).toHaveLength(1);
    },
  );

  it('a code while another run holds the line is kept for the next one', () => {
    const { exchanges, one } = world();
    const since = one.clock.now();
    one.properties.set(
      'lease',
      JSON.stringify({ id: 'x', holder: 'hourlyPing', since, until: since + 60_000 }),
    );
    const { said } = ask(one, { ask: 'code', ...KEYS, code: CODE });
    expect(said).toMatchObject({
      ok: false,
      what: 'Замер: уже выполняется с 03:05.',
      todo: ru.connection.codeWaits,
    });
    expect(one.contents.tables.log).toMatchObject([{ level: 'WARN' }]);
    expect(JSON.parse(one.properties.get('typed')!)).toEqual({ clientSecret: KEYS.clientSecret, code: CODE });
    one.properties.delete('lease');
    expect(ask(one, { ask: 'code', ...KEYS, code: CODE }).said).toMatchObject({ ok: true });
    expect(exchanges).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no object', 'token'],
    ['an unknown wish', { ask: '__proto__' }],
    ['wrong types', { ask: ['token'], token: {} }],
  ])('%s: how things stand, and nothing is written', (_, request) => {
    const { one } = world({}, { connected: true });
    const before = new Map(one.properties);
    const answer = connectRequest(one.outside, request);
    expect(Object.keys(answer)).toEqual(['state']);
    expect(one.properties).toEqual(before);
  });

  it('a sheet that is protected, a sheet of newer code: said, not thrown', () => {
    const guarded = world({}, { connected: true }).one;
    guarded.steps.interfere = port => {
      if (port.startsWith('settings.setValue')) throw new SheetProtected('Настройки', ['owner@example.com']);
    };
    expect(ask(guarded, { ask: 'address', address: 'other' }).said).toMatchObject({
      ...{ ok: false, what: `${ru.sheetProtected('Настройки', 'owner@example.com')}.` },
    });
    const newer = world({}, { connected: true }).one;
    newer.contents.schemaVersion = SCHEMA_VERSION + 1;
    expect(ask(newer, { ask: 'state' }).said).toEqual({
      ok: false,
      what: `${ru.newerSheet}.`,
      todo: ru.newerSheetTodo,
    });
    const text = `${ru.newerSheet}. ${ru.newerSheetTodo}`;
    expect(connectCallback(newer.outside, { code: CODE })).toEqual({ ok: false, language: 'ru', text });
    expect(newer.properties.has('typed')).toBe(false);
    expect(newer.requests).toEqual([]);
    const broken = world().one;
    broken.steps.interfere = port => {
      if (port === 'properties.readAll') throw new Error('broken');
    };
    expect(() => connectRequest(broken.outside, { ask: 'state' })).toThrow('broken');
  });

  const words = ru.connection;
  const CODED = { ask: 'code', ...KEYS, code: CODE };
  it.each<[string, object, WorldParts, string, string]>([
    ['an address of somebody else', { ask: 'address', address: 'evil.com' }, {}, 'address', words.badAddress],
    ['a token in Cyrillic', { ask: 'token', token: 'токен' }, {}, 'token', ru.setUp.badToken],
    [
      'a token without an address',
      { ask: 'token', token: 't0ken' },
      { settings: {} },
      'address',
      words.needsAddress,
    ],
    ['a link without an address', { ask: 'link', ...KEYS }, { settings: {} }, 'address', words.needsAddress],
    ['a link without an id', { ask: 'link', ...KEYS, clientId: ' ' }, {}, 'clientId', words.needsClientId],
    [
      'a link without a secret',
      { ask: 'link', clientId: 'an-id', clientSecret: '' },
      {},
      'clientSecret',
      words.needsSecret,
    ],
    [
      'a secret that cannot be one, beside one that is kept',
      { ask: 'link', clientId: 'an-id', clientSecret: 'ключ' },
      { properties: { typed: JSON.stringify({ clientSecret: 'kept' }) } },
      'clientSecret',
      words.needsSecret,
    ],
    ['no code', { ...CODED, code: '' }, {}, 'code', words.needsCode],
    ['a code without an address', CODED, { settings: {} }, 'address', words.needsAddress],
    ['a code without an id', { ...CODED, clientId: '' }, {}, 'clientId', words.needsClientId],
    ['a code without a secret', { ...CODED, clientSecret: '' }, {}, 'clientSecret', words.needsSecret],
  ])('%s: said beside its field; nothing is asked, kept or logged', (_, request, parts, field, what) => {
    const { one } = world(parts);
    const typedBefore = one.properties.get('typed');
    expect(ask(one, request)).toMatchObject({
      said: { ok: false, what: sentence(what), todo: '', field },
    });
    expect(one.requests).toEqual([]);
    expect(one.properties.get('typed')).toBe(typedBefore);
    expect(one.contents.tables.log).toEqual([]);
  });

  it('an address is written into its cell, and nothing else is made anew', () => {
    const { one } = world();
    ask(one, { ask: 'address', address: 'other' });
    expect(one.steps.log).toContain('settings.setValue baseUrl');
    expect(one.steps.log).not.toContain('workbook.ensure');
  });

  it('a settings sheet that a person has deleted is made again', () => {
    const { one } = world();
    const { workbook } = one.outside;
    let isThere = false;
    const { ensure, has } = workbook;
    workbook.has = key => has(key) && (key !== 'settings' || isThere);
    workbook.ensure = texts => {
      isThere = true;
      ensure(texts);
    };
    expect(ask(one, { ask: 'address', address: 'other' }).said).toMatchObject({ ok: true });
    expect([isThere, cell(one, 'baseUrl')]).toEqual([true, 'other.amocrm.ru']);
  });

  it('a code is not used up where its keys could not be kept', () => {
    const { exchanges, one } = world();
    one.steps.interfere = port => {
      if (port.startsWith('settings.setValue')) throw new SheetProtected('Настройки', []);
    };
    expect(ask(one, CODED).said).toMatchObject({ ok: false });
    expect(exchanges).toEqual([]);
    expect(one.properties.get('typed')).not.toContain(CODE);
  });

  it('a token of the known account, in the place of what an earlier version has kept', () => {
    const { amo, one } = world({}, { connected: true });
    one.properties.set('token', 'an-older-token');
    amo.token = tokenWith({ account: amo.id });
    expect(ask(one, { ask: 'token', token: amo.token }).said).toMatchObject({ ok: true });
    expect(connection(one)?.access).toBe(amo.token);
    expect(one.properties.has('token')).toBe(false);
  });

  it('a token while another run holds the line: nothing is asked', () => {
    const { one } = world();
    const since = one.clock.now();
    one.properties.set('lease', JSON.stringify({ id: 'x', holder: 'setUp', since, until: since + 60_000 }));
    expect(ask(one, { ask: 'token', token: SMALL_TOKEN }).said).toMatchObject({
      what: sentence(ru.alreadyRunning('Настройка', '03:05')),
      todo: `${ru.effect.nothingDone} ${ru.alreadyRunningTodo}`,
    });
    expect(one.requests).toEqual([]);
  });

  it('another account at another address: the address that was known is back', () => {
    const { amo, one } = world({}, { connected: true });
    ask(one, { ask: 'address', address: 'other' });
    expect(ask(one, { ask: 'token', token: 'wr0ng-token' }).said).toMatchObject({
      ok: false,
      field: 'token',
    });
    expect(cell(one, 'baseUrl')).toBe('other.amocrm.ru');
    amo.id = 27_182_818;
    const { said, state } = ask(one, { ask: 'token', token: SMALL_TOKEN });
    expect(said).toMatchObject({
      ok: false,
      field: 'address',
      what: `other.amocrm.ru: ${words.foreign('Пример')}.`,
    });
    expect(cell(one, 'baseUrl')).toBe(HOST);
    expect(state.connection).toBe('works');
    const from = one.steps.log.length;
    ask(one, { ask: 'token', token: SMALL_TOKEN });
    expect(one.steps.log.slice(from)).not.toContain('settings.setValue baseUrl');
  });

  it('a code of another account at the known address: the connection before is back', () => {
    const { amo, one } = world({}, { connected: true });
    const before = connection(one);
    amo.id = 27_182_818;
    expect(ask(one, CODED).said).toMatchObject({
      ...{ ok: false, field: 'code', what: `${words.foreign('Пример')}.` },
    });
    expect(connection(one)).toEqual(before);
  });

  it('of a token that cannot be tried the address is named, of others it is not', () => {
    const { amo, one } = world();
    amo.fault = () => noConnection;
    expect(ask(one, { ask: 'token', token: 't0ken-1' }).said!.what).toBe(
      sentence(`${HOST}: ${ru.error.what('no-connection', 0)}`),
    );
    amo.fault = () => json({ status: 401 }, 401);
    expect(ask(one, { ask: 'token', token: 't0ken-1' }).said!.what).toBe(
      sentence(ru.error.what('token-refused', 401)),
    );
    amo.fault = () => {
      throw new Error('broken');
    };
    expect(ask(one, { ask: 'token', token: 't0ken-1' }).said!.what).toBe(sentence(ru.unexpected('broken')));
  });

  it('tokens that a code has made and that are refused at once: told once, of no field', () => {
    const { amo, one } = world();
    const { fault } = amo;
    amo.fault = (request, nth) =>
      pathOf(request) === '/api/v4/account' ? json({ status: 401 }, 401) : fault?.(request, nth);
    const { said } = ask(one, CODED);
    expect(said).toMatchObject({ ok: false, what: sentence(ru.error.what('token-refused', 401)) });
    expect(said).not.toHaveProperty('field');
    expect(one.contents.tables.log).toHaveLength(1);
  });

  it.each<[string, WorldParts, string, string]>([
    ['the address', { settings: { clientId: 'an-id' } }, 'address', words.needsAddress],
    ['the id', {}, 'clientId', words.needsClientId],
    [
      'the secret',
      { settings: { baseUrl: 'mycompany', clientId: 'an-id' } },
      'clientSecret',
      words.needsSecret,
    ],
  ])('a code that came while %s is missing', (_, parts, field, what) => {
    const { one } = world(parts);
    expect(withCode(one.outside, CODE).said).toEqual({ ok: false, what: sentence(what), todo: '', field });
    expect(one.requests).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['typed', false],
    ['that was good before', true],
  ])('a code that another run was refused with, and a secret %s: another code is needed', (_, before) => {
    const settings = { baseUrl: 'mycompany', clientId: 'an-id' };
    const { one } = world({ settings });
    if (before) ask(one, CODED);
    else one.properties.set('typed', JSON.stringify({ clientSecret: KEYS.clientSecret }));
    one.steps.interfere = (port, detail) => {
      if (port === 'properties.change' && detail?.includes('lease')) one.properties.delete('typed');
    };
    const { said } = withCode(one.outside, 'an0ther-code');
    expect(said).toEqual({ ok: false, what: sentence(words.needsCode), todo: '', field: 'code' });
  });

  it('no day was missed: none is opened', () => {
    const { one } = world();
    ask(one, { ask: 'token', token: SMALL_TOKEN });
    expect(JSON.parse(one.properties.get('reports')!)).toMatchObject({ since: '2026-11-19', open: false });
    ask(one, { ask: 'token', token: SMALL_TOKEN });
    expect(JSON.parse(one.properties.get('reports')!)).toMatchObject({ since: '2026-11-19', open: false });
  });

  it('set-up tries a token that was refused before: it may have been mended', () => {
    const { one } = world({ person: [false] }, { connected: true });
    const since = one.clock.now() - 86_400_000;
    const refusal = { since, from: since, times: 5, host: HOST, cause: 'token-refused' };
    one.properties.set('connection', JSON.stringify({ ...connection(one), refusal }));
    setUp(one.outside);
    expect(one.shown.join()).toContain(ru.setUp.connected('Пример', 'Europe/Moscow'));
    expect(connection(one)).not.toHaveProperty('refusal');
  });

  it.each<[string[], object | undefined]>([
    [[], undefined],
    [['Что случилось'], { ok: false, what: 'Что случилось.', todo: '' }],
    [['Что\n\nДелать!', 'И ещё'], { ok: false, what: 'Что.', todo: 'Делать! И ещё.' }],
  ])('what the frame has said, %j, is said in the sidebar', (heard, said) => {
    expect(saidBy(heard)).toEqual(said);
  });

  it('in a copy nothing of the original is used', () => {
    const { one } = world({}, { connected: true });
    one.contents.isCopy = true;
    const { state } = ask(one, { ask: 'address', address: 'mycompany' });
    expect(state).toMatchObject({ connection: 'none', way: '', account: '' });
    expect(connection(one)).toBeNull();
    one.contents.isCopy = true;
    const said = ask(one, { ask: 'token', token: SMALL_TOKEN }).said!.what;
    const connected = ru.setUp.connected('Пример', 'Europe/Moscow');
    expect(said).toBe(`${ru.copied}. ${connected} ${ru.setUp.scheduled('03:00', 60)}`);
  });
});

describe('the way back from the consent', () => {
  const back = (one: InMemory, returned: Parameters<typeof connectCallback>[1]) => {
    const page = connectCallback(one.outside, returned);
    for (const secret of SECRETS) expect(JSON.stringify(page)).not.toContain(secret);
    return page;
  };
  const typed = JSON.stringify({ clientSecret: KEYS.clientSecret });
  const ready = { settings: { baseUrl: 'mycompany', clientId: 'an-id' }, properties: { typed } };

  it('with a code: connected, at the address that amoCRM names', () => {
    const { one } = world({ ...ready, settings: { baseUrl: 'mistyped', clientId: 'an-id' } });
    const { ok, text } = back(one, { code: CODE, referer: HOST });
    expect([ok, text]).toEqual([true, expect.stringContaining('Аккаунт: Пример')]);
    expect(cell(one, 'baseUrl')).toBe(HOST);
  });

  it('another account, also where its address was typed before: the known one’s address stands there again', () => {
    const { amo, one } = world({}, { connected: true });
    one.contents.settings.find(row => row.key === 'clientId')!.value = 'an-id';
    for (const address of ['mycompany', 'mistyped', 'other']) {
      ask(one, { ask: 'address', address });
      one.properties.set('typed', typed);
      amo.id = 27_182_818;
      const before = connection(one);
      const { ok, text } = back(one, { code: CODE, referer: 'other.amocrm.ru' });
      const { foreign, foreignTodo } = ru.connection;
      expect([ok, text]).toEqual([false, `other.amocrm.ru: ${foreign('Пример')}. ${foreignTodo(HOST)}`]);
      expect([cell(one, 'baseUrl'), connection(one)]).toEqual([HOST, before]);
    }
    expect(ask(one, { ask: 'state' }).state).toMatchObject({ connection: 'works', way: 'token' });
  });

  it.each<[string, WorldParts, Parameters<typeof connectCallback>[1], string]>([
    ['a refusal', ready, { error: 'access_denied', code: CODE }, ru.connection.consentRefused],
    ['no code', ready, {}, ru.connection.consentRefused],
    ['a code of wrong letters', ready, { code: 'код' }, ru.connection.consentRefused],
    [
      'no address',
      { ...ready, settings: { clientId: 'an-id' } },
      { code: CODE, referer: 'evil.com' },
      ru.connection.needsAddress,
    ],
    ['no id', { ...ready, settings: { baseUrl: 'mycompany' } }, { code: CODE }, ru.connection.needsClientId],
    ['no secret', { ...ready, properties: {} }, { code: CODE }, ru.connection.needsSecret],
  ])('%s: said in a page, nothing asked', (_, parts, returned, text) => {
    const { one } = world(parts);
    expect(back(one, returned)).toMatchObject({ ok: false, text });
    expect(one.requests).toEqual([]);
  });

  const chosen = 'other.amocrm.ru';
  const refusing = { hint: 'Authorization code has expired' };
  it.each<[string, { connected?: boolean; hint?: string }, string | undefined, WorldParts, unknown, number]>([
    ['refused elsewhere: back to the known account', { ...refusing, connected: true }, chosen, {}, HOST, 2],
    ['refused at the known address', { ...refusing, connected: true }, HOST, {}, 'mycompany', 0],
    ['refused, nobody says where', { ...refusing, connected: true }, undefined, {}, 'mycompany', 0],
    ['refused elsewhere, nobody’s data yet: the choice stays', refusing, chosen, {}, chosen, 1],
    [
      'refused elsewhere, no address before',
      { ...refusing, connected: true },
      chosen,
      { settings: { clientId: 'an-id' } },
      chosen,
      1,
    ],
    ['taken elsewhere: the account has moved there', { connected: true }, chosen, {}, chosen, 1],
  ])('%s', (_, how, referer, parts, address, written) => {
    const { one } = world({ settings: ready.settings, ...parts }, how);
    one.properties.set('typed', typed);
    const { ok, text } = back(one, { code: CODE, ...(referer === undefined ? {} : { referer }) });
    expect(ok).toBe(how.hint === undefined);
    const what = sentence(ru.error.what('code-expired', 400));
    if (!ok) expect(text).toBe(`${what} ${todoOf('code-expired')}`);
    expect(cell(one, 'baseUrl')).toBe(address);
    expect(one.steps.log.filter(step => step === 'settings.setValue baseUrl')).toHaveLength(written);
  });

  it('in English', () => {
    const { one } = world({ ...ready, locale: 'en_GB' });
    expect(back(one, { error: 'access_denied' })).toEqual({
      ...{ ok: false, language: 'en', text: en.connection.consentRefused },
    });
  });
});
