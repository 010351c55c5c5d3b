/** A token that tells of itself what amoCRM's do. */
export function tokenWith(claims: {
  account?: number;
  user?: number;
  endsAt?: number;
  /** Who tells where the account is now. */
  apiHost?: string;
  salt?: string;
}): string {
  const { account, apiHost, endsAt, salt = 'S1GNATURE', user } = claims;
  const payload = {
    ...(account === undefined ? {} : { account_id: account }),
    ...(user === undefined ? {} : { sub: String(user) }),
    ...(apiHost === undefined ? {} : { api_domain: apiHost }),
    ...(endsAt === undefined ? {} : { exp: Math.floor(endsAt / 1000) }),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(payload)}.${salt}`;
}
