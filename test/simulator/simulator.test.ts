import { type Asked, ask, LATER, requestTo } from './asking';
import { Simulator } from './simulator';

const unauthorized = {
  title: 'Unauthorized',
  type: 'https://httpstatus.es/401',
  status: 401,
  detail: 'Неверный логин или пароль',
};

describe('who is let in', () => {
  test('a missing, unknown, revoked or expired token is 401 as a problem object', () => {
    const simulator = new Simulator();
    simulator.issueToken('short-lived', 9_000_001, LATER);
    simulator.issueToken('withdrawn', 9_000_001);
    simulator.revokeToken('withdrawn');
    for (const token of ['', 'nonsense', 'withdrawn', 'short-lived']) {
      const heard = ask(simulator, '/api/v4/account', { token });
      expect(heard.json).toEqual(unauthorized);
      expect(heard.headers['Content-Type']).toBe('application/problem+json');
    }
    expect(ask(simulator, '/api/v4/account', { token: 'short-lived', at: LATER - 1 }).status).toBe(200);
  });

  test('the language of the account is that of its errors', () => {
    const simulator = new Simulator({ language: 'en', zone: 'kommo.com' });
    expect(ask(simulator, '/api/v4/account', { token: 'x' }).json.detail).toBe(
      'Invalid user name or password',
    );
  });

  test('another subdomain, a shard and another zone are 401, a stranger does not answer, the website shows a page', () => {
    const simulator = new Simulator();
    for (const host of ['other.amocrm.ru', 'shard151.amocrm.ru', 'demo.kommo.com']) {
      expect(ask(simulator, '/api/v4/account', { host }).status).toBe(401);
    }
    expect(ask(simulator, '/api/v4/account', { host: 'example.com' }).failure).toBe('dns');
    const site = ask(simulator, '/auth/', { host: 'www.amocrm.ru' });
    expect([site.status, site.headers['Content-Type']]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(simulator.ledger.violations).toHaveLength(5);
    expect(simulator.ledger.violations[3]).toContain('a token went to example.com');
  });

  test('an unknown route is 404, a wrong method 405', () => {
    const simulator = new Simulator();
    expect(ask(simulator, '/api/v4/nothing').json.detail).toBe(
      'Cannot GET https://demo.amocrm.ru/api/v4/nothing',
    );
    expect(ask(simulator, '/api/v4/events', { method: 'POST' }).json).toMatchObject({ status: 405 });
  });
});

describe('strictness', () => {
  test('a clean client leaves no violation', () => {
    const simulator = new Simulator();
    ask(simulator, '/api/v4/account?with=datetime_settings');
    ask(simulator, '/api/v4/users?page=1&limit=250');
    ask(simulator, '/api/v4/events?page=1&limit=100&filter[created_at][from]=1&filter[created_at][to]=2');
    ask(simulator, '/api/v4/events/types?language_code=ru&limit=250', {
      headers: { Accept: 'application/hal+json' },
    });
    expect(simulator.ledger.violations).toEqual([]);
  });

  const careless: [what: string, path: string, headers: Record<string, string>][] = [
    ['unknown query parameter "order"', '/api/v4/events?order[created_at]=asc', {}],
    ['unknown filter "updated_at"', '/api/v4/events?filter[updated_at]=1', {}],
    ['unknown value "tags" in "with"', '/api/v4/account?with=tags', {}],
    ['limit 250 is above 100', '/api/v4/events?limit=250', {}],
    ['parameter "page" is given twice', '/api/v4/events?page=1&page=2', {}],
    ['does not accept application/hal+json', '/api/v4/account', { accept: 'text/html' }],
    ['X-Context-User-ID is not imitated', '/api/v4/account', { 'X-Context-User-ID': '1' }],
  ];
  test.each(careless)('%s is noted but answered', (what, path, headers) => {
    const simulator = new Simulator();
    expect(ask(simulator, path, { headers }).status).not.toBe(400);
    expect(simulator.ledger.violations.map(text => text.split(': ')[1])).toEqual([what]);
  });

  test('bare brackets are noted', () => {
    const simulator = new Simulator();
    const request = requestTo(simulator, '/api/v4/events');
    simulator.handle({ ...request, url: `${request.url}?filter[created_at]=1` }, LATER);
    expect(simulator.ledger.violations).toEqual([expect.stringContaining('brackets')]);
  });

  test('http is sent on to https', () => {
    const simulator = new Simulator();
    const request = requestTo(simulator, '/api/v4/account');
    const answer = simulator.handle({ ...request, url: request.url.replace('https', 'http') }, LATER);
    expect(answer).toMatchObject({
      status: 301,
      headers: { Location: 'https://demo.amocrm.ru/api/v4/account' },
    });
  });
});

describe('account', () => {
  test('the zone comes only when it is asked for', () => {
    const simulator = new Simulator({ timeZone: 'Asia/Yekaterinburg' });
    expect(ask(simulator, '/api/v4/account').json).not.toHaveProperty('_embedded');
    const settings = ask(simulator, '/api/v4/account?with=datetime_settings').json._embedded
      .datetime_settings;
    expect(settings).toMatchObject({ timezone: 'Asia/Yekaterinburg', timezone_offset: '+05:00' });
  });

  test('the current user is the one behind the token', () => {
    const simulator = new Simulator();
    simulator.issueToken('colleague', 9_000_002);
    expect(ask(simulator, '/api/v4/account', { token: 'colleague' }).json.current_user_id).toBe(9_000_002);
  });
});

describe('time', () => {
  const at = Date.UTC(2026, 10, 18, 0, 30);

  test('a quiet round trip takes 120 to 180 ms and repeats', () => {
    const first = new Simulator();
    const second = new Simulator();
    for (let i = 0; i < 200; i++) {
      const ms = first.roundTripMs(requestTo(first, `/api/v4/events?page=${i}`), at + i);
      expect(ms).toBeGreaterThanOrEqual(120);
      expect(ms).toBeLessThanOrEqual(180 + 10);
      expect(second.roundTripMs(requestTo(second, `/api/v4/events?page=${i}`), at + i)).toBe(ms);
    }
    expect(Number.isInteger(first.roundTripMs(requestTo(first, '/x'), at))).toBe(true);
  });

  test('the busiest hours of the account are 11–12 and 16', () => {
    const simulator = new Simulator({ timeZone: 'Asia/Vladivostok' });
    const midnight = Date.UTC(2026, 10, 17, 14);
    const hourly = Array.from({ length: 24 }, (_, hour) => {
      const samples = Array.from({ length: 60 }, (_, minute) =>
        simulator.roundTripMs(
          requestTo(simulator, '/api/v4/account'),
          midnight + (hour * 60 + minute) * 60_000,
        ),
      );
      return samples.reduce((sum, ms) => sum + ms, 0) / samples.length;
    });
    const ranked = hourly.map((_, hour) => hour).sort((a, b) => (hourly[b] ?? 0) - (hourly[a] ?? 0));
    expect(ranked.slice(0, 3).sort((a, b) => a - b)).toEqual([11, 12, 16]);
  });

  test('slow() holds for its path and time only', () => {
    const simulator = new Simulator({ latency: { min: 100, max: 100, byHour: [] } });
    simulator.slow('/api/v4/account', at, at + 1000, 5000);
    const account = requestTo(simulator, '/api/v4/account?with=version');
    expect(simulator.roundTripMs(account, at - 1)).toBe(100);
    expect(simulator.roundTripMs(account, at)).toBe(5100);
    expect(simulator.roundTripMs(account, at + 1000)).toBe(100);
    expect(simulator.roundTripMs(requestTo(simulator, '/api/v4/users'), at)).toBe(100);
  });
});

describe("amoCRM's clock", () => {
  const at = Date.UTC(2026, 10, 18, 9, 30, 15, 678);
  const dateOf = (simulator: Simulator, asked: Asked = {}) =>
    ask(simulator, '/api/v4/account', { at, ...asked }).headers['Date'];

  test('every answer tells the time of its arrival', () => {
    const simulator = new Simulator();
    const date = 'Wed, 18 Nov 2026 09:30:15 GMT';
    simulator.plan('*', '429-html', { from: at + 1000, to: at + 1001 });
    expect(dateOf(simulator)).toBe(date);
    expect(dateOf(simulator, { token: 'x' })).toBe(date);
    expect(dateOf(simulator, { host: 'other.amocrm.ru' })).toBe(date);
    expect(dateOf(simulator, { host: 'www.amocrm.ru' })).toBe(date);
    expect(dateOf(simulator, { at: at + 1000 })).toBe('Wed, 18 Nov 2026 09:30:16 GMT');
  });

  test('goes wrong by as much as is said, and right again', () => {
    const simulator = new Simulator({ clockOffsetMs: -3_600_000 });
    expect(dateOf(simulator)).toBe('Wed, 18 Nov 2026 08:30:15 GMT');
    simulator.clockOffsetMs = 90_000;
    expect(dateOf(simulator)).toBe('Wed, 18 Nov 2026 09:31:45 GMT');
    simulator.clockOffsetMs = 0;
    expect(dateOf(simulator)).toBe('Wed, 18 Nov 2026 09:30:15 GMT');
  });

  test('a date to come back at is by the same clock, and as far away', () => {
    const simulator = new Simulator({ clockOffsetMs: 86_400_000 });
    simulator.plan('*', '429-json-date');
    const { headers } = ask(simulator, '/api/v4/account', { at });
    expect(headers['Retry-After']).toBe('Thu, 19 Nov 2026 09:35:15 GMT');
    expect(simulator.ledger.requests[0]?.retryAfterMs).toBe(300_000 - 678);
  });
});
