import { AmoError } from '../core/amoError';
import type { EpochMs } from '../core/day';
import { afterJourney, latestArrival } from '../core/journey';
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
  /**
   * The same for requests that leave together.
   * @param count how many, at most as many as `most` tells
   */
  readyFor(count: number): (requests: readonly HttpRequest[]) => HttpResult[];
  /** How many requests may leave together at present. */
  readonly most: number;
  /** How many of them would not have to wait. */
  readonly free: number;
  /** What answers mean for the requests to come, of this run and of all others: `failures` are how they were no data. */
  heard(...failures: readonly AmoError[]): void;
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
 * Keeps requests under `perSecond` in any sliding second, as the server sees them. A request arrives some time between
 * leaving and being answered, so the second is counted from the answer: whatever the way there took, the server cannot
 * see more. Of requests that leave together the second is counted from when the last of them may have arrived, see
 * `core/journey`: an answer that is long in coming must not slow us down further.
 */
export function gate(http: Http, clock: Clock, perSecond: number, shared: SharedLine): Gate {
  let requests = 0;
  let tooMany = 0;
  /** When each of the last requests had arrived at the latest, as far as we know. */
  const arrived: EpochMs[] = [];
  const pace = () => paceOf(shared.line, perSecond, clock.now());
  const mostNow = () => Math.max(1, Math.floor(pace()));
  const waitForTurn = (count: number): void => {
    const window = WINDOW_MS / Math.min(1, pace());
    const others = Math.max(count, pace()) - count;
    // The run before may have sent as many as it could within its last second.
    const oldest =
      arrived[arrived.length - 1 - others] ?? (arrived.length === 0 ? shared.line.answeredAt : undefined);
    if (oldest === undefined) return;
    // Clocks count whole milliseconds: without one more, the second could be short by a fraction.
    const wait = oldest + window + 1 - clock.now();
    if (wait > 0) clock.sleep(Math.min(wait, window + 1));
  };
  const send = (batch: readonly HttpRequest[]): HttpResult[] => {
    const left = clock.now();
    requests += batch.length;
    const results = batch.length === 1 ? [http.send(batch[0]!)] : http.sendAll(batch);
    const answeredAt = clock.now();
    const took = answeredAt - left;
    const { journeys } = shared.line;
    const isWhole = results.every(isGood);
    const by = isWhole && batch.length > 1 ? left + latestArrival(journeys, took) : answeredAt;
    arrived.push(...batch.map(() => by));
    arrived.splice(0, arrived.length - MOST_REMEMBERED);
    shared.line = {
      ...shared.line,
      answeredAt,
      journeys: isWhole ? afterJourney(journeys, took, batch.length > 1, answeredAt) : journeys,
    };
    return results;
  };
  const readyFor = (count: number): typeof send => {
    const pause = pauseAt(shared.line, clock.now());
    if (pause) throw new AmoError('paused', 0, { until: pause.until });
    waitForTurn(count);
    return send;
  };
  return {
    readyFor,
    ready() {
      const sendBatch = readyFor(1);
      return request => sendBatch([request])[0]!;
    },
    get most() {
      return mostNow();
    },
    get free() {
      const since = clock.now() - WINDOW_MS - 1;
      const recent = arrived.filter(at => at > since).length;
      return arrived.length > 0 ? Math.max(0, mostNow() - recent) : 0;
    },
    heard(...failures) {
      const now = clock.now();
      const before = shared.line;
      if (failures.length === 0) shared.line = afterAnswer(before, now);
      const refused = failures.filter(({ code }) => code === 'too-many-requests').length;
      tooMany += refused;
      if (refused > 0) shared.line = after429(shared.line, perSecond, now);
      for (const { code, retryAfterMs } of failures) {
        if (code === 'blocked') shared.line = afterBlock(shared.line, now);
        if (retryAfterMs) shared.line = afterRetryAfter(shared.line, now, retryAfterMs);
      }
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

/** A refusal may be quicker, and a failure slower, than any answer. */
function isGood(result: HttpResult): boolean {
  return !('failure' in result) && result.status < 300;
}
