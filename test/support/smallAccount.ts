import type { HttpRequest, HttpResult } from '../../src/ports';
import { type FakeServer, json, listPage, noContent, pathOf, queryOf } from './amoAnswers';

/** An event as it goes over the wire; only what counting and attribution need. */
export interface WireEvent {
  id: string;
  type: string;
  created_at: unknown;
  created_by?: unknown;
  entity_id?: number;
  entity_type?: string;
  value_before?: unknown;
  value_after?: unknown;
}

/** Something that the account has given a name. */
export interface Named {
  id: number | string;
  name?: string;
}

/** A whole little amoCRM account, for stories. Its parts may be changed between runs. */
export interface SmallAccount {
  id: number;
  name: string;
  timeZone: string | undefined;
  token: string;
  users: number[];
  /** Names of users, by id, where they are not `User <id>`. */
  userNames: Record<number, string>;
  pipelines: (Named & { statuses: Named[] })[];
  /** Custom fields, by the path of what they belong to: leads, contacts, companies, customers. */
  fields: Record<string, Named[]>;
  /** undefined: periodic purchases are off, and amoCRM refuses to list them. */
  customerStages: Named[] | undefined;
  taskTypes: Named[];
  events: WireEvent[];
  /** By language, then by type. */
  names: Record<string, Record<string, string>>;
  /** What goes wrong: the answer instead of the right one, or undefined. */
  fault: ((request: HttpRequest, nth: number) => HttpResult | undefined) | undefined;
}

/** What a run asks once a day, in this order, to know what the account calls its things. */
export const NAMES_ASKED = [
  '/api/v4/leads/pipelines',
  '/api/v4/leads/custom_fields',
  '/api/v4/contacts/custom_fields',
  '/api/v4/companies/custom_fields',
  '/api/v4/customers/custom_fields',
  '/api/v4/customers/statuses',
  '/api/v4/account',
];

export const SMALL_TOKEN = 'S3CRET.t0ken-of_the.small.account';

export function smallAccount(parts: Partial<SmallAccount> = {}): SmallAccount & { server: FakeServer } {
  const account: SmallAccount = {
    id: 31_415_926,
    name: 'Пример',
    timeZone: 'Europe/Moscow',
    token: SMALL_TOKEN,
    users: [101, 102],
    userNames: {},
    pipelines: [],
    fields: {},
    customerStages: undefined,
    taskTypes: [],
    events: [],
    names: {},
    fault: undefined,
    ...parts,
  };
  const server: FakeServer = (request, nth) => account.fault?.(request, nth) ?? answer(account, request);
  return Object.assign(account, { server });
}

function answer(account: SmallAccount, request: HttpRequest): HttpResult {
  if (request.headers['Authorization'] !== `Bearer ${account.token}`) {
    return json({ title: 'Unauthorized', status: 401, detail: 'Неверный логин или пароль' }, 401);
  }
  const query = queryOf(request);
  switch (pathOf(request)) {
    case '/api/v4/account': {
      const { id, name, taskTypes, timeZone } = account;
      const dates = { datetime_settings: { timezone: timeZone } };
      const embedded = query['with'] === 'datetime_settings' && timeZone ? dates : {};
      const types = query['with'] === 'task_types' ? { task_types: taskTypes } : {};
      return json({ id, name, _embedded: { ...embedded, ...types } });
    }
    case '/api/v4/users': {
      const users = account.users.map(id => ({ id, name: account.userNames[id] ?? `User ${id}` }));
      return page('users', users, query, 250, users.length);
    }
    case '/api/v4/events':
      return page('events', account.events.filter(between(query)), query, 100);
    case '/api/v4/events/types': {
      const names = Object.entries(account.names[query['language_code'] ?? ''] ?? {});
      return listPage(
        'events_types',
        names.map(([key, lang], index) => ({ key, type: index + 1, lang })),
      );
    }
    case '/api/v4/leads/pipelines':
      return whole(
        'pipelines',
        account.pipelines.map(({ statuses, ...pipeline }) => ({ ...pipeline, _embedded: { statuses } })),
      );
    case '/api/v4/customers/statuses':
      return account.customerStages ? whole('statuses', account.customerStages) : refused;
    case '/api/v4/leads/custom_fields':
    case '/api/v4/contacts/custom_fields':
    case '/api/v4/companies/custom_fields':
    case '/api/v4/customers/custom_fields': {
      const owner = pathOf(request).split('/')[3]!;
      return page('custom_fields', account.fields[owner] ?? [], query, 250);
    }
    default:
      return json({ title: 'Not Found', status: 404, detail: `Cannot GET ${request.url}` }, 404);
  }
}

const refused = json({ title: 'Unprocessable Entity', status: 422, detail: 'Periodicity disabled' }, 422);

/** A list that has no pages. */
function whole(list: string, items: readonly unknown[]): HttpResult {
  return items.length === 0 ? noContent : listPage(list, items);
}

/** Without its borders: whether amoCRM takes them in is not documented, and this is the stricter reading. */
function between(query: Record<string, string>): (event: WireEvent) => boolean {
  const from = Number(query['filter[created_at][from]']);
  const to = Number(query['filter[created_at][to]']);
  return ({ created_at: at }) => typeof at === 'number' && at > from && at < to;
}

function page(
  list: string,
  items: readonly unknown[],
  query: Record<string, string>,
  most: number,
  total?: number,
): HttpResult {
  const asked = Number(query['limit']);
  const limit = asked >= 1 && asked <= most ? asked : 50;
  const from = (Number(query['page']) - 1) * limit;
  const found = items.slice(from, from + limit);
  if (found.length === 0) return noContent;
  return listPage(list, found, {
    next: from + limit < items.length,
    ...(total === undefined ? {} : { total }),
  });
}
