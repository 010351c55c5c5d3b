import { type AmoError, isTemporary } from '../core/amoError';

const MOST_ATTEMPTS = 8;
const FIRST_WAIT_MS = 500;
const SHORTEST_WAIT_AFTER_429_MS = 2_000;

/**
 * How long to wait before the same request is sent again, in ms; undefined: not at all. Waits double, about a
 * minute in all. A server that asks for patience gets it; without a word from it a 429 is given at least two
 * seconds, since amoCRM counts requests by the second ([K docs/limitations]).
 * @param failures how often this request failed so far, from 1
 */
export function waitBeforeRetry(error: AmoError, failures: number): number | undefined {
  if (!isTemporary(error) || failures >= MOST_ATTEMPTS) return undefined;
  const growing = FIRST_WAIT_MS * 2 ** (failures - 1);
  if (error.code !== 'too-many-requests') return growing;
  return Math.max(error.retryAfterMs ?? 0, growing, SHORTEST_WAIT_AFTER_429_MS);
}
