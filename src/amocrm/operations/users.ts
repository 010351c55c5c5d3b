import { AmoError } from '../../core/amoError';
import { isObject } from '../answer';
import type { AmoClient } from '../client';
import { pagesOf } from '../pages';

const PAGE = 250; // [D crm_platform/users-api]

/**
 * The ids of all users who are in the account now. All or nothing: with a user missing, a person's work would count
 * as automation.
 * @throws AmoError `users-incomplete` when the list is empty, holds something that is no user, or has fewer users
 *   than it says; `forbidden` when the token is not an administrator's
 */
export function userIds(client: AmoClient): Set<number> {
  const ids = new Set<number>();
  let announced = 0;
  for (const { items, total } of pagesOf(client, '/api/v4/users', 'users', PAGE)) {
    announced = Math.max(announced, total ?? 0);
    for (const item of items) {
      const id = isObject(item) ? item['id'] : undefined;
      if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new AmoError('users-incomplete');
      ids.add(id);
    }
  }
  if (ids.size === 0 || ids.size < announced) throw new AmoError('users-incomplete');
  return ids;
}
