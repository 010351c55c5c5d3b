import { SeededRandom } from '../simulator/seededRandom';
import type { NewEvent } from '../simulator/state';
import { shiftDate, startOfDay } from '../simulator/wallClock';
import { plantedLoops } from './plantedLoops';
import { SERVICE, valuesOf } from './subjects';

/** A small company whose days cost little to make and to read, with every kind of author and ties among its types. */
export interface CompanyOrder {
  seed: string | number;
  zone: string;
  /** `2026-11-18` */
  firstDay: string;
  days: number;
  /** Events of a day: a number, or at least and at most so many. */
  perDay: number | readonly [least: number, most: number];
  /** One day with so many events instead, half of them within ten minutes, as when robots work through a list. */
  busy?: { date: string; events: number };
  /** The share of events that the list shows only after they happened; of the last hour's ones five times that. Default none. */
  late?: number;
  /** One day on which automation runs in circles. */
  loops?: string;
  /** The days from this one on have no late ones: no later report is there to correct them. */
  punctualFrom?: string;
}

const TYPES: readonly string[] = [
  'lead_status_changed',
  'lead_added',
  'incoming_chat_message',
  'outgoing_chat_message',
  'entity_tag_added',
  'custom_field_188087_value_changed',
  'custom_field_188088_value_changed',
  'custom_field_188089_value_changed',
  'customer_status_changed',
  'entity_tag_deleted',
  'entity_linked',
  'robot_replied',
  'task_added',
  'task_completed',
  'entity_responsible_changed',
  'common_note_added',
  'incoming_call',
];
const TYPE_WEIGHTS = [9, 5, 8, 3, 6, 4, 3, 2, 2, 3, 2, 2, 5, 5, 2, 2, 3];

/** Robots most of all; people; an integration; one who had left before anybody looked; nobody. */
const AUTHORS: readonly NewEvent['createdBy'][] = [
  ...[0, 9_000_002, 9_000_003, SERVICE.id, 7_777_777],
  ...[null, 'absent'],
];
const AUTHOR_WEIGHTS = [10, 5, 4, 3, 2, 1, 1];
/** How often a change is part of the same save as the one before. */
const SAME_SAVE = 0.15;
/** So few that some cards get several changes a day, and so many that none gets them in circles. */
const FEWEST_CARDS = 40;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What changes of one save have in common. */
type Save = Omit<NewEvent, 'type'>;

export function companyEvents(order: CompanyOrder): NewEvent[] {
  const { busy, days, firstDay, seed, zone } = order;
  const events: NewEvent[] = [];
  for (let index = 0; index < days; index++) {
    const date = shiftDate(firstDay, index);
    const random = new SeededRandom(`${seed}|${date}`);
    const late = order.punctualFrom !== undefined && date >= order.punctualFrom ? 0 : (order.late ?? 0);
    const [least, most] = typeof order.perDay === 'number' ? [order.perDay, order.perDay] : order.perDay;
    const from = startOfDay(date, zone);
    const to = startOfDay(shiftDate(date, 1), zone);
    const wanted = busy?.date === date ? busy.events : random.whole(least, most);
    const cards = Math.max(FEWEST_CARDS, Math.floor(wanted / 3));
    let save: Save | undefined;
    for (let left = wanted; left > 0; left--) {
      // Some of them on the day's very borders.
      const edge = random.unit();
      const sometime = () => from + Math.floor(random.unit() * (to - from));
      const inTheRush = busy?.date === date && left % 2 === 0;
      const at = inTheRush
        ? from + 11 * HOUR + random.whole(0, 10 * MINUTE)
        : edge < 0.02
          ? from
          : edge < 0.04
            ? to - 1
            : sometime();
      const isLate = random.chance(to - at < HOUR ? late * 5 : late);
      const visibleFrom = at + lateness(random, at, to);
      const type = TYPES[random.weighted(TYPE_WEIGHTS)]!;
      const createdBy = AUTHORS[random.weighted(AUTHOR_WEIGHTS)]!;
      const entityId = 20_000_000 + random.whole(1, cards);
      const alone: Save = { at, createdBy, entityId, ...(isLate ? { visibleFrom } : {}) };
      save = save !== undefined && random.chance(SAME_SAVE) ? save : alone;
      save.entityType ??= /^(customer|task)_/.exec(type)?.[1] ?? (entityId % 4 === 0 ? 'contact' : 'lead');
      events.push({ ...save, type, ...valuesOf(type, random) });
    }
    if (order.loops === date) events.push(...plantedLoops(date, zone));
  }
  return events;
}

/**
 * Most late ones come within minutes. Those of the day's last hour may come in the night, while the report is reading,
 * or only after it: these the next report has to correct. None comes later than the evening of the next day.
 */
function lateness(random: SeededRandom, at: number, endOfDay: number): number {
  const kind = random.unit();
  const minutes = random.whole(1, 20) * MINUTE;
  if (endOfDay - at > HOUR - MINUTE || kind < 0.3) return minutes;
  if (kind < 0.5) return endOfDay - at + random.whole(10, 170) * MINUTE;
  if (kind < 0.7) return endOfDay - at + 180 * MINUTE + random.whole(0, 15_000);
  return endOfDay - at + random.whole(4, 20) * HOUR;
}
