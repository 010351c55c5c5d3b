import type { EpochSeconds } from './day';
import { entityKey } from './entity';
import type { AttributedEvent } from './sums';

/**
 * Automation that runs in circles: a process that comes back to the same entity again and again, two that answer each
 * other, and entities to which automation does very much.
 *
 * Counted while a day is read. At the end of each hour of events what was seen too seldom is forgotten, so a loop of
 * fewer than three rounds an hour is not found, and of one that is found the beginning may be missing: by how many at
 * most is counted, too (as in lossy counting, Manku and Motwani 2002).
 */
export interface Loops {
  readonly counts: ReadonlyMap<string, LoopCount>;
  /** What automation did last to each entity in this hour. */
  readonly latest: ReadonlyMap<string, string>;
  /** The hour of the events counted last, in hours since 1970. */
  readonly hour: number;
  /** The most that anything of a kind that was forgotten can have had. */
  readonly forgotten: Readonly<Record<LoopKind, number>>;
}

export interface LoopCount {
  count: number;
  first: EpochSeconds;
  last: EpochSeconds;
  /** How many more there may have been before these. */
  missed: number;
}

/** `repeat`: one process, again and again. `pair`: two in turn. `hot`: many processes. */
export type LoopKind = 'repeat' | 'pair' | 'hot';

export interface Loop extends LoopCount {
  kind: LoopKind;
  /** As `entityKey` gives it. */
  entity: string;
  /** Keys of processes: one, two, or none for `hot`. */
  processes: readonly string[];
}

const KINDS = ['repeat', 'pair', 'hot'] as const satisfies readonly LoopKind[];
const NOTHING_FORGOTTEN = { repeat: 0, pair: 0, hot: 0 };

export const NO_LOOPS: Loops = {
  counts: new Map(),
  latest: new Map(),
  hour: 0,
  forgotten: NOTHING_FORGOTTEN,
};

/** Seen less often in an hour it is forgotten. */
const FEWEST_AN_HOUR = 3;
/** In a day, to be told. */
const FEWEST: Readonly<Record<LoopKind, number>> = { repeat: 20, pair: 20, hot: 100 };
/** Two processes answer each other when so many of their events follow one of the other. */
const IN_TURN = 0.8;
/** Of an entity's events, from which on loops explain it. */
const EXPLAINED = 0.5;
/** Of a kind: kept for the next run, and told of a day. */
const MOST = 40;
/** In memory. */
const MOST_COUNTS = 20_000;

/** @param events in order of time, later than those before */
export function withEvents(loops: Loops, events: readonly AttributedEvent[]): Loops {
  const counts = new Map(loops.counts);
  const latest = new Map(loops.latest);
  let { forgotten, hour } = loops;
  const forget = () => {
    const fewest = fewestToKeep(counts);
    forgotten = alsoForgotten(forgotten, counts, (_, count) => count < fewest);
    for (const [key, { count }] of counts) if (count < fewest) counts.delete(key);
    latest.clear();
  };
  const count = (kind: LoopKind, at: EpochSeconds, ...parts: string[]) => {
    const key = [kind, ...parts].join('\n');
    const before = counts.get(key) ?? { count: 0, first: at, missed: forgotten[kind] };
    counts.set(key, { ...before, count: before.count + 1, last: at });
  };
  for (const { actor, event, doing } of events) {
    if (doing === undefined || actor === 'client' || !event.entity) continue;
    const at = event.createdAt;
    if (Math.floor(at / 3600) !== hour || counts.size > MOST_COUNTS) forget();
    hour = Math.floor(at / 3600);
    const entity = entityKey(event.entity);
    const before = latest.get(entity);
    latest.set(entity, doing);
    count('hot', at, entity);
    count('repeat', at, entity, doing);
    if (before !== undefined && before !== doing) count('pair', at, entity, ...[before, doing].sort());
  }
  return { counts, latest, hour, forgotten };
}

/** Where very many are seen often, half of the room is made free: to forget after each event would take hours. */
function fewestToKeep(counts: Loops['counts']): number {
  let fewest = FEWEST_AN_HOUR;
  let kept = [...counts.values()].filter(({ count }) => count >= fewest);
  while (kept.length > MOST_COUNTS / 2) {
    fewest += 1;
    kept = kept.filter(({ count }) => count >= fewest);
  }
  return fewest;
}

/** The day's loops, the strongest first; none on a quiet day. */
export function foundLoops({ counts, forgotten }: Loops): Loop[] {
  const loops = [...counts].map(([key, count]) => ({ ...loopOf(key), ...count }));
  const pairs = loops
    .filter(loop => loop.kind === 'pair')
    .map(pair => ({ ...pair, turns: pair.count, ...eventsOf(pair, counts, forgotten) }))
    .filter(({ count, turns }) => turns >= IN_TURN * (count - 1) && count >= FEWEST.pair)
    .map(({ turns: _, ...pair }): Loop => pair);
  const isInPair = ({ entity, processes: [process] }: Loop) =>
    pairs.some(pair => pair.entity === entity && pair.processes.includes(process!));
  const repeats = loops.filter(
    loop => loop.kind === 'repeat' && loop.count >= FEWEST.repeat && !isInPair(loop),
  );
  const explained = (entity: string) =>
    [...pairs, ...repeats].filter(loop => loop.entity === entity).reduce((sum, loop) => sum + loop.count, 0);
  const hot = loops.filter(
    ({ kind, entity, count }) =>
      kind === 'hot' && count >= FEWEST.hot && explained(entity) < EXPLAINED * count,
  );
  return strongest([...pairs, ...repeats, ...hot]);
}

/** The events of both processes of a pair, not only those that followed one of the other. */
function eventsOf(
  pair: Loop,
  counts: Loops['counts'],
  forgotten: Loops['forgotten'],
): Pick<LoopCount, 'count' | 'missed' | 'first'> {
  const unseen = { count: 0, missed: forgotten.repeat, first: pair.first };
  const both = pair.processes.map(
    process => counts.get(['repeat', pair.entity, process].join('\n')) ?? unseen,
  );
  const seen = both.reduce((sum, { count }) => sum + count, 0);
  const most = both.reduce((sum, { count, missed }) => sum + count + missed, 0);
  const count = Math.max(pair.count, seen);
  const first = Math.min(pair.first, ...both.map(of => of.first));
  return { count, missed: Math.max(0, most - count), first };
}

/** The counts as plain data for a document, the strongest of each kind: what has no room is forgotten. */
export interface StoredLoops {
  hour: number;
  forgotten: Loops['forgotten'];
  counts: Record<string, string>;
}

export function storedLoops({ counts, hour, forgotten }: Loops): StoredLoops {
  // Of tens of thousands that were seen once or twice nothing is made but a figure: this is done every few seconds.
  const strong = [...counts]
    .filter(([, { count }]) => count >= FEWEST_AN_HOUR)
    .map(([key, count]) => ({ ...loopOf(key), ...count, key }));
  const kept = KINDS.flatMap(kind => strongest(strong.filter(loop => loop.kind === kind)));
  const keys = new Set(kept.map(({ key }) => key));
  return {
    hour,
    forgotten: alsoForgotten(forgotten, counts, key => !keys.has(key)),
    counts: Object.fromEntries(
      kept.map(({ key, count, first, last, missed }) => [
        key,
        [count, first, last, missed].map(figure => figure.toString(36)).join('.'),
      ]),
    ),
  };
}

export function loopsOf({ counts, hour, forgotten }: StoredLoops): Loops {
  const read = (text: string): LoopCount => {
    const [count = 0, first = 0, last = 0, missed = 0] = text
      .split('.')
      .map(part => Number.parseInt(part, 36));
    return { count, first, last, missed };
  };
  return {
    hour,
    forgotten,
    latest: new Map(),
    counts: new Map(Object.entries(counts).map(([key, text]) => [key, read(text)])),
  };
}

function alsoForgotten(
  forgotten: Loops['forgotten'],
  counts: Loops['counts'],
  isGone: (key: string, count: number) => boolean,
): Loops['forgotten'] {
  const most = { ...NOTHING_FORGOTTEN };
  for (const [key, { count }] of counts) {
    if (!isGone(key, count)) continue;
    const kind = kindOf(key);
    most[kind] = Math.max(most[kind], count);
  }
  return {
    repeat: forgotten.repeat + most.repeat,
    pair: forgotten.pair + most.pair,
    hot: forgotten.hot + most.hot,
  };
}

function kindOf(key: string): LoopKind {
  return KINDS.find(kind => key.startsWith(kind)) as LoopKind;
}

function loopOf(key: string): Pick<Loop, 'kind' | 'entity' | 'processes'> {
  const [, entity = '', ...processes] = key.split('\n');
  return { kind: kindOf(key), entity, processes };
}

function strongest<Counted extends Loop>(loops: readonly Counted[]): Counted[] {
  // Ties in a fixed order: the same rows however the events were read.
  const placeOf = ({ kind, entity, processes }: Loop) => [entity, kind, ...processes].join('\n');
  return [...loops].sort((a, b) => b.count - a.count || (placeOf(a) < placeOf(b) ? -1 : 1)).slice(0, MOST);
}
