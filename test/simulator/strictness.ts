/** What a request must look like, whatever route it goes to. */

import type { SeenRequest } from './seenRequest';
import { hostOf, type SimAccount } from './state';

/** Breaches that amoCRM is known or thought to overlook. */
export function carelessness(request: SeenRequest): string[] {
  const found: string[] = [];
  const { headers } = request;
  if (!request.secure) found.push('not over https');
  if (request.query.bareBrackets) found.push('brackets in the query are not percent-encoded');
  if (headers['accept'] !== undefined && !accepts(headers['accept']))
    found.push('does not accept application/hal+json');
  if (request.method === 'GET' && request.body) found.push('GET with a body');
  if (headers['x-context-user-id'] !== undefined) found.push('X-Context-User-ID is not imitated');
  const names = request.query.pairs.map(([name]) => name).filter(name => !name.endsWith('[]'));
  for (const name of new Set(names)) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) found.push(`parameter "${name}" is given twice`);
  }
  return found;
}

function accepts(header: string): boolean {
  const kinds = header.split(',').map(kind => kind.split(';')[0]?.trim().toLowerCase());
  return kinds.some(kind =>
    ['*/*', 'application/*', 'application/json', 'application/hal+json'].includes(kind ?? ''),
  );
}

export type HostKind = 'account' | 'website' | 'other account' | 'foreign';

/** Whose host it is: only the account's own serves its API; a shard seen in a link is not it [K docs/limitations]. */
export function hostKind(host: string, account: SimAccount): HostKind {
  if (host === hostOf(account)) return 'account';
  if (host === `www.${account.zone}` || host === account.zone) return 'website';
  if (/\.(amocrm\.ru|amocrm\.com|kommo\.com)$/.test(host)) return 'other account';
  return 'foreign';
}

/** The token of `Authorization: Bearer …`; undefined when there is none. */
export function bearerOf(request: SeenRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers['authorization'] ?? '')?.[1];
}
