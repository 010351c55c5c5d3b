import recorded from '../fixtures/amocrm/events/types-recorded-ru.json';
import { ask } from './asking';
import { eventTypes } from './eventTypeNames';
import { Simulator } from './simulator';
import type { SimUser } from './state';

const staff = (count: number): SimUser[] =>
  Array.from({ length: count }, (_, i) => ({ id: 100 + i, name: `Сотрудник ${i}`, isAdmin: i === 0 }));

describe('users', () => {
  test.each([
    [51, '', [50, 1]],
    [250, '&limit=250', [250]],
    [251, '&limit=250', [250, 1]],
    [60, '&limit=500', [50, 10]],
  ])('%d users%s come in pages of %j', (count, query, sizes) => {
    const simulator = new Simulator({ users: staff(count) });
    const pages = [...sizes, 0].map((_, index) => ask(simulator, `/api/v4/users?page=${index + 1}${query}`));
    expect(pages.map(page => page.json?._embedded.users.length ?? page.status)).toEqual([...sizes, 204]);
    const first = pages[0]?.json;
    expect(first).toMatchObject({ _total_items: count, _page: 1, _page_count: sizes.length });
    expect(Object.keys(first._links)).toEqual(sizes.length > 1 ? ['self', 'next', 'last'] : ['self']);
    const last = pages[sizes.length - 1]?.json;
    expect(Object.keys(last._links)).toEqual(sizes.length > 1 ? ['self', 'first', 'prev'] : ['self']);
  });

  test('only an administrator may ask', () => {
    const simulator = new Simulator();
    simulator.issueToken('colleague', 9_000_002);
    for (const path of ['/api/v4/users', '/api/v4/users/9000001']) {
      const heard = ask(simulator, path, { token: 'colleague' });
      expect([heard.status, heard.headers['Content-Type']]).toEqual([403, 'application/problem+json']);
    }
    expect(ask(simulator, '/api/v4/events', { token: 'colleague' }).status).toBe(204);
  });

  test('a switched-off user stays listed, a deleted one is gone', () => {
    const simulator = new Simulator();
    simulator.putUsers([{ id: 9_000_002, name: 'Михаил', isActive: false }]);
    simulator.deleteUser(9_000_003);
    const users = ask(simulator, '/api/v4/users').json._embedded.users;
    expect(users.map((user: { id: number }) => user.id)).toEqual([9_000_001, 9_000_002]);
    expect(users[1].rights.is_active).toBe(false);
    expect(ask(simulator, '/api/v4/users/9000003').status).toBe(404);
    expect(ask(simulator, '/api/v4/users/9000002').json.name).toBe('Михаил');
  });

  test("a deleted administrator's token goes on working", () => {
    const simulator = new Simulator();
    const { token } = simulator;
    simulator.deleteUser(9_000_001);
    expect(ask(simulator, '/api/v4/users', { token }).json._total_items).toBe(2);
  });

  test('roles and groups come with `with`', () => {
    const group = { id: 5, name: 'Продажи' };
    const simulator = new Simulator({ users: [{ id: 1, name: 'А', isAdmin: true, group }] });
    expect(ask(simulator, '/api/v4/users').json._embedded.users[0]).not.toHaveProperty('_embedded');
    const user = ask(simulator, '/api/v4/users?with=role,group,uuid').json._embedded.users[0];
    expect(user._embedded).toEqual({ roles: [], groups: [group] });
    expect(user).toHaveProperty('uuid');
  });
});

describe('event types', () => {
  const namesIn = (simulator: Simulator, query: string) => {
    const { events_types } = ask(simulator, `/api/v4/events/types?limit=250${query}`).json._embedded;
    return Object.fromEntries(
      events_types.map((type: { key: string; lang: string }) => [type.key, type.lang]),
    );
  };

  test('in Russian they are those of the recorded account', () => {
    const customFields = [
      { id: 188_087, name: 'Телефон' },
      { id: 188_089, name: 'Email' },
      { id: 188_085, name: 'Должность' },
    ];
    expect(eventTypes('ru', customFields)).toEqual(recorded._embedded.events_types);
  });

  test('the language is the one asked for, else that of the token’s user', () => {
    const users: SimUser[] = [{ id: 1, name: 'A', isAdmin: true, lang: 'en' }];
    const simulator = new Simulator({ users, customFields: [{ id: 7, name: 'City' }] });
    expect(namesIn(simulator, '')['lead_status_changed']).toBe('Lead stage changed');
    expect(namesIn(simulator, '')['custom_field_7_value_changed']).toBe('Field "City" changed');
    expect(namesIn(simulator, '&language_code=ru')['lead_added']).toBe('Новая сделка');
    expect(namesIn(simulator, '&language_code=es')['lead_added']).toBe('New lead');
    expect(ask(simulator, '/api/v4/events/types?language_code=de').status).toBe(400);
  });

  test('the list is paged', () => {
    const simulator = new Simulator();
    const first = ask(simulator, '/api/v4/events/types').json;
    expect(first._embedded.events_types).toHaveLength(50);
    const second = ask(simulator, '/api/v4/events/types?page=2').json;
    expect(first._total_items).toBe(50 + second._embedded.events_types.length);
    expect(first._links).toHaveProperty('next');
    expect(second._links).not.toHaveProperty('next');
  });
});
