import type { AccountHost } from '../core/accountAddress';
import type { HttpRequest } from '../ports';

export interface AmoAccount {
  host: AccountHost;
  token: string;
}

export type Query = Record<string, string | number>;

const TIMEOUT_MS = 30_000; // rich pages took others 10 to 15 s

/** A GET to the account's own host ([K docs/limitations]). Keys and values are escaped, brackets too. */
export function getRequest(account: AmoAccount, path: string, query: Query = {}): HttpRequest {
  const pairs = Object.entries(query).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`,
  );
  return {
    url: `https://${account.host}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`,
    headers: { Authorization: `Bearer ${account.token}`, Accept: 'application/json' },
    timeoutMs: TIMEOUT_MS,
  };
}
