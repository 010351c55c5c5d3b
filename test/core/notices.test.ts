import fc from 'fast-check';
import {
  afterHealth,
  claimed,
  type JobHealth,
  NO_NOTICES,
  type Notices,
  noticesOf,
  sent,
  unclaimed,
} from '../../src/core/notices';

const NOW = 1_763_463_060_000;
const HOUR = 3_600_000;
const FAILS: JobHealth = { state: 'fails', passing: false };
const PASSING: JobHealth = { state: 'fails', passing: true };
const WORKS: JobHealth = { state: 'works' };
const NEUTRAL: JobHealth = { state: 'neutral' };

/** The notices after these runs of a job, an hour apart; every mail says which change it tells and since when. */
function noticesAfter(
  healths: readonly JobHealth[],
  { job = 'report', wanted = true, from = NO_NOTICES } = {},
): Notices {
  return healths.reduce<Notices>((now, health, nth) => {
    const words = {
      id: `${job}-${nth}`,
      fails: (since: number) => ({ subject: `fails since ${(since - NOW) / HOUR}`, body: 'why' }),
      works: (since: number) => ({ subject: `works, failed since ${(since - NOW) / HOUR}`, body: '' }),
    };
    return afterHealth(now, job, health, NOW + nth * HOUR, wanted ? words : undefined);
  }, from);
}
const subjects = ({ outbox }: Notices) => outbox.map(({ subject }) => subject);

describe('I7, L2 · afterHealth', () => {
  it.each<[string, JobHealth[], string[]]>([
    ['a job that works', [WORKS, WORKS], []],
    ['one failure', [WORKS, FAILS], ['fails since 1']],
    ['a failure that stays', [FAILS, FAILS, FAILS], ['fails since 0']],
    ['and passes', [FAILS, FAILS, WORKS, WORKS], ['fails since 0', 'works, failed since 0']],
    ['and comes back', [FAILS, WORKS, FAILS], ['fails since 0', 'works, failed since 0', 'fails since 2']],
    ['a fault that passes by itself', [PASSING, WORKS], []],
    ['one that does not', [PASSING, PASSING, PASSING], ['fails since 0']],
    ['one that does not, with runs between that say nothing', [PASSING, NEUTRAL, PASSING], ['fails since 0']],
    ['a passing fault that turns into another', [PASSING, FAILS], ['fails since 0']],
    ['runs that say nothing are no recovery', [FAILS, NEUTRAL, NEUTRAL], ['fails since 0']],
    ['two blinks', [PASSING, WORKS, PASSING, WORKS], []],
  ])('I7 · %s: the mails are %j', (_, healths, mails) => {
    expect(subjects(noticesAfter(healths))).toEqual(mails);
  });

  it('I7 · remembers since when and how often, and forgets it with the recovery', () => {
    expect(noticesAfter([PASSING, FAILS]).failing).toEqual({ report: { since: NOW, runs: 2, told: true } });
    expect(noticesAfter([PASSING]).failing).toEqual({ report: { since: NOW, runs: 1, told: false } });
    expect(noticesAfter([FAILS, WORKS]).failing).toEqual({});
  });

  it('I7 · what changes nothing gives back the very same', () => {
    const before = noticesAfter([FAILS]);
    expect(noticesAfter([NEUTRAL], { from: before })).toBe(before);
    expect(noticesAfter([WORKS])).toBe(NO_NOTICES);
  });

  it('I7 · jobs fail and recover apart', () => {
    const both = noticesAfter([FAILS], { job: 'ping', from: noticesAfter([FAILS]) });
    expect(Object.keys(both.failing).sort()).toEqual(['ping', 'report']);
    const one = noticesAfter([WORKS], { job: 'ping', from: both });
    expect(Object.keys(one.failing)).toEqual(['report']);
    expect(subjects(one)).toHaveLength(3);
  });

  it('Q3 · where nobody wants mails none is written, and whoever then wants them is told of what still fails', () => {
    const silent = noticesAfter([FAILS, FAILS], { wanted: false });
    expect(silent).toEqual({ failing: { report: { since: NOW, runs: 2, told: false } }, outbox: [] });
    expect(subjects(noticesAfter([FAILS], { from: silent }))).toEqual(['fails since 0']);
    // A recovery of what was never told is no news.
    expect(subjects(noticesAfter([WORKS], { from: silent }))).toEqual([]);
  });

  it('L4 · long bodies are cut, and the outbox keeps the four newest: it must fit into a property', () => {
    const words = (nth: number) => ({
      id: `${nth}`,
      fails: () => ({ subject: `Монитор amoCRM: «Отчёт» не работает ${nth}`, body: 'ж'.repeat(5_000) }),
      works: () => ({ subject: 'works', body: '' }),
    });
    let notices = NO_NOTICES;
    for (let nth = 0; nth < 7; nth += 1) notices = afterHealth(notices, `job ${nth}`, FAILS, NOW, words(nth));
    expect(notices.outbox.map(({ id }) => id)).toEqual(['3', '4', '5', '6']);
    expect(notices.outbox[0]!.body).toHaveLength(800);
    expect(Buffer.byteLength(JSON.stringify(notices))).toBeLessThan(9 * 1024);
  });

  it('L1 · L2 · however a job flaps: failures and recoveries are told in turn, beginning with a failure', () => {
    const health = fc.constantFrom(FAILS, PASSING, WORKS, NEUTRAL);
    fc.assert(
      fc.property(fc.array(health), healths => {
        const told: string[] = [];
        let notices = NO_NOTICES;
        for (const [nth, one] of healths.entries()) {
          notices = afterHealth(notices, 'report', one, NOW + nth, {
            ...{
              id: `${nth}`,
              fails: () => ({ subject: 'F', body: '' }),
              works: () => ({ subject: 'W', body: '' }),
            },
          });
          told.push(...subjects(notices));
          notices = { ...notices, outbox: [] };
        }
        expect(told.join('')).toMatch(/^(FW)*F?$/);
      }),
    );
  });
});

describe('L5 · claimed and sent', () => {
  const waiting = noticesAfter([FAILS, WORKS]);

  it('L5 · the oldest is claimed, and stays until it is sent', () => {
    const claim = claimed(waiting)!;
    expect(claim.notice).toMatchObject({ subject: 'fails since 0', attempts: 1 });
    expect(subjects(claim.notices)).toEqual(['fails since 0', 'works, failed since 0']);
    expect(subjects(sent(claim.notices, claim.notice.id))).toEqual(['works, failed since 0']);
    expect(sent(claim.notices, 'another').outbox).toEqual(claim.notices.outbox);
    expect(claim.notices.failing).toEqual(waiting.failing);
  });

  it('L5 · one whose sending was cut short is repeated once, then given up: others get through', () => {
    let notices = waiting;
    const attempts: number[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      const claim = claimed(notices)!;
      attempts.push(claim.notice.attempts);
      notices = claim.notices;
    }
    expect(attempts).toEqual([1, 2, 1]);
    expect(subjects(notices)).toEqual(['works, failed since 0']);
  });

  it('Q3 · one that the platform refused waits as if it had not been tried, the first in the row', () => {
    let notices = waiting;
    for (let nth = 0; nth < 5; nth += 1) {
      const claim = claimed(notices)!;
      expect(claim.notice.attempts).toBe(1);
      notices = unclaimed(claim.notices, claim.notice);
      expect(notices).toEqual(waiting);
    }
    // Also at its last attempt, when it has left the row.
    const second = claimed(claimed(waiting)!.notices)!;
    expect(subjects(second.notices)).toHaveLength(1);
    expect(unclaimed(second.notices, second.notice).outbox).toMatchObject([
      { subject: 'fails since 0', attempts: 1 },
      { subject: 'works, failed since 0', attempts: 0 },
    ]);
  });

  it('L5 · an empty outbox has nothing to claim', () => {
    expect(claimed(NO_NOTICES)).toBeUndefined();
  });
});

describe('A10 · noticesOf', () => {
  it('reads back what was written', () => {
    const notices = noticesAfter([FAILS, WORKS, FAILS]);
    expect(noticesOf(JSON.stringify(notices))).toEqual(notices);
  });

  it.each([undefined, '', 'x', 'null', '{}'])('A10 · from %j knows of nothing', text => {
    expect(noticesOf(text)).toEqual(NO_NOTICES);
  });
});
