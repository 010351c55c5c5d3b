import type {
  EpochMs,
  Exchange,
  Milliseconds,
  Network,
  TransportFailure,
  WireRequest,
  WireResponse,
} from './contract';

/** The other end of an in-process network: a server whose slowness is a number, not a wait. */
export interface InProcessServer {
  /** The whole round trip of a request that leaves now. */
  roundTripMs(request: WireRequest, leavesAt: EpochMs): Milliseconds;
  /** How much of it is spent before the request arrives; without it, half. */
  arrivesAfterMs?(request: WireRequest, leavesAt: EpochMs): Milliseconds;
  /**
   * Called once per request that arrives, in the order of arrival.
   * @param heardAt when the client has the answer: of requests that leave together, when the last one is answered
   */
  handle(
    request: WireRequest,
    arrivesAt: EpochMs,
    heardAt?: EpochMs,
  ): WireResponse | { failure: TransportFailure };
}

/**
 * A network in virtual time. A request with round trip L reaches the server at t + L/2 (unless the server says that it
 * is its answer that takes long). One that takes longer than the
 * timeout fails after the timeout, though the server may have got it: in doubt, as on the real platform.
 */
export function inProcessNetwork(server: InProcessServer): Network {
  return {
    realTime: false,
    exchange(requests, leavesAt, timeoutMs) {
      const journeys = requests.map((request, i) => {
        const tookMs = Math.round(server.roundTripMs(request, leavesAt));
        const there = server.arrivesAfterMs?.(request, leavesAt) ?? Math.round(tookMs / 2);
        return { i, request, tookMs, arrivesAt: leavesAt + Math.min(there, tookMs) };
      });
      const heardAt = leavesAt + Math.min(timeoutMs, Math.max(0, ...journeys.map(({ tookMs }) => tookMs)));
      const results: Exchange[] = [];
      for (const { i, request, tookMs, arrivesAt } of [...journeys].sort(
        (a, b) => a.arrivesAt - b.arrivesAt,
      )) {
        const late = tookMs > timeoutMs;
        if (late && arrivesAt > leavesAt + timeoutMs) {
          results[i] = { tookMs: timeoutMs, failure: 'timeout' };
          continue;
        }
        const answer = server.handle({ ...request, headers: { ...request.headers } }, arrivesAt, heardAt);
        if (late) results[i] = { tookMs: timeoutMs, failure: 'timeout' };
        else if ('failure' in answer) results[i] = { tookMs, failure: answer.failure };
        else results[i] = { tookMs, response: answer };
      }
      return results;
    },
  };
}
