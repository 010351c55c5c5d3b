/** The company whose day is reported: made once per size, and read by all rows of that size. */

import { EventStore } from '../simulator/eventStore';
import { largeDay } from '../simulator/generator/largeDay';
import { byCodeUnits, mergedType, type OracleReport } from '../simulator/oracle';
import type { SimulatorOptions } from '../simulator/simulator';
import type { NewEvent } from '../simulator/state';

export const DAY = '2026-11-18';
export const ZONE = 'Europe/Moscow';

export interface Company {
  /** The account, with a store of events that all rows share. */
  options: SimulatorOptions;
  expected: ExpectedDay;
}

export type ExpectedDay = Pick<OracleReport, 'total' | 'automated' | 'top'>;

const SEED = 'bench';
const TOP = 5;

export function companyOf(events: number): Company {
  const { events: happened, ...account } = largeDay({ date: DAY, timeZone: ZONE, seed: SEED, events });
  const store = new EventStore(SEED, 'newest-first', false);
  store.add(happened);
  return {
    options: { ...account, events: store, timeZone: ZONE, seed: SEED },
    expected: expectedDay(
      happened,
      account.users.map(({ id }) => id),
    ),
  };
}

/** What the oracle says of the day, for events that are all of that day: a million of them cost it seconds. */
function expectedDay(events: readonly NewEvent[], users: readonly number[]): ExpectedDay {
  const counts = new Map<string, number>();
  let automated = 0;
  for (const { createdBy, type } of events) {
    if (users.includes(Number(createdBy))) continue;
    automated++;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const merged = new Map<string, number>();
  for (const [type, count] of counts) {
    merged.set(mergedType(type), (merged.get(mergedType(type)) ?? 0) + count);
  }
  const top = [...merged].sort((a, b) => b[1] - a[1] || byCodeUnits(a[0], b[0])).slice(0, TOP);
  return { total: events.length, automated, top };
}
