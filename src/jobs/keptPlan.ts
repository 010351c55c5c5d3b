import { type ReportPlan, reportPlanOf } from '../core/reportPlan';
import type { Outside } from '../ports';
import { PLAN } from './propertyNames';

export function keptPlan({ properties }: Outside): ReportPlan {
  return reportPlanOf(properties.readAll()[PLAN]);
}

export function keepPlan({ properties }: Outside, plan: ReportPlan): void {
  properties.change({ write: new Map([[PLAN, JSON.stringify(plan)]]) });
}

/** Changes the plan from outside a report, which may be under way. */
export function changePlan(outside: Outside, change: (plan: ReportPlan) => ReportPlan): void {
  outside.mutex.during(() => keepPlan(outside, change(keptPlan(outside))));
}
