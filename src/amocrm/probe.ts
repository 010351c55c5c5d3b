import { AmoError } from '../core/amoError';
import type { Sample } from '../core/ping';
import type { Clock } from '../ports';
import { dataOf } from './answer';
import { ACCOUNT_PATH } from './client';
import type { Gate } from './gate';
import { type AmoAccount, getRequest } from './request';

/**
 * Times one request to `/api/v4/account`, which any user may ask and which returns little. The number holds the
 * request alone: it is built before, and its answer is looked at after.
 * @throws AmoError `paused` while amoCRM has asked for silence
 */
export function probe(account: AmoAccount, gate: Gate, clock: Clock): Sample {
  const request = getRequest(account, ACCOUNT_PATH);
  const send = gate.ready();
  const sent = clock.now();
  const result = send(request);
  const ms = clock.now() - sent;
  try {
    const data = dataOf(result, sent + ms);
    gate.heard();
    return data ? { ms, status: 200 } : { ms, status: 204, failure: 'not-api' };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    gate.heard(error);
    const { code, status } = error;
    if (code === 'no-connection' || code === 'timeout') return { ms, status: 0, failure: code };
    return { ms, status, failure: code === 'not-api' || code === 'malformed' ? 'not-api' : 'http' };
  }
}
