/** `GET /api/v4/events` and `/events/{id}` [D crm_platform/events-and-notes]. */

import { hal, halText, noContent } from '../answers';
import { readEventFilter } from '../eventFilter';
import type { Row } from '../eventStore';
import { eventTypes } from '../eventTypeNames';
import { listKey, pageLinks, readPage } from '../paging';
import { unitFor } from '../seededRandom';
import type { SimEvent } from '../state';
import { allowParameters, type Visit, withNames } from '../visit';

const WITH = [
  'contact_name',
  'lead_name',
  'company_name',
  'customer_name',
  'catalog_element_name',
  'catalog_name',
  'note',
];

export function listEvents(visit: Visit) {
  allowParameters(visit, ['page', 'limit', 'with', 'filter']);
  const asked = withNames(visit, WITH);
  const page = readPage(visit, { usual: 50, most: 100 });
  if ('refusal' in page) return page.refusal;
  const { world, request } = visit;
  const selection = readEventFilter(
    visit,
    () => new Set(eventTypes('en', world.account.customFields).map(type => type.key)),
  );
  if ('refusal' in selection) return selection.refusal;
  const key = listKey(visit);
  const rows = world.events.select(key, selection, request.at);
  const movedOn = page.number >= (world.shiftedFrom.get(key) ?? Number.POSITIVE_INFINITY) ? 1 : 0;
  const start = (page.number - 1) * page.size - movedOn;
  const shown = rows.slice(Math.max(0, start), start + page.size);
  if (shown.length === 0) return noContent();
  const links = pageLinks(visit, page, { hasNext: promisesNext(visit, start + page.size < rows.length) });
  const form = JSON.stringify([world.account.id, world.link(''), [...asked]]);
  const texts = shown.map(row => textOf(row, form, () => eventModel(visit, row.event, asked)));
  return halText(
    `{"_page":${page.number},"_links":${JSON.stringify(links)},"_embedded":{"events":[${texts.join(',')}]}}`,
  );
}

/** @param form all that the model depends on besides the event */
function textOf(row: Row, form: string, model: () => object): string {
  if (row.textFor !== form) {
    row.text = JSON.stringify(model());
    row.textFor = form;
  }
  return row.text;
}

/** Whether the page has a `next`, by the account's mood. */
function promisesNext({ request, world }: Visit, moreFollow: boolean): boolean {
  switch (world.nextLinks) {
    case 'missing':
      return false;
    case 'sometimes-missing':
      return moreFollow && unitFor(`${world.seed}|next|${request.url}`) < 0.5;
    case 'phantom':
      return true;
    default:
      return moreFollow;
  }
}

/** The status for an unknown id is not stated; 204 here, as leads do [D crm_platform/leads-api]. */
export function getEvent(visit: Visit) {
  allowParameters(visit, ['with']);
  const asked = withNames(visit, WITH);
  const event = visit.world.events.byId(visit.id, visit.request.at);
  return event ? hal(eventModel(visit, event, asked)) : noContent();
}

function eventModel(visit: Visit, event: SimEvent, asked: ReadonlySet<string>) {
  const { world } = visit;
  return {
    id: event.id,
    type: event.type,
    entity_id: event.entityId,
    entity_type: event.entityType,
    ...(event.createdBy === 'absent' ? {} : { created_by: event.createdBy }),
    created_at: event.createdAt,
    value_after: event.valueAfter,
    value_before: event.valueBefore,
    account_id: world.account.id,
    _links: { self: { href: world.link(`/api/v4/events/${event.id}`) } },
    _embedded: { entity: entityOf(visit, event, asked) },
    ...event.raw,
  };
}

function entityOf({ world }: Visit, event: SimEvent, asked: ReadonlySet<string>) {
  const catalog = /^catalog_(\d+)$/.exec(event.entityType)?.[1];
  const nameAsked = asked.has(catalog ? 'catalog_element_name' : `${event.entityType}_name`);
  const talk = event.linkedTalkContactId;
  return {
    id: event.entityId,
    ...(nameAsked ? { name: event.entityName ?? `#${event.entityId}` } : {}),
    ...(talk === undefined ? {} : { linked_talk_contact_id: talk }),
    _links: { self: { href: world.link(`/api/v4/${pathOf(event.entityType, catalog)}/${event.entityId}`) } },
  };
}

function pathOf(entityType: string, catalog: string | undefined): string {
  if (catalog) return `catalogs/${catalog}/elements`;
  return entityType === 'company' ? 'companies' : `${entityType}s`;
}
