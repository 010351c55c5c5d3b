import { type AmoClient, amoClient } from '../amocrm/client';
import { readAccount } from '../amocrm/operations/account';
import { eventsBetween } from '../amocrm/operations/events';
import { eventTypeNames } from '../amocrm/operations/eventTypes';
import { userIds } from '../amocrm/operations/users';
import { pacer } from '../amocrm/pacer';
import { AmoError } from '../core/amoError';
import { type AmoEvent, isAutomated } from '../core/automated';
import { type Day, dayBounds, dayOf, dayOfSerial, shiftDay } from '../core/day';
import { eventName } from '../core/eventNames';
import { knownUsers, usersDocuments } from '../core/knownUsers';
import { latencyLog, pingsIn, withoutPings } from '../core/latencyLog';
import { type Ping, pingDay, pingsOfDay } from '../core/ping';
import { type DayFigures, daysRow, notes, pingOfRow, pingRow, reportRows } from '../core/report';
import { count, emptyTally, type Tally, topTypes } from '../core/tally';
import type { Outside, Table } from '../ports';
import { type Finding, type Run, runJob, settingsFindings } from './run';
import { rememberAccount } from './snapshot';

/** Reports yesterday: counts its automated events, finds its slowest ping, and writes both into the sheet. */
export function dailyReport(outside: Outside): boolean {
  const job = {
    name: 'dailyReport',
    exclusive: 'report',
    needsAccount: true,
    effectOfFailure: (run: Run) => run.texts.effect.reportUnchanged(run.texts.day(yesterday(run))),
  } as const;
  return runJob(outside, job, started => {
    const amo = clientOf(started);
    const run = withKnownZone(started, amo);
    const day = yesterday(run);
    const users = rememberedUsers(run, userIds(amo));
    const tally = tallyOfDay(run, amo, day, users);
    const names = accountNames(run, amo);
    const pings = collectedPings(run, day);

    const figures: DayFigures = {
      day,
      zone: run.zone,
      total: tally.total,
      automated: tally.automated,
      unreadable: tally.unreadable,
      top: topTypes(tally.byType, run.settings.topEvents),
      pings: pingDay(pings.ofDay),
      requests: run.requests(),
    };
    write(run, figures, names.byType, pings.toMove);
    forgetMoved(run, pings.logged);
    return [...settingsFindings(run), ...names.findings, done(run, figures)];
  });
}

function clientOf(run: Run): AmoClient {
  const { answered, clock, http } = run.outside;
  const pace = pacer(clock, run.settings.requestsPerSecond, answered);
  return amoClient({ clock, http, pacer: pace, account: run.account!, deadline: run.deadline });
}

/** Set-up learns the account's zone; where it could not, or the address changed since, the report does. */
function withKnownZone(run: Run, amo: AmoClient): Run {
  if (run.knownAccount) return run;
  return { ...run, ...rememberAccount(run.outside, run, readAccount(amo)) };
}

function yesterday(run: Run): Day {
  return shiftDay(dayOf(run.startedAt, run.zone), -1);
}

/** All users ever seen, those who are in the account now included. */
function rememberedUsers({ outside: { mutex, properties } }: Run, present: ReadonlySet<number>): Set<number> {
  return mutex.during(() => {
    const before = knownUsers(properties.readAll());
    const all = new Set([...before, ...present]);
    if (all.size > before.size) properties.change({ write: usersDocuments(all) });
    return all;
  });
}

function tallyOfDay(run: Run, amo: AmoClient, day: Day, users: ReadonlySet<number>): Tally {
  const { clientActionsCount, serviceAccounts } = run.settings;
  const authorship = { users, serviceAccounts: new Set(serviceAccounts), clientActionsCount };
  const automated = (event: AmoEvent) => isAutomated(event, authorship);
  const bounds = dayBounds(day, run.zone);
  const tally = emptyTally();
  for (const page of eventsBetween(amo, bounds.from, bounds.to)) {
    tally.unreadable += page.unreadable;
    for (const event of page.events) count(tally, event, bounds, automated);
  }
  return tally;
}

/** A report without amoCRM's own names is still right, so a failure here only makes a remark. */
function accountNames(run: Run, amo: AmoClient): { byType: Map<string, string>; findings: Finding[] } {
  try {
    return { byType: eventTypeNames(amo, run.language), findings: [] };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    const { namesUnavailable, error: words } = run.texts;
    const what = `${namesUnavailable}: ${words.what(error.code, error.status)}`;
    return { byType: new Map(), findings: [{ level: 'WARN', what, effect: run.texts.effect.none }] };
  }
}

interface CollectedPings {
  /** All of the day, wherever they are. */
  ofDay: Ping[];
  /** Those of the rolling log that were taken by the end of the day: also what a failed night left there. */
  logged: Ping[];
  /** Those of them that the sheet does not hold yet: a run that was cut short may have put some there. */
  toMove: Ping[];
}

function collectedPings(run: Run, day: Day): CollectedPings {
  const { properties, workbook } = run.outside;
  if (!workbook.has('pings')) workbook.ensure(run.texts);
  const rows = workbook.table('pings', run.texts).read().map(pingOfRow);
  const inSheet = rows.filter(ping => ping !== undefined);
  const known = new Set(inSheet.map(ping => ping.at));
  const lastSecond = dayBounds(day, run.zone).to;
  const logged = pingsIn(latencyLog(properties.readAll())).filter(ping => ping.at <= lastSecond);
  const toMove = logged.filter(ping => !known.has(ping.at)).sort((a, b) => a.at - b.at);
  return { ofDay: pingsOfDay([...inSheet, ...toMove], day, run.zone), logged, toMove };
}

/** Everything at the end, so that a failed collection leaves the sheet as it was. */
function write(run: Run, figures: DayFigures, names: Map<string, string>, pings: readonly Ping[]): void {
  const { workbook } = run.outside;
  const { texts, zone, language } = run;
  workbook.ensure(texts);
  putDay(
    workbook.table('report', run.texts),
    figures.day,
    reportRows(figures, texts, type => eventName(type, language, names)),
  );
  putDay(workbook.table('days', run.texts), figures.day, [daysRow(figures, texts)]);
  if (pings.length > 0) {
    const last = pings[pings.length - 1]!.at;
    workbook.table('pings', texts).replace({
      belongs: () => false,
      rows: pings.map(ping => pingRow(ping, zone, texts)),
      follows: row => typeof row.unix === 'number' && row.unix > last,
    });
  }
  workbook.flush();
}

/** A day's rows are a function of the day: written twice, they stand once, and days stand in order. */
function putDay<Column extends string>(
  table: Table<Column | 'date'>,
  day: Day,
  rows: Parameters<Table<Column | 'date'>['replace']>[0]['rows'],
): void {
  const dayOfRow = ({ date }: { date: unknown }) => (typeof date === 'number' ? dayOfSerial(date) : '');
  table.replace({ rows, belongs: row => dayOfRow(row) === day, follows: row => dayOfRow(row) > day });
}

/** The day's pings leave the rolling log now that the sheet holds them. */
function forgetMoved({ outside: { mutex, properties } }: Run, moved: readonly Ping[]): void {
  if (moved.length === 0) return;
  mutex.during(() => {
    const log = latencyLog(properties.readAll());
    properties.change(withoutPings(log, new Set(moved.map(ping => ping.at))));
  });
}

function done(run: Run, figures: DayFigures): Finding {
  const { texts } = run;
  const remarks = notes(figures, texts);
  const summary = texts.report.done(texts.day(figures.day), figures.total, figures.automated);
  return { level: remarks.length > 0 ? 'WARN' : 'INFO', what: [summary, ...remarks].join('. ') };
}
