/**
 * Codes and token pairs of one integration: a code lives 20 minutes and works once; a refresh token lives three
 * months, works once and kills its predecessor's access [D oauth/oauth], [D oauth/step-by-step].
 */

import type { EpochMs } from '../emulator/contract';
import { syntheticToken } from './syntheticToken';
import type { World } from './world';

export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Codes already given out; `issuedAt` undefined means "just before it is used". */
  codes?: readonly { code: string; userId: number; issuedAt?: EpochMs }[];
}

export interface TokenPair {
  token_type: 'Bearer';
  expires_in: number;
  server_time: number;
  access_token: string;
  refresh_token: string;
}

/** The hint and status of a refusal, as users reported them (amocrm/amocrm-api-php#123, #269). */
export interface Refusal {
  status: 400 | 401;
  hint: string;
}

const CODE_LIFE_MS = 20 * 60_000;
const ACCESS_LIFE_SECONDS = 86_400;
const REFRESH_LIFE_MS = 90 * 86_400_000;

interface RefreshToken {
  userId: number;
  access: string;
  issuedAt: EpochMs;
  used: boolean;
}

export class OAuthDesk {
  private readonly usedCodes = new Set<string>();
  private readonly refreshTokens = new Map<string, RefreshToken>();
  private issued = 0;

  constructor(
    private readonly options: OAuthOptions | undefined,
    private readonly world: World,
  ) {}

  /** Answers one request for tokens. */
  exchange(request: Readonly<Record<string, unknown>>, at: EpochMs): TokenPair | Refusal {
    const keys = this.options;
    if (!keys || request['client_id'] !== keys.clientId) return no('Check the `client_id` parameter');
    if (request['client_secret'] !== keys.clientSecret) return no('Check the `client_secret` parameter');
    if (request['redirect_uri'] !== keys.redirectUri) return no('Redirect URI is not associated with client');
    if (request['grant_type'] === 'authorization_code') return this.byCode(String(request['code']), at);
    if (request['grant_type'] === 'refresh_token')
      return this.byRefresh(String(request['refresh_token']), at);
    return no('Check the `grant_type` parameter');
  }

  private byCode(code: string, at: EpochMs): TokenPair | Refusal {
    const known = this.options?.codes?.find(candidate => candidate.code === code);
    if (!known) return no('Cannot decrypt the authorization code');
    if (this.usedCodes.has(code)) return no('Authorization code has been revoked');
    if (known.issuedAt !== undefined && at >= known.issuedAt + CODE_LIFE_MS) {
      return no('Authorization code has expired');
    }
    this.usedCodes.add(code);
    return this.issue(known.userId, 'authorization_code', at);
  }

  private byRefresh(value: string, at: EpochMs): TokenPair | Refusal {
    const known = this.refreshTokens.get(value);
    if (!known || known.used || at >= known.issuedAt + REFRESH_LIFE_MS) {
      return { status: 401, hint: 'Token has been revoked' };
    }
    known.used = true;
    // Whether the old access token outlives a refresh is not known; the stricter guess is that it does not.
    const old = this.world.tokens.find(token => token.value === known.access);
    if (old) old.revoked = true;
    return this.issue(known.userId, 'refresh_token', at);
  }

  private issue(userId: number, grantType: 'authorization_code' | 'refresh_token', at: EpochMs): TokenPair {
    const seconds = Math.floor(at / 1000);
    const access = syntheticToken({
      account: this.world.account,
      userId,
      issuedAt: seconds,
      expiresAt: seconds + ACCESS_LIFE_SECONDS,
      grantType,
      seed: `${this.world.seed}|${++this.issued}`,
    });
    const refresh = `def502${Buffer.from(`${this.world.seed}|${this.issued}|${userId}`).toString('hex').padEnd(600, '0')}`;
    this.world.tokens.push({ value: access, userId, expiresAt: (seconds + ACCESS_LIFE_SECONDS) * 1000 });
    this.refreshTokens.set(refresh, { userId, access, issuedAt: at, used: false });
    return {
      token_type: 'Bearer',
      expires_in: ACCESS_LIFE_SECONDS,
      server_time: seconds,
      access_token: access,
      refresh_token: refresh,
    };
  }
}

function no(hint: string): Refusal {
  return { status: 400, hint };
}
