import { AmoError } from '../core/amoError';
import { isObject, type Json } from './answer';
import type { AmoClient } from './client';
import type { Query } from './request';

/** One page of a list: its items as they came, unread, and the total where the list tells one. */
export interface Page {
  items: unknown[];
  total: number | undefined;
}

/**
 * The pages of a list, one request each. The page number is counted here: the address in a `next` link may name
 * another host ([D crm_platform/entity-links-api]), which must not get our token. The end is an empty page, or a
 * page without `next` that is shorter than asked; a full page without `next` is followed by one more request.
 * @param list the key under `_embedded`
 * @param limit the page size to ask for
 */
export function* pagesOf(
  client: AmoClient,
  path: string,
  list: string,
  limit: number,
  query: Query = {},
): Generator<Page, void, undefined> {
  for (let page = 1; ; page += 1) {
    const { items, total, next } = client.get(path, { ...query, limit, page }, data => pageOf(data, list));
    if (items.length === 0) return;
    yield { items, total };
    if (!next && items.length < limit) return;
  }
}

function pageOf(data: Json, list: string): Page & { next: boolean } {
  if (data === undefined) return { items: [], total: undefined, next: false };
  const embedded = data['_embedded'];
  const items = isObject(embedded) ? embedded[list] : undefined;
  if (!Array.isArray(items)) throw new AmoError('malformed', 200);
  const total = data['_total_items'];
  const links = data['_links'];
  return {
    items,
    total: typeof total === 'number' ? total : undefined,
    next: isObject(links) && Boolean(links['next']),
  };
}
