import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { amocrmRoute, httpNetwork } from './overHttp';
import { NOON, smallWorld } from './support/smallWorld';
import type { World } from './world';

const CODE = `
function go(e) { const r = UrlFetchApp.fetch(e.url, e.options || {}); return { code: r.getResponseCode(), cookies: r.getAllHeaders()['set-cookie'], body: JSON.parse(r.getContentText() || 'null') }; }
function all(e) { return UrlFetchApp.fetchAll(e.requests).map(r => JSON.parse(r.getContentText())); }
function sleepy() { const start = Date.now(); Utilities.sleep(60); return Date.now() - start; }
function endless() { for (;;) Utilities.sleep(50); }`;

interface Echo {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  mostAtOnce: number;
}

let server: ChildProcess;
let base: string;

beforeAll(async () => {
  server = spawn(process.execPath, [join(__dirname, 'support', 'echoServer.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(server.stdout!, 'data')) as [Buffer];
  base = `http://127.0.0.1:${port.toString().trim()}/base/`;
});

afterAll(() => {
  server.kill();
});

const world = (wallMs = 360_000): World =>
  smallWorld(CODE, { network: httpNetwork({ route: amocrmRoute(base) }), wallMs });

describe('HTTP', () => {
  it('carries method, path, query, headers and body unchanged, and the answer back', () => {
    const w = world();
    const event = {
      url: 'https://demo.amocrm.ru/api/v4/x?filter%5Ba%5D=1&b=%D1%8F',
      options: {
        method: 'post',
        contentType: 'application/json',
        payload: '{"я":"ё"}',
        headers: { Authorization: 'Bearer x=.Y', 'X-Case': 'AbC' },
      },
    };
    const { value, requests } = w.run('go', { event });
    const { code, cookies, body } = value as { code: number; cookies: string[]; body: Echo };
    expect([code, cookies, requests]).toEqual([200, ['a=1', 'b=2'], 1]);
    expect(body).toMatchObject({
      method: 'POST',
      url: '/base/api/v4/x?filter%5Ba%5D=1&b=%D1%8F',
      body: '{"я":"ё"}',
    });
    expect(body.headers).toMatchObject({
      authorization: 'Bearer x=.Y',
      'x-case': 'AbC',
      'content-type': 'application/json',
      'user-agent': expect.stringContaining('Google-Apps-Script') as string,
    });
  });

  it('sends a batch at once', () => {
    const requests = Array.from({ length: 6 }, (_, i) => `https://demo.kommo.com/${i}?ms=200`);
    const outcome = world().run('all', { event: { requests } });
    const answers = outcome.value as Echo[];
    expect(answers.map(({ url }) => url)).toEqual([0, 1, 2, 3, 4, 5].map(i => `/base/${i}?ms=200`));
    expect(Math.max(...answers.map(({ mostAtOnce }) => mostAtOnce))).toBe(6);
    expect(outcome.endedAt - outcome.startedAt).toBeGreaterThanOrEqual(195);
    expect(outcome.endedAt - outcome.startedAt).toBeLessThan(1200);
  });

  it('knows amoCRM’s hosts only', () => {
    for (const host of ['amocrm.ru', 'example.com', 'amocrm.ru.example.com', 'xamocrm.ru']) {
      const url = `https://${host}/x`;
      expect(world().run('go', { event: { url } }).error?.message).toBe(`DNS error: ${url}`);
    }
    expect(world().run('go', { event: { url: 'https://a.b.amocrm.com/x' } }).error).toBeUndefined();
  });

  it('reports timeouts, broken connections and error codes; follows redirects', () => {
    const fail = (path: string, options: object = {}): string | undefined =>
      world().run('go', { event: { url: `https://demo.amocrm.ru${path}`, options } }).error?.message;
    expect(fail('/x?ms=3000', { timeoutSeconds: 1 })).toBe('Timeout: https://demo.amocrm.ru/x?ms=3000');
    expect(fail('/x?status=503')).toMatch(/^Request failed for https:\/\/demo\.amocrm\.ru returned code 503/);
    expect(fail('/x?status=302&to=/y')).toBeUndefined();
    const dead = smallWorld(CODE, { network: httpNetwork({ route: () => 'http://127.0.0.1:1/' }) });
    expect(dead.run('go', { event: { url: 'https://demo.amocrm.ru/x' } }).error?.message).toBe(
      'Address unavailable: https://demo.amocrm.ru/x',
    );
  });
});

describe('real time', () => {
  it('passes inside executions, and a second before the next one’s first request; the clock may jump between', () => {
    const w = world();
    w.run('go', { event: { url: 'https://demo.amocrm.ru/x' } });
    const first = w.run('sleepy');
    expect(first.value).toBeGreaterThanOrEqual(60);
    expect(w.now()).toBe(first.endedAt);
    w.jumpTo(NOON + 3_600_000);
    w.run('go', { event: { url: 'https://demo.amocrm.ru/x' } });
    w.jumpTo(NOON + 7_200_000);
    const before = performance.now();
    const second = w.run('go', { event: { url: 'https://demo.amocrm.ru/x' } });
    expect(performance.now() - before).toBeGreaterThan(900);
    // Not inside the execution: a script that times its first request must not see it.
    expect(second.endedAt - second.startedAt).toBeLessThan(500);
    expect(second.startedAt).toBe(NOON + 7_200_000);
    expect(w.now()).toBe(second.endedAt);
  });

  it('ends at the wall', () => {
    const outcome = world(200).run('endless');
    expect(outcome).toMatchObject({ killed: 'wall' });
    expect(outcome.endedAt - outcome.startedAt).toBeLessThan(400);
    expect(world(300).run('go', { event: { url: 'https://demo.amocrm.ru/x?ms=5000' } }).killed).toBe('wall');
  });
});
