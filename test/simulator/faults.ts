/** The faults that can be planned, by name. The table in README.md says what each is for. */

import type { EpochMs, TransportFailure, WireResponse } from '../emulator/contract';
import {
  type Answer,
  frontServerPage,
  hal,
  noContent,
  page,
  problem,
  problemBody,
  withHeader,
} from './answers';
import { listKey } from './paging';
import type { Visit } from './visit';

/** What a fault has at hand. */
export interface FaultContext {
  visit: Visit;
  /** Seconds for the 429 faults. */
  retryAfter: number;
  /** By amoCRM's clock. */
  serverTime: EpochMs;
  /** What amoCRM would have answered. */
  answer(): WireResponse;
}

export type FaultEffect = (context: FaultContext) => Answer;

type ServerError = 500 | 502 | 503 | 504;
type RetryAfterForm = '' | '-seconds' | '-date' | '-nonsense';

export type FaultName =
  | 'dns'
  | 'tls'
  | 'reset'
  | 'timeout'
  | 'lost-answer'
  | 'broken-answer'
  | 'cut-body'
  | `${'json' | 'html'}-${ServerError}`
  | `429-${'json' | 'html'}${RetryAfterForm}`
  | '400'
  | '401'
  | '402'
  | '403-json'
  | '403-html'
  | '404'
  | '405'
  | 'redirect-302'
  | 'html-200'
  | 'empty-200'
  | 'json-garbage'
  | 'json-bom'
  | 'problem-in-200'
  | 'no-embedded'
  | 'embedded-null'
  | 'embedded-object'
  | 'phantom-next'
  | 'missing-next'
  | 'users-page-missing'
  | 'duplicate-event';

/** These never reach the server: they are neither counted by its rate limit nor in its log as arrivals. */
export const NEVER_ARRIVES: readonly (FaultName | FaultEffect)[] = ['dns', 'tls'];

export const FAULTS: Readonly<Record<FaultName, FaultEffect>> = {
  dns: () => ({ failure: 'dns' }),
  tls: () => ({ failure: 'tls' }),
  reset: () => ({ failure: 'unreachable' }),
  timeout: () => ({ failure: 'timeout' }),
  'lost-answer': ({ answer }) => unheard(answer, 'timeout'),
  'broken-answer': ({ answer }) => unheard(answer, 'unreachable'),
  'cut-body': ({ answer }) => cut(answer()),
  'json-500': () => internalError(),
  'json-502': () => problem(502, 'Bad Gateway'),
  'json-503': () => problem(503, 'Service Unavailable'),
  'json-504': () => problem(504, 'Gateway Timeout'),
  'html-500': () => frontServerPage(500),
  'html-502': () => frontServerPage(502),
  'html-503': () => frontServerPage(503),
  'html-504': () => frontServerPage(504),
  '429-json': context => tooMany(context, true),
  '429-json-seconds': context => retryHeader(context, tooMany(context, true), 'seconds'),
  '429-json-date': context => retryHeader(context, tooMany(context, true), 'date'),
  '429-json-nonsense': context => retryHeader(context, tooMany(context, true), 'nonsense'),
  '429-html': context => tooMany(context, false),
  '429-html-seconds': context => retryHeader(context, tooMany(context, false), 'seconds'),
  '429-html-date': context => retryHeader(context, tooMany(context, false), 'date'),
  '429-html-nonsense': context => retryHeader(context, tooMany(context, false), 'nonsense'),
  '400': () => problem(400, 'Request validation failed'),
  '401': ({ visit }) => unauthorized(visit.world.account.language),
  '402': () => problem(402, 'Payment required'),
  '403-json': () => problem(403, 'Forbidden'),
  '403-html': () => frontServerPage(403),
  '404': ({ visit }) => problem(404, `Cannot GET ${visit.request.url}`),
  '405': () => problem(405, 'Method Not Allowed'),
  'redirect-302': ({ visit }) =>
    withHeader(page(302, ''), 'Location', `https://www.${visit.world.account.zone}/auth/?from=api`),
  'html-200': () => page(200, MAINTENANCE),
  'empty-200': () => ({ ...hal({}), body: '' }),
  'json-garbage': () => ({ ...hal({}), body: '{"_page":1,"_embedded":{"events":[{"id":"01k,,}]}' }),
  'json-bom': ({ answer }) => changed(answer(), body => `\uFEFF${body}`),
  'problem-in-200': () => ({ ...problemBody(200, JSON.parse(problem(429, 'Too many requests').body)) }),
  'no-embedded': ({ answer }) => json(answer(), body => ({ ...body, _embedded: undefined })),
  'embedded-null': ({ answer }) => json(answer(), body => ({ ...body, _embedded: null })),
  'embedded-object': ({ answer }) =>
    json(answer(), body => ({ ...body, _embedded: lists(body, () => ({})) })),
  'phantom-next': ({ answer, visit }) => json(answer(), body => withPhantomNext(body, visit)),
  'missing-next': ({ answer }) =>
    json(answer(), body => ({ ...body, _links: { ...linksIn(body), next: undefined } })),
  'users-page-missing': () => noContent(),
  'duplicate-event': ({ answer, visit }) => {
    const key = listKey(visit);
    const { shiftedFrom } = visit.world;
    const page = Number(visit.request.query.tree['page'] ?? 1);
    // What was inserted stays where it is.
    shiftedFrom.set(key, Math.min(page, shiftedFrom.get(key) ?? page));
    return answer();
  },
};

type Body = Record<string, unknown>;

const MAINTENANCE =
  '<!DOCTYPE html><html><head><title>amoCRM</title></head><body><h1>Ведутся технические работы</h1></body></html>';

/** 401 of a dead token, in the account's language (UsefulWeb/AmoCRM#39; [K docs/http-codes]). */
export function unauthorized(language: string): WireResponse {
  return problem(401, language === 'ru' ? 'Неверный логин или пароль' : 'Invalid user name or password');
}

/** The published JSON form, or the HTML that amoCRM's users saw (amocrm/amocrm-api-php#517, #526). */
export function tooMany({ retryAfter }: Pick<FaultContext, 'retryAfter'>, asJson: boolean): WireResponse {
  if (!asJson) return frontServerPage(429);
  const detail = 'You have sent too many requests in a given amount of time. Please try again later.';
  return problem(429, detail, { retry_after: retryAfter });
}

export function retryHeader(
  { retryAfter, serverTime }: Pick<FaultContext, 'retryAfter' | 'serverTime'>,
  answer: WireResponse,
  form: 'seconds' | 'date' | 'nonsense',
): WireResponse {
  const date = () => new Date(serverTime + retryAfter * 1000).toUTCString();
  const value = form === 'seconds' ? String(retryAfter) : form === 'date' ? date() : 'soon';
  return withHeader(answer, 'Retry-After', value);
}

/** Kommo's 500 has no `type` [K docs/http-codes]. */
function internalError(): WireResponse {
  const detail = 'Internal server error';
  return problemBody(500, { title: 'ErrInternalServer', status: 500, detail, trace_id: '4bf92f3577b34da6' });
}

/** amoCRM answers, and has done what it was asked for; the answer never comes. */
function unheard(answer: () => WireResponse, failure: TransportFailure): Answer {
  answer();
  return { failure };
}

/** The header still promises the whole: over HTTP that is how a reader can tell. */
function cut(answer: WireResponse): WireResponse {
  const whole = Buffer.byteLength(answer.body);
  return withHeader(
    changed(answer, body => body.slice(0, Math.floor(body.length * 0.6))),
    'Content-Length',
    `${whole}`,
  );
}

function changed(answer: WireResponse, change: (body: string) => string): WireResponse {
  return { ...answer, body: change(answer.body) };
}

function json(answer: WireResponse, change: (body: Body) => Body): WireResponse {
  if (answer.status !== 200) return answer;
  return changed(answer, body => JSON.stringify(change(JSON.parse(body) as Body)));
}

function lists(body: Body, change: () => unknown): Body {
  return Object.fromEntries(Object.keys((body['_embedded'] ?? {}) as Body).map(key => [key, change()]));
}

function linksIn(body: Body): Body {
  return (body['_links'] ?? {}) as Body;
}

function withPhantomNext(body: Body, { request, world }: Visit): Body {
  const links = linksIn(body);
  if (links['next']) return body;
  const query = new URLSearchParams(request.rawQuery);
  query.set('page', String(Number(query.get('page') ?? 1) + 1));
  return { ...body, _links: { ...links, next: { href: world.pageLink(`${request.path}?${query}`) } } };
}
