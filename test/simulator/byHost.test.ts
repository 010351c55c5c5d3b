import { LATER, requestTo } from './asking';
import { access, byCode, byRefresh, opened } from './askingForTokens';
import { byHost } from './byHost';
import type { Simulator } from './simulator';

const accounts = () => [
  opened({}, { accountId: 1 }),
  opened({}, { accountId: 2, subdomain: 'other', zone: 'amocrm.ru' }),
];

/** What the network answers to a plain call, and which account it is of. */
function called(simulators: readonly Simulator[], host: string, token: string) {
  const request = requestTo(simulators[0]!, '/api/v4/account', { host, token });
  const answer = byHost(simulators).handle(request, LATER);
  if ('failure' in answer) return answer.failure;
  return answer.status === 200 ? JSON.parse(answer.body).id : answer.status;
}

function whereabouts(simulators: readonly Simulator[], token: string) {
  const request = requestTo(simulators[0]!, '/oauth2/account/current/subdomain', {
    token: null,
    host: 'api-a.amocrm.ru',
    headers: { 'X-Refresh-Token': token },
  });
  const answer = byHost(simulators).handle(request, LATER);
  return 'failure' in answer || answer.status !== 200 ? 'unknown' : JSON.parse(answer.body).domain;
}

test('each account answers for its host and its tokens only', () => {
  const [demo, other] = accounts() as [Simulator, Simulator];
  const token = byCode(other).json.access_token;
  expect(called([demo, other], 'demo.amocrm.ru', demo.token)).toBe(1);
  expect(called([demo, other], 'other.amocrm.ru', token)).toBe(2);
  expect(called([demo, other], 'demo.amocrm.ru', token)).toBe(401);
  expect(called([demo, other], 'third.amocrm.ru', token)).toBe('dns');
  expect([demo, other].map(({ ledger }) => ledger.violations)).toEqual([[], []]);
  expect(demo.ledger.requests).toHaveLength(2);
});

test("the zone's API host tells each token's account", () => {
  const both = accounts() as [Simulator, Simulator];
  const [first, second] = both.map(one => byCode(one).json.refresh_token);
  expect(first).not.toBe(second);
  both[0].rename('better');
  expect([first, second, 'strange'].map(token => whereabouts(both, token))).toEqual([
    'better.amocrm.ru',
    'other.amocrm.ru',
    'unknown',
  ]);
});

test('a host that one account left may be the next account’s', () => {
  const both = accounts() as [Simulator, Simulator];
  const [demo, other] = both;
  demo.rename('better');
  expect(called(both, 'demo.amocrm.ru', demo.token)).toBe(401);
  expect(called(both, 'better.amocrm.ru', demo.token)).toBe(1);
  const heard = other.ledger.requests.length;
  other.rename('demo');
  expect(called(both, 'demo.amocrm.ru', other.token)).toBe(2);
  expect(other.ledger.requests).toHaveLength(heard + 1);
});

test("one account's secrets at another are told, but not where it was before", () => {
  const both = accounts() as [Simulator, Simulator];
  const [demo, other] = both;
  const network = byHost(both);
  const { access_token: token, refresh_token } = byCode(demo).json;
  const send = (host: string) => {
    network.handle(requestTo(demo, '/api/v4/account', { token, host }), LATER);
    network.handle(
      requestTo(demo, '/x', { token: null, headers: { 'X-Refresh-Token': refresh_token }, host }),
      LATER,
    );
  };
  send('other.amocrm.ru');
  expect(network.violations).toEqual([
    'a token of demo.amocrm.ru went to other.amocrm.ru',
    'a refresh token of demo.amocrm.ru went to other.amocrm.ru',
  ]);
  demo.rename('better');
  other.rename('demo');
  send('demo.amocrm.ru');
  expect(network.violations).toHaveLength(2);
});

test('secrets that go to a host of nobody are told', () => {
  const both = accounts();
  const network = byHost(both);
  const request = requestTo(both[0]!, '/api/v4/account', { host: 'third.amocrm.ru' });
  expect(network.handle(request, LATER)).toEqual({ failure: 'dns' });
  expect(network.roundTripMs(request, LATER)).toBe(0);
  expect(network.violations).toEqual(['a token went to third.amocrm.ru']);
  expect(network.roundTripMs(requestTo(both[0]!, '/api/v4/account'), LATER)).toBeGreaterThan(0);
});

test('pairs of two accounts of one integration are strangers to each other', () => {
  const [demo, other] = accounts() as [Simulator, Simulator];
  const [first, second] = [demo, other].map(one => byCode(one).json);
  expect(byRefresh(demo, second.refresh_token).status).toBe(401);
  expect(access(other, first.access_token)).toBe(401);
});

test('accounts that are alike are refused', () => {
  expect(() => byHost([opened(), opened()])).toThrow('accountId');
});
