/** A network that carries the requests of a batch one after the other. */

import type { Exchange, Network } from '../emulator/contract';

/**
 * Each request leaves when the one before was answered, so that the last answer comes after all their round trips:
 * what a client costs that sends single requests, with everything else alike.
 */
export function oneByOne(network: Network): Network {
  return {
    realTime: network.realTime,
    exchange(requests, leavesAt, timeoutMs) {
      let passedMs = 0;
      return requests.map((request): Exchange => {
        const [exchange] = network.exchange([request], leavesAt + passedMs, timeoutMs) as [Exchange];
        passedMs += exchange.tookMs;
        return { ...exchange, tookMs: passedMs };
      });
    },
  };
}
