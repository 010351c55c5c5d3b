import type { ConnectState } from '../../src/core/connectRequest';
import { hasConsented, pauseBeforeAsking } from '../../src/ui/connect/waiting';

const MINUTE = 60_000;

describe('waiting for consent', () => {
  it.each([
    [0, 3_000],
    [2 * MINUTE - 1, 3_000],
    [2 * MINUTE, 10_000],
    [20 * MINUTE - 1, 10_000],
    [20 * MINUTE, undefined],
  ])('after %d ms asks in %p ms', (waited, pause) => {
    expect(pauseBeforeAsking(waited)).toBe(pause);
  });

  const none: ConnectState = {
    language: 'ru',
    address: 'a.amocrm.ru',
    connection: 'none',
    account: '',
    way: '',
    clientId: 'abc',
    hasSecret: true,
    redirectUri: 'https://script.google.com/',
  };
  const byToken: ConnectState = { ...none, connection: 'works', way: 'token', account: 'A' };
  const byOauth: ConnectState = { ...byToken, way: 'oauth' };

  it.each<[string, ConnectState, ConnectState, boolean, boolean]>([
    ['nothing yet', none, none, true, false],
    ['the consent', none, byOauth, false, true],
    ['the token of before', byToken, byToken, true, false],
    ['the consent in place of a token', byToken, byOauth, false, true],
    ['the keys of before, not been away', byOauth, byOauth, false, false],
    ['the keys of before, come back', byOauth, byOauth, true, true],
    ['another account', byOauth, { ...byOauth, account: 'B' }, false, true],
    ['the token of before, where nothing worked', none, byToken, false, true],
    ['refused since', byOauth, { ...byOauth, connection: 'refused' }, true, false],
  ])('%s', (_, before, now, cameBack, consented) => {
    expect(hasConsented(before, now, cameBack)).toBe(consented);
  });
});
