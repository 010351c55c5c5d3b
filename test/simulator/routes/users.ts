/** `GET /api/v4/users` and `/users/{id}`: for administrators' tokens only [D crm_platform/users-api]. */

import { hal, noContent, problem } from '../answers';
import { pageLinks, readPage } from '../paging';
import type { SimUser } from '../state';
import { allowParameters, type Visit, withNames } from '../visit';

const WITH = ['role', 'group', 'uuid', 'amojo_id', 'user_rank', 'phone_number'];

export function listUsers(visit: Visit) {
  allowParameters(visit, ['page', 'limit', 'with']);
  const asked = withNames(visit, WITH);
  if (!mayRead(visit)) return forbidden();
  const page = readPage(visit, { usual: 50, most: 250 });
  if ('refusal' in page) return page.refusal;
  const users = [...visit.world.users.values()];
  const shown = users.slice((page.number - 1) * page.size, page.number * page.size);
  if (shown.length === 0) return noContent();
  const pages = Math.ceil(users.length / page.size);
  return hal({
    _total_items: users.length,
    _page: page.number,
    _page_count: pages,
    _links: pageLinks(visit, page, { hasNext: page.number < pages, lastPage: pages }),
    _embedded: { users: shown.map(user => userModel(visit, user, asked)) },
  });
}

/** The status for an unknown id is not stated anywhere; 404 here. */
export function getUser(visit: Visit) {
  allowParameters(visit, ['with']);
  const asked = withNames(visit, WITH);
  if (!mayRead(visit)) return forbidden();
  const user = visit.world.users.get(Number(visit.id));
  return user ? hal(userModel(visit, user, asked)) : problem(404, 'Not found');
}

/** Access given by an administrator outlives that person's account [D oauth/scopes]. */
function mayRead({ caller }: Visit): boolean {
  return caller.user === undefined || caller.user.isAdmin === true;
}

function forbidden() {
  return problem(403, 'Forbidden');
}

function userModel(visit: Visit, user: SimUser, asked: ReadonlySet<string>) {
  return {
    id: user.id,
    name: user.name,
    email: user.email ?? `user${user.id}@example.com`,
    lang: user.lang ?? visit.world.account.language,
    rights: rightsOf(user),
    ...(asked.has('uuid') ? { uuid: `00000000-0000-4000-8000-${String(user.id).padStart(12, '0')}` } : {}),
    ...(asked.has('amojo_id')
      ? { amojo_id: `10000000-0000-4000-8000-${String(user.id).padStart(12, '0')}` }
      : {}),
    ...(asked.has('user_rank') ? { user_rank: 'candidate' } : {}),
    ...(asked.has('phone_number') ? { phone_number: null } : {}),
    _links: { self: { href: visit.world.link(`/api/v4/users/${user.id}/`) } },
    ...embeddedOf(visit, user, asked),
  };
}

function embeddedOf(visit: Visit, user: SimUser, asked: ReadonlySet<string>) {
  if (!asked.has('role') && !asked.has('group')) return {};
  const roles = user.role
    ? [{ ...user.role, _links: { self: { href: visit.world.link(`/api/v4/roles/${user.role.id}`) } } }]
    : [];
  return {
    _embedded: {
      ...(asked.has('role') ? { roles } : {}),
      ...(asked.has('group') ? { groups: user.group ? [user.group] : [] } : {}),
    },
  };
}

function rightsOf(user: SimUser) {
  const level = user.isAdmin ? 'A' : 'M';
  const entity = { view: level, edit: level, add: user.isAdmin ? 'A' : 'D', delete: level, export: level };
  const denied = { view: 'D', edit: 'D', delete: 'D', export: 'D' };
  return {
    leads: entity,
    contacts: entity,
    companies: entity,
    tasks: { edit: 'A', delete: 'A' },
    mail_access: false,
    catalog_access: true,
    status_rights: user.isAdmin
      ? null
      : [{ entity_type: 'leads', pipeline_id: 3_166_396, status_id: 142, rights: denied }],
    is_admin: user.isAdmin ?? false,
    is_free: user.isFree ?? false,
    is_active: user.isActive ?? true,
    group_id: user.group?.id ?? null,
    role_id: user.role?.id ?? null,
  };
}
