/** What a polite client never does, found in what the server saw. For tests: `expect(politeness(ledger)).toEqual([])`. */

import type { EpochMs, Milliseconds } from '../emulator/contract';
import type { Ledger, LoggedRequest } from './ledger';

export interface Manners {
  /** The most requests that may arrive in any sliding second. Default 7, amoCRM's limit. */
  perSecond?: number;
  /** So long after the page of a block nobody asks again. Default an hour. */
  coolDownMs?: Milliseconds;
  /** Whether the wait that a 429 asks for is waited out by everybody. Default yes. */
  patient?: boolean;
  /** Waits longer than this need not be kept: a server that asks for days means something else. Default a day. */
  longestPatienceMs?: Milliseconds;
  /** Answers that nobody could heed, as when the execution that got them was killed. */
  unheard?: (request: LoggedRequest) => boolean;
  /** Only requests that arrive from then on. */
  from?: EpochMs;
}

const SECOND = 1000;
const SHOWN = 10;

/** One sentence per breach, the first few of each kind. What left together with a request cannot heed its answer. */
export function politeness({ requests }: Pick<Ledger, 'requests'>, manners: Manners = {}): string[] {
  const { coolDownMs = 3_600_000, from = Number.NEGATIVE_INFINITY, patient = true } = manners;
  const { longestPatienceMs = 86_400_000, perSecond = 7 } = manners;
  const arrived = requests
    .filter(({ at, failure }) => at >= from && failure !== 'dns' && failure !== 'tls')
    .sort((a, b) => a.at - b.at);
  // Of requests that left together nobody hears any answer, where one of them got none.
  const lost = new Set(requests.flatMap(({ failure, heardAt }) => (failure ? [heardAt] : [])));
  const waits = arrived.flatMap(request => {
    if (manners.unheard?.(request) || lost.has(request.heardAt)) return [];
    if (request.blockPage) return [{ request, until: request.at + coolDownMs, why: 'after a block' }];
    const { retryAfterMs = 0 } = request;
    if (!patient || retryAfterMs === 0 || retryAfterMs > longestPatienceMs) return [];
    return [{ request, until: request.at + retryAfterMs, why: 'although asked to wait' }];
  });
  return [...crowds(arrived, perSecond), ...impatience(arrived, waits)];
}

function crowds(arrived: readonly LoggedRequest[], perSecond: number): string[] {
  const found: string[] = [];
  for (let last = perSecond; last < arrived.length; last++) {
    const earliest = arrived[last - perSecond]!;
    const latest = arrived[last]!;
    if (latest.at - earliest.at >= SECOND) continue;
    found.push(`${named(latest)}: more than ${perSecond} within a second, since ${time(earliest.at)}`);
  }
  return shortened(found);
}

function impatience(
  arrived: readonly LoggedRequest[],
  waits: readonly { request: LoggedRequest; until: EpochMs; why: string }[],
): string[] {
  const found: string[] = [];
  let open: (typeof waits)[number][] = [];
  let next = 0;
  for (const request of arrived) {
    open = open.filter(({ until }) => request.at < until);
    const [ignored] = open
      .filter(wait => request.at >= wait.request.heardAt)
      .sort((one, other) => other.until - one.until);
    if (ignored) {
      const { request: asking, until, why } = ignored;
      found.push(`${named(request)}: ${why} (${named(asking)}, until ${time(until)})`);
    }
    while (next < waits.length && waits[next]!.request.at <= request.at) {
      open.push(waits[next]!);
      next += 1;
    }
  }
  return shortened(found);
}

function shortened(found: readonly string[]): string[] {
  if (found.length <= SHOWN) return [...found];
  return [...found.slice(0, SHOWN), `… and ${found.length - SHOWN} more`];
}

function named({ at, path, status }: LoggedRequest): string {
  return `${time(at)} ${path} (${status})`;
}

function time(at: EpochMs): string {
  return new Date(at).toISOString();
}
