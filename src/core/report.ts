import { ACTORS } from './actor';
import type { Row } from './cell';
import { type Day, serialOf, serialOfDay } from './day';
import { peakHour } from './hourly';
import type { Ping, PingDay } from './ping';
import { pingEntry, pingOfEntry } from './pingEntry';
import { type ColumnOf, TABLES } from './tables';
import type { Texts } from './texts';
import type { TypeCount } from './topTypes';

/** The figures of a day and how to show them. */
export interface DayFigures {
  day: Day;
  zone: string;
  total: number;
  automated: number;
  /** Operations that the automated events were. */
  operations: number;
  /** All events by actor, in the order of ACTORS. */
  byActor: readonly number[];
  /** The hour with most events of all actors; undefined where there were none. */
  busiestHour: number | undefined;
  /** The share of automated events that no rule of the user's names; undefined where there are no rules. */
  unexplained: number | undefined;
  unreadable: number;
  /** Events that appeared after the day had been reported. */
  late: number;
  top: readonly TypeCount[];
  pings: PingCells;
  /** Requests that collecting this day took. */
  requests: number;
  /** Requests that all our runs sent on this day, where it is known. */
  ownRequests: number | undefined;
}

/** A day's pings as the Days sheet shows them. */
export interface PingCells
  extends Pick<
    Row<ColumnOf<'days'>>,
    'pings' | 'pingsFailed' | 'medianMs' | 'p95Ms' | 'p99Ms' | 'peakMs' | 'peakTime' | 'slowestHour'
  > {
  /** What is to be said of failures. */
  remark: string;
}

/** amoCRM's limit for an account, 7 requests a second ([K docs/limitations]), over a day. */
const MOST_REQUESTS_A_DAY = 7 * 86_400;

/** The day's rows of the report: the peak stands in the first only; a day without automated events gets one row. */
export function reportRows(
  { day, top, pings }: DayFigures,
  texts: Texts,
  nameOf: (type: string) => string,
): Row<ColumnOf<'report'>>[] {
  const lines = top.map(({ type, count }) => ({ event: nameOf(type), count }));
  if (lines.length === 0) lines.push({ event: texts.noEvents, count: 0 });
  return lines.map(({ event, count }, index) => {
    const isFirst = index === 0;
    return {
      date: serialOfDay(day),
      event,
      count,
      peakMs: isFirst ? pings.peakMs : '',
      peakTime: isFirst ? pings.peakTime : '',
    };
  });
}

export function daysRow(figures: DayFigures, texts: Texts): Row<ColumnOf<'days'>> {
  const {
    day,
    total,
    automated,
    operations,
    byActor,
    busiestHour,
    unexplained,
    pings,
    requests,
    ownRequests,
  } = figures;
  const { remark: _, ...ofPings } = pings;
  return {
    ...EMPTY_DAY,
    ...actorCells(byActor),
    ...ofPings,
    date: serialOfDay(day),
    completeness: texts.complete,
    events: total,
    automated,
    manual: total - automated,
    operations,
    busiestHour: busiestHour ?? '',
    unexplained: unexplained ?? '',
    requests,
    ownRequests: ownRequests ?? '',
    ownShare: ownRequests === undefined ? '' : ownRequests / MOST_REQUESTS_A_DAY,
    note: notes(figures, texts).join('; '),
  };
}

function actorCells(byActor: readonly number[]): Partial<Row<ColumnOf<'days'>>> {
  const total = byActor.reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(
    ACTORS.flatMap((actor, place) => [
      [actor, byActor[place]!],
      [`${actor}Share`, total === 0 ? 0 : byActor[place]! / total],
    ]),
  );
}

const EMPTY_DAY = Object.fromEntries(Object.keys(TABLES.days).map(column => [column, ''])) as Row<
  ColumnOf<'days'>
>;

/** A day of which something is still to be collected. */
export interface UnfinishedDay {
  day: Day;
  /** Share of the day that is collected, 0 to 1. */
  share: number;
  /** The wall clock from which on nothing is collected yet, `HH:mm`. */
  missingFrom: string;
  total: number;
  automated: number;
  requests: number;
}

export function unfinishedDaysRow(unfinished: UnfinishedDay, texts: Texts): Row<ColumnOf<'days'>> {
  const { day, share, missingFrom, total, automated, requests } = unfinished;
  return {
    ...EMPTY_DAY,
    date: serialOfDay(day),
    completeness: texts.partial(Math.floor(share * 100)),
    events: total,
    automated,
    manual: total - automated,
    requests,
    note: texts.missingFrom(missingFrom),
  };
}

export function pingCells(pings: PingDay, zone: string, texts: Texts): PingCells {
  const { failed, medianMs, medianMsByHour, p95Ms, p99Ms, peak } = pings;
  return {
    pings: pings.pings,
    pingsFailed: failed,
    medianMs: medianMs ?? '',
    p95Ms: p95Ms ?? '',
    p99Ms: p99Ms ?? '',
    peakMs: peak?.ms ?? '',
    peakTime: peak ? serialOf(peak.at * 1000, zone) : '',
    slowestHour: peakHour(medianMsByHour.map(ms => ms ?? 0)) ?? '',
    remark: failureRemark(pings, texts),
  };
}

/** The same, as they stand in the sheet. */
export function pingCellsOf({
  pings,
  pingsFailed,
  medianMs,
  p95Ms,
  p99Ms,
  peakMs,
  peakTime,
  slowestHour,
}: Row<ColumnOf<'days'>>): PingCells {
  return { pings, pingsFailed, medianMs, p95Ms, p99Ms, peakMs, peakTime, slowestHour, remark: '' };
}

/** What a reader of the day's figures must know besides. */
export function notes({ pings, unreadable, late }: DayFigures, texts: Texts): string[] {
  const found = pings.remark === '' ? [] : [pings.remark];
  if (unreadable > 0) found.push(texts.unreadableEvents(unreadable));
  if (late > 0) found.push(texts.lateEvents(late));
  return found;
}

function failureRemark({ failed, failures, pings }: PingDay, texts: Texts): string {
  if (failed === 0) return '';
  const causes = failures
    .map(({ failure, status, count }) => texts.times(texts.pingFailure(failure, status), count))
    .join(', ');
  return failed === pings ? texts.allPingsFailed(causes) : texts.somePingsFailed(causes);
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
export function pingOfRow(row: Pick<Row<ColumnOf<'pings'>>, 'entry'>): Ping | undefined {
  return pingOfEntry(String(row.entry));
}
