/** Which request meets which fault, and how often. */

import type { EpochMs } from '../emulator/contract';
import type { FaultEffect, FaultName } from './faults';
import { matches, type RequestMatcher, type SeenRequest } from './seenRequest';

export interface PlanOptions {
  /** How many requests meet it. Default 1; `Infinity` for all. */
  times?: number;
  /** Only those that arrive from then on … */
  from?: EpochMs;
  /** … and before then. */
  to?: EpochMs;
  /** Only each n-th of the matching requests, beginning with the first. Default 1. */
  every?: number;
  /** Seconds in `Retry-After` and `retry_after`. Default 300 in the body, as published, and in the header. */
  retryAfter?: number;
}

export interface PlannedFault {
  matcher: RequestMatcher;
  fault: FaultName | FaultEffect;
  options: PlanOptions;
  left: number;
  met: number;
}

export class FaultPlan {
  private planned: PlannedFault[] = [];

  add(matcher: RequestMatcher, fault: FaultName | FaultEffect, options: PlanOptions): void {
    this.planned.push({ matcher, fault, options, left: options.times ?? 1, met: 0 });
  }

  /** The first planned fault that is due for this request; it stays planned until it is spent. */
  dueFor(request: SeenRequest): PlannedFault | undefined {
    return this.planned.find(candidate => {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, every = 1 } = candidate.options;
      if (candidate.left <= 0 || request.at < from || request.at >= to) return false;
      return matches(candidate.matcher, request) && candidate.met++ % every === 0;
    });
  }

  spend(planned: PlannedFault): void {
    planned.left--;
  }

  /** Planned faults that no request has met in full: a test that expected them can say so. */
  unmet(): readonly PlannedFault[] {
    return this.planned.filter(
      candidate => candidate.left > 0 && candidate.left !== Number.POSITIVE_INFINITY,
    );
  }

  clear(): void {
    this.planned = [];
  }
}
