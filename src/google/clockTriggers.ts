import type { Schedule } from '../core/schedule';
import { TooManyTriggers, type Triggers } from '../ports';

const MOST_TRIGGERS = 20; // [doc Q]

/** Time-driven triggers of this script that belong to the current user ([doc SA]). */
export function clockTriggers(): Triggers {
  return {
    existing: () =>
      ScriptApp.getProjectTriggers().map(trigger => ({
        id: trigger.getUniqueId(),
        handler: trigger.getHandlerFunction(),
      })),
    create: schedule => created(builder(schedule)).getUniqueId(),
    createOnce: (handler, afterMs) => {
      created(ScriptApp.newTrigger(handler).timeBased().after(afterMs));
    },
    remove(id) {
      const found = ScriptApp.getProjectTriggers().find(trigger => trigger.getUniqueId() === id);
      if (found) ScriptApp.deleteTrigger(found);
    },
  };
}

/** What refuses does so in the user's language; that there are twenty tells why. */
function created(trigger: GoogleAppsScript.Script.ClockTriggerBuilder): GoogleAppsScript.Script.Trigger {
  try {
    return trigger.create();
  } catch (error) {
    const present = ScriptApp.getProjectTriggers();
    if (present.length < MOST_TRIGGERS) throw error;
    throw new TooManyTriggers([...new Set(present.map(one => one.getHandlerFunction()))]);
  }
}

function builder(schedule: Schedule): GoogleAppsScript.Script.ClockTriggerBuilder {
  const clock = ScriptApp.newTrigger(schedule.handler).timeBased();
  if (schedule.handler === 'hourlyPing') {
    // On the hour, give or take a quarter ([doc CTB] nearMinute; field code combines it with everyHours).
    return schedule.everyMinutes === 60
      ? clock.everyHours(1).nearMinute(0)
      : clock.everyMinutes(schedule.everyMinutes);
  }
  const [hour = 3, minute = 0] = schedule.at.split(':').map(Number);
  return clock.everyDays(1).atHour(hour).nearMinute(minute).inTimezone(schedule.timeZone);
}
