import { AmoError } from '../core/amoError';
import type { EpochMs } from '../core/day';
import type { Clock, Http } from '../ports';
import { dataOf, type Json } from './answer';
import type { Pacer } from './pacer';
import { type AmoAccount, getRequest, type Query } from './request';
import { waitBeforeRetry as patiently } from './retry';

export interface AmoClient {
  /**
   * The answer to a GET, as `read` understands it. Temporary failures, and answers that `read` refuses as malformed,
   * are retried with growing waits while there is time.
   * @throws AmoError
   */
  get<T>(path: string, query: Query, read: (data: Json) => T): T;
}

export interface AmoClientNeeds {
  clock: Clock;
  http: Http;
  pacer: Pacer;
  account: AmoAccount;
  /** No request leaves, and no wait begins, that would end after this. */
  deadline: EpochMs;
  /** When to try again, see `retry.ts`. */
  waitBeforeRetry?: typeof patiently;
}

export function amoClient(needs: AmoClientNeeds): AmoClient {
  const { clock, http, pacer, account, deadline, waitBeforeRetry = patiently } = needs;
  return {
    get(path, query, read) {
      const request = getRequest(account, path, query);
      for (let failures = 1; ; failures += 1) {
        if (clock.now() >= deadline) throw new AmoError('out-of-time');
        try {
          const result = pacer.paced(() => http.get(request));
          return read(dataOf(result, clock.now()));
        } catch (error) {
          if (!(error instanceof AmoError)) throw error;
          const wait = waitBeforeRetry(error, failures);
          if (wait === undefined || clock.now() + wait >= deadline) throw error;
          clock.sleep(wait);
        }
      }
    },
  };
}
