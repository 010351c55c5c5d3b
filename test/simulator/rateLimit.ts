/**
 * At most 7 requests a second; more is 429; going on like that is a block that answers 403 to everything
 * [K docs/limitations], [D crm_platform/error-codes code 403]. The second slides, and refused requests count too.
 */

import type { EpochMs, Milliseconds } from '../emulator/contract';

export interface RateLimitOptions {
  /** Default 7. */
  perSecond?: number;
  /** So many refusals within a minute bring the block. Default 10; the real figure is unknown. */
  blockAfter?: number;
  /** The block ends by itself so long after it began. Default: not before `heal()`. */
  blockMs?: Milliseconds;
  /** `retry_after` of the JSON form, seconds. Default 300, as published [K docs/http-codes]. */
  retryAfter?: number;
  /** A `Retry-After` header on both forms. Documented nowhere, so the default is none. */
  header?: 'none' | 'seconds' | 'date';
}

const SECOND: Milliseconds = 1000;
const PATIENCE: Milliseconds = 60_000;

export class RateLimit {
  blocked = false;
  refused = 0;
  /** When the client heard of the block: what left before is no impudence. */
  blockHeardAt: EpochMs = 0;
  private readonly arrivals: EpochMs[] = [];
  private refusals: EpochMs[] = [];
  private blockedSince: EpochMs = 0;

  constructor(
    private readonly perSecond: number,
    private readonly blockAfter: number,
    private readonly blockMs = Number.POSITIVE_INFINITY,
  ) {}

  /**
   * Counts an arrival. Arrivals of one batch may come in any order.
   * @param heardAt when the client has the answer
   */
  arrive(at: EpochMs, heardAt: EpochMs = at): 'welcome' | 'too many' | 'blocked' {
    const place = this.arrivals.findLastIndex(earlier => earlier <= at) + 1;
    this.arrivals.splice(place, 0, at);
    if (this.blocked && at >= this.blockedSince + this.blockMs) this.reset();
    if (this.blocked) return 'blocked';
    const inLastSecond = place + 1 - (this.arrivals.findLastIndex(earlier => earlier <= at - SECOND) + 1);
    if (inLastSecond <= this.perSecond) return 'welcome';
    this.refused++;
    this.refusals = this.refusals.filter(earlier => earlier > at - PATIENCE);
    this.refusals.push(at);
    if (this.refusals.length >= this.blockAfter) {
      this.blocked = true;
      this.blockedSince = at;
      this.blockHeardAt = heardAt;
    }
    return 'too many';
  }

  /** The most requests that arrived within any one second. */
  busiestSecond(): number {
    let busiest = 0;
    let first = 0;
    this.arrivals.forEach((at, last) => {
      while ((this.arrivals[first] ?? at) <= at - SECOND) first++;
      busiest = Math.max(busiest, last - first + 1);
    });
    return busiest;
  }

  /** Support has lifted the block. */
  reset(): void {
    this.blocked = false;
    this.refusals = [];
  }
}
