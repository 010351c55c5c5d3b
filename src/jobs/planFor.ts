import { type Day, dayBefore, dayOf } from '../core/day';
import { latencyLog, pingsIn } from '../core/latencyLog';
import { askedFor, type DayRange, NO_PLAN, type ReportPlan } from '../core/reportPlan';
import { dropCollection } from './keptCollection';
import { keepPlan, keptPlan } from './keptPlan';
import type { Run } from './run';

/**
 * What a run is for. `nightly`: yesterday, and what is due besides. `due`: what is due. `yesterday`: yesterday even if
 * it stands there already, because a person wants it now. A range: days that a person wants.
 */
export type Wanted = 'nightly' | 'due' | 'yesterday' | DayRange;

/**
 * Writes down what is wanted before anything is done, so that the next run knows it if this one ends early.
 * @param accountId undefined where amoCRM did not tell
 */
export function planFor(run: Run, wanted: Wanted, accountId: number | undefined): void {
  const { outside } = run;
  const yesterday = yesterdayOf(run);
  const known = ofAccount(run, accountId);
  const due = wanted === 'nightly' ? yesterday : undefined;
  const plan = { ...known, open: true, since: earliest(known.since, due, firstPingDay(run, known)) };
  if (wanted === 'yesterday') keepPlan(outside, askedFor(plan, { from: yesterday, to: yesterday }));
  else keepPlan(outside, typeof wanted === 'object' ? askedFor(plan, wanted) : plan);
}

/** Another account behind the same sheet begins with nothing to make up for. */
function ofAccount({ outside, startedAt }: Run, accountId: number | undefined): ReportPlan {
  const plan = keptPlan(outside);
  if (accountId === undefined) return plan;
  if (plan.accountId === undefined || plan.accountId === accountId) return { ...plan, accountId };
  dropCollection(outside, 'collection');
  dropCollection(outside, 'reported');
  return { ...NO_PLAN, accountId, pingsFrom: Math.floor(startedAt / 1000) };
}

/** Pings that no report has fetched belong to days that no report has seen. */
function firstPingDay({ outside, zone }: Run, { pingsFrom }: ReportPlan): string | undefined {
  const logged = pingsIn(latencyLog(outside.properties.recall()));
  const times = logged.map(({ at }) => at).filter(at => at >= pingsFrom);
  return times.length > 0 ? dayOf(Math.min(...times) * 1000, zone) : undefined;
}

function earliest(...days: (string | undefined)[]): string | undefined {
  return days.filter(day => day !== undefined).sort()[0];
}

export function yesterdayOf({ startedAt, zone }: Pick<Run, 'startedAt' | 'zone'>): Day {
  return dayBefore(startedAt, zone);
}
