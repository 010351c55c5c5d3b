/** Tokens that look like amoCRM's: an RS256 JWT of about a kilobyte, with the claims seen in a published one. */

import { SeededRandom } from './seededRandom';
import type { EpochSeconds, SimAccount } from './state';

export interface TokenClaims {
  account: SimAccount;
  userId: number;
  issuedAt: EpochSeconds;
  expiresAt: EpochSeconds;
  /** Empty for a long-lived token. */
  grantType: '' | 'authorization_code' | 'refresh_token';
  seed: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The signature is noise: nothing here or in the product verifies it. */
export function syntheticToken({
  account,
  userId,
  issuedAt,
  expiresAt,
  grantType,
  seed,
}: TokenClaims): string {
  const random = new SeededRandom(`token|${seed}|${account.id}|${userId}|${issuedAt}`);
  const noise = (length: number, alphabet: string) =>
    Array.from({ length }, () => alphabet[random.whole(0, alphabet.length - 1)]).join('');
  const hex = (length: number) => noise(length, '0123456789abcdef');
  const uuid = () => `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
  const jti = hex(80);
  const claims = {
    aud: uuid(),
    jti,
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAt,
    sub: String(userId),
    grant_type: grantType,
    account_id: account.id,
    base_domain: account.zone,
    version: 2,
    scopes: ['crm', 'files', 'files_delete', 'notifications', 'push_notifications'],
    hash_uuid: uuid(),
    user_flags: 0,
    api_domain: `api-a.${account.zone}`,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256', jti })}.${part(claims)}.${noise(342, ALPHABET)}`;
}
