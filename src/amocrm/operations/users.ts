import { AmoError } from '../../core/amoError';
import { isObject } from '../answer';
import type { AmoClient, Question } from '../client';
import { type Page, pageQuestion, pagesOf } from '../pages';

const USERS = { path: '/api/v4/users', list: 'users', limit: 250 }; // [D crm_platform/users-api]

/**
 * One user, and whether they are an administrator ([D crm_platform/users-api]); undefined where there is none by that id.
 * @throws AmoError `forbidden` when whoever asks is none
 */
export function readUser(client: AmoClient, id: number): { name: string; isAdmin: boolean } | undefined {
  return client.get(`/api/v4/users/${id}`, {}, data => {
    if (data === undefined) return undefined;
    const { name, rights } = data;
    const isAdmin = isObject(rights) && rights['is_admin'] === true;
    return { name: typeof name === 'string' && name.trim() !== '' ? name.trim() : String(id), isAdmin };
  });
}

export const FIRST_USERS: Question<Page> = pageQuestion(USERS, 1);

/**
 * All users who are in the account now, by id, with their names. All or nothing: with a user missing, a person's work
 * would count as automation.
 * @throws AmoError `users-incomplete` when the list is empty, holds something that is no user, or has fewer users
 *   than it says; `forbidden` when the token is not an administrator's
 * @param first as `FIRST_USERS` asks for it, where it was
 */
export function users(client: AmoClient, first?: Page): Map<number, string> {
  const names = new Map<number, string>();
  let announced = 0;
  for (const { items, total } of pagesOf(client, USERS, first)) {
    announced = Math.max(announced, total ?? 0);
    for (const item of items) {
      const { id, name }: { id?: unknown; name?: unknown } = isObject(item) ? item : {};
      if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new AmoError('users-incomplete');
      names.set(id, typeof name === 'string' && name.trim() !== '' ? name.trim() : String(id));
    }
  }
  if (names.size === 0 || names.size < announced) throw new AmoError('users-incomplete');
  return names;
}
