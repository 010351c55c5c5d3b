import type { Entity } from '../../core/entity';
import type { AmoEvent } from '../../core/event';
import type { PageRead, Window } from '../../core/windowReading';
import { isObject } from '../answer';
import type { Question } from '../client';
import { isLastPage, pageQuestion } from '../pages';
import { subjectOfEvent } from './eventSubject';

const PAGE = 100; // amoCRM's largest; asked for more it gives 50, [D crm_platform/events-and-notes], [Krukov/amocrm_api #76]
/** It is stored in one line with other things. */
const ENTITY_TYPE = /^\w{1,40}$/;

/** Types are stored; the longest that is known has 32. */
const LONGEST_TYPE = 100; // UTF-16 units

/**
 * A page of the account's events between two seconds, in no known order. Whether amoCRM takes the borders in is not
 * documented, so it is asked for a second more on either side: expect neighbours.
 * @param number from 1
 */
export function eventsPage({ from, to }: Window, number: number): Question<PageRead> {
  const window = { 'filter[created_at][from]': from - 1, 'filter[created_at][to]': to + 1 };
  const list = { path: '/api/v4/events', list: 'events', limit: PAGE, query: window };
  const { read, ...question } = pageQuestion(list, number);
  return {
    ...question,
    read(data) {
      const page = read(data);
      const events = page.items.map(eventOf).filter(event => event !== undefined);
      const end = page.items.length === 0 ? 'before' : isLastPage(page, PAGE) ? 'here' : 'later';
      return { events, unreadable: page.items.length - events.length, end };
    },
  };
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
