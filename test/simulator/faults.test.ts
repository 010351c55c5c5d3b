import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, LATER, readAll } from './asking';
import { FAULTS, type FaultName } from './faults';
import { Simulator } from './simulator';

const NOON = Date.UTC(2026, 10, 18, 9);

function opened(count = 230): Simulator {
  const events = Array.from({ length: count }, (_, i) => ({
    at: NOON + i * 1000,
    type: 'task_added',
    createdBy: 0,
  }));
  return new Simulator({ events });
}

/** The first page under a fault. */
function under(fault: FaultName, options = {}) {
  const simulator = opened();
  simulator.plan('GET /api/v4/events', fault, options);
  return ask(simulator, '/api/v4/events?limit=100&page=1', { at: LATER });
}

describe('what each fault looks like', () => {
  test.each<[FaultName, string]>([
    ['dns', 'dns'],
    ['tls', 'tls'],
    ['reset', 'unreachable'],
    ['timeout', 'timeout'],
    ['lost-answer', 'timeout'],
    ['broken-answer', 'unreachable'],
  ])('%s fails below HTTP', (fault, failure) => {
    expect(under(fault)).toMatchObject({ status: 0, failure });
  });

  test.each<[FaultName, number]>([
    ['json-500', 500],
    ['json-502', 502],
    ['json-503', 503],
    ['json-504', 504],
    ['429-json', 429],
    ['400', 400],
    ['401', 401],
    ['402', 402],
    ['403-json', 403],
    ['404', 404],
    ['405', 405],
  ])('%s is a problem object', (fault, status) => {
    const heard = under(fault);
    expect(heard.status).toBe(status);
    expect(heard.json.status).toBe(status);
    expect(heard.headers['Content-Type']).toBe('application/problem+json');
  });

  test.each<[FaultName, number]>([
    ['html-500', 500],
    ['html-502', 502],
    ['html-503', 503],
    ['html-504', 504],
    ['429-html', 429],
    ['403-html', 403],
    ['html-200', 200],
  ])('%s is a page', (fault, status) => {
    const heard = under(fault);
    expect(heard.status).toBe(status);
    expect(heard.text).toContain('<h1>');
    expect(heard.json).toBeUndefined();
  });

  test.each<[FaultName, string | undefined]>([
    ['429-json', undefined],
    ['429-json-seconds', '60'],
    ['429-json-date', new Date(LATER + 60_000).toUTCString()],
    ['429-json-nonsense', 'soon'],
    ['429-html', undefined],
    ['429-html-seconds', '60'],
    ['429-html-date', new Date(LATER + 60_000).toUTCString()],
    ['429-html-nonsense', 'soon'],
  ])('%s: Retry-After is %s', (fault, header) => {
    expect(under(fault, { retryAfter: 60 }).headers['Retry-After']).toBe(header);
  });

  test('redirect-302 leads to a login page elsewhere', () => {
    const heard = under('redirect-302');
    expect([heard.status, heard.headers['Location']]).toEqual([302, 'https://www.amocrm.ru/auth/?from=api']);
  });

  test('broken bodies with status 200', () => {
    const whole = ask(opened(), '/api/v4/events?limit=100&page=1').text;
    const cut = under('cut-body');
    expect(whole.slice(0, 20)).toBe(cut.text.slice(0, 20));
    expect(cut.text.length).toBeLessThan(whole.length);
    expect(cut.headers['Content-Length']).toBe(String(Buffer.byteLength(whole)));
    expect([cut.status, cut.json]).toEqual([200, undefined]);
    expect(under('empty-200')).toMatchObject({ status: 200, text: '' });
    expect(under('json-garbage')).toMatchObject({ status: 200, json: undefined });
    expect(under('json-bom').text).toMatch(/^\uFEFF\{/);
    expect(under('problem-in-200')).toMatchObject({ status: 200, json: { status: 429 } });
    expect(under('no-embedded').json).not.toHaveProperty('_embedded');
    expect(under('embedded-null').json._embedded).toBeNull();
    expect(under('embedded-object').json._embedded).toEqual({ events: {} });
  });
});

describe('faults of paging', () => {
  test('phantom-next leads to 204', () => {
    const simulator = opened(100);
    simulator.plan('GET /api/v4/events?page=1', 'phantom-next');
    const { json } = ask(simulator, '/api/v4/events?limit=100&page=1');
    const next = new URL(json._links.next.href);
    expect(next.searchParams.get('page')).toBe('2');
    expect(ask(simulator, next.pathname + next.search).status).toBe(204);
  });

  test('missing-next ends a full page without a link', () => {
    const simulator = opened(230);
    simulator.plan('GET /api/v4/events?page=2', 'missing-next');
    expect(ask(simulator, '/api/v4/events?limit=100&page=1').json._links).toHaveProperty('next');
    const second = ask(simulator, '/api/v4/events?limit=100&page=2').json;
    expect(second._embedded.events).toHaveLength(100);
    expect(second._links).not.toHaveProperty('next');
    expect(ask(simulator, '/api/v4/events?limit=100&page=3').json._embedded.events).toHaveLength(30);
  });

  test('duplicate-event: one event on two pages, none lost, and so again when read again', () => {
    const simulator = opened(230);
    simulator.plan('GET /api/v4/events?page=2', 'duplicate-event');
    const read = readAll(simulator, '/api/v4/events?limit=100&page=1');
    expect(read).toHaveLength(231);
    expect(new Set(read).size).toBe(230);
    expect(read[99]).toBe(read[100]);
    expect(readAll(simulator, '/api/v4/events?limit=100&page=1')).toEqual(read);
  });

  test('users-page-missing: the count promises more than the pages hold', () => {
    const users = Array.from({ length: 60 }, (_, i) => ({ id: i + 1, name: 'A', isAdmin: true }));
    const simulator = new Simulator({ users });
    simulator.plan('GET /api/v4/users?page=2', 'users-page-missing');
    expect(ask(simulator, '/api/v4/users?page=1').json._total_items).toBe(60);
    expect(ask(simulator, '/api/v4/users?page=2').status).toBe(204);
    expect(ask(simulator, '/api/v4/users?page=2').status).toBe(200);
  });
});

describe('planning', () => {
  const statuses = (simulator: Simulator, count: number, path = '/api/v4/account') =>
    Array.from({ length: count }, () => ask(simulator, path).status);

  test('once by default, as often as said, for ever', () => {
    const simulator = opened();
    simulator.plan('/api/v4/account', 'html-502');
    expect(statuses(simulator, 2)).toEqual([502, 200]);
    simulator.plan('GET /api/v4/account', 'html-502', 2);
    expect(statuses(simulator, 3)).toEqual([502, 502, 200]);
    simulator.plan('*', '401', Number.POSITIVE_INFINITY);
    expect(statuses(simulator, 3)).toEqual([401, 401, 401]);
    simulator.heal();
    expect(statuses(simulator, 1)).toEqual([200]);
  });

  test('each second request, within a time, by a function', () => {
    const simulator = opened();
    simulator.plan('*', '429-html', { times: 2, every: 2 });
    expect(statuses(simulator, 5)).toEqual([429, 200, 429, 200, 200]);
    simulator.plan('*', 'json-500', { times: 9, from: LATER, to: LATER + 1 });
    expect([-1, 0, 1].map(at => ask(simulator, '/api/v4/account', { at: LATER + at }).status)).toEqual([
      200, 500, 200,
    ]);
    simulator.plan(request => request.path.endsWith('/users'), '403-json');
    expect(statuses(simulator, 1, '/api/v4/users')).toEqual([403]);
  });

  test('a planned refusal is no excess; a fault that never arrives is no request of the second', () => {
    const simulator = new Simulator({ rateLimit: { blockAfter: 2 } });
    simulator.plan('*', '429-json', 5);
    simulator.plan('*', 'dns', 5);
    for (let i = 0; i < 10; i++) ask(simulator, '/api/v4/account', { at: LATER });
    expect(simulator.ledger.refusedByRate).toBe(0);
    expect(simulator.ledger.busiestSecond).toBe(5);
    expect(simulator.ledger.requests.filter(request => request.fault === '429-json')).toHaveLength(5);
    expect(simulator.ledger.requests.at(-1)).toMatchObject({ fault: 'dns', failure: 'dns', status: 0 });
  });

  test('what was planned and not met can be told; a mistyped matcher is an error', () => {
    const simulator = opened();
    simulator.plan('GET /api/v4/users', 'html-503', 2);
    ask(simulator, '/api/v4/users');
    expect(simulator.unmetFaults()).toEqual(['html-503 for GET /api/v4/users: 1 left']);
    simulator.plan('events page 7', 'html-503');
    expect(() => ask(simulator, '/api/v4/events')).toThrow('Not a request');
  });

  test('an effect of one’s own', () => {
    const simulator = opened();
    simulator.plan('*', ({ answer }) => ({ ...answer(), status: 299 }));
    expect(ask(simulator, '/api/v4/account')).toMatchObject({ status: 299, json: { subdomain: 'demo' } });
  });
});

test('the README describes every fault', () => {
  const text = readFileSync(join(__dirname, 'README.md'), 'utf8');
  for (const name of Object.keys(FAULTS)) expect(text).toContain(`\`${name}\``);
});
