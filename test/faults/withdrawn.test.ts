import type { Stage } from '../campaign/stage';
import { tableRows } from '../campaign/tables';
import { typeSetting } from '../local/typeSetting';
import { shiftDate } from '../simulator/wallClock';
import {
  cellOf,
  connectAnew,
  connected,
  connectedByToken,
  finishSetUp,
  MASK,
  problemsOf,
  reconnect,
  refreshes,
  reusedOf,
  sentSince,
  stateOf,
  statusText,
  stored,
  tablesOf,
  typeKeys,
} from './connected';
import { DAY, EVENTS, logOf, mailsOf, NEXT } from './night';

const AFTER = '2026-11-20';
const BUSY = { busy: { date: DAY, events: 7_000 } };

describe('M10 · the token is refused in the middle', () => {
  it('M10 · at the 57th page of a day: one renewal, and it goes on at that page', () => {
    const nth = 57;
    const stage = connected(BUSY);
    const { simulator, world } = stage;
    stage.advance(`${NEXT}T02:30`);
    simulator.meanwhile(EVENTS, nth, () => simulator.revokeToken(stored({ world })!.access));
    stage.advance(`${NEXT}T07:10`);
    const requests = simulator.ledger.requests
      .filter(({ path }) => path === '/api/v4/events')
      .map(({ query, status }) => ({ page: JSON.stringify(query), status }));
    const refused = requests.filter(({ status }) => status === 401).map(({ page }) => page);
    const answered = requests.filter(({ status }) => status !== 401).map(({ page }) => page);
    // The page, and those that left together with it: each is asked once more, and no other.
    expect(requests.findIndex(({ status }) => status === 401)).toBe(nth - 1);
    expect(refused.length).toBeLessThanOrEqual(5);
    expect(answered).toEqual(expect.arrayContaining(refused));
    // But the last hour, which is read twice, and a window's end, where it was found before what lies before it.
    const lastHour = stage.at(`${DAY}T23:00`) / 1000 - 1;
    const begins = (page: string) => Number(JSON.parse(page)['filter[created_at][from]']);
    const again = answered.filter((page, index) => answered.indexOf(page) < index && begins(page) < lastHour);
    expect(new Set(again.map(begins)).size).toBe(again.length);
    // That of the night, and the one that the refusal asked for.
    expect(refreshes(stage)).toEqual(['issued', 'issued']);
    expect(problemsOf(stage, { days: [DAY] })).toEqual([]);
    expect(mailsOf(stage)).toEqual([]);
  });

  it('M10 · access is withdrawn for good: all pauses, it is told once; connected after three days, all days are made up', () => {
    const stage = connected(BUSY);
    stage.advance(`${NEXT}T02:30`);
    stage.simulator.meanwhile(EVENTS, 20, () => stage.simulator.revokeAccess());
    stage.advance(`${NEXT}T03:30`);
    expect(stored(stage)?.refusal).toMatchObject({ cause: 'tokens-revoked' });
    const since = stage.world.now();
    stage.advance('2026-11-22T12:10');
    expect(sentSince(stage, since)).toEqual([]);
    expect(logOf(stage, ['ERROR']).map(({ what }) => what)).toEqual([
      expect.stringMatching(/^amoCRM отозвал доступ.*остановлены с 19\.11\.2026 03:0/),
    ]);
    expect(mailsOf(stage)).toEqual(['amoCRM Monitor: «Подключение» не работает']);
    expect(statusText(stage)).toMatch(/не действует, нажмите «Подключить amoCRM…»/);
    expect(stateOf(stage)).toMatchObject({ connection: 'refused', way: 'oauth' });
    expect(reusedOf(stage)).toBe(0);

    expect(reconnect(stage)).toMatchObject({ ok: true });
    stage.advance('2026-11-23T05:10');
    const missed = [0, 1, 2, 3, 4].map(days => shiftDate(DAY, days));
    expect(problemsOf(stage, { days: missed })).toEqual([]);
    expect(mailsOf(stage)).toEqual([
      'amoCRM Monitor: «Подключение» не работает',
      expect.stringMatching(/Подключение» снова работает/),
    ]);
    const pings = tableRows(stage.world.workbook, 'pings')!.map(({ cells }) =>
      Object.values(cells).join(' '),
    );
    expect(pings.filter(text => text.includes('amoCRM не подключён'))).toHaveLength(20);
  });

  it('M10 · an integration that is switched off and on again, with a long-lived token: it comes back by itself', () => {
    const stage = connectedByToken();
    stage.advance(`${NEXT}T10:10`);
    stage.simulator.switchOff();
    const since = stage.world.now();
    stage.advance('2026-11-21T12:10');
    expect(stored(stage)?.refusal).toBeDefined();
    // Two refusals are believed, and one more a day is asked for.
    expect(sentSince(stage, since).length).toBeLessThanOrEqual(5);
    expect(mailsOf(stage)).toHaveLength(1);
    stage.simulator.switchOn();
    stage.advance('2026-11-22T08:10');
    expect(stored(stage)?.refusal).toBeUndefined();
    expect(problemsOf(stage, { days: [DAY, NEXT, AFTER, '2026-11-21'] })).toEqual([]);
    expect(mailsOf(stage)).toHaveLength(2);
  });

  it('M10 · an integration that is switched off, with OAuth: asked no more, and a person connects again', () => {
    const stage = connected();
    stage.advance(`${NEXT}T10:10`);
    stage.simulator.switchOff();
    stage.advance(`${NEXT}T20:10`);
    const since = stage.world.now();
    stage.advance(`${AFTER}T20:10`);
    expect(sentSince(stage, since)).toEqual([]);
    stage.simulator.switchOn();
    expect(connectAnew(stage)).toMatchObject({ ok: true });
    stage.advance('2026-11-21T05:10');
    expect(problemsOf(stage, { days: [DAY, NEXT, AFTER] })).toEqual([]);
  });
});

describe('M10 · the account moves', () => {
  const MOVES: [string, (stage: Stage) => void, string][] = [
    ['is renamed (401)', ({ simulator }) => simulator.rename('new-name'), 'new-name.amocrm.ru'],
    [
      'is renamed (404)',
      ({ simulator }) => simulator.rename('new-name', { oldHost: 404 }),
      'new-name.amocrm.ru',
    ],
    [
      'goes to kommo.com',
      ({ simulator }) => simulator.rename('demo', { zone: 'kommo.com' }),
      'demo.kommo.com',
    ],
  ];

  it.each(MOVES)('M10 · it %s: followed, the cell shows it, nothing is lost', (_, move, host) => {
    const stage = connected();
    stage.advance(`${NEXT}T00:30`);
    move(stage);
    stage.advance(`${NEXT}T07:10`);
    expect(cellOf(stage, 'baseUrl')).toBe(host);
    expect(refreshes(stage).filter(outcome => outcome === 'issued').length).toBeLessThanOrEqual(2);
    expect(refreshes(stage).filter(outcome => outcome !== 'issued')).toEqual([
      expect.stringMatching(/^moved/),
    ]);
    stage.advance(`${AFTER}T05:10`);
    expect(refreshes(stage).filter(outcome => outcome !== 'issued')).toHaveLength(1);
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
    expect(logOf(stage, ['WARN']).filter(({ what }) => what.includes(`теперь ${host}`))).toHaveLength(1);
    expect(mailsOf(stage)).toEqual([]);
  });

  it('M10 · it moves in the middle of a day, and again a day later', () => {
    const stage = connected(BUSY);
    stage.advance(`${NEXT}T02:30`);
    stage.simulator.meanwhile(EVENTS, 20, () => stage.simulator.rename('second'));
    stage.advance(`${NEXT}T07:10`);
    expect(problemsOf(stage, { days: [DAY] })).toEqual([]);
    stage.simulator.rename('third', { zone: 'kommo.com', oldHost: 404 });
    stage.advance(`${AFTER}T07:10`);
    expect(cellOf(stage, 'baseUrl')).toBe('third.kommo.com');
    // The links of the day before lead where the account was then.
    const ofLinks = new RegExp(`^(processes|loops) ${DAY}: no row with .* example `);
    expect(problemsOf(stage, { days: [DAY, NEXT] }).filter(problem => !ofLinks.test(problem))).toEqual([]);
    expect(stored(stage)?.refusal).toBeUndefined();
  });
});

describe('M15 · a copy of the spreadsheet', () => {
  it.each([false, true])(
    'M15 · with properties: %s: it is disconnected, says so, and works alone once set up',
    withProperties => {
      const stage = connected();
      stage.advance(`${NEXT}T10:10`);
      const world = stage.world.copy({ withProperties });
      const copy = { world };
      const secrets = () => world.properties().entries().join().includes('PLANTED5ECRET');
      const before = stage.simulator.ledger.requests.length;
      world.run('onOpen', { context: 'simple-trigger' });
      world.run('pingNow', { context: 'menu', answers: () => 'OK' });
      world.advanceTo(world.now() + 86_400_000);
      world.run('runReportNow', { context: 'menu', answers: () => 'OK' });
      expect(stateOf(copy)).toMatchObject({ connection: 'none' });
      expect(statusText(copy)).not.toMatch(/OAuth, обновляется само/);
      expect(stage.simulator.ledger.requests).toHaveLength(before);
      expect({ mail: world.mail, secrets: secrets() }).toEqual({ mail: [], secrets: false });
      const said = tableRows(world.workbook, 'log')!.map(({ cells }) => String(cells['what']));
      expect(said.filter(what => /копи/i.test(what))).toHaveLength(1);

      const { clientId, clientSecret } = stage.simulator.integration;
      const code = stage.simulator.issueCode();
      typeSetting(world, 'clientId', clientId);
      typeSetting(world, 'clientSecret', clientSecret);
      // The address in the integration is the original's; the copy is told so.
      typeSetting(world, 'redirectUri', stage.simulator.integration.redirectUri);
      typeSetting(world, 'authCode', code);
      world.run('setUp', {
        context: 'menu',
        answers: ({ buttons }) => (buttons.includes('NO') ? 'NO' : 'OK'),
      });
      expect(stateOf(copy)).toMatchObject({ connection: 'works', way: 'oauth' });
      world.advanceTo(world.now() + 86_400_000);
      expect(tableRows(world.workbook, 'days')!.length).toBeGreaterThan(1);

      stage.advance(`${AFTER}T07:10`);
      expect(problemsOf(stage, { days: [DAY, NEXT], manners: { perSecond: 7 } })).toEqual([]);
      expect(stored(stage)?.refusal).toBeUndefined();
      expect(reusedOf(stage)).toBe(0);
    },
  );
});

describe('M15 · disconnecting', () => {
  it.each([
    ['OAuth', connected],
    ['a long-lived token', connectedByToken],
  ])('M15 · %s: secrets and triggers go, data stays, and connecting again works', (_, made) => {
    const stage = made();
    stage.advance(`${NEXT}T10:10`);
    const tables = tablesOf(stage);
    const since = stage.world.now();
    stage.click('uninstall', { consents: true });
    const properties = stage.world.properties().entries().join();
    expect(properties).not.toContain('PLANTED5ECRET');
    expect(stored(stage)).toBeUndefined();
    expect(['token', 'clientSecret', 'authCode'].map(key => cellOf(stage, key))).toEqual(['', '', '']);
    expect(stage.world.triggers).toEqual([]);
    expect(tablesOf(stage)).toBe(tables);
    stage.advance(`${NEXT}T20:10`);
    expect(sentSince(stage, since)).toEqual([]);
    expect(stateOf(stage).connection).toBe('none');

    typeKeys(stage, stage.simulator.issueCode());
    finishSetUp(stage);
    expect(cellOf(stage, 'clientSecret')).toBe(MASK);
    stage.advance(`${AFTER}T07:10`);
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
  });
});

it('M10 · a week with tokens of a day: one renewal a day, and none with a token that was used', () => {
  const stage = connected({ oauth: { accessLifeSeconds: 86_400 }, perDay: 10 });
  stage.firings = ({ handler }, at) =>
    handler === 'hourlyPing' && new Date(at).getUTCHours() < 18 ? 'lost' : undefined;
  stage.advance('2026-11-25T00:00');
  const renewed = stage.simulator.ledger.tokens
    .filter(({ grant }) => grant === 'refresh_token')
    .map(({ at }) => new Date(at + 3 * 3_600_000).toISOString().slice(0, 10));
  expect(renewed).toEqual([1, 2, 3, 4, 5, 6].map(days => shiftDate(DAY, days)));
  expect(refreshes(stage).every(outcome => outcome === 'issued')).toBe(true);
  expect(problemsOf(stage, { days: [0, 1, 2, 3, 4, 5].map(days => shiftDate(DAY, days)) })).toEqual([]);
  expect(logOf(stage, ['ERROR'])).toEqual([]);
});
