import { gate } from '../../src/amocrm/gate';
import { probe } from '../../src/amocrm/probe';
import type { HttpRequest, HttpResult } from '../../src/ports';
import { htmlPage, json, noConnection, noContent, text, timedOut } from '../support/amoAnswers';
import { fakeClock } from '../support/fakeClock';

/** One probe whose answer takes 123 ms. */
function probed(answer: HttpResult) {
  const clock = fakeClock('2026-11-18T13:51:00+03:00');
  const requests: HttpRequest[] = [];
  const get = (request: HttpRequest) => {
    requests.push(request);
    clock.pass(123);
    return answer;
  };
  const account = { host: 'example.amocrm.ru', token: 'T' };
  return { sample: probe(account, gate({ get }, clock, 5), clock), requests, clock };
}

describe('T3, T9, M1, M12 · probe', () => {
  it('M1 · times one request to the account, and nothing else', () => {
    const { sample, requests, clock } = probed(json({ id: 5 }));
    expect(sample).toEqual({ ms: 123, status: 200 });
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
    const { sample, requests, clock } = probed(answer);
    expect(sample).toEqual({ ms: 123, status, failure });
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});
