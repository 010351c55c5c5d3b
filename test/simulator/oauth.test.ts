import expired from '../fixtures/amocrm/oauth/error-400-code-expired.json';
import revoked from '../fixtures/amocrm/oauth/error-401-refresh-revoked.json';
import { ask, LATER } from './asking';
import { Simulator } from './simulator';

const keys = { client_id: 'id', client_secret: 'secret', redirect_uri: 'https://example.com/back' };

function opened(): Simulator {
  const codes = [
    { code: 'fresh', userId: 9_000_001 },
    { code: 'old', userId: 9_000_001, issuedAt: LATER - 20 * 60_000 },
  ];
  return new Simulator({
    oauth: { clientId: 'id', clientSecret: 'secret', redirectUri: 'https://example.com/back', codes },
  });
}

function exchange(simulator: Simulator, body: object, at = LATER) {
  const headers = { 'Content-Type': 'application/json' };
  return ask(simulator, '/oauth2/access_token', { method: 'POST', headers, body: JSON.stringify(body), at });
}

const byCode = (simulator: Simulator, code: string) =>
  exchange(simulator, { ...keys, grant_type: 'authorization_code', code });

const byRefresh = (simulator: Simulator, refresh_token: string, at = LATER) =>
  exchange(simulator, { ...keys, grant_type: 'refresh_token', refresh_token }, at);

test('a code gives a pair that works for a day', () => {
  const simulator = opened();
  const { json } = byCode(simulator, 'fresh');
  expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 86_400, server_time: LATER / 1000 });
  const status = (at: number) => ask(simulator, '/api/v4/account', { token: json.access_token, at }).status;
  expect([status(LATER + 86_399_000), status(LATER + 86_400_000)]).toEqual([200, 401]);
});

test('a code works once and for twenty minutes', () => {
  const simulator = opened();
  expect(byCode(simulator, 'old').json).toEqual(expired);
  byCode(simulator, 'fresh');
  expect(byCode(simulator, 'fresh').json.hint).toBe('Authorization code has been revoked');
  expect(byCode(simulator, 'strange').json.hint).toBe('Cannot decrypt the authorization code');
});

test('a refresh token works once and ends the old access', () => {
  const simulator = opened();
  const first = byCode(simulator, 'fresh').json;
  const second = byRefresh(simulator, first.refresh_token).json;
  expect(ask(simulator, '/api/v4/account', { token: first.access_token, at: LATER + 5000 }).status).toBe(401);
  expect(ask(simulator, '/api/v4/account', { token: second.access_token, at: LATER + 6000 }).status).toBe(
    200,
  );
  const again = byRefresh(simulator, first.refresh_token);
  expect([again.status, again.json]).toEqual([401, revoked]);
});

test.each([
  ['client_id', 'Check the `client_id` parameter'],
  ['client_secret', 'Check the `client_secret` parameter'],
  ['redirect_uri', 'Redirect URI is not associated with client'],
])('a wrong %s has its own hint', (name, hint) => {
  const body = { ...keys, grant_type: 'authorization_code', code: 'fresh', [name]: 'wrong' };
  expect(exchange(opened(), body)).toMatchObject({ status: 400, json: { hint, status: 400 } });
});
