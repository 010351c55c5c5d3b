import { AmoError } from '../core/amoError';
import { embeddedIn, isObject, type Json } from './answer';
import type { AmoClient } from './client';
import type { Query } from './request';

const FALLBACK_PAGE = 50; // [Krukov/amocrm_api #76]

/** One page of a list: its items as they came, unread, and the total where the list tells one. */
export interface Page {
  items: unknown[];
  total: number | undefined;
}

/**
 * The pages of a list, one request each. The page number is counted here: the address in a `next` link may name
 * another host ([D crm_platform/entity-links-api]), which must not get our token. The end is an empty page, or a
 * page without `next` that is not full. Full is one as long as asked, one of the length that amoCRM falls back to
 * when it finds the asked one too large, and one after which the announced total is not reached.
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
  let read = 0;
  for (let page = 1; ; page += 1) {
    const { items, total, next } = client.get(path, { ...query, limit, page }, data => pageOf(data, list));
    if (items.length === 0) return;
    yield { items, total };
    read += items.length;
    const full = items.length >= limit || items.length === FALLBACK_PAGE || read < (total ?? 0);
    if (!next && !full) return;
  }
}

function pageOf(data: Json, list: string): Page & { next: boolean } {
  if (data === undefined) return { items: [], total: undefined, next: false };
  const items = embeddedIn(data, list);
  if (!Array.isArray(items)) throw new AmoError('malformed', 200);
  const total = data['_total_items'];
  const links = data['_links'];
  return {
    items,
    total: typeof total === 'number' ? total : undefined,
    next: isObject(links) && Boolean(links['next']),
  };
}
