/** `POST /oauth2/access_token` [D oauth/step-by-step]: the one route without a token. */

import type { WireResponse } from '../../emulator/contract';
import { plainJson, problem, problemBody } from '../answers';
import { unauthorized } from '../faults';
import { fieldsOf, type SeenRequest } from '../seenRequest';
import type { World } from '../world';

export const TOKEN_ENDPOINT = '/oauth2/access_token';

export function exchangeToken(world: World, request: SeenRequest, complain: (what: string) => void) {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    complain('tokens are asked for in JSON');
  const outcome = world.oauth.exchange(fieldsOf(request), request.at);
  return 'hint' in outcome ? refusal(outcome.status, outcome.hint) : plainJson(outcome);
}

/** Where the account was nothing is given out and nothing used up [D oauth/account-subdomain-info]. */
export function refuseAtOldHost(world: World, request: SeenRequest): WireResponse {
  const status = world.addresses.statusAt(request.host);
  world.oauth.turnAway(fieldsOf(request), request.at, `moved (${status})`);
  // The body is not known. That of an unknown subdomain holds no hint that could be relied on.
  if (status === 401) return unauthorized(world.account.language);
  return problem(404, `Cannot POST ${request.url}`);
}

/** At another account's address, as after a mistyped one. */
export function refuseAtOtherAccount(world: World, request: SeenRequest): WireResponse {
  world.oauth.turnAway(fieldsOf(request), request.at, 'Invalid account');
  return refusal(400, 'Invalid account');
}

function refusal(status: number, hint: string): WireResponse {
  return problemBody(status, {
    hint,
    title: 'Некорректный запрос',
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status,
    detail: 'В запросе отсутствует ряд параметров или параметры невалидны',
  });
}
