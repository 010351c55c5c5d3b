import type { EpochMs } from '../core/day';
import { CONTINUATION, SCHEDULED, type ScheduledFunction } from '../core/entryPoints';
import { whenAllIsReported } from '../core/reportPlan';
import {
  type Installed,
  SILENT_AFTER,
  sameSchedules,
  triggerRepair,
  wantedSchedules,
} from '../core/schedule';
import { usageOf } from '../core/usage';
import { LockBusy, type Outside } from '../ports';
import { failure } from './failure';
import { changePlan } from './keptPlan';
import { TRIGGERS, USAGE } from './propertyNames';
import type { JobDescription, Run } from './run';
import type { Snapshot } from './snapshot';

interface Kept {
  installed: Installed;
  /** In whose name they run; nobody else can see them ([doc SA]). */
  owner: string | undefined;
  /** When they were last compared with what there is. */
  checkedAt: EpochMs;
  /** Switched off by a person: whoever still has triggers removes them. */
  isOff: boolean;
}

const CHECK_EVERY_MS = 50 * 60_000;

const TENDING: JobDescription = {
  name: 'setUp',
  needsAccount: false,
  effectOfFailure: run => run.texts.triggersFailedEffect,
};

/**
 * Exactly one trigger per job, however often this runs.
 * @returns whose triggers run already, where that is another person: then nothing is changed
 */
export function installTriggers(outside: Outside, { settings, zone }: Snapshot): string | undefined {
  const { clock, mutex, properties } = outside;
  return mutex.during(() => {
    const stored = properties.readAll();
    const kept = keptTriggers(stored);
    const me = outside.whoami();
    const silence = clock.now() - Math.max(kept.checkedAt, usageOf(stored[USAGE]).lastTriggerRun);
    if (!kept.isOff && silence < SILENT_AFTER.hourlyPing && isSomebodyElse(kept, me)) return kept.owner;
    repair(outside, kept, { settings, zone });
    return undefined;
  });
}

/**
 * What each job does for the triggers when a trigger has called it, however it went: lost, doubled and outdated ones
 * are repaired. One that belongs to a person who is no longer in charge, or to a monitor that was switched off, goes.
 * Never throws: the job has done its work.
 * @param called the repeating trigger that has called; undefined: it was another one
 * @returns whether anything was wrong
 */
export function tendTriggers(run: Run, called: ScheduledFunction | undefined): boolean {
  const { findings, outside, settings, texts, zone } = run;
  const { byTrigger, clock, mutex, properties } = outside;
  if (!byTrigger) return false;
  const wanted = wantedSchedules(settings, zone);
  try {
    const known = keptTriggers(properties.recall());
    const heardAt = called === undefined ? known.checkedAt : (known.installed[called]?.heardAt ?? 0);
    const looked = Math.min(heardAt, known.checkedAt);
    const isFresh = clock.now() - looked < CHECK_EVERY_MS && sameSchedules(known.installed, wanted);
    if (isFresh && !isSomebodyElse(known, outside.whoami())) return false;
    const repaired = mutex.during(() => {
      const kept = keptTriggers(properties.readAll());
      if (!kept.isOff && !isSomebodyElse(kept, outside.whoami())) {
        const { created, removed } = repair(outside, kept, { settings, zone }, called);
        // Told is what was lost or doubled. One for one is a new schedule, or follows one that fell silent.
        const wasWrong = created !== removed && Object.keys(kept.installed).length > 0;
        if (wasWrong) findings.push({ level: 'INFO', what: texts.triggersRepaired });
        return created + removed > 0;
      }
      removeOwnTriggers(outside);
      return true;
    });
    // Another report time: the next report is due at another time, too.
    if (repaired) {
      changePlan(outside, plan => (plan.open ? plan : whenAllIsReported(plan, settings.reportTime, zone)));
    }
    return repaired;
  } catch (error) {
    // Another run changes the triggers just now, or the next one finds the lock free.
    if (error instanceof LockBusy) return false;
    findings.push({ ...failure(error, TENDING, run), level: 'WARN' });
    return false;
  }
}

/** A trigger that fires although the monitor was switched off is removed with all of its owner's, and does nothing. */
export function goIfSwitchedOff(outside: Outside): boolean {
  if (!isSwitchedOff(outside)) return false;
  try {
    removeOwnTriggers(outside);
  } catch {
    // Those that are left fire once more.
  }
  return true;
}

function isSwitchedOff({ properties }: Outside): boolean {
  try {
    return keptTriggers(properties.readAll()).isOff;
  } catch {
    // The run that begins now meets the same, and tells it.
    return false;
  }
}

/** Removes the triggers that this person has, and has others remove theirs when they next fire. */
export function uninstallTriggers(outside: Outside): void {
  const { clock, mutex } = outside;
  mutex.during(() => {
    removeOwnTriggers(outside);
    keep(outside, { installed: {}, owner: undefined, checkedAt: clock.now(), isOff: true });
  });
}

/** Whose triggers run, and on what schedule, as far as it is remembered. */
export function keptTriggers(properties: Readonly<Record<string, string>>): Kept {
  const { installed, owner, checkedAt, isOff } = remembered(properties[TRIGGERS]);
  const known: Installed = {};
  for (const handler of SCHEDULED) {
    const trigger = installed?.[handler];
    if (trigger?.id && trigger.schedule?.handler === handler) known[handler] = trigger;
  }
  return { installed: known, owner, checkedAt: checkedAt ?? 0, isOff: isOff ?? false };
}

function repair(
  outside: Outside,
  { installed }: Kept,
  { settings, zone }: Pick<Snapshot, 'settings' | 'zone'>,
  called?: ScheduledFunction,
): { created: number; removed: number } {
  const { clock, triggers } = outside;
  const now = clock.now();
  const heard = heardFrom(installed, called, now);
  const {
    keep: kept,
    remove,
    create,
  } = triggerRepair(wantedSchedules(settings, zone), triggers.existing(), heard, now);
  // New ones first: if one cannot be made, or the run ends here, the old ones still run.
  const all: Installed = { ...kept };
  try {
    for (const schedule of create)
      all[schedule.handler] = { id: triggers.create(schedule), schedule, heardAt: now };
  } finally {
    keep(outside, { installed: all, owner: outside.whoami(), checkedAt: now, isOff: false });
  }
  for (const id of remove) triggers.remove(id);
  return { created: create.length, removed: remove.length };
}

/** Of one that is not known to have fired yet, silence counts from now on. */
function heardFrom(installed: Installed, called: ScheduledFunction | undefined, now: EpochMs): Installed {
  const heard: Installed = {};
  for (const handler of SCHEDULED) {
    const trigger = installed[handler];
    if (!trigger) continue;
    heard[handler] = { ...trigger, heardAt: handler === called ? now : (trigger.heardAt ?? now) };
  }
  return heard;
}

function removeOwnTriggers({ triggers }: Outside): void {
  const ours: readonly string[] = [...SCHEDULED, CONTINUATION];
  for (const { id, handler } of triggers.existing()) if (ours.includes(handler)) triggers.remove(id);
}

function keep({ properties }: Outside, kept: Kept): void {
  properties.change({ write: new Map([[TRIGGERS, JSON.stringify(kept)]]) });
}

function isSomebodyElse({ owner }: Kept, me: string | undefined): boolean {
  return owner !== undefined && me !== undefined && owner !== me;
}

/** Also as the first version wrote it: the triggers alone. */
function remembered(text: string | undefined): Partial<Kept> {
  try {
    const kept = (JSON.parse(text ?? '{}') ?? {}) as Partial<Kept> & Installed;
    return kept.installed ? kept : { installed: kept };
  } catch {
    return {};
  }
}
