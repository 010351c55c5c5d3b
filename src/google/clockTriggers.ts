import type { Schedule } from '../core/schedule';
import type { Triggers } from '../ports';

/** Time-driven triggers of this script that belong to the current user ([doc SA]). */
export function clockTriggers(): Triggers {
  return {
    existing: () =>
      ScriptApp.getProjectTriggers().map(trigger => ({
        id: trigger.getUniqueId(),
        handler: trigger.getHandlerFunction(),
      })),
    create: schedule => builder(schedule).create().getUniqueId(),
    remove(id) {
      const found = ScriptApp.getProjectTriggers().find(trigger => trigger.getUniqueId() === id);
      if (found) ScriptApp.deleteTrigger(found);
    },
  };
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
