import type { AccountHost } from '../core/accountAddress';
import type { HttpRequest } from '../ports';

/** Where to ask, and the right to. Both may change while a run lasts. */
export interface AmoAccount {
  readonly host: AccountHost;
  readonly token: string;
  /**
   * amoCRM has refused the token (401), or does not know the account here: gets another one.
   * @param isElsewhere the account is not known here: what has moved can be followed
   * @returns whether the same request is worth repeating
   * @throws AmoError when it is not to be had now
   */
  renew?(isElsewhere: boolean): boolean;
  /** amoCRM has told whose account this is. */
  proven?(accountId: number): void;
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
