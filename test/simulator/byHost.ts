/** Several accounts in one network, told apart by their hosts: for tests of what must never be mixed up. */

import type { WireRequest } from '../emulator/contract';
import type { InProcessServer } from '../emulator/inProcess';
import type { HostKind } from './addresses';
import { CURRENT_SUBDOMAIN } from './routes/currentSubdomain';
import { type SeenRequest, seeRequest } from './seenRequest';
import type { Simulator } from './simulator';
import { secretsIn } from './strictness';

export interface Hosts extends InProcessServer {
  /** Secrets that went to a host of nobody, or to another account than their own. */
  readonly violations: readonly string[];
}

/**
 * Each account answers for its host, for those that it left unless another has moved there, and for the API's host where
 * one of its refresh tokens is asked about. Other hosts do not exist.
 */
export function byHost(simulators: readonly Simulator[]): Hosts {
  const ids = simulators.map(({ account }) => account.id);
  // The same id makes the same tokens: nothing could be told apart.
  if (new Set(ids).size < ids.length) throw new Error('Give each account an `accountId` of its own.');
  const violations: string[] = [];
  const routed = (request: WireRequest) => {
    const seen = seeRequest(request, 0);
    return { seen, simulator: seen && ownerOf(seen, simulators) };
  };
  return {
    violations,
    roundTripMs: (request, leavesAt) => routed(request).simulator?.roundTripMs(request, leavesAt) ?? 0,
    arrivesAfterMs: (request, leavesAt) => routed(request).simulator?.arrivesAfterMs(request, leavesAt) ?? 0,
    handle(request, arrivesAt, heardAt) {
      const { seen, simulator } = routed(request);
      if (seen) violations.push(...(simulator ? mixedUp(seen, simulators) : lost(seen)));
      return simulator?.handle(request, arrivesAt, heardAt) ?? { failure: 'dns' };
    },
  };
}

function lost(seen: SeenRequest): string[] {
  return secretsIn(seen).map(({ kind }) => `${kind} went to ${seen.host}`);
}

/** An account's secrets may go where it is, and where it was: nobody can know that it moved before having asked there. */
function mixedUp(seen: SeenRequest, simulators: readonly Simulator[]): string[] {
  return secretsIn(seen).flatMap(({ kind, value }) => {
    const owners = simulators.filter(simulator => simulator.gaveOut(value));
    const isHome = owners.some(owner => ['account', 'old', 'api'].includes(owner.hostKind(seen.host)));
    return owners.length === 0 || isHome ? [] : [`${kind} of ${owners[0]?.host} went to ${seen.host}`];
  });
}

function ownerOf(seen: SeenRequest, simulators: readonly Simulator[]): Simulator | undefined {
  const whose = (kind: HostKind) => simulators.filter(simulator => simulator.hostKind(seen.host) === kind);
  const [owner] = [...whose('account'), ...whose('old')];
  if (owner) return owner;
  // A zone has one API host for all its accounts: the token says which is meant.
  const sharing = whose('api');
  const token = seen.path === CURRENT_SUBDOMAIN ? (seen.headers['x-refresh-token'] ?? '') : '';
  return sharing.find(simulator => simulator.gaveOut(token)) ?? sharing[0] ?? whose('website')[0];
}
