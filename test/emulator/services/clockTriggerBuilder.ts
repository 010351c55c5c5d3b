import { ClockTrigger, type Schedule } from '../clockTrigger';
import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import type { World } from '../world';
import { isZone } from '../zone';

type Builder = GoogleAppsScript.Script.ClockTriggerBuilder;
type Emulated = Pick<
  Builder,
  | 'after'
  | 'at'
  | 'atHour'
  | 'create'
  | 'everyDays'
  | 'everyHours'
  | 'everyMinutes'
  | 'inTimezone'
  | 'nearMinute'
>;

/** Installable triggers per user and script [doc Q]. */
const MAX_TRIGGERS = 20;

/** `ScriptApp.newTrigger(f).timeBased()` [doc CTB]. `present` makes the Trigger that `create` returns. */
export function clockTriggerBuilder(
  execution: LiveExecution,
  world: World,
  handler: string,
  present: (trigger: ClockTrigger) => GoogleAppsScript.Script.Trigger,
): Builder {
  const plan: Schedule = { kind: 'once', timeZone: execution.manifest.timeZone };
  let recurrence: string | undefined;

  const oneOf = (method: string, value: number, allowed: readonly number[]): number => {
    const rule = `one of ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
    return allowed.includes(value) ? value : execution.fail('triggerValue', { method, rule });
  };
  const within = (method: string, value: number, from: number, to: number): number =>
    value >= from && value <= to
      ? value
      : execution.fail('triggerValue', { method, rule: `between ${from} and ${to}` });
  /** Two recurrences at once: what the platform does is unknown, so it is refused. */
  const recur = (method: string, kind: Schedule['kind']): void => {
    if (recurrence) {
      throw execution.realm.exception(
        `This trigger is already set to ${recurrence}; ${method} cannot be added.`,
      );
    }
    recurrence = method;
    plan.kind = kind;
  };

  const inside = {
    everyMinutes(n) {
      recur('everyMinutes', 'minutes');
      plan.everyMinutes = oneOf('everyMinutes', n, [1, 5, 10, 15, 30]);
      return builder;
    },
    everyHours(n) {
      recur('everyHours', 'hours');
      plan.everyHours = oneOf('everyHours', n, [1, 2, 4, 6, 8, 12]);
      return builder;
    },
    everyDays(n) {
      recur('everyDays', 'days');
      plan.everyDays = within('everyDays', n, 1, 365);
      return builder;
    },
    atHour(hour) {
      plan.atHour = within('atHour', hour, 0, 23);
      return builder;
    },
    nearMinute(minute) {
      plan.nearMinute = within('nearMinute', minute, 0, 59);
      return builder;
    },
    inTimezone(zone) {
      if (!isZone(zone)) execution.fail('invalidArgument', { what: 'timezone' });
      plan.timeZone = zone;
      return builder;
    },
    after(ms) {
      recur('after', 'once');
      if (ms < 0) execution.fail('invalidArgument', { what: 'durationMilliseconds' });
      plan.at = execution.now() + ms;
      return builder;
    },
    at(date) {
      recur('at', 'once');
      plan.at = Date.prototype.getTime.call(date);
      if (!(plan.at > execution.now())) execution.fail('invalidArgument', { what: 'date' });
      return builder;
    },
    create() {
      checkPlan(execution, plan, recurrence);
      const own = world.triggers.filter(trigger => trigger.owner === execution.user);
      if (own.length >= MAX_TRIGGERS) execution.fail('tooManyTriggers');
      const trigger = new ClockTrigger({
        id: world.nextId('trigger'),
        owner: execution.user,
        handler,
        now: execution.now(),
        seed: world.seed,
        plan: { ...plan },
      });
      world.triggers.push(trigger);
      return present(trigger);
    },
  } satisfies Emulated;

  const number = { takes: [['integer']] } as const;
  const builder = facade<Emulated>(execution, 'ScriptApp.ClockTriggerBuilder', inside, {
    everyMinutes: number,
    everyHours: number,
    everyDays: number,
    atHour: number,
    nearMinute: number,
    after: number,
    inTimezone: { takes: [['string']] },
    at: { takes: [['date']] },
    create: { takes: NOTHING, cost: 0 },
  }) as Builder;
  return builder;
}

function checkPlan(execution: LiveExecution, plan: Schedule, recurrence: string | undefined): void {
  const wrong = (why: string): never => {
    throw execution.realm.exception(`The trigger cannot be created: ${why}.`);
  };
  if (!recurrence) wrong('it has no time');
  if (plan.atHour !== undefined && plan.kind !== 'days') wrong('atHour needs everyDays');
  if (plan.nearMinute !== undefined && !(plan.kind === 'hours' || plan.atHour !== undefined)) {
    wrong('nearMinute needs everyHours, or everyDays with atHour');
  }
}
