import type { Row } from './cell';
import { type Day, serialOf, serialOfDay } from './day';
import type { Ping, PingDay } from './ping';
import { pingEntry, pingOfEntry } from './pingEntry';
import type { ColumnOf } from './tables';
import type { TypeCount } from './tally';
import type { Texts } from './texts';

/** The figures of a day and how to show them. */
export interface DayFigures {
  day: Day;
  zone: string;
  total: number;
  automated: number;
  unreadable: number;
  top: readonly TypeCount[];
  pings: PingDay;
  /** Requests that collecting this day took. */
  requests: number;
}

/** The day's rows of the report: the peak stands in the first only; a day without automated events gets one row. */
export function reportRows(
  { day, zone, top, pings }: DayFigures,
  texts: Texts,
  nameOf: (type: string) => string,
): Row<ColumnOf<'report'>>[] {
  const lines = top.map(({ type, count }) => ({ event: nameOf(type), count }));
  if (lines.length === 0) lines.push({ event: texts.noEvents, count: 0 });
  return lines.map(({ event, count }, index) => {
    const peak = index === 0 ? pings.peak : undefined;
    return {
      date: serialOfDay(day),
      event,
      count,
      peakMs: peak?.ms ?? '',
      peakTime: peak ? serialOf(peak.at * 1000, zone) : '',
    };
  });
}

export function daysRow(figures: DayFigures, texts: Texts): Row<ColumnOf<'days'>> {
  const { day, zone, total, automated, pings, requests } = figures;
  return {
    date: serialOfDay(day),
    completeness: texts.complete,
    events: total,
    automated,
    manual: total - automated,
    pings: pings.pings,
    pingsFailed: pings.failed,
    medianMs: pings.medianMs ?? '',
    peakMs: pings.peak?.ms ?? '',
    peakTime: pings.peak ? serialOf(pings.peak.at * 1000, zone) : '',
    requests,
    note: notes(figures, texts).join('; '),
  };
}

/** What a reader of the day's figures must know besides. */
export function notes({ pings, unreadable }: DayFigures, texts: Texts): string[] {
  const found: string[] = [];
  if (pings.failed > 0) {
    const causes = pings.failures
      .map(({ failure, status, count }) => texts.times(texts.pingFailure(failure, status), count))
      .join(', ');
    found.push(pings.failed === pings.pings ? texts.allPingsFailed(causes) : texts.somePingsFailed(causes));
  }
  if (unreadable > 0) found.push(texts.unreadableEvents(unreadable));
  return found;
}

export function pingRow(ping: Ping, zone: string, texts: Texts): Row<ColumnOf<'pings'>> {
  const causes: string[] = [];
  if (ping.failure) {
    const cause = texts.pingFailure(ping.failure, ping.status);
    const failed = ping.taken - ping.succeeded;
    causes.push(ping.ms === undefined ? cause : texts.someSamplesFailed(failed, ping.taken, cause));
  }
  if (ping.duringCollection) causes.push(texts.duringCollection);
  return {
    time: serialOf(ping.at * 1000, zone),
    ms: ping.ms ?? '',
    min: ping.min ?? '',
    max: ping.max ?? '',
    samples: ping.succeeded,
    status: ping.ms === undefined ? ping.status : 200,
    cause: causes.join('; '),
    slot: ping.slot === undefined ? '' : serialOf(ping.slot * 1000, zone),
    counted: ping.ms !== undefined && !ping.duringCollection ? texts.yes : texts.no,
    entry: pingEntry(ping),
  };
}

/** The ping that a row of the Pings sheet holds; undefined when its hidden column was lost. */
export function pingOfRow(row: Row<ColumnOf<'pings'>>): Ping | undefined {
  return pingOfEntry(String(row.entry));
}
