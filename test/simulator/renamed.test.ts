/** An account that moved to another subdomain. */

import published from '../fixtures/amocrm/oauth/current-subdomain.response.json';
import { ask } from './asking';
import { access, byCode, byRefresh, opened, whereabouts } from './askingForTokens';

const OLD = 'demo.amocrm.ru';

test('tokens go on working at the new host, and the old one knows nobody', () => {
  const simulator = opened();
  const first = byCode(simulator).json;
  simulator.rename('better');
  expect(simulator.host).toBe('better.amocrm.ru');
  expect(access(simulator, first.access_token)).toBe(200);
  expect(access(simulator, simulator.token)).toBe(200);
  expect(access(simulator, first.access_token, undefined, OLD)).toBe(401);
  expect(ask(simulator, '/api/v4/account').json.subdomain).toBe('better');
  const second = byRefresh(simulator, first.refresh_token).json;
  expect(access(simulator, second.access_token)).toBe(200);
  expect(simulator.ledger.violations).toEqual([]);
});

test.each([401, 404] as const)('a refresh at the old host is %i and uses nothing up', oldHost => {
  const simulator = opened();
  const first = byCode(simulator).json;
  simulator.rename('better', { oldHost });
  const refused = byRefresh(simulator, first.refresh_token, undefined, OLD);
  expect([refused.status, refused.json.status, refused.json.hint]).toEqual([oldHost, oldHost, undefined]);
  expect(byRefresh(simulator, first.refresh_token).status).toBe(200);
  expect(simulator.ledger.tokens.map(({ outcome, reused }) => [outcome, reused])).toEqual([
    ['issued', false],
    [`moved (${oldHost})`, false],
    ['issued', false],
  ]);
  byRefresh(simulator, first.refresh_token, undefined, OLD);
  expect(simulator.ledger.tokens.at(-1)).toMatchObject({ reused: true });
});

test('a code is refused at the old host, too, and works at the new one', () => {
  const simulator = opened();
  simulator.rename('better');
  expect(byCode(simulator, 'fresh', undefined, OLD).status).toBe(401);
  expect(byCode(simulator).status).toBe(200);
});

test('whoever has a live refresh token is told where the account is, as often as asked', () => {
  const simulator = opened();
  const { refresh_token } = byCode(simulator).json;
  simulator.rename('better');
  for (const time of [1, 2]) {
    const { json, status } = whereabouts(simulator, refresh_token);
    expect([time, status, Object.keys(json)]).toEqual([time, 200, Object.keys(published)]);
    expect(json).toEqual({
      id: simulator.account.id,
      subdomain: 'better',
      domain: 'better.amocrm.ru',
      top_level_domain: 'ru',
    });
  }
  expect(byRefresh(simulator, refresh_token).status).toBe(200);
  expect(simulator.ledger.violations).toEqual([]);
});

test('into another zone: the API host of both zones tells', () => {
  const simulator = opened();
  const { refresh_token } = byCode(simulator).json;
  simulator.rename('better', { zone: 'kommo.com' });
  for (const host of ['api-a.amocrm.ru', 'api-a.kommo.com']) {
    const { json } = whereabouts(simulator, refresh_token, { host });
    expect(json).toMatchObject({ domain: 'better.kommo.com', top_level_domain: 'com' });
  }
  const [, claims = ''] = byRefresh(simulator, refresh_token).json.access_token.split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).api_domain).toBe('api-a.kommo.com');
});

test('back again, and on: every host answers for what it is now', () => {
  const simulator = opened();
  const { access_token } = byCode(simulator).json;
  simulator.rename('better');
  simulator.rename('demo');
  const at = (host: string) => access(simulator, access_token, undefined, host);
  expect([at(OLD), at('better.amocrm.ru')]).toEqual([200, 401]);
  expect(simulator.ledger.violations).toEqual([]);
});

test('a used, withdrawn, strange or missing refresh token is told nothing', () => {
  const simulator = opened();
  const first = byCode(simulator).json.refresh_token;
  const second = byRefresh(simulator, first).json.refresh_token;
  expect([first, second, 'strange'].map(token => whereabouts(simulator, token).status)).toEqual([
    401, 200, 401,
  ]);
  simulator.switchOff();
  expect(whereabouts(simulator, second).status).toBe(401);
  simulator.switchOn();
  simulator.revokeAccess();
  expect(whereabouts(simulator, second).status).toBe(401);
  expect(simulator.ledger.violations).toEqual([]);
  expect(whereabouts(simulator, '', { headers: {} }).status).toBe(401);
  expect(simulator.ledger.violations).toEqual([expect.stringContaining('no refresh token')]);
});

test('the question belongs to the API host, and nothing else does', () => {
  const simulator = opened();
  const { access_token, refresh_token } = byCode(simulator).json;
  const host = simulator.apiHost;
  expect(whereabouts(simulator, refresh_token, { host: simulator.host }).status).toBe(404);
  expect(whereabouts(simulator, refresh_token, { host: 'api-b.amocrm.ru' }).status).toBe(401);
  expect(whereabouts(simulator, refresh_token, { method: 'POST' }).status).toBe(405);
  expect(whereabouts(simulator, refresh_token, { token: access_token }).status).toBe(200);
  expect(access(simulator, access_token, undefined, host)).toBe(401);
  expect(byRefresh(simulator, refresh_token, undefined, host).status).toBe(401);
  expect(simulator.ledger.violations.map(text => text.replace(/^\S+ /, ''))).toEqual([
    'GET /oauth2/account/current/subdomain: no such route here',
    'GET /oauth2/account/current/subdomain: a refresh token went to api-b.amocrm.ru',
    'POST /oauth2/account/current/subdomain: no such method here',
    `GET /oauth2/account/current/subdomain: a token went to ${host}`,
    `GET /api/v4/account: a token went to ${host}`,
    'GET /api/v4/account: no such route here',
    'POST /oauth2/access_token: no such route here',
  ]);
});

test('another account takes no keys of ours, and they should not have gone there', () => {
  const simulator = opened();
  const refused = byCode(simulator, 'fresh', undefined, 'other.amocrm.ru');
  expect([refused.status, refused.json.hint]).toEqual([400, 'Invalid account']);
  expect(byCode(simulator, 'fresh', undefined, 'example.com').failure).toBe('dns');
  expect(simulator.ledger.violations.map(text => text.split(': ')[1])).toEqual([
    'a code went to other.amocrm.ru',
    'a client secret went to other.amocrm.ru',
    'a code went to example.com',
    'a client secret went to example.com',
  ]);
  expect(byCode(simulator).status).toBe(200);
});

test('faults and the limit hold at all three hosts', () => {
  const simulator = opened();
  const { refresh_token } = byCode(simulator).json;
  simulator.rename('better');
  simulator.plan('GET /oauth2/account/current/subdomain', 'json-503');
  expect(whereabouts(simulator, refresh_token).status).toBe(503);
  simulator.plan('POST /oauth2/access_token', 'html-502');
  expect(byRefresh(simulator, refresh_token, undefined, OLD).status).toBe(502);
  expect(simulator.unmetFaults()).toEqual([]);
  const at = Date.UTC(2026, 11, 1);
  const statuses = Array.from({ length: 8 }, () => whereabouts(simulator, refresh_token, { at }).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
});
