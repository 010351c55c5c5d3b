import fc from 'fast-check';
import { gate } from '../../src/amocrm/gate';
import type { HttpRequest } from '../../src/ports';
import { fakeClock } from '../support/fakeClock';

const START = '2026-11-19T03:00:00+03:00';

/** Sends requests that take these times, with work of ours before each; gives when each left and was answered. */
function sent(perSecond: number, requests: readonly { takes: number; before: number }[]) {
  const clock = fakeClock(START);
  const times: { left: number; answered: number }[] = [];
  const http = {
    get({ timeoutMs: takes }: HttpRequest) {
      const left = clock.now();
      clock.pass(takes);
      times.push({ left, answered: clock.now() });
      return { failure: 'timeout', detail: '' } as const;
    },
  };
  const { send } = gate(http, clock, perSecond);
  for (const { takes, before } of requests) {
    clock.pass(before);
    send({ url: '', headers: {}, timeoutMs: takes });
  }
  return { times, clock };
}

describe('M10 · gate', () => {
  it('M10 · lets as many as allowed leave at once, then waits a second after the first answer', () => {
    const { times, clock } = sent(3, Array(5).fill({ takes: 100, before: 0 }));
    const begin = times[0]!.left;
    expect(times.map(({ left }) => left - begin)).toEqual([0, 100, 200, 1_101, 1_201]);
    expect(clock.slept).toEqual([801]);
  });

  it('M10 · does not wait where the pace is slow by itself', () => {
    expect(sent(1, Array(5).fill({ takes: 1_500, before: 1_001 })).clock.slept).toEqual([]);
    expect(sent(5, Array(20).fill({ takes: 300, before: 0 })).clock.slept).toEqual([]);
  });

  it('M10 · wherever on its way the server counts a request, no sliding second holds more than allowed', () => {
    const request = fc.record({
      takes: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 3_000 })),
      before: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_500 })),
      /** Where between leaving and answer the server sees it, as a share. */
      seen: fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(request, { maxLength: 60 }),
        (perSecond, requests) => {
          const { times } = sent(perSecond, requests);
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

  it('M10 · gates that share their memory keep the limit together', () => {
    const clock = fakeClock(START);
    const answered: number[] = [];
    const http = { get: () => ({ failure: 'timeout', detail: '' }) as const };
    const request = { url: '', headers: {}, timeoutMs: 1 };
    gate(http, clock, 1, answered).send(request);
    expect(clock.slept).toEqual([]);
    gate(http, clock, 1, answered).send(request);
    expect(clock.slept).toEqual([1_001]);
  });
});
