/** `GET /api/v4/customers/statuses`, for every user [D crm_platform/customers-statuses-api]. */

import { hal, noContent, problem } from '../answers';
import { pageLinks, readPage } from '../paging';
import type { CustomerStatus } from '../state';
import { allowParameters, type Visit } from '../visit';

const PATH = '/api/v4/customers/statuses';

/** The documentation names no parameters and shows one page without a number; pages as elsewhere are taken here. */
export function listCustomerStatuses(visit: Visit) {
  allowParameters(visit, ['page', 'limit']);
  const { customersMode, customerStatuses: statuses } = visit.world.account;
  if (customersMode !== 'periodicity') return problem(422, 'Customers periodicity is not enabled');
  const page = readPage(visit, { usual: 50, most: 250 });
  if ('refusal' in page) return page.refusal;
  const start = (page.number - 1) * page.size;
  const shown = statuses.slice(start, start + page.size);
  if (shown.length === 0) return noContent();
  return hal({
    _total_items: statuses.length,
    _links: pageLinks(visit, page, { hasNext: start + page.size < statuses.length }),
    _embedded: { statuses: shown.map((status, index) => statusModel(visit, status, start + index)) },
  });
}

function statusModel({ world }: Visit, { id, name, type = 0 }: CustomerStatus, sort: number) {
  return {
    id,
    name,
    sort,
    is_default: type !== 0,
    conditions: [],
    color: type === 0 ? '#ccc8f9' : '#98cbff',
    type,
    account_id: world.account.id,
    _links: { self: { href: world.link(`${PATH}/${id}`) } },
  };
}
