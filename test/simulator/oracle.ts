/**
 * The right answer, found the plain way: every event of the account is asked for its wall clock, then the lot is
 * sorted into groups. No pages, no running counters, nothing of the product.
 */

import type { EpochMs } from '../emulator/contract';
import type { Simulator } from './simulator';
import type { SimEvent } from './state';
import { type WallTime, wallTime } from './wallClock';

export interface OracleOptions {
  /** Default 5. */
  topEvents?: number;
  /** Whether what clients do themselves counts as automation. Default yes. */
  clientActionsCount?: boolean;
  /** Ids whose events count as automation. */
  serviceAccounts?: readonly number[];
  /** Ids once listed as users, beside those listed now. */
  rememberedUsers?: readonly number[];
  /** IANA name; default the account's. */
  timeZone?: string;
  /** Only what the list showed by then; default everything. */
  visibleAt?: EpochMs;
}

export interface OracleReport {
  date: string;
  /** All events of the day. */
  total: number;
  automated: number;
  /** Automated events by type, fields merged; keys in order. */
  counts: Record<string, number>;
  /** Automated events by wall-clock hour; an hour that comes twice fills one place. */
  hours: number[];
  /** The largest of `counts`. */
  top: [type: string, count: number][];
}

/** What clients do themselves. No event type identifies a form. */
export const CLIENT_ACTIONS: readonly string[] = [
  'incoming_chat_message',
  'incoming_call',
  'incoming_mail',
  'incoming_sms',
  'site_visit_note_added',
  'link_followed',
];

export function oracleReport(simulator: Simulator, date: string, options: OracleOptions = {}): OracleReport {
  const known = [...simulator.users.map(user => user.id), ...(options.rememberedUsers ?? [])];
  const ofTheDay = eventsOfTheDay(simulator, date, options);
  const automated = ofTheDay.filter(({ event }) => isAutomated(event, known, options));

  const types = automated.map(({ event }) => mergedType(event.type)).sort(byCodeUnits);
  const counts = [...new Set(types)].map((type): [string, number] => [
    type,
    types.lastIndexOf(type) - types.indexOf(type) + 1,
  ]);
  const top = [...counts].sort((a, b) => b[1] - a[1] || byCodeUnits(a[0], b[0]));
  return {
    date,
    total: ofTheDay.length,
    automated: automated.length,
    counts: Object.fromEntries(counts),
    hours: Array.from(
      { length: 24 },
      (_, hour) => automated.filter(({ clock }) => clock.hour === hour).length,
    ),
    top: top.slice(0, options.topEvents ?? 5),
  };
}

/** Every event whose wall clock shows that date, oldest first. */
export function eventsOfTheDay(
  simulator: Simulator,
  date: string,
  { timeZone = simulator.account.timeZone, visibleAt = Number.POSITIVE_INFINITY }: OracleOptions,
): { event: SimEvent; clock: WallTime }[] {
  return simulator.ledger.events
    .filter(event => event.visibleFrom <= visibleAt)
    .map(event => ({ event, clock: wallTime(event.createdAt * 1000, timeZone) }))
    .filter(({ clock }) => clock.date === date);
}

function isAutomated(
  { createdBy, type }: SimEvent,
  known: readonly number[],
  options: OracleOptions,
): boolean {
  const nobody = createdBy === null || createdBy === 'absent' || Number(createdBy) === 0;
  if (nobody) return (options.clientActionsCount ?? true) || !CLIENT_ACTIONS.includes(type);
  if ((options.serviceAccounts ?? []).includes(Number(createdBy))) return true;
  return !known.includes(Number(createdBy));
}

/** All changes of custom fields are one type. */
export function mergedType(type: string): string {
  return type.replace(/^custom_field_\d+_value_changed$/, 'custom_field_value_changed');
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
