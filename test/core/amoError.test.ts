import { AmoError, type AmoErrorCode, isTemporary } from '../../src/core/amoError';

describe('M14 · isTemporary', () => {
  it.each<[AmoErrorCode, boolean]>([
    ['no-connection', true],
    ['timeout', true],
    ['too-many-requests', true],
    ['server-error', true],
    ['not-api', true],
    ['malformed', true],
    ['users-incomplete', false],
    ['token-refused', false],
    ['payment-required', false],
    ['forbidden', false],
    ['blocked', false],
    ['not-found', false],
    ['redirected', false],
    ['refused', false],
    ['out-of-time', false],
    ['too-crowded', false],
    ['paused', false],
  ])('M14 · %s: %p', (code, temporary) => {
    expect(isTemporary(new AmoError(code, 500))).toBe(temporary);
  });

  it('names itself and its code; a status only where amoCRM answered', () => {
    const error = new AmoError('timeout');
    expect(String(error)).toBe('AmoError: amoCRM: timeout');
    expect(error.status).toBe(0);
  });

  it('is an Error with code and status', () => {
    const error = new AmoError('forbidden', 403);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('amoCRM: forbidden (403)');
    expect(error).toMatchObject({ status: 403, detail: '', retryAfterMs: undefined, until: undefined });
    expect(new AmoError('paused', 0, { until: 5 })).toMatchObject({ message: 'amoCRM: paused', until: 5 });
  });
});
