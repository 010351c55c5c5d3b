import { type Day, dayOfSerial, serialOf, timeOfDay } from '../core/day';
import { latencyLog, pingsIn } from '../core/latencyLog';
import type { Ping } from '../core/ping';
import { pingOfRow } from '../core/report';
import type { Installed } from '../core/schedule';
import type { Texts } from '../core/texts';
import type { Outside } from '../ports';
import { installedTriggers } from './installedTriggers';
import { type JobDescription, runJob } from './run';
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
    return [];
  });
}

function statusOf(outside: Outside, snapshot: Snapshot): string[] {
  const { texts, zone, knownAccount } = snapshot;
  const { status } = texts;
  const ping = lastPing(outside, snapshot);
  const day = lastReportedDay(outside, snapshot);
  return [
    knownAccount ? status.account(`${knownAccount.name} (${knownAccount.host})`) : status.notConnected,
    status.zone(zone),
    scheduled(installedTriggers(outside.properties.readAll()), texts),
    ping ? status.lastPing(shownTime(ping.at * 1000, snapshot), result(ping, texts)) : status.noPing,
    day ? status.lastReport(texts.day(day)) : status.noReport,
    status.errors(recentErrors(outside, snapshot)),
    ...problemSentences(snapshot),
  ];
}

function lastPing({ workbook, properties }: Outside, { texts }: Snapshot): Ping | undefined {
  const logged = pingsIn(latencyLog(properties.readAll()));
  const pings =
    logged.length > 0 || !workbook.has('pings')
      ? logged
      : workbook.table('pings', texts).read().map(pingOfRow);
  return pings.reduce((last, ping) => (ping && ping.at >= (last?.at ?? 0) ? ping : last), undefined);
}

function lastReportedDay({ workbook }: Outside, { texts }: Snapshot): Day | undefined {
  if (!workbook.has('days')) return undefined;
  const dates = workbook
    .table('days', texts)
    .read()
    .flatMap(({ date }) => (typeof date === 'number' ? [date] : []));
  return dates.length > 0 ? dayOfSerial(Math.max(...dates)) : undefined;
}

function recentErrors({ clock, workbook }: Outside, { texts, zone }: Snapshot): number {
  if (!workbook.has('log')) return 0;
  const since = serialOf(clock.now(), zone) - 1;
  const rows = workbook.table('log', texts).read();
  return rows.filter(({ when, level }) => level === 'ERROR' && typeof when === 'number' && when >= since)
    .length;
}

function scheduled({ hourlyPing, dailyReport }: Installed, { status, triggers }: Texts): string {
  const parts: string[] = [];
  if (dailyReport?.schedule.handler === 'dailyReport') {
    parts.push(triggers.dailyReport(dailyReport.schedule.at, dailyReport.schedule.timeZone));
  }
  if (hourlyPing?.schedule.handler === 'hourlyPing') {
    parts.push(triggers.hourlyPing(hourlyPing.schedule.everyMinutes));
  }
  return parts.length > 0 ? status.triggers(parts.join(', ')) : status.noTriggers;
}

function result({ ms, failure, status }: Ping, texts: Texts): string {
  return ms === undefined ? texts.pingFailure(failure ?? 'no-connection', status) : texts.status.pingMs(ms);
}

function shownTime(at: number, { texts, zone }: Snapshot): string {
  return `${texts.day(dayOfSerial(Math.floor(serialOf(at, zone))))} ${timeOfDay(at, zone)}`;
}
