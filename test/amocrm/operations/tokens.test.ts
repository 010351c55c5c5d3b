import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gate } from '../../../src/amocrm/gate';
import { currentAddress, pairByCode, pairByRefresh } from '../../../src/amocrm/operations/tokens';
import { FREE_LINE } from '../../../src/core/line';
import type { HttpRequest, HttpResult } from '../../../src/ports';
import { htmlPage, json, noConnection, noContent, text, timedOut } from '../../support/amoAnswers';
import { thrownBy } from '../../support/clientOver';
import { fakeClock } from '../../support/fakeClock';
import { singly } from '../../support/sentTogether';

const published = (name: string) =>
  readFileSync(join(__dirname, '../../fixtures/amocrm/oauth', name), 'utf8');
const HOST = 'example.amocrm.ru';
const KEYS = { clientId: 'xxxx', clientSecret: 'xxxx', redirectUri: 'https://test.test' };

function desk(answer: HttpResult) {
  const clock = fakeClock('2026-11-19T03:00:00+03:00');
  const requests: HttpRequest[] = [];
  const http = singly(request => {
    requests.push(request);
    return answer;
  });
  const shared = { line: FREE_LINE, share() {} };
  const line = gate(http, clock, 5, shared);
  const asking = { clock, gate: line, send: line.ready() };
  return {
    requests,
    shared,
    gate: line,
    byCode: () => pairByCode(asking, HOST, KEYS, 'xxxxxxx'),
    byRefresh: () => pairByRefresh(asking, HOST, KEYS, 'xxxxx'),
    address: () => currentAddress(asking, 'api-a.amocrm.ru', 'xxxxx'),
  };
}

const PAIR = { token_type: 'Bearer', expires_in: 86_400, access_token: 'a.b.c', refresh_token: 'def502' };

describe('M10 · pairs of tokens', () => {
  it.each([
    ['byCode', 'token-by-code'],
    ['byRefresh', 'token-by-refresh'],
  ] as const)('%s asks as published in %s, and understands the published answer', (how, name) => {
    const at = desk(text(published(`${name}.response.json`)));
    expect(at[how]()).toEqual({ access: 'xxxxxx', refresh: 'xxxxx', expiresInMs: 86_400_000 });
    const [request, ...others] = at.requests;
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      url: 'https://example.amocrm.ru/oauth2/access_token',
      headers: { Accept: 'application/json' },
    });
    expect(JSON.parse(request!.json!)).toEqual(JSON.parse(published(`${name}.request.json`)));
    // The lock is held meanwhile, and others wait for it no longer than 20 seconds.
    expect(request!.timeoutMs).toBeLessThan(20_000);
    expect(JSON.stringify(request!.headers)).not.toMatch(/authorization/i);
  });

  it.each<[unknown, number]>([
    [3_600, 3_600_000],
    [undefined, 86_400_000],
    [null, 86_400_000],
    ['3600', 86_400_000],
    [0, 86_400_000],
    [-5, 86_400_000],
  ])('A9 · a life of %j is one of %j ms, whatever clock amoCRM has', (life, expiresInMs) => {
    const answer = json({ ...PAIR, expires_in: life, server_time: 5 });
    expect(desk(answer).byRefresh()).toEqual({ access: 'a.b.c', refresh: 'def502', expiresInMs });
  });

  it.each<[string, object]>([
    ['no access token', { access_token: undefined }],
    ['no refresh token', { refresh_token: undefined }],
    ['an empty one', { refresh_token: '' }],
    ['one that is no text', { access_token: 5 }],
    ['null', { refresh_token: null }],
    ['one that no header can carry', { access_token: 'a\u0000b' }],
    ['one in Cyrillic', { refresh_token: 'токен' }],
    ['one too long to be kept', { access_token: 'x'.repeat(4_000) }],
  ])('A4 · a pair with %s is none', (_, change) => {
    expect(thrownBy(desk(json({ ...PAIR, ...change })).byRefresh)).toMatchObject({ code: 'malformed' });
  });

  it('A6 · white space around a token is none of it', () => {
    const answer = json({ ...PAIR, access_token: ' a.b.c\n' });
    expect(desk(answer).byRefresh().access).toBe('a.b.c');
  });
});

describe('A8 · refusals, by their hint', () => {
  const hinted = (hint: string, status = 400) =>
    json(
      {
        hint,
        title: 'Некорректный запрос',
        type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
        status,
      },
      status,
    );

  it.each<[string, number, string]>([
    ['Authorization code has expired', 400, 'code-expired'],
    ['Authorization code has been revoked', 400, 'code-used'],
    ['Cannot decrypt the authorization code', 400, 'code-unreadable'],
    ['Check the `client_id` parameter', 400, 'wrong-client-id'],
    ['Check the `client_secret` parameter', 400, 'wrong-client-secret'],
    ['Redirect URI is not associated with client', 400, 'wrong-redirect-uri'],
    ['Invalid account', 400, 'wrong-account-host'],
    ['Invalid refresh token', 400, 'refused'],
    ['Token has been revoked', 401, 'tokens-revoked'],
    ['Что-то новое', 400, 'refused'],
    ['', 400, 'refused'],
    ['', 401, 'tokens-revoked'],
  ])('%j with %d is %s', (hint, status, code) => {
    const error = thrownBy(desk(hinted(hint, status)).byCode);
    expect(error).toMatchObject({ name: 'AmoError', code, status });
  });

  it.each([
    ['error-400-client-id.json', 400, 'wrong-client-id'],
    ['error-400-code-expired.json', 400, 'code-expired'],
    ['error-400-code-revoked.json', 400, 'code-used'],
    ['error-401-refresh-revoked.json', 401, 'tokens-revoked'],
  ])('%s, as published, is %s', (name, status, code) => {
    const answer = text(published(name), status, { 'content-type': 'application/problem+json' });
    expect(thrownBy(desk(answer).byRefresh)).toMatchObject({ code });
  });

  const forbiddenPage = { ...htmlPage(), status: 403 };
  it.each<[string, HttpResult, string]>([
    ['a 400 without JSON', text('Bad request', 400), 'refused'],
    ['a 401 without JSON', htmlPage(401), 'tokens-revoked'],
    ['a hint that is no text', json({ hint: { code_has_expired: 1 } }, 400), 'refused'],
    ['402', json({ title: 'Payment Required', status: 402 }, 402), 'payment-required'],
    ['403 with a page', forbiddenPage, 'blocked'],
    ['403 with JSON', json({ title: 'Forbidden', status: 403 }, 403), 'forbidden'],
    ['404', text('', 404), 'not-found'],
    ['a redirect', text('', 302, { location: 'https://evil.example/' }), 'redirected'],
    ['429', json({ status: 429 }, 429), 'too-many-requests'],
    ['500', htmlPage(500), 'server-error'],
    ['a page', htmlPage(), 'not-api'],
    ['nothing', text(''), 'not-api'],
    ['204', noContent, 'malformed'],
    ['an empty object', json({}), 'malformed'],
    ['a list', json([]), 'malformed'],
    ['garbage', text('{"access_token":"a'), 'malformed'],
    ['no connection', noConnection, 'no-connection'],
    ['no answer in time', timedOut, 'timeout'],
  ])('A4 · %s is %s', (_, answer, code) => {
    for (const how of ['byCode', 'byRefresh'] as const) {
      expect(thrownBy(desk(answer)[how])).toMatchObject({ name: 'AmoError', code });
    }
  });

  it('a block and a wish for patience hold for every request to come', () => {
    const blocked = desk(forbiddenPage);
    thrownBy(blocked.byRefresh);
    expect(blocked.gate.pause).toMatchObject({ cause: expect.any(String) });
    const asked = desk(json({ status: 429 }, 429, { 'retry-after': '60' }));
    thrownBy(asked.byRefresh);
    expect(asked.gate.pause).toBeDefined();
    expect(thrownBy(() => asked.gate.ready())).toMatchObject({ code: 'paused' });
  });

  it('no error says a secret', () => {
    const echo = json({ hint: 'Check the `client_secret` parameter', detail: 'xxxx-s3cret' }, 400);
    const error = thrownBy(desk(echo).byCode);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/s3cret/);
  });
});

describe('M10 · currentAddress', () => {
  const example = JSON.parse(published('current-subdomain.response.json')) as object;
  // The name in the published example is a word for any name, and no name that an account can have.
  const told = (change: object) =>
    desk(json({ ...example, subdomain: 'new-name', domain: 'new-name.amocrm.ru', ...change }));

  it('asks with the refresh token alone, which is not used up by it', () => {
    const at = told({});
    expect(at.address()).toEqual({ accountId: 123_456, host: 'new-name.amocrm.ru' });
    const [request] = at.requests;
    expect(request).toMatchObject({
      url: 'https://api-a.amocrm.ru/oauth2/account/current/subdomain',
      headers: { 'X-Refresh-Token': 'xxxxx', Accept: 'application/json' },
    });
    expect(request).not.toHaveProperty('json');
    expect(request!.headers).not.toHaveProperty('Authorization');
  });

  it.each(['new.amocrm.com', 'new.kommo.com', 'NEW.amocrm.ru'])('follows to %s', domain => {
    expect(told({ domain }).address().host).toBe(domain.toLowerCase());
  });

  it.each<[string, object]>([
    ['of a stranger', { domain: 'evil.example' }],
    ['that only looks like amoCRM', { domain: 'new.amocrm.ru.evil.example' }],
    ['with a user', { domain: 'new.amocrm.ru@evil.example' }],
    ['with a port', { domain: 'new.amocrm.ru:8443' }],
    ['in Cyrillic', { domain: 'nеw.amocrm.ru' }],
    ['with another full stop', { domain: 'new\u3002amocrm.ru' }],
    ['that is a bare name', { domain: 'new' }],
    ["of the vendor's site", { domain: 'www.amocrm.ru' }],
    ['of the vendor himself', { domain: 'amocrm.ru' }],
    ['that is empty', { domain: '' }],
    ['that is no text', { domain: { host: 'new.amocrm.ru' } }],
    ['that is missing', { domain: undefined }],
    ['of an account without an id', { id: undefined }],
    ['of an account whose id is a text', { id: '123456' }],
  ])('M15 · an address %s is none', (_, change) => {
    expect(thrownBy(told(change).address)).toMatchObject({ code: 'malformed' });
  });

  it.each<[string, HttpResult, string]>([
    ['401', json({ title: 'Unauthorized', status: 401 }, 401), 'token-refused'],
    ['404', text('', 404), 'not-found'],
    ['a page of a block', { ...htmlPage(), status: 403 }, 'blocked'],
    ['204', noContent, 'malformed'],
    ['no answer', timedOut, 'timeout'],
  ])('A4 · %s is %s', (_, answer, code) => {
    expect(thrownBy(desk(answer).address)).toMatchObject({ code });
  });
});
