import fc from 'fast-check';
import { gate } from '../../src/amocrm/gate';
import { AmoError } from '../../src/core/amoError';
import { FREE_LINE, type Line, lineOf } from '../../src/core/line';
import type { HttpRequest } from '../../src/ports';
import { thrownBy } from '../support/clientOver';
import { fakeClock } from '../support/fakeClock';

const START = '2026-11-19T03:00:00+03:00';
const MINUTE = 60_000;

/** A world in which gates live: a clock, amoCRM that answers after the time-out asked for, and what runs share. */
function world(line: Line = FREE_LINE) {
  const clock = fakeClock(START);
  const times: { left: number; answered: number }[] = [];
  const shares: Line[] = [];
  const http = {
    send({ timeoutMs: takes }: HttpRequest) {
      const left = clock.now();
      clock.pass(takes);
      times.push({ left, answered: clock.now() });
      return { failure: 'timeout', detail: '' } as const;
    },
  };
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
