import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { users as accountUsers } from '../../../src/amocrm/operations/users';
import { type FakeServer, json, listPage, noContent, pathOf, queryOf, text } from '../../support/amoAnswers';
import { clientOver, thrownBy } from '../../support/clientOver';

const ids = (length: number) => Array.from({ length }, (_, index) => 1_000 + index);
const users = (some: readonly unknown[]) => some.map(id => ({ id, name: `Name of ${id}` }));

/** A server of these users with amoCRM's paging. */
function listing(all: readonly number[], more: { total?: number; next?: boolean } = {}): FakeServer {
  return request => {
    const { page, limit } = queryOf(request);
    const from = (Number(page) - 1) * Number(limit);
    const some = all.slice(from, from + Number(limit));
    if (some.length === 0) return noContent;
    const next = more.next ?? from + Number(limit) < all.length;
    return listPage('users', users(some), { next, total: more.total ?? all.length });
  };
}

const read = (server: FakeServer) => {
  const { client, requests } = clientOver(server, { run: 60_000 });
  const names = accountUsers(client);
  return { ids: new Set(names.keys()), names, requests };
};
const refusal = (server: FakeServer) => thrownBy(() => read(server));

describe('M2, M10 · users', () => {
  it.each([
    [1, 1],
    [51, 1],
    [73, 1],
    [249, 1],
    [250, 2],
    [251, 2],
    [500, 3],
    [1000, 5],
  ])('M2 · D12 · reads %d users', (length, most) => {
    const { ids: found, requests } = read(listing(ids(length)));
    expect(found).toEqual(new Set(ids(length)));
    expect(requests.length).toBeLessThanOrEqual(most);
    expect(requests.every(request => pathOf(request) === '/api/v4/users')).toBe(true);
  });

  it.each([250, 251])('M2 · H3 · reads %d users also where next is missing', length => {
    expect(read(listing(ids(length), { next: false })).ids.size).toBe(length);
  });

  it('M2 · H2 · reads them also where next never ends by itself', () => {
    expect(read(listing(ids(251), { next: true })).ids.size).toBe(251);
  });

  it('M2 · reads the published example', () => {
    const body = readFileSync(join(__dirname, '../../fixtures/amocrm/users/list.json'), 'utf8');
    const published = JSON.parse(body) as { _embedded: { users: { id: number; name: string }[] } };
    expect([...read(() => text(body)).names]).toEqual(
      published._embedded.users.map(({ id, name }) => [id, name]),
    );
  });

  it.each<[string, FakeServer]>([
    ['an empty list', () => listPage('users', [], { total: 0 })],
    ['204', () => noContent],
    ['fewer than announced', listing(ids(73), { total: 74 })],
    [
      'a page lost in the middle',
      request => (queryOf(request)['page'] === '2' ? noContent : listing(ids(600))(request, 1, 0)),
    ],
    ['a user without an id', () => listPage('users', [{ id: 1 }, { name: 'x' }])],
    ['an id as text', () => listPage('users', users([1, '2']))],
    ['an id that is no whole number', () => listPage('users', users([1, 2.5]))],
    ['an id too large to be exact', () => listPage('users', users([1, 2 ** 60]))],
    ['null for a user', () => listPage('users', [{ id: 1 }, null])],
    ['a number for a user', () => listPage('users', [1])],
    ['a list for a user', () => listPage('users', [[1]])],
    ['the same user twice in place of two', () => listPage('users', users([1, 1]), { total: 2 })],
  ])('M2 · D12 · %s: all or nothing', (_, server) => {
    expect(refusal(server)).toMatchObject({ code: 'users-incomplete' });
  });

  it.each<[string, FakeServer, string]>([
    [
      'page 2 fails for good',
      request => (queryOf(request)['page'] === '2' ? text('', 500) : listing(ids(300))(request, 1, 0)),
      'server-error',
    ],
    ['no list at all', () => json({ _embedded: {} }), 'malformed'],
    ['not an administrator’s token', () => json({ title: 'Forbidden', status: 403 }, 403), 'forbidden'],
  ])('M2 · D12 · %s: no ids, but the reason', (_, server, code) => {
    expect(refusal(server)).toMatchObject({ code });
  });

  it('M6 · tells their names, those of a later page too', () => {
    const { names } = read(listing(ids(251)));
    expect([names.get(1_000), names.get(1_250)]).toEqual(['Name of 1000', 'Name of 1250']);
  });

  it.each<[string, unknown, string]>([
    ['spaces around it', '  Анна \n', 'Анна'],
    ['nothing but spaces', '  ', '5'],
    ['no name', undefined, '5'],
    ['null', null, '5'],
    ['a number', 7, '5'],
    ['markup, which is text', '<b>=A1</b>', '<b>=A1</b>'],
  ])('M6 · D10 · a user whose name is %s', (_, name, shown) => {
    expect(read(() => listPage('users', [{ id: 5, name }])).names.get(5)).toBe(shown);
  });

  it('M2 · a total that is too small, or not told, is no reason to refuse', () => {
    expect(read(listing(ids(5), { total: 2 })).ids.size).toBe(5);
    expect(read(() => listPage('users', users(ids(5)))).ids.size).toBe(5);
  });
});
