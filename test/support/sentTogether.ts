import type { Http, HttpRequest, HttpResult } from '../../src/ports';

/** How long a request takes, in ms, and what is answered then. */
export interface FakeExchange {
  takes: number;
  answer: () => HttpResult;
}

/**
 * Requests that leave at the same time, as UrlFetchApp.fetchAll sends them: the answers are there when the slowest is,
 * and one failure below HTTP is everybody's ([doc UF], [field] all-or-nothing).
 */
export function sentTogether(
  clock: { pass(milliseconds: number): void },
  requests: readonly HttpRequest[],
  exchange: (request: HttpRequest) => FakeExchange,
): HttpResult[] {
  const exchanges = requests.map(exchange);
  clock.pass(Math.max(0, ...exchanges.map(({ takes }) => takes)));
  const results = exchanges.map(({ answer }) => answer());
  const failed = results.find(result => 'failure' in result);
  return results.map(result => failed ?? result);
}

/** For those who send one request at a time. */
export function singly(send: (request: HttpRequest) => HttpResult): Http {
  return {
    send,
    sendAll() {
      throw new Error('Nobody was expected to send requests together');
    },
  };
}
