import { SeededRandom } from '../simulator/seededRandom';
import type { NewEvent } from '../simulator/state';
import { shiftDate, wallTime } from '../simulator/wallClock';
import type { Performed, Stage } from './stage';
import { LEAVER, valuesOf } from './subjects';

const HOUR = 3_600_000;
const EVENTS_A_DAY = 5;

/**
 * A user leaves as soon as the product must have seen who the users are, and the widgets that work with that user's
 * rights go on from the next noon: what days before hold does not depend on when that was. Nobody asks for events
 * before the users are known and kept, whatever becomes of the execution then.
 * @returns from when on the account has events of the one who left; undefined when nobody has left
 */
export function departure(stage: Stage, { requests }: Performed): number | undefined {
  const { options, simulator, zone } = stage;
  if (!requests.some(({ path }) => path.startsWith('/api/v4/events?'))) return undefined;
  const clock = wallTime(stage.world.now(), zone);
  const noon = stage.at(`${clock.hour < 12 ? clock.date : shiftDate(clock.date, 1)}T12:00`);
  const from = options.ghostFrom ?? noon;
  simulator.deleteUser(LEAVER.id);
  simulator.addEvents(ghostEvents(from, stage.at(`${shiftDate(options.firstDay, options.days)}T00:00`)));
  return from;
}

function ghostEvents(from: number, to: number): NewEvent[] {
  const random = new SeededRandom('ghost');
  const type = 'entity_tag_added';
  const events: NewEvent[] = [];
  for (let at = from; at < to; at += (24 / EVENTS_A_DAY) * HOUR) {
    const entityId = 20_800_000 + events.length;
    events.push({ at, type, createdBy: LEAVER.id, entityId, ...valuesOf(type, random) });
  }
  return events;
}
