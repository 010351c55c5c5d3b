import type { Connection } from '../../src/core/connection';
import { dailyReport } from '../../src/jobs/dailyReport';
import { measurePing } from '../../src/jobs/measurePing';
import { setUp } from '../../src/jobs/setUp';
import type { HttpAnswer } from '../../src/ports';
import { json, text } from '../support/amoAnswers';
import { asked, connection, MINUTE, NOW, stored, type world } from '../support/endingTokens';
import { inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const MINE: Connection = { version: 1, access: 'long-lived', host: 'mycompany.amocrm.ru', accountId: 5 };
const ACCOUNT = { id: 5, name: 'Пример', timeZone: 'Europe/Moscow', host: 'mycompany.amocrm.ru' };

/** @param api what everything but the token endpoint answers */
function watched(known: Connection, tokens: () => HttpAnswer, api: () => HttpAnswer, parts: WorldParts = {}) {
  return inMemoryOutside({
    now: NOW,
    settings: { baseUrl: 'mycompany', notifyEmail: 'me@example.com' },
    properties: { connection: JSON.stringify(known), account: JSON.stringify(ACCOUNT) },
    server: ({ url }) => (url.endsWith('/oauth2/access_token') ? tokens() : api()),
    ...parts,
  });
}

const revoked = () => json({ hint: 'Token has been revoked' }, 401);
const unauthorised = () => json({ title: 'Unauthorized', status: 401 }, 401);
const welcome = () => json({ id: 5, name: 'Пример' });
const errors = (one: ReturnType<typeof world>) =>
  one.contents.tables.log.filter(({ level }) => level === 'ERROR').map(({ what }) => what);

describe('A2, M10 · a refusal is told once, and when it takes effect', () => {
  it('A2 · new tokens are refused while the old one lives: it serves to its end, then that is told', () => {
    const one = watched(connection(20), revoked, welcome);
    for (let pings = 0; pings < 4; pings += 1) {
      measurePing(one.outside, true);
      one.clock.pass(5 * MINUTE);
    }
    dailyReport(one.outside, 'nightly');
    expect(asked(one).filter(path => path === '/oauth2/access_token')).toHaveLength(1);
    for (let pings = 0; pings < 3; pings += 1) {
      measurePing(one.outside, true);
      one.clock.pass(60 * MINUTE);
    }
    expect(errors(one)).toEqual([expect.stringMatching(/отозвал доступ.*остановлены с 19\.11\.2026 03:25$/)]);
    expect(one.mails.map(({ subject }) => subject)).toEqual(['amoCRM Monitor: «Подключение» не работает']);
  });

  it('A2 · an answer with data does not take back that there will be no new tokens', () => {
    const one = watched(connection(20), revoked, welcome);
    dailyReport(one.outside, 'nightly');
    expect(stored(one).refusal).toMatchObject({ cause: 'tokens-revoked' });
  });

  it('T1 · a run that is killed after the refusal was put down: the next one tells', () => {
    const one = watched(connection(600), revoked, unauthorised);
    one.steps.interfere = () => {
      if (stored(one).refusal) one.steps.killBefore(1);
    };
    measurePing(one.outside, true);
    expect(one.steps.died).toBe(true);
    one.steps.interfere = undefined;
    one.steps.revive();
    one.properties.delete('lease');
    for (let pings = 0; pings < 12; pings += 1) {
      one.clock.pass(60 * MINUTE);
      measurePing(one.outside, true);
    }
    expect(errors(one)).toHaveLength(1);
    expect(one.mails).toHaveLength(1);
  });
});

describe('M10 · a refusal that may be a passing fault', () => {
  it('tokens that were renewed a moment ago are tried once more by the next run', () => {
    let isOver = false;
    const pair = () => json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 86_400 });
    const one = watched(connection(600), pair, () => (isOver ? welcome() : unauthorised()));
    measurePing(one.outside, true);
    isOver = true;
    one.clock.pass(60 * MINUTE);
    measurePing(one.outside, true);
    expect(stored(one).refusal).toBeUndefined();
    expect(asked(one).filter(path => path === '/oauth2/access_token')).toHaveLength(1);
  });

  it('a ping that fell due while the report was refused is no second refusal', () => {
    const one = watched(MINE, revoked, unauthorised);
    one.properties.set('pingDue', String(Date.parse(NOW)));
    dailyReport(one.outside, 'nightly');
    expect(one.requests).toHaveLength(2);
    expect(stored(one).refusal).toMatchObject({ times: 1 });
  });
});

it('M10 · there is no such account at the address: nothing is put down against a long-lived token', () => {
  const unknown = () => json({ response: { error_code: '101' } }, 401);
  const one = watched(MINE, revoked, unknown, { person: [] });
  setUp(one.outside);
  expect(stored(one)).toEqual(MINE);
  expect(one.shown[0]).toContain('По этому адресу нет аккаунта');
});

describe('A2 · the store fails for a moment right after amoCRM has answered', () => {
  const pair = () => json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 86_400 });
  /** The first two writes after the answer fail. */
  function failingTwice(one: ReturnType<typeof world>): void {
    let failures = 0;
    one.steps.interfere = (port, detail) => {
      if (port !== 'properties.change' || !detail?.startsWith('connection')) return;
      if (one.requests.length === 0 || failures >= 2) return;
      failures += 1;
      throw new Error('We’re sorry, a server error occurred');
    };
  }

  it('A2 · new tokens are saved all the same', () => {
    const one = watched(connection(20), pair, welcome);
    failingTwice(one);
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject({ access: 'access-2', renewal: { refresh: 'refresh-2' } });
    expect(stored(one).renewal).not.toHaveProperty('doubtSince');
  });

  it('A2 · and so is what a code has given', () => {
    const typed = JSON.stringify({ clientSecret: 'the-secret', code: 'the-code' });
    const settings = { baseUrl: 'mycompany', clientId: 'id' };
    const one = watched(MINE, pair, welcome, { settings, properties: { typed } });
    failingTwice(one);
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject({ access: 'access-2', renewal: { refresh: 'refresh-2' } });
    expect(one.properties.has('typed')).toBe(false);
  });
});

describe('M10 · an account that is not known at its old address any more', () => {
  const claims = { account_id: 5, api_domain: 'api-b.amocrm.ru' };
  const access = `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
  const GONE = [
    ['404', () => text('', 404)],
    ['a redirect', () => text('', 301, { location: 'https://www.amocrm.ru/' })],
    ['401 with code 101', () => json({ response: { error_code: '101' } }, 401)],
  ] as const;
  const moving = (gone: () => HttpAnswer, movedTo: string | undefined, tokens = gone) =>
    watched({ ...connection(600), access }, revoked, welcome, {
      server: ({ url }) => {
        const { hostname, pathname } = new URL(url);
        if (hostname === 'api-b.amocrm.ru') return json({ id: 5, domain: movedTo ?? 'mycompany.amocrm.ru' });
        if (pathname !== '/oauth2/access_token') return hostname === movedTo ? welcome() : gone();
        const pair = { access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 86_400 };
        return hostname === movedTo ? json(pair) : tokens();
      },
    });

  it.each(GONE)('M10 · %s: the ping follows it', (_, gone) => {
    const one = moving(gone, 'new-name.kommo.com');
    measurePing(one.outside, true);
    expect(stored(one)).toMatchObject({ host: 'new-name.kommo.com', access: 'access-2' });
    expect(one.contents.tables.log.map(({ level }) => level)).toEqual(['WARN', 'INFO']);
  });

  it.each(GONE)('M10 · %s: the report follows it', (_, gone) => {
    const one = moving(gone, 'new-name.kommo.com');
    dailyReport(one.outside, 'nightly');
    expect(stored(one)).toMatchObject({ host: 'new-name.kommo.com', access: 'access-2' });
  });

  it.each(GONE)(
    'M10 · %s, though it has not moved and new tokens are given: they are not put down as refused',
    (_, gone) => {
      const pair = () => json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 86_400 });
      const one = moving(gone, undefined, pair);
      measurePing(one.outside, true);
      expect(stored(one).refusal).toBeUndefined();
      expect(asked(one).filter(path => path === '/oauth2/access_token')).toHaveLength(1);
    },
  );
});
