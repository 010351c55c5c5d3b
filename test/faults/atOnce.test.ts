import { isLook } from '../campaign/likeness';
import type { Stage } from '../campaign/stage';
import type { Outcome, RunOptions } from '../emulator/outcome';
import { connected, problemsOf, refreshes, reusedOf, stored } from './connected';
import { DAY, logOf, NEXT } from './night';
import { everyNth } from './sweep';

type How = Pick<RunOptions, 'onCall' | 'cut'>;
type Act = (stage: Stage, how: How) => Outcome;

const report: Act = (stage, how) => stage.fire('dailyReport', how);
const ping: Act = (stage, how) => stage.fire('hourlyPing', how);
const pingByHand: Act = (stage, how) => stage.click('pingNow', {}, how);
const reportByHand: Act = (stage, how) => stage.click('runReportNow', {}, how);

/** Two minutes to three: the tokens end at 03:25, so whoever comes first gets new ones. */
function beforeThree(): Stage {
  const stage = connected();
  stage.advance(`${NEXT}T02:58`);
  return stage;
}

const FETCH = 'UrlFetchApp.fetch';

/** The calls of the first execution up to its second request: the renewal, and the first thing asked. */
function callsUntilRenewed(first: Act): readonly string[] {
  const { calls } = first(beforeThree(), {});
  const fetches = calls.flatMap((call, index) => (call === FETCH ? [index] : []));
  return calls.slice(0, (fetches[1] ?? fetches.at(-1)!) + 1);
}

/** @returns what is wrong in the end */
function meet(first: Act, second: Act, at: number, withoutLease: boolean): string[] {
  const stage = beforeThree();
  const before = stage.simulator.ledger.tokens.length;
  let met = false;
  first(stage, {
    onCall(_, index) {
      if (met || index !== at) return;
      met = true;
      const properties = stage.world.properties();
      if (withoutLease) properties.delete('lease');
      second(stage, {});
    },
  });
  if (!met) throw new Error(`The first execution has no call ${at}`);
  const asked = stage.simulator.ledger.tokens.length - before;
  const works = stored(stage)?.refusal === undefined;
  stage.advance(`${NEXT}T03:20`);
  stage.advance(`${NEXT}T05:10`);
  return [
    ...(asked === 1 ? [] : [`${asked} requests for tokens`]),
    ...(reusedOf(stage) === 0 ? [] : ['a token was offered twice']),
    ...(refreshes(stage).every(outcome => outcome === 'issued') ? [] : [refreshes(stage).join()]),
    ...(works ? [] : ['refused']),
    ...problemsOf(stage, { days: [DAY], manners: withoutLease ? { perSecond: 7 } : {} }),
    // Here nobody can wait for the lock: whoever holds it goes on only afterwards.
    ...logOf(stage, ['ERROR']).flatMap(({ what }) => (what.startsWith('Хранилище занято') ? [] : [what])),
  ];
}

const PAIRS: [string, Act, Act][] = [
  ['a ping in the report', report, ping],
  ['the report in a ping', ping, report],
  ['a ping in a ping', ping, ping],
  ["a person's ping in the report", report, pingByHand],
  ["the report in a person's ping", pingByHand, report],
  ["a person's report in a ping", ping, reportByHand],
];

describe('A1 · two runs that both need new tokens at the same moment: one gets them, both go on', () => {
  it.each(PAIRS)('A1 · %s', (_, first, second) => {
    const calls = callsUntilRenewed(first);
    const places = calls.flatMap((call, index) => (isLook(call) && call !== FETCH ? [] : [index + 1]));
    const problems = everyNth(places, 2).flatMap(at =>
      meet(first, second, at, false).map(problem => `at ${at}, ${calls[at - 1]}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it.each(PAIRS)('A1 · %s, though the lease is gone and both are let in', (_, first, second) => {
    const calls = callsUntilRenewed(first);
    const lease = calls.indexOf('Lock.tryLock') + 1;
    const places = calls.flatMap((_, index) => (index > lease ? [index + 1] : []));
    // Before somebody looks again under the lock is where it matters most.
    const locks = places.filter(at => calls[at - 1] === 'Lock.tryLock');
    const problems = [...new Set([...locks.slice(0, 1), ...everyNth(places, 1)])].flatMap(at =>
      meet(first, second, at, true).map(problem => `at ${at}, ${calls[at - 1]}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });
});
