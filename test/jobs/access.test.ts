import type { AmoErrorCode } from '../../src/core/amoError';
import { afterRefusal, type Connection, longLived } from '../../src/core/connection';
import { TEXTS } from '../../src/core/texts';
import { openAccess } from '../../src/jobs/access';
import { dailyReport } from '../../src/jobs/dailyReport';
import { Disconnected, NotSetUp } from '../../src/jobs/failure';
import { keptPlan } from '../../src/jobs/keptPlan';
import { measurePing } from '../../src/jobs/measurePing';
import { type Run, runJob } from '../../src/jobs/run';
import type { HttpResult } from '../../src/ports';
import { htmlPage, json, noConnection, text } from '../support/amoAnswers';
import { asked, connection, MINUTE, NOW, stored, world } from '../support/endingTokens';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

describe('M10, A4 · a token endpoint that fails', () => {
  const FAULTS = [
    ['a failure', () => text('', 500)],
    ['a page', () => htmlPage()],
    ['garbage', () => text('{"access_token":', 200)],
  ] as const;

  it.each(FAULTS)(
    'A4 · %s: a report whose token has ended waits some minutes, and no wish is lost',
    (_, tokens) => {
      const one = world(-1, tokens);
      dailyReport(one.outside, { from: '2026-11-10', to: '2026-11-11' });
      expect(asked(one)).toEqual(['/oauth2/access_token']);
      expect(keptPlan(one.outside)).toMatchObject({
        open: true,
        failures: 1,
        asked: [{ from: '2026-11-10' }],
      });
      expect(one.triggers.filter(({ onceAt }) => onceAt !== undefined)).toHaveLength(1);
      expect(stored(one).renewal).toMatchObject({ refresh: 'refresh-1', doubtSince: expect.any(Number) });
      expect(stored(one).refusal).toBeUndefined();
    },
  );

  it.each(FAULTS)('A4 · %s: a token that still lives serves on', (_, tokens) => {
    const one = world(10, tokens);
    measurePing(one.outside, true);
    expect(asked(one)).toEqual(['/oauth2/access_token', ...Array(3).fill('/api/v4/account')]);
    expect(stored(one).renewal).toMatchObject({ doubtSince: expect.any(Number) });
  });
});

const { ru } = TEXTS;
const AT = Date.parse(NOW);
const HOST = 'mycompany.amocrm.ru';
const KNOWN = { id: 5, name: 'Пример', timeZone: 'Asia/Omsk', host: HOST };
const PAIR = json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 86_400 });
const REVOKED = json({ hint: 'Token has been revoked' }, 401);
const TOKENS = '/oauth2/access_token';
const ACCOUNT = '/api/v4/account';
const TYPED = JSON.stringify({ clientSecret: 's3cret', code: 'a-fresh-code' });

interface Opened {
  connection?: Connection | undefined;
  /** Whose data the tables hold. */
  known?: object;
  settings?: WorldParts['settings'];
  typed?: string;
  properties?: Record<string, string>;
  server?: WorldParts['server'];
  tokens?: HttpResult;
  account?: HttpResult;
  insistent?: boolean;
  byCode?: boolean;
  prove?: () => void;
  /** What the run does then. */
  goOn?: (run: Run, one: InMemory) => unknown;
}

/** The way to amoCRM as one run opens it. */
function opened(parts: Opened) {
  const { goOn, insistent = false, known, prove, settings = { baseUrl: 'mycompany' }, typed } = parts;
  const kept = 'connection' in parts ? parts.connection : connection(600);
  const one = inMemoryOutside({
    ...{ now: NOW, settings },
    properties: {
      ...(kept ? { connection: JSON.stringify(kept) } : {}),
      ...(known ? { account: JSON.stringify(known) } : {}),
      ...(typed === undefined ? {} : { typed }),
      ...parts.properties,
    },
    server:
      parts.server ??
      (({ url }) =>
        url.endsWith(TOKENS) ? (parts.tokens ?? PAIR) : (parts.account ?? json({ id: 5, name: 'Пример' }))),
  });
  let error: unknown;
  let gave: unknown;
  let of: Run | undefined;
  const job = { name: 'hourlyPing', needsAccount: false, holds: 'hourlyPing' } as const;
  runJob(one.outside, { ...job, effectOfFailure: () => '' }, run => {
    of = run;
    try {
      const more = { ...(prove ? { prove } : {}), byCode: parts.byCode ?? false };
      openAccess(run, insistent, more);
      gave = goOn?.(run, one);
    } catch (caught) {
      error = caught;
    }
    return undefined;
  });
  return { access: of!.access, asked: asked(one), error, gave, one, run: of! };
}

const refusedOnce = (before: Connection, from = AT - MINUTE, cause: AmoErrorCode = 'tokens-revoked') =>
  afterRefusal(before, { cause, host: HOST, now: AT - MINUTE, from });
const { accountId: _id, ...unproven } = connection(600);
const { host: _host, ...nowhere } = connection(600);

describe('M10 · openAccess', () => {
  it.each<[string, Opened]>([
    ['no connection', { connection: undefined }],
    ['no address', { settings: {} }],
    ['no code, where only a new connection will do', { byCode: true }],
  ])('%s: not set up, and nothing is asked', (_, parts) => {
    const { access, asked: paths, error } = opened(parts);
    expect(error).toBeInstanceOf(NotSetUp);
    expect([paths, access]).toEqual([[], undefined]);
  });

  it('A4 · refused before: nothing is asked, unless somebody insists', () => {
    const refused = refusedOnce(connection(600));
    const shut = opened({ connection: refused });
    expect(shut.error).toBeInstanceOf(Disconnected);
    expect((shut.error as Disconnected).refusal).toEqual(refused.refusal);
    expect([shut.asked, shut.access]).toEqual([[], undefined]);
    const mended = opened({ connection: refused, insistent: true });
    expect([mended.asked, mended.error]).toEqual([[ACCOUNT], undefined]);
    expect(stored(mended.one)).not.toHaveProperty('refusal');
  });

  it.each<[string, Opened, string[]]>([
    ['proven, and nobody’s data yet', {}, []],
    ['proven for the known account', { known: KNOWN }, []],
    ['proven for another account', { known: { ...KNOWN, id: 6 } }, [ACCOUNT]],
    ['proven nowhere', { connection: nowhere, known: KNOWN }, [ACCOUNT]],
    ['an integration’s, never proven', { connection: unproven }, [ACCOUNT]],
    ['never proven, for somebody’s data', { connection: unproven, known: KNOWN }, [ACCOUNT]],
    ['a long-lived token, and nobody’s data yet', { connection: longLived('a') }, []],
    ['a long-lived token, for somebody’s data', { connection: longLived('a'), known: KNOWN }, [ACCOUNT]],
    [
      'a long-lived token that was refused once',
      { connection: refusedOnce(longLived('a'), AT - MINUTE, 'token-refused') },
      [ACCOUNT],
    ],
    ['refused from the end of the access token on', { connection: refusedOnce(connection(600), AT + 1) }, []],
  ])('M15 · whose account it is: %s', (_, parts, paths) => {
    const { asked: found, one } = opened(parts);
    expect(found).toEqual(paths);
    if (stored(one).accountId === 5) expect(stored(one).host).toBe(HOST);
  });

  it('M15 · another account’s token is told, and stays as it was', () => {
    const foreign = json({ id: 6, name: 'Чужие' });
    const { error, one } = opened({ connection: unproven, known: KNOWN, account: foreign });
    expect(error).toMatchObject({ code: 'other-account' });
    expect(stored(one)).toEqual(unproven);
  });

  it('what the account tells counts for this run already', () => {
    const answer = json({ id: 5, name: 'Имя', _embedded: { datetime_settings: { timezone: 'Asia/Omsk' } } });
    const { access, one, run } = opened({ connection: unproven, account: answer });
    expect(run).toMatchObject({ knownAccount: { id: 5, name: 'Имя', host: HOST }, zone: 'Asia/Omsk' });
    expect(stored(one)).toMatchObject({ access: 'access-1', host: HOST, accountId: 5 });
    expect(access?.isProven).toBe(true);
    expect(run.account).toBe(access);
    expect(opened({ connection: unproven, prove: () => undefined }).access?.isProven).toBe(false);
  });

  it.each<[string, number, Opened, AmoErrorCode | undefined, string]>([
    ['half an hour is left: none are asked for', 30, { tokens: noConnection }, undefined, 'access-1'],
    ['less is left: they are there before anything else', 29, {}, undefined, 'access-2'],
    ['no connection, while the old token lives', 29, { tokens: noConnection }, undefined, 'access-1'],
    ['refused, while the old token lives', 29, { tokens: REVOKED }, undefined, 'access-1'],
    ['no connection, and the old one has ended', 0, { tokens: noConnection }, 'no-connection', 'access-1'],
    ['refused, and the old one has ended', 0, { tokens: REVOKED }, 'tokens-revoked', 'access-1'],
    ['a block holds for all requests', 29, { tokens: htmlPage(403) }, 'blocked', 'access-1'],
  ])('A9 · new tokens: %s', (_, minutes, parts, code, token) => {
    const { access, error } = opened({ connection: connection(minutes), ...parts });
    expect(error).toEqual(code && expect.objectContaining({ code }));
    expect(access?.token).toBe(token);
  });

  it('A9 · what is no error of amoCRM’s is thrown on', () => {
    const tokens = null as unknown as HttpResult;
    const { error } = opened({ connection: connection(29), server: () => tokens });
    expect(error).toBeInstanceOf(TypeError);
  });

  it('A9 · amoCRM has asked for silence: that is told, not tried', () => {
    const line = JSON.stringify({ pause: { since: AT, until: AT + 5 * MINUTE, cause: 'blocked' } });
    const { asked: paths, error } = opened({ connection: connection(10), properties: { line } });
    expect(error).toMatchObject({ code: 'paused' });
    expect(paths).toEqual([]);
  });
});

describe('A8 · a code that was typed', () => {
  const settings = { baseUrl: 'mycompany', clientId: 'id' };
  const expired = json({ hint: 'Authorization code has expired' }, 400);

  it('makes the connection, and is proven', () => {
    const { access, asked: paths, one } = opened({ settings, typed: TYPED, connection: undefined });
    expect(paths).toEqual([TOKENS, ACCOUNT]);
    expect(access?.token).toBe('access-2');
    expect(stored(one)).toMatchObject({ access: 'access-2', host: HOST, accountId: 5 });
    expect(one.properties.has('typed')).toBe(false);
  });

  it('and is refused: told, and the connection before serves on', () => {
    const { access, error, run } = opened({ settings, typed: TYPED, tokens: expired });
    expect([error, access?.token]).toEqual([undefined, 'access-1']);
    expect(run.findings).toMatchObject([
      { level: 'WARN', what: ru.error.what('code-expired', 400), effect: ru.effect.none },
    ]);
  });

  it.each<[string, Opened]>([
    ['there was none before', { connection: undefined }],
    ['only a new one will do', { byCode: true }],
  ])('and is refused: the failure itself, where %s', (_, parts) => {
    const { error, run } = opened({ settings, typed: TYPED, tokens: expired, ...parts });
    expect(error).toMatchObject({ code: 'code-expired' });
    expect(run.findings).toEqual([]);
  });

  it('is another account’s: the connection before is back', () => {
    const foreign = json({ id: 6, name: 'Чужие' });
    const { access, error, one } = opened({ settings, typed: TYPED, known: KNOWN, account: foreign });
    expect(error).toMatchObject({ code: 'other-account' });
    expect(access).toBeUndefined();
    expect(stored(one)).toEqual(connection(600));
  });

  it.each<[string, Opened, AmoErrorCode]>([
    ['the account is not paid for', { account: json({}, 402) }, 'payment-required'],
    [
      'there was none before',
      { connection: undefined, account: json({ id: 6, name: 'Чужие' }) },
      'other-account',
    ],
  ])('what it has made stays where %s', (_, parts, code) => {
    const { access, error, one } = opened({ settings, typed: TYPED, known: KNOWN, ...parts });
    expect(error).toMatchObject({ code });
    expect(access?.token).toBe('access-2');
    expect(stored(one).access).toBe('access-2');
  });

  it('has made the connection before: that is not taken away', () => {
    const made = { ...unproven, renewal: { ...connection(600).renewal!, code: 'a-fresh-code' } };
    const foreign = json({ id: 6, name: 'Чужие' });
    const { access, one } = opened({
      ...{ settings, typed: TYPED, known: KNOWN, account: foreign, connection: made },
    });
    expect(access?.token).toBe('access-1');
    expect(one.properties.get('typed')).not.toContain('a-fresh-code');
  });
});

describe('A4 · amoCRM takes the token no more', () => {
  const renewTwice = ({ access }: Run) => {
    const once = access!.renew!(false);
    return [once, access!.renew!(false)];
  };
  const failed = (act: () => unknown): unknown => {
    try {
      return act();
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('a long-lived one: put down, told once, counted once a run', () => {
    const {
      access,
      asked: paths,
      gave,
      one,
    } = opened({
      connection: { ...longLived('a'), host: HOST, accountId: 5 },
      goOn: renewTwice,
    });
    expect([gave, paths]).toEqual([[false, false], []]);
    const refusal = { since: AT, from: AT, times: 1, host: HOST, cause: 'token-refused' };
    expect(stored(one).refusal).toEqual({ ...refusal, isTold: true });
    expect(access?.refusal).toEqual(refusal);
  });

  it('an integration’s: new ones are got; where those are refused too it is put down', () => {
    const { access, asked: paths, gave, one } = opened({ goOn: renewTwice });
    expect([gave, paths]).toEqual([[true, false], [TOKENS]]);
    expect(access?.token).toBe('access-2');
    expect(stored(one)).toMatchObject({ access: 'access-2', refusal: { cause: 'token-refused', times: 1 } });
  });

  it.each<[string, Connection, boolean, string[]]>([
    ['a long-lived one', { ...longLived('a'), host: HOST, accountId: 5 }, false, []],
    ['an integration’s: what has moved can be followed', connection(600), true, [TOKENS]],
  ])('A8 · that there is no such account here is no refusal of %s', (_, before, once, paths) => {
    const {
      access,
      asked: found,
      gave,
      one,
    } = opened({
      connection: before,
      goOn: ({ access: way }) => [way!.renew!(true), way!.renew!(true)],
    });
    expect([gave, found]).toEqual([[once, false], paths]);
    expect(access?.connection.refusal).toBeUndefined();
    expect(stored(one)).not.toHaveProperty('refusal');
  });

  it('A8 · an address without an account is told as such, each time, and stops nothing for good', () => {
    const one = inMemoryOutside({
      ...{ now: NOW, settings: { baseUrl: 'mycompany' } },
      properties: { connection: JSON.stringify({ ...longLived('a'), host: HOST, accountId: 5 }) },
      server: () => json({ status: 401, code: 101 }, 401),
    });
    for (let time = 0; time < 3; time += 1) {
      dailyReport(one.outside, { from: '2026-11-10', to: '2026-11-10' });
      one.clock.pass(60 * MINUTE);
    }
    expect(one.requests).toHaveLength(3);
    expect(one.contents.tables.log).toMatchObject(
      Array(3).fill({ level: 'ERROR', what: ru.error.what('not-found', 401) }),
    );
    expect(stored(one)).not.toHaveProperty('refusal');
  });

  it('new ones that have worked and are refused in the same run wait for the next', () => {
    const {
      access,
      asked: paths,
      gave,
      one,
    } = opened({
      goOn: ({ access: way }) => {
        const once = way!.renew!(false);
        way!.proven!(5);
        const again = way!.renew!(false);
        way!.proven!(5);
        return [once, again, failed(() => way!.renew!(false))];
      },
    });
    expect([gave, paths]).toEqual([
      [true, true, 'out-of-time'],
      [TOKENS, TOKENS],
    ]);
    expect(access?.refusal).toBeUndefined();
    expect(stored(one)).not.toHaveProperty('refusal');
  });

  it.each<[string, Connection, Connection]>([
    ['another run has got some', connection(600), { ...connection(600), access: 'other-access' }],
    ['a person has typed one', longLived('a'), longLived('other-access')],
  ])('%s: that is taken, once', (_, before, meanwhile) => {
    const {
      access,
      asked: paths,
      gave,
      run,
    } = opened({
      connection: before,
      goOn(way, one) {
        one.properties.set('connection', JSON.stringify(meanwhile));
        return renewTwice(way);
      },
    });
    expect([gave, paths]).toEqual([[true, false], []]);
    expect(access?.token).toBe('other-access');
    expect(run.secrets).toContain('other-access');
  });

  it('switched off meanwhile: nothing is put down', () => {
    const { gave, one } = opened({
      connection: longLived('a'),
      goOn(way, world) {
        world.properties.delete('connection');
        return way.access!.renew!(false);
      },
    });
    expect(gave).toBe(false);
    expect(one.properties.has('connection')).toBe(false);
  });

  it('switched off meanwhile, and amoCRM has asked for silence: that is told', () => {
    const { gave, one } = opened({
      properties: { line: JSON.stringify({ pause: { since: AT, until: AT + MINUTE, cause: 'blocked' } }) },
      goOn(way, world) {
        world.properties.delete('connection');
        return failed(() => way.access!.renew!(false));
      },
    });
    expect(gave).toBe('paused');
    expect(one.properties.has('connection')).toBe(false);
  });

  it.each<[string, HttpResult, string]>([
    ['nobody answers', noConnection, 'no-connection'],
    ['what amoCRM says speaks of the account', json({ status: 402 }, 402), 'payment-required'],
  ])('where %s it is asked once in a run, and nothing is refused', (_, tokens, code) => {
    const {
      asked: paths,
      gave,
      one,
    } = opened({
      tokens,
      goOn: ({ access: way }) => [failed(() => way!.renew!(false)), failed(() => way!.renew!(false))],
    });
    expect([gave, paths]).toEqual([[code, code], [TOKENS]]);
    expect(stored(one)).not.toHaveProperty('refusal');
  });

  it('both tokens are refused: from now on, and not from the end that the old one was to have', () => {
    const { access, gave, one } = opened({ tokens: REVOKED, goOn: ({ access: way }) => way!.renew!(false) });
    expect(gave).toBe(false);
    const refusal = { cause: 'tokens-revoked', times: 2, from: expect.any(Number) };
    expect(stored(one).refusal).toMatchObject(refusal);
    expect(stored(one).refusal!.from).toBeLessThan(AT + MINUTE);
    expect(stored(one).refusal).toEqual({ ...access?.refusal, isTold: true });
  });

  it('refused early, the old one still lives: known, and in force when that is refused too', () => {
    const { access } = opened({ connection: connection(20), tokens: REVOKED });
    expect(access?.connection.refusal).toMatchObject({ from: AT + 20 * MINUTE });
    expect(access?.refusal).toBeUndefined();
    const both = opened({
      ...{ connection: connection(20), tokens: REVOKED },
      goOn: ({ access: way }) => way!.renew!(false),
    });
    expect([both.gave, both.asked]).toEqual([false, [TOKENS]]);
    expect(both.access?.refusal).toMatchObject({ cause: 'tokens-revoked', times: 2 });
  });

  it('refused before, and again where somebody insists: no news', () => {
    const { gave } = opened({
      ...{ connection: refusedOnce(connection(600), AT + MINUTE), tokens: REVOKED, insistent: true },
      goOn: ({ access: way }) => failed(() => way!.renew!(false)),
    });
    expect(gave).toBe('tokens-revoked');
  });

  it.each<[boolean, string[], boolean]>([
    [false, [], false],
    [true, [TOKENS], true],
  ])('refused before: whether new ones are asked for, with insistence %s', (insistent, paths, renewed) => {
    const {
      access,
      asked: found,
      gave,
    } = opened({
      ...{ connection: refusedOnce(connection(600), AT + MINUTE), insistent },
      goOn: ({ access: way }) => way!.renew!(false),
    });
    expect([found, gave]).toEqual([paths, renewed]);
    if (!renewed) expect(access?.connection.refusal).toMatchObject({ cause: 'tokens-revoked', times: 2 });
  });

  it('an answer with data ends a refusal, and is written down where it is news', () => {
    const { access, gave, one } = opened({
      connection: { ...longLived('a'), host: HOST, accountId: 5 },
      goOn({ access: way }, { steps }) {
        const writes = () => steps.log.filter(step => step.startsWith('properties.change connection')).length;
        way!.proven!(5);
        const before = writes();
        way!.renew!(false);
        way!.proven!(5);
        return [before, writes()];
      },
    });
    expect(gave).toEqual([0, 2]);
    expect(access?.refusal).toBeUndefined();
    expect(stored(one)).not.toHaveProperty('refusal');
  });
});
