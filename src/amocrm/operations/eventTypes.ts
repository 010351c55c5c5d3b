import { isObject } from '../answer';
import type { AmoClient, Question } from '../client';
import { type Page, type PagedList, pageQuestion, pagesOf } from '../pages';

const PAGE = 250;

export function firstEventTypes(language: string): Question<Page> {
  return pageQuestion(eventTypesIn(language), 1);
}

/**
 * The account's own names of event types, by key ([D crm_platform/events-and-notes]).
 * @param language `ru` or `en`
 * @param first as `firstEventTypes` asks for it, where it was
 */
export function eventTypeNames(client: AmoClient, language: string, first?: Page): Map<string, string> {
  const names = new Map<string, string>();
  for (const { items } of pagesOf(client, eventTypesIn(language), first)) {
    const before = names.size;
    for (const item of items) {
      if (!isObject(item)) continue;
      const { key, lang } = item;
      if (typeof key === 'string' && typeof lang === 'string' && isName(lang)) names.set(key, lang.trim());
    }
    // The list's paging is not documented: a page that repeats the one before is the end.
    if (names.size === before) break;
  }
  return names;
}

function eventTypesIn(language: string): PagedList {
  const query = { language_code: language };
  return { path: '/api/v4/events/types', list: 'events_types', limit: PAGE, query };
}

/** The replacement character stands where an answer was in another charset than it should be. */
function isName(text: string): boolean {
  return text.trim() !== '' && !text.includes('\uFFFD');
}
