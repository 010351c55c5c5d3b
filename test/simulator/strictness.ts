/** What a request must look like, whatever route it goes to. */

import { fieldsOf, type SeenRequest } from './seenRequest';

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

/** The token of `Authorization: Bearer …`; undefined when there is none. */
export function bearerOf(request: SeenRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers['authorization'] ?? '')?.[1];
}

/** The secrets in a request, by kind. */
export function secretsIn(request: SeenRequest): { kind: string; value: string }[] {
  const fields = fieldsOf(request);
  const given = {
    'a token': request.headers['authorization']?.replace(/^Bearer /, ''),
    'a refresh token': request.headers['x-refresh-token'] ?? fields['refresh_token'],
    'a code': fields['code'],
    'a client secret': fields['client_secret'],
  };
  return Object.entries(given).flatMap(([kind, value]) =>
    value === undefined ? [] : [{ kind, value: String(value) }],
  );
}
