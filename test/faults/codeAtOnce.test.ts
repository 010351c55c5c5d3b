import { isLook } from '../campaign/likeness';
import type { Stage } from '../campaign/stage';
import type { Outcome, RunOptions } from '../emulator/outcome';
import { ask, finishSetUp, problemsOf, type Said, said, stored, withKeysTyped } from './connected';
import { DAY, logOf, mailsOf, NEXT } from './night';
import { everyNth } from './sweep';

type How = Pick<RunOptions, 'onCall' | 'cut'>;
type Act = (stage: Stage, how: How) => Outcome;

const ping: Act = (stage, how) => stage.fire('hourlyPing', how);
const setUp: Act = (stage, how) => stage.click('setUp', { token: '' }, how);
const sidebar: Act = (stage, how) => {
  const { clientId, clientSecret } = stage.simulator.integration;
  // The code that stands in its cell, as somebody does who is not sure.
  const code = JSON.parse(stage.world.properties().get('typed')!).code as string;
  return stage.world.callFromPage('connectRequest', { ask: 'code', clientId, clientSecret, code }, how);
};

const PAIRS: [string, Act, Act][] = [
  ['a ping in a set-up', setUp, ping],
  ['a set-up in a ping', ping, setUp],
  ['a ping in a ping', ping, ping],
  ['a ping in the sidebar', sidebar, ping],
  ['a set-up in the sidebar', sidebar, setUp],
];

const FETCH = 'UrlFetchApp.fetch';

function callsUntilConnected(first: Act): readonly string[] {
  const { calls } = first(withKeysTyped(), {});
  const fetches = calls.flatMap((call, index) => (call === FETCH ? [index] : []));
  return calls.slice(0, fetches[1]! + 1);
}

function meet(first: Act, second: Act, at: number): string[] {
  const stage = withKeysTyped();
  let met = false;
  const outcome = first(stage, {
    onCall(_, index) {
      if (met || index !== at) return;
      met = true;
      second(stage, {});
    },
  });
  const problems: string[] = [];
  if (first === sidebar) {
    const { ok, what }: Said = said(outcome);
    const isBusy = /уже выполняется|Хранилище занято/.test(what);
    if (!ok && !isBusy) problems.push(`the sidebar says: ${what}`);
  }
  stage.fire('hourlyPing');
  const { refusal, renewal } = stored(stage) ?? {};
  const heard = stage.simulator.ledger.tokens.map(({ outcome: came }) => came);
  finishSetUp(stage);
  stage.advance(`${NEXT}T05:10`);
  return [
    ...problems,
    ...(met ? [] : ['they did not meet']),
    ...(heard.join() === 'issued' ? [] : [`asked for tokens: ${heard.join()}`]),
    ...(renewal && !refusal ? [] : ['not connected']),
    ...(mailsOf(stage).length === 0 ? [] : mailsOf(stage)),
    ...logOf(stage)
      .slice(1)
      .flatMap(({ what }) => (/уже выполняется|Хранилище занято/.test(what) ? [] : [`told: ${what}`])),
    ...problemsOf(stage, { days: [DAY], manners: { perSecond: 7 } }),
  ];
}

describe('A8 · a code that works once, and two runs that find it', () => {
  it.each(PAIRS)('A8 · %s: one of them exchanges it, both are content', (_, first, second) => {
    const calls = callsUntilConnected(first);
    const places = calls.flatMap((call, index) => (isLook(call) && call !== FETCH ? [] : [index + 1]));
    const problems = everyNth(places, 3).flatMap(at =>
      meet(first, second, at).map(problem => `at ${at}, ${calls[at - 1]}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });
});

it('A8 · pressed twice: the second time it is known that the code has done its work', () => {
  const stage = withKeysTyped();
  const { clientId, clientSecret } = stage.simulator.integration;
  const request = { ask: 'code', clientId, clientSecret, code: stage.simulator.issueCode() };
  expect(said(ask(stage, request))).toMatchObject({ ok: true });
  expect(said(ask(stage, request))).toMatchObject({ ok: true });
  expect(stage.simulator.ledger.tokens.map(({ outcome }) => outcome)).toEqual(['issued']);
});

it('M15 · a code without an address: the address is asked for, and nothing is sent', () => {
  const stage = withKeysTyped();
  stage.set('baseUrl', '');
  const { clientId, clientSecret } = stage.simulator.integration;
  const answer = said(ask(stage, { ask: 'code', clientId, clientSecret, code: stage.simulator.issueCode() }));
  expect(answer).toMatchObject({ ok: false, field: 'address' });
  expect(stage.simulator.ledger.requests).toEqual([]);
});
