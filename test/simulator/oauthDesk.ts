/**
 * Codes and token pairs of one integration: a code lives 20 minutes and works once; a refresh token lives three
 * months, works once and kills its predecessor's access [D oauth/oauth], [D oauth/step-by-step].
 */

import type { EpochMs } from '../emulator/contract';
import type { TokenRequest } from './ledger';
import { planted } from './plantedSecret';
import { HEX, SeededRandom } from './seededRandom';
import { syntheticToken } from './syntheticToken';
import type { World } from './world';

export interface OAuthOptions {
  /** Made up by default, as the secret. */
  clientId?: string;
  clientSecret?: string;
  /** Default `https://example.com/back`. */
  redirectUri?: string;
  /** A request must name a redirect URI, but any will do. Default: exactly the registered one [D oauth/step-by-step]. */
  anyRedirectUri?: boolean;
  /** Codes already given out; `issuedAt` undefined means "just before it is used". */
  codes?: readonly OAuthCode[];
  /** Default a day. */
  accessLifeSeconds?: number;
  /** The access token before a refresh works until its own end. Not known; default no. */
  oldAccessSurvives?: boolean;
}

export interface OAuthCode {
  code: string;
  /** Who consented. Default: the first administrator. */
  userId?: number;
  issuedAt?: EpochMs;
}

/** What a person copies from the integration's window. */
export interface Integration {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
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

type Fields = Readonly<Record<string, unknown>>;

const CODE_LIFE_MS = 20 * 60_000;
const ACCESS_LIFE_SECONDS = 86_400;
const REFRESH_LIFE_MS = 90 * 86_400_000;
const REVOKED: Refusal = { status: 401, hint: 'Token has been revoked' };

interface RefreshToken {
  userId: number;
  access: string;
  issuedAt: EpochMs;
  state: 'live' | 'used' | 'revoked';
}

export class OAuthDesk {
  /** Undefined: no integration, nobody gets tokens. */
  readonly integration: Integration | undefined;
  /** Every request that was heard, answered or not. */
  readonly heard: TokenRequest[] = [];
  private readonly codes: OAuthCode[];
  private readonly usedCodes = new Set<string>();
  private readonly refreshTokens = new Map<string, RefreshToken>();
  private isClosed = false;
  private issued = 0;
  private readonly random: SeededRandom;

  constructor(
    private readonly options: OAuthOptions | undefined,
    private readonly world: World,
  ) {
    this.random = new SeededRandom(`oauth|${world.seed}|${world.account.id}`);
    this.codes = [...(options?.codes ?? [])];
    this.integration = options && {
      clientId: options.clientId ?? this.random.uuid(),
      clientSecret: options.clientSecret ?? planted(this.random.text(64, LETTERS)),
      redirectUri: options.redirectUri ?? 'https://example.com/back',
    };
  }

  /** Answers one request for tokens. */
  exchange(request: Fields, at: EpochMs): TokenPair | Refusal {
    const reused = this.isReused(request);
    const outcome = this.outcomeOf(request, at);
    this.hear(request, at, 'hint' in outcome ? outcome.hint : 'issued', reused);
    return outcome;
  }

  /** Notes a request that was refused before it came to the desk: nothing is used up by it. */
  turnAway(request: Fields, at: EpochMs, outcome: string): void {
    this.hear(request, at, outcome, this.isReused(request));
  }

  /** A new code. */
  issueCode(userId: number | undefined, issuedAt: EpochMs | undefined): string {
    if (!this.integration) throw new Error('Without the option `oauth` there is no integration.');
    const code = this.secret();
    this.codes.push({
      code,
      ...(userId === undefined ? {} : { userId }),
      ...(issuedAt === undefined ? {} : { issuedAt }),
    });
    return code;
  }

  /** Whether a code or a refresh token is of here. */
  gaveOut(secret: string): boolean {
    return this.refreshTokens.has(secret) || this.codes.some(({ code }) => code === secret);
  }

  isLive(refreshToken: string, at: EpochMs): boolean {
    const known = this.refreshTokens.get(refreshToken);
    return known?.state === 'live' && !this.isClosed && at < known.issuedAt + REFRESH_LIFE_MS;
  }

  /** For good. */
  revokeAll(): void {
    for (const token of this.refreshTokens.values()) if (token.state === 'live') token.state = 'revoked';
  }

  /** While it is closed it refuses everything and uses nothing up. */
  close(isClosed: boolean): void {
    this.isClosed = isClosed;
  }

  private outcomeOf(request: Fields, at: EpochMs): TokenPair | Refusal {
    const keys = this.integration;
    if (!keys || request['client_id'] !== keys.clientId) return no('Check the `client_id` parameter');
    if (request['client_secret'] !== keys.clientSecret) return no('Check the `client_secret` parameter');
    if (!this.isRedirectUri(request['redirect_uri'])) return no('Redirect URI is not associated with client');
    if (request['grant_type'] === 'authorization_code') return this.byCode(String(request['code']), at);
    if (request['grant_type'] === 'refresh_token')
      return this.byRefresh(String(request['refresh_token']), at);
    return no('Check the `grant_type` parameter');
  }

  private isRedirectUri(given: unknown): boolean {
    if (this.options?.anyRedirectUri) return typeof given === 'string' && given !== '';
    return given === this.integration?.redirectUri;
  }

  private byCode(code: string, at: EpochMs): TokenPair | Refusal {
    const known = this.codes.find(candidate => candidate.code === code);
    if (!known) return no('Cannot decrypt the authorization code');
    if (this.usedCodes.has(code) || this.isClosed) return no('Authorization code has been revoked');
    if (known.issuedAt !== undefined && at >= known.issuedAt + CODE_LIFE_MS) {
      return no('Authorization code has expired');
    }
    this.usedCodes.add(code);
    return this.issue(known.userId ?? this.world.administrator().id, 'authorization_code', at);
  }

  private byRefresh(value: string, at: EpochMs): TokenPair | Refusal {
    const known = this.refreshTokens.get(value);
    if (!known || !this.isLive(value, at)) return REVOKED;
    known.state = 'used';
    if (!this.options?.oldAccessSurvives) {
      const old = this.world.tokens.find(token => token.value === known.access);
      if (old) old.revoked = true;
    }
    return this.issue(known.userId, 'refresh_token', at);
  }

  private issue(userId: number, grantType: 'authorization_code' | 'refresh_token', at: EpochMs): TokenPair {
    const shown = Math.floor(this.world.serverTime(at) / 1000);
    const life = this.options?.accessLifeSeconds ?? ACCESS_LIFE_SECONDS;
    const access = syntheticToken({
      account: this.world.account,
      userId,
      issuedAt: shown,
      expiresAt: shown + life,
      grantType,
      clientId: this.integration?.clientId,
      seed: `${this.world.seed}|${++this.issued}`,
    });
    const refresh = this.secret();
    this.world.tokens.push({ value: access, userId, expiresAt: (Math.floor(at / 1000) + life) * 1000 });
    this.refreshTokens.set(refresh, { userId, access, issuedAt: at, state: 'live' });
    return {
      token_type: 'Bearer',
      expires_in: life,
      server_time: shown,
      access_token: access,
      refresh_token: refresh,
    };
  }

  /** Codes and refresh tokens look alike: opaque, and longer than a cell's width. */
  private secret(): string {
    return `def502${planted(this.random.text(600, HEX))}`;
  }

  private isReused(request: Fields): boolean {
    const code = String(request['code']);
    if (grantOf(request) === 'authorization_code') return this.usedCodes.has(code);
    return this.refreshTokens.get(String(request['refresh_token']))?.state === 'used';
  }

  private hear(request: Fields, at: EpochMs, outcome: string, reused: boolean): void {
    this.heard.push({ at, grant: grantOf(request), outcome, reused });
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function grantOf(request: Fields): TokenRequest['grant'] {
  const grant = request['grant_type'];
  return grant === 'authorization_code' || grant === 'refresh_token' ? grant : 'unknown';
}

function no(hint: string): Refusal {
  return { status: 400, hint };
}
