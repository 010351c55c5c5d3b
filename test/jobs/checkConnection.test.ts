import { type Connection, longLived } from '../../src/core/connection';
import type { ConnectRequest } from '../../src/core/connectRequest';
import { TEXTS } from '../../src/core/texts';
import { checkFromMenu } from '../../src/jobs/checkConnection';
import { connectRequest } from '../../src/jobs/connect';
import type { HttpResult } from '../../src/ports';
import {
  htmlPage,
  json,
  noConnection,
  noContent,
  pathOf,
  queryOf,
  text,
  timedOut,
} from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';
import { type SmallAccount, smallAccount } from '../support/smallAccount';
import { tokenWith } from '../support/tokenText';

const { ru } = TEXTS;
const NOW = '2026-11-19T12:05:00+03:00';
const KNOWN = 31_415_926;
const A_DAY = 86_400_000;
const HOST = 'mycompany.amocrm.ru';
const TOKEN = tokenWith({ user: 101, endsAt: Date.parse(NOW) + 400 * A_DAY });
const CHECK: ConnectRequest = { ask: 'check' };
const account = '/api/v4/account';
const user = '/api/v4/users/101';

interface Parts extends WorldParts {
  connection?: Partial<Connection>;
  amo?: Partial<SmallAccount>;
  /** What goes wrong, by the path that is asked; of several the first time, the second time … */
  faults?: Record<string, HttpResult | (HttpResult | undefined)[]>;
}

function world({ connection, faults = {}, amo: parts, ...rest }: Parts = {}) {
  const asked: Record<string, number> = {};
  const amo = smallAccount({
    token: TOKEN,
    fault(request) {
      const path = pathOf(request);
      const nth = asked[path] ?? 0;
      asked[path] = nth + 1;
      const fault = faults[path];
      const found = Array.isArray(fault) ? fault[nth] : fault;
      if (found) return found;
      const { token, users } = amo;
      if (request.headers['Authorization'] !== `Bearer ${token}` || path !== user) return undefined;
      return json({ id: users[0], name: 'Анна', rights: { is_admin: true } });
    },
    ...parts,
  });
  const known = { id: KNOWN, name: 'Пример', timeZone: 'Europe/Moscow', host: HOST };
  const one = inMemoryOutside({
    ...{ now: NOW, server: amo.server, person: [], settings: { baseUrl: 'mycompany' } },
    ...rest,
    properties: {
      account: JSON.stringify(known),
      connection: JSON.stringify({ ...longLived(TOKEN), host: HOST, accountId: KNOWN, ...connection }),
      ...rest.properties,
    },
  });
  return { amo, one };
}

function checked(one: InMemory) {
  const { checks = [], said } = connectRequest(one.outside, CHECK);
  const states = checks
    .map(({ state }) => ({ ok: '✓', warning: '!', failed: '✗', skipped: '–' })[state])
    .join('');
  return { bad: checks.find(({ state }) => state === 'failed' || state === 'warning'), checks, said, states };
}

const paths = ({ requests }: InMemory) => requests.map(({ request }) => pathOf(request));

describe('what Check connection makes of amoCRM’s answers', () => {
  it('asks each thing once, in order', () => {
    const { one } = world();
    expect(checked(one).states).toBe('✓✓✓✓✓✓✓–');
    expect(paths(one)).toEqual([account, user, '/api/v4/users', '/api/v4/events', account]);
    const now = Math.floor(one.requests[3]!.sent / 1000);
    expect(queryOf(one.requests[3]!.request)).toMatchObject({
      'filter[created_at][from]': String(now - 61),
      'filter[created_at][to]': String(now + 1),
    });
    expect(one.contents.tables.log).toMatchObject([
      { level: 'INFO', job: 'Подключение', what: ru.check.allWell },
    ]);
    expect(one.mails).toEqual([]);
  });

  it.each<[string, HttpResult, string, string]>([
    ['no connection', noConnection, '✗–––––––', 'no-connection'],
    ['no answer in time', timedOut, '✗–––––––', 'timeout'],
    ['a page', htmlPage(), '✗–––––––', 'not-api'],
    ['nothing', noContent, '✗–––––––', 'malformed'],
    [
      'a login page elsewhere',
      text('', 302, { location: 'https://www.amocrm.ru/auth' }),
      '✗–––––––',
      'redirected',
    ],
    ['404', json({ status: 404 }, 404), '✗–––––––', 'not-found'],
    ['code 101', json({ status: 401, code: 101 }, 401), '✗–––––––', 'not-found'],
    ['401', json({ status: 401 }, 401), '✓✗––––––', 'token-refused'],
    ['402', json({ status: 402 }, 402), '✓✓✗–––––', 'payment-required'],
    ['403', json({ status: 403 }, 403), '✓✓✗–––––', 'forbidden'],
    ['a page of a block', htmlPage(403), '✗–––––––', 'blocked'],
    ['429', json({ retry_after: 300 }, 429), '✗–––––––', 'too-many-requests'],
    ['500', htmlPage(500), '✗–––––––', 'server-error'],
  ])('%s: one line fails and says what to do, one request, one row of the log', (_, answer, states) => {
    const { one } = world({ faults: { [account]: answer } });
    const found = checked(one);
    expect(found.states).toBe(states);
    expect(found.bad!.what).not.toBe('');
    expect(found.bad!.todo).not.toBe('');
    expect(found.said).toBeUndefined();
    expect(paths(one)).toEqual([account]);
    expect(one.contents.tables.log).toMatchObject([{ level: 'WARN', todo: found.bad!.todo }]);
    expect(one.contents.tables.log[0]!['what']).toBe(`${found.bad!.label}: ${found.bad!.what}`);
  });

  it('a token that is refused: by what is known of it', () => {
    const refused = { [account]: json({ status: 401 }, 401) };
    const proven = world({ faults: refused }).one;
    expect(checked(proven).bad!.todo).toBe(ru.check.withdrawnTodo);
    const elsewhere = world({ faults: refused, settings: { baseUrl: 'other' } }).one;
    expect(checked(elsewhere).bad!.todo).toBe(ru.connection.tokenRefusedTodo('other.amocrm.ru'));
    for (const [left, day] of [
      [0, '19.11.2026'],
      [-A_DAY, '18.11.2026'],
    ] as const) {
      const over = tokenWith({ endsAt: Date.parse(NOW) + left });
      const ended = world({ faults: refused, connection: { access: over }, latency: () => 0 }).one;
      expect(checked(ended).bad).toMatchObject({
        what: `${ru.error.what('token-refused', 401)}: ${ru.check.wasValidUntil(day)}`,
        todo: ru.connection.endsTodo,
      });
    }
  });

  it('of who asks: administrator, not one, gone, not told', () => {
    const answers: [HttpResult, string, string][] = [
      [json({ id: 101, name: ' ', rights: { is_admin: true } }), '✓✓', ru.check.admin('101')],
      [json({ id: 101, name: 'Михаил', rights: { is_admin: false } }), '✗–', ru.check.noRight.user!],
      [json({ status: 403 }, 403), '✗–', ru.check.noRight.user!],
      [json({ status: 404 }, 404), '✓✓', ru.check.userGone],
      [noContent, '✓✓', ru.check.nobody],
      [htmlPage(502), '✗✓', ru.error.what('server-error', 502)],
    ];
    for (const [answer, states, what] of answers) {
      const { checks, states: all } = checked(world({ faults: { [user]: answer } }).one);
      expect([all.slice(3, 5), checks[3]!.what]).toEqual([states, what]);
    }
    const opaque = world({ amo: { token: 'an0paque' }, connection: { access: 'an0paque' } }).one;
    expect(
      checked(opaque)
        .checks.slice(1, 4)
        .map(({ what }) => what),
    ).toEqual([...[ru.check.accepted, ru.check.account('Пример', 'Europe/Moscow'), ru.check.nobody]]);
    const told = json({ id: KNOWN, name: 'Пример', current_user_id: 101 });
    const byAccount = world({ faults: { [account]: told }, connection: { access: 'an0paque' } }).one;
    checked(byAccount);
    expect(paths(byAccount)).toContain(user);
  });

  it.each<[string, Record<string, HttpResult | (HttpResult | undefined)[]>, string]>([
    ['users forbidden', { '/api/v4/users': json({ status: 403 }, 403) }, '✓✓✓✓✗✓✓–'],
    ['users incomplete', { '/api/v4/users': noContent }, '✓✓✓✓✗✓✓–'],
    ['events nowhere', { '/api/v4/events': json({ status: 404 }, 404) }, '✓✓✓✓✓✗✓–'],
    ['events forbidden', { '/api/v4/events': json({ status: 403 }, 403) }, '✓✓✓✓✓✗✓–'],
    ['a block at the users', { '/api/v4/users': htmlPage(403) }, '✓✓✓✓✗–––'],
    ['429 at the events', { '/api/v4/events': text('slow down', 429) }, '✓✓✓✓✓✗––'],
    ['the ping fails', { [account]: [undefined, htmlPage(503)] }, '✓✓✓✓✓✓✗–'],
    ['the ping meets a block', { [account]: [undefined, htmlPage(403)] }, '✓✓✓✓✓✓✗–'],
  ])('%s', (_, faults, states) => {
    const found = checked(world({ faults }).one);
    expect(found.states).toBe(states);
    expect(found.bad!.todo).not.toBe('');
  });

  it.each([
    [0, '✓'],
    [120_000, '✓'],
    [121_000, '!'],
    [600_000, '!'],
    [-600_000, '!'],
  ])('a clock that is %d ms off: %s', (off, state) => {
    const date = new Date(Date.parse(NOW) + off).toUTCString();
    const answer = json({ id: KNOWN, name: 'Пример' }, 200, { date });
    const { one } = world({ faults: { [account]: answer }, latency: () => 0 });
    const { states, bad } = checked(one);
    expect(states).toBe(`✓✓✓✓✓✓✓${state}`);
    const minutes = Math.round(Math.abs(off) / 60_000);
    expect(bad?.what).toBe(state === '!' ? ru.check.clocksDiffer(minutes, off > 0) : undefined);
    expect(one.contents.tables.log).toMatchObject([{ level: state === '!' ? 'WARN' : 'INFO' }]);
  });

  it('another account: its data is not remembered, the connection is put down as another’s', () => {
    const { one } = world({ amo: { id: 27_182_818, name: 'Чужие' } });
    const found = checked(one);
    expect(found.states).toBe('✓✓✗–––––');
    expect(found.bad!.what).toBe(ru.check.foreign('Чужие', 'Пример'));
    expect(found.bad!.todo).toBe(ru.error.todo('other-account'));
    expect(JSON.parse(one.properties.get('account')!)).toMatchObject({ id: KNOWN });
    expect(JSON.parse(one.properties.get('connection')!)).toMatchObject({
      refusal: { cause: 'other-account' },
    });
  });

  it('what was refused before and works again is put down as working', () => {
    const since = Date.parse(NOW) - A_DAY;
    const refusal = { since, from: since, times: 5, host: HOST, cause: 'token-refused' as const };
    const { one } = world({ connection: { refusal } });
    expect(checked(one).states).toBe('✓✓✓✓✓✓✓–');
    expect(JSON.parse(one.properties.get('connection')!)).not.toHaveProperty('refusal');
  });

  it('nothing is asked without an address, or while amoCRM wants silence', () => {
    const pause = { since: Date.parse(NOW), until: Date.parse(NOW) + 30 * 60_000, cause: 'blocked' as const };
    const cases: [Parts, string, string][] = [
      [{ settings: { topEvents: 0 } }, ru.check.noAddress, ru.check.addressTodo],
      [
        { settings: { baseUrl: 'evil.com', topEvents: 0 } },
        ru.check.badAddress('evil.com'),
        ru.check.addressTodo,
      ],
      [
        { properties: { line: JSON.stringify({ pause }) } },
        ru.status.paused('blocked', '12:35'),
        ru.check.pausedTodo('12:35'),
      ],
    ];
    for (const [parts, what, todo] of cases) {
      const { one } = world(parts);
      const found = checked(one);
      expect([found.states, found.bad]).toEqual([
        '✗–––––––',
        { label: ru.check.labels.address, state: 'failed', what, todo },
      ]);
      expect(found.checks[1]!.what).toBe(ru.check.skipped);
      expect(one.requests).toEqual([]);
    }
  });

  it('without a connection: the address is well, the token is missing', () => {
    const { one } = world({ properties: { connection: '' } });
    expect(checked(one).checks.slice(0, 3)).toMatchObject([
      { state: 'ok', what: HOST },
      { state: 'failed', what: ru.check.noToken, todo: ru.check.connectTodo },
      { state: 'skipped' },
    ]);
  });

  it.each<[string, HttpResult, number, string, string]>([
    [
      'no account',
      json({ status: 404 }, 404),
      0,
      `${HOST}: ${ru.check.atAddress['not-found']!(404)}`,
      ru.check.atAddressTodo['not-found']!(HOST),
    ],
    [
      'a failure',
      htmlPage(500),
      0,
      `${HOST}: ${ru.error.what('server-error', 500)}`,
      ru.error.todo('server-error'),
    ],
    [
      'not paid for',
      json({ status: 402 }, 402),
      2,
      ru.error.what('payment-required', 402),
      ru.error.todo('payment-required'),
    ],
    ['not allowed', json({ status: 403 }, 403), 2, ru.error.what('forbidden', 403), ru.check.forbiddenTodo],
  ])('says what is wrong and what to do: %s', (_, answer, line, what, todo) => {
    const { one } = world({ faults: { [account]: answer } });
    expect(checked(one).checks[line]).toMatchObject({ what, todo });
    expect(JSON.parse(one.properties.get('connection')!)).not.toHaveProperty('refusal');
  });

  it.each<[string, number | undefined, string, string, string]>([
    ['lasts', 400 * A_DAY, 'ok', ru.check.validUntil('24.12.2027'), ''],
    ['ends soon', 20 * A_DAY, 'warning', ru.check.endsSoon('09.12.2026', 20), ru.connection.endsTodo],
    ['ends now', 0, 'warning', ru.check.wasValidUntil('19.11.2026'), ru.connection.endsTodo],
    [
      'is over, and amoCRM takes it',
      -A_DAY,
      'warning',
      ru.check.wasValidUntil('18.11.2026'),
      ru.connection.endsTodo,
    ],
  ])('a token that %s', (_, left, state, what, todo) => {
    const token = tokenWith({ user: 101, endsAt: Date.parse(NOW) + left! });
    const { one } = world({ amo: { token }, connection: { access: token }, latency: () => 0 });
    expect(checked(one).checks[1]).toEqual({ label: ru.check.labels.token, state, what, todo });
  });

  it('what is no failure of amoCRM’s is told as such', () => {
    for (const path of [account, '/api/v4/events']) {
      const { one } = world({
        amo: {
          fault(request) {
            if (pathOf(request) === path) throw new Error('broken');
            return undefined;
          },
        },
      });
      expect(checked(one).checks).toEqual([]);
      expect(one.contents.tables.log).toMatchObject([{ level: 'ERROR', what: ru.unexpected('broken') }]);
    }
  });

  it('of two things that are wrong the log names both', () => {
    const forbidden = json({ status: 403 }, 403);
    const { one } = world({ faults: { '/api/v4/users': forbidden, '/api/v4/events': forbidden } });
    const wrong = checked(one).checks.filter(({ state }) => state === 'failed');
    expect(wrong).toHaveLength(2);
    const [first, second] = wrong.map(({ label, what }) => `${label}: ${what}`);
    expect(one.contents.tables.log).toMatchObject([
      { what: `${first}; ${second}`, todo: `${wrong[0]!.todo} ${wrong[1]!.todo}` },
    ]);
  });

  it('what a copy is told of itself does not come up besides', () => {
    const { one } = world();
    one.contents.isCopy = true;
    expect(checked(one).said).toBeUndefined();
  });

  it('from the menu: the same lines in one window, and what is wrong with the run where it cannot begin', () => {
    const { one } = world();
    checkFromMenu(one.outside);
    expect(one.shown).toHaveLength(1);
    const lines = one.shown[0]!.split('\n');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toBe(`✓ ${ru.check.labels.address}: ${HOST}`);
    const since = one.clock.now();
    one.properties.set('lease', JSON.stringify({ id: 'x', holder: 'setUp', since, until: since + 60_000 }));
    checkFromMenu(one.outside);
    expect(one.shown[1]!.startsWith(ru.alreadyRunning('Настройка', '12:05'))).toBe(true);
    expect(paths(one)).toHaveLength(5);
    const failing = world({ faults: { '/api/v4/users': json({ status: 403 }, 403) } }).one;
    checkFromMenu(failing.outside);
    expect(failing.shown[0]!.split('\n').slice(4, 6)).toEqual([
      `✗ ${ru.check.labels.users}: ${ru.check.noRight.users}`,
      `      ${ru.check.noRightTodo}`,
    ]);
  });

  it('shows no secret, and stores no ping', () => {
    const { one } = world({ faults: { [account]: json({ detail: TOKEN, status: 401 }, 401) } });
    checked(one);
    expect(one.everythingShown()).not.toContain(TOKEN);
    expect([...one.properties.keys()].filter(name => /ping/i.test(name))).toEqual([]);
  });
});

describe('what Check connection makes of tokens that are renewed, and of a code that was typed', () => {
  const TOKENS = '/oauth2/access_token';
  const WHERE = '/oauth2/account/current/subdomain';
  const NEW_HOST = 'renamed.kommo.com';
  const access = tokenWith({ user: 101, apiHost: 'api-a.amocrm.ru' });
  const renewal = (minutes: number) => ({
    ...{ clientId: 'id', clientSecret: 's3cret', redirectUri: 'https://example.com', refresh: 'r3fresh' },
    ...{ code: 'used', expiresAt: Date.parse(NOW) + minutes * 60_000 },
  });
  const oauth = (minutes: number) => ({ access, renewal: renewal(minutes) });
  const typed = JSON.stringify({ clientSecret: 's3cret', code: 'c0de' });
  const settings = { baseUrl: 'mycompany', clientId: 'id' };
  const expired = json({ hint: 'Authorization code has expired' }, 400);
  const revoked = json({ hint: 'Token has been revoked' }, 401);
  const pair = (token: string) =>
    json({ access_token: token, refresh_token: 'r3fresh-2', expires_in: 86_400 });
  const outcome = (state: string, what: string, todo = '') => ({ state, what, todo });

  it('they are renewed by themselves', () => {
    const { one } = world({ amo: { token: access }, connection: oauth(600) });
    expect(checked(one).checks[1]).toMatchObject(outcome('ok', ru.check.renewed));
  });

  it('amoCRM wants fewer requests: the old one is tried, whatever is left waits', () => {
    const { one } = world({
      ...{ amo: { token: access }, connection: oauth(20), faults: { [TOKENS]: json({}, 429) } },
    });
    expect(checked(one).states).toBe('✓✓✓–––––');
  });

  it.each<[string, Parts, string, string]>([
    [
      'both are refused',
      { connection: oauth(600), faults: { [TOKENS]: revoked } },
      ru.error.what('tokens-revoked', 401),
      ru.error.todo('tokens-revoked'),
    ],
    [
      'the code is refused, and there was no connection',
      { settings, properties: { typed, connection: '' }, faults: { [TOKENS]: expired } },
      ru.error.what('code-expired', 400),
      ru.error.todo('code-expired'),
    ],
    [
      'those that the code has made are refused',
      { settings, properties: { typed }, faults: { [TOKENS]: pair('n0body-takes-it') } },
      ru.error.what('token-refused', 401),
      ru.connection.refusedTodo,
    ],
  ])('%s', (_, parts, what, todo) => {
    const { checks, states } = checked(world(parts).one);
    expect(states).toBe('✓✗––––––');
    expect(checks.slice(0, 2)).toMatchObject([
      outcome('ok', ru.check.answers(HOST)),
      outcome('failed', what, todo),
    ]);
  });

  it('a code of another account, without a connection', () => {
    const foreign = pair(tokenWith({ account: 27_182_818 }));
    const properties = { typed, connection: '' };
    const { checks } = checked(world({ settings, properties, faults: { [TOKENS]: foreign } }).one);
    expect(checks.slice(0, 3)).toMatchObject([
      outcome('ok', ru.check.answers(HOST)),
      { state: 'ok' },
      outcome('failed', ru.connection.foreign('Пример'), ru.error.todo('other-account')),
    ]);
  });

  const moved: Parts = {
    ...{ settings, properties: { typed }, connection: oauth(-1), amo: { token: 'access-2' } },
    faults: {
      [TOKENS]: [expired, revoked, pair('access-2')],
      [WHERE]: json({ id: KNOWN, domain: NEW_HOST }),
    },
  };
  const told = [ru.error.what('code-expired', 400), ru.connection.moved(HOST, NEW_HOST)]
    .map(text => `${text}.`)
    .join(' ');

  it('what came up besides is told below, in the sidebar and from the menu', () => {
    const { checks, said, states } = checked(world(moved).one);
    expect(states).toBe('✓✓✓✓✓✓✓–');
    expect(checks[0]!.what).toBe(NEW_HOST);
    expect(said).toEqual({ ok: true, what: told, todo: '' });
    const { one } = world(moved);
    checkFromMenu(one.outside);
    const [lines, ...besides] = one.shown[0]!.split('\n\n');
    expect(lines!.split('\n')).toHaveLength(8);
    expect(besides).toEqual([told]);
  });

  it('an account that has moved is named by where it is now, also where it is not paid for', () => {
    const faults = { ...moved.faults, [account]: json({ status: 402 }, 402) };
    const { checks } = checked(world({ ...moved, faults }).one);
    expect(checks[0]).toMatchObject(outcome('ok', ru.check.answers(NEW_HOST)));
    expect(checks[2]!.state).toBe('failed');
  });
});
