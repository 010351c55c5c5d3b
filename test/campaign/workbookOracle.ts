import { TEXTS } from '../../src/core/texts';
import { type Attribution, attribution, eventsLookedAt } from '../simulator/attributionOracle';
import { type OracleReport, oracleReport } from '../simulator/oracle';
import { type Column, is, moment, oneOf, orderProblems, rowsOf, wrong } from './cellCheck';
import { detailProblems, hourlyMedians, type RightDay, sum } from './detailsOracle';
import { loopProblems } from './loopsOracle';
import { type FoundPing, judgePings, medianOf } from './pingOracle';
import { eventNames } from './shownNames';
import type { Stage } from './stage';
import { LEAVER } from './subjects';
import { dateOfSerial, type TableRow, tableRows } from './tables';

export interface Expected {
  /** The days that must stand in Report and Days, each once, and no others. */
  days: readonly string[];
  /** For all days, or by day. Default 5. */
  topEvents?: number | Readonly<Record<string, number>>;
  /** The user has sorted the tables: any order of days will do. */
  anyOrder?: boolean;
  /** amoCRM's own names of events could not always be had: then the built-in ones stand there, and say so in the log. */
  builtInNames?: boolean;
  /** Names of event types, by key, that amoCRM gave instead of those of its list. */
  renamed?: ReadonlyMap<string, string>;
}

/**
 * What is wrong with Report, Days and Pings: each cell is computed from the simulator's ledger and the journal of
 * requests, by other means than the product's.
 */
export function judgeWorkbook(stage: Stage, expected: Expected): string[] {
  const { pings, problems } = judgePings(stage, expected.days);
  const days = expected.days.map((date): RightDay & { busiestHour: number | '' } => {
    const counting = countingOf(stage, date, expected);
    return {
      report: oracleReport(stage.simulator, date, counting),
      attribution: attribution(stage.simulator, date, counting),
      pings: pings.filter(ping => ping.date === date),
      busiestHour: busiest(eventsLookedAt(stage.simulator, date, counting).map(({ hour }) => hour)),
    };
  });
  const daysWith = (has: (day: RightDay) => boolean) => days.filter(has).map(({ report }) => report.date);
  const withAutomation = daysWith(({ report }) => report.automated > 0);
  return [
    ...problems,
    ...orderProblems(stage, 'report', expected),
    ...orderProblems(stage, 'days', expected),
    ...orderProblems(stage, 'hours', { ...expected, days: withAutomation }),
    ...orderProblems(stage, 'processes', { ...expected, days: withAutomation }),
    ...orderProblems(stage, 'latency', { ...expected, days: daysWith(day => day.pings.length > 0) }),
    ...strayLoops(stage, expected),
    ...days.flatMap(({ pings: ofDay, report }) => reportProblems(stage, report, ofDay, expected)),
    ...days.flatMap(day => dayProblems(stage, day)),
    ...days.flatMap(day => detailProblems(stage, day, expected)),
    ...expected.days.flatMap(date => loopProblems(stage, date, countingOf(stage, date, expected), expected)),
  ];
}

/** How the product was told to count. */
export function countingOf(stage: Stage, date: string, expected: Pick<Expected, 'topEvents'> = {}) {
  return {
    topEvents: topOf(expected, date),
    timeZone: stage.zone,
    serviceAccounts: stage.serviceAccounts,
    ...(stage.ghostFrom === undefined ? {} : { formerUsers: [LEAVER.id], rememberedUsers: [LEAVER.id] }),
  };
}

/** Days without loops are the rule; what stands there belongs to a day that was reported. */
function strayLoops(stage: Stage, { days }: Expected): string[] {
  const rows = tableRows(stage.world.workbook, 'loops');
  if (!rows) return ['loops: there is no such sheet'];
  const dates = rows.map(({ cells }) => dateOfSerial(Number(cells['date'])));
  return dates.filter(date => !days.includes(date)).map(date => `loops: a row of ${date}`);
}

/** The hour that stands there most often, the earliest of equals. */
function busiest(hours: readonly number[]): number | '' {
  return hours.length === 0
    ? ''
    : indexOfMost(Array.from({ length: 24 }, (_, hour) => hours.filter(one => one === hour).length));
}

function indexOfMost(figures: readonly number[]): number {
  return figures.indexOf(Math.max(...figures));
}

function topOf({ topEvents = 5 }: Pick<Expected, 'topEvents'>, date: string): number {
  return typeof topEvents === 'number' ? topEvents : (topEvents[date] ?? 5);
}

function reportProblems(
  stage: Stage,
  { date, top }: OracleReport,
  pings: readonly FoundPing[],
  expected: Expected,
): string[] {
  const rows = rowsOf(stage, 'report', date);
  const peak = peakOf(pings, date);
  const lines: [Column, number][] = top.map(([type, count]) => [
    oneOf('event', eventNames(stage, type, expected)),
    count,
  ]);
  const noEvents = Object.values(TEXTS).map(texts => texts.noEvents);
  if (lines.length === 0) lines.push([oneOf('event', noEvents), 0]);
  if (rows.length !== lines.length) return [`report ${date}: ${rows.length} rows instead of ${lines.length}`];
  if (expected.anyOrder) return unorderedProblems(date, rows, lines, peak);
  return lines.flatMap(([event, count], index) => {
    const first = index === 0;
    const columns = [
      event,
      is('count', count),
      is('peakMs', (first && peak?.ms) || ''),
      moment('peakTime', first ? peak?.time : undefined),
    ];
    return wrong(`report ${date}, row ${index + 1} of the day`, rows[index]!, columns);
  });
}

/** Rows that the user has sorted: each event somewhere, and the peak in one of them. */
function unorderedProblems(
  date: string,
  rows: readonly TableRow[],
  lines: readonly [Column, number][],
  peak: Peak | undefined,
): string[] {
  const left = [...rows];
  const missing = lines.flatMap(([[_, right, shown], count]) => {
    const found = left.findIndex(({ cells }) => right(cells['event']) && cells['count'] === count);
    if (found < 0) return [`report ${date}: no row with ${shown}, ${count}`];
    left.splice(found, 1);
    return [];
  });
  const withPeak = rows.filter(({ cells }) => cells['peakMs'] !== '' || cells['peakTime'] !== '');
  if (!peak) return withPeak.length > 0 ? [...missing, `report ${date}: a peak out of nowhere`] : missing;
  if (withPeak.length !== 1) return [...missing, `report ${date}: ${withPeak.length} rows with a peak`];
  const columns = [is('peakMs', peak.ms), moment('peakTime', peak.time)];
  return [...missing, ...wrong(`report ${date}`, withPeak[0]!, columns)];
}

function dayProblems(
  stage: Stage,
  { attribution: by, busiestHour, pings, report }: RightDay & { busiestHour: number | '' },
): string[] {
  const { automated, date, total } = report;
  const rows = rowsOf(stage, 'days', date);
  if (rows.length !== 1) return [`days ${date}: ${rows.length} rows instead of 1`];
  return wrong(`days ${date}`, rows[0]!, [
    oneOf(
      'completeness',
      Object.values(TEXTS).map(texts => texts.complete),
    ),
    is('events', total),
    is('automated', automated),
    is('manual', total - automated),
    is('operations', by.operations),
    ...actorColumns(by),
    is('busiestHour', busiestHour),
    ...pingColumns(date, pings),
  ]);
}

/** Each one's events, and their share of all. */
function actorColumns({ actors }: Attribution): Column[] {
  const total = sum(Object.values(actors));
  return Object.entries(actors).flatMap(([actor, events]) => [
    is(actor, events),
    is(`${actor}Share`, total === 0 ? 0 : events / total),
  ]);
}

const FEWEST_FOR_P99 = 100;

function pingColumns(date: string, pings: readonly FoundPing[]): Column[] {
  const counted = pings.flatMap(({ counted, ms }) => (counted && ms !== undefined ? [ms] : []));
  counted.sort((a, b) => a - b);
  const peak = peakOf(pings, date);
  const byHour = hourlyMedians(pings).map(ms => ms ?? 0);
  return [
    is('pings', pings.length),
    is('pingsFailed', pings.filter(({ ms }) => ms === undefined).length),
    is('medianMs', medianOf(counted) ?? ''),
    is('p95Ms', notAbove(counted, 0.95) ?? ''),
    is('p99Ms', (counted.length < FEWEST_FOR_P99 ? undefined : notAbove(counted, 0.99)) ?? ''),
    is('peakMs', peak?.ms ?? ''),
    moment('peakTime', peak?.time),
    is('slowestHour', peak ? indexOfMost(byHour) : ''),
  ];
}

/** The smallest that at least such a share is not above. */
function notAbove(sorted: readonly number[], share: number): number | undefined {
  return sorted.find(ms => sorted.filter(other => other <= ms).length >= share * sorted.length);
}

interface Peak {
  ms: number;
  time: number;
}

/** The slowest ping that counts; of equal ones the earliest. */
function peakOf(pings: readonly FoundPing[], date: string): Peak | undefined {
  let peak: Peak | undefined;
  for (const { counted, date: day, ms, time } of pings) {
    if (day !== date || !counted || ms === undefined) continue;
    if (!peak || ms > peak.ms || (ms === peak.ms && time < peak.time)) peak = { ms, time };
  }
  return peak;
}
