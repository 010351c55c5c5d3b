import type { HttpAnswer, HttpFailure, HttpRequest, HttpResult } from '../../src/ports';

/** amoCRM as a function. `at` is when the request left, epoch ms; `nth` counts from 1. */
export type FakeServer = (request: HttpRequest, nth: number, at: number) => HttpResult;

const JSON_TYPE = { 'content-type': 'application/hal+json' };

export function json(data: unknown, status = 200, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(data) };
}

/** Any body, with no more headers than given. */
export function text(body: string, status = 200, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body };
}

export function htmlPage(status = 200): HttpAnswer {
  return text('<html><head><title>amoCRM</title></head><body>…</body></html>', status, {
    'content-type': 'text/html; charset=utf-8',
  });
}

/** amoCRM's word for an empty list. */
export const noContent: HttpAnswer = { status: 204, headers: {}, body: '' };

export const noConnection: HttpFailure = { failure: 'no-connection', detail: 'DNS error' };
export const timedOut: HttpFailure = { failure: 'timeout', detail: 'Timeout' };

/** A page of a list as amoCRM sends it. */
export function listPage(
  list: string,
  items: readonly unknown[],
  more: { next?: boolean | string; total?: number } = {},
): HttpAnswer {
  const href = typeof more.next === 'string' ? more.next : 'https://example.amocrm.ru/api/v4/next';
  return json({
    ...(more.total === undefined ? {} : { _total_items: more.total }),
    _links: more.next ? { next: { href } } : {},
    _embedded: { [list]: items },
  });
}

/** The answers one after another; one request more than there are answers is a fault of the test or the product. */
export function inTurn(...answers: readonly HttpResult[]): FakeServer {
  return (request, nth) => {
    const answer = answers[nth - 1];
    if (!answer) throw new Error(`Request ${nth} was not expected: ${request.url}`);
    return answer;
  };
}

/** The query of a request, unescaped. */
export function queryOf(request: { url: string }): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

export function pathOf(request: { url: string }): string {
  return new URL(request.url).pathname;
}
