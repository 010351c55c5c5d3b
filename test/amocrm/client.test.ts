import type { Json } from '../../src/amocrm/answer';
import { AmoError } from '../../src/core/amoError';
import type { HttpResult } from '../../src/ports';
import { type FakeServer, htmlPage, inTurn, json, noConnection, text, timedOut } from '../support/amoAnswers';
import { clientOver, thrownBy } from '../support/clientOver';

const questions = (...paths: string[]) =>
  paths.map(path => ({ path, query: {}, read: (data: Json) => data?.['of'] }));
/** Says which path was asked for. */
const echo: FakeServer = request => json({ of: new URL(request.url).pathname });
/** The same, but for the nth requests. */
const but =
  (answers: Record<number, HttpResult>): FakeServer =>
  (request, nth, at) =>
    answers[nth] ?? echo(request, nth, at);

const good = json({ ok: true });
const read = (data: Json) => data?.['ok'];
const always =
  (answer: HttpResult): FakeServer =>
  () =>
    answer;

describe('M14, M10 · amoClient', () => {
  it.each<[string, HttpResult]>([
    ['no connection', noConnection],
    ['a time-out', timedOut],
    ['429', text('', 429)],
    ['500', text('', 500)],
    ['502 with a page', htmlPage(502)],
    ['503', text('', 503)],
    ['504', text('', 504)],
    ['200 with a page', htmlPage()],
    ['200 with an empty body', text('')],
    ['200 with half a body', text('{"ok":tr')],
    ['a problem inside 200', json({ status: 503, title: 'Unavailable' })],
  ])('M14 · %s is repeated until it passes', (_, failure) => {
    const { client, requests, clock } = clientOver(inTurn(failure, failure, good));
    expect(client.get('/x', { a: 1 }, read)).toBe(true);
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ url }) => url))).toEqual(new Set(['https://example.amocrm.ru/x?a=1']));
    expect(clock.slept.length).toBeGreaterThanOrEqual(2);
  });

  it.each([400, 401, 402, 403, 404, 405, 410, 422, 302])('M14 · %d is never repeated', status => {
    const { client, requests, clock } = clientOver(always(json({ title: 'No', status }, status)));
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ status });
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('M14 · an answer that the reader calls malformed is repeated like a broken one', () => {
    const strict = (data: Json) => {
      if (!data?.['ok']) throw new AmoError('malformed', 200);
      return 'read';
    };
    const { client, requests } = clientOver(inTurn(json({}), json({ ok: false }), good));
    expect(client.get('/x', {}, strict)).toBe('read');
    expect(requests).toHaveLength(3);
  });

  it('M14 · gives up after six attempts with the last reason', () => {
    const { client, requests, clock } = clientOver((_, nth) => text('', nth < 6 ? 503 : 502));
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'server-error', status: 502 });
    expect(requests).toHaveLength(6);
    expect(clock.slept).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  });

  it.each([
    ['5', 5_000],
    ['60', 60_000],
    ['Thu, 19 Nov 2026 00:00:10 GMT', 9_950], // ten seconds, less the way of the request
  ])('M14 · H12 · a 429 with Retry-After %s is repeated after %d ms', (header, wait) => {
    const { client, clock } = clientOver(inTurn(text('', 429, { 'retry-after': header }), good));
    client.get('/x', {}, read);
    expect(clock.slept).toEqual([wait]);
  });

  it.each(['600', '999999', 'Fri, 20 Nov 2026 00:00:00 GMT'])(
    'M14 · H12 · H13 · a wait that the run has no time for is not begun: Retry-After %s',
    header => {
      const { client, clock, requests } = clientOver(always(text('', 429, { 'retry-after': header })));
      expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'too-many-requests' });
      expect(requests).toHaveLength(1);
      expect(clock.slept).toEqual([]);
    },
  );

  it.each<[string, HttpResult, number]>([
    ['a 429 with Retry-After 600', text('', 429, { 'retry-after': '600' }), 600_000],
    ['a 503 with Retry-After 90', text('', 503, { 'retry-after': '90' }), 90_000],
    ['a block page', htmlPage(403), 3_600_000],
  ])('H9 · H12 · after %s not one request more leaves', (_, answer, ms) => {
    const { client, requests, clock, shared } = clientOver(inTurn(answer, good));
    thrownBy(() => client.get('/x', {}, read));
    expect(shared.line.pause?.until).toBe(clock.now() + ms);
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({
      code: 'paused',
      until: clock.now() + ms,
    });
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('H9 · the first answer with data after a pause ends it', () => {
    const { client, clock, shared } = clientOver(inTurn(htmlPage(403), good), { run: 9_000_000 });
    thrownBy(() => client.get('/x', {}, read));
    clock.pass(3_600_000);
    client.get('/x', {}, read);
    expect(shared.line.pause).toBeUndefined();
  });

  it('H9 · a failure after a pause does not end it: amoCRM is not well yet', () => {
    const { client, clock, shared } = clientOver(inTurn(htmlPage(403), json({}, 400)), { run: 9_000_000 });
    thrownBy(() => client.get('/x', {}, read));
    const { pause } = shared.line;
    clock.pass(3_600_000);
    thrownBy(() => client.get('/x', {}, read));
    expect(shared.line.pause).toEqual(pause);
  });

  it('H15 · while amoCRM answers 429 we slow down, and what was asked arrives', () => {
    const { client, shared } = clientOver(inTurn(text('', 429), text('', 429), good));
    expect(client.get('/x', {}, read)).toBe(true);
    expect(shared.line.slowed?.perSecond).toBe(1); // of five: half, rounded down, and half
  });

  it.each<[string, number, HttpResult, object]>([
    ['/x', 404, json({}, 404), { code: 'refused', status: 404 }],
    ['/x', 302, text('', 302), { code: 'refused', status: 302 }],
    ['/api/v4/account', 404, json({}, 404), { code: 'not-found', status: 404 }],
    ['/api/v4/account', 302, text('', 302), { code: 'redirected', status: 302 }],
  ])(
    'N8 · %s answering %d: only the account’s own address tells whether there is an account',
    (path, _, answer, error) => {
      const { client } = clientOver(always(answer));
      expect(thrownBy(() => client.get(path, {}, read))).toMatchObject(error);
    },
  );

  it('M14 · no wait begins that would end after the deadline, and the reason is the failure itself', () => {
    const { client, clock, requests } = clientOver(always(text('', 503)), { run: 3_000 });
    const begin = clock.now();
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'server-error', status: 503 });
    expect(clock.now() - begin).toBeLessThan(3_000);
    expect(requests).toHaveLength(3); // at 0, 0.55 and 1.6 s
  });

  it('M14 · a wait that would end right at the deadline is not begun either', () => {
    // Answered after 50 ms, repeated half a second later.
    const { client, requests } = clientOver(always(text('', 503)), { run: 550 });
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'server-error' });
    expect(requests).toHaveLength(1);
  });

  it('M14 · no request leaves after the deadline', () => {
    const { client, clock, requests } = clientOver(always(good), { run: 1_000 });
    client.get('/x', {}, read);
    clock.pass(950);
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'out-of-time' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [270_000, 30_000],
    [20_001, 30_000],
    [5_000, 15_000],
    [1, 10_001],
  ])('M14 · with %d ms left, a request waits %d ms for its answer at most', (run, timeoutMs) => {
    const { client, requests } = clientOver(always(good), { run });
    client.get('/x', {}, read);
    expect(requests.map(request => request.timeoutMs)).toEqual([timeoutMs]);
  });

  it.each([
    [20_001, 'timeout'],
    [19_999, 'out-of-time'],
  ])('N5 · with %d ms left, an answer that does not come in time means %s', (run, code) => {
    const { client } = clientOver(always(timedOut), { run, answer: 20_001 });
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code });
  });

  it('N1 · a connection that fails just before the end of the run is amoCRM’s failure, not our time', () => {
    const { client } = clientOver(always(noConnection), { run: 5_000, answer: 5_001 });
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'no-connection' });
  });

  it('M10 · repetitions keep the pace too', () => {
    const { client, requests, clock } = clientOver((_, nth) => (nth % 2 === 1 ? text('', 500) : good), {
      answer: 1,
    });
    const begin = clock.now();
    for (let index = 0; index < 5; index += 1) client.get('/x', {}, read);
    expect(requests).toHaveLength(10);
    expect(clock.now() - begin).toBeGreaterThan(2_500);
  });

  it('a fault of our own is no failure of amoCRM: it comes out as it is, at once', () => {
    const { client, requests } = clientOver(always(good));
    const broken = () => {
      throw new TypeError('ours');
    };
    expect(() => client.get('/x', {}, broken)).toThrow(TypeError);
    expect(requests).toHaveLength(1);
  });
});

describe('M10, M14, T7 · questions that are asked at the same time', () => {
  it('M10 · are answered in their order', () => {
    const { client, requests, clock } = clientOver(echo, { answer: 400 });
    const begin = clock.now();
    expect(client.round(questions('/a', '/b', '/c'))).toEqual([
      { answer: '/a' },
      { answer: '/b' },
      { answer: '/c' },
    ]);
    expect(clock.now() - begin).toBe(400);
    expect(requests).toHaveLength(3);
  });

  it('M14 · one that fails for now comes back unanswered, after as long a wait as it asks for; the others count', () => {
    const { client, clock } = clientOver(but({ 2: text('', 503), 3: text('', 429) }));
    expect(client.round(questions('/a', '/b', '/c'))).toEqual([{ answer: '/a' }, undefined, undefined]);
    expect(clock.slept).toEqual([2_000]);
    // The pace has halved.
    expect(client.most).toBe(2);
  });

  it('M14 · gives up with the question that failed too often, not with those that fail now and then', () => {
    const { client } = clientOver(but({ 1: text('', 500), 3: text('', 500), 5: text('', 500) }));
    for (let nth = 0; nth < 3; nth += 1) client.round(questions('/a', '/b'));
    const failing = clientOver(request => (request.url.endsWith('/b') ? text('', 502) : echo(request, 0, 0)));
    const round = () => failing.client.round(questions('/a', '/b'));
    for (let nth = 0; nth < 5; nth += 1) expect(round()).toEqual([{ answer: '/a' }, undefined]);
    expect(thrownBy(round)).toMatchObject({ code: 'server-error', status: 502 });
    // Who asks again later begins anew.
    expect(round()).toEqual([{ answer: '/a' }, undefined]);
  });

  it('M14 · what does not pass is thrown, also where others fail for now', () => {
    const { client } = clientOver(but({ 1: text('', 500), 2: json({ status: 400 }, 400) }));
    expect(thrownBy(() => client.round(questions('/a', '/b', '/c')))).toMatchObject({ code: 'refused' });
  });

  it('H6 · a refused token is renewed once for all that were refused, and these are asked again', () => {
    let renewals = 0;
    const account = {
      token: 'old',
      renew() {
        renewals += 1;
        account.token = 'new';
        return true;
      },
    };
    const refusing: FakeServer = (request, nth, at) =>
      request.headers['Authorization'] === 'Bearer old' && nth > 1
        ? json({ status: 401, title: 'Unauthorized' }, 401)
        : echo(request, nth, at);
    const { client } = clientOver(refusing, {}, account);
    expect(client.round(questions('/a', '/b', '/c'))).toEqual([{ answer: '/a' }, undefined, undefined]);
    expect(renewals).toBe(1);
    expect(client.round(questions('/b', '/c'))).toEqual([{ answer: '/b' }, { answer: '/c' }]);
  });

  it('H7 · one that is refused for good is thrown', () => {
    let asked = 0;
    const renew = () => {
      asked += 1;
      return false;
    };
    const refusing = always(json({ status: 401, title: 'Unauthorized' }, 401));
    const { client } = clientOver(refusing, {}, { renew });
    expect(thrownBy(() => client.round(questions('/a', '/b')))).toMatchObject({ code: 'token-refused' });
    expect(asked).toBe(1);
  });

  it('N2 · where nothing comes back at all fewer are asked at a time, down to one, and more again when it passes', () => {
    const { client } = clientOver((request, nth, at) => (nth < 11 ? noConnection : echo(request, nth, at)));
    const all = questions('/a', '/b', '/c', '/d', '/e');
    const mosts: number[] = [];
    for (let nth = 0; nth < 9; nth += 1) {
      mosts.push(client.most);
      client.round(all.slice(0, client.most));
    }
    expect(mosts).toEqual([5, 2, 1, 1, 1, 1, 2, 3, 4]);
  });

  it('N3 · answers that the run has no time to wait for are nobody’s failure', () => {
    const { client } = clientOver(but({ 2: timedOut }), { run: 5_000 });
    expect(thrownBy(() => client.round(questions('/a', '/b')))).toMatchObject({ code: 'out-of-time' });
  });

  it('M10 · all of them: as many at a time as may be, until each is answered or refused', () => {
    const { client, requests } = clientOver(but({ 2: json({ status: 403 }, 403), 3: text('', 500) }));
    const found = client.all(questions('/a', '/b', '/c', '/d', '/e', '/f', '/g'));
    expect(found).toEqual([
      { answer: '/a' },
      { error: expect.objectContaining({ code: 'forbidden' }) },
      ...['/c', '/d', '/e', '/f', '/g'].map(answer => ({ answer })),
    ]);
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      ...['/a', '/b', '/c', '/d', '/e'],
      ...['/c', '/f', '/g'],
    ]);
  });

  it('M10 · all of them: those that need not wait leave at once, if they are most of a round', () => {
    const { client, clock } = clientOver(echo);
    client.get('/first', {}, () => undefined);
    client.all(questions('/a', '/b', '/c', '/d'));
    expect(clock.slept).toEqual([]);
    clock.pass(2_000);
    for (const path of ['/e', '/f', '/g']) client.get(path, {}, () => undefined);
    client.all(questions('/h', '/i', '/j', '/k', '/l'));
    // Two of them now would make it three rounds.
    expect(clock.slept).toHaveLength(1);
  });

  it('M14 · all of them: what another run will be able to ask is thrown', () => {
    const { client } = clientOver(but({ 2: htmlPage(403) }));
    expect(thrownBy(() => client.all(questions('/a', '/b')))).toMatchObject({ code: 'blocked' });
  });

  it('M14 · all of them: what has failed too often is told, the others are answered', () => {
    const { client } = clientOver(request =>
      request.url.endsWith('/b') ? text('', 502) : echo(request, 0, 0),
    );
    expect(client.all(questions('/a', '/b', '/c'))).toEqual([
      { answer: '/a' },
      { error: expect.objectContaining({ code: 'server-error' }) },
      { answer: '/c' },
    ]);
  });

  it('N3 · all of them, but not for ever', () => {
    const { client, clock } = clientOver(always(timedOut), { answer: 30_000 });
    const begin = clock.now();
    const found = client.all(questions('/a', '/b', '/c'), begin + 60_000);
    expect(found).toEqual(Array(3).fill({ error: expect.objectContaining({ code: 'timeout' }) }));
    expect(clock.now() - begin).toBeLessThan(95_000);
  });
});
