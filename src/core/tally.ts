import { type AmoEvent, countedType } from './event';

/** The sums of one day, made while its events pass by. */
export interface Tally {
  /** All events of the day. */
  total: number;
  automated: number;
  /** Automated events by type. */
  byType: Map<string, number>;
  /** Ids seen, since an event may stand on two pages when pages shift while they are read. */
  seen: Set<string>;
  /** Records that could not be read, and events that amoCRM should not have sent for this day. */
  unreadable: number;
}

export function emptyTally(): Tally {
  return { total: 0, automated: 0, byType: new Map(), seen: new Set(), unreadable: 0 };
}

/** amoCRM is asked for a second more on either side of the day. */
const NEIGHBOUR_S = 1;

/** Counts an event, once. `bounds` are the first and the last second of the day: amoCRM's answer may hold neighbours. */
export function count(
  tally: Tally,
  event: AmoEvent,
  bounds: { from: number; to: number },
  isAutomated: (event: AmoEvent) => boolean,
): void {
  const { createdAt } = event;
  if (createdAt < bounds.from || createdAt > bounds.to) {
    const asked = createdAt >= bounds.from - NEIGHBOUR_S && createdAt <= bounds.to + NEIGHBOUR_S;
    if (!asked) tally.unreadable += 1;
    return;
  }
  if (tally.seen.has(event.id)) return;
  tally.seen.add(event.id);
  tally.total += 1;
  if (!isAutomated(event)) return;
  tally.automated += 1;
  const type = countedType(event.type);
  tally.byType.set(type, (tally.byType.get(type) ?? 0) + 1);
}

export interface TypeCount {
  type: string;
  count: number;
}

/** The most frequent types, at most `limit`. Ties are ordered by key, so that two runs of a day give the same rows. */
export function topTypes(byType: ReadonlyMap<string, number>, limit: number): TypeCount[] {
  return [...byType]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
    .slice(0, limit);
}
