import type { EpochMs, Milliseconds } from './contract';

/** Blocks the thread, as the platform's `Utilities.sleep` does. */
export function blockFor(ms: Milliseconds): void {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * The world's time. Virtual: it moves only when somebody moves it. Real: while an execution lives it follows the
 * machine's clock from where it stood, and between executions it stands still until somebody moves it.
 */
export class Clock {
  readonly realTime: boolean;
  #at: EpochMs;
  #runningSince: number | undefined;
  #running = 0;
  #busy = false;
  #lastBusyEnd = Number.NEGATIVE_INFINITY;

  constructor(now: EpochMs, realTime: boolean) {
    this.#at = now;
    this.realTime = realTime;
  }

  now(): EpochMs {
    if (this.#runningSince === undefined) return this.#at;
    return this.#at + Math.floor(performance.now() - this.#runningSince);
  }

  /** An execution (perhaps inside another one) begins. */
  start(): void {
    this.#running += 1;
    if (this.realTime && this.#running === 1) this.#runningSince = performance.now();
  }

  stop(): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#at = this.now();
    this.#runningSince = undefined;
    if (this.#busy) this.#lastBusyEnd = performance.now();
    this.#busy = false;
  }

  /** True while no execution lives. */
  get idle(): boolean {
    return this.#running === 0;
  }

  /** Moves the clock; it never goes back. */
  advance(ms: Milliseconds): void {
    if (!(ms >= 0)) throw new RangeError(`The clock cannot move by ${ms} ms`);
    this.#at += Math.round(ms);
  }

  moveTo(at: EpochMs): void {
    const now = this.now();
    if (at < now) {
      throw new RangeError(
        `The clock cannot go back from ${new Date(now).toISOString()} to ${new Date(at).toISOString()}`,
      );
    }
    this.#at += at - now;
  }

  /** Real time only: lets the rest of `pause` go by since the end of the last execution that sent a request. */
  keepPauseAfterRequests(pause: Milliseconds): void {
    if (this.realTime) blockFor(this.#lastBusyEnd + pause - performance.now());
  }

  requestAnswered(): void {
    this.#busy = true;
  }
}
