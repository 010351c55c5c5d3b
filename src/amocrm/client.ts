import { AmoError } from '../core/amoError';
import type { EpochMs } from '../core/day';
import type { Clock } from '../ports';
import { dataOf, type Json } from './answer';
import type { Gate } from './gate';
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
  gate: Gate;
  account: AmoAccount;
  /** No request leaves after this, no wait ends after this, and no answer is waited for much longer. */
  deadline: EpochMs;
  /** When to try again, see `retry.ts`. */
  waitBeforeRetry?: typeof patiently;
}

/** The lightest address: any user may ask it ([D crm_platform/account-info]). */
export const ACCOUNT_PATH = '/api/v4/account';

const LATE_ANSWER_MS = 10_000;

export function amoClient(needs: AmoClientNeeds): AmoClient {
  const { clock, gate, account, deadline, waitBeforeRetry = patiently } = needs;
  return {
    get(path, query, read) {
      for (let failures = 1; ; failures += 1) {
        const request = getRequest(account, path, query);
        const left = deadline - clock.now();
        if (left <= 0) throw new AmoError('out-of-time');
        const timeoutMs = Math.min(request.timeoutMs, left + LATE_ANSWER_MS);
        try {
          const result = gate.ready()({ ...request, timeoutMs });
          // An answer that was waited for less long than usual says nothing of amoCRM: it is our time that is over.
          const isCutShort = 'failure' in result && result.failure === 'timeout';
          if (isCutShort && timeoutMs < request.timeoutMs) throw new AmoError('out-of-time');
          const data = read(dataOf(result, clock.now()));
          gate.heard();
          return data;
        } catch (error) {
          if (!(error instanceof AmoError)) throw error;
          gate.heard(error);
          const isElsewhere = speaksOfAddress(error) && (path === ACCOUNT_PATH || error.status === 401);
          if ((error.status === 401 || isElsewhere) && account.renew?.(isElsewhere)) continue;
          if (isMisleading(error, path)) throw new AmoError('refused', error.status);
          const wait = waitBeforeRetry(error, failures);
          if (wait === undefined || clock.now() + wait >= deadline) throw error;
          clock.sleep(wait);
        }
      }
    },
  };
}

/** Only the account's own address tells whether there is such an account; elsewhere a 404 means something else. */
function isMisleading(error: AmoError, path: string): boolean {
  return speaksOfAddress(error) && path !== ACCOUNT_PATH;
}

function speaksOfAddress({ code }: AmoError): boolean {
  return code === 'not-found' || code === 'redirected';
}
