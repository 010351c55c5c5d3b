/** Which path is served by what. */

import type { SeenRequest } from '../seenRequest';
import type { Route } from '../visit';
import { getAccount } from './account';
import { getEvent, listEvents } from './events';
import { listEventTypes } from './eventTypes';
import { getUser, listUsers } from './users';

const ROUTES: readonly (readonly [path: RegExp, get: Route])[] = [
  [/^\/api\/v4\/account$/, getAccount],
  [/^\/api\/v4\/users$/, listUsers],
  [/^\/api\/v4\/users\/(\d+)$/, getUser],
  [/^\/api\/v4\/events$/, listEvents],
  [/^\/api\/v4\/events\/types$/, listEventTypes],
  [/^\/api\/v4\/events\/([0-9a-z]+)$/, getEvent],
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
