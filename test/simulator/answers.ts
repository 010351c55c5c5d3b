/** The forms amoCRM's answers take: HAL, problem objects, pages of the front server, nothing at all. */

import type { TransportFailure, WireResponse } from '../emulator/contract';

/** What comes back: an answer, or a failure below HTTP. */
export type Answer = WireResponse | { failure: TransportFailure };

export function isFailure(answer: Answer): answer is { failure: TransportFailure } {
  return 'failure' in answer;
}

const COMMON = { Server: 'nginx', 'Cache-Control': 'no-store, no-cache, must-revalidate' } as const;

/** Success: `application/hal+json` [D, every method page]. */
export function hal(body: unknown, status = 200): WireResponse {
  return halText(JSON.stringify(body), status);
}

/** The same of JSON that is written already. */
export function halText(body: string, status = 200): WireResponse {
  return { status, headers: { ...COMMON, 'Content-Type': 'application/hal+json' }, body };
}

/** Success outside `/api`, as for tokens. */
export function plainJson(body: unknown): WireResponse {
  return {
    status: 200,
    headers: { Server: 'nginx', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** Nothing found: 204 without a body [D crm_platform/error-codes, code 2002]. */
export function noContent(): WireResponse {
  return { status: 204, headers: { ...COMMON }, body: '' };
}

/** An error as JSON: `application/problem+json` with exactly these keys. */
export function problemBody(status: number, body: Readonly<Record<string, unknown>>): WireResponse {
  return {
    status,
    headers: { ...COMMON, 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(body),
  };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

export function titleOf(status: number): string {
  return TITLES[status] ?? String(status);
}

/** The problem object `title`, `type`, `status`, `detail` [K docs/http-codes]. */
export function problem(
  status: number,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): WireResponse {
  const type = `https://httpstatus.es/${status}`;
  return problemBody(status, { title: titleOf(status), type, status, detail, ...more });
}

/** The page the front server writes by itself (amocrm/amocrm-api-php#434). */
export function frontServerPage(status: number): WireResponse {
  const title = `${status} ${titleOf(status)}`;
  const body = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
  return page(status, body);
}

/** Any other HTML. */
export function page(status: number, body: string): WireResponse {
  return { status, headers: { ...COMMON, 'Content-Type': 'text/html; charset=UTF-8' }, body };
}

/** The same answer with one more header. */
export function withHeader(answer: WireResponse, name: string, value: string): WireResponse {
  return { ...answer, headers: { ...answer.headers, [name]: value } };
}
