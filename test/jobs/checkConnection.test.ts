import { type Connection, longLived } from '../../src/core/connection';
import type { ConnectRequest } from '../../src/core/connectRequest';
import { TEXTS } from '../../src/core/texts';
import { checkFromMenu } from '../../src/jobs/checkConnection';
import { connectRequest } from '../../src/jobs/connect';
import type { HttpResult } from '../../src/ports';
import { htmlPage, json, noConnection, noContent, pathOf, text, timedOut } from '../support/amoAnswers';
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
    const over = tokenWith({ endsAt: Date.parse(NOW) - A_DAY });
    const ended = world({ faults: refused, connection: { access: over } }).one;
    expect(checked(ended).bad).toMatchObject({
      what: `${ru.error.what('token-refused', 401)}: ${ru.check.wasValidUntil('18.11.2026')}`,
      todo: ru.connection.endsTodo,
    });
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
    [60_000, '✓'],
    [600_000, '!'],
    [-600_000, '!'],
  ])('a clock that is %d ms off: %s', (off, state) => {
    const date = new Date(Date.parse(NOW) + off).toUTCString();
    const answer = json({ id: KNOWN, name: 'Пример' }, 200, { date });
    const { states, bad } = checked(world({ faults: { [account]: answer } }).one);
    expect(states).toBe(`✓✓✓✓✓✓✓${state}`);
    expect(bad?.what).toBe(state === '!' ? ru.check.clocksDiffer(10, off > 0) : undefined);
  });

  it('another account: its data is not remembered, the connection is put down as another’s', () => {
    const { one } = world({ amo: { id: 27_182_818, name: 'Чужие' } });
    const found = checked(one);
    expect(found.states).toBe('✓✓✗–––––');
    expect(found.bad!.what).toBe(ru.check.foreign('Чужие', 'Пример'));
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

  it('from the menu: the same lines in one window, and what is wrong with the run where it cannot begin', () => {
    const { one } = world();
    checkFromMenu(one.outside);
    expect(one.shown).toHaveLength(1);
    expect(one.shown[0]!.split('\n')).toHaveLength(8);
    const since = one.clock.now();
    one.properties.set('lease', JSON.stringify({ id: 'x', holder: 'setUp', since, until: since + 60_000 }));
    checkFromMenu(one.outside);
    expect(one.shown[1]).toContain(ru.alreadyRunning('Настройка', '12:05'));
    expect(paths(one)).toHaveLength(5);
  });

  it('shows no secret, and stores no ping', () => {
    const { one } = world({ faults: { [account]: json({ detail: TOKEN, status: 401 }, 401) } });
    checked(one);
    expect(one.everythingShown()).not.toContain(TOKEN);
    expect([...one.properties.keys()].filter(name => /ping/i.test(name))).toEqual([]);
  });
});
