import { gate } from '../../src/amocrm/gate';
import { probe } from '../../src/amocrm/probe';
import { FREE_LINE, type Line } from '../../src/core/line';
import type { HttpRequest, HttpResult } from '../../src/ports';
import { htmlPage, json, noConnection, noContent, text, timedOut } from '../support/amoAnswers';
import { thrownBy } from '../support/clientOver';
import { fakeClock } from '../support/fakeClock';
import { singly } from '../support/sentTogether';

/** When its answer is there. */
const NOW = Date.parse('2026-11-18T13:51:00+03:00') + 123;

/** One probe whose answer takes 123 ms. */
function probed(answer: HttpResult, line: Line = FREE_LINE) {
  const clock = fakeClock('2026-11-18T13:51:00+03:00');
  const requests: HttpRequest[] = [];
  const send = (request: HttpRequest) => {
    requests.push(request);
    clock.pass(123);
    return answer;
  };
  const account = { host: 'example.amocrm.ru', token: 'T' };
  const shared = { line, share() {} };
  const take = () => probe(account, gate(singly(send), clock, 5, shared), clock);
  return { take, shared, requests, clock };
}

describe('T3, T9, M1, M12 · probe', () => {
  it('M1 · times one request to the account, and nothing else', () => {
    const { take, requests, clock } = probed(json({ id: 5 }));
    expect(take()).toEqual({ ms: 123, status: 200 });
    expect(requests.map(({ url }) => url)).toEqual(['https://example.amocrm.ru/api/v4/account']);
    expect(clock.slept).toEqual([]);
  });

  it.each<[string, HttpResult, number, string]>([
    ['no connection', noConnection, 0, 'no-connection'],
    ['a time-out', timedOut, 0, 'timeout'],
    ['401', json({ title: 'Unauthorized', status: 401 }, 401), 401, 'http'],
    ['402', text('', 402), 402, 'http'],
    ['403 with a page', htmlPage(403), 403, 'http'],
    ['404', text('', 404), 404, 'http'],
    ['429', text('', 429), 429, 'http'],
    ['a redirect', text('', 302), 302, 'http'],
    ['502', htmlPage(502), 502, 'http'],
    ['a page with 200', htmlPage(), 200, 'not-api'],
    ['nothing with 200', text(''), 200, 'not-api'],
    ['half a body', text('{"id":'), 200, 'not-api'],
    ['204', noContent, 204, 'not-api'],
    ['a problem inside 200', json({ title: 'Too Many Requests', status: 429 }), 429, 'http'],
  ])('T9 · %s is a failed sample, not repeated', (_, answer, status, failure) => {
    const { take, requests, clock } = probed(answer);
    expect(take()).toEqual({ ms: 123, status, failure });
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('M10 · the wait for our turn is not in the number', () => {
    const { take, clock } = probed(json({ id: 5 }), {
      ...FREE_LINE,
      answeredAt: Date.parse('2026-11-18T13:51:00+03:00'),
    });
    expect(take()).toEqual({ ms: 123, status: 200 });
    expect(clock.slept).toEqual([1_001]);
  });

  it.each<[string, HttpResult, Partial<Line>]>([
    ['a 429', text('', 429), { slowed: { perSecond: 2.5, at: NOW } }],
    [
      'a Retry-After',
      text('', 503, { 'retry-after': '60' }),
      { pause: { since: NOW, until: NOW + 60_000, cause: 'asked' } },
    ],
    [
      'a Retry-After that names an instant',
      text('', 503, { 'retry-after': 'Wed, 18 Nov 2026 10:52:00 GMT' }),
      { pause: { since: NOW, until: Date.parse('2026-11-18T10:52:00Z'), cause: 'asked' } },
    ],
    ['a block', htmlPage(403), { pause: { since: NOW, until: NOW + 3_600_000, cause: 'blocked' } }],
    ['data', json({ id: 5 }), {}],
  ])('H9 · H12 · %s means the same to all runs as in a collection', (_, answer, line) => {
    const { take, shared } = probed(answer);
    take();
    expect(shared.line).toMatchObject({ ...FREE_LINE, answeredAt: NOW, journeys: {}, ...line });
  });

  it('H9 · while amoCRM asks for silence nothing is asked', () => {
    const pause = { since: NOW, until: NOW + 5_000, cause: 'blocked' } as const;
    const { take, requests } = probed(json({ id: 5 }), { ...FREE_LINE, pause });
    expect(thrownBy(take)).toMatchObject({ code: 'paused', until: NOW + 5_000 });
    expect(requests).toEqual([]);
  });

  it('H9 · the first answer after a pause ends it', () => {
    const pause = { since: 1, until: NOW - 200, cause: 'blocked' } as const;
    const { take, shared } = probed(json({ id: 5 }), { ...FREE_LINE, pause });
    take();
    expect(shared.line.pause).toBeUndefined();
  });
});
