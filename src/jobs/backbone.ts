import { lineOf, pauseAt } from '../core/line';
import { isDue, reportPlanOf } from '../core/reportPlan';
import type { Outside } from '../ports';
import { dailyReport } from './dailyReport';
import { LINE, PLAN } from './propertyNames';

/**
 * What the hourly trigger does for the report, after its ping: goes on with what was interrupted, and makes up for
 * what the nightly trigger has missed. One-off triggers are faster, this one is always there.
 */
export function keepReportsGoing(outside: Outside): void {
  if (hasWork(outside)) dailyReport(outside, 'due');
}

function hasWork({ clock, properties }: Outside): boolean {
  try {
    const stored = properties.recall();
    const now = clock.now();
    return isDue(reportPlanOf(stored[PLAN]), now) && !pauseAt(lineOf(stored[LINE]), now);
  } catch {
    // The ping before has met the same, and told it.
    return false;
  }
}
