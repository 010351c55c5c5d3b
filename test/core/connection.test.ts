import {
  afterMove,
  afterProof,
  afterRefusal,
  type Connection,
  connectionOf,
  hostOf,
  inDoubt,
  isMadeBy,
  isRefreshDue,
  isRefused,
  longLived,
  type Renewal,
  secretsIn,
  typedSecretsOf,
  withoutDoubt,
  withPair,
  withRefusalTold,
} from '../../src/core/connection';

const NOW = Date.parse('2026-11-18T22:50:00Z');
const MINUTE = 60_000;
const HOST = 'demo.amocrm.ru';

const renewal = (more: Partial<Renewal> = {}): Renewal => ({
  clientId: 'id',
  clientSecret: 's3cret',
  redirectUri: 'https://example.com/back',
  refresh: 'refresh-1',
  code: 'code-1',
  expiresAt: NOW + 24 * 60 * MINUTE,
  ...more,
});
const byOAuth = (more: Partial<Renewal> = {}): Connection => ({
  version: 1,
  access: 'access-1',
  host: HOST,
  accountId: 5,
  renewal: renewal(more),
});

describe('A10 · connectionOf', () => {
  it('gives back what was stored', () => {
    const connection = byOAuth({ doubtSince: NOW });
    expect(connectionOf(JSON.stringify(connection), undefined)).toEqual(connection);
    expect(connectionOf(JSON.stringify(connection), 'an-older-token')).toEqual(connection);
  });

  it.each([
    [undefined],
    [''],
    ['undefined'],
    ['null'],
    ['5'],
    ['"access"'],
    ['[]'],
    ['{}'],
    ['{"version":1}'],
    ['{"version":1,"access":null}'],
    ['{"version":1,"access":5}'],
    ['{"version":1,"access":""}'],
    ['{"version":1,"access":"  "}'],
    ['{"version":1,"access":"токен"}'],
    ['{"version":1,"access":"a\\u0000b"}'],
    ['{"version":1,"access":"half of i'],
  ])('%j is no connection; a token that an earlier version has kept is one', text => {
    expect(connectionOf(text, undefined)).toBeUndefined();
    expect(connectionOf(text, '')).toBeUndefined();
    expect(connectionOf(text, 'токен')).toBeUndefined();
    expect(connectionOf(text, 'T0KEN')).toEqual({ version: 1, access: 'T0KEN' });
  });

  it('whatever is stored, the token can stand in a header', () => {
    expect(connectionOf('{"access":" Bearer a.b\\nc "}', undefined)?.access).toBe('a.bc');
    expect(connectionOf(undefined, '"a.b"')?.access).toBe('a.b');
  });
});

describe('M15 · typedSecretsOf', () => {
  it.each<[string | undefined, object]>([
    ['{"clientSecret":"s","code":"c"}', { clientSecret: 's', code: 'c' }],
    ['{"code":" c\\n"}', { clientSecret: undefined, code: 'c' }],
    ['{"clientSecret":null,"code":"ключ"}', { clientSecret: undefined, code: undefined }],
    [undefined, { clientSecret: undefined, code: undefined }],
    ['[', { clientSecret: undefined, code: undefined }],
    ['null', { clientSecret: undefined, code: undefined }],
    ['"code"', { clientSecret: undefined, code: undefined }],
  ])('%j', (text, typed) => {
    expect(typedSecretsOf(text)).toEqual(typed);
  });
});

describe('A9 · isRefreshDue', () => {
  it.each<[string, Connection, boolean]>([
    ['a long-lived token has nothing to be renewed with', longLived('a'), false],
    ['a day is left', byOAuth(), false],
    ['half an hour is left', byOAuth({ expiresAt: NOW + 30 * MINUTE }), false],
    ['less than half an hour is left', byOAuth({ expiresAt: NOW + 30 * MINUTE - 1 }), true],
    ['the token has ended', byOAuth({ expiresAt: NOW - 1 }), true],
    ['it ended long ago', byOAuth({ expiresAt: 0 }), true],
    ['an answer was lost', byOAuth({ doubtSince: NOW - MINUTE }), true],
    [
      'a clock that was wrong: by it there is an answer from tomorrow',
      byOAuth({ doubtSince: NOW + 1e8 }),
      true,
    ],
    [
      'refused: not again',
      afterRefusal(byOAuth({ expiresAt: NOW }), { cause: 'tokens-revoked', host: HOST, now: NOW }),
      false,
    ],
  ])('%s', (_, connection, isDue) => {
    expect(isRefreshDue(connection, NOW)).toBe(isDue);
  });
});

describe('A2, A4 · isRefused', () => {
  const cause = 'tokens-revoked' as const;
  const oauth = afterRefusal(byOAuth(), { cause, host: HOST, now: NOW });
  const living = afterRefusal(byOAuth(), { cause, host: HOST, now: NOW, from: NOW + 10 * MINUTE });
  const token = afterRefusal(longLived('a'), { cause: 'token-refused', host: HOST, now: NOW });
  const tokenTwice = afterRefusal(token, { cause: 'token-refused', host: HOST, now: NOW + MINUTE });
  const foreign = afterRefusal(longLived('a'), { cause: 'other-account', host: HOST, now: NOW });

  it.each<[string, Connection, string, number, boolean]>([
    ['never refused', byOAuth(), HOST, NOW, false],
    ['an integration, once', oauth, HOST, NOW, true],
    ['an integration, days later', oauth, HOST, NOW + 1e9, true],
    ['at another address it may work', oauth, 'other.amocrm.ru', NOW, false],
    ['the access token still lives', living, HOST, NOW + 10 * MINUTE - 1, false],
    ['the access token has ended', living, HOST, NOW + 10 * MINUTE, true],
    ['a long-lived token, once: may be a passing fault', token, HOST, NOW, false],
    ['a long-lived token, twice', tokenTwice, HOST, NOW + MINUTE, true],
    ['another account, at once', foreign, HOST, NOW, true],
  ])('%s', (_, connection, host, now, expected) => {
    expect(isRefused(connection, host, now)).toBe(expected);
  });

  it('counts in a row, remembers since when, and begins anew at another address', () => {
    expect(tokenTwice.refusal).toMatchObject({ since: NOW, times: 2, from: NOW });
    const elsewhere = afterRefusal(tokenTwice, {
      cause: 'token-refused',
      host: 'b.amocrm.ru',
      now: NOW + MINUTE,
    });
    expect(elsewhere.refusal).toMatchObject({ since: NOW + MINUTE, times: 1, host: 'b.amocrm.ru' });
  });

  it('a refusal that comes early is not put off by a later one', () => {
    const sooner = afterRefusal(living, { cause, host: HOST, now: NOW + MINUTE });
    expect(sooner.refusal?.from).toBe(NOW + MINUTE);
    const later = afterRefusal(oauth, { cause, host: HOST, now: NOW, from: NOW + 1e6 });
    expect(later.refusal?.from).toBe(NOW);
  });

  it('an integration’s tokens that were new: may be a passing fault', () => {
    const once = afterRefusal(byOAuth(), { cause: 'token-refused', host: HOST, now: NOW });
    expect(isRefused(once, HOST, NOW)).toBe(false);
    expect(isRefused(afterRefusal(once, { cause: 'token-refused', host: HOST, now: NOW }), HOST, NOW)).toBe(
      true,
    );
  });

  it('that it was told goes along', () => {
    expect(token.refusal).not.toHaveProperty('isTold');
    const again = afterRefusal(withRefusalTold(token), { cause, host: HOST, now: NOW });
    expect(again.refusal).toMatchObject({ times: 2, isTold: true });
    expect(withRefusalTold(byOAuth())).toEqual(byOAuth());
  });

  it('an answer with data ends it, but not one that is still to take effect', () => {
    expect(afterProof(living, { host: HOST, accountId: 5, now: NOW }).refusal).toEqual(living.refusal);
    const proven = afterProof(tokenTwice, { host: HOST, accountId: 5, now: NOW });
    expect(proven.refusal).toBeUndefined();
    expect(isRefused(proven, HOST, NOW)).toBe(false);
  });
});

describe('A3 · withPair', () => {
  const pair = { access: 'access-2', refresh: 'refresh-2', expiresInMs: 86_400_000 };

  it('puts both tokens and their end in one document, and nothing of the old pair stays', () => {
    const before = afterRefusal(inDoubt(byOAuth(), NOW), { cause: 'tokens-revoked', host: HOST, now: NOW });
    const after = withPair(before, before.renewal!, pair, NOW);
    expect(after).toEqual({
      version: 1,
      access: 'access-2',
      host: HOST,
      accountId: 5,
      refusal: undefined,
      renewal: renewal({ refresh: 'refresh-2', expiresAt: NOW + 86_400_000 }),
    });
    expect(JSON.stringify(after)).not.toMatch(/(access|refresh)-1|doubt/);
    expect(isRefreshDue(after, NOW)).toBe(false);
  });

  it('is small enough for one property, with tokens three times as long as the longest seen', () => {
    const long = 'x'.repeat(3_300);
    const keys = renewal({ code: 'c'.repeat(900), clientSecret: 's'.repeat(64) });
    const connection = withPair(byOAuth(), keys, { ...pair, access: long, refresh: long }, NOW);
    expect(Buffer.byteLength(JSON.stringify(connection))).toBeLessThan(9_000);
  });
});

describe('A1 · isMadeBy: whether a code has made the connection', () => {
  const code = `${'c'.repeat(60)}${'d'.repeat(39)}e`;
  const pair = { access: 'access-2', refresh: 'refresh-2', expiresInMs: 1 };
  const made = withPair(longLived('a'), renewal({ code }), pair, NOW);

  it.each<[string, Connection | undefined, string, boolean]>([
    ['the code itself', made, code, true],
    ['its end', made, code.slice(-40), true],
    ['one with another end', made, `${code.slice(0, -1)}f`, false],
    ['one whose last 40 characters begin otherwise', made, `${code.slice(0, -40)}c${code.slice(-39)}`, false],
    ['any, of a long-lived token', longLived('a'), code, false],
    ['any, without a connection', undefined, code, false],
  ])('%s', (_, connection, met, isMade) => {
    expect(isMadeBy(connection, met)).toBe(isMade);
  });
});

describe('A2 · a doubt', () => {
  it('begins with the first request that nobody answered, and ends with the next pair or a plain refusal', () => {
    const once = inDoubt(byOAuth(), NOW);
    expect(once.renewal?.doubtSince).toBe(NOW);
    expect(inDoubt(once, NOW + MINUTE).renewal?.doubtSince).toBe(NOW);
    expect(withoutDoubt(once)).toEqual({ ...byOAuth(), renewal: { ...renewal(), doubtSince: undefined } });
    const refused = afterRefusal(once, { cause: 'tokens-revoked', host: HOST, now: NOW });
    expect(refused.renewal?.doubtSince).toBeUndefined();
  });

  it('is none of a long-lived token', () => {
    expect(inDoubt(longLived('a'), NOW)).toEqual(longLived('a'));
    expect(withoutDoubt(longLived('a'))).toEqual(longLived('a'));
  });
});

describe('M10 · hostOf: the typed address, unless the account moved away from there', () => {
  const moved = afterMove(byOAuth(), HOST, 'new.kommo.com');

  it.each<[string, string, Connection | undefined, string]>([
    ['nothing known', HOST, undefined, HOST],
    ['where it always was', HOST, byOAuth(), HOST],
    ['moved', HOST, moved, 'new.kommo.com'],
    ['a person has typed the new address', 'new.kommo.com', moved, 'new.kommo.com'],
    ['a person has typed a third address', 'third.amocrm.ru', moved, 'third.amocrm.ru'],
    ['moved twice', 'new.kommo.com', afterMove(moved, 'new.kommo.com', 'newer.kommo.com'), 'newer.kommo.com'],
    ['moved, and nobody knows where', HOST, { ...longLived('a'), movedFrom: HOST }, HOST],
  ])('%s', (_, typed, connection, host) => {
    expect(hostOf(typed, connection)).toBe(host);
  });

  it('keeps all that is known, and both addresses', () => {
    expect(afterMove(byOAuth(), HOST, 'new.kommo.com')).toEqual({
      ...byOAuth(),
      host: 'new.kommo.com',
      movedFrom: HOST,
    });
  });

  it('remembers the move while the account is met at the new address, and no longer', () => {
    expect(afterProof(moved, { host: 'new.kommo.com', accountId: 5, now: NOW }).movedFrom).toBe(HOST);
    expect(afterProof(moved, { host: 'third.amocrm.ru', accountId: 5, now: NOW })).toMatchObject({
      host: 'third.amocrm.ru',
    });
    expect(afterProof(moved, { host: 'third.amocrm.ru', accountId: 5, now: NOW }).movedFrom).toBeUndefined();
  });
});

describe('M15 · secretsIn', () => {
  it('names every secret once, and no empty text', () => {
    const typed = { clientSecret: 's3cret', code: 'code-2' };
    expect(secretsIn(byOAuth(), typed).sort()).toEqual([
      'access-1',
      'code-1',
      'code-2',
      'refresh-1',
      's3cret',
    ]);
    expect(secretsIn(longLived('a'))).toStrictEqual(['a']);
    expect(secretsIn(undefined)).toStrictEqual([]);
    expect(secretsIn(byOAuth({ code: '' }))).toEqual(['access-1', 'refresh-1', 's3cret']);
  });
});

it('M10 · the longest that is taken fits into one property', () => {
  const longest = (length: number) => 'x'.repeat(length);
  const keys = { clientId: longest(40), clientSecret: longest(1_000), redirectUri: longest(500) };
  const pair = { access: longest(3_500), refresh: longest(3_500), expiresInMs: 86_400_000 };
  const made = withPair(longLived('x'), { ...keys, code: longest(3_500) }, pair, Date.UTC(2026, 10, 20));
  const refused = {
    cause: 'wrong-client-secret',
    host: `${longest(63)}.amocrm.ru`,
    now: Date.UTC(2026, 10, 20),
  };
  const worst = afterRefusal(afterMove(inDoubt(made, 1), refused.host, refused.host), {
    ...refused,
    cause: 'wrong-client-secret',
  });
  expect(JSON.stringify(worst).length).toBeLessThan(9 * 1024);
});
