import { type Connection, longLived, type TypedSecrets } from '../../src/core/connection';
import { exchangeCode } from '../../src/jobs/exchangeCode';
import { runJob } from '../../src/jobs/run';
import type { HttpResult } from '../../src/ports';
import { json, noConnection } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, REDIRECT_URI, type WorldParts } from '../support/inMemoryOutside';
import { tokenWith } from '../support/tokenText';

const NOW = '2026-11-19T03:05:00+03:00';
const HOST = 'mycompany.amocrm.ru';
const CODE = 'a-fresh-code';
const ACCESS = tokenWith({ account: 5 });
const PAIR = json({ access_token: ACCESS, refresh_token: 'refresh-2', expires_in: 3_600 });
const KEYS = { clientId: 'id', clientSecret: 's3cret', redirectUri: REDIRECT_URI };
const BOTH: TypedSecrets = { clientSecret: 's3cret', code: CODE };

const madeBy = (code: string): Connection => ({
  ...{ version: 1, access: 'access-1', host: HOST, accountId: 5 },
  renewal: { ...KEYS, clientSecret: 'before', refresh: 'refresh-1', expiresAt: 9e12, code },
});

interface Parts {
  connection?: Connection;
  typed?: TypedSecrets;
  settings?: WorldParts['settings'];
  answer?: HttpResult;
  /** Other properties; null for one that is not there. */
  properties?: Record<string, string | null>;
  /** What happens between the run's beginning and its turn. */
  meanwhile?: (one: InMemory) => void;
}

/** One run that makes a connection of what is typed. */
function exchanged({ answer = PAIR, connection, meanwhile, properties, settings, typed = BOTH }: Parts) {
  const all = {
    typed: JSON.stringify(typed),
    ...(connection ? { connection: JSON.stringify(connection) } : {}),
    account: JSON.stringify({ id: 5, name: 'Пример', host: HOST }),
    ...properties,
  };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  const one = inMemoryOutside({
    now: NOW,
    settings: { baseUrl: 'mycompany', clientId: 'id', ...settings },
    properties: Object.fromEntries(kept),
    server: () => answer,
  });
  let ended: { made?: Connection | undefined; error?: unknown; secrets?: string[] } = {};
  const job = { name: 'connect', needsAccount: false, holds: 'connect' } as const;
  runJob(one.outside, { ...job, effectOfFailure: () => '' }, run => {
    meanwhile?.(one);
    try {
      ended = { made: exchangeCode(run), secrets: run.secrets };
    } catch (error) {
      ended = { error };
    }
    return undefined;
  });
  const bodies = one.requests.map(({ request }) => JSON.parse(request.json!) as Record<string, unknown>);
  return { ...ended, bodies, one };
}

const stored = ({ properties }: InMemory, name: string) =>
  JSON.parse(properties.get(name) ?? 'null') as unknown;

describe('A3 · exchangeCode', () => {
  it('asks once, keeps the pair before anything else, and all that was typed goes', () => {
    const { bodies, made, one, secrets } = exchanged({ properties: { token: 'an-older-token' } });
    expect(bodies).toEqual([
      {
        ...{ client_id: 'id', client_secret: 's3cret', redirect_uri: REDIRECT_URI },
        ...{ grant_type: 'authorization_code', code: CODE },
      },
    ]);
    const expiresAt = one.requests[0]!.answered + 3_600_000;
    const renewal = { ...KEYS, code: CODE, refresh: 'refresh-2', expiresAt };
    expect(made).toEqual({ version: 1, access: ACCESS, renewal });
    expect(stored(one, 'connection')).toEqual(JSON.parse(JSON.stringify(made)));
    expect([one.properties.has('typed'), one.properties.has('token')]).toEqual([false, false]);
    expect(secrets).toEqual(expect.arrayContaining([ACCESS, 'refresh-2']));
  });

  it.each<[string, Parts, object]>([
    [
      'the secret that was good before',
      { connection: madeBy('used'), typed: { code: CODE } },
      { client_secret: 'before' },
    ],
    ['a secret typed last before it', { connection: madeBy('used') }, { client_secret: 's3cret' }],
    [
      'the redirect URI of the settings',
      { settings: { redirectUri: 'https://example.com/back' } },
      { redirect_uri: 'https://example.com/back' },
    ],
  ])('asks with %s', (_, parts, body) => {
    expect(exchanged(parts).bodies).toMatchObject([body]);
  });

  it.each<[string, Parts]>([
    ['a code', { typed: { clientSecret: 's3cret' } }],
    ['the id', { settings: { clientId: '' } }],
    ['the address', { settings: { baseUrl: '' } }],
    ['the secret', { typed: { code: CODE } }],
    ['the secret, of a long-lived token', { typed: { code: CODE }, connection: longLived('a') }],
  ])('without %s nothing is asked, and nothing is forgotten', (_, parts) => {
    const { bodies, error, made, one } = exchanged(parts);
    expect([error, made, bodies]).toEqual([undefined, undefined, []]);
    expect(stored(one, 'typed')).toEqual(parts.typed ?? BOTH);
  });

  it.each<[string, Parts]>([
    ['the tables hold nobody’s data yet', { properties: { account: null } }],
    [
      'the token does not tell whose it is',
      { answer: json({ access_token: 'opaque', refresh_token: 'refresh-2' }) },
    ],
  ])('takes what it gets where %s', (_, parts) => {
    const { error, made } = exchanged(parts);
    expect([error, made?.renewal?.refresh]).toEqual([undefined, 'refresh-2']);
  });
});

describe('A1 · a code is used once', () => {
  const type =
    (typed: TypedSecrets) =>
    ({ properties }: InMemory): void =>
      void properties.set('typed', JSON.stringify(typed));

  it.each<[string, Parts, object | null]>([
    ['left behind by a run that was killed', { connection: madeBy(CODE) }, { clientSecret: 's3cret' }],
    ['left behind, and nothing else is typed', { connection: madeBy(CODE), typed: { code: CODE } }, null],
    [
      'used by another run, and a person has typed the next one',
      { connection: madeBy(CODE), meanwhile: type({ code: 'another' }) },
      { code: 'another' },
    ],
  ])('%s: its connection is taken', (_, parts, typed) => {
    const { bodies, made, one, secrets } = exchanged(parts);
    expect(made).toEqual(madeBy(CODE));
    expect(bodies).toEqual([]);
    expect(stored(one, 'typed')).toEqual(typed);
    expect(secrets).toEqual(expect.arrayContaining(['access-1', 'refresh-1', 'before']));
  });

  it('made a connection in another run while this one waited for its turn', () => {
    const { made, secrets } = exchanged({
      meanwhile: ({ properties }) => void properties.set('connection', JSON.stringify(madeBy(CODE))),
    });
    expect(made).toEqual(madeBy(CODE));
    expect(secrets).toContain('refresh-1');
  });

  it('another one was typed since, or this one was refused: nothing is asked', () => {
    for (const typed of [{ code: 'another' }, {}]) {
      const { bodies, made, one } = exchanged({ meanwhile: type(typed) });
      expect([made, bodies]).toEqual([undefined, []]);
      expect(stored(one, 'typed')).toEqual(typed);
    }
  });
});

describe('A4 · no pair for a code', () => {
  const before = madeBy('used');

  it.each<[string, HttpResult, TypedSecrets, string, TypedSecrets | null]>([
    [
      'refused',
      json({ hint: 'Authorization code has expired' }, 400),
      BOTH,
      'code-expired',
      { clientSecret: 's3cret' },
    ],
    ['refused, nothing else typed', json({}, 400), { code: CODE }, 'refused', null],
    ['no answer', noConnection, BOTH, 'no-connection', BOTH],
    [
      'a token that tells that it is another account’s',
      json({ access_token: tokenWith({ account: 6 }), refresh_token: 'refresh-2' }),
      BOTH,
      'other-account',
      { clientSecret: 's3cret' },
    ],
  ])('%s: the connection before stays', (_, answer, typed, code, left) => {
    const { error, one } = exchanged({ answer, typed, connection: before });
    expect(error).toMatchObject({ code });
    expect(stored(one, 'connection')).toEqual(before);
    expect(stored(one, 'typed')).toEqual(left);
  });

  it('what is no error of amoCRM’s leaves the code', () => {
    const { error, one } = exchanged({ answer: null as unknown as HttpResult });
    expect(error).toBeInstanceOf(TypeError);
    expect(stored(one, 'typed')).toEqual(BOTH);
  });
});
