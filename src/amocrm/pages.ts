import { AmoError } from '../core/amoError';
import { embeddedIn, isObject, type Json } from './answer';
import type { AmoClient, Question } from './client';
import type { Query } from './request';

const FALLBACK_PAGE = 50; // [Krukov/amocrm_api #76]

/** One page of a list: its items as they came, unread, and the total where the list tells one. */
export interface Page {
  items: unknown[];
  total: number | undefined;
  /** Whether the list says that another page follows. */
  next: boolean;
}

export interface PagedList {
  path: string;
  /** The key under `_embedded`. */
  list: string;
  /** The page size to ask for. */
  limit: number;
  query?: Query;
}

/**
 * The pages of a list, one request each. The page number is counted here: the address in a `next` link may name
 * another host ([D crm_platform/entity-links-api]), which must not get our token. The end is an empty page, or a
 * page without `next` that is not full. Full is one as long as asked, one of the length that amoCRM falls back to
 * when it finds the asked one too large, and one after which the announced total is not reached.
 * @param first the first page, where it was asked for before
 */
export function* pagesOf(client: AmoClient, of: PagedList, first?: Page): Generator<Page, void, undefined> {
  let before = 0;
  for (let number = 1; ; number += 1) {
    const { path, query, read } = pageQuestion(of, number);
    const page = number === 1 && first ? first : client.get(path, query, read);
    if (page.items.length === 0) return;
    yield page;
    before += page.items.length;
    if (isLastPage(page, of.limit) && before >= (page.total ?? 0)) return;
  }
}

/** @param number from 1 */
export function pageQuestion({ path, list, limit, query }: PagedList, number: number): Question<Page> {
  return { path, query: { ...query, limit, page: number }, read: data => pageOf(data, list) };
}

/** Whether nothing follows, as far as a page tells by itself. */
export function isLastPage({ items, next }: Page, limit: number): boolean {
  return !next && items.length < limit && items.length !== FALLBACK_PAGE;
}

function pageOf(data: Json, list: string): Page {
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
