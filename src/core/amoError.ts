import type { EpochMs } from './day';

/** Every way in which a request to amoCRM can fail. A closed family: the texts have words for each. */
export type AmoErrorCode =
  | 'no-connection'
  | 'timeout'
  | 'too-many-requests'
  | 'server-error'
  | 'not-api'
  | 'malformed'
  | 'users-incomplete'
  | 'token-refused'
  | 'payment-required'
  | 'forbidden'
  | 'blocked'
  | 'not-found'
  | 'redirected'
  | 'refused'
  | 'out-of-time'
  | 'too-crowded'
  | 'paused'
  | 'code-expired'
  | 'code-used'
  | 'code-unreadable'
  | 'wrong-client-id'
  | 'wrong-client-secret'
  | 'wrong-redirect-uri'
  | 'wrong-account-host'
  | 'tokens-revoked'
  | 'other-account';

/** A failed request. Its message is for programmers; users get the texts for its code. */
export class AmoError extends Error {
  readonly code: AmoErrorCode;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** How long amoCRM asked to wait, in ms, where it did. */
  readonly retryAfterMs: number | undefined;
  /** Until when no request is allowed, where that is the reason. */
  readonly until: EpochMs | undefined;
  /** What the platform says of a failed connection. */
  readonly detail: string;

  constructor(
    code: AmoErrorCode,
    status = 0,
    more: { retryAfterMs?: number | undefined; until?: EpochMs; detail?: string } = {},
  ) {
    super(`amoCRM: ${code}${status ? ` (${status})` : ''}`);
    this.name = 'AmoError';
    this.code = code;
    this.status = status;
    this.retryAfterMs = more.retryAfterMs;
    this.until = more.until;
    this.detail = more.detail ?? '';
  }
}

const TEMPORARY: ReadonlySet<AmoErrorCode> = new Set<AmoErrorCode>([
  'no-connection',
  'timeout',
  'too-many-requests',
  'server-error',
  'not-api',
  'malformed',
]);

/** Whether the same request may succeed a little later. 400 to 404 never are: repeating them changes nothing. */
export function isTemporary(error: AmoError): boolean {
  return TEMPORARY.has(error.code);
}

const SOON_PAST: ReadonlySet<AmoErrorCode> = new Set<AmoErrorCode>([
  'out-of-time',
  'paused',
  'blocked',
  'too-many-requests',
]);

/** Whether another run will be able to ask, though this one cannot. */
export function isSoonPast(error: AmoError): boolean {
  return SOON_PAST.has(error.code);
}
