import { TEXTS } from '../../src/core/texts';
import { eventsLookedAt, type LookedAt } from '../simulator/attributionOracle';
import type { OracleOptions } from '../simulator/oracle';
import { rowsOf } from './cellCheck';
import { cardNames, type NamesKnown, processNames } from './shownNames';
import type { Stage } from './stage';
import { secondsOfSerial, type TableRow } from './tables';
import { wallSeconds } from './wallSeconds';

/** A loop has at least so many events a day, and at least so many in each hour in which it goes on. */
const FEWEST = 20;
const FEWEST_AN_HOUR = 3;
const FEWEST_HOT = 100;
/** The product remembers so much at a time that no loop of a day of that size can be crowded out. */
const NOT_CROWDED = 5_000;
const BETWEEN = ' ⇄ ';

/** What one process did to one card. */
interface Doing {
  card: readonly string[];
  process: readonly string[];
  events: readonly LookedAt[];
}

/** What is wrong with the day's loops, by counting all events of the ledger. */
export function loopProblems(
  stage: Stage,
  date: string,
  counting: OracleOptions & { serviceAccounts: readonly number[] },
  known: NamesKnown,
): string[] {
  const events = eventsLookedAt(stage.simulator, date, counting).filter(({ actor }) =>
    ['robot', 'service', 'unknown'].includes(actor),
  );
  const doings = doingsOf(stage, events, known);
  const rows = rowsOf(stage, 'loops', date);
  const lastHour = lastHourOf(events);
  return [
    ...rows.flatMap(row => rowProblems(row, doings, `loops ${date}`, stage.zone, lastHour)),
    ...(events.length > NOT_CROWDED ? [] : missing(rows, doings, `loops ${date}`)),
    ...doubled(rows, `loops ${date}`),
  ];
}

function doingsOf(stage: Stage, events: readonly LookedAt[], known: NamesKnown): Doing[] {
  const groups = new Map<string, LookedAt[]>();
  for (const one of events) {
    const key = `${one.event.entityType} ${one.event.entityId} ${one.process}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(group => ({
    card: cardNames(stage, group[0]!.event.entityType, group[0]!.event.entityId),
    process: processNames(stage, group[0]!, known),
    events: group,
  }));
}

/** What appears late in the day's last hour is counted in the sums, but loops are counted at the first reading. */
function lastHourOf(events: readonly LookedAt[]): (one: LookedAt) => boolean {
  const last = Math.max(0, ...events.map(({ hour }) => hour));
  return ({ hour }) => hour === last;
}

function rowProblems(
  { cells }: TableRow,
  doings: readonly Doing[],
  where: string,
  zone: string,
  isInLastHour: (one: LookedAt) => boolean,
): string[] {
  const kind = kindOf(String(cells['kind']));
  const at = `${where}, ${cells['kind']}, ${cells['process']}, ${cells['entity']}`;
  const names = String(cells['process']).split(BETWEEN);
  const ofCard = doings.filter(({ card }) => card.includes(String(cells['entity'])));
  const meant =
    kind === 'hot' ? ofCard : ofCard.filter(({ process }) => names.some(name => process.includes(name)));
  const events = meant.flatMap(doing => doing.events);
  const [count, missed] = [Number(cells['count']), Number(cells['missed'])];
  const sure = events.filter(one => !isInLastHour(one)).length;
  const times = events.map(({ event }) => wallSeconds(event.createdAt * 1000, zone));
  const isTime = (name: string) => times.includes(secondsOfSerial(Number(cells[name])));
  const problems: [boolean, string][] = [
    [kind === undefined, 'of no known kind'],
    [names.length !== (kind === 'pair' ? 2 : 1), `${names.length} processes`],
    [count < (kind === 'hot' ? FEWEST_HOT : FEWEST), `told although only ${count}`],
    [count > events.length, `${count} instead of ${events.length}`],
    [sure > count + missed, `${count} and ${missed} missed, but there are ${sure}`],
    [!isTime('first') || !isTime('last'), 'first or last at a time of no event'],
  ];
  return problems.filter(([isWrong]) => isWrong).map(([_, what]) => `${at}: ${what}`);
}

/** What goes on often enough must be told, alone or with the one that answers it. */
function missing(rows: readonly TableRow[], doings: readonly Doing[], where: string): string[] {
  return doings
    .filter(({ events }) => events.length >= FEWEST && isSteady(events))
    .filter(({ card, process }) =>
      rows.every(({ cells }) => {
        const names = String(cells['process']).split(BETWEEN);
        return !card.includes(String(cells['entity'])) || !names.some(name => process.includes(name));
      }),
    )
    .map(
      ({ card, events, process }) => `${where}: ${events.length} times ${process[0]}, ${card[0]} is not told`,
    );
}

function isSteady(events: readonly LookedAt[]): boolean {
  const counts = new Map<number, number>();
  for (const { event } of events) {
    const hour = Math.floor(event.createdAt / 3_600);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return [...counts.values()].every(count => count >= FEWEST_AN_HOUR);
}

function doubled(rows: readonly TableRow[], where: string): string[] {
  const told = rows.map(({ cells }) => `${cells['kind']} ${cells['process']} ${cells['entity']}`);
  return told.filter((text, index) => told.indexOf(text) !== index).map(text => `${where}: twice ${text}`);
}

function kindOf(text: string): 'repeat' | 'pair' | 'hot' | undefined {
  const kinds = ['repeat', 'pair', 'hot'] as const;
  return kinds.find(kind => Object.values(TEXTS).some(({ loop }) => loop(kind) === text));
}
