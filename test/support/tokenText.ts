/** A token that tells of itself what amoCRM's do. */
export function tokenWith(claims: {
  account?: number;
  user?: number;
  endsAt?: number;
  salt?: string;
}): string {
  const { account, user, endsAt, salt = 'S1GNATURE' } = claims;
  const payload = {
    ...(account === undefined ? {} : { account_id: account }),
    ...(user === undefined ? {} : { sub: String(user) }),
    ...(endsAt === undefined ? {} : { exp: Math.floor(endsAt / 1000) }),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(payload)}.${salt}`;
}
