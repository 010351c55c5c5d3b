import type { Collection } from '../core/collection';
import { dayOf, shiftDay } from '../core/day';
import { hoursOf } from '../core/dayHours';
import { hoursRows, latencyRow, loopRows, processRows } from '../core/detailRows';
import type { Hourly } from '../core/hourly';
import type { PingDay } from '../core/ping';
import type { Naming } from '../core/processName';
import type { Sums } from '../core/sums';
import { MOST_CELLS } from '../core/usage';
import { dropDaysBefore, putDay } from './dayRows';
import { cellsIn } from './quota';
import type { Run } from './run';

/** What the sheets of details are made of. */
export interface Details {
  collection: Collection;
  sums: Sums;
  /** Automated events by type, by hour. */
  byType: ReadonlyMap<string, Hourly>;
  automated: number;
  pings: PingDay;
}

const SHEETS = ['hours', 'processes', 'loops', 'latency'] as const;
/** From this share of the spreadsheet's cells on details are left out: the report must still find room. */
const FULL = 0.95;

/**
 * A day's hours, processes, loops and latency, as far as the spreadsheet has room for them. What is older than it is to
 * be kept goes at the same time.
 */
export function putDetails(run: Run, details: Details, naming: Naming): void {
  const { findings, outside, settings, startedAt, texts, zone } = run;
  const { automated, byType, pings, sums } = details;
  const { day, loops } = details.collection;
  const { workbook } = outside;
  const { clientActionsCount } = settings;
  // Where it is by now: it may have moved in the meantime.
  const host = run.account?.host ?? settings.baseUrl;
  const oldest = shiftDay(dayOf(startedAt, zone), -settings.keepDetailsDays);
  if (cellsIn(run) > FULL * MOST_CELLS) {
    findings.push({ level: 'WARN', ...texts.detailsLeftOut(texts.day(day)) });
    for (const key of SHEETS) dropDaysBefore(workbook.table(key, texts), oldest);
    return;
  }
  putDay(workbook.table('hours', texts), day, hoursRows(day, byType, hoursOf(day, zone), naming), oldest);
  const processes = processRows(day, sums.processes, automated, clientActionsCount, naming, host);
  putDay(workbook.table('processes', texts), day, processes, oldest);
  putDay(workbook.table('loops', texts), day, loopRows(day, loops, zone, naming, host), oldest);
  // Of a day whose pings are no longer to be had, the row that was made of them stays.
  const latency = workbook.table('latency', texts);
  if (pings.pings > 0) putDay(latency, day, [latencyRow(day, pings.medianMsByHour)], oldest);
  else dropDaysBefore(latency, oldest);
}
