import type { HttpRequest, HttpResult } from '../../src/ports';
import { type FakeServer, json, listPage, noContent, pathOf, queryOf } from './amoAnswers';

/** An event as it goes over the wire; only what counting needs. */
export interface WireEvent {
  id: string;
  type: string;
  created_at: unknown;
  created_by?: unknown;
}

/** A whole little amoCRM account, for stories. Its parts may be changed between runs. */
export interface SmallAccount {
  id: number;
  name: string;
  timeZone: string | undefined;
  token: string;
  users: number[];
  events: WireEvent[];
  /** By language, then by type. */
  names: Record<string, Record<string, string>>;
  /** What goes wrong: the answer instead of the right one, or undefined. */
  fault: ((request: HttpRequest, nth: number) => HttpResult | undefined) | undefined;
}

export const SMALL_TOKEN = 'S3CRET.t0ken-of_the.small.account';

export function smallAccount(parts: Partial<SmallAccount> = {}): SmallAccount & { server: FakeServer } {
  const account: SmallAccount = {
    id: 31_415_926,
    name: 'Пример',
    timeZone: 'Europe/Moscow',
    token: SMALL_TOKEN,
    users: [101, 102],
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
      const dates = { datetime_settings: { timezone: account.timeZone } };
      const embedded = query['with'] === 'datetime_settings' && account.timeZone ? dates : {};
      return json({ id: account.id, name: account.name, _embedded: embedded });
    }
    case '/api/v4/users': {
      const users = account.users.map(id => ({ id, name: `User ${id}` }));
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
    default:
      return json({ title: 'Not Found', status: 404, detail: `Cannot GET ${request.url}` }, 404);
  }
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
