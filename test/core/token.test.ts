import fc from 'fast-check';
import { MASK, pastedSecret, pastedToken, withoutSecrets } from '../../src/core/token';

describe('M15 · pastedToken', () => {
  it.each([
    ['eyJ0eXAi.OiJKV1Q.x-_9', 'eyJ0eXAi.OiJKV1Q.x-_9'],
    ['  eyJ.a.b \n', 'eyJ.a.b'],
    ['"eyJ.a.b"', 'eyJ.a.b'],
    ["'eyJ.a.b'", 'eyJ.a.b'],
    ['«eyJ.a.b»', 'eyJ.a.b'],
    ['“eyJ.a.b”', 'eyJ.a.b'],
    ['Bearer eyJ.a.b', 'eyJ.a.b'],
    ['bearer\teyJ.a.b', 'eyJ.a.b'],
    [' \nBearer eyJ.a.b', 'eyJ.a.b'],
    ['Bearer  \r\n eyJ.a.b', 'eyJ.a.b'],
    // Only at the beginning is it the scheme's name; elsewhere a line may have been wrapped behind it.
    ['eyJ.bearer\n.b', 'eyJ.bearer.b'],
    ['eyJ.a\r\n.b\n.c', 'eyJ.a.b.c'],
    ['eyJ .a\u00a0.b', 'eyJ.a.b'],
    // A token is opaque text: its form is no reason to refuse it.
    ['not-a-jwt', 'not-a-jwt'],
    ['bearerish', 'bearerish'],
    ['0', '0'],
    ['x'.repeat(3_500), 'x'.repeat(3_500)],
  ])('%j is the token %j', (text, token) => {
    expect(pastedToken(text)).toBe(token);
  });

  it.each([
    ['x'.repeat(3_501)],
    [''],
    [' \n'],
    ['""'],
    ['токен'],
    ['eyJ\u200b.a'],
    ['eyJ…'],
    ['eyJ.é'],
    [MASK],
    ['eyJ\u0000'],
  ])('%j is none', text => {
    expect(pastedToken(text)).toBeUndefined();
  });

  it('never gives what a header cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const token = pastedToken(text);
        if (token !== undefined) expect(token).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('withoutSecrets', () => {
  it('the mask is seen, and tells nothing', () => {
    expect(MASK).toHaveLength(8);
    expect(new Set(MASK)).toEqual(new Set(['•']));
  });

  it.each([
    ['a S3CRET b S3CRET', ['S3CRET'], `a ${MASK} b ${MASK}`],
    ['a.*....b', ['.*....'], `a${MASK}b`],
    ['secret second', ['secret', 'second'], `${MASK} ${MASK}`],
    ['amoCRM keeps its name', ['C', 'keeps'], 'amoCRM keeps its name'],
    ['nothing here', ['S3CRET'], 'nothing here'],
    ['an empty secret hides nothing', [''], 'an empty secret hides nothing'],
    ['none', [], 'none'],
  ])('%j without %j is %j', (text, secrets, safe) => {
    expect(withoutSecrets(text, secrets)).toBe(safe);
  });

  it('leaves no secret in any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 6 }), (before, after, secret) => {
        fc.pre(!MASK.includes(secret));
        expect(withoutSecrets(before + secret + after, [secret])).not.toContain(secret);
      }),
    );
  });
});

describe('M15 · pastedSecret', () => {
  it.each([
    [' "S3CRET" ', 'S3CRET'],
    ['x'.repeat(1_000), 'x'.repeat(1_000)],
    ['x'.repeat(1_001), undefined],
    ['секрет', undefined],
  ])('%j is the key %j', (text, secret) => {
    expect(pastedSecret(text)).toBe(secret);
  });
});
