import type { ClockTrigger } from './clockTrigger';
import type { EpochMs } from './contract';
import type { LiveExecution } from './execution';
import type { Outcome, RunOptions } from './outcome';
import { authModes } from './services/scriptApp';
import type { World } from './world';
import { wallClock } from './zone';

export interface AdvanceOptions {
  /** 1: as unpunctual as the platform; 0: to the millisecond. */
  jitter?: number;
  /** More for one firing (a cut, an inner execution), or `'lost'`: the platform forgets this one. */
  each?: (trigger: ClockTrigger, at: EpochMs) => Partial<RunOptions> | 'lost' | undefined;
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
    if (!next || next.at > until) break;
    next.trigger.fired(next.due);
    world.clock.moveTo(Math.max(world.now(), next.at));
    const more = options.each?.(next.trigger, world.now());
    if (more === 'lost') continue;
    outcomes.push(
      world.run(next.trigger.handler, {
        event: execution => clockEvent(execution, next.trigger.id),
        ...more,
        context: 'clock',
        user: next.trigger.owner,
        triggerId: next.trigger.id,
      }),
    );
  }
  world.clock.moveTo(Math.max(world.now(), until));
  return outcomes;
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
