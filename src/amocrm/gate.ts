import { AmoError } from '../core/amoError';
import type { EpochMs } from '../core/day';
import {
  after429,
  afterAnswer,
  afterBlock,
  afterRetryAfter,
  type Line,
  type Pause,
  paceOf,
  pauseAt,
} from '../core/line';
import type { Clock, Http, HttpRequest, HttpResult } from '../ports';

const WINDOW_MS = 1_000;
const MOST_REMEMBERED = 50;

/** The one way to amoCRM: every request of a run passes here. */
export interface Gate {
  /**
   * Waits until one more request is allowed, then gives the sending of it: for those who time the request alone.
   * @throws AmoError `paused` while amoCRM has asked for silence
   */
  ready(): (request: HttpRequest) => HttpResult;
  /** What an answer means for the requests to come, of this run and of all others: `failure` is how it was no data. */
  heard(failure?: AmoError): void;
  /** Requests sent so far. */
  readonly requests: number;
  /** How many of them amoCRM refused as too many. */
  readonly tooMany: number;
  /** amoCRM's wish for silence, if it has one now. */
  readonly pause: Pause | undefined;
}

/** The line to amoCRM as all runs share it. Only one run at a time sends requests. */
export interface SharedLine {
  line: Line;
  /** Tells the other runs, at once. */
  share(): void;
}

/**
 * Keeps requests under `perSecond` in any sliding second, as the server sees them. A request arrives some time
 * between leaving and being answered, so the second is counted from the answer: whatever the way there took, the
 * server cannot see more.
 */
export function gate(http: Http, clock: Clock, perSecond: number, shared: SharedLine): Gate {
  let requests = 0;
  let tooMany = 0;
  const answered: EpochMs[] = [];
  const waitForTurn = (): void => {
    const pace = paceOf(shared.line, perSecond, clock.now());
    // The run before may have sent as many as it could within its last second.
    const oldest =
      answered[answered.length - Math.max(1, pace)] ??
      (answered.length === 0 ? shared.line.answeredAt : undefined);
    if (oldest === undefined) return;
    // Clocks count whole milliseconds: without one more, the second could be short by a fraction.
    const wait = oldest + WINDOW_MS / Math.min(1, pace) + 1 - clock.now();
    if (wait > 0) clock.sleep(Math.min(wait, WINDOW_MS / Math.min(1, pace) + 1));
  };
  return {
    ready() {
      const pause = pauseAt(shared.line, clock.now());
      if (pause) throw new AmoError('paused', 0, { until: pause.until });
      waitForTurn();
      return request => {
        requests += 1;
        const result = http.send(request);
        answered.push(clock.now());
        if (answered.length > MOST_REMEMBERED) answered.shift();
        shared.line = { ...shared.line, answeredAt: clock.now() };
        return result;
      };
    },
    heard(failure) {
      const now = clock.now();
      const before = shared.line;
      if (!failure) shared.line = afterAnswer(before, now);
      if (failure?.code === 'too-many-requests') {
        tooMany += 1;
        shared.line = after429(shared.line, perSecond, now);
      }
      if (failure?.code === 'blocked') shared.line = afterBlock(shared.line, now);
      if (failure?.retryAfterMs) shared.line = afterRetryAfter(shared.line, now, failure.retryAfterMs);
      if (shared.line !== before) shared.share();
    },
    get requests() {
      return requests;
    },
    get tooMany() {
      return tooMany;
    },
    get pause() {
      return pauseAt(shared.line, clock.now());
    },
  };
}
