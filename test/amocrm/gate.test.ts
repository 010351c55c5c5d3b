import fc from 'fast-check';
import { gate } from '../../src/amocrm/gate';
import { AmoError } from '../../src/core/amoError';
import { FREE_LINE, type Line, lineOf } from '../../src/core/line';
import type { HttpRequest, HttpResult } from '../../src/ports';
import { thrownBy } from '../support/clientOver';
import { fakeClock } from '../support/fakeClock';
import { sentTogether, singly } from '../support/sentTogether';

const START = '2026-11-19T03:00:00+03:00';
const MINUTE = 60_000;

/** A world in which gates live: a clock, amoCRM that answers after the time-out asked for, and what runs share. */
function world(line: Line = FREE_LINE) {
  const clock = fakeClock(START);
  const times: { left: number; answered: number }[] = [];
  const shares: Line[] = [];
  const http = singly(({ timeoutMs: takes }) => {
    const left = clock.now();
    clock.pass(takes);
    times.push({ left, answered: clock.now() });
    return { failure: 'timeout', detail: '' };
  });
  const shared = {
    line,
    share() {
      shares.push(this.line);
    },
  };
  const run = (perSecond: number) => {
    const one = gate(http, clock, perSecond, shared);
    const send = (takes = 0) => one.ready()({ url: '', headers: {}, timeoutMs: takes });
    return { gate: one, send };
  };
  return { clock, times, shares, shared, run };
}

/** Sends requests that take these times, with work of ours before each; gives when each left and was answered. */
function sent(perSecond: number, requests: readonly { takes: number; before: number }[]) {
  const { clock, times, run } = world();
  const { send } = run(perSecond);
  for (const { takes, before } of requests) {
    clock.pass(before);
    send(takes);
  }
  return { times, clock };
}
const lefts = (times: readonly { left: number }[]) => times.map(({ left }) => left - times[0]!.left);

describe('M10, I8 · gate', () => {
  it('M10 · lets as many as allowed leave at once, then waits a second after the first answer', () => {
    const { times, clock } = sent(3, Array(5).fill({ takes: 100, before: 0 }));
    expect(lefts(times)).toEqual([0, 100, 200, 1_101, 1_201]);
    expect(clock.slept).toEqual([801]);
  });

  it('M10 · does not wait where the pace is slow by itself', () => {
    expect(sent(1, Array(5).fill({ takes: 1_500, before: 1_001 })).clock.slept).toEqual([]);
    expect(sent(5, Array(20).fill({ takes: 300, before: 0 })).clock.slept).toEqual([]);
  });

  it('M10 · keeps counting after many requests', () => {
    const { times } = sent(7, Array(200).fill({ takes: 0, before: 0 }));
    expect(lefts(times)[199]).toBe(28 * 1_001);
  });

  it('M10 · wherever on its way the server counts a request, no sliding second holds more than allowed, in one run or over several', () => {
    const request = fc.record({
      takes: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 3_000 })),
      before: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_500 })),
      /** Where between leaving and answer the server sees it, as a share. */
      seen: fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true })),
      /** Whether another run begins with it, which knows of the others what lies in the properties. */
      anew: fc.oneof(fc.constant(false), fc.boolean()),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(request, { maxLength: 60 }),
        (perSecond, requests) => {
          const { clock, times, shared, run } = world();
          let { send } = run(perSecond);
          for (const { takes, before, anew } of requests) {
            clock.pass(before);
            if (anew) {
              shared.line = lineOf(JSON.stringify(shared.line));
              send = run(perSecond).send;
            }
            send(takes);
          }
          const seen = times.map(
            ({ left, answered }, index) => left + requests[index]!.seen * (answered - left),
          );
          seen.forEach((at, index) => {
            const inSecond = seen.slice(index).filter(other => other - at <= 1_000);
            expect(inSecond.length).toBeLessThanOrEqual(perSecond);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('M10 · a run waits for the second of the run before, which may have been full', () => {
    const { clock, times, run } = world();
    const first = run(5);
    for (let nth = 0; nth < 5; nth += 1) first.send(10);
    clock.pass(300);
    const second = run(5);
    for (let nth = 0; nth < 5; nth += 1) second.send(10);
    expect(clock.slept).toEqual([701]);
    expect(lefts(times).slice(5)).toEqual([1_051, 1_061, 1_071, 1_081, 1_091]);
    expect([first.gate.requests, second.gate.requests]).toEqual([5, 5]);
  });

  it.each([
    ['ahead', 3_600_000],
    ['far ahead', 9e12],
  ])('T2 · a clock that went back, so that the last answer lies %s, costs a second at most', (_, ahead) => {
    const { clock, run } = world({ ...FREE_LINE, answeredAt: Date.parse(START) + ahead });
    run(5).send();
    expect(clock.slept).toEqual([1_001]);
    const { clock: other, run: again } = world();
    const { send } = again(1);
    send();
    other.set('2026-11-19T02:00:00+03:00');
    send();
    expect(other.slept).toEqual([1_001]);
  });

  it('M10 · waits before it gives the sending, which sends at once', () => {
    const { clock, times, run } = world();
    const { gate: one, send } = run(1);
    send();
    const later = one.ready();
    expect(clock.slept).toEqual([1_001]);
    expect(times).toHaveLength(1);
    expect(one.requests).toBe(1);
    later({ url: '', headers: {}, timeoutMs: 7 });
    expect(clock.slept).toHaveLength(1);
    expect(one.requests).toBe(2);
  });
});

/** A gate whose requests take as long as their time-out says, and get an answer of this kind. */
function together(perSecond: number, result: HttpResult = { status: 200, headers: {}, body: '{}' }) {
  const clock = fakeClock(START);
  const left: number[] = [];
  const sendAll = (requests: readonly HttpRequest[]) => {
    left.push(clock.now());
    return sentTogether(clock, requests, ({ timeoutMs }) => ({ takes: timeoutMs, answer: () => result }));
  };
  const shared = { line: FREE_LINE, share() {} };
  const one = gate({ send: request => sendAll([request])[0]!, sendAll }, clock, perSecond, shared);
  const send = (...takes: number[]) =>
    one.readyFor(takes.length)(takes.map(timeoutMs => ({ url: '', headers: {}, timeoutMs })));
  return { clock, gate: one, left, send, shared };
}

describe('M10, I8 · gate for requests that leave together', () => {
  it('M10 · the next ones leave a second after these have arrived, not a second after their answer', () => {
    const { left, send } = together(3);
    send(300);
    send(300, 300, 300);
    send(300, 300, 300);
    expect(left.map(at => at - left[0]!)).toEqual([0, 1_301, 2_325]);
  });

  it('M10 · as many as were allowed together may leave; a single one after them waits as well', () => {
    const { left, send } = together(3);
    send(100);
    send(100, 100);
    send(100, 100);
    send(100);
    expect(left.map(at => at - left[0]!)).toEqual([0, 100, 1_121, 1_221]);
  });

  it('M10 · where it is not known how quick amoCRM is, the second counts from the answer', () => {
    const { left, send } = together(2);
    send(400, 400);
    send(400, 400);
    expect(left[1]! - left[0]!).toBe(1_401);
  });

  it.each<[string, HttpResult]>([
    ['a failure', { failure: 'no-connection', detail: '' }],
    ['a refusal', { status: 503, headers: {}, body: '' }],
  ])('N1 · after %s it counts from the answer, and nothing is learnt of the way', (_, result) => {
    const { left, send, shared } = together(2, result);
    send(1, 1);
    send(400, 400);
    send(400, 400);
    expect(left.map(at => at - left[0]!)).toEqual([0, 1_002, 2_403]);
    expect(shared.line.journeys).toBe(FREE_LINE.journeys);
  });

  it('I8 · whatever the ways take, as long as a request and its answer share them, no sliding second holds more than allowed', () => {
    const arrivedBy = (at: number, takes: number) => at + takes / 2;
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.integer({ min: 50, max: 3_000 }),
        fc.integer({ min: 0, max: 400 }),
        fc.array(
          fc.array(fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), {
            minLength: 7,
            maxLength: 7,
          }),
          { maxLength: 20 },
        ),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 20, maxLength: 20 }),
        (perSecond, quickest, jitter, batches, pauses) => {
          const { clock, left, send } = together(perSecond);
          // So that the quickest is known.
          send(quickest);
          const takes = batches.map(shares =>
            shares.slice(0, perSecond).map(share => quickest + Math.round(share * jitter)),
          );
          takes.forEach((batch, index) => {
            clock.pass(pauses[index]!);
            send(...batch);
          });
          const arrived = [[quickest], ...takes].flatMap((batch, index) =>
            batch.map(one => arrivedBy(left[index]!, one)),
          );
          arrived.sort((a, b) => a - b);
          arrived.slice(perSecond).forEach((at, index) => {
            expect(at - arrived[index]!).toBeGreaterThan(1_000);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('I8 · a jam on the way there is not taken for slowness of amoCRM', () => {
    const { left, send } = together(7);
    send(100);
    for (let nth = 0; nth < 50; nth += 1) send(...Array<number>(7).fill(120));
    // All of what is unusual may have been on the way there.
    send(...Array<number>(7).fill(520));
    send(...Array<number>(7).fill(120));
    const [before, after] = left.slice(-2);
    expect(after! - before!).toBeGreaterThan(1_400);
  });

  it('M10 · one at a time leaves where amoCRM wants it slower than one a second', () => {
    const { gate: one } = together(4);
    expect(one.most).toBe(4);
    const mosts = [1, 2, 3].map(() => {
      one.heard(new AmoError('too-many-requests', 429));
      return one.most;
    });
    expect(mosts).toEqual([2, 1, 1]);
  });

  it('M10 · tells how many need not wait: at first none, as the run before may just have sent as many as it could', () => {
    const { clock, gate: one, send } = together(4);
    expect(one.free).toBe(0);
    send(100);
    expect(one.free).toBe(3);
    const since = clock.now();
    send(100, 100, 100);
    expect(one.free).toBe(0);
    clock.pass(1_000 - (clock.now() - since));
    expect(one.free).toBe(0);
    clock.pass(1);
    expect(one.free).toBe(1);
    clock.pass(1_200);
    expect(one.free).toBe(4);
  });

  it('H15 · several refusals of one batch are one', () => {
    const tooMany = new AmoError('too-many-requests', 429);
    const { gate: one } = together(6);
    one.heard(tooMany, tooMany, new AmoError('server-error', 503));
    expect([one.most, one.tooMany]).toEqual([3, 2]);
  });

  it('H12 · of several wishes for silence the longest counts', () => {
    const { clock, gate: one } = together(6);
    const wish = (retryAfterMs: number) => new AmoError('too-many-requests', 429, { retryAfterMs });
    one.heard(wish(5_000), wish(60_000), wish(1_000));
    expect(one.pause?.until).toBe(clock.now() + 60_000);
  });
});

describe('H12, H15 · gate after a 429', () => {
  const tooMany = new AmoError('too-many-requests', 429);

  it('H15 · goes at half the pace, at last one request in two seconds, and tells all runs at once', () => {
    const { clock, times, shares, run } = world();
    const { gate: one, send } = run(4);
    for (let nth = 0; nth < 4; nth += 1) one.heard(tooMany);
    expect(shares.map(({ slowed }) => slowed?.perSecond)).toEqual([2, 1, 0.5, 0.5]);
    one.heard(new AmoError('server-error', 503));
    expect(one.tooMany).toBe(4);
    send();
    send();
    send();
    expect(lefts(times)).toEqual([0, 2_001, 4_002]);
    clock.pass(5 * MINUTE);
    send();
    send();
    expect(
      lefts(times)
        .slice(3)
        .map(left => left - lefts(times)[3]!),
    ).toEqual([0, 1_001]);
  });

  it('H12 · another run is slow too', () => {
    const { shared, times, run } = world();
    run(7).gate.heard(tooMany);
    shared.line = lineOf(JSON.stringify(shared.line));
    const { send } = run(7);
    for (let nth = 0; nth < 4; nth += 1) send();
    expect(lefts(times)).toEqual([0, 0, 0, 1_001]);
  });
});

describe('H9, H12 · gate that is paused', () => {
  const NOW = Date.parse(START);

  it.each<[string, AmoError, number]>([
    [
      'a 429 that asks for ten minutes',
      new AmoError('too-many-requests', 429, { retryAfterMs: 600_000 }),
      600_000,
    ],
    ['a 503 that does', new AmoError('server-error', 503, { retryAfterMs: 30_000 }), 30_000],
    ['a block page', new AmoError('blocked', 403), 60 * MINUTE],
  ])('H9 · H12 · after %s no request leaves, of this run and of others', (_, error, ms) => {
    const { clock, times, shares, shared, run } = world();
    const one = run(5);
    one.send();
    one.gate.heard(error);
    expect(one.gate.pause?.until).toBe(NOW + ms);
    expect(shares).toHaveLength(1);
    expect(shares[0]!.pause?.until).toBe(NOW + ms);
    shared.line = lineOf(JSON.stringify(shares[0]));
    for (const each of [one, run(5)]) {
      expect(thrownBy(() => each.gate.ready())).toMatchObject({ code: 'paused', status: 0, until: NOW + ms });
    }
    clock.pass(ms - 1);
    expect(thrownBy(() => run(5).gate.ready())).toMatchObject({ code: 'paused' });
    expect(times).toHaveLength(1);
    expect(clock.slept).toEqual([]);
    clock.pass(1);
    run(5).send();
    expect(times).toHaveLength(2);
    expect(run(5).gate.pause?.until).toBeUndefined();
  });

  it.each<AmoError>([
    new AmoError('forbidden', 403),
    new AmoError('server-error', 503),
    new AmoError('token-refused', 401),
    new AmoError('no-connection'),
    new AmoError('paused', 0, { until: 5 }),
    new AmoError('out-of-time'),
  ])('H16 · %s changes nothing for others', error => {
    const { shares, shared, run } = world();
    run(5).gate.heard(error);
    expect(shared.line).toBe(FREE_LINE);
    expect(shares).toEqual([]);
  });

  it('H9 · an answer ends a pause that is over, and is told once', () => {
    const pause = { since: NOW - 2, until: NOW, cause: 'blocked' } as const;
    const { shares, shared, run } = world({ ...FREE_LINE, pause });
    const one = run(5);
    one.send();
    one.gate.heard();
    expect(shared.line.pause).toBeUndefined();
    one.gate.heard();
    expect(shares).toHaveLength(1);
  });
});
