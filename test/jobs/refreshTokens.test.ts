import { AmoError } from '../../src/core/amoError';
import { type Connection, longLived, type Renewal } from '../../src/core/connection';
import { TEXTS } from '../../src/core/texts';
import { refreshTokens } from '../../src/jobs/refreshTokens';
import { type Run, runJob } from '../../src/jobs/run';
import type { HttpRequest, HttpResult } from '../../src/ports';
import { htmlPage, json, noConnection, text, timedOut } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside } from '../support/inMemoryOutside';
import { tokenWith } from '../support/tokenText';

const { ru } = TEXTS;
const NOW = '2026-11-19T03:05:00+03:00';
const AT = Date.parse(NOW);
const MINUTE = 60_000;
const HOST = 'mycompany.amocrm.ru';
const NEW_HOST = 'renamed.kommo.com';
const API_HOST = 'api-a.amocrm.ru';
const OLD = tokenWith({ apiHost: API_HOST });
const TOKENS = `https://${HOST}/oauth2/access_token`;
const TOKENS_THERE = `https://${NEW_HOST}/oauth2/access_token`;
const WHERE = `https://${API_HOST}/oauth2/account/current/subdomain`;
const KEYS = { clientId: 'id', clientSecret: 'the-secret', redirectUri: 'https://example.com' };

function connection(renewal: Partial<Renewal> = {}): Connection {
  return {
    ...{ version: 1, access: OLD, host: HOST, accountId: 5 },
    renewal: { ...KEYS, refresh: 'refresh-1', expiresAt: AT + 10 * MINUTE, code: 'used-code', ...renewal },
  };
}

const PAIR = json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 3_600 });
const REVOKED = json({ hint: 'Token has been revoked' }, 401);
const wrongHost = json({ hint: 'Invalid account' }, 400);
const told = (domain: string, id: unknown = 5) => json({ id, domain });

interface Parts {
  kept?: Connection | undefined;
  /** What the run knows, where another one has changed it since. */
  known?: Connection;
  properties?: Record<string, string>;
  answers?: Record<string, HttpResult>;
}

/** What one run makes of it that asks for new tokens. */
function refreshed({ answers = {}, properties, known, ...parts }: Parts) {
  const kept = 'kept' in parts ? parts.kept : connection();
  const one: InMemory = inMemoryOutside({
    now: NOW,
    latency: () => 1_000,
    settings: { baseUrl: 'mycompany' },
    properties: { ...(kept ? { connection: JSON.stringify(kept) } : {}), ...properties },
    server(request: HttpRequest) {
      written.push(stored(one)?.renewal?.doubtSince);
      return request.url in answers ? answers[request.url]! : json({}, 500);
    },
  });
  const written: (number | undefined)[] = [];
  let ended: { next?: Connection; error?: unknown } = {};
  let of: Run | undefined;
  const job = {
    name: 'hourlyPing',
    needsAccount: false,
    holds: 'hourlyPing',
    effectOfFailure: () => '',
  } as const;
  runJob(one.outside, job, run => {
    of = run;
    try {
      ended = { next: refreshTokens(run, known ?? run.connection!) };
    } catch (error) {
      ended = { error };
    }
    return undefined;
  });
  const { findings, secrets } = of!;
  return { ...ended, asked: one.requests.map(({ request }) => request.url), findings, one, secrets, written };
}

const stored = ({ properties }: InMemory) =>
  JSON.parse(properties.get('connection') ?? 'null') as Connection | null;

describe('A3 · refreshTokens', () => {
  it('writes down that it asks, asks once, and keeps the pair before anything else', () => {
    const kept = connection();
    const { asked, next, one, secrets, written } = refreshed({
      answers: { [TOKENS]: PAIR },
      properties: { token: 'an-older-token' },
    });
    expect(asked).toEqual([TOKENS]);
    expect(JSON.parse(one.requests[0]!.request.json!)).toMatchObject({ refresh_token: 'refresh-1' });
    expect(written).toEqual([AT]);
    const renewal = { ...kept.renewal, refresh: 'refresh-2', expiresAt: AT + 1_000 + 3_600_000 };
    expect(next).toEqual({ ...kept, access: 'access-2', renewal });
    expect(stored(one)).toEqual(JSON.parse(JSON.stringify(next)));
    expect(one.properties.has('token')).toBe(false);
    expect(secrets).toEqual(expect.arrayContaining(['access-2', 'refresh-2']));
  });

  it.each<[string, Connection | undefined, Connection]>([
    ['another run was quicker', { ...connection(), access: 'access-2' }, connection()],
    ['a person has typed a token', longLived('typed'), connection()],
    ['a long-lived token', longLived('a'), longLived('a')],
    ['switched off meanwhile', undefined, connection()],
  ])('A1 · asks nothing: %s', (_, kept, known) => {
    const { asked, next, one } = refreshed({ kept, known });
    expect(asked).toEqual([]);
    expect(next).toEqual(kept ?? known);
    expect(stored(one)).toEqual(kept ?? null);
  });

  it.each<[string, HttpResult, string, boolean]>([
    ['no answer', timedOut, 'timeout', true],
    ['no connection', noConnection, 'no-connection', true],
    ['500', htmlPage(500), 'server-error', true],
    ['half an answer', text('{"access_token":'), 'malformed', true],
    ['429, which says that nothing was given out', json({}, 429), 'too-many-requests', false],
  ])('A2, A4 · %s: the pair is kept, nothing is refused', (_, answer, code, isDoubtful) => {
    const failed = refreshed({ answers: { [TOKENS]: answer } });
    expect(failed).toMatchObject({ error: { code }, asked: [TOKENS] });
    expect(stored(failed.one)).toEqual(connection(isDoubtful ? { doubtSince: AT } : {}));
    const again = refreshed({ kept: connection({ doubtSince: 5 }), answers: { [TOKENS]: answer } });
    expect(stored(again.one)?.renewal?.doubtSince).toBe(5);
  });

  it('what is no error of amoCRM’s leaves the doubt', () => {
    const { error, one } = refreshed({ answers: { [TOKENS]: null as unknown as HttpResult } });
    expect(error).toBeDefined();
    expect(error).not.toBeInstanceOf(AmoError);
    expect(stored(one)).toEqual(connection({ doubtSince: AT }));
  });

  it.each([
    ['Token has been revoked', 401, 'tokens-revoked'],
    ['Check the `client_secret` parameter', 400, 'wrong-client-secret'],
    ['Check the `client_id` parameter', 400, 'wrong-client-id'],
    ['Redirect URI is not associated with client', 400, 'wrong-redirect-uri'],
    ['Something new', 400, 'refused'],
  ])(
    'A8 · “%s”: refused, from the end of the access token on, and without a doubt',
    (hint, status, cause) => {
      const answers = { [TOKENS]: json({ hint }, status), [WHERE]: json({}, 404) };
      for (const [left, from] of [
        [10 * MINUTE, AT + 10 * MINUTE],
        [-10 * MINUTE, undefined],
      ] as const) {
        const kept = connection({ expiresAt: AT + left, doubtSince: AT - MINUTE });
        const { error, one } = refreshed({ kept, answers });
        expect(error).toMatchObject({ code: cause, status });
        const now = one.requests[one.requests.length - 1]!.answered;
        expect(stored(one)).toEqual({
          ...connection({ expiresAt: AT + left }),
          refusal: { cause, host: HOST, since: now, from: from ?? now, times: 1 },
        });
      }
    },
  );

  it.each<[string, HttpResult]>([
    ['blocked', htmlPage(403)],
    ['forbidden', json({ status: 403 }, 403)],
    ['payment-required', json({ status: 402 }, 402)],
    ['not-found', json({}, 404)],
    ['redirected', text('', 302, { location: 'https://www.amocrm.ru/' })],
    ['wrong-account-host', wrongHost],
  ])('A8 · %s speaks of the account: the tokens are kept, without a doubt', (code, answer) => {
    const { error, one } = refreshed({ answers: { [TOKENS]: answer, [WHERE]: json({}, 404) } });
    expect(error).toMatchObject({ code });
    expect(stored(one)).toEqual(connection());
  });
});

describe('M10 · an account that has moved', () => {
  const account = { id: 5, name: 'Пример', host: HOST };
  const properties = { account: JSON.stringify(account) };

  it.each<[string, HttpResult]>([
    ['401', REVOKED],
    ['404', json({}, 404)],
    ['a redirect', text('', 302, { location: 'https://www.amocrm.ru/' })],
    ['another account’s address', wrongHost],
  ])('%s: it is followed, with the same refresh token, and told', (_, answer) => {
    const answers = { [TOKENS]: answer, [WHERE]: told(NEW_HOST), [TOKENS_THERE]: PAIR };
    const { asked, findings, next, one, secrets, written } = refreshed({ answers, properties });
    expect(asked).toEqual([TOKENS, WHERE, TOKENS_THERE]);
    expect(one.requests[1]!.request.headers['X-Refresh-Token']).toBe('refresh-1');
    expect(written).toEqual([AT, AT, one.requests[1]!.answered]);
    expect(next).toMatchObject({ access: 'access-2', host: NEW_HOST, movedFrom: HOST, accountId: 5 });
    expect(next?.renewal).toMatchObject({ refresh: 'refresh-2' });
    expect(next?.renewal).not.toHaveProperty('doubtSince');
    expect(stored(one)).toEqual(JSON.parse(JSON.stringify(next)));
    expect(JSON.parse(one.properties.get('account')!)).toEqual({ ...account, host: NEW_HOST });
    const what = ru.connection.moved(HOST, NEW_HOST);
    expect(findings).toEqual([{ level: 'WARN', what, effect: ru.effect.none }]);
    expect(secrets).toContain('access-2');
  });

  it('new tokens are not to be had there: the move is kept, and the doubt', () => {
    const { error, one } = refreshed({ answers: { [TOKENS]: REVOKED, [WHERE]: told(NEW_HOST) } });
    expect(error).toMatchObject({ code: 'server-error' });
    expect(stored(one)).toMatchObject({
      ...{ access: OLD, host: NEW_HOST, movedFrom: HOST },
      renewal: { refresh: 'refresh-1', doubtSince: expect.any(Number) },
    });
    expect(stored(one)).not.toHaveProperty('refusal');
    expect(one.properties.has('account')).toBe(false);
  });

  const { accountId: _, ...unproven } = connection();
  it('of a connection that was never proven it is the account whose data the tables hold', () => {
    const answers = { [TOKENS]: REVOKED, [WHERE]: told(NEW_HOST), [TOKENS_THERE]: PAIR };
    expect(refreshed({ kept: unproven, answers, properties }).next).toMatchObject({ host: NEW_HOST });
  });

  const opaque = { ...connection(), access: 'opaque' };
  it.each<[string, Parts, string[]]>([
    ['it is where it was', { answers: { [WHERE]: told(HOST) } }, [TOKENS, WHERE]],
    ['it is another account', { answers: { [WHERE]: told(NEW_HOST, 6) } }, [TOKENS, WHERE]],
    [
      'nobody knows whose tokens these are',
      { kept: unproven, answers: { [WHERE]: told(NEW_HOST) } },
      [TOKENS, WHERE],
    ],
    [
      'what is remembered of the account is broken',
      { kept: unproven, answers: { [WHERE]: told(NEW_HOST) }, properties: { account: '{"id":' } },
      [TOKENS, WHERE],
    ],
    [
      'what is remembered of the account has no id',
      { kept: unproven, answers: { [WHERE]: told(NEW_HOST) }, properties: { account: '{"id":"5"}' } },
      [TOKENS, WHERE],
    ],
    ['nobody can tell', { answers: { [WHERE]: json({}, 404) } }, [TOKENS, WHERE]],
    [
      'nobody can tell, nor whose tokens these are',
      { kept: unproven, answers: { [WHERE]: json({}, 404) } },
      [TOKENS, WHERE],
    ],
    ['the token does not say who could tell', { kept: opaque }, [TOKENS]],
  ])('is not followed where %s: the refusal counts', (_, { answers, ...parts }, asked) => {
    const found = refreshed({ ...parts, answers: { [TOKENS]: REVOKED, ...answers } });
    expect(found).toMatchObject({ error: { code: 'tokens-revoked' }, asked, findings: [] });
    expect(stored(found.one)).toMatchObject({ host: HOST, refusal: { cause: 'tokens-revoked', host: HOST } });
  });

  it.each([
    ['nobody answers', timedOut, 'timeout'],
    ['we are shut out', htmlPage(403), 'blocked'],
  ])('where %s who could tell, nothing is refused: it is asked again later', (_, where, code) => {
    const { error, one } = refreshed({ answers: { [TOKENS]: REVOKED, [WHERE]: where } });
    expect(error).toMatchObject({ code });
    expect(stored(one)).toEqual(connection({ doubtSince: AT }));
  });

  it('what speaks of the keys is no reason to look for it', () => {
    const hint = 'Check the `client_id` parameter';
    expect(refreshed({ answers: { [TOKENS]: json({ hint }, 400) } }).asked).toEqual([TOKENS]);
  });
});
