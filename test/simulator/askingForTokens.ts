/** For tests: a person's integration and what a client asks of its token endpoint. */

import type { EpochMs } from '../emulator/contract';
import { type Asked, ask, type Heard, LATER } from './asking';
import type { OAuthOptions } from './oauthDesk';
import { Simulator } from './simulator';
import type { WorldOptions } from './world';

export const KEYS = { client_id: 'id', client_secret: 'secret', redirect_uri: 'https://example.com/back' };

/** With the codes `fresh` and, of twenty minutes ago, `old`. */
export function opened(oauth: OAuthOptions = {}, options: WorldOptions = {}): Simulator {
  const codes = [
    { code: 'fresh', userId: 9_000_001 },
    { code: 'old', userId: 9_000_001, issuedAt: LATER - 20 * 60_000 },
  ];
  const { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri } = KEYS;
  return new Simulator({ ...options, oauth: { clientId, clientSecret, redirectUri, codes, ...oauth } });
}

export function exchange(simulator: Simulator, body: object, at: EpochMs = LATER, host?: string): Heard {
  return ask(simulator, '/oauth2/access_token', {
    method: 'POST',
    token: null,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    at,
    ...(host === undefined ? {} : { host }),
  });
}

export function byCode(simulator: Simulator, code = 'fresh', at?: EpochMs, host?: string): Heard {
  return exchange(simulator, { ...KEYS, grant_type: 'authorization_code', code }, at, host);
}

export function byRefresh(simulator: Simulator, refresh_token: string, at?: EpochMs, host?: string): Heard {
  return exchange(simulator, { ...KEYS, grant_type: 'refresh_token', refresh_token }, at, host);
}

/** The status of a plain call with that token. */
export function access(simulator: Simulator, token: string, at: EpochMs = LATER, host?: string): number {
  return ask(simulator, '/api/v4/account', { token, at, ...(host === undefined ? {} : { host }) }).status;
}

/** Where the account is now. */
export function whereabouts(simulator: Simulator, refreshToken: string, asked: Asked = {}): Heard {
  return ask(simulator, '/oauth2/account/current/subdomain', {
    token: null,
    host: simulator.apiHost,
    headers: { 'X-Refresh-Token': refreshToken },
    ...asked,
  });
}
