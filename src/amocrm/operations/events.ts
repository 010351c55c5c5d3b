import type { EpochSeconds } from '../../core/day';
import type { AmoEvent } from '../../core/event';
import { isObject } from '../answer';
import type { AmoClient } from '../client';
import { pagesOf } from '../pages';

const PAGE = 100; // amoCRM's largest; asked for more it gives 50, [D crm_platform/events-and-notes], [Krukov/amocrm_api #76]

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
  return { id: String(id), type, createdAt, createdBy: authorOf(createdBy) };
}

/** Some clients met ids as text; whatever names nobody stays nobody. */
function authorOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}
