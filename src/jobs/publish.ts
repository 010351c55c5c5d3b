import { type Collection, daySums, eventsSoFar, shareRead } from '../core/collection';
import { timeOfDay } from '../core/day';
import { hoursOf } from '../core/dayHours';
import { eventName } from '../core/eventNames';
import { peakHour, sumOf } from '../core/hourly';
import { pingDay } from '../core/ping';
import {
  type DayFigures,
  daysRow,
  notes,
  pingCells,
  pingCellsOf,
  reportRows,
  unfinishedDaysRow,
} from '../core/report';
import {
  automatedByType,
  automatedOperations,
  totalOf,
  totalsByActor,
  totalsByHour,
  unexplainedShare,
} from '../core/sums';
import { topTypes } from '../core/topTypes';
import { dayOfRow, putDay } from './dayRows';
import { putDetails } from './details';
import { ensureSheets } from './ensureSheets';
import { keptCollection } from './keptCollection';
import { forgetPings, pingsUntil, putPings } from './movePings';
import { namingOf } from './naming';
import { yesterdayOf } from './planFor';
import { requestsOn } from './quota';
import { reportedInRun } from './reportedDays';
import { showMatches } from './rules';
import type { Run } from './run';
import { suggestServiceAccounts } from './suggestServiceAccounts';
import type { Finding } from './telling';

/**
 * Puts a day into the sheets, in the place of what stood there for it; the pings leave the rolling log last.
 * @param types the account's names of event types, by key
 * @throws SheetProtected
 */
export function publish(current: Run, types: ReadonlyMap<string, string>, collection: Collection): void {
  const { day, unreadable, requests, rules, late, zone } = collection;
  // In the zone in which the day was collected: a later change does not recompute it.
  const run = { ...current, zone };
  const { language, outside, settings, texts } = run;
  run.findings.push(...ensureSheets(outside, run));
  const { workbook } = outside;
  const sums = daySums(collection);
  const pings = pingsUntil(run, day);
  const ofPings = pingDay(pings.ofDay, zone);
  const byType = automatedByType(sums, settings.clientActionsCount);
  const totals = new Map([...byType].map(([type, hours]) => [type, sumOf(hours)]));
  const figures: DayFigures = {
    day,
    zone,
    total: totalOf(sums),
    automated: sumOf([...totals.values()]),
    operations: automatedOperations(sums, settings.clientActionsCount),
    byActor: totalsByActor(sums),
    busiestHour: peakHour(totalsByHour(sums)),
    unexplained: rules.length > 0 ? unexplainedShare(sums, settings.clientActionsCount) : undefined,
    unreadable,
    late,
    top: topTypes(totals, settings.topEvents),
    pings: pingCells(ofPings, zone, texts),
    requests,
    ownRequests: requestsOn(day, outside),
  };
  const days = workbook.table('days', texts);
  // Pings that are no longer to be had had their figures once: those stay.
  const before = pings.ofDay.length === 0 ? days.read().find(row => dayOfRow(row) === day) : undefined;
  if (before && typeof before.pings === 'number' && before.pings > 0) figures.pings = pingCellsOf(before);
  const naming = namingOf(run, types, rules);
  const rows = reportRows(figures, texts, type => eventName(type, language, types));
  putDay(workbook.table('report', texts), day, rows);
  putDetails(run, { collection, sums, byType, automated: figures.automated, pings: ofPings }, naming);
  putPings(run, pings);
  // Last, since this row calls the day complete.
  putDay(days, day, [daysRow(figures, texts)]);
  if (day === yesterdayOf(run)) showMatches(run, rules, sums);
  workbook.flush();
  forgetPings(run, pings.logged);
  run.findings.push(done(run, figures));
  suggestServiceAccounts(run, sums, naming);
}

/** A day that is not collected yet gets its row in Days, marked, and none in the report. */
export function publishUnfinished(run: Run): void {
  const { outside, settings, texts } = run;
  const collection = keptCollection(outside, 'collection');
  if (collection?.phase !== 'reading') return;
  run.findings.push(...ensureSheets(outside, run));
  const { day, next, requests, zone } = collection;
  // Until it is there anew, a day that stood there whole stays.
  if (reportedInRun(run).has(day)) return;
  const byType = automatedByType(daySums(collection), settings.clientActionsCount);
  const row = unfinishedDaysRow(
    {
      day,
      share: shareRead(collection, hoursOf(day, zone)),
      missingFrom: timeOfDay(next * 1000, zone),
      total: eventsSoFar(collection),
      automated: sumOf([...byType.values()].map(sumOf)),
      requests,
    },
    texts,
  );
  putDay(outside.workbook.table('days', texts), day, [row]);
  outside.workbook.flush();
}

function done({ texts }: Run, figures: DayFigures): Finding {
  const { day, late, total, automated } = figures;
  const remarks = notes(figures, texts);
  const { report } = texts;
  const summary =
    late > 0 ? report.corrected(texts.day(day), late) : report.done(texts.day(day), total, automated);
  return { level: remarks.length > 0 ? 'WARN' : 'INFO', what: [summary, ...remarks].join('. ') };
}
