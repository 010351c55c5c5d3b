import type { Row } from '../core/cell';
import { type Day, dayBounds, dayOfSerial } from '../core/day';
import { eventName } from '../core/eventNames';
import { latencyLog, pingsIn, withoutPings } from '../core/latencyLog';
import { type Ping, pingDay, pingsOfDay } from '../core/ping';
import { type DayFigures, daysRow, notes, pingOfRow, pingRow, reportRows } from '../core/report';
import { topTypes } from '../core/tally';
import { LockBusy, type Table } from '../ports';
import type { Collected } from './collect';
import { ensureSheets } from './ensureSheets';
import type { Run } from './run';
import type { Finding } from './telling';

/** Puts a day into the sheets, in the place of what stood there for it; the pings leave the rolling log last. */
export function publish(run: Run, day: Day, { tally, names, findings }: Collected): Finding[] {
  const { language, outside, settings, texts, zone } = run;
  ensureSheets(outside, run);
  const pings = pingsUntil(run, day);
  const figures: DayFigures = {
    day,
    zone,
    total: tally.total,
    automated: tally.automated,
    unreadable: tally.unreadable,
    top: topTypes(tally.byType, settings.topEvents),
    pings: pingDay(pings.ofDay),
    requests: run.gate.requests,
  };
  const { workbook } = outside;
  const rows = reportRows(figures, texts, type => eventName(type, language, names));
  putDay(workbook.table('report', texts), day, rows);
  putDay(workbook.table('days', texts), day, [daysRow(figures, texts)]);
  putPings(run, pings);
  workbook.flush();
  forget(run, pings.logged);
  return [...findings, done(run, figures)];
}

/** A day's rows are a function of the day: written twice, they stand once, and days stand in order. */
function putDay<Column extends string>(
  table: Table<Column | 'date'>,
  day: Day,
  rows: readonly Row<Column | 'date'>[],
): void {
  const dayOfRow = ({ date }: { date: unknown }) => (typeof date === 'number' ? dayOfSerial(date) : '');
  table.replace({ rows, belongs: row => dayOfRow(row) === day, follows: row => dayOfRow(row) > day });
}

interface Pings {
  /** All of the day, wherever they are. */
  ofDay: Ping[];
  /** Those of the rolling log that were taken by the end of the day: also what a failed night left there. */
  logged: Ping[];
  /** Those of them that the sheet does not hold yet: a run that was cut short may have put some there. */
  toMove: Ping[];
  /** Whether the sheet holds later ones. */
  laterInSheet: boolean;
}

function pingsUntil({ outside: { properties, workbook }, texts, zone }: Run, day: Day): Pings {
  const rows = workbook.table('pings', texts).read().map(pingOfRow);
  const inSheet = rows.filter(ping => ping !== undefined);
  const known = new Set(inSheet.map(ping => ping.at));
  const lastSecond = dayBounds(day, zone).to;
  const logged = pingsIn(latencyLog(properties.readAll())).filter(ping => ping.at <= lastSecond);
  const toMove = logged.filter(ping => !known.has(ping.at)).sort((a, b) => a.at - b.at);
  const last = toMove[toMove.length - 1]?.at ?? 0;
  return {
    ofDay: pingsOfDay([...inSheet, ...toMove], day, zone),
    logged,
    toMove,
    laterInSheet: inSheet.some(ping => ping.at > last),
  };
}

function putPings({ outside: { workbook }, texts, zone }: Run, { toMove, laterInSheet }: Pings): void {
  if (toMove.length === 0) return;
  const table = workbook.table('pings', texts);
  const rows = toMove.map(ping => pingRow(ping, zone, texts));
  const last = toMove[toMove.length - 1]!.at;
  if (!laterInSheet) table.append(rows);
  else table.replace({ rows, belongs: () => false, follows: row => (pingOfRow(row)?.at ?? 0) > last });
}

/** The sheet holds them now. Where the lock is not to be had they stay: the next report knows them by their time. */
function forget({ outside: { mutex, properties } }: Run, pings: readonly Ping[]): void {
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

function done({ texts }: Run, figures: DayFigures): Finding {
  const remarks = notes(figures, texts);
  const summary = texts.report.done(texts.day(figures.day), figures.total, figures.automated);
  return { level: remarks.length > 0 ? 'WARN' : 'INFO', what: [summary, ...remarks].join('. ') };
}
