/** Called by every port before it does anything. */
export type Step = (port: string, detail?: string) => void;

/** What happens to a run that the platform kills: no line of it runs any more, no `catch` and no `finally` helps. */
export class Killed extends Error {
  constructor() {
    super('Killed by the platform');
    this.name = 'Killed';
  }
}

/** The log of all port calls, and the hand that kills. */
export interface Steps {
  step: Step;
  /** Port calls in order, as `port detail`. */
  readonly log: string[];
  /** Kills the run before its `nth` port call from now, counted from 1. */
  killBefore(nth: number): void;
  /** Whether a run was killed since the last `revive`. */
  readonly died: boolean;
  /** Lets the next run live. */
  revive(): void;
  /** Called before each port call; what it throws, the port throws. */
  interfere: Step | undefined;
}

export function steps(): Steps {
  const log: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const all: Steps = {
    interfere: undefined,
    get died() {
      return left <= 0;
    },
    log,
    step(port, detail = '') {
      left -= 1;
      if (left <= 0) throw new Killed();
      log.push(detail === '' ? port : `${port} ${detail}`);
      all.interfere?.(port, detail);
    },
    killBefore(nth) {
      left = nth;
    },
    revive() {
      left = Number.POSITIVE_INFINITY;
    },
  };
  return all;
}
