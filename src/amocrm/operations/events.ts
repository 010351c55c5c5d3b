import type { EpochSeconds } from '../../core/day';
import type { Entity } from '../../core/entity';
import type { AmoEvent } from '../../core/event';
import { isObject } from '../answer';
import type { AmoClient } from '../client';
import { pagesOf } from '../pages';
import { subjectOfEvent } from './eventSubject';

const PAGE = 100; // amoCRM's largest; asked for more it gives 50, [D crm_platform/events-and-notes], [Krukov/amocrm_api #76]
/** It is stored in one line with other things. */
const ENTITY_TYPE = /^\w{1,40}$/;

/** Types are stored; the longest that is known has 32. */
const LONGEST_TYPE = 100; // UTF-16 units

export interface EventPage {
  events: AmoEvent[];
  /** Records without an id, a type or a time. */
  unreadable: number;
}

/**
 * The account's events between two seconds, page by page, in no known order, at times with an event twice.
 * Whether amoCRM takes the borders in is not documented, so it is asked for a second more on either side: expect
 * neighbours.
 */
export function* eventsBetween(
  client: AmoClient,
  from: EpochSeconds,
  to: EpochSeconds,
): Generator<EventPage, void, undefined> {
  const window = { 'filter[created_at][from]': from - 1, 'filter[created_at][to]': to + 1 };
  for (const { items } of pagesOf(client, '/api/v4/events', 'events', PAGE, window)) {
    const events = items.map(eventOf).filter(event => event !== undefined);
    yield { events, unreadable: items.length - events.length };
  }
}

function eventOf(item: unknown): AmoEvent | undefined {
  if (!isObject(item)) return undefined;
  const { id, type, created_at: createdAt, created_by: createdBy } = item;
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return undefined;
  if (typeof type !== 'string' || type === '') return undefined;
  if (typeof createdAt !== 'number' || !Number.isFinite(createdAt)) return undefined;
  return {
    id: String(id),
    type: type.slice(0, LONGEST_TYPE),
    // A part of a second would lie between two windows.
    createdAt: Math.floor(createdAt),
    createdBy: idOf(createdBy),
    entity: entityOf(item['entity_type'], item['entity_id']),
    subject: subjectOfEvent(type, item['value_after'], item['value_before']),
  };
}

function entityOf(type: unknown, id: unknown): Entity | undefined {
  const number = idOf(id);
  if (typeof type !== 'string' || !ENTITY_TYPE.test(type)) return undefined;
  return number && Number.isSafeInteger(number) ? { type, id: number } : undefined;
}

/** Some clients met ids as text; what is no id stays none. */
function idOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}
