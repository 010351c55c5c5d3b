import type { ClockTrigger } from './clockTrigger';
import type { EpochMs, Milliseconds } from './contract';
import type { LiveExecution } from './execution';
import type { Outcome, RunOptions } from './outcome';
import { authModes } from './services/scriptApp';
import type { World } from './world';
import { wallClock } from './zone';

export interface AdvanceOptions {
  /** 1: as unpunctual as the platform; 0: to the millisecond. */
  jitter?: number;
  /** What becomes of one firing. Not asked again for one that it has put off. */
  each?: (trigger: ClockTrigger, at: EpochMs) => Firing | undefined;
}

/** `'lost'`: the platform forgets this one. Else more for its execution (a cut, an inner execution), and: */
export type Firing =
  | 'lost'
  | (Partial<RunOptions> & {
      /** It comes so much later; what else is due meanwhile comes first. */
      lateMs?: Milliseconds;
      /** It comes twice: the second one when the first has ended, or inside the first at its n-th service call. */
      again?: 'after' | number;
    });

export interface LateFiring {
  trigger: ClockTrigger;
  at: EpochMs;
  firing: Exclude<Firing, 'lost'>;
}

const DAY = 86_400_000;

/**
 * Fires what is due until `until`, in the order of time, and leaves the clock there. An execution that takes long
 * delays the next one: nothing runs at the same time unless a test nests executions itself.
 */
export function fireDueTriggers(world: World, until: EpochMs, options: AdvanceOptions): Outcome[] {
  const outcomes: Outcome[] = [];
  for (;;) {
    const next = earliest(world.triggers, options.jitter ?? 1);
    const late = earliestLate(world);
    if (late && late.at <= until && !(next && next.at < late.at)) {
      world.late.splice(world.late.indexOf(late), 1);
      world.clock.moveTo(Math.max(world.now(), late.at));
      outcomes.push(...fire(world, late.trigger, late.firing));
      continue;
    }
    if (!next || next.at > until) break;
    next.trigger.fired(next.due);
    world.clock.moveTo(Math.max(world.now(), next.at));
    const firing = options.each?.(next.trigger, world.now()) ?? {};
    if (firing === 'lost') continue;
    const { lateMs = 0, ...atOnce } = firing;
    if (lateMs > 0) world.late.push({ trigger: next.trigger, at: world.now() + lateMs, firing: atOnce });
    else outcomes.push(...fire(world, next.trigger, atOnce));
  }
  world.clock.moveTo(Math.max(world.now(), until));
  return outcomes;
}

/** The earliest of those put off whose trigger is still there. */
function earliestLate({ late, triggers }: World): LateFiring | undefined {
  return late
    .filter(({ trigger }) => triggers.includes(trigger))
    .reduce<LateFiring | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
}

/** One firing; when it comes twice, the outcome of the inner or later execution stands behind the other. */
function fire(world: World, trigger: ClockTrigger, firing: Exclude<Firing, 'lost'>): Outcome[] {
  const { again, lateMs: _, ...more } = firing;
  const usual: RunOptions = {
    event: execution => clockEvent(execution, trigger.id),
    context: 'clock',
    user: trigger.owner,
    triggerId: trigger.id,
  };
  const second: Outcome[] = [];
  const onCall: RunOptions['onCall'] = (call, index) => {
    more.onCall?.(call, index);
    if (index === again && second.length === 0) second.push(world.run(trigger.handler, usual));
  };
  const first = world.run(trigger.handler, {
    ...usual,
    ...more,
    onCall,
    context: 'clock',
    user: trigger.owner,
  });
  if (again !== undefined && second.length === 0) second.push(world.run(trigger.handler, usual));
  return [first, ...second];
}

function earliest(
  triggers: readonly ClockTrigger[],
  scale: number,
): { trigger: ClockTrigger; due: EpochMs; at: EpochMs } | undefined {
  let first: { trigger: ClockTrigger; due: EpochMs; at: EpochMs } | undefined;
  for (const trigger of triggers) {
    const firing = trigger.nextFiring(scale);
    if (firing && (!first || firing.at < first.at)) first = { trigger, ...firing };
  }
  return first;
}

/** The event object of a clock trigger, in UTC [doc EV: guides/triggers/events]. */
export function clockEvent(execution: LiveExecution, triggerUid: string): object {
  const wall = wallClock(execution.now(), 'UTC');
  const midnight = Date.UTC(wall.year, wall.month - 1, wall.day);
  const weekday = new Date(midnight).getUTCDay() || 7;
  const thursday = midnight + (4 - weekday) * DAY;
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return {
    authMode: authModes(execution).values['FULL'],
    year: wall.year,
    month: wall.month,
    'day-of-month': wall.day,
    'day-of-week': weekday,
    'week-of-year': Math.floor((thursday - newYear) / (7 * DAY)) + 1,
    hour: wall.hour,
    minute: wall.minute,
    second: wall.second,
    timezone: 'UTC',
    triggerUid,
  };
}
