import { type Day, dayBounds, dayOf } from '../core/day';
import { latencyLog, pingsIn, withoutPings } from '../core/latencyLog';
import { type Ping, pingsOfDay } from '../core/ping';
import { pingOfRow, pingRow } from '../core/report';
import type { ColumnOf } from '../core/tables';
import { LockBusy, type Table } from '../ports';
import { keptPlan } from './keptPlan';
import type { Run } from './run';

/** Puts all pings of the rolling log into the sheet, where there is one. */
export function movePings(run: Run): void {
  const { outside, startedAt, zone } = run;
  if (!outside.workbook.has('pings')) return;
  const pings = pingsUntil(run, dayOf(startedAt, zone));
  putPings(run, pings);
  outside.workbook.flush();
  forgetPings(run, pings.logged);
}

export interface Pings {
  /** All of the day, wherever they are. */
  ofDay: Ping[];
  /** Those of the rolling log that were taken by the end of the day: also what a failed night left there. */
  logged: Ping[];
  /** Those of them that the sheet does not hold yet: a run that was cut short may have put some there. */
  toMove: Ping[];
  /** Whether the sheet holds later ones. */
  laterInSheet: boolean;
}

/** The pings of a day, and where they are. */
export function pingsUntil({ outside, progress, texts, zone }: Run, day: Day): Pings {
  const { properties, workbook } = outside;
  const inSheet = pingsInTable(workbook.table('pings', texts));
  progress.pingsInSheet = inSheet;
  const isArchived = workbook.has('pingsArchive') && !inSheet.some(({ at }) => dayOf(at * 1000, zone) < day);
  const archived = isArchived ? pingsInTable(workbook.table('pingsArchive', texts)) : [];
  const { pingsFrom } = keptPlan(outside);
  const known = new Set([...archived, ...inSheet].map(ping => ping.at));
  const lastSecond = dayBounds(day, zone).to;
  // The plan was read just now, and the log with it.
  const logged = pingsIn(latencyLog(properties.recall())).filter(ping => ping.at <= lastSecond);
  const toMove = logged.filter(ping => !known.has(ping.at)).sort((a, b) => a.at - b.at);
  const last = toMove[toMove.length - 1]?.at ?? 0;
  return {
    // Those of an account that was here before measured another company.
    ofDay: pingsOfDay([...archived, ...inSheet, ...toMove], day, zone).filter(({ at }) => at >= pingsFrom),
    logged,
    toMove,
    laterInSheet: inSheet.some(ping => ping.at > last),
  };
}

function pingsInTable(table: Pick<Table<ColumnOf<'pings'>>, 'read'>): Ping[] {
  return table
    .read()
    .map(pingOfRow)
    .filter(ping => ping !== undefined);
}

export function putPings({ outside: { workbook }, texts, zone }: Run, { toMove, laterInSheet }: Pings): void {
  if (toMove.length === 0) return;
  const table = workbook.table('pings', texts);
  const rows = toMove.map(ping => pingRow(ping, zone, texts));
  const last = toMove[toMove.length - 1]!.at;
  if (!laterInSheet) table.append(rows);
  else table.replace({ rows, belongs: () => false, follows: row => (pingOfRow(row)?.at ?? 0) > last });
}

/** The sheet holds them now. Where the lock is not to be had they stay: the next report knows them by their time. */
export function forgetPings({ outside: { mutex, properties } }: Run, pings: readonly Ping[]): void {
  if (pings.length === 0) return;
  try {
    mutex.during(() => {
      const log = latencyLog(properties.readAll());
      properties.change(withoutPings(log, new Set(pings.map(ping => ping.at))));
    });
  } catch (error) {
    if (!(error instanceof LockBusy)) throw error;
  }
}
