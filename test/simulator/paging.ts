/** Pages: how large, which one, and the links between them. */

import type { WireResponse } from '../emulator/contract';
import { problem } from './answers';
import type { Visit } from './visit';

export interface PageRules {
  /** Without `limit`. */
  usual: number;
  /** The largest `limit`; a larger one is not refused, it gives pages of 50 (Krukov/amocrm_api#76). */
  most: number;
}

/** What an over-large `limit` falls back to. */
const FALL_BACK = 50;

export interface Page {
  number: number;
  size: number;
}

/** A zero, negative or non-numeric `page` or `limit`: amoCRM's answer is unknown, 400 is the stricter one. */
export function readPage(visit: Visit, rules: PageRules): Page | { refusal: WireResponse } {
  const number = wholeAt(visit, 'page', 1);
  const size = wholeAt(visit, 'limit', rules.usual);
  if (number === undefined || size === undefined)
    return { refusal: problem(400, 'Request validation failed') };
  if (size <= rules.most) return { number, size };
  visit.complain(`limit ${size} is above ${rules.most}`);
  return { number, size: FALL_BACK };
}

function wholeAt(visit: Visit, name: string, otherwise: number): number | undefined {
  const given = visit.request.query.tree[name];
  if (given === undefined) return otherwise;
  if (typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given)) return Number(given);
  visit.complain(`"${name}" is not a positive whole number`);
  return undefined;
}

type Links = Record<string, { href: string }>;

/** Which page links a list has: events `self` and `next`, users and leads more. */
export interface LinkedPages {
  hasNext: boolean;
  /** Gives a `last` link, too, where the list knows its end. */
  lastPage?: number;
}

/** The `_links` of a page; `first` and `prev` from page 2 on [D crm_platform/leads-api]. */
export function pageLinks(visit: Visit, page: Page, { hasNext, lastPage }: LinkedPages): Links {
  const links: Links = { self: { href: hrefOf(visit, page.number) } };
  if (hasNext) links['next'] = { href: hrefOf(visit, page.number + 1) };
  if (hasNext && lastPage !== undefined) links['last'] = { href: hrefOf(visit, lastPage) };
  if (page.number > 1) {
    links['first'] = { href: hrefOf(visit, 1) };
    links['prev'] = { href: hrefOf(visit, page.number - 1) };
  }
  return links;
}

function hrefOf(visit: Visit, page: number): string {
  const query = new URLSearchParams();
  query.set('page', String(page));
  for (const [name, value] of visit.request.query.pairs) if (name !== 'page') query.append(name, value);
  return visit.world.pageLink(`${visit.request.path}?${query}`);
}

/** The list's identity without its page: the same for all pages of one reading. */
export function listKey(visit: Visit): string {
  const rest = visit.request.query.pairs.filter(
    ([name]) => name !== 'page' && name !== 'limit' && name !== 'with',
  );
  return JSON.stringify([visit.request.path, rest]);
}
