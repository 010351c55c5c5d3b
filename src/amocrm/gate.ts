import type { EpochMs } from '../core/day';
import type { Clock, Http, HttpRequest, HttpResult } from '../ports';

const WINDOW_MS = 1_000;
const MOST_REMEMBERED = 50;

/** The one way to amoCRM: every request of a run passes here. */
export interface Gate {
  /** Sleeps until one more request is allowed, and sends it. */
  send(request: HttpRequest): HttpResult;
  /**
   * What `send` does, for those who time the request alone: waits first, then gives the sending.
   */
  ready(): (request: HttpRequest) => HttpResult;
  /** Requests sent so far. */
  readonly requests: number;
}

/**
 * Keeps requests under `perSecond` in any sliding second, as the server sees them. A request arrives some time
 * between leaving and being answered, so the second is counted from the answer: whatever the way there took, the
 * server cannot see more.
 * @param answered when earlier requests of this execution were answered; gates that share it keep the limit together
 */
export function gate(http: Http, clock: Clock, perSecond: number, answered: EpochMs[] = []): Gate {
  let requests = 0;
  const ready = () => {
    const oldest = answered[answered.length - perSecond];
    // Clocks count whole milliseconds: without one more, the second could be short by a fraction.
    const wait = oldest === undefined ? 0 : oldest + WINDOW_MS + 1 - clock.now();
    if (wait > 0) clock.sleep(Math.min(wait, WINDOW_MS + 1));
    return (request: HttpRequest) => {
      requests += 1;
      const result = http.get(request);
      answered.push(clock.now());
      if (answered.length > MOST_REMEMBERED) answered.shift();
      return result;
    };
  };
  return {
    ready,
    send: request => ready()(request),
    get requests() {
      return requests;
    },
  };
}
