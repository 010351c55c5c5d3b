import { waitBeforeRetry } from '../../src/amocrm/retry';
import { AmoError, type AmoErrorCode } from '../../src/core/amoError';

/** All waits of a request that fails for ever, in ms. */
function waits(error: AmoError): number[] {
  const all: number[] = [];
  for (let failures = 1; failures <= 100; failures += 1) {
    const wait = waitBeforeRetry(error, failures);
    if (wait === undefined) return all;
    all.push(wait);
  }
  throw new Error('It never gives up');
}
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('M14 · waitBeforeRetry', () => {
  it.each<[AmoErrorCode, number]>([
    ['no-connection', 0],
    ['timeout', 0],
    ['server-error', 500],
    ['server-error', 502],
    ['server-error', 503],
    ['server-error', 504],
    ['not-api', 200],
    ['malformed', 200],
  ])('M14 · %s (%d): five growing waits, a quarter of a minute in all', (code, status) => {
    const all = waits(new AmoError(code, status));
    expect(all).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(sum(all)).toBeLessThan(16_000);
  });

  it.each<[AmoErrorCode, number]>([
    ['refused', 400],
    ['token-refused', 401],
    ['payment-required', 402],
    ['forbidden', 403],
    ['blocked', 403],
    ['not-found', 404],
    ['refused', 405],
    ['redirected', 302],
    ['users-incomplete', 0],
    ['out-of-time', 0],
    ['paused', 0],
    ['too-crowded', 0],
  ])('M14 · %s (%d): never again', (code, status) => {
    expect(waits(new AmoError(code, status))).toEqual([]);
  });

  it('M14 · H13 · a 429 without a word: never less than two seconds, growing', () => {
    const all = waits(new AmoError('too-many-requests', 429));
    expect(all).toEqual([2_000, 2_000, 2_000, 4_000, 8_000]);
  });

  it.each([
    [0, 2_000],
    [1_000, 2_000],
    [5_000, 5_000],
    [60_000, 60_000],
  ])('M14 · H12 · a 429 that asks for %d ms gets %d', (retryAfterMs, wait) => {
    expect(waitBeforeRetry(new AmoError('too-many-requests', 429, { retryAfterMs }), 1)).toBe(wait);
  });

  it.each([60_001, 600_000])(
    'H12 · more than a minute (%d ms) is not waited for: another run goes on',
    retryAfterMs => {
      expect(waitBeforeRetry(new AmoError('too-many-requests', 429, { retryAfterMs }), 1)).toBeUndefined();
      expect(waitBeforeRetry(new AmoError('server-error', 503, { retryAfterMs }), 1)).toBeUndefined();
    },
  );

  it('H12 · a broken server that asks for patience gets it too', () => {
    expect(waitBeforeRetry(new AmoError('server-error', 503, { retryAfterMs: 20_000 }), 1)).toBe(20_000);
    expect(waitBeforeRetry(new AmoError('server-error', 503, { retryAfterMs: 100 }), 1)).toBe(500);
  });

  it('M14 · H15 · waits grow also where each 429 asks for one second only', () => {
    expect(waits(new AmoError('too-many-requests', 429, { retryAfterMs: 1_000 }))).toEqual([
      2_000, 2_000, 2_000, 4_000, 8_000,
    ]);
  });
});
