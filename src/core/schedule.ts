import type { EpochMs } from './day';
import type { ScheduledFunction } from './entryPoints';
import type { Settings } from './settings';

/** When Google is to call a handler. */
export type Schedule =
  | { handler: 'hourlyPing'; everyMinutes: number }
  | { handler: 'dailyReport'; at: string; timeZone: string };

export function wantedSchedules(
  settings: Pick<Settings, 'pingMinutes' | 'reportTime'>,
  timeZone: string,
): Schedule[] {
  return [
    { handler: 'hourlyPing', everyMinutes: settings.pingMinutes },
    { handler: 'dailyReport', at: settings.reportTime, timeZone },
  ];
}

/** A trigger that we installed: it does not tell its own schedule ([doc TR]), so we remember it. */
export interface InstalledTrigger {
  id: string;
  schedule: Schedule;
  /** When it last called us, or was made; absent where that is not known yet. */
  heardAt?: EpochMs;
}

/** By handler. */
export type Installed = Partial<Record<ScheduledFunction, InstalledTrigger>>;

const HOUR = 3_600_000;
/**
 * A trigger that Google has switched off stays in the list and never fires ([field]): only its silence tells. Pings
 * come at least once an hour, give or take a quarter; a night may be 25 hours after the last one, and be late.
 */
export const SILENT_AFTER: Record<ScheduledFunction, number> = {
  hourlyPing: 3 * HOUR,
  dailyReport: 30 * HOUR,
};

/**
 * What is to be done so that each wanted schedule has exactly one trigger: one that already runs as wanted stays,
 * every other trigger of our handlers goes, also one that has fallen silent, and triggers of other functions are
 * nobody's business here.
 */
export function triggerRepair(
  wanted: readonly Schedule[],
  existing: readonly { id: string; handler: string }[],
  installed: Installed,
  now: EpochMs,
): { keep: Installed; remove: string[]; create: Schedule[] } {
  const keep: Installed = {};
  const create: Schedule[] = [];
  for (const schedule of wanted) {
    const known = installed[schedule.handler];
    const alive =
      known && existing.some(({ id, handler }) => id === known.id && handler === schedule.handler);
    const isSilent = now - (known?.heardAt ?? now) >= SILENT_AFTER[schedule.handler];
    if (known && alive && !isSilent && sameSchedule(known.schedule, schedule)) keep[schedule.handler] = known;
    else create.push(schedule);
  }
  const ours = new Set<string>(wanted.map(schedule => schedule.handler));
  const kept = new Set(Object.values(keep).map(trigger => trigger.id));
  const remove = existing.filter(({ id, handler }) => ours.has(handler) && !kept.has(id)).map(({ id }) => id);
  return { keep, remove, create };
}

/** Whether these very schedules are installed, as far as is remembered. */
export function sameSchedules(installed: Installed, wanted: readonly Schedule[]): boolean {
  return wanted.every(schedule => {
    const known = installed[schedule.handler];
    return known !== undefined && sameSchedule(known.schedule, schedule);
  });
}

function sameSchedule(a: Schedule, b: Schedule): boolean {
  if (a.handler === 'hourlyPing') return b.handler === 'hourlyPing' && a.everyMinutes === b.everyMinutes;
  return b.handler === 'dailyReport' && a.at === b.at && a.timeZone === b.timeZone;
}
