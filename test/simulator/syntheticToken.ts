/** Tokens that look like amoCRM's: an RS256 JWT of about a kilobyte, with the claims seen in a published one. */

import { planted } from './plantedSecret';
import { HEX, SeededRandom } from './seededRandom';
import { apiHostOf, type EpochSeconds, type SimAccount } from './state';

export interface TokenClaims {
  account: SimAccount;
  userId: number;
  issuedAt: EpochSeconds;
  expiresAt: EpochSeconds;
  /** Empty for a long-lived token. */
  grantType: '' | 'authorization_code' | 'refresh_token';
  /** The integration's id; made up when there is none. */
  clientId?: string | undefined;
  seed: string;
}

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The signature is noise: nothing here or in the product verifies it. */
export function syntheticToken({
  account,
  userId,
  issuedAt,
  expiresAt,
  grantType,
  clientId,
  seed,
}: TokenClaims): string {
  const random = new SeededRandom(`token|${seed}|${account.id}|${userId}|${issuedAt}`);
  const jti = random.text(80, HEX);
  const claims = {
    aud: clientId ?? random.uuid(),
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
    hash_uuid: random.uuid(),
    user_flags: 0,
    api_domain: apiHostOf(account),
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = planted(random.text(342, BASE64_URL));
  return `${part({ typ: 'JWT', alg: 'RS256', jti })}.${part(claims)}.${signature}`;
}
