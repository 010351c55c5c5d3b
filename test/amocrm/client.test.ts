import type { Json } from '../../src/amocrm/answer';
import { AmoError } from '../../src/core/amoError';
import type { HttpResult } from '../../src/ports';
import { type FakeServer, htmlPage, inTurn, json, noConnection, text, timedOut } from '../support/amoAnswers';
import { clientOver, thrownBy } from '../support/clientOver';

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

  it('M14 · gives up after eight attempts with the last reason', () => {
    const { client, requests, clock } = clientOver((_, nth) => text('', nth < 8 ? 503 : 502));
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'server-error', status: 502 });
    expect(requests).toHaveLength(8);
    const waited = clock.slept.reduce((sum, one) => sum + one, 0);
    expect(waited).toBeGreaterThan(50_000);
    expect(waited).toBeLessThan(80_000);
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

  it('M14 · H12 · a wait longer than the platform can sleep at once is slept all the same', () => {
    const answers = inTurn(text('', 429, { 'retry-after': '310' }), good);
    const { client } = clientOver(answers, { run: 330_000 });
    expect(client.get('/x', {}, read)).toBe(true);
  });

  it('M14 · no wait begins that would end after the deadline, and the reason is the failure itself', () => {
    const { client, clock, requests } = clientOver(always(text('', 503)), { run: 3_000 });
    const begin = clock.now();
    expect(thrownBy(() => client.get('/x', {}, read))).toMatchObject({ code: 'server-error', status: 503 });
    expect(clock.now() - begin).toBeLessThan(3_000);
    expect(requests).toHaveLength(3); // at 0, 0.55 and 1.6 s
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
