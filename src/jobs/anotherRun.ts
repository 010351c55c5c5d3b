import { AmoError, isTemporary } from '../core/amoError';
import type { Pause } from '../core/line';
import type { JobHealth } from '../core/notices';
import { afterFailure, afterInterruption } from '../core/reportPlan';
import { quotaEnd } from '../core/usage';
import { LockBusy } from '../ports';
import { continueAt, SOON_MS } from './continuation';
import { changePlan, keepPlan, keptPlan } from './keptPlan';
import { yesterdayOf } from './planFor';
import { publishUnfinished } from './publish';
import { usageNow } from './quota';
import type { Run } from './run';
import { shownInstant } from './shownInstant';

/** The time is over, or amoCRM wants a pause, and something is left: another run goes on with it. */
export function goOnLater(run: Run, pause?: Pause): JobHealth {
  const { findings, outside, progress, texts } = run;
  const at = Math.max(outside.clock.now() + SOON_MS, pause?.until ?? 0);
  keepPlan(outside, afterInterruption(keptPlan(outside)));
  continueAt(run, at);
  publishUnfinished(run);
  const day = texts.day(progress.day ?? yesterdayOf(run));
  const what = texts.report.goesOn(day, shownInstant(at, run));
  findings.push(pause ? { level: 'WARN', what: texts.report.patience(what) } : { level: 'INFO', what });
  return { state: 'neutral' };
}

/** The run failed: another one tries again, later the more often it fails. */
export function postpone(run: Run, error: unknown): void {
  const { gate, outside, progress } = run;
  const stuck = isTheDaysFault(error) && !progress.moved ? progress.reading : undefined;
  const now = outside.clock.now();
  const notBefore = gate.pause?.until;
  const plan = afterFailure(keptPlan(outside), now, { moved: progress.moved, stuck, notBefore });
  keepPlan(outside, plan);
  continueAt(run, plan.retryAt);
  try {
    if (!progress.writing) publishUnfinished(run);
  } catch {
    // What made the run fail is what is told.
  }
}

/** Whether the day itself may be what cannot be read: then others have their turn. */
function isTheDaysFault(error: unknown): boolean {
  return error instanceof AmoError && (isTemporary(error) || error.code === 'too-crowded');
}

/** Another run holds the line, as a ping does for some seconds: what is due is done right after it. */
export function comeBackSoon(run: Run): void {
  const { clock } = run.outside;
  continueAt(run, clock.now() + SOON_MS);
  try {
    changePlan(run.outside, plan => ({ ...plan, open: true, since: plan.since ?? yesterdayOf(run) }));
  } catch (error) {
    // Then the continuation finds nothing open, and the hourly ping what is due.
    if (!(error instanceof LockBusy)) throw error;
  }
}

/** Google's allowance for the day is used up: what is left waits for the next one. */
export function waitForQuota(run: Run): JobHealth {
  const { findings, outside, texts } = run;
  const at = quotaEnd(usageNow(outside));
  keepPlan(outside, { ...keptPlan(outside), open: true, retryAt: at });
  findings.push({ level: 'WARN', ...texts.quota.exhausted(shownInstant(at, run)) });
  return { state: 'neutral' };
}
