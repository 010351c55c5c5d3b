import { dayBefore, shiftDay } from '../core/day';
import { periodOf } from '../core/period';
import type { DayRange } from '../core/reportPlan';
import type { Outside } from '../ports';
import { dailyReport } from './dailyReport';
import { type JobDescription, type Run, runJob } from './run';

const JOB: JobDescription = {
  name: 'dailyReport',
  needsAccount: true,
  effectOfFailure: run => run.texts.effect.none,
};

/** Asks a person for a period of past days, and reports them: those that stand there already are made anew. */
export function reportPeriod(outside: Outside): void {
  let period: DayRange | undefined;
  runJob(outside, JOB, run => {
    period = askForPeriod(run);
    return undefined;
  });
  if (period) dailyReport(outside, period);
}

function askForPeriod({ outside: { clock, dialogs }, texts, zone }: Run): DayRange | undefined {
  const yesterday = dayBefore(clock.now(), zone);
  const typed = dialogs.ask(texts.period.ask(texts.day(shiftDay(yesterday, -6)), texts.day(yesterday)));
  if (typed === undefined || typed.trim() === '') return undefined;
  const period = periodOf(typed, yesterday);
  if (typeof period !== 'string') return period;
  dialogs.tell(texts.period.problem(period, texts.day(yesterday)));
  return undefined;
}
