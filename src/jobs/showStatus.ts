import { eventsSoFar, shareRead } from '../core/collection';
import { isRefused } from '../core/connection';
import { type Day, dayBefore, dayOf, serialOf } from '../core/day';
import { hoursOf } from '../core/dayHours';
import { latencyLog, pingsIn } from '../core/latencyLog';
import { lineOf, pauseAt } from '../core/line';
import type { Ping } from '../core/ping';
import { pingOfRow } from '../core/report';
import { daysToReport } from '../core/reportPlan';
import type { Texts } from '../core/texts';
import { claimsOf } from '../core/tokenClaims';
import type { Outside } from '../ports';
import { keptTriggers } from './installedTriggers';
import { keptCollection } from './keptCollection';
import { keptPlan } from './keptPlan';
import { LINE } from './propertyNames';
import { sharesNow } from './quota';
import { reportedDays } from './reportedDays';
import { type JobDescription, runJob } from './run';
import { shownInstant } from './shownInstant';
import { problemSentences, type Snapshot } from './snapshot';

const JOB: JobDescription = {
  name: 'showStatus',
  needsAccount: false,
  effectOfFailure: run => run.texts.effect.none,
};

/** Tells how the monitor is doing, from what is stored: no request is sent. */
export function showStatus(outside: Outside): void {
  runJob(outside, JOB, run => {
    outside.dialogs.tell(statusOf(outside, run).join('\n'));
    return undefined;
  });
}

function statusOf(outside: Outside, snapshot: Snapshot): string[] {
  const { texts, zone, knownAccount } = snapshot;
  const { status } = texts;
  const ping = lastPing(outside, snapshot);
  const day = lastReportedDay(outside, snapshot);
  return [
    knownAccount ? status.account(`${knownAccount.name} (${knownAccount.host})`) : status.notConnected,
    ...connected(outside, snapshot),
    status.zone(zone),
    scheduled(outside, snapshot),
    ping ? status.lastPing(shownInstant(ping.at * 1000, snapshot), result(ping, texts)) : status.noPing,
    day ? status.lastReport(texts.day(day)) : status.noReport,
    ...underWay(outside, snapshot),
    ...paused(outside, snapshot),
    ...quotas(outside, snapshot),
    status.errors(recentErrors(outside, snapshot)),
    ...problemSentences(snapshot),
  ];
}

function connected({ clock }: Outside, { connection, settings, texts, zone }: Snapshot): string[] {
  if (!connection || settings.baseUrl === undefined) return [];
  const isRenewed = connection.renewal !== undefined;
  const refused = isRefused(connection, settings.baseUrl, clock.now());
  const { expiresAt } = claimsOf(connection.access);
  const until = isRenewed || expiresAt === undefined ? undefined : texts.day(dayOf(expiresAt, zone));
  return [texts.connection.state(isRenewed ? 'oauth' : 'token', refused, until)];
}

function lastPing({ workbook, properties }: Outside, { texts }: Snapshot): Ping | undefined {
  const logged = pingsIn(latencyLog(properties.readAll()));
  const pings =
    logged.length > 0 || !workbook.has('pings')
      ? logged
      : workbook.table('pings', texts).read().map(pingOfRow);
  return pings.reduce((last, ping) => (ping && ping.at >= (last?.at ?? 0) ? ping : last), undefined);
}

/** The last day that stands there whole. */
function lastReportedDay(outside: Outside, snapshot: Snapshot): Day | undefined {
  return [...reportedDays({ ...snapshot, outside })].sort().pop();
}

function recentErrors({ clock, workbook }: Outside, { texts, zone }: Snapshot): number {
  if (!workbook.has('log')) return 0;
  const since = serialOf(clock.now(), zone) - 1;
  const rows = workbook.table('log', texts).read();
  return rows.filter(({ when, level }) => level === 'ERROR' && typeof when === 'number' && when >= since)
    .length;
}

function scheduled({ properties }: Outside, { texts }: Snapshot): string {
  const { status, triggers } = texts;
  const { installed, owner } = keptTriggers(properties.readAll());
  const { hourlyPing, dailyReport } = installed;
  const parts: string[] = [];
  if (dailyReport?.schedule.handler === 'dailyReport') {
    parts.push(triggers.dailyReport(dailyReport.schedule.at, dailyReport.schedule.timeZone));
  }
  if (hourlyPing?.schedule.handler === 'hourlyPing') {
    parts.push(triggers.hourlyPing(hourlyPing.schedule.everyMinutes));
  }
  if (parts.length === 0) return status.noTriggers;
  return status.triggers(parts.join(', ')) + (owner === undefined ? '' : ` ${status.ownedBy(owner)}`);
}

/** How far the collection under way has come, when it will be done, and which days wait. */
function underWay(outside: Outside, snapshot: Snapshot): string[] {
  const { texts } = snapshot;
  const { status } = texts;
  const lines: string[] = [];
  const now = outside.clock.now();
  const collection = keptCollection(outside, 'collection');
  if (collection) {
    const hours = hoursOf(collection.day, collection.zone);
    const share = shareRead(collection, hours);
    const { beganAt } = collection;
    // The rest at the pace so far; nothing is said while there is too little to go by.
    const endsAt = share > 0.02 && share < 1 ? now + ((now - beganAt) * (1 - share)) / share : undefined;
    const end = endsAt === undefined ? undefined : shownInstant(endsAt, snapshot);
    lines.push(
      status.collecting(texts.day(collection.day), eventsSoFar(collection), Math.floor(share * 100), end),
    );
  }
  const plan = keptPlan(outside);
  const { retryAt, failures } = plan;
  const yesterday = dayBefore(now, snapshot.zone);
  const waiting = daysToReport(plan, yesterday, reportedDays({ ...snapshot, outside })).length;
  if (waiting > 0) lines.push(status.waiting(waiting));
  if (failures > 0 && retryAt > now) lines.push(status.retry(failures, shownInstant(retryAt, snapshot)));
  return lines;
}

function paused({ clock, properties }: Outside, snapshot: Snapshot): string[] {
  const pause = pauseAt(lineOf(properties.readAll()[LINE]), clock.now());
  return pause ? [snapshot.texts.status.paused(pause.cause, shownInstant(pause.until, snapshot))] : [];
}

function quotas(outside: Outside, snapshot: Snapshot): string[] {
  const { quota, status } = snapshot.texts;
  return [
    status.quotas(
      sharesNow({ ...snapshot, outside }, outside.workbook.cells())
        .map(quota.share)
        .join(', '),
    ),
  ];
}

function result({ ms, failure, status }: Ping, texts: Texts): string {
  return ms === undefined ? texts.pingFailure(failure ?? 'no-connection', status) : texts.status.pingMs(ms);
}
