import { type Account, readAccount } from '../amocrm/operations/account';
import type { AmoAccount } from '../amocrm/request';
import { dayOf } from '../core/day';
import { daysToReport, whenAllIsReported } from '../core/reportPlan';
import { openAccess } from './access';
import { hastyClientOf } from './clientOf';
import { installTriggers } from './installedTriggers';
import { changePlan, keptPlan } from './keptPlan';
import { yesterdayOf } from './planFor';
import { reportedDays } from './reportedDays';
import type { Run } from './run';
import { rememberAccount } from './snapshot';

/** One request may begin later than work that takes minutes: a slow person has waited for its answer. */
const LAST_CHECK_MS = 5.25 * 60_000;

/**
 * Asks amoCRM with what is stored or was typed, and remembers whose account it is.
 * @param byCode see `openAccess`
 * @returns what the run knows then
 * @throws NotSetUp, AmoError
 */
export function checkIn(run: Run, byCode = false): Run {
  let known = run;
  const prove = (opened: Run) => {
    known = rememberAccount(opened.outside, opened, accountOf(opened, opened.account!));
  };
  openAccess(run, true, { byCode, prove });
  return known;
}

/** With one request, not more: the person is waiting, and may try again. @throws AmoError */
export function accountOf(run: Run, account: AmoAccount): Account {
  return readAccount(hastyClientOf({ ...run, account }, run.outside.startedAt + LAST_CHECK_MS));
}

/** Installs the triggers, and says so. From today on no day is left out; days that were missed are made up for. */
export function schedule(run: Run): undefined {
  const { findings, outside, settings, startedAt, texts, zone } = run;
  const owner = installTriggers(outside, run);
  const { reportTime, pingMinutes } = settings;
  const isBehind = hasMissedDays(run);
  changePlan(outside, plan => {
    const since = plan.since ?? dayOf(startedAt, zone);
    // Whatever was wrong may be mended now: no wait is left over from before.
    const anew = { ...plan, since, failures: 0, retryAt: 0, open: plan.open || isBehind };
    return anew.open ? anew : whenAllIsReported(anew, reportTime, zone);
  });
  if (owner !== undefined) {
    findings.push({ level: 'WARN', what: texts.setUp.ownedBy(owner), todo: texts.setUp.ownedByTodo });
    return;
  }
  const what = texts.setUp.scheduled(reportTime, pingMinutes);
  const connected = findings[findings.length - 1];
  if (connected?.level === 'INFO') connected.what += ` ${what}`;
  else findings.push({ level: 'INFO', what });
}

function hasMissedDays(run: Run): boolean {
  const plan = keptPlan(run.outside);
  if (plan.since === undefined) return false;
  return daysToReport(plan, yesterdayOf(run), reportedDays(run)).length > 0;
}
