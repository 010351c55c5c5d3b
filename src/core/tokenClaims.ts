import type { EpochMs } from './day';

/** What amoCRM's tokens tell of themselves, where they do: a token is opaque text ([D oauth/oauth]). */
export interface TokenClaims {
  accountId: number | undefined;
  /** In whose name requests are made. */
  userId: number | undefined;
  expiresAt: EpochMs | undefined;
  /** The host that tells where the account is now, such as `api-a.amocrm.ru` ([D oauth/account-subdomain-info]). */
  apiHost: string | undefined;
}

const NOTHING: TokenClaims = {
  accountId: undefined,
  userId: undefined,
  expiresAt: undefined,
  apiHost: undefined,
};

// Only such a host is ever shown a refresh token.
const API_HOST = /^api-[a-z0-9-]{1,20}\.(?:amocrm\.ru|amocrm\.com|kommo\.com)$/;

/** The claims of a JWT, unverified: good for hints and early refusals, never for granting anything. */
export function claimsOf(token: string): TokenClaims {
  const claims = payloadOf(token);
  if (!claims) return NOTHING;
  const { account_id: account, sub, exp, api_domain: apiHost } = claims;
  const seconds = wholeNumber(exp);
  return {
    accountId: wholeNumber(account),
    userId: wholeNumber(sub),
    expiresAt: seconds === undefined ? undefined : seconds * 1000,
    apiHost: typeof apiHost === 'string' && API_HOST.test(apiHost) ? apiHost : undefined,
  };
}

/** What is no object has none of the claims. */
function payloadOf(token: string): Record<string, unknown> | null | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    return JSON.parse(textOfBase64Url(parts[1]!)) as Record<string, unknown> | null;
  } catch {
    return undefined;
  }
}

/** A number, or one written as text, as `sub` is. */
function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @throws URIError for what is no UTF-8; the platform has no `atob` ([doc V8]) */
function textOfBase64Url(text: string): string {
  let bits = 0;
  let held = 0;
  let escaped = '';
  for (const char of text) {
    const digit = DIGITS.indexOf(char);
    if (digit < 0) throw new URIError('No base64url');
    held = (held << 6) | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    escaped += `%${((held >> bits) & 0xff).toString(16).padStart(2, '0')}`;
    held &= (1 << bits) - 1;
  }
  return decodeURIComponent(escaped);
}
