import { TEXTS } from '../../src/core/texts';
import { inProcessNetwork } from '../emulator/inProcess';
import type { Question } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { typeSetting } from '../local/typeSetting';
import { byHost } from '../simulator/byHost';
import { PLANTED_SECRET } from '../simulator/plantedSecret';
import type { Simulator } from '../simulator/simulator';
import {
  ask,
  asked,
  chosen,
  comeBack,
  connected,
  ended,
  freshWorld,
  memory,
  quietCompany,
  tokenFor,
} from './connection';
import { column, everythingVisible, shown } from './product';

const { ru, en } = TEXTS;
const A_DAY = 86_400_000;

const handlers = (world: World) => world.triggers.map(({ handler }) => handler).sort();
const plan = (world: World) =>
  JSON.parse(world.properties().get('reports') ?? '{}') as { open?: boolean; since?: string };

/** A value of the settings sheet, and what stands beside it. */
function cell(world: World, key: string): { value: unknown; problem: unknown } {
  const row = column(world, 'settings', 'key').indexOf(key);
  return {
    value: column(world, 'settings', 'value')[row],
    problem: column(world, 'settings', 'problem')[row],
  };
}

const keysOf = ({ integration: { clientId, clientSecret } }: Simulator) => ({ clientId, clientSecret });

/** Nothing is known but the address. */
function atTheAddress(simulator: Simulator, options: Parameters<typeof freshWorld>[1] = {}): World {
  const world = freshWorld(simulator, options);
  ask(world, { ask: 'address', address: simulator.host });
  return world;
}

/** A refused request leaves everything as it was, and says why. */
function refused(world: World, request: object): { what: string; todo: string; field?: string | undefined } {
  const before = memory(world);
  const { said, state, link } = ask(world, request);
  expect(memory(world)).toEqual(before);
  expect(said).toMatchObject({ ok: false });
  expect(link).toBeUndefined();
  expect(state).toBeDefined();
  return said!;
}

describe('the sidebar, from nothing', () => {
  it('answers before there is any sheet, and changes nothing', () => {
    const world = freshWorld(quietCompany());
    expect(ask(world, { ask: 'state' })).toEqual({
      state: {
        ...{ language: 'ru', address: '', connection: 'none', account: '', way: '', clientId: '' },
        ...{ hasSecret: false, redirectUri: world.callbackUrl },
      },
    });
    expect(world.workbook.sheets).toHaveLength(1);
    expect([...world.properties().entries()]).toEqual([]);
  });

  it.each([
    [{ ask: 'token', token: 'abc' }, 'address', ru.connection.needsAddress],
    [{ ask: 'link', clientId: 'a', clientSecret: 'b' }, 'address', ru.connection.needsAddress],
    [{ ask: 'code', clientId: 'a', clientSecret: 'b', code: 'c' }, 'address', ru.connection.needsAddress],
  ])('%j says what is missing', (request, field, what) => {
    const world = freshWorld(quietCompany());
    expect(refused(world, request)).toMatchObject({ field, what });
    expect(world.requests).toBe(0);
  });

  it.each([
    ['demo', 'demo.amocrm.ru'],
    [' DEMO.amocrm.ru ', 'demo.amocrm.ru'],
    ['https://demo.amocrm.ru/leads/pipeline/123?x=1#y', 'demo.amocrm.ru'],
    ['demo.amocrm.com', 'demo.amocrm.com'],
    ['https://demo.kommo.com/', 'demo.kommo.com'],
  ])('keeps the address %j, and makes the sheets for it', (address, host) => {
    const world = freshWorld(quietCompany());
    const { said, state } = ask(world, { ask: 'address', address });
    expect([said, state.address]).toEqual([{ ok: true, what: host, todo: '' }, host]);
    expect(cell(world, 'baseUrl')).toEqual({ value: host, problem: '' });
    expect(world.requests).toBe(0);
  });

  it.each([
    '',
    'evil.com',
    'demo.amocrm.ru.evil.com',
    'demo.amocrm.ru@evil.com',
    'мояфирма',
    'www.amocrm.ru',
    '=1+1',
  ])('refuses the address %j, and keeps the one before', address => {
    const world = atTheAddress(quietCompany());
    expect(refused(world, { ask: 'address', address })).toMatchObject({
      ...{ field: 'address', what: ru.connection.badAddress },
    });
    expect(cell(world, 'baseUrl').value).toBe('demo.amocrm.ru');
  });
});

describe('by a token', () => {
  it('one request, the triggers, and everything is remembered', () => {
    const simulator = quietCompany();
    const world = atTheAddress(simulator);
    const { answer, outcome } = asked(world, { ask: 'token', token: ` Bearer "${simulator.token}"\n` });
    expect(outcome.requests).toBe(1);
    expect(answer.said).toMatchObject({ ok: true, todo: '' });
    expect(answer.said!.what).toContain('Аккаунт: ООО «Пример». Часовой пояс: Europe/Moscow. Отчёт за вчера');
    expect(answer.state).toMatchObject({ connection: 'works', way: 'token', account: 'ООО «Пример»' });
    expect(handlers(world)).toEqual(['dailyReport', 'hourlyPing']);
    expect(plan(world)).toMatchObject({ open: false, since: '2026-11-18' });
    expect(cell(world, 'token').problem).toBe('');
    expect(everythingVisible(world)).not.toContain(PLANTED_SECRET);
    expect(simulator.ledger.violations).toEqual([]);
  });

  it('days that were missed are made up for', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    simulator.revokeAccess();
    world.jumpTo(world.now() + 4 * A_DAY);
    for (let time = 0; time < 2; time += 1) {
      ended(world.run('hourlyPing', { context: 'clock' }));
      world.jumpTo(world.now() + 3_600_000);
    }
    expect(ask(world, { ask: 'state' }).state.connection).toBe('refused');
    const token = tokenFor(simulator, { days: 400, now: world.now() });
    expect(ask(world, { ask: 'token', token }).state.connection).toBe('works');
    expect(plan(world).open).toBe(true);
    world.advanceTo(world.now() + 2 * 3_600_000);
    expect(shown(world, 'days').map(([day]) => day)).toEqual(
      ['18', '19', '20', '21'].map(day => `${day}.11.2026`),
    );
  });

  it.each([
    ['токен', ru.setUp.badToken],
    ['', ru.setUp.badToken],
    ['x'.repeat(20_000), ru.setUp.badToken],
    ['••••••••', ru.setUp.badToken],
  ])('refuses %.20j without asking', (token, what) => {
    const world = connected(quietCompany());
    const before = world.requests;
    expect(refused(world, { ask: 'token', token })).toMatchObject({ field: 'token', what });
    expect(world.requests).toBe(before);
  });

  it.each([
    ['401', 'amoCRM не принимает токен (401).', 'токен подходит только к своему аккаунту', 'token'],
    ['402', 'amoCRM отказал: подписка аккаунта не оплачена (402).', 'Продлите подписку', undefined],
    ['404', 'demo.amocrm.ru: По этому адресу нет аккаунта', 'Проверьте', 'address'],
    ['dns', 'demo.amocrm.ru: amoCRM не отвечает: нет связи', 'нет ли в адресе опечатки', 'address'],
    ['json-503', 'Сбой на стороне amoCRM (503).', 'попробуйте ещё раз', undefined],
    ['429-json', 'слишком много запросов (429)', 'Подождите минуту', undefined],
    ['403-html', '(403, страница блокировки)', 'час не обращается', undefined],
  ] as const)('amoCRM answers %s: said, and the connection before is kept', (fault, what, todo, field) => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const token = tokenFor(simulator, { days: 400, now: world.now() });
    const rows = shown(world, 'log').length;
    simulator.plan('*', fault, 1);
    const said = refused(world, { ask: 'token', token });
    expect(said.what).toContain(what);
    expect(said.todo).toContain(todo);
    expect(said.field).toBe(field);
    expect(shown(world, 'log').slice(rows)).toHaveLength(1);
    expect(ask(world, { ask: 'state' }).state.connection).toBe('works');
  });

  it('another account’s token is refused before it is sent anywhere', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const other = quietCompany({ accountId: 27_182_818, subdomain: 'other' });
    const before = world.requests;
    const said = refused(world, { ask: 'token', token: other.token });
    expect(said).toMatchObject({ field: 'token', what: `${ru.connection.foreign('ООО «Пример»')}.` });
    expect(said.todo).toContain('создайте отдельную таблицу');
    expect(world.requests).toBe(before);
  });

  it('while another run holds the line: who and since when; nothing is lost', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const since = world.now();
    world
      .properties()
      .set('lease', JSON.stringify({ id: 'x', holder: 'hourlyPing', since, until: since + 400_000 }));
    const token = tokenFor(simulator, { days: 400, now: since });
    const said = refused(world, { ask: 'token', token });
    expect(said.what).toMatch(/^Замер: уже выполняется с 08:0\d\.$/);
    expect(said.todo).toContain('Дождитесь окончания');
    world.properties().delete('lease');
    expect(ask(world, { ask: 'token', token }).said).toMatchObject({ ok: true });
  });

  it('an account’s name is text, whatever it looks like', () => {
    const accountName = '<img src=x onerror=alert(1)> & "Ко"';
    const simulator = quietCompany({ accountName });
    const world = connected(simulator);
    expect(ask(world, { ask: 'state' }).state.account).toBe(accountName);
    const { link } = ask(world, { ask: 'link', ...keysOf(simulator) });
    const { page } = ended(comeBack(world, link, { code: simulator.issueCode(), referer: simulator.host }));
    expect(page!.html).toContain('&lt;img src=x');
    expect(page!.html).not.toContain('<img');
  });
});

describe('by the link', () => {
  it.each([
    ['amocrm.ru', 'https://www.amocrm.ru/oauth'],
    ['amocrm.com', 'https://www.amocrm.com/oauth'],
    ['kommo.com', 'https://www.kommo.com/oauth'],
  ])('leads to the consent page of %s with a state token, and asks nothing', (zone, page) => {
    const simulator = quietCompany({ zone });
    const world = atTheAddress(simulator);
    const { link, said, state } = ask(world, { ask: 'link', ...keysOf(simulator) });
    const { origin, pathname, searchParams } = new URL(link!);
    expect(origin + pathname).toBe(page);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: simulator.integration.clientId,
      state: world.stateTokens.at(-1)!.text,
      mode: 'post_message',
    });
    expect([said, world.requests]).toEqual([undefined, 0]);
    expect(state).toMatchObject({ clientId: simulator.integration.clientId, hasSecret: true });
    expect(cell(world, 'clientSecret').value).toBe('••••••••');
  });

  it.each([
    [{ clientId: '' }, 'clientId', ru.connection.needsClientId],
    [{ clientId: '<script>' }, 'clientId', ru.connection.needsClientId],
    [{ clientSecret: '' }, 'clientSecret', ru.connection.needsSecret],
    [{ clientSecret: 'секрет' }, 'clientSecret', ru.connection.needsSecret],
  ])('%j: says which field', (wrong, field, what) => {
    const simulator = quietCompany();
    const world = atTheAddress(simulator);
    expect(refused(world, { ask: 'link', ...keysOf(simulator), ...wrong })).toMatchObject({ field, what });
  });

  it('consent makes the connection, with the account where amoCRM says that it is', () => {
    const simulator = quietCompany();
    const world = freshWorld(simulator);
    ask(world, { ask: 'address', address: 'demmo' });
    const { link } = ask(world, { ask: 'link', ...keysOf(simulator) });
    const { page } = ended(comeBack(world, link, { code: simulator.issueCode(), referer: simulator.host }));
    expect(page!.title).toBe('amoCRM подключён');
    expect(page!.html).toContain('Связь с amoCRM есть. Аккаунт: ООО «Пример».');
    expect(page!.html).not.toContain(PLANTED_SECRET);
    expect(ask(world, { ask: 'state' }).state).toMatchObject({
      ...{ connection: 'works', way: 'oauth', address: 'demo.amocrm.ru', hasSecret: true },
    });
    expect(cell(world, 'baseUrl')).toEqual({ value: 'demo.amocrm.ru', problem: '' });
    expect(handlers(world)).toEqual(['dailyReport', 'hourlyPing']);
    expect(world.properties().get('typed')).toBeUndefined();
    expect(simulator.ledger.tokens).toMatchObject([{ outcome: 'issued', reused: false }]);
    // Empty now means the one that is kept.
    const anew = { clientId: simulator.integration.clientId, clientSecret: '' };
    expect(ask(world, { ask: 'link', ...anew }).link).toContain('oauth');
  });

  it('a refusal, and a code that amoCRM does not take, leave a connection alone', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const stored = () => world.properties().get('connection');
    const kept = stored();
    const link = () => ask(world, { ask: 'link', ...keysOf(simulator) }).link;
    const no = ended(comeBack(world, link(), { error: 'access_denied' }));
    expect(no.page!.title).toBe('amoCRM не подключён');
    expect(no.page!.html).toContain('Доступ не разрешён, подключение не изменилось.');
    const stale = simulator.issueCode({ at: world.now() - A_DAY });
    const old = ended(comeBack(world, link(), { code: stale, referer: simulator.host }));
    expect(old.page!.html).toContain(
      'Код авторизации устарел: он действует 20 минут (400). Скопируйте новый код',
    );
    const none = ended(comeBack(world, link(), { referer: simulator.host }));
    expect(none.page!.title).toBe('amoCRM не подключён');
    expect(stored()).toBe(kept);
    expect(ask(world, { ask: 'state' }).state.connection).toBe('works');
  });

  it('a state token that is too old or used up runs nothing', () => {
    const simulator = quietCompany();
    const world = atTheAddress(simulator);
    const { link } = ask(world, { ask: 'link', ...keysOf(simulator) });
    const code = simulator.issueCode();
    expect(comeBack(world, link!.replace('state=', 'state=x'), { code }).refused).toBe('token');
    ended(comeBack(world, link, { error: 'access_denied' }));
    expect(comeBack(world, link, { code }).refused).toBe('used');
    const later = ask(world, { ask: 'link', ...keysOf(simulator) }).link;
    world.jumpTo(world.now() + 3_600_000);
    expect(comeBack(world, later, { code }).refused).toBe('expired');
    expect(world.requests).toBe(0);
  });

  it('another account’s consent: the tables, the address and the connection stay the first one’s', () => {
    const first = quietCompany();
    const other = quietCompany({ accountId: 27_182_818, accountName: 'Чужие', subdomain: 'other' });
    const hosts = byHost([first, other]);
    const world = connected(first, { network: inProcessNetwork(hosts) });
    const kept = world.properties().get('connection');
    const { link } = ask(world, { ask: 'link', ...keysOf(other) });
    const { page } = ended(comeBack(world, link, { code: other.issueCode(), referer: other.host }));
    expect(page!.html).toContain('Это другой аккаунт amoCRM, а в таблицах данные аккаунта «ООО «Пример»»');
    expect(cell(world, 'baseUrl').value).toBe(first.host);
    expect(world.properties().get('connection')).toBe(kept);
    expect(JSON.parse(world.properties().get('account')!)).toMatchObject({ id: first.account.id });
    expect(hosts.violations).toEqual([]);
    expect(chosen(world, 'checkConnection')).not.toContain('✗');
  });

  it('while another run holds the line: the code is kept, and the next run uses it', () => {
    const simulator = quietCompany();
    const world = atTheAddress(simulator);
    const { link } = ask(world, { ask: 'link', ...keysOf(simulator) });
    const since = world.now();
    world
      .properties()
      .set('lease', JSON.stringify({ id: 'x', holder: 'dailyReport', since, until: since + 400_000 }));
    const { page } = ended(comeBack(world, link, { code: simulator.issueCode(), referer: simulator.host }));
    expect(page!.html).toMatch(/Отчёт: уже выполняется с 08:\d\d\. Код сохранён\./);
    world.properties().delete('lease');
    ended(world.run('hourlyPing', { context: 'clock' }));
    expect(ask(world, { ask: 'state' }).state).toMatchObject({ connection: 'works', way: 'oauth' });
  });
});

describe('by a code', () => {
  const request = (simulator: Simulator, more: object = {}) => ({
    ...{ ask: 'code', ...keysOf(simulator), code: simulator.issueCode() },
    ...more,
  });

  it('connects, and the same code again is not offered twice', () => {
    const simulator = quietCompany();
    const world = atTheAddress(simulator);
    const once = request(simulator);
    expect(ask(world, once)).toMatchObject({
      said: { ok: true },
      state: { connection: 'works', way: 'oauth' },
    });
    expect(ask(world, once)).toMatchObject({ said: { ok: true }, state: { connection: 'works' } });
    expect(simulator.ledger.tokens).toMatchObject([{ outcome: 'issued', reused: false }]);
    expect(handlers(world)).toEqual(['dailyReport', 'hourlyPing']);
  });

  it('the tokens came and the account did not answer: the same code goes on with them', () => {
    const simulator = quietCompany();
    const world = atTheAddress(simulator);
    const once = request(simulator);
    simulator.plan('GET /api/v4/account', 'json-502', 1);
    expect(ask(world, once).said).toMatchObject({ ok: false, what: 'Сбой на стороне amoCRM (502).' });
    expect(ask(world, once)).toMatchObject({ said: { ok: true }, state: { connection: 'works' } });
    expect(simulator.ledger.tokens).toHaveLength(1);
  });

  it.each<[string, (simulator: Simulator, now: number) => object, string, string, string]>([
    ['no code', () => ({ code: '' }), 'code', 'Вставьте код авторизации', ''],
    [
      ...[
        'an old code',
        (simulator: Simulator, now: number) => ({ code: simulator.issueCode({ at: now - A_DAY }) }),
      ],
      ...['code', 'Код авторизации устарел', 'Скопируйте новый код'],
    ] as [string, (simulator: Simulator, now: number) => object, string, string, string],
    [
      'a text that is no code',
      () => ({ code: 'abcdef' }),
      'code',
      'amoCRM не узнаёт код',
      'Скопируйте новый код',
    ],
    ['another id', () => ({ clientId: 'wrong-id' }), 'clientId', 'не знает такого ID', '«ID интеграции»'],
    [
      'another secret',
      () => ({ clientSecret: 'wrong' }),
      'clientSecret',
      'Секретный ключ',
      '«Секретный ключ»',
    ],
  ])('%s: says which field, and a connection stays as it was', (_, wrong, field, what, todo) => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const kept = world.properties().get('connection');
    const { said, state } = ask(world, request(simulator, wrong(simulator, world.now())));
    expect(said).toMatchObject({ ok: false, field });
    expect(said!.what).toContain(what);
    expect(said!.todo).toContain(todo);
    expect(world.properties().get('connection')).toBe(kept);
    expect(state).toMatchObject({ connection: 'works', way: 'token' });
    expect(world.properties().get('typed') ?? '').not.toContain('"code"');
  });

  it('a used code, and a redirect URI that is another', () => {
    const simulator = quietCompany({ oauth: { redirectUri: 'https://example.com/back' } });
    const world = atTheAddress(simulator);
    const wrong = ask(world, request(simulator));
    expect(wrong.said!.what).toBe('Ссылка для перенаправления не совпадает с указанной в интеграции (400).');
    expect(wrong.said!.todo).toContain('буква в букву');
    typeSetting(world, 'redirectUri', 'https://example.com/back');
    const code = simulator.issueCode();
    expect(ask(world, request(simulator, { code })).said).toMatchObject({ ok: true });
    const second = atTheAddress(simulator);
    typeSetting(second, 'redirectUri', 'https://example.com/back');
    expect(ask(second, request(simulator, { code })).said).toMatchObject({
      ...{ ok: false, field: 'code', what: `${ru.error.what('code-used', 400)}.` },
    });
  });
});

describe('whatever a page sends', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', ['token']],
    ['an unknown wish', { ask: 'everything' }],
    ['no text for a wish', { ask: { toString: 'x' } }],
    ['no text for a field', { ask: 'address', address: { a: 1 } }],
    ['no text for a token', { ask: 'token', token: 12_345 }],
    ['a huge address', { ask: 'address', address: `https://${'a'.repeat(300_000)}.amocrm.ru` }],
    ['a huge code', { ask: 'code', clientId: 'a', clientSecret: 'b', code: 'c'.repeat(300_000) }],
    ['a name of the language', { ask: 'constructor', __proto__: null }],
  ])('%s: an answer, and no request', (_, request) => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const before = { ...memory(world), requests: world.requests };
    const { state } = ask(world, request);
    expect(state.connection).toBe('works');
    expect({ ...memory(world), requests: world.requests }).toEqual(before);
  });

  it('sheets of newer code: said, and nothing is written', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const mark = world.workbook.metadata.all().find(({ key }) => /schema/i.test(key));
    expect(mark).toBeDefined();
    mark!.value = '999';
    for (const request of [{ ask: 'state' }, { ask: 'address', address: 'other' }, { ask: 'check' }]) {
      expect(ask(world, request).said).toMatchObject({ ok: false, what: `${ru.newerSheet}.` });
    }
    expect(cell(world, 'baseUrl').value).toBe(simulator.host);
  });

  it('a row of the settings that was deleted comes back', () => {
    const world = connected(quietCompany());
    const row = column(world, 'settings', 'key').indexOf('baseUrl') + 2;
    world.workbook.user.deleteRows('Настройки', row, 1);
    expect(ask(world, { ask: 'address', address: 'demo' }).state.address).toBe('demo.amocrm.ru');
    expect(cell(world, 'baseUrl').value).toBe('demo.amocrm.ru');
  });
});

describe('in English', () => {
  it('every step', () => {
    const simulator = quietCompany({ accountName: 'Sample Ltd' });
    const world = freshWorld(simulator, { language: 'en' });
    const heard = [
      ask(world, { ask: 'token', token: 'x' }),
      ask(world, { ask: 'address', address: 'evil.com' }),
      ask(world, { ask: 'address', address: 'demo' }),
      ask(world, { ask: 'token', token: 'x' }),
      ask(world, { ask: 'link', clientId: '', clientSecret: '' }),
      ask(world, { ask: 'code', ...keysOf(simulator), code: 'x' }),
      ask(world, { ask: 'code', ...keysOf(simulator), code: simulator.issueCode() }),
    ].map(({ said }) => said);
    expect(JSON.stringify(heard)).not.toMatch(/[а-яё]/i);
    expect(heard[0]).toMatchObject({ field: 'address', what: en.connection.needsAddress });
    expect(heard.at(-1)).toMatchObject({ ok: true, what: expect.stringContaining('Account: Sample Ltd') });
    const { link } = ask(world, { ask: 'link', ...keysOf(simulator) });
    const { page } = ended(comeBack(world, link, { error: 'access_denied' }));
    expect([page!.title, /[а-яё]/i.test(page!.html)]).toEqual(['amoCRM is not connected', false]);
  });
});

describe('by the settings sheet', () => {
  const orders: [string, string, string][] = [
    ['clientId', 'clientSecret', 'authCode'],
    ['clientId', 'authCode', 'clientSecret'],
    ['clientSecret', 'clientId', 'authCode'],
    ['clientSecret', 'authCode', 'clientId'],
    ['authCode', 'clientId', 'clientSecret'],
    ['authCode', 'clientSecret', 'clientId'],
  ];
  const answers = ({ buttons }: Question) => (buttons.includes('NO') ? 'NO' : 'OK');
  /** Has no token to paste. */
  const without = ({ kind }: Question) => (kind === 'prompt' ? 'CANCEL' : 'OK');

  function sheetWorld(simulator: Simulator): World {
    const world = atTheAddress(simulator);
    expect(cell(world, 'token').problem).toContain('Вставьте токен');
    return world;
  }

  function typeKeys(
    world: World,
    simulator: Simulator,
    order: readonly string[],
    wrong: Record<string, string> = {},
  ) {
    const values: Record<string, string> = {
      ...keysOf(simulator),
      authCode: simulator.issueCode(),
      ...wrong,
    };
    for (const key of order) typeSetting(world, key, values[key]!);
  }

  it.each(orders)('%s, %s, %s: then Set up connects', (...order) => {
    const simulator = quietCompany();
    const world = sheetWorld(simulator);
    typeKeys(world, simulator, order);
    expect(['clientSecret', 'authCode'].map(key => cell(world, key).value)).toEqual(['••••••••', '••••••••']);
    expect(everythingVisible(world)).not.toContain(PLANTED_SECRET);
    expect(world.requests).toBe(0);
    const said = chosen(world, 'setUp', answers);
    expect(said).toContain('Связь с amoCRM есть. Аккаунт: ООО «Пример».');
    expect(ask(world, { ask: 'state' }).state).toMatchObject({ connection: 'works', way: 'oauth' });
    expect(['clientSecret', 'authCode', 'token'].map(key => cell(world, key))).toEqual([
      { value: '••••••••', problem: '' },
      { value: '', problem: '' },
      { value: '', problem: '' },
    ]);
    expect(handlers(world)).toEqual(['dailyReport', 'hourlyPing']);
  });

  it('a scheduled run uses a code that waits', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    typeKeys(world, simulator, orders[0]!);
    world.advanceTo(world.now() + 65 * 60_000);
    expect(ask(world, { ask: 'state' }).state).toMatchObject({ connection: 'works', way: 'oauth' });
    expect(simulator.ledger.tokens).toMatchObject([{ outcome: 'issued', reused: false }]);
  });

  it('while something is missing, the rows say what', () => {
    const simulator = quietCompany();
    const world = sheetWorld(simulator);
    typeKeys(world, simulator, ['authCode']);
    expect(cell(world, 'token').problem).toBe('');
    for (const key of ['clientId', 'clientSecret'] as const) {
      expect(cell(world, key).problem).toBe(ru.settings.problem({ key, kind: 'required' }));
    }
    expect(chosen(world, 'setUp', without)).toContain(
      'строка «Секретный ключ»: Для OAuth этого ещё не хватает',
    );
  });

  it.each([
    ['clientId', 'wrong id!', 'ID интеграции'],
    ['clientSecret', 'секрет', 'Секретный ключ'],
    ['authCode', 'код', 'Код авторизации'],
  ])('%s that cannot be one: said beside the row', (key, wrong, label) => {
    const simulator = quietCompany();
    const world = sheetWorld(simulator);
    typeKeys(world, simulator, orders[0]!, { [key]: wrong });
    expect(String(cell(world, key).problem)).not.toBe('');
    expect(chosen(world, 'setUp', without)).toContain(label);
    expect(world.requests).toBe(0);
  });

  it.each<['clientId' | 'clientSecret' | 'authCode', string, RegExp]>([
    ['clientId', 'wrong-id', /не знает такого ID интеграции \(400\)/],
    ['clientSecret', 'wrong-secret', /Секретный ключ интеграции не подходит \(400\)/],
    ['authCode', 'wrong-code', /не узнаёт код авторизации \(400\)/],
  ])('%s that amoCRM refuses: Set up says so, and works when it is mended', (key, wrong, what) => {
    const simulator = quietCompany();
    const world = sheetWorld(simulator);
    typeKeys(world, simulator, orders[0]!, { [key]: wrong });
    expect(chosen(world, 'setUp', answers)).toMatch(what);
    expect(column(world, 'log', 'what').join('\n')).toMatch(what);
    expect(ask(world, { ask: 'state' }).state.connection).toBe('none');
    // The code need not be typed again, unless it is the code that is wrong.
    const { clientId, clientSecret } = simulator.integration;
    const right = { clientId, clientSecret, authCode: simulator.issueCode() };
    typeSetting(world, key, right[key]);
    expect(chosen(world, 'setUp', answers)).toContain(ru.setUp.connected('ООО «Пример»', 'Europe/Moscow'));
    expect(ask(world, { ask: 'state' }).state.connection).toBe('works');
  });

  it('keys that amoCRM refuses in a run of the schedule: the code is given up, and not asked with every hour', () => {
    const simulator = quietCompany();
    const world = sheetWorld(simulator);
    typeKeys(world, simulator, orders[0]!, { clientSecret: 'wrong-secret' });
    world.run('hourlyPing', { context: 'clock' });
    world.run('hourlyPing', { context: 'clock' });
    expect(world.requests).toBe(1);
    expect(world.properties().get('typed') ?? '').not.toContain('"code"');
  });
});
