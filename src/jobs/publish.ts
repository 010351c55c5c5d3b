import type { Row } from '../core/cell';
import { type Collection, eventsSoFar, shareRead } from '../core/collection';
import { type Day, dayOfSerial, timeOfDay } from '../core/day';
import { hoursOf } from '../core/dayHours';
import { eventName } from '../core/eventNames';
import { sumOf } from '../core/hourly';
import { pingDay } from '../core/ping';
import { type DayFigures, daysRow, notes, pingCells, reportRows, unfinishedDaysRow } from '../core/report';
import { automatedByType, totalOf } from '../core/sums';
import { topTypes } from '../core/topTypes';
import type { Table } from '../ports';
import { ensureSheets } from './ensureSheets';
import { keptCollection } from './keptCollection';
import { forgetPings, pingsUntil, putPings } from './movePings';
import { requestsOn } from './quota';
import { reportedDays } from './reportedDays';
import type { Run } from './run';
import type { Finding } from './telling';

/**
 * Puts a day into the sheets, in the place of what stood there for it; the pings leave the rolling log last.
 * @param names the account's names of event types, by key
 * @throws SheetProtected
 */
export function publish(current: Run, names: ReadonlyMap<string, string>, collection: Collection): void {
  const { day, sums, unreadable, requests, late, zone } = collection;
  // In the zone in which the day was collected: a later change does not recompute it.
  const run = { ...current, zone };
  const { language, outside, settings, texts } = run;
  run.findings.push(...ensureSheets(outside, run));
  const { workbook } = outside;
  const pings = pingsUntil(run, day);
  const byType = automatedByType(sums, settings.clientActionsCount);
  const figures: DayFigures = {
    day,
    zone,
    total: totalOf(sums),
    automated: sumOf([...byType.values()]),
    unreadable,
    late,
    top: topTypes(byType, settings.topEvents),
    pings: pingCells(pingDay(pings.ofDay), zone, texts),
    requests,
    ownRequests: requestsOn(day, outside),
  };
  const days = workbook.table('days', texts);
  // Pings that are no longer to be had had their figures once: those stay.
  const before = pings.ofDay.length === 0 ? days.read().find(row => dayOfRow(row) === day) : undefined;
  if (before && typeof before.pings === 'number' && before.pings > 0)
    figures.pings = { ...before, remark: '' };
  const rows = reportRows(figures, texts, type => eventName(type, language, names));
  putDay(workbook.table('report', texts), day, rows);
  putPings(run, pings);
  // Last, since this row calls the day complete.
  putDay(days, day, [daysRow(figures, texts)]);
  workbook.flush();
  forgetPings(run, pings.logged);
  run.findings.push(done(run, figures));
}

/** A day that is not collected yet gets its row in Days, marked, and none in the report. */
export function publishUnfinished(run: Run): void {
  const { outside, settings, texts } = run;
  const collection = keptCollection(outside, 'collection');
  if (collection?.phase !== 'reading') return;
  run.findings.push(...ensureSheets(outside, run));
  const { day, next, requests, sums, zone } = collection;
  // Until it is there anew, a day that stood there whole stays.
  if (reportedDays(run).has(day)) return;
  const byType = automatedByType(sums, settings.clientActionsCount);
  const row = unfinishedDaysRow(
    {
      day,
      share: shareRead(collection, hoursOf(day, zone)),
      missingFrom: timeOfDay(next * 1000, zone),
      total: eventsSoFar(collection),
      automated: sumOf([...byType.values()]),
      requests,
    },
    texts,
  );
  putDay(outside.workbook.table('days', texts), day, [row]);
  outside.workbook.flush();
}

/** A day's rows are a function of the day: written twice, they stand once, and days stand in order. */
function putDay<Column extends string>(
  table: Table<Column | 'date'>,
  day: Day,
  rows: readonly Row<Column | 'date'>[],
): void {
  table.replace({ rows, belongs: row => dayOfRow(row) === day, follows: row => dayOfRow(row) > day });
}

function dayOfRow({ date }: { date: unknown }): Day {
  return typeof date === 'number' ? dayOfSerial(date) : '';
}

function done({ texts }: Run, figures: DayFigures): Finding {
  const { day, late, total, automated } = figures;
  const remarks = notes(figures, texts);
  const { report } = texts;
  const summary =
    late > 0 ? report.corrected(texts.day(day), late) : report.done(texts.day(day), total, automated);
  return { level: remarks.length > 0 ? 'WARN' : 'INFO', what: [summary, ...remarks].join('. ') };
}
