import type { Stage } from '../campaign/stage';
import type { FaultEffect } from '../simulator/faults';
import { ALWAYS } from './answers';
import {
  ask,
  cellOf,
  company,
  connected,
  type Order,
  problemCell,
  problemsOf,
  reconnect,
  said,
  statusText,
  stored,
} from './connected';
import { DAY, NEXT } from './night';

/** Addresses that only look like amoCRM's. */
const HOSTILE = [
  'demo.amocrm.ru.evil.example',
  'https://demo.amocrm.ru@evil.example/',
  'https://demo.amocrm.ru:secret@evil.example/',
  'evil.example/demo.amocrm.ru',
  'https://evil.example#.amocrm.ru',
  'https://evil.example?.amocrm.ru',
  'evil.example\\.amocrm.ru',
  'demo.amocrm.ru:8080',
  'xn--dem-1na.xn--amocrm-l0e.ru',
  'xn--demo.amocrm.ru.evil.example',
  'demo。amocrm。ru',
  'demo．amocrm.ru',
  'dеmo.amocrm.ru',
  'demo.аmocrm.ru',
  'demo.amocrm.ru\u2024evil.example',
  'demo.amocrm.rus',
  'demo-amocrm.ru',
  'a.demo.amocrm.ru',
  'www.amocrm.ru',
  '//demo.amocrm.ru',
  'ftp://demo.amocrm.ru',
  'javascript:demo',
  'data:text/html,demo.amocrm.ru',
  '127.0.0.1',
  '[::1]',
];

/** Every host that was asked, and what the network has to say of secrets that went astray. */
function hostsOf({ simulator }: Stage): string[] {
  const { requests, violations } = simulator.ledger;
  return [...new Set([...requests.map(({ host }) => host), ...violations])].sort();
}

const HOME = ['demo.amocrm.ru'];

describe('M15 · a host that only looks like amoCRM never receives a token', () => {
  it('M15 · all of them, typed into its cell', () => {
    const stage = connected();
    const before = stage.simulator.ledger.requests.length;
    for (const address of HOSTILE) {
      stage.set('baseUrl', address);
      expect({ address, problem: problemCell(stage, 'baseUrl') }).not.toEqual({ address, problem: '' });
      stage.fire('hourlyPing');
      stage.click('pingNow');
      stage.click('checkConnection');
    }
    expect(stage.simulator.ledger.requests).toHaveLength(before);
    expect(hostsOf(stage)).toEqual(HOME);
  });

  it('M15 · all of them, answered to the question of set-up, with a token after it', () => {
    const stage = company();
    stage.world.run('onOpen', { context: 'simple-trigger' });
    for (const address of HOSTILE) {
      stage.click('setUp', { address, token: stage.simulator.token });
      stage.click('pingNow');
    }
    expect(cellOf(stage, 'baseUrl')).toBe(HOSTILE.at(-1));
    expect(hostsOf(stage)).toEqual([]);
  });

  it('M15 · all of them, entered in the sidebar: refused, and the address stays', () => {
    const stage = connected();
    for (const address of HOSTILE) {
      expect(said(ask(stage, { ask: 'address', address }))).toMatchObject({ ok: false, field: 'address' });
      expect(cellOf(stage, 'baseUrl')).toBe('demo.amocrm.ru');
    }
    ask(stage, { ask: 'check' });
    expect(hostsOf(stage)).toEqual(HOME);
  });

  it('M15 · all of them, as the account that a consent comes back from', () => {
    const stage = connected();
    const { clientId } = stage.simulator.integration;
    for (const referer of HOSTILE) {
      const { value } = ask(stage, { ask: 'link', clientId, clientSecret: '' });
      const { link } = value as { link: string };
      expect(new URL(link).origin).toBe('https://www.amocrm.ru');
      const state = new URL(link).searchParams.get('state')!;
      const query = new URLSearchParams({ code: stage.simulator.issueCode(), state, referer, platform: '1' });
      stage.world.visit(`${stage.world.callbackUrl}?${query}`);
      expect(cellOf(stage, 'baseUrl')).toBe('demo.amocrm.ru');
    }
    expect(hostsOf(stage)).toEqual(HOME);
    expect(stored(stage)?.refusal).toBeUndefined();
  });

  it('M15 · a consent that comes back refused, without a code, or with nonsense changes nothing', () => {
    const stage = connected();
    const { clientId } = stage.simulator.integration;
    const before = stored(stage);
    for (const returned of [{ error: 'access_denied' }, {}, { code: '' }, { code: 'код' }]) {
      const { value } = ask(stage, { ask: 'link', clientId, clientSecret: '' });
      const state = new URL((value as { link: string }).link).searchParams.get('state')!;
      const query = new URLSearchParams({ ...returned, state, referer: 'other.amocrm.ru' });
      const { page } = stage.world.visit(`${stage.world.callbackUrl}?${query}`);
      expect(page?.html).toMatch(/не изменилось/);
    }
    expect(stored(stage)).toEqual(before);
    expect(cellOf(stage, 'baseUrl')).toBe('demo.amocrm.ru');
    expect(hostsOf(stage)).toEqual(HOME);
  });
});

const redirect =
  (status: number): FaultEffect =>
  () => ({ status, headers: { Location: 'https://evil.example/api/v4/account' }, body: '' });

it.each([302, 307])(
  'M15 · a redirect (%d) to another host is not followed, neither with an access token nor with a refresh token',
  status => {
    const stage = connected();
    stage.advance(`${NEXT}T02:30`);
    stage.simulator.plan('*', redirect(status), { times: ALWAYS });
    stage.advance(`${NEXT}T07:10`);
    expect(hostsOf(stage)).toEqual(['api-a.amocrm.ru', 'demo.amocrm.ru']);
    stage.simulator.heal();
    reconnect(stage);
    stage.advance('2026-11-20T05:10');
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
  },
);

describe('M15 · where the account is said to be now', () => {
  const SUBDOMAIN = '/oauth2/account/current/subdomain';
  const told =
    (change: object): FaultEffect =>
    () => ({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: 31_000_001, subdomain: 'x', domain: 'x.amocrm.ru', ...change }),
    });
  /** The account has left its address, and the answer to where it is now was tampered with. */
  function moved(change: (stage: Stage) => object, order: Order = {}): Stage {
    const stage = connected(order);
    stage.advance(`${NEXT}T00:30`);
    stage.simulator.plan(SUBDOMAIN, told(change(stage)), { times: ALWAYS });
    stage.simulator.rename('new-name');
    stage.advance(`${NEXT}T07:10`);
    return stage;
  }

  it.each(HOSTILE.filter((_, index) => index % 5 === 0))('M15 · %s is not followed', domain => {
    const stage = moved(({ simulator }) => ({ id: simulator.account.id, domain }));
    expect(hostsOf(stage)).toEqual(['api-a.amocrm.ru', 'demo.amocrm.ru']);
    expect(cellOf(stage, 'baseUrl')).toBe('demo.amocrm.ru');
  });

  it('M15 · an address of another account is not followed, and a person is asked', () => {
    const stage = moved(({ simulator }) => ({ id: simulator.account.id + 1, domain: 'x.amocrm.ru' }));
    expect(hostsOf(stage)).toEqual(['api-a.amocrm.ru', 'demo.amocrm.ru']);
    expect(statusText(stage)).toMatch(/не действует/);
    stage.simulator.heal();
    stage.set('baseUrl', 'new-name.amocrm.ru');
    expect(reconnect(stage)).toMatchObject({ ok: true });
    stage.advance('2026-11-20T05:10');
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
  });

  it.each([
    'api-a.amocrm.ru.evil.example',
    'api-a.amocrm.ru@evil.example',
    'evil.example',
    'api-a.amocrm.ru:8080',
  ])('M15 · a token that names %s as the host to be asked', apiHost => {
    const stage = connected();
    stage.advance(`${NEXT}T00:30`);
    const properties = stage.world.properties();
    const connection = stored(stage)!;
    const [head, , signature] = connection.access.split('.');
    const claims = Buffer.from(JSON.stringify({ account_id: 5, api_domain: apiHost })).toString('base64url');
    properties.set('connection', JSON.stringify({ ...connection, access: `${head}.${claims}.${signature}` }));
    stage.simulator.rename('new-name');
    stage.advance(`${NEXT}T07:10`);
    expect(hostsOf(stage)).toEqual(HOME);
    expect(statusText(stage)).toMatch(/не действует/);
  });
});

it('M15 · nothing that was typed is asked before it is complete', () => {
  const stage = company();
  stage.world.run('onOpen', { context: 'simple-trigger' });
  stage.click('setUp', { address: 'evil.example', token: '' });
  stage.set('clientId', stage.simulator.integration.clientId);
  stage.set('clientSecret', stage.simulator.integration.clientSecret);
  stage.set('authCode', stage.simulator.issueCode());
  stage.click('setUp', { address: '', token: '' });
  expect(hostsOf(stage)).toEqual([]);
});
