import { AmoError } from '../core/amoError';
import type { HttpAnswer, HttpResult } from '../ports';

const A_DAY_MS = 86_400_000;

/** A JSON object; undefined stands for 204, which is amoCRM's word for an empty list ([D crm_platform/error-codes]). */
export type Json = Record<string, unknown> | undefined;

/**
 * The data of an answer.
 * @param now epoch ms, for a Retry-After that names a date
 * @throws AmoError for everything that is not data: no status or body is ever taken for an empty result
 */
export function dataOf(result: HttpResult, now: number): Json {
  if ('failure' in result) throw new AmoError(result.failure, 0, { detail: result.detail });
  const { status } = result;
  if (status === 204) return undefined;
  if (status >= 200 && status < 300) return jsonOf(result, now);
  throw errorOfStatus(status, result, now);
}

function jsonOf(answer: HttpAnswer, now: number): Json {
  if (looksLikePage(answer)) throw new AmoError('not-api', answer.status);
  const data = parsed(answer.body);
  if (!isObject(data)) throw new AmoError('malformed', answer.status);
  // A problem object may come with status 200; what it says of itself counts.
  const { status, title, id, _embedded: embedded } = data;
  const isProblem = title !== undefined || (id === undefined && embedded === undefined);
  if (isProblem && typeof status === 'number' && status >= 400) throw errorOfStatus(status, answer, now);
  return data;
}

/** Codes and their meaning: [D crm_platform/error-codes], [K docs/http-codes]; an HTML 403 is a block, [#434]. */
function errorOfStatus(status: number, answer: HttpAnswer, now: number): AmoError {
  // The documentation lists an unknown subdomain among the 401s, as its code 101 ([D crm_platform/error-codes]).
  if (status === 401) return new AmoError(isUnknownAccount(answer) ? 'not-found' : 'token-refused', status);
  if (status === 402) return new AmoError('payment-required', status);
  if (status === 403) return new AmoError(isObject(parsed(answer.body)) ? 'forbidden' : 'blocked', status);
  if (status === 404) return new AmoError('not-found', status);
  const patience = { retryAfterMs: retryAfterMs(answer, now) };
  if (status === 429) return new AmoError('too-many-requests', status, patience);
  if (status >= 500) return new AmoError('server-error', status, patience);
  if (status >= 300 && status < 400) return new AmoError('redirected', status);
  return new AmoError('refused', status);
}

function isUnknownAccount({ body }: HttpAnswer): boolean {
  const { code, error_code: errorCode, response } = jsonIn(body) ?? {};
  const older = isObject(response) ? response['error_code'] : undefined;
  return [code, errorCode, older].some(found => String(found) === '101');
}

/** From the header, in seconds or as a date (RFC 9110 §10.2.3), else from Kommo's `retry_after` in the body. */
function retryAfterMs({ headers, body }: HttpAnswer, now: number): number | undefined {
  const header = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  // Against the server's own clock, which need not agree with ours.
  const wait = Date.parse(header) - (Date.parse(headers['date'] ?? '') || now);
  if (wait > 0 && wait <= A_DAY_MS) return wait;
  const data = parsed(body);
  const seconds = isObject(data) ? data['retry_after'] : undefined;
  return typeof seconds === 'number' && seconds > 0 && seconds < 1e6 ? seconds * 1000 : undefined;
}

function looksLikePage({ headers, body }: HttpAnswer): boolean {
  return /^[\s\uFEFF]*(?:<|$)/.test(body) || /\bhtml\b/i.test(headers['content-type'] ?? '');
}

function parsed(text: string): unknown {
  try {
    // A byte order mark is no part of JSON (RFC 8259 §8.1), yet some servers send one.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** The object that a body holds, whatever the status; undefined where it holds none. */
export function jsonIn(body: string): Record<string, unknown> | undefined {
  const data = parsed(body);
  return isObject(data) ? data : undefined;
}

/** A part of an item, as HAL holds it under `_embedded`; undefined where there is none. */
export function embeddedIn(item: unknown, name: string): unknown {
  const parts = isObject(item) ? item['_embedded'] : undefined;
  return isObject(parts) ? parts[name] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
