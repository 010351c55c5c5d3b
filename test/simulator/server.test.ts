import { request as httpRequest } from 'node:http';
import { oracleReport } from './oracle';
import { type RunningServer, serve } from './server';
import { Simulator } from './simulator';

const NOON = Date.UTC(2026, 10, 18, 9);
let simulator: Simulator;
let server: RunningServer;

beforeEach(async () => {
  simulator = new Simulator({
    latency: { min: 30, max: 30, byHour: [] },
    eventsAppear: 'at-once',
    oauth: {},
    events: Array.from({ length: 120 }, (_, i) => ({
      at: NOON + i * 1000,
      type: 'task_added',
      createdBy: 0,
    })),
  });
  server = await serve(simulator, 0);
});

afterEach(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.address + path, { headers: { Authorization: `Bearer ${simulator.token}`, ...headers } });

test('answers as handle() does, whatever the Host says, after the delay', async () => {
  const started = performance.now();
  const answer = await get('/api/v4/events?limit=100&filter%5Bcreated_at%5D%5Bfrom%5D=1');
  expect(performance.now() - started).toBeGreaterThanOrEqual(28);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/hal+json');
  const body = (await answer.json()) as { _embedded: { events: unknown[] } };
  expect(body._embedded.events).toHaveLength(100);
  expect(simulator.ledger.violations).toEqual([]);
});

test("the date is amoCRM's, right or wrong", async () => {
  const aheadOf = async () => Date.parse((await get('/api/v4/account')).headers.get('date')!) - Date.now();
  expect(Math.abs(await aheadOf())).toBeLessThan(5000);
  simulator.clockOffsetMs = -86_400_000;
  expect(Math.abs((await aheadOf()) + 86_400_000)).toBeLessThan(5000);
});

test('204 and 401', async () => {
  expect((await get('/api/v4/events?page=9')).status).toBe(204);
  expect((await get('/api/v4/account', { Authorization: 'Bearer x' })).status).toBe(401);
});

test('eight at once: the second is a real one', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 8 }, async () => (await get('/api/v4/account')).status),
  );
  expect(statuses.filter(status => status === 429)).toHaveLength(1);
  await new Promise(resolve => setTimeout(resolve, 1100));
  expect((await get('/api/v4/account')).status).toBe(200);
});

test('the oracle needs no token and is not slowed', async () => {
  const answer = await fetch(`${server.address}/__oracle?date=2026-11-18`);
  expect(await answer.json()).toEqual(oracleReport(simulator, '2026-11-18'));
  expect((await fetch(`${server.address}/__oracle?date=never`)).status).toBe(400);
  expect(simulator.ledger.requests).toHaveLength(0);
});

test('a reset breaks the connection, a cut body breaks off, a hang hangs', async () => {
  simulator.plan('*', 'reset');
  await expect(get('/api/v4/account')).rejects.toThrow('fetch failed');
  simulator.plan('*', 'cut-body');
  const cut = await get('/api/v4/account');
  expect(cut.status).toBe(200);
  await expect(cut.text()).rejects.toThrow();
  simulator.plan('*', 'timeout');
  const hanging = fetch(`${server.address}/api/v4/account`, { signal: AbortSignal.timeout(300) });
  await expect(hanging).rejects.toThrow('timeout');
});

/** With a new code, to whatever host the address names. */
function askForTokens(more: RequestInit = {}): Promise<Response> {
  const { clientId, clientSecret, redirectUri } = simulator.integration;
  const keys = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri };
  return fetch(`${server.address}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...keys, grant_type: 'authorization_code', code: simulator.issueCode() }),
    ...more,
  });
}

test('tokens are given out, and where the account is is told, whatever the Host says', async () => {
  const { access_token, refresh_token } = (await (await askForTokens()).json()) as Record<string, string>;
  expect((await get('/api/v4/account', { Authorization: `Bearer ${access_token}` })).status).toBe(200);
  simulator.rename('better');
  const asked = await fetch(`${server.address}/oauth2/account/current/subdomain`, {
    headers: { 'X-Refresh-Token': refresh_token ?? '' },
  });
  expect(await asked.json()).toMatchObject({ domain: 'better.amocrm.ru' });
  expect(simulator.ledger.violations).toEqual([]);
});

test.each([
  ['lost-answer', 'timeout'],
  ['broken-answer', 'fetch failed'],
] as const)('%s: the pair was given out, and nobody hears of it', async (fault, text) => {
  simulator.plan('POST /oauth2/access_token', fault);
  await expect(askForTokens({ signal: AbortSignal.timeout(300) })).rejects.toThrow(text);
  expect(simulator.ledger.tokens).toMatchObject([{ outcome: 'issued' }]);
});

test('close() does not wait for hanging requests', async () => {
  simulator.plan('*', 'timeout');
  const broken = new Promise(resolve => {
    const request = httpRequest(`${server.address}/api/v4/account`, () => {});
    request.on('error', resolve);
    request.end();
  });
  await new Promise(resolve => setTimeout(resolve, 100));
  await server.close();
  expect(await broken).toMatchObject({ code: 'ECONNRESET' });
});
