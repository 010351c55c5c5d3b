import fc from 'fast-check';
import { ulidTime } from '../../src/core/ulid';
import { ulidAt } from '../support/attributedEvents';

describe('T16 · D10 · the time in an id', () => {
  it.each<[string, number]>([
    ['00000000000000000000000000', 0],
    ['00000000010000000000000000', 1],
    ['00000000100000000000000000', 32],
    ['0000000100zzzzzzzzzzzzzzzz', 1_024],
    ['000000000zzzzzzzzzzzzzzzzz', 31],
    ['7zzzzzzzzzzzzzzzzzzzzzzzzz', 2 ** 48 - 1],
    ['01arz3ndektsv4rrffq69g5fav', 1_469_922_850_259], // the example of the ULID specification
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 1_469_922_850_259],
    ['01pz58t6p04ymgsgfbmfyfy1mf', 1_888_888_888_000], // amoCRM's, published with created_at 1888888888
  ])('T16 · of %s is %d', (id, time) => {
    expect(ulidTime(id)).toBe(time);
  });

  it.each([
    '',
    'e1',
    '7',
    'aaabbbbcccc1234567', // Kommo's example
    '80000000000000000000000000', // beyond 48 bits
    '0000000000000000000000000', // too short
    '000000000000000000000000000', // too long
    '0000000000000000000000000i',
    '0000000000000000000000000l',
    '0000000000000000000000000o',
    '0000000000000000000000000u',
    '0000000000-000000000000000',
    ' 0000000000000000000000000',
    '00000000000000000000000000\n',
    '1508b51c-aab0-428e-9322-611d847ae747',
  ])('D10 · %j is no ULID', id => {
    expect(ulidTime(id)).toBeUndefined();
  });

  it('T16 · any time up to 48 bits is read back, in capitals too', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), time => {
        const ms = Math.abs(time) % 2 ** 48;
        expect(ulidTime(ulidAt(ms))).toBe(ms);
        expect(ulidTime(ulidAt(ms).toUpperCase())).toBe(ms);
      }),
    );
  });
});
