/** A request as the server sees it. */

import type { EpochMs, WireRequest } from '../emulator/contract';
import { type PhpQuery, readQuery } from './phpQuery';

export interface SeenRequest {
  at: EpochMs;
  method: string;
  url: string;
  secure: boolean;
  host: string;
  /** Without a slash at the end. */
  path: string;
  rawQuery: string;
  query: PhpQuery;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/** Undefined when the address is none. */
export function seeRequest(request: WireRequest, at: EpochMs): SeenRequest | undefined {
  if (!URL.canParse(request.url)) return undefined;
  const url = new URL(request.url);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  // Taken from the text, because a URL object could tidy what it shows.
  const rawQuery = /\?([^#]*)/.exec(request.url)?.[1] ?? '';
  return {
    at,
    method: request.method.toUpperCase(),
    url: request.url,
    secure: url.protocol === 'https:',
    host: url.hostname.toLowerCase(),
    path: url.pathname.replace(/(?<=.)\/+$/, ''),
    rawQuery,
    query: readQuery(rawQuery),
    headers,
    body: request.body,
  };
}

/** The parameters by decoded name; a repeated name holds its values joined by commas. */
export function parametersOf(request: SeenRequest): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of request.query.pairs) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return parameters;
}

/**
 * Which requests are meant: `'GET /api/v4/events?page=7'` (method optional; every parameter named must be there
 * with that value, others may be; `'*'` is any request), or a function.
 */
export type RequestMatcher = string | ((request: SeenRequest) => boolean);

export function matches(matcher: RequestMatcher, request: SeenRequest): boolean {
  if (typeof matcher === 'function') return matcher(request);
  if (matcher === '*') return true;
  const parts = /^(?:([A-Z]+) )?(\/[^?]*)(?:\?(.*))?$/.exec(matcher);
  if (!parts) throw new Error(`Not a request: "${matcher}". Write "GET /api/v4/events?page=7".`);
  const [, method, path = '', query = ''] = parts;
  if (method !== undefined && method !== request.method) return false;
  if (path.replace(/(?<=.)\/+$/, '') !== request.path) return false;
  const given = parametersOf(request);
  return readQuery(query).pairs.every(([name, value]) => given[name] === value);
}

/** What a JSON body asks for; nothing when it holds no object. */
export function fieldsOf({ body }: SeenRequest): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(body ?? '');
    return typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
