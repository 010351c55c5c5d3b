import type { WireRequest } from './contract';
import { inProcessNetwork } from './inProcess';
import { answering, NOON, smallWorld } from './support/smallWorld';
import type { World } from './world';

const CODE = `
function go(e) {
  const r = UrlFetchApp.fetch(e.url || 'https://a.example.com/x', e.options || {});
  return { code: r.getResponseCode(), text: r.getContentText(), headers: r.getHeaders(), all: r.getAllHeaders(), bytes: r.getContent() };
}
function all(e) { return UrlFetchApp.fetchAll(e.requests).map(r => r.getContentText()); }
function odd(e) { return UrlFetchApp.fetch(eval(e.url), eval('(' + e.options + ')')).getResponseCode(); }`;

function recording(
  handle: Parameters<typeof answering>[0] = () => ({}),
  options = {},
): { world: World; seen: WireRequest[] } {
  const seen: WireRequest[] = [];
  const network = answering(request => {
    seen.push(request);
    return handle(request);
  });
  return { world: smallWorld(CODE, { network, ...options }), seen };
}

describe('a request', () => {
  it('leaves as the script meant it', () => {
    const { world, seen } = recording();
    world.run('go', { event: { options: { headers: { Authorization: 'Bearer a.b-c_d==' } } } });
    world.run('go', {
      event: { options: { method: 'post', contentType: 'application/json', payload: '{"я":1}' } },
    });
    world.run('go', { event: { options: { method: 'patch', payload: { a: '1 2', b: 3 } } } });
    expect(seen).toEqual([
      {
        method: 'GET',
        url: 'https://a.example.com/x',
        headers: {
          Authorization: 'Bearer a.b-c_d==',
          'User-Agent': expect.stringContaining(world.scriptId) as string,
        },
        body: undefined,
      },
      expect.objectContaining({
        method: 'POST',
        body: '{"я":1}',
        headers: expect.objectContaining({ 'Content-Type': 'application/json' }) as object,
      }),
      expect.objectContaining({
        method: 'PATCH',
        body: 'a=1+2&b=3',
        headers: expect.objectContaining({ 'Content-Type': 'application/x-www-form-urlencoded' }) as object,
      }),
    ]);
    expect(world.requests).toBe(3);
  });

  it('comes back with code, text, bytes and headers', () => {
    const { world } = recording(() => ({
      status: 204,
      headers: { 'X-One': '1', 'Set-Cookie': ['a=1', 'b=2'] },
      body: 'я',
    }));
    expect(world.run('go', { event: {} }).value).toEqual({
      code: 204,
      text: 'я',
      headers: { 'X-One': '1', 'Set-Cookie': 'b=2' },
      all: { 'X-One': '1', 'Set-Cookie': ['a=1', 'b=2'] },
      bytes: [-47, -113],
    });
  });

  it.each([
    ['https://a.example.com/x?filter[id]=1', 'Invalid argument: https://a.example.com/x?filter[id]=1'],
    ['https://a.example.com/x y', 'Invalid argument: https://a.example.com/x y'],
    ['https://a.example.com/я', 'Invalid argument: https://a.example.com/я'],
    ['https://a.example.com/%zz', 'Invalid argument: https://a.example.com/%zz'],
    ['https://me:pw@a.example.com/', 'Invalid argument: https://me:pw@a.example.com/'],
    ['a.example.com', 'Invalid argument: a.example.com'],
    ['ftp://a.example.com', 'Invalid argument: ftp://a.example.com'],
    [`https://a.example.com/${'x'.repeat(2048)}`, 'Limit Exceeded: URLFetch URL Length.'],
    ['http://localhost/x', 'DNS error: http://localhost/x'],
    ['http://127.0.0.1:80/x', 'DNS error: http://127.0.0.1:80/x'],
    ['http://192.168.1.1/', 'DNS error: http://192.168.1.1/'],
  ])('to %s fails', (url, message) => {
    const { world, seen } = recording();
    expect(world.run('go', { event: { url } }).error?.message).toBe(message);
    expect(seen).toEqual([]);
  });

  it.each([
    ['{ method: "POST" }', 'Attribute provided with invalid value: method'],
    ['{ muteHttpException: true }', 'Attribute provided with invalid value: muteHttpException'],
    ['{ muteHttpExceptions: "yes" }', 'Attribute provided with invalid value: muteHttpExceptions'],
    ['{ payload: undefined }', 'Attribute provided with no value: payload'],
    ['{ headers: { Host: "b" } }', 'Attribute provided with invalid value: Header:Host'],
    [
      '{ headers: { "content-length": "1" } }',
      'Attribute provided with invalid value: Header:content-length',
    ],
    [
      '{ headers: { "Content-Type": "text/plain" } }',
      'Attribute provided with invalid value: Header:Content-Type',
    ],
    ['{ headers: { A: null } }', 'Attribute provided with invalid value: Header:null'],
    ['{ headers: { A: 1 } }', 'Attribute provided with invalid value: Header:A'],
    ['{ headers: { A: "x\\n" } }', 'Attribute provided with invalid value: Header:A'],
    ['{ headers: { A: "x".repeat(8192) } }', 'Limit exceeded: URLFetch Header Size.'],
    ['{ payload: "x" }', 'A GET request does not accept a payload.'],
    ['{ timeoutSeconds: 0 }', 'Attribute provided with invalid value: timeoutSeconds'],
    ['{ timeoutSeconds: 361 }', 'Attribute provided with invalid value: timeoutSeconds'],
    ['{ method: "post", payload: 5 }', 'Attribute provided with invalid value: payload'],
  ])('with %s fails', (options, message) => {
    const { world, seen } = recording();
    expect(world.run('odd', { event: { url: '"https://a.example.com/"', options } }).error?.message).toBe(
      message,
    );
    expect(seen).toEqual([]);
  });

  it('without an address fails', () => {
    const { world } = recording();
    expect(world.run('odd', { event: { url: 'undefined', options: '{}' } }).error?.message).toBe(
      'Attribute provided with no value: url',
    );
  });

  it('may only go where the manifest allows', () => {
    const urlFetchWhitelist = ['https://*.example.com/api/', 'https://example.org/only'];
    const { world, seen } = recording(undefined, { manifest: { urlFetchWhitelist } });
    const go = (url: string) => world.run('go', { event: { url } }).error?.message;
    const allowed = [
      'https://a.example.com/api/x',
      'https://b.a.example.com/api/',
      'https://A.EXAMPLE.com/api/x?y=z',
      'https://example.org/only',
      'https://example.org/only?x',
      'https://example.org/only/x',
    ];
    for (const url of allowed) expect([url, go(url)]).toEqual([url, undefined]);
    const sent = seen.length;
    const refused = [
      'https://a.example.com/x',
      'https://a.example.com/API/x',
      'https://a.example.com/api/../x',
      'https://a.example.com:8443/api/x',
      'http://a.example.com/api/x',
      'https://example.com/api/x',
      'https://badexample.com/api/x',
      'https://a.example.com.evil.org/api/x',
      'https://example.org/onlyx',
      'https://a.example.org/only',
    ];
    for (const url of refused) expect(go(url)).toBe(`Invalid argument: ${url}`);
    const requests = [allowed[0]!, refused[0]!];
    expect(world.run('all', { event: { requests } }).error?.message).toBe(`Invalid argument: ${refused[0]}`);
    expect(seen).toHaveLength(sent);
  });

  it('may not be sent elsewhere by a redirect', () => {
    const manifest = { urlFetchWhitelist: ['https://a.example.com/'] };
    const away = { status: 302, headers: { location: 'https://b.example.com/' } };
    const { world, seen } = recording(() => away, { manifest });
    expect(world.run('go', { event: {} }).error?.message).toBe('Invalid argument: https://b.example.com/');
    expect(seen.map(({ url }) => url)).toEqual(['https://a.example.com/x']);
  });

  it.each([
    'http://a.example.com/',
    'https://a.example.com',
    'https://*',
    'https://*/',
    'https://a.*.example.com/',
    'https://a.example.com/*',
  ])('cannot be allowed by %s', prefix => {
    expect(() => recording(undefined, { manifest: { urlFetchWhitelist: [prefix] } }).world.run('go')).toThrow(
      `appsscript.json allows no URLs by ${prefix}`,
    );
  });
});

describe('an answer of 400 and more', () => {
  const long = 'x'.repeat(150);
  it('throws, naming the host and quoting the answer', () => {
    const { world } = recording(() => ({ status: 429, body: long }));
    expect(world.run('go', { event: {} }).error?.message).toBe(
      `Request failed for https://a.example.com returned code 429. Truncated server response: ${'x'.repeat(100)}... (use muteHttpExceptions option to examine full response)`,
    );
    world.userLanguage = 'ru';
    expect(world.run('go', { event: {} }).error?.message).toMatch(
      /^Не удалось отправить запрос сервису https:\/\/a\.example\.com\. Код ошибки: 429\./,
    );
  });

  it('is an answer like any other when muted', () => {
    const { world } = recording(() => ({ status: 429, body: long }));
    expect(world.run('go', { event: { options: { muteHttpExceptions: true } } }).value).toMatchObject({
      code: 429,
      text: long,
    });
  });
});

describe('redirects', () => {
  const chain = (length: number) => (request: WireRequest) => {
    const n = Number(request.url.split('/').at(-1));
    return n < length ? { status: 302, headers: { location: `/${n + 1}` } } : { body: request.url };
  };

  it('are followed, ten at most, with all headers', () => {
    const { world, seen } = recording(chain(10));
    const event = { url: 'https://a.example.com/0', options: { headers: { Authorization: 'secret' } } };
    expect(world.run('go', { event }).value).toMatchObject({ text: 'https://a.example.com/10' });
    expect(seen).toHaveLength(11);
    expect(seen.every(({ headers }) => headers['Authorization'] === 'secret')).toBe(true);
    expect(world.quotas.used(world.owner, 'urlFetch', NOON)).toBe(11);
    expect(recording(chain(11)).world.run('go', { event }).error?.message).toMatch('Too many redirects');
  });

  it('are left alone when told so, and for anything but GET', () => {
    const { world } = recording(chain(3));
    const url = 'https://a.example.com/0';
    expect(world.run('go', { event: { url, options: { followRedirects: false } } }).value).toMatchObject({
      code: 302,
    });
    expect(
      world.run('go', { event: { url, options: { method: 'post', payload: 'x' } } }).value,
    ).toMatchObject({ code: 302 });
  });
});

describe('time and trouble on the way', () => {
  const server = (roundTrips: Record<string, number>) => {
    const arrivals: [string, number][] = [];
    const network = inProcessNetwork({
      roundTripMs: ({ url }) => roundTrips[url.split('/').at(-1) ?? ''] ?? 100,
      handle: ({ url }, at) => {
        const name = url.split('/').at(-1) ?? '';
        arrivals.push([name, at - NOON]);
        if (name === 'dns' || name === 'unreachable' || name === 'tls' || name === 'timeout')
          return { failure: name };
        return { status: name === 'bad' ? 500 : 200, headers: {}, body: name };
      },
    });
    return { world: smallWorld(CODE, { network }), arrivals };
  };
  const to = (...names: string[]): string[] => names.map(name => `https://a.example.com/${name}`);

  it('a request reaches the server half-way; a batch leaves together and lasts as long as the longest', () => {
    const { world, arrivals } = server({ slow: 3000, quick: 200 });
    const outcome = world.run('all', { event: { requests: to('slow', 'quick') } });
    expect(outcome.value).toEqual(['slow', 'quick']);
    expect(arrivals).toEqual([
      ['quick', 100],
      ['slow', 1500],
    ]);
    expect(outcome.endedAt - NOON).toBe(3000);
    expect(outcome.requests).toBe(2);
  });

  it.each([
    ['dns', 'DNS error: https://a.example.com/dns'],
    ['unreachable', 'Address unavailable: https://a.example.com/unreachable'],
    ['tls', 'SSL Error https://a.example.com/tls'],
    ['timeout', 'Timeout: https://a.example.com/timeout'],
  ])('%s throws, muted or not', (name, message) => {
    const [url] = to(name);
    const { world } = server({});
    const outcome = world.run('go', { event: { url, options: { muteHttpExceptions: true } } });
    expect(outcome.error).toMatchObject({ name: 'Exception', message });
  });

  it('one failure throws the whole batch away', () => {
    const { world, arrivals } = server({});
    expect(world.run('all', { event: { requests: to('a', 'dns', 'b') } }).error?.message).toMatch(
      /^DNS error/,
    );
    expect(world.run('all', { event: { requests: to('a', 'bad', 'b') } }).error?.message).toMatch(
      'returned code 500',
    );
    expect(arrivals).toHaveLength(6);
    expect(world.run('all', { event: { requests: [...to('a'), 'nonsense'] } }).error?.message).toBe(
      'Invalid argument: nonsense',
    );
    expect(arrivals).toHaveLength(6);
    expect(world.run('all', { event: { requests: [] } }).value).toEqual([]);
  });

  it('timeouts count per request; the server may have got it all the same', () => {
    const { world, arrivals } = server({ slow: 15_000, never: 60_000 });
    const request = (name: string, timeoutSeconds: number): object => ({ url: to(name)[0], timeoutSeconds });
    const first = world.run('all', { event: { requests: [request('slow', 20), request('x', 1)] } });
    expect(first.value).toEqual(['slow', 'x']);
    const second = world.run('all', { event: { requests: [request('slow', 10), request('x', 20)] } });
    expect(second.error?.message).toBe('Timeout: https://a.example.com/slow');
    expect(second.endedAt - second.startedAt).toBe(10_000);
    world.run('all', { event: { requests: [request('never', 10)] } });
    expect(arrivals.map(([name]) => name)).toEqual(['x', 'slow', 'x', 'slow']);
  });

  it('the daily quota counts every element', () => {
    const { world, arrivals } = server({});
    world.quotas.limits.urlFetch = 3;
    expect(world.run('all', { event: { requests: to('a', 'b') } }).error).toBeUndefined();
    const message = 'Service invoked too many times for one day: urlfetch.';
    expect(world.run('all', { event: { requests: to('c', 'd') } }).error?.message).toBe(message);
    expect(world.run('go', { event: { url: to('e')[0] } }).error).toBeUndefined();
    expect(world.run('go', { event: { url: to('f')[0] } }).error?.message).toBe(message);
    expect(arrivals.map(([name]) => name)).toEqual(['a', 'b', 'e']);
  });
});
