import { type AccountHost, accountHost } from '../../core/accountAddress';
import { AmoError, type AmoErrorCode } from '../../core/amoError';
import type { TokenPair } from '../../core/connection';
import { pastedToken } from '../../core/token';
import type { Clock, HttpRequest, HttpResult } from '../../ports';
import { dataOf, jsonIn } from '../answer';
import type { Gate } from '../gate';

/** What amoCRM knows an integration by. The redirect URI must be the registered one, letter by letter. */
export interface IntegrationKeys {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** The one way to send a request that works once: it has had its turn at the gate before. */
export type Send = (request: HttpRequest) => HttpResult;

const PATH = '/oauth2/access_token';
/** Asked under the lock, for which others wait no longer than twenty seconds. */
const TIMEOUT_MS = 15_000;
const USUAL_LIFE_S = 86_400; // [D oauth/oauth]

/**
 * Tokens for a code, which lives 20 minutes and works once ([D oauth/oauth]).
 * @throws AmoError; one that is temporary leaves it open whether amoCRM has given out a pair
 */
export function pairByCode(
  asking: Asking,
  host: AccountHost,
  keys: IntegrationKeys,
  code: string,
): TokenPair {
  return exchange(asking, host, keys, { grant_type: 'authorization_code', code });
}

/** The next pair for a refresh token, which works once ([D oauth/step-by-step]). @throws AmoError, as above */
export function pairByRefresh(
  asking: Asking,
  host: AccountHost,
  keys: IntegrationKeys,
  refresh: string,
): TokenPair {
  return exchange(asking, host, keys, { grant_type: 'refresh_token', refresh_token: refresh });
}

export interface Asking {
  gate: Gate;
  clock: Clock;
  send: Send;
}

function exchange(
  asking: Asking,
  host: AccountHost,
  { clientId, clientSecret, redirectUri }: IntegrationKeys,
  grant: { grant_type: string } & Record<string, string>,
): TokenPair {
  const fields = { client_id: clientId, client_secret: clientSecret, ...grant, redirect_uri: redirectUri };
  const request: HttpRequest = {
    url: `https://${host}${PATH}`,
    headers: { Accept: 'application/json' },
    json: JSON.stringify(fields),
    timeoutMs: TIMEOUT_MS,
  };
  return heard(asking, request, pairOf);
}

/**
 * Where the account is now, when it may have been renamed or moved to another zone ([D oauth/account-subdomain-info]).
 * @param apiHost as the access token tells it
 * @throws AmoError
 */
export function currentAddress(
  asking: Asking,
  apiHost: string,
  refresh: string,
): { accountId: number; host: AccountHost } {
  const request: HttpRequest = {
    url: `https://${apiHost}/oauth2/account/current/subdomain`,
    headers: { 'X-Refresh-Token': refresh, Accept: 'application/json' },
    timeoutMs: TIMEOUT_MS,
  };
  return heard(asking, request, (result, now) => {
    const { id, domain } = dataOf(result, now) ?? {};
    const host = typeof domain === 'string' && domain.includes('.') ? accountHost(domain) : undefined;
    if (typeof id !== 'number' || host === undefined) throw new AmoError('malformed', 200);
    return { accountId: id, host };
  });
}

/** Sends, and has the gate draw its conclusions, as for every other request. */
function heard<T>(
  { clock, gate, send }: Asking,
  request: HttpRequest,
  read: (result: HttpResult, now: number) => T,
): T {
  try {
    const data = read(send(request), clock.now());
    gate.heard();
    return data;
  } catch (error) {
    if (error instanceof AmoError) gate.heard(error);
    throw error;
  }
}

function pairOf(result: HttpResult, now: number): TokenPair {
  const refusal = refusalIn(result);
  if (refusal) throw refusal;
  const { access_token: access, refresh_token: refresh, expires_in: life } = dataOf(result, now) ?? {};
  const pair = [access, refresh].map(token => (typeof token === 'string' ? pastedToken(token) : undefined));
  if (pair[0] === undefined || pair[1] === undefined) throw new AmoError('malformed', 200);
  const seconds = typeof life === 'number' && life > 0 ? life : USUAL_LIFE_S;
  return { access: pair[0], refresh: pair[1], expiresInMs: seconds * 1000 };
}

/** By the hint: amoCRM's own problem object, in English in every language seen (amocrm/amocrm-api-php#123, #269). */
const HINTS: readonly [RegExp, AmoErrorCode][] = [
  [/code has expired/i, 'code-expired'],
  [/code has been revoked/i, 'code-used'],
  [/decrypt the authorization code/i, 'code-unreadable'],
  [/client_id/i, 'wrong-client-id'],
  [/client_secret/i, 'wrong-client-secret'],
  [/redirect uri/i, 'wrong-redirect-uri'],
  [/invalid account/i, 'wrong-account-host'],
];

function refusalIn(result: HttpResult): AmoError | undefined {
  if ('failure' in result || (result.status !== 400 && result.status !== 401)) return undefined;
  const hint = String(jsonIn(result.body)?.['hint'] ?? '');
  const [, code = result.status === 401 ? 'tokens-revoked' : 'refused'] =
    HINTS.find(([pattern]) => pattern.test(hint)) ?? [];
  return new AmoError(code, result.status);
}
