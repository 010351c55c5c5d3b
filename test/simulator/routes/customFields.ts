/** `GET /api/v4/{leads|contacts|companies|customers}/custom_fields`, for every user [D crm_platform/custom-fields]. */

import { hal, noContent } from '../answers';
import { pageLinks, readPage } from '../paging';
import type { CustomField } from '../state';
import { allowParameters, type Visit } from '../visit';

/** The page says "up to 50 per call" and `limit` up to 250: 50 without `limit`, then. */
export function listCustomFields(visit: Visit) {
  allowParameters(visit, ['page', 'limit']);
  const page = readPage(visit, { usual: 50, most: 250 });
  if ('refusal' in page) return page.refusal;
  const fields = visit.world.account.customFields.filter(({ entity = 'leads' }) => entity === visit.id);
  const start = (page.number - 1) * page.size;
  const shown = fields.slice(start, start + page.size);
  if (shown.length === 0) return noContent();
  const pages = Math.ceil(fields.length / page.size);
  return hal({
    _total_items: fields.length,
    _page: page.number,
    _page_count: pages,
    _links: pageLinks(visit, page, { hasNext: page.number < pages, lastPage: pages }),
    _embedded: { custom_fields: shown.map((field, index) => fieldModel(visit, field, start + index)) },
  });
}

/** A plain text field. Which keys come depends on the entity, as the page's table says. */
function fieldModel({ id: entity, world }: Visit, field: CustomField, place: number) {
  const ofLeads = entity === 'leads';
  const ofCustomers = entity === 'customers';
  return {
    id: field.id,
    name: field.name,
    type: 'text',
    account_id: world.account.id,
    code: null,
    sort: 500 + place,
    entity_type: entity,
    is_deletable: true,
    settings: null,
    currency: null,
    enums: null,
    group_id: null,
    ...(ofLeads ? { is_computed: false, hidden_statuses: [] } : {}),
    ...(ofLeads || ofCustomers ? { chained_lists: null } : {}),
    ...(ofCustomers ? {} : { is_predefined: false, is_api_only: false, remind: null, required_statuses: [] }),
    _links: { self: { href: world.link(`/api/v4/custom_fields/${field.id}/`) } },
  };
}
