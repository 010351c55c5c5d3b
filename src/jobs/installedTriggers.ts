import { SCHEDULED } from '../core/entryPoints';
import { type Installed, triggerRepair, wantedSchedules } from '../core/schedule';
import type { Outside } from '../ports';
import type { Snapshot } from './snapshot';

/** The property that remembers which triggers are ours, and what they were made for. */
const TRIGGERS = 'triggers';

/** Exactly one trigger per job, however often this runs. */
export function installTriggers(
  { mutex, properties, triggers }: Outside,
  { settings, zone }: Snapshot,
): void {
  mutex.during(() => {
    const installed = installedTriggers(properties.readAll());
    const repair = triggerRepair(wantedSchedules(settings, zone), triggers.existing(), installed);
    for (const id of repair.remove) triggers.remove(id);
    const now: Installed = { ...repair.keep };
    for (const schedule of repair.create) now[schedule.handler] = { id: triggers.create(schedule), schedule };
    properties.change({ write: new Map([[TRIGGERS, JSON.stringify(now)]]) });
  });
}

export function installedTriggers(properties: Readonly<Record<string, string>>): Installed {
  const installed: Installed = {};
  for (const handler of SCHEDULED) {
    const trigger = remembered(properties[TRIGGERS])[handler];
    if (trigger?.id && trigger.schedule?.handler === handler) installed[handler] = trigger;
  }
  return installed;
}

function remembered(text: string | undefined): Installed {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as Installed;
  } catch {
    return {};
  }
}
