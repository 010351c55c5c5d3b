/** Days of up to a million events that cost little to make: for speed and size, not for what companies do all day. */

import type { EpochMs, Milliseconds } from '../../emulator/contract';
import { SeededRandom } from '../seededRandom';
import type { CustomField, NewEvent, SimPipeline, SimUser } from '../state';
import { shiftDate, startOfDay, wallTime } from '../wallClock';
import { field, helpbot, leadStatus, link, message, note, responsible, tags } from './values';

/**
 * When the events happen: as in a company that works by day and whose robots never sleep, evenly from midnight to
 * midnight, from eleven to twelve, or within so many seconds from noon on.
 */
export type DayShape = 'working-day' | 'even' | 'one-hour' | { seconds: number };

export interface LargeDayOrder {
  /** `2026-11-18` */
  date: string;
  /** IANA name of the account's zone. */
  timeZone: string;
  seed: string | number;
  /** Exactly so many. */
  events: number;
  /** Default `working-day`. */
  shape?: DayShape;
}

/** Can be spread into the simulator's options. */
export interface LargeDay {
  users: SimUser[];
  customFields: CustomField[];
  pipelines: SimPipeline[];
  /** In order of time. */
  events: NewEvent[];
}

const HOUR: Milliseconds = 3_600_000;
const STEP: Milliseconds = HOUR / 4;

/** How busy each hour of the clock on the wall is. */
const WORKING_DAY: readonly number[] = [
  4, 3, 6, 3, 2, 2, 3, 6, 18, 60, 90, 100, 85, 55, 80, 95, 98, 85, 60, 35, 22, 14, 9, 6,
];

const USERS: readonly SimUser[] = Array.from({ length: 14 }, (_, index) => ({
  id: 9_300_001 + index,
  name: `Сотрудник ${index + 1}`,
  isAdmin: index === 0,
}));
/** Nobody of the account's users: an integration whose user was deleted. */
const STRANGER = 9_399_999;

const FIELDS: readonly CustomField[] = [
  ...Array.from({ length: 6 }, (_, index) => ({ id: 640_001 + index, name: `Поле сделки ${index + 1}` })),
  { id: 650_001, name: 'Телефон', entity: 'contacts' },
  { id: 650_002, name: 'Источник', entity: 'contacts' },
];

const PIPELINES: readonly SimPipeline[] = [
  { id: 7_100_001, name: 'Продажи', statuses: stages(71_000_001, 5) },
  { id: 7_100_002, name: 'Сопровождение', statuses: stages(72_000_001, 3) },
];
const STAGES = PIPELINES.flatMap(({ id, statuses }) => statuses.map(stage => leadStatus(stage.id, id)));

/** An event's type with the values it may have; these are shared by all events, which therefore stay small. */
interface Kind {
  type: string;
  weight: number;
  entityType: string;
  values: readonly Pick<NewEvent, 'valueAfter' | 'valueBefore'>[];
}

const KINDS: readonly Kind[] = [
  kind('lead_status_changed', 12, 'lead', [...STAGES.keys()].map(changeOfStage)),
  ...FIELDS.map(({ id, entity }) =>
    kind(
      `custom_field_${id}_value_changed`,
      3,
      entity === 'contacts' ? 'contact' : 'lead',
      ['1', '2', 'https://example.com/?utm_source=mail'].map(text => ({ valueAfter: field(id, text) })),
    ),
  ),
  kind('incoming_chat_message', 11, 'lead', [
    { valueAfter: message('4a6f1c0e', 31, 'telegram') },
    { valueAfter: message('9b2d7e55', 32, 'whatsapp') },
  ]),
  kind('outgoing_chat_message', 7, 'lead', [{ valueAfter: message('77aa01bc', 31) }]),
  kind('entity_tag_added', 8, 'lead', [
    { valueAfter: tags('vip') },
    { valueAfter: tags('1c', 'exchange') },
    { valueAfter: tags('utm-2026') },
  ]),
  kind('entity_tag_deleted', 2, 'lead', [{ valueBefore: tags('new') }]),
  kind('task_added', 6, 'task', [{ valueAfter: [{ task_type: { id: 1 } }] }]),
  kind('task_completed', 5, 'task', [{}]),
  kind(
    'entity_responsible_changed',
    4,
    'lead',
    USERS.slice(0, 6).map(({ id }) => ({ valueAfter: responsible(id) })),
  ),
  kind('entity_linked', 4, 'lead', [{ valueAfter: link('contact', 1) }, { valueAfter: link('company', 2) }]),
  kind('lead_added', 4, 'lead', [{ valueAfter: note(1) }]),
  kind('contact_added', 3, 'contact', [{ valueAfter: note(2) }]),
  kind('robot_replied', 3, 'lead', [{ valueAfter: helpbot(1) }, { valueAfter: helpbot(2) }]),
  kind('common_note_added', 3, 'lead', [{ valueAfter: note(3) }]),
  kind('incoming_call', 2, 'contact', [{ valueAfter: note(4) }]),
];
const KIND_WEIGHTS = KINDS.map(({ weight }) => weight);

/** Robots, people, an integration, nobody. */
const AUTHOR_WEIGHTS = [60, 30, 7, 3];
/** How often a save is more than one event, and of how many at most. */
const MANY_AT_ONCE = 0.12;
const MOST_AT_ONCE = 8;
const FEWEST_CARDS = 50;
/** So few events a card that next to none goes in circles. */
const EVENTS_PER_CARD = 3;

export function largeDay(order: LargeDayOrder): LargeDay {
  const random = new SeededRandom(`${order.seed}|${order.date}`);
  const moments = momentsOf(order, random);
  const cards = Math.max(FEWEST_CARDS, Math.floor(order.events / EVENTS_PER_CARD));
  const events: NewEvent[] = [];
  while (events.length < moments.length) {
    const together = random.chance(MANY_AT_ONCE) ? random.whole(2, MOST_AT_ONCE) : 1;
    // One save: the moments of all but its first event are passed over, so that the day keeps its shape.
    const at = moments[events.length] as EpochMs;
    const createdBy = authorOf(random);
    const entityId = 40_000_000 + random.whole(1, cards);
    for (let i = 0; i < together && events.length < moments.length; i++) {
      const { entityType, type, values } = KINDS[random.weighted(KIND_WEIGHTS)] as Kind;
      events.push({ at, type, createdBy, entityType, entityId, ...random.pick(values) });
    }
  }
  return {
    users: USERS.map(user => ({ ...user })),
    customFields: FIELDS.map(one => ({ ...one })),
    pipelines: structuredClone(PIPELINES) as SimPipeline[],
    events,
  };
}

/** Sorted. */
function momentsOf(order: LargeDayOrder, random: SeededRandom): Float64Array {
  const { date, timeZone, events, shape = 'working-day' } = order;
  const from = startOfDay(date, timeZone);
  const to = startOfDay(shiftDate(date, 1), timeZone);
  const draw = drawing(shape, from, to, timeZone, random);
  return new Float64Array(events).map(() => draw()).sort();
}

function drawing(
  shape: DayShape,
  from: EpochMs,
  to: EpochMs,
  timeZone: string,
  random: SeededRandom,
): () => EpochMs {
  const within = (begin: EpochMs, length: Milliseconds) => () => begin + random.whole(0, length - 1);
  if (shape === 'even') return within(from, to - from);
  if (shape === 'one-hour') return within(firstAt(11, from, to, timeZone), HOUR);
  if (typeof shape === 'object') return within(firstAt(12, from, to, timeZone), shape.seconds * 1000);
  const steps = Array.from({ length: Math.ceil((to - from) / STEP) }, (_, index) => from + index * STEP);
  const sums: number[] = [];
  for (const step of steps)
    sums.push((sums.at(-1) ?? 0) + (WORKING_DAY[wallTime(step, timeZone).hour] as number));
  const whole = sums.at(-1) as number;
  return () => {
    const drawn = random.unit() * whole;
    const step = sums.findIndex(sum => drawn < sum);
    return Math.min(to - 1, (steps[step] as EpochMs) + random.whole(0, STEP - 1));
  };
}

/** The first quarter of an hour at which the clock shows that hour, or a later one on a day that skips it. */
function firstAt(hour: number, from: EpochMs, to: EpochMs, timeZone: string): EpochMs {
  for (let at = from; at < to; at += STEP) if (wallTime(at, timeZone).hour >= hour) return at;
  return from;
}

function authorOf(random: SeededRandom): NewEvent['createdBy'] {
  switch (random.weighted(AUTHOR_WEIGHTS)) {
    case 0:
      return 0;
    case 1:
      return random.pick(USERS).id;
    case 2:
      return STRANGER;
    default:
      return null;
  }
}

function kind(type: string, weight: number, entityType: string, values: Kind['values']): Kind {
  return { type, weight, entityType, values };
}

function changeOfStage(index: number): Kind['values'][number] {
  return { valueBefore: STAGES[index], valueAfter: STAGES[(index + 1) % STAGES.length] };
}

function stages(firstId: number, count: number): SimPipeline['statuses'] {
  return Array.from({ length: count }, (_, index) => ({ id: firstId + index, name: `Этап ${index + 1}` }));
}
