import { eventName } from '../../src/core/eventNames';
import { TEXTS } from '../../src/core/texts';
import type { CellValue } from '../emulator/contract';
import { eventTypes } from '../simulator/eventTypeNames';
import { type OracleReport, oracleReport } from '../simulator/oracle';
import { FIELDS } from './company';
import { type FoundPing, judgePings, medianOf } from './pingOracle';
import type { Stage } from './stage';
import { dateOfSerial, secondsOfSerial, serialOfDate, type TableRow, tableRows } from './tables';

export interface Expected {
  /** The days that must stand in Report and Days, each once, and no others. */
  days: readonly string[];
  /** For all days, or by day. Default 5. */
  topEvents?: number | Readonly<Record<string, number>>;
  /** The user has sorted the tables: any order of days will do. */
  anyOrder?: boolean;
  /** amoCRM's own names of events could not always be had: then the built-in ones stand there, and say so in the log. */
  builtInNames?: boolean;
}

/**
 * What is wrong with Report, Days and Pings: each cell is computed from the simulator's ledger and the journal of
 * requests, by other means than the product's.
 */
export function judgeWorkbook(stage: Stage, expected: Expected): string[] {
  const { pings, problems } = judgePings(stage, expected.days);
  const reports = expected.days.map(date =>
    oracleReport(stage.simulator, date, { topEvents: topOf(expected, date), timeZone: stage.zone }),
  );
  return [
    ...problems,
    ...order(stage, 'report', expected),
    ...order(stage, 'days', expected),
    ...reports.flatMap(report => reportProblems(stage, report, pings, expected)),
    ...reports.flatMap(report => dayProblems(stage, report, pings)),
  ];
}

function topOf({ topEvents = 5 }: Expected, date: string): number {
  return typeof topEvents === 'number' ? topEvents : (topEvents[date] ?? 5);
}

/** A cell's name, and what may stand there. */
type Column = [name: string, right: (value: CellValue | undefined) => boolean, shown: unknown];

const is = (name: string, wanted: CellValue): Column => [name, value => value === wanted, wanted];
const moment = (name: string, wanted: number | undefined): Column =>
  wanted === undefined
    ? is(name, '')
    : [name, value => typeof value === 'number' && secondsOfSerial(value) === wanted, `second ${wanted}`];

function reportProblems(
  stage: Stage,
  { date, top }: OracleReport,
  pings: readonly FoundPing[],
  expected: Expected,
): string[] {
  const rows = rowsOf(stage, 'report', date);
  const peak = peakOf(pings, date);
  const lines: [Column, number][] = top.map(([type, count]) => [named(type, expected), count]);
  const noEvents = Object.values(TEXTS).map(texts => texts.noEvents);
  if (lines.length === 0)
    lines.push([['event', value => noEvents.includes(String(value)), noEvents.join(' or ')], 0]);
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

function dayProblems(stage: Stage, report: OracleReport, pings: readonly FoundPing[]): string[] {
  const { automated, date, total } = report;
  const rows = rowsOf(stage, 'days', date);
  if (rows.length !== 1) return [`days ${date}: ${rows.length} rows instead of 1`];
  const ofDay = pings.filter(ping => ping.date === date);
  const counted = ofDay.flatMap(({ counted, ms }) => (counted && ms !== undefined ? [ms] : []));
  const peak = peakOf(pings, date);
  const complete = Object.values(TEXTS).map(texts => texts.complete);
  return wrong(`days ${date}`, rows[0]!, [
    ['completeness', value => complete.includes(String(value)), complete.join(' or ')],
    is('events', total),
    is('automated', automated),
    is('manual', total - automated),
    is('pings', ofDay.length),
    is('pingsFailed', ofDay.filter(({ ms }) => ms === undefined).length),
    is('medianMs', medianOf(counted.sort((a, b) => a - b)) ?? ''),
    is('peakMs', peak?.ms ?? ''),
    moment('peakTime', peak?.time),
  ]);
}

function wrong(where: string, { cells }: TableRow, columns: readonly Column[]): string[] {
  return columns
    .filter(([name, right]) => !right(cells[name]))
    .map(([name, _, shown]) => `${where}: ${name} is ${JSON.stringify(cells[name])} instead of ${shown}`);
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

function rowsOf(stage: Stage, key: string, date: string): TableRow[] {
  const serial = serialOfDate(date);
  return (tableRows(stage.world.workbook, key) ?? []).filter(({ cells }) => cells['date'] === serial);
}

/** The days that stand there, each in one block, in their order. */
function order(stage: Stage, key: string, { anyOrder = false, days }: Expected): string[] {
  const rows = tableRows(stage.world.workbook, key);
  if (!rows) return [`${key}: there is no such sheet`];
  const dates = rows.map(({ cells }) => dateOfSerial(Number(cells['date'])));
  const blocks = dates.filter((date, index) => date !== dates[index - 1]);
  if (anyOrder) {
    blocks.sort();
    // Sorted by another column, the rows of one day need not stand together.
    return compared(key, [...new Set(blocks)], days);
  }
  return compared(key, blocks, days);
}

function compared(key: string, found: readonly string[], wanted: readonly string[]): string[] {
  return found.join() === wanted.join()
    ? []
    : [`${key}: the days ${found.join(', ') || '(none)'} instead of ${wanted.join(', ') || '(none)'}`];
}

const NAMES = (['ru', 'en'] as const).map(language => ({
  language,
  names: new Map(eventTypes(language, FIELDS).map(({ key, lang }) => [key, lang])),
}));

function named(type: string, { builtInNames = false }: Expected): Column {
  const good = NAMES.flatMap(({ language, names }) => {
    const own = names.get(type);
    return [
      ...(own === undefined ? [] : [own]),
      ...(builtInNames ? [eventName(type, language, new Map())] : []),
    ];
  });
  return ['event', value => good.includes(String(value)), good.join(' or ')];
}
