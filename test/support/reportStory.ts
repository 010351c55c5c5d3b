import { serialOf, serialOfDay } from '../../src/core/day';
import { latencyLog, pingsIn, withPing } from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { dailyReport } from '../../src/jobs/dailyReport';
import type { Wanted } from '../../src/jobs/planFor';
import { type InMemory, inMemoryOutside, type WorldParts } from './inMemoryOutside';
import { SMALL_TOKEN, type SmallAccount, smallAccount, type WireEvent } from './smallAccount';

export const ZONE = 'Europe/Moscow';
/** The reported day, 18.11.2026, as a serial. */
export const DAY = serialOfDay('2026-11-18');
const unix = (iso: string) => Date.parse(iso) / 1000;
/** Its first second. */
export const FROM = unix('2026-11-18T00:00:00+03:00');
/** Its last second. */
export const TO = unix('2026-11-18T23:59:59+03:00');

let ids = 0;
/** `count` events of a type, spread over the day, made by nobody unless `more` says so. */
export const events = (type: string, count: number, more: Partial<WireEvent> = {}): WireEvent[] =>
  Array.from({ length: count }, () => {
    ids += 1;
    return { id: `e${ids}`, type, created_at: FROM + ((ids * 7_919) % 86_400), created_by: 0, ...more };
  });

/** A ping at a time (ISO 8601); without `ms` one that failed. */
export const ping = (iso: string, ms: number | undefined, more: Partial<Ping> = {}): Ping => ({
  ...{ at: unix(iso), slot: undefined, ms, min: ms, max: ms, duringCollection: false },
  ...(ms === undefined
    ? { succeeded: 0, taken: 1, status: 503, failure: 'http' as const }
    : { succeeded: 3, taken: 3, status: 200, failure: undefined }),
  ...more,
});

/** Properties that hold these pings. */
export function logged(pings: readonly Ping[]): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const one of pings)
    Object.assign(properties, Object.fromEntries(withPing(latencyLog(properties), one).write));
  return properties;
}

/** Pings of the day, one of them failed, and one of the next. */
export const PINGS = [
  ping('2026-11-18T00:00:00+03:00', 200),
  ping('2026-11-18T13:51:00+03:00', 509),
  ping('2026-11-18T14:51:00+03:00', undefined),
  ping('2026-11-19T00:00:00+03:00', 8_000),
];
/** A story without pings: no day is reported but the ones that are wanted. */
export const NO_PINGS: WorldParts = { properties: { 'latency.1': '' } };
/** 306 events of the day, 229 of them automated, and neighbours. */
export const BUSY_DAY = [
  ...events('incoming_chat_message', 120),
  ...events('task_added', 40),
  ...events('entity_tag_added', 30, { created_by: 555 }), // nobody's id
  ...events('lead_status_changed', 20),
  ...events('custom_field_11_value_changed', 6),
  ...events('custom_field_12_value_changed', 6),
  ...events('lead_added', 5),
  ...events('task_added', 77, { created_by: 101 }), // a person
  ...events('edge', 1, { created_at: FROM }),
  ...events('edge', 1, { created_at: TO }),
  ...events('outside', 50, { created_at: FROM - 1 }),
  ...events('outside', 50, { created_at: TO + 1 }),
];
/** What the report of `BUSY_DAY` and `PINGS` must be. */
export const REPORT = [
  {
    date: DAY,
    event: 'Входящее сообщение',
    count: 120,
    peakMs: 509,
    peakTime: serialOf(unix('2026-11-18T13:51:00+03:00') * 1000, ZONE),
  },
  { date: DAY, event: 'Новая задача', count: 40, peakMs: '', peakTime: '' },
  { date: DAY, event: 'Теги добавлены', count: 30, peakMs: '', peakTime: '' },
  { date: DAY, event: 'Изменение этапа продажи', count: 20, peakMs: '', peakTime: '' },
  { date: DAY, event: 'Изменение поля', count: 12, peakMs: '', peakTime: '' },
];

/** A world that is set up, on the morning after `BUSY_DAY`. */
export function story(account: Partial<SmallAccount> = {}, parts: WorldParts = {}) {
  const amo = smallAccount({ events: [...BUSY_DAY], ...account });
  const world = inMemoryOutside({
    ...{ now: '2026-11-19T03:05:00+03:00', server: amo.server },
    ...parts,
    settings: { baseUrl: 'mycompany', ...parts.settings },
    properties: { token: SMALL_TOKEN, ...logged(PINGS), ...parts.properties },
  });
  /** Yesterday and no other day, unless something else is wanted. */
  const run = (wanted: Wanted = 'yesterday') => dailyReport(world.outside, wanted);
  return { amo, world, tables: world.contents.tables, run };
}
/** The pings in the rolling log. */
export const logOf = ({ properties }: InMemory) => pingsIn(latencyLog(Object.fromEntries(properties)));

/**
 * Lets the schedule go on by the one-off triggers that runs leave behind, until none is left.
 * @returns how many runs that took
 */
export function goOn(world: InMemory, most = 50): number {
  for (let runs = 0; ; runs += 1) {
    const once = world.triggers.find(({ handler }) => handler === 'continueReport');
    if (!once) return runs;
    if (runs === most) throw new Error(`Not done after ${most} runs`);
    world.clock.pass(Math.max(0, once.onceAt! - world.clock.now()));
    dailyReport(world.outside, 'due');
  }
}
