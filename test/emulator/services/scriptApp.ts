import type { ClockTrigger } from '../clockTrigger';
import type { LiveExecution } from '../execution';
import { behind, type EnumSet, facade, NOTHING } from '../facade';
import type { World } from '../world';
import { clockTriggerBuilder } from './clockTriggerBuilder';
import { constant, enumSet, visibleEnum } from './enums';
import { stateTokenBuilder } from './stateTokenBuilder';

type Service = GoogleAppsScript.Script.ScriptApp;
type Trigger = GoogleAppsScript.Script.Trigger;
type TriggerBuilder = Pick<GoogleAppsScript.Script.TriggerBuilder, 'timeBased'>;
type Emulated = Pick<
  Service,
  | 'AuthMode'
  | 'EventType'
  | 'TriggerSource'
  | 'deleteTrigger'
  | 'getProjectTriggers'
  | 'getScriptId'
  | 'newStateToken'
  | 'newTrigger'
>;

/** `ScriptApp.AuthMode`, for event objects. */
export function authModes(execution: LiveExecution): EnumSet {
  return enumSet(execution, 'AuthMode');
}

/** Triggers, state tokens and the script's id [doc SA, TR]. A user sees and deletes only his own triggers [doc IT]. */
export function scriptApp(execution: LiveExecution, world: World): object {
  const records = new WeakMap<object, ClockTrigger>();
  const authorise = (call: string): void => {
    execution.needAuthorisation(call);
    execution.needScope('script.scriptapp', call);
  };

  const present = (trigger: ClockTrigger): Trigger => {
    // The platform tells neither the schedule nor the owner [doc TR].
    const inside: Trigger = {
      getEventType: () => constant(execution, 'EventType', 'CLOCK'),
      getHandlerFunction: () => trigger.handler,
      getTriggerSource: () => constant(execution, 'TriggerSource', 'CLOCK'),
      // Null for a clock trigger, though its declaration says string.
      getTriggerSourceId: () => null as unknown as string,
      getUniqueId: () => trigger.id,
    };
    records.set(inside, trigger);
    const look = { takes: NOTHING };
    return facade(execution, 'ScriptApp.Trigger', inside, {
      getEventType: look,
      getHandlerFunction: look,
      getTriggerSource: look,
      getTriggerSourceId: look,
      getUniqueId: look,
    });
  };

  const service: Emulated = {
    AuthMode: visibleEnum(execution, 'AuthMode'),
    EventType: visibleEnum(execution, 'EventType'),
    TriggerSource: visibleEnum(execution, 'TriggerSource'),
    getScriptId: () => world.scriptId,
    getProjectTriggers() {
      authorise('ScriptApp.getProjectTriggers');
      return world.triggers.filter(trigger => trigger.owner === execution.user).map(present);
    },
    newStateToken() {
      // No scope is documented for it; the one of ScriptApp's other methods is stricter than none.
      authorise('ScriptApp.newStateToken');
      return stateTokenBuilder(execution, world, authorise);
    },
    newTrigger(functionName) {
      authorise('ScriptApp.newTrigger');
      // Stricter than the platform, which finds out only when the trigger fires.
      if (!world.bundle.declares(functionName)) execution.fail('functionNotFound', { name: functionName });
      const inside: TriggerBuilder = {
        timeBased: () => clockTriggerBuilder(execution, world, functionName, present),
      };
      return facade(execution, 'ScriptApp.TriggerBuilder', inside, {
        timeBased: { takes: NOTHING },
      }) as GoogleAppsScript.Script.TriggerBuilder;
    },
    deleteTrigger(handle) {
      authorise('ScriptApp.deleteTrigger');
      const inside = behind(handle);
      const index = world.triggers.indexOf(records.get(inside ?? {}) as ClockTrigger);
      if (index < 0) execution.fail('invalidArgument', { what: 'trigger' });
      world.triggers.splice(index, 1);
    },
  };
  return facade(execution, 'ScriptApp', service, {
    deleteTrigger: { takes: [['object']], cost: 0 },
    getProjectTriggers: { takes: NOTHING, cost: 0 },
    getScriptId: { takes: NOTHING },
    newStateToken: { takes: NOTHING },
    newTrigger: { takes: [['string']] },
  });
}
