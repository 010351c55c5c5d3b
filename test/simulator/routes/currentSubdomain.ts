/**
 * `GET https://{api_domain}/oauth2/account/current/subdomain` [D oauth/account-subdomain-info]: where an account is now,
 * for whoever holds a live refresh token of it. Asking does not use the token up.
 */

import { plainJson, problem } from '../answers';
import { unauthorized } from '../faults';
import type { SeenRequest } from '../seenRequest';
import { hostOf } from '../state';
import type { World } from '../world';

export const CURRENT_SUBDOMAIN = '/oauth2/account/current/subdomain';

export function tellCurrentSubdomain(world: World, request: SeenRequest, complain: (what: string) => void) {
  const { account } = world;
  // Only the refresh token is asked for there.
  if (request.headers['authorization'] !== undefined) complain(`a token went to ${request.host}`);
  if (request.path !== CURRENT_SUBDOMAIN) {
    complain('no such route here');
    return unauthorized(account.language);
  }
  if (request.method !== 'GET') {
    complain('no such method here');
    return problem(405, 'Method Not Allowed');
  }
  const token = request.headers['x-refresh-token'];
  if (token === undefined) complain('no refresh token');
  if (token === undefined || !world.oauth.isLive(token, request.at)) return unauthorized(account.language);
  return plainJson({
    id: account.id,
    subdomain: account.subdomain,
    domain: hostOf(account),
    top_level_domain: account.zone.split('.').at(-1),
  });
}
