import expired from '../fixtures/amocrm/oauth/error-400-code-expired.json';
import revoked from '../fixtures/amocrm/oauth/error-401-refresh-revoked.json';
import { ask, LATER } from './asking';
import { access, byCode, byRefresh, exchange, KEYS, opened } from './askingForTokens';
import { PLANTED_SECRET } from './plantedSecret';
import { Simulator } from './simulator';

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
  const body = { ...KEYS, grant_type: 'authorization_code', code: 'fresh', [name]: 'wrong' };
  expect(exchange(opened(), body)).toMatchObject({ status: 400, json: { hint, status: 400 } });
});

test('a redirect URI has to be there even where any will do', () => {
  const simulator = opened({ anyRedirectUri: true });
  const body = { ...KEYS, grant_type: 'authorization_code', code: 'fresh' };
  for (const redirect_uri of [undefined, '', 7]) {
    expect(exchange(simulator, { ...body, redirect_uri }).json.hint).toContain('Redirect URI');
  }
  expect(exchange(simulator, { ...body, redirect_uri: 'https://elsewhere.example' }).status).toBe(200);
});

test('the life of access can be shortened, and it can outlive a refresh', () => {
  const simulator = opened({ accessLifeSeconds: 600, oldAccessSurvives: true });
  const first = byCode(simulator, 'fresh').json;
  expect(first.expires_in).toBe(600);
  byRefresh(simulator, first.refresh_token);
  expect([599_000, 600_000].map(after => access(simulator, first.access_token, LATER + after))).toEqual([
    200, 401,
  ]);
});

test('a code can be given out later, and is then twenty minutes old twenty minutes later', () => {
  const simulator = opened();
  const [late, intime] = [0, 1].map(() => simulator.issueCode({ userId: 9_000_002, at: LATER }));
  const at = (code: string | undefined, time: number) =>
    exchange(simulator, { ...KEYS, grant_type: 'authorization_code', code }, time);
  expect(at(intime, LATER + 20 * 60_000 - 1).status).toBe(200);
  expect(at(late, LATER + 20 * 60_000).json).toEqual(expired);
  const { json } = at(simulator.issueCode({ userId: 9_000_002 }), LATER + 9_000_000_000);
  const account = ask(simulator, '/api/v4/account', {
    token: json.access_token,
    at: LATER + 9_000_001_000,
  });
  expect(account.json.current_user_id).toBe(9_000_002);
  expect(() => new Simulator().issueCode()).toThrow('there is no integration');
});

test('keys and codes can be made up', () => {
  const simulator = new Simulator({ oauth: {} });
  const { clientId, clientSecret, redirectUri } = simulator.integration;
  const answer = exchange(simulator, {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    grant_type: 'authorization_code',
    code: simulator.issueCode(),
  });
  expect(answer.status).toBe(200);
  expect(() => new Simulator().integration).toThrow('there is no integration');
});

describe('what ends access', () => {
  test('access withdrawn is dead for good, a new consent gives a new one', () => {
    const simulator = opened();
    const { token } = simulator;
    const { access_token, refresh_token } = byCode(simulator, 'fresh').json;
    simulator.revokeAccess();
    expect([access(simulator, access_token), access(simulator, token)]).toEqual([401, 401]);
    const refused = byRefresh(simulator, refresh_token);
    expect([refused.status, refused.json]).toEqual([401, revoked]);
    const again = byCode(simulator, simulator.issueCode()).json;
    expect(access(simulator, again.access_token)).toBe(200);
  });

  test('an integration that is off refuses, and forgets nothing', () => {
    const simulator = opened();
    const { access_token, refresh_token } = byCode(simulator, 'fresh').json;
    simulator.switchOff();
    expect(access(simulator, access_token)).toBe(401);
    expect(byRefresh(simulator, refresh_token).json).toEqual(revoked);
    expect(byCode(simulator, simulator.issueCode()).status).toBe(400);
    simulator.switchOn();
    expect(access(simulator, access_token)).toBe(200);
    expect(byRefresh(simulator, refresh_token).status).toBe(200);
  });

  test('perhaps it goes on giving out pairs that do not work yet', () => {
    const simulator = opened();
    const first = byCode(simulator, 'fresh').json;
    simulator.switchOff({ tokenEndpoint: 'answers' });
    const second = byRefresh(simulator, first.refresh_token).json;
    expect(access(simulator, second.access_token)).toBe(401);
    simulator.switchOn();
    expect(access(simulator, second.access_token)).toBe(200);
  });
});

test('with a wrong clock the pair says so, and lives as long as ever', () => {
  const simulator = opened({}, { clockOffsetMs: 7_200_000 });
  const { access_token, expires_in, server_time } = byCode(simulator).json;
  const now = LATER / 1000 + 7200;
  expect({ expires_in, server_time }).toEqual({ expires_in: 86_400, server_time: now });
  const claims = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString());
  expect(claims).toMatchObject({ iat: now, exp: now + 86_400 });
  expect([86_399_000, 86_400_000].map(after => access(simulator, access_token, LATER + after))).toEqual([
    200, 401,
  ]);
});

test.each([
  ['timeout', 200],
  ['reset', 200],
  ['json-500', 200],
  ['lost-answer', 401],
  ['broken-answer', 401],
] as const)('after a %s the refresh token of before is worth %i', (fault, status) => {
  const simulator = opened();
  const first = byCode(simulator).json;
  simulator.plan('POST /oauth2/access_token', fault);
  byRefresh(simulator, first.refresh_token);
  const heard = simulator.ledger.tokens.length;
  expect(access(simulator, first.access_token)).toBe(status);
  const again = byRefresh(simulator, first.refresh_token);
  expect([again.status, simulator.ledger.tokens.at(-1)?.reused]).toEqual([status, status === 401]);
  expect(heard).toBe(status === 401 ? 2 : 1);
});

test('the ledger knows every request for tokens, and what was offered twice', () => {
  const simulator = opened();
  const { refresh_token } = byCode(simulator, 'fresh').json;
  byCode(simulator, 'fresh');
  byRefresh(simulator, refresh_token, LATER + 1000);
  byRefresh(simulator, refresh_token, LATER + 2000);
  byRefresh(simulator, 'strange', LATER + 3000);
  exchange(simulator, { ...KEYS, grant_type: 'password' }, LATER + 4000);
  const [at, code, refresh] = [LATER, 'authorization_code', 'refresh_token'];
  expect(simulator.ledger.tokens).toEqual([
    { at, grant: code, outcome: 'issued', reused: false },
    { at, grant: code, outcome: 'Authorization code has been revoked', reused: true },
    { at: at + 1000, grant: refresh, outcome: 'issued', reused: false },
    { at: at + 2000, grant: refresh, outcome: 'Token has been revoked', reused: true },
    { at: at + 3000, grant: refresh, outcome: 'Token has been revoked', reused: false },
    { at: at + 4000, grant: 'unknown', outcome: 'Check the `grant_type` parameter', reused: false },
  ]);
  expect(simulator.ledger.requests.map(({ path, status }) => [path, status])[3]).toEqual([
    '/oauth2/access_token',
    401,
  ]);
});

test('every secret made here is as long as a real one and bears the mark at either end', () => {
  const simulator = new Simulator({ oauth: { anyRedirectUri: true } });
  const { clientId, clientSecret, redirectUri } = simulator.integration;
  const code = simulator.issueCode();
  const body = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri };
  const pair = exchange(simulator, { ...body, grant_type: 'authorization_code', code }).json;
  const secrets = [simulator.token, pair.access_token, pair.refresh_token, code, clientSecret];
  expect(secrets.map(secret => secret.split(PLANTED_SECRET).length - 1)).toEqual([2, 2, 2, 2, 2]);
  expect(new Set(secrets).size).toBe(5);
  expect(secrets.map(secret => Math.round(secret.length / 100))).toEqual([11, 11, 6, 6, 1]);
  const [header, claims] = pair.access_token.split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString()).alg).toBe('RS256');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    aud: clientId,
    sub: '9000001',
  });
});
