/** `GET /api/v4/events/types` [D crm_platform/events-and-notes]. */

import { hal, noContent, problem } from '../answers';
import { eventTypes } from '../eventTypeNames';
import { pageLinks, readPage } from '../paging';
import type { Language } from '../state';
import { allowParameters, type Visit } from '../visit';

const LANGUAGES: readonly string[] = ['ru', 'en', 'es', 'pt'];

/** Without `limit` the real page size is unknown; 50 here, so that a reader of one page misses some. */
export function listEventTypes(visit: Visit) {
  allowParameters(visit, ['language_code', 'page', 'limit']);
  const page = readPage(visit, { usual: 50, most: 250 });
  if ('refusal' in page) return page.refusal;
  const { world, caller } = visit;
  const language = visit.request.query.tree['language_code'] ?? caller.user?.lang ?? world.account.language;
  if (typeof language !== 'string' || !LANGUAGES.includes(language)) {
    visit.complain('unknown language_code');
    return problem(400, 'Request validation failed');
  }
  const types = eventTypes(language as Language, world.account.customFields);
  const shown = types.slice((page.number - 1) * page.size, page.number * page.size);
  if (shown.length === 0) return noContent();
  return hal({
    _total_items: types.length,
    _links: pageLinks(visit, page, { hasNext: page.number * page.size < types.length }),
    _embedded: { events_types: shown },
  });
}
