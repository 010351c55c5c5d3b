/** Which path is served by what. */

import type { SeenRequest } from '../seenRequest';
import type { Route } from '../visit';
import { getAccount } from './account';
import { listCustomerStatuses } from './customerStatuses';
import { listCustomFields } from './customFields';
import { getEvent, listEvents } from './events';
import { listEventTypes } from './eventTypes';
import { getPipeline, listPipelines } from './pipelines';
import { getUser, listUsers } from './users';

const ROUTES: readonly (readonly [path: RegExp, get: Route])[] = [
  [/^\/api\/v4\/account$/, getAccount],
  [/^\/api\/v4\/users$/, listUsers],
  [/^\/api\/v4\/users\/(\d+)$/, getUser],
  [/^\/api\/v4\/events$/, listEvents],
  [/^\/api\/v4\/events\/types$/, listEventTypes],
  [/^\/api\/v4\/events\/([0-9A-Za-z]+)$/, getEvent],
  [/^\/api\/v4\/leads\/pipelines$/, listPipelines],
  [/^\/api\/v4\/leads\/pipelines\/(\d+)$/, getPipeline],
  [/^\/api\/v4\/(leads|contacts|companies|customers)\/custom_fields$/, listCustomFields],
  [/^\/api\/v4\/customers\/statuses$/, listCustomerStatuses],
];

/** The route, or why there is none. */
export function routeOf(request: SeenRequest): { route: Route; id: string } | 'wrong method' | 'unknown' {
  for (const [path, route] of ROUTES) {
    const parts = path.exec(request.path);
    if (!parts) continue;
    return request.method === 'GET' ? { route, id: parts[1] ?? '' } : 'wrong method';
  }
  return 'unknown';
}
