import type { Stage } from '../campaign/stage';
import { Simulator } from '../simulator/simulator';
import {
  ask,
  cellOf,
  connected,
  connectedByToken,
  finishSetUp,
  type Order,
  problemCell,
  problemsOf,
  reconnect,
  refreshes,
  reusedOf,
  said,
  statusText,
  stored,
  tablesOf,
  typeKeys,
  withKeysTyped,
} from './connected';
import { DAY, logOf, mailsOf, minutes, NEXT } from './night';

const AFTER = '2026-11-20';

describe('A5 · the lock is not to be had', () => {
  it('A5 · while the tokens are due: the run gives up politely, the next one gets them', () => {
    const stage = connected();
    stage.advance(`${NEXT}T02:30`);
    stage.world.locks.take('script', 'somebody');
    stage.advance(`${NEXT}T03:04`);
    expect(refreshes(stage)).toEqual([]);
    stage.world.locks.release('script', 'somebody');
    stage.firings = undefined;
    stage.advance(`${NEXT}T06:10`);
    expect(refreshes(stage)).toEqual(['issued']);
    stage.advance(`${AFTER}T05:10`);
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
  });
});

describe('A6 · a long-lived token as people paste it', () => {
  it.each([
    ['quotes', (token: string) => `"${token}"`],
    ['a scheme', (token: string) => `Bearer ${token}`],
    ['line breaks', (token: string) => `  ${token.slice(0, 300)}\n${token.slice(300)} \n`],
  ])('A6 · with %s: into its cell, and into the sidebar', (_, spoiled) => {
    const typed = connectedByToken();
    typed.set('token', spoiled(typed.simulator.token));
    expect(stored(typed)?.access).toBe(typed.simulator.token);
    expect(cellOf(typed, 'token')).toBe('••••••••');
    const asked = ask(typed, { ask: 'token', token: spoiled(typed.simulator.token) });
    expect(said(asked)).toMatchObject({ ok: true });
    expect(stored(typed)?.access).toBe(typed.simulator.token);
  });

  it.each(['токен', 'eyJ…', ' " " ', 'a\u200bb'])(
    'A6 · %j is refused where it is entered, and nothing is sent',
    bad => {
      const stage = connectedByToken();
      const before = stage.simulator.ledger.requests.length;
      const kept = stored(stage);
      expect(said(ask(stage, { ask: 'token', token: bad }))).toMatchObject({ ok: false, field: 'token' });
      stage.set('token', bad);
      expect(problemCell(stage, 'token')).not.toBe('');
      expect(stored(stage)).toEqual(kept);
      expect(stage.simulator.ledger.requests).toHaveLength(before);
    },
  );
});

/** Another account of the same vendor; its tokens are opaque where the first one's tell whose they are. */
function stranger(options: { opaque?: boolean } = {}): Simulator {
  return new Simulator({
    accountId: 99_999_999,
    subdomain: 'stranger',
    accountName: 'Чужая компания',
    users: [{ id: 5, name: 'Чужой', isAdmin: true }],
    ...(options.opaque ? { tokens: [{ value: 'opaque-PLANTED5ECRET-token', userId: 5 }] } : {}),
    oauth: { anyRedirectUri: true },
  });
}

/** Both in one network; the tables hold the first one's data of two days. */
function besideAStranger(other: Simulator, made: (order?: Order) => Stage = connected): Stage {
  const stage = made({ neighbours: [other] });
  stage.firings = undefined;
  stage.advance(`${NEXT}T08:10`);
  return stage;
}

describe('A7 · a token of another account', () => {
  const OTHER = /другой аккаунт|другого аккаунта/;

  const WAYS: [string, boolean, (stage: Stage, other: Simulator) => string][] = [
    [
      'typed into the cell, and it says whose it is',
      false,
      (stage, other) => {
        stage.set('token', other.token);
        return problemCell(stage, 'token');
      },
    ],
    [
      'entered in the sidebar with its address',
      false,
      (stage, other) => {
        ask(stage, { ask: 'address', address: other.host });
        const { ok, what } = said(ask(stage, { ask: 'token', token: other.token }));
        ask(stage, { ask: 'address', address: stage.simulator.host });
        return ok ? 'taken' : what;
      },
    ],
    [
      'opaque, entered in the sidebar with its address',
      true,
      (stage, other) => {
        ask(stage, { ask: 'address', address: other.host });
        const { ok, what } = said(ask(stage, { ask: 'token', token: other.token }));
        ask(stage, { ask: 'address', address: stage.simulator.host });
        return ok ? 'taken' : what;
      },
    ],
    [
      'by a code of the other account, entered in the sidebar',
      false,
      (stage, other) => {
        ask(stage, { ask: 'address', address: other.host });
        const { clientId, clientSecret } = other.integration;
        const { ok, what } = said(
          ask(stage, { ask: 'code', clientId, clientSecret, code: other.issueCode() }),
        );
        ask(stage, { ask: 'address', address: stage.simulator.host });
        return ok ? 'taken' : what;
      },
    ],
  ];

  it.each(WAYS)('A7 · %s: refused, and the connection that works stays', (_, opaque, enter) => {
    const other = stranger({ opaque });
    const stage = besideAStranger(other);
    const before = { connection: stored(stage)?.renewal?.refresh, tables: tablesOf(stage) };
    expect(enter(stage, other)).toMatch(OTHER);
    expect({ connection: stored(stage)?.renewal?.refresh, tables: tablesOf(stage) }).toEqual(before);
    expect(cellOf(stage, 'baseUrl')).toBe(stage.simulator.host);
    stage.advance(`${AFTER}T05:10`);
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
    expect(reusedOf(stage)).toBe(0);
  });

  it('A7 · opaque, typed into the cell with its address: found out by the first answer, all stops, nothing is mixed', () => {
    const other = stranger({ opaque: true });
    const stage = besideAStranger(other, connectedByToken);
    const before = tablesOf(stage);
    stage.set('baseUrl', other.host);
    stage.set('token', other.token);
    stage.advance(`${AFTER}T01:00`);
    expect(tablesOf(stage)).toBe(before);
    expect(statusText(stage)).toMatch(/не действует/);
    const told = logOf(stage, ['ERROR']).filter(({ what }) => OTHER.test(what));
    expect(told).toHaveLength(1);
    // Its own account again: the missed pings are missed, the days are made up for.
    stage.set('baseUrl', stage.simulator.host);
    stage.set('token', stage.simulator.token);
    stage.advance('2026-11-21T05:10');
    expect(stored(stage)?.refusal).toBeUndefined();
    expect(tablesOf(stage)).not.toMatch(/Чужой/);
  });

  it.each([false, true])(
    'A7 · opaque: %s, in the dialogue of set-up after the old token was refused',
    opaque => {
      const other = stranger({ opaque });
      const stage = besideAStranger(other, connectedByToken);
      const before = tablesOf(stage);
      stage.set('baseUrl', other.host);
      stage.click('setUp', { token: other.token });
      expect(tablesOf(stage)).toBe(before);
      expect(logOf(stage, ['ERROR']).some(({ what }) => OTHER.test(what) || /токен/.test(what))).toBe(true);
      expect(stored(stage)?.accountId).not.toBe(99_999_999);
    },
  );

  it('A7 · the consent of another account: refused, the address and the connection are as they were', () => {
    const other = stranger();
    const stage = besideAStranger(other);
    const before = { connection: stored(stage), tables: tablesOf(stage) };
    const { clientId, clientSecret } = other.integration;
    const asked = ask(stage, { ask: 'link', clientId, clientSecret });
    const { link } = asked.value as { link: string };
    const state = new URL(link).searchParams.get('state')!;
    const query = new URLSearchParams({ code: other.issueCode(), state, referer: other.host, platform: '1' });
    const { page } = stage.world.visit(`${stage.world.callbackUrl}?${query}`);
    expect(page?.html).toMatch(OTHER);
    expect(cellOf(stage, 'baseUrl')).toBe(stage.simulator.host);
    expect({ connection: stored(stage), tables: tablesOf(stage) }).toEqual(before);
    stage.advance(`${AFTER}T05:10`);
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
  });
});

describe('A8 · a code that is refused: which of the reasons it is', () => {
  const REASONS: [string, string, (stage: Stage) => string, RegExp][] = [
    [
      'used twice',
      'code',
      stage => {
        const code = stage.simulator.issueCode();
        reconnect(stage, code);
        reconnect(stage);
        return code;
      },
      /уже использован/,
    ],
    [
      'older than 20 minutes',
      'code',
      stage => stage.simulator.issueCode({ at: stage.world.now() - minutes(20) - 1 }),
      /20 минут/,
    ],
    ['unreadable', 'code', () => 'def50200PLANTED5ECRETnonsense', /не узнаёт код/],
  ];

  it.each(REASONS)('A8 · %s', (_, field, codeOf, words) => {
    const stage = connected();
    const code = codeOf(stage);
    const before = stored(stage);
    expect(reconnect(stage, code)).toMatchObject({ ok: false, field, what: expect.stringMatching(words) });
    expect(stored(stage)).toEqual(before);
    // The same in its cell: told by the next run, and the old connection serves on.
    stage.set('authCode', code);
    stage.fire('hourlyPing');
    expect(logOf(stage).some(({ what }) => words.test(what))).toBe(true);
    expect(stored(stage)?.access).toBe(before?.access);
    expect(cellOf(stage, 'authCode')).toBe('••••••••');
    stage.fire('hourlyPing');
    expect(cellOf(stage, 'authCode')).toBe('');
    expect(mailsOf(stage)).toEqual([]);
  });

  it('A8 · the redirect URI is another one: told so, and mended by typing the registered one', () => {
    const stage = withKeysTyped({ oauth: { redirectUri: 'https://example.com/back' } });
    stage.click('setUp', { token: '' });
    expect(logOf(stage).some(({ what }) => /Ссылка для перенаправления не совпадает/.test(what))).toBe(true);
    stage.set('redirectUri', 'https://example.com/back');
    typeKeys(stage, stage.simulator.issueCode());
    finishSetUp(stage);
    stage.advance(`${NEXT}T07:10`);
    expect(problemsOf(stage, { days: [DAY] })).toEqual([]);
  });
});

describe('A9 · clocks that do not agree', () => {
  it.each([10, -10, 60 * 24 * 3, -60 * 24 * 3])("A9 · amoCRM's clock is %d minutes ahead", ahead => {
    const stage = connected({ simulator: { clockOffsetMs: minutes(ahead) } });
    stage.advance(`${AFTER}T05:10`);
    expect(refreshes(stage).every(outcome => outcome === 'issued')).toBe(true);
    expect(reusedOf(stage)).toBe(0);
    expect(stored(stage)?.refusal).toBeUndefined();
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
    expect(mailsOf(stage)).toEqual([]);
  });

  it('A9 · tokens that end sooner than was said: renewed when they are refused', () => {
    const stage = connected();
    stage.advance(`${NEXT}T00:30`);
    stage.simulator.revokeToken(stored(stage)!.access);
    stage.advance(`${NEXT}T07:10`);
    expect(refreshes(stage)).toEqual(['issued']);
    expect(problemsOf(stage, { days: [DAY] })).toEqual([]);
    expect(mailsOf(stage)).toEqual([]);
  });
});

describe('A10 · what is kept gets lost', () => {
  const LOST: [string, (stage: Stage) => void, days?: string[]][] = [
    ['the tokens', stage => void stage.world.properties().delete('connection')],
    // What was to be reported is forgotten, too: set-up begins with the day on which it is chosen.
    ['everything', stage => stage.world.properties().clear(), [NEXT]],
    [
      'half of the document',
      stage => stage.world.properties().set('connection', '{"version":1,"access":"ab'),
    ],
    ['all but an empty object', stage => stage.world.properties().set('connection', '{}')],
  ];

  it.each(LOST)(
    'A10 · %s: nothing is sent, it is said plainly, and connecting mends it',
    (_, lose, days = [DAY, NEXT]) => {
      const stage = connected();
      stage.advance(`${NEXT}T00:30`);
      lose(stage);
      const before = stage.simulator.ledger.requests.length;
      stage.advance(`${NEXT}T07:10`);
      expect(stage.simulator.ledger.requests).toHaveLength(before);
      const told = logOf(stage, ['ERROR']).map(({ todo, what }) => `${what} ${todo}`);
      for (const text of told) expect(text).toMatch(/Не настроено: Настройки, строка «.+»: .+Нажмите/);
      typeKeys(stage, stage.simulator.issueCode());
      finishSetUp(stage);
      stage.advance(`${AFTER}T07:10`);
      expect(problemsOf(stage, { days })).toEqual([]);
    },
  );
});
