/** `POST /oauth2/access_token` [D oauth/step-by-step]: the one route without a token. */

import { problemBody } from '../answers';
import type { SeenRequest } from '../seenRequest';
import type { World } from '../world';

export function exchangeToken(world: World, request: SeenRequest, complain: (what: string) => void) {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    complain('tokens are asked for in JSON');
  const outcome = world.oauth.exchange(fieldsIn(request.body), request.at);
  if ('access_token' in outcome) return { ...problemBody(200, { ...outcome }), ...JSON_TYPE };
  return problemBody(outcome.status, {
    hint: outcome.hint,
    title: 'Некорректный запрос',
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status: outcome.status,
    detail: 'В запросе отсутствует ряд параметров или параметры невалидны',
  });
}

const JSON_TYPE = { headers: { Server: 'nginx', 'Content-Type': 'application/json' } };

function fieldsIn(body: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(body ?? '');
    return typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
