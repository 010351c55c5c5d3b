import type { EpochMs } from '../core/day';
import { CONTINUATION } from '../core/entryPoints';
import { messageOf } from '../core/thrown';
import type { Run } from './run';

/** The platform's delay is a minimum ([doc CTB] after), and a trigger sooner than a minute is of no use. */
export const SOON_MS = 60_000;

/**
 * Has the report go on at a time by a one-off trigger. Only for speed: where it cannot be made, the next hourly ping
 * finds the work that is left.
 */
export function continueAt(run: Run, at: EpochMs): void {
  const { clock, triggers } = run.outside;
  withoutFail(run, () => {
    removeContinuations(run);
    triggers.createOnce(CONTINUATION, Math.max(SOON_MS, at - clock.now()));
  });
}

/** One-off triggers stay in the list after they fired, and count among the twenty that are allowed ([field]). */
export function clearContinuation(run: Run): void {
  withoutFail(run, () => removeContinuations(run));
}

function removeContinuations({ outside: { triggers } }: Run): void {
  for (const { id, handler } of triggers.existing()) if (handler === CONTINUATION) triggers.remove(id);
}

/** The report must not fail because of a trigger that it can do without. */
function withoutFail({ outside: { console } }: Run, action: () => void): void {
  try {
    action();
  } catch (error) {
    console.write('WARN', `continuation: ${messageOf(error)}`);
  }
}
