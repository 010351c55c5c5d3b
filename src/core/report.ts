import type { Row } from './cell';
import { type Day, serialOf, serialOfDay } from './day';
import type { Ping, PingDay, PingFailure } from './ping';
import type { ColumnOf } from './tables';
import type { TypeCount } from './tally';
import { TEXTS, type Texts } from './texts';

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
  if (ping.failure) causes.push(texts.pingFailure(ping.failure, ping.status));
  if (ping.duringCollection) causes.push(texts.duringCollection);
  return {
    time: serialOf(ping.at * 1000, zone),
    ms: ping.ms ?? '',
    min: ping.min ?? '',
    max: ping.max ?? '',
    samples: ping.succeeded,
    status: ping.status,
    cause: causes.join('; '),
    slot: ping.slot === undefined ? '' : serialOf(ping.slot * 1000, zone),
    counted: ping.ms !== undefined && !ping.duringCollection,
    unix: ping.at,
  };
}

/**
 * The ping that a row of the Pings sheet holds; undefined when its technical column was lost. The wall clock in the
 * row is for people: it is ambiguous on a 25-hour day, so the instant is read from the Unix time.
 */
export function pingOfRow(row: Row<ColumnOf<'pings'>>): Ping | undefined {
  const number = (cell: unknown) => (typeof cell === 'number' ? cell : undefined);
  const at = number(row.unix);
  if (at === undefined) return undefined;
  const ms = number(row.ms);
  const status = number(row.status) ?? 0;
  return {
    at,
    slot: undefined,
    ms,
    min: number(row.min),
    max: number(row.max),
    succeeded: number(row.samples) ?? 0,
    taken: number(row.samples) ?? 0,
    status,
    failure: ms === undefined ? failureOf(status, String(row.cause)) : undefined,
    duringCollection: ms !== undefined && row.counted === false,
  };
}

function failureOf(status: number, cause: string): PingFailure {
  if (status === 0) {
    const timeouts = Object.values(TEXTS).map(texts => texts.pingFailure('timeout', 0));
    return timeouts.some(text => cause.startsWith(text)) ? 'timeout' : 'no-connection';
  }
  return status >= 200 && status < 300 ? 'not-api' : 'http';
}
