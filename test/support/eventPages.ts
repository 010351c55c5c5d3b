import type { AmoClient } from '../../src/amocrm/client';
import { eventsPage } from '../../src/amocrm/operations/events';
import type { PageRead, Window } from '../../src/core/windowReading';

/** The pages of a window, one after the other. */
export function eventPages(client: AmoClient, window: Window): PageRead[] {
  const pages: PageRead[] = [];
  for (let number = 1; ; number += 1) {
    const { path, query, read } = eventsPage(window, number);
    const page = client.get(path, query, read);
    if (page.end !== 'before') pages.push(page);
    if (page.end !== 'later') return pages;
  }
}
