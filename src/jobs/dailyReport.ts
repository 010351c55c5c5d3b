import type { AmoClient } from '../amocrm/client';
import { type Account, readAccount } from '../amocrm/operations/account';
import { AmoError, isSoonPast, isTemporary } from '../core/amoError';
import { type Collection, newCollection, reopened } from '../core/collection';
import { hoursOf } from '../core/dayHours';
import type { JobHealth } from '../core/notices';
import { afterReport, askedFor, daysToReport, isStuck, whenAllIsReported } from '../core/reportPlan';
import { totalsByHour } from '../core/sums';
import { mayCollect } from '../core/usage';
import type { Outside } from '../ports';
import { type AccountLists, accountLists } from './accountLists';
import { comeBackSoon, goOnLater, postpone, waitForQuota } from './anotherRun';
import { archivePings } from './archivePings';
import { clientOf } from './clientOf';
import { collect, hasUsers, isOutOfTime } from './collect';
import { clearContinuation } from './continuation';
import { dropCollection, keptCollection, renameCollection } from './keptCollection';
import { keepPlan, keptPlan } from './keptPlan';
import { takeDuePings } from './measurePing';
import { planFor, type Wanted, yesterdayOf } from './planFor';
import { publish } from './publish';
import { quotaFindings, usageNow } from './quota';
import { reportedInRun } from './reportedDays';
import { readRules } from './rules';
import { type JobDescription, type Run, runJob, settingsFindings, timeLeft } from './run';
import { rememberAccount } from './snapshot';

const JOB: JobDescription = {
  name: 'dailyReport',
  holds: 'dailyReport',
  needsAccount: true,
  watched: true,
  effectOfFailure(run) {
    const { progress, texts } = run;
    const day = texts.day(progress.day ?? yesterdayOf(run));
    return progress.writing ? texts.effect.reportInDoubt(day) : texts.effect.reportUnchanged(day);
  },
};

/** What publishing a day may take, its names included. */
const PUBLISHING_MS = 20_000;
/** From this share of refused requests on it is told. */
const CROWDED = 0.2;
const FEWEST_REFUSED = 5;

/**
 * Reports the days that are due, newest first: counts their automated events, finds their slowest pings, and writes
 * both into the sheet. What this run has no time for the next one does.
 */
export function dailyReport(outside: Outside, wanted: Wanted): boolean {
  const beforeLeaving = (run: Run) => {
    tellOfCrowding(run);
    takeDuePings(run, true);
  };
  const whenBusy = (_: unknown, run: Run) => {
    if (wanted === 'due') return [];
    if (wanted === 'nightly') comeBackSoon(run);
    return undefined;
  };
  const calledBy = wanted === 'nightly' ? 'dailyReport' : undefined;
  const withoutAccess = (run: Run, error: unknown) => waitForAccess(run, wanted, error);
  return runJob(outside, { ...JOB, calledBy, whenBusy, withoutAccess, beforeLeaving }, run => {
    try {
      return reportDays(run, wanted);
    } catch (error) {
      if (isOutOfTime(error)) return goOnLater(run);
      // A server that is asked much may ask for patience: no failure as long as the day moves on.
      if (run.gate.pause?.cause === 'asked' && run.progress.moved) return goOnLater(run, run.gate.pause);
      postpone(run, error);
      throw error;
    }
  });
}

function reportDays(started: Run, wanted: Wanted): JobHealth | undefined {
  const { outside } = started;
  if (outside.byTrigger && !mayCollect(usageNow(outside), started.settings.googlePlan)) {
    return waitForQuota(started);
  }
  const amo = clientOf(started);
  const account = askAccount(started, amo, wanted);
  const run = rememberAccount(outside, started, account);
  if (started.knownAccount && run.zone !== started.zone)
    run.findings.push({ level: 'WARN', what: run.texts.report.zoneChanged(started.zone, run.zone) });
  planFor(run, wanted, account.id);
  clearContinuation(run);
  const lists = accountLists(run, amo);
  for (;;) {
    const collection = nextCollection(run, lists, account.id);
    if (!collection) return finish(run);
    run.progress.reading = collection.day;
    if (!collection.isCorrection) run.progress.day = collection.day;
    const read = collect(run, amo, collection, () => lists.eventTypes());
    if (read.phase !== 'collected') return goOnLater(run);
    // One that fell due while an earlier run had the line may be the day's.
    takeDuePings(run, true);
    if (timeLeft(outside) < PUBLISHING_MS) return goOnLater(run);
    complete(run, lists.eventTypes(), read);
  }
}

/** What is wished for is not lost where new tokens are not to be had just now. */
function waitForAccess(run: Run, wanted: Wanted, error: unknown): void {
  // One that has fired would stand there as long as amoCRM does not let us in; the hourly ping finds what is left.
  clearContinuation(run);
  if (!(error instanceof AmoError) || !(isTemporary(error) || isSoonPast(error))) return;
  planFor(run, wanted, undefined);
  postpone(run, error);
}

/** Asked each time: the account may have moved to another zone since. Where it cannot be asked no wish is lost. */
function askAccount(run: Run, amo: AmoClient, wanted: Wanted): Account {
  try {
    return readAccount(amo);
  } catch (error) {
    planFor(run, wanted, undefined);
    throw error;
  }
}

/** The day under way, else a look back at the last one reported, else the next day that is due. */
function nextCollection(run: Run, lists: AccountLists, accountId: number): Collection | undefined {
  const { outside, settings, zone } = run;
  const plan = keptPlan(outside);
  const current = keptCollection(outside, 'collection');
  const usable = current?.accountId === accountId && current.zone === zone;
  // Without the register everybody would count as automation.
  if (current && usable && !hasUsers(run)) lists.remember();
  if (current && usable && !isStuck(plan, current.day)) return current;
  const days = daysToReport(plan, yesterdayOf(run), reportedInRun(run));
  if (current && usable && !days.some(day => !isStuck(plan, day))) return current;
  // A look back that got nowhere: so that what it was to find is not lost, the day is collected anew when it can be.
  if (current?.isCorrection && usable) {
    keepPlan(outside, askedFor(plan, { from: current.day, to: current.day }));
    dropCollection(outside, 'reported');
  }
  if (current) dropCollection(outside, 'collection');

  const [day] = days;
  if (day === undefined) return undefined;
  lists.remember();
  const reported = keptCollection(outside, 'reported');
  if (reported && !reported.isCorrection && reported.accountId === accountId && reported.day < day) {
    return reopened(reported, hoursOf(reported.day, reported.zone));
  }
  const { serviceAccounts } = settings;
  const beganAt = outside.clock.now();
  const expected = reported && totalsByHour(reported.sums);
  const rules = readRules(outside);
  return newCollection(day, zone, hoursOf(day, zone), {
    ...{ accountId, serviceAccounts, rules, beganAt, expected },
  });
}

/** Everything is read before anything is written, so that a failed collection leaves the report as it was. */
function complete(run: Run, names: ReadonlyMap<string, string>, collection: Collection): void {
  const { outside, progress } = run;
  const { day, isCorrection, late } = collection;
  if (!isCorrection || late > 0) {
    progress.writing = true;
    publish(run, names, collection);
    progress.writing = false;
    progress.reported?.add(day);
  }
  if (isCorrection) {
    renameCollection(outside, 'collection', 'reported');
    return;
  }
  keepPlan(outside, afterReport(keptPlan(outside), day));
  const newest = keptCollection(outside, 'reported')?.day;
  if (newest !== undefined && newest > day) dropCollection(outside, 'collection');
  else renameCollection(outside, 'collection', 'reported');
}

function finish(run: Run): undefined {
  const { findings, outside, progress, settings, texts, zone } = run;
  keepPlan(outside, whenAllIsReported(keptPlan(outside), settings.reportTime, zone));
  if (progress.day === undefined) findings.push({ level: 'INFO', what: texts.report.nothingDue });
  findings.push(...settingsFindings(run));
  archivePings(run);
  findings.push(...quotaFindings(run, true));
}

/** A finding in itself: somebody else uses up the account's limit. */
function tellOfCrowding({ findings, gate, texts }: Run): void {
  const { requests, tooMany } = gate;
  if (tooMany < FEWEST_REFUSED || tooMany < CROWDED * requests) return;
  const what = texts.report.crowded(Math.round((tooMany / requests) * 100));
  findings.push({ level: 'WARN', what, effect: texts.effect.none, todo: texts.report.crowdedTodo });
}
