/** How long a request takes, there and back: the same request at the same moment always takes the same time. */

import type { EpochMs, Milliseconds } from '../emulator/contract';
import { unitFor } from './seededRandom';
import { matches, type RequestMatcher, type SeenRequest } from './seenRequest';
import { wallTime } from './wallClock';

export interface LatencyOptions {
  /** The quickest and the slowest round trip of a quiet hour. Default 120 and 180. */
  min?: Milliseconds;
  max?: Milliseconds;
  /** Added by hour of the account's day, at the middle of the hour; 24 numbers. Default: peaks at 11–12 and at 16. */
  byHour?: readonly Milliseconds[];
}

const BUSY_DAY: readonly Milliseconds[] = [
  0, 0, 25, 5, 0, 0, 0, 5, 20, 60, 130, 290, 260, 60, 80, 150, 310, 140, 70, 40, 25, 15, 5, 0,
];

interface Slowness {
  matcher: RequestMatcher;
  from: EpochMs;
  to: EpochMs;
  ms: Milliseconds;
  where: 'both ways' | 'on the way back';
}

export class RoundTrips {
  private slownesses: Slowness[] = [];
  private readonly min: Milliseconds;
  private readonly max: Milliseconds;
  private readonly byHour: readonly Milliseconds[];

  constructor(
    options: LatencyOptions,
    private readonly seed: string,
  ) {
    this.min = options.min ?? 120;
    this.max = Math.max(this.min, options.max ?? 180);
    this.byHour = options.byHour ?? BUSY_DAY;
  }

  /** Requests leaving from `from` until just before `to` take `ms` longer. */
  slow(
    matcher: RequestMatcher,
    from: EpochMs,
    to: EpochMs,
    ms: Milliseconds,
    where: Slowness['where'] = 'both ways',
  ): void {
    this.slownesses.push({ matcher, from, to, ms, where });
  }

  /** Forgets all slowness. */
  quicken(): void {
    this.slownesses = [];
  }

  /** Whole milliseconds. */
  of(request: SeenRequest, timeZone: string): Milliseconds {
    return Math.round(this.usualOf(request, timeZone) + this.told(request, () => true));
  }

  /** What passes until the request arrives: half of all but a dripping answer. */
  thereOf(request: SeenRequest, timeZone: string): Milliseconds {
    return (this.usualOf(request, timeZone) + this.told(request, ({ where }) => where === 'both ways')) / 2;
  }

  private told(request: SeenRequest, which: (slow: Slowness) => boolean): Milliseconds {
    const { at } = request;
    return this.slownesses
      .filter(slow => which(slow) && at >= slow.from && at < slow.to && matches(slow.matcher, request))
      .reduce((sum, slow) => sum + slow.ms, 0);
  }

  private usualOf(request: SeenRequest, timeZone: string): Milliseconds {
    const leavesAt = request.at;
    const draw = unitFor(`${this.seed}|${request.method}|${request.url}|${leavesAt}`);
    const quiet = this.min + draw * (this.max - this.min);
    // Busy hours are uneven: the load weighs between half and the whole of the hour's figure.
    const busy = this.loadAt(leavesAt, timeZone) * (0.5 + 0.5 * unitFor(`busy|${this.seed}|${leavesAt}`));
    return quiet + busy;
  }

  private loadAt(at: EpochMs, timeZone: string): Milliseconds {
    const { hour, minute } = wallTime(at, timeZone);
    const fromMiddle = minute / 60 - 0.5;
    const here = this.byHour[hour] ?? 0;
    const neighbour = this.byHour[(hour + (fromMiddle < 0 ? 23 : 1)) % 24] ?? 0;
    return here + (neighbour - here) * Math.abs(fromMiddle);
  }
}
