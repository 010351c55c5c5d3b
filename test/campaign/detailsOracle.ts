import { TEXTS } from '../../src/core/texts';
import type { AttributedProcess, Attribution } from '../simulator/attributionOracle';
import type { OracleReport } from '../simulator/oracle';
import { shiftDate, startOfDay, wallTime } from '../simulator/wallClock';
import { type Column, is, isRight, oneOf, rowsOf, wrong } from './cellCheck';
import { type FoundPing, medianOf } from './pingOracle';
import { cardNames, eventNames, type NamesKnown, processNames } from './shownNames';
import type { Stage } from './stage';
import type { TableRow } from './tables';

/** What the details of a day are checked against. */
export interface RightDay {
  report: OracleReport;
  attribution: Attribution;
  pings: readonly FoundPing[];
}

export interface DetailsOptions extends NamesKnown {
  /** The user has sorted the tables: any order of rows will do. */
  anyOrder?: boolean;
}

/** What is wrong with the day's rows in the sheets of details, and with their sums. */
export function detailProblems(stage: Stage, day: RightDay, options: DetailsOptions): string[] {
  return [
    ...hoursProblems(stage, day, options),
    ...processesProblems(stage, day, options),
    ...latencyProblems(stage, day),
    ...disagreements(stage, day.report.date),
  ];
}

function hoursProblems(
  stage: Stage,
  { attribution: { hours }, report: { date } }: RightDay,
  options: DetailsOptions,
): string[] {
  const rows = rowsOf(stage, 'hours', date);
  const types = Object.entries(hours)
    .map(([type, counts]) => ({ type, counts, total: sum(counts) }))
    .sort((a, b) => b.total - a.total || (a.type < b.type ? -1 : 1));
  const notes = rows.map(({ cells }) => String(cells['note'])).filter(note => note !== '');
  const wantedNotes = rows.length > 0 ? clockNotes(date, stage.zone) : [];
  const problems =
    wantedNotes.includes(notes.join(' | ')) || (notes.length === 0 && wantedNotes.length === 0)
      ? []
      : [`hours ${date}: says "${notes.join(' | ')}" instead of ${wantedNotes.join(' or ') || 'nothing'}`];
  const wanted = types.map(({ counts, total, type }) => [
    oneOf('event', eventNames(stage, type, options)),
    is('total', total),
    ...counts.map((count, hour) => is(`hour${hour}`, count)),
  ]);
  return [...problems, ...rowProblems(`hours ${date}`, rows, wanted, options.anyOrder ?? false)];
}

/** A day of 24 hours has none. The first row of the day has them. */
function clockNotes(date: string, zone: string): string[] {
  const seconds = Array.from({ length: 24 }, () => 0);
  const QUARTER_S = 900;
  const to = startOfDay(shiftDate(date, 1), zone);
  for (let at = startOfDay(date, zone); at < to; at += QUARTER_S * 1000)
    seconds[wallTime(at, zone).hour]! += QUARTER_S;
  const said = Object.values(TEXTS).map(texts =>
    seconds
      .flatMap((count, hour) =>
        count === 0 ? [texts.hourLeftOut(hour)] : count > 3_600 ? [texts.hourTwice(hour)] : [],
      )
      .join('; '),
  );
  return said.filter(text => text !== '');
}

const MOST_PROCESSES = 500;

function processesProblems(
  stage: Stage,
  { attribution: { processes }, report: { automated, date } }: RightDay,
  options: DetailsOptions,
): string[] {
  const rows = rowsOf(stage, 'processes', date);
  // Folded ones are told apart no more; that their sums are right is checked all the same.
  if (processes.length > MOST_PROCESSES)
    return rows.length > MOST_PROCESSES ? [`processes ${date}: too many`] : [];
  const wanted = processes.map(process => processColumns(stage, process, automated, options));
  const inOrder = rows.every(
    ({ cells }, index) => index === 0 || Number(rows[index - 1]!.cells['events']) >= Number(cells['events']),
  );
  return [
    ...(inOrder || options.anyOrder ? [] : [`processes ${date}: not in order`]),
    // Ties may stand in any order.
    ...rowProblems(`processes ${date}`, rows, wanted, true),
  ];
}

function processColumns(
  stage: Stage,
  process: AttributedProcess,
  automated: number,
  options: DetailsOptions,
): Column[] {
  const { actor, events, example, operations, peakHour } = process;
  return [
    oneOf('process', processNames(stage, process, options)),
    oneOf(
      'actor',
      Object.values(TEXTS).map(({ actors }) => actors[actor]),
    ),
    is('events', events),
    is('operations', operations),
    is('share', events / automated),
    is('peakHour', peakHour),
    oneOf('example', cardNames(stage, example.entityType, example.entityId)),
  ];
}

/** A row for each that is wanted, and no others. */
function rowProblems(
  where: string,
  rows: readonly TableRow[],
  wanted: readonly (readonly Column[])[],
  anyOrder: boolean,
): string[] {
  if (rows.length !== wanted.length) return [`${where}: ${rows.length} rows instead of ${wanted.length}`];
  if (!anyOrder) {
    return wanted.flatMap((columns, index) =>
      wrong(`${where}, row ${index + 1} of the day`, rows[index]!, columns),
    );
  }
  const left = [...rows];
  return wanted.flatMap(columns => {
    const found = left.findIndex(row => isRight(row, columns));
    if (found < 0)
      return [`${where}: no row with ${columns.map(([name, _, shown]) => `${name} ${shown}`).join(', ')}`];
    left.splice(found, 1);
    return [];
  });
}

/** The median of the pings that count, hour by hour; a day that never had a ping has no row. */
function latencyProblems(stage: Stage, { pings, report: { date } }: RightDay): string[] {
  const rows = rowsOf(stage, 'latency', date);
  const medians = hourlyMedians(pings);
  if (pings.length === 0 && rows.length === 0) return [];
  if (rows.length !== 1) return [`latency ${date}: ${rows.length} rows instead of 1`];
  return wrong(
    `latency ${date}`,
    rows[0]!,
    medians.map((ms, hour) => is(`hour${hour}`, ms ?? '')),
  );
}

/** @param pings of one day */
export function hourlyMedians(pings: readonly FoundPing[]): (number | undefined)[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const ofHour = pings.flatMap(({ counted, ms, time }) =>
      counted && ms !== undefined && Math.floor(time / 3_600) % 24 === hour ? [ms] : [],
    );
    return medianOf(ofHour.sort((a, b) => a - b));
  });
}

/** The sheets among themselves: whatever is added up, the same sum comes out. */
function disagreements(stage: Stage, date: string): string[] {
  const [day] = rowsOf(stage, 'days', date);
  const hours = rowsOf(stage, 'hours', date);
  const processes = rowsOf(stage, 'processes', date);
  if (!day) return [];
  const figure = ({ cells }: TableRow, name: string) => Number(cells[name]);
  const all = (rows: readonly TableRow[], name: string) => sum(rows.map(row => figure(row, name)));
  const automated = figure(day, 'automated');
  const actors = ['robot', 'client', 'service', 'unknown', 'person', 'former'];
  // Several types may have one name.
  const totals = (event: unknown) =>
    hours.filter(row => row.cells['event'] === event).map(row => figure(row, 'total'));
  const sums: [what: string, found: number, wanted: number][] = [
    ['actors and events', sum(actors.map(actor => figure(day, actor))), figure(day, 'events')],
    ['hours and automated events', all(hours, 'total'), automated],
    ...hours.map((row): [string, number, number] => [
      `the hours of ${row.cells['event']}`,
      sum(Array.from({ length: 24 }, (_, hour) => figure(row, `hour${hour}`))),
      figure(row, 'total'),
    ]),
    ['processes and automated events', all(processes, 'events'), automated],
    ['shares of processes', Math.round(all(processes, 'share') * 1e6), automated > 0 ? 1e6 : 0],
    ...rowsOf(stage, 'report', date)
      .filter(({ cells }) => cells['count'] !== 0)
      .map((row): [string, number, number] => [
        `report and hours of ${row.cells['event']}`,
        figure(row, 'count'),
        totals(row.cells['event']).find(total => total === row.cells['count']) ??
          totals(row.cells['event'])[0] ??
          0,
      ]),
  ];
  return sums
    .filter(([_, found, wanted]) => found !== wanted)
    .map(([what, found, wanted]) => `sums ${date}: ${what}: ${found} and ${wanted}`);
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
