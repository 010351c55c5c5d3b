import { isAutomated } from './actor';
import type { Row } from './cell';
import { type Day, serialOf, serialOfDay } from './day';
import type { HourSpan } from './dayHours';
import { entityAddress, entityOf } from './entity';
import { eventName } from './eventNames';
import { type Hourly, peakHour, sumOf } from './hourly';
import { foundLoops, type Loops } from './loops';
import { processKey, processOf } from './process';
import { type Naming, processName } from './processName';
import { foldedTo, type Processes, type ProcessSums, strongestFirst, together } from './processSums';
import { type ColumnOf, HOUR_COLUMNS, type HourColumn } from './tables';
import type { Texts } from './texts';
import { topTypes } from './topTypes';

/** The rows of the sheets that show a day in detail. */

/** Of a day: the others stand together as the rest of their type. */
const MOST_PROCESSES = 500;
const AN_HOUR_S = 3_600;

/** Automated events by type and hour, the most frequent type first. */
export function hoursRows(
  day: Day,
  byType: ReadonlyMap<string, Hourly>,
  hours: readonly HourSpan[],
  { language, texts, types }: Naming,
): Row<ColumnOf<'hours'>>[] {
  const totals = new Map([...byType].map(([type, counts]) => [type, sumOf(counts)]));
  return topTypes(totals, totals.size).map(({ type, count }, index) => ({
    date: serialOfDay(day),
    event: eventName(type, language, types),
    total: count,
    ...hourCells(byType.get(type)!),
    note: index === 0 ? clockChanges(hours, texts).join('; ') : '',
  }));
}

/** The median latency of each hour, in ms; empty where nothing was measured. */
export function latencyRow(
  day: Day,
  medianMsByHour: readonly (number | undefined)[],
): Row<ColumnOf<'latency'>> {
  return { date: serialOfDay(day), ...hourCells(medianMsByHour.map(ms => ms ?? '')) };
}

/**
 * @param automated all automated events of the day, of which each process has a share
 * @param host of the account, where examples are to be looked at; undefined where it is not known
 */
export function processRows(
  day: Day,
  processes: Processes,
  automated: number,
  clientActionsCount: boolean,
  naming: Naming,
  host: string | undefined,
): Row<ColumnOf<'processes'>>[] {
  const counted = [...processes].filter(([key]) => isAutomated(processOf(key).actor, clientActionsCount));
  const named = mergedByName(counted, naming.rules);
  return strongestFirst(foldedTo(named, MOST_PROCESSES)).map(([key, sums]) => {
    const events = sumOf(sums.hours);
    return {
      date: serialOfDay(day),
      process: processName(key, naming),
      actor: naming.texts.actors[processOf(key).actor],
      events,
      operations: sums.operations,
      share: events / automated,
      peakHour: peakHour(sums.hours) ?? '',
      example: address(sums.example, host, naming.texts),
    };
  });
}

/** Several rules may give one name: what they name is one process. */
function mergedByName(processes: readonly [string, ProcessSums][], rules: Naming['rules']): Processes {
  const merged = new Map<string, ProcessSums>();
  for (const [key, sums] of processes) {
    const process = processOf(key);
    const first = 'rule' in process ? rules.findIndex(({ name }) => name === rules[process.rule]?.name) : -1;
    const under = first < 0 ? key : processKey({ actor: process.actor, rule: first });
    const before = merged.get(under);
    merged.set(under, before ? together(before, sums) : sums);
  }
  return merged;
}

export function loopRows(
  day: Day,
  loops: Loops,
  zone: string,
  naming: Naming,
  host: string | undefined,
): Row<ColumnOf<'loops'>>[] {
  return foundLoops(loops).map(({ kind, processes, entity, count, missed, first, last }) => ({
    date: serialOfDay(day),
    kind: naming.texts.loop(kind),
    process: processes.map(key => processName(key, naming)).join(' ⇄ '),
    entity: address(entity, host, naming.texts),
    count,
    missed,
    first: serialOf(first * 1000, zone),
    last: serialOf(last * 1000, zone),
  }));
}

function hourCells<Value>(values: readonly Value[]): Record<HourColumn, Value> {
  return Object.fromEntries(HOUR_COLUMNS.map((column, hour) => [column, values[hour]])) as Record<
    HourColumn,
    Value
  >;
}

/** What a reader must know of a day that has not 24 hours. */
function clockChanges(hours: readonly HourSpan[], texts: Texts): string[] {
  return HOUR_COLUMNS.flatMap((_, hour) => {
    const seconds = hours
      .filter(span => span.hour === hour)
      .reduce((sum, { from, to }) => sum + to - from + 1, 0);
    if (seconds === 0) return [texts.hourLeftOut(hour)];
    return seconds > AN_HOUR_S ? [texts.hourTwice(hour)] : [];
  });
}

function address(key: string, host: string | undefined, { process: { linked } }: Texts): string {
  if (key === '') return '';
  const entity = entityOf(key);
  return host === undefined ? `${linked(entity.type)} ${entity.id}` : entityAddress(entity, host, linked);
}
