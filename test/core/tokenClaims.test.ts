import fc from 'fast-check';
import { claimsOf } from '../../src/core/tokenClaims';

const NOTHING = { accountId: undefined, userId: undefined, expiresAt: undefined, apiHost: undefined };

function jwt(claims: unknown): string {
  return `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;
}

describe('M15 · claimsOf', () => {
  it('reads what amoCRM writes into its tokens', () => {
    const claims = {
      aud: '00000000-0000-0000-0000-000000000000',
      exp: 1_767_225_600,
      sub: '9000001',
      grant_type: '',
      account_id: 31_234_567,
      base_domain: 'amocrm.ru',
      version: 2,
      scopes: ['crm'],
      api_domain: 'api-a.amocrm.ru',
    };
    expect(claimsOf(jwt(claims))).toEqual({
      accountId: 31_234_567,
      userId: 9_000_001,
      expiresAt: 1_767_225_600_000,
      apiHost: 'api-a.amocrm.ru',
    });
  });

  it.each<[unknown, number | undefined]>([
    [5, 5],
    ['5', 5],
    ['031234567', 31_234_567],
    [0, undefined],
    [-5, undefined],
    [1.5, undefined],
    [2 ** 53, undefined],
    ['', undefined],
    [' 5', undefined],
    ['5e3', undefined],
    ['0x10', undefined],
    ['-5', undefined],
    ['1234567890123456', undefined],
    ['пять', undefined],
    [true, undefined],
    [[5], undefined],
    [{}, undefined],
    [null, undefined],
  ])('A7 · an account, a user or an end of %j is %j', (value, number) => {
    expect(claimsOf(jwt({ account_id: value })).accountId).toBe(number);
    expect(claimsOf(jwt({ sub: value })).userId).toBe(number);
    const expiresAt = number === undefined ? undefined : number * 1000;
    expect(claimsOf(jwt({ exp: value })).expiresAt).toBe(expiresAt);
  });

  it.each([
    'api-a.amocrm.ru',
    'api-b.amocrm.ru',
    'api-c.kommo.com',
    'api-1.amocrm.com',
    'api-a-b2.kommo.com',
  ])('M15 · %s may be asked where the account is', apiHost => {
    expect(claimsOf(jwt({ api_domain: apiHost })).apiHost).toBe(apiHost);
  });

  it.each<[unknown]>([
    ['api-a.amocrm.ru.evil.example'],
    ['api-a.amocrm.ru@evil.example'],
    ['api-a.amocrm.ru:8080'],
    ['api-a.amocrm.ru/'],
    ['api-a.amocrm.ru#.evil.example'],
    ['evil.example/api-a.amocrm.ru'],
    ['evil.example\napi-a.amocrm.ru'],
    ['api-a.amocrm.ru\n'],
    ['api-a.amocrm.ru\u3002evil.example'],
    ['api-a。amocrm.ru'],
    ['api-а.amocrm.ru'],
    ['xn--api-a.amocrm.ru'],
    ['api-a.amocrm.ru.'],
    ['API-A.AMOCRM.RU'],
    ['api-.amocrm.ru'],
    ['api.amocrm.ru'],
    ['demo.amocrm.ru'],
    ['x.api-a.amocrm.ru'],
    ['api-a.xamocrm.ru'],
    ['api-aXamocrm.ru'],
    ['https://api-a.amocrm.ru'],
    [`api-${'a'.repeat(21)}.amocrm.ru`],
    [''],
    [' api-a.amocrm.ru'],
    [5],
    [['api-a.amocrm.ru']],
    [{ toString: 'api-a.amocrm.ru' }],
  ])('M15 · %j is never asked anything', apiHost => {
    expect(claimsOf(jwt({ api_domain: apiHost })).apiHost).toBeUndefined();
  });

  it('A6 · Cyrillic, emoji and long texts among the claims are no obstacle', () => {
    for (const name of ['я', 'ёж', '👍', 'ab', 'abc', 'ООО «Ромашка» '.repeat(40)]) {
      expect(claimsOf(jwt({ name, account_id: 7, api_domain: 'api-a.amocrm.ru' }))).toMatchObject({
        accountId: 7,
        apiHost: 'api-a.amocrm.ru',
      });
    }
  });

  const payload = (text: string) => `a.${Buffer.from(text, 'latin1').toString('base64url')}.c`;
  it.each([
    [''],
    ['opaque'],
    ['def50200abcdef'],
    ['a.b'],
    ['a.b.c'],
    ['a..c'],
    ['..'],
    ['a.b.c.d'],
    [`${jwt({ account_id: 5 })}.more`],
    // Ordinary base64, and padding.
    [`a.${Buffer.from('{"account_id":5,"x":"???>>>"}').toString('base64')}.c`],
    ['a.eyJhY2NvdW50X2lkIjo1fQ==.c'],
    ['a.eyJh\ny2NvdW50X2lkIjo1fQ.c'],
    // A letter too many, and too few bits for a byte.
    [`${payload('{"account_id":555}').slice(0, -2)}*.c`],
    ['a.ёё.c'],
    [payload('{"account_id":5')],
    [payload('null')],
    [payload('5')],
    [payload('"account_id"')],
    // No UTF-8.
    [payload('{"account_id":5,"x":"\xff\xfe"}')],
    [payload('{"account_id":5,"x":"\xc3"}')],
  ])('A6 · %j tells nothing, and is no error', token => {
    expect(claimsOf(token)).toEqual(NOTHING);
  });

  it('A6 · white space among the claims is none of them', () => {
    expect(claimsOf(payload('\n{\t"account_id": 5\r\n}')).accountId).toBe(5);
  });

  it('a list tells nothing', () => {
    expect(claimsOf(jwt([5, 6]))).toEqual(NOTHING);
  });

  it('reads whatever JSON a token holds as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.string({ unit: 'grapheme' }), (id, noise) => {
        expect(claimsOf(jwt({ noise, account_id: id })).accountId).toBe(id);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws', () => {
    const part = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.oneof(
          part,
          fc.array(part, { maxLength: 4 }).map(parts => parts.join('.')),
        ),
        token => {
          expect(Object.keys(claimsOf(token))).toEqual(Object.keys(NOTHING));
        },
      ),
      { numRuns: 500 },
    );
  });
});
