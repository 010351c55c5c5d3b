import { type AmoError, isTemporary } from '../core/amoError';

const MOST_ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
const SHORTEST_WAIT_AFTER_429_MS = 2_000;
/** A longer wait is not worth a run's time: another run goes on afterwards. */
const LONGEST_WAIT_MS = 60_000;

/**
 * How long to wait before the same request is sent again, in ms; undefined: not at all. Waits double, a quarter of a
 * minute in all: another run tries again a few minutes later. A server that asks for patience gets it; without a word
 * from it a 429 is given at least two seconds, since amoCRM counts requests by the second ([K docs/limitations]).
 * @param failures how often this request failed so far, from 1
 */
export function waitBeforeRetry(error: AmoError, failures: number): number | undefined {
  if (!isTemporary(error) || failures >= MOST_ATTEMPTS) return undefined;
  const growing = FIRST_WAIT_MS * 2 ** (failures - 1);
  const shortest = error.code === 'too-many-requests' ? SHORTEST_WAIT_AFTER_429_MS : 0;
  const wait = Math.max(error.retryAfterMs ?? 0, growing, shortest);
  return wait <= LONGEST_WAIT_MS ? wait : undefined;
}
