import { AmoError } from '../core/amoError';
import type { EpochMs } from '../core/day';
import type { Sample } from '../core/ping';
import type { Clock, HttpResult } from '../ports';
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
  return timedProbe(account, gate, clock).sample;
}

/** The same, and what time amoCRM's clock showed when it answered, to the second; undefined where it does not tell. */
export function timedProbe(
  account: AmoAccount,
  gate: Gate,
  clock: Clock,
): { sample: Sample; serverTime: EpochMs | undefined } {
  const request = getRequest(account, ACCOUNT_PATH);
  const send = gate.ready();
  const sent = clock.now();
  const result = send(request);
  const ms = clock.now() - sent;
  const date = 'failure' in result ? '' : (result.headers['date'] ?? '');
  return { sample: sampleOf(result, ms, sent + ms, gate), serverTime: Date.parse(date) || undefined };
}

function sampleOf(result: HttpResult, ms: number, now: EpochMs, gate: Gate): Sample {
  try {
    const data = dataOf(result, now);
    gate.heard();
    return data ? { ms, status: 200 } : { ms, status: 204, failure: 'not-api' };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    gate.heard(error);
    const { code } = error;
    // A 401 that speaks of the account says nothing of the token.
    const status = code === 'not-found' ? 404 : error.status;
    if (code === 'no-connection' || code === 'timeout') return { ms, status: 0, failure: code };
    return { ms, status, failure: code === 'not-api' || code === 'malformed' ? 'not-api' : 'http' };
  }
}
