/** The answers against published and recorded payloads: every published key is there, with the same kind of value. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './asking';
import { believableDay } from './generator';
import { Simulator } from './simulator';

const FIXTURES = join(__dirname, '..', 'fixtures', 'amocrm');
const text = (name: string) => readFileSync(join(FIXTURES, name), 'utf8');
const published = (name: string): unknown => JSON.parse(text(name));

/** Where the answer lacks a published key or has another kind of value there. */
function differences(expected: unknown, actual: unknown, path = '$'): string[] {
  if (kindOf(expected) !== kindOf(actual)) return [`${path}: ${kindOf(expected)} became ${kindOf(actual)}`];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    // Items of a list are alike: each answered one must have what the first published one has.
    return expected.length === 0
      ? []
      : actual.flatMap((item, i) => differences(expected[0], item, `${path}[${i}]`));
  }
  if (typeof expected !== 'object' || expected === null) return [];
  return Object.entries(expected).flatMap(([key, value]) =>
    key in (actual as object)
      ? differences(value, (actual as Record<string, unknown>)[key], `${path}.${key}`)
      : [`${path}.${key}: missing`],
  );
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

const NOON = Date.UTC(2026, 10, 18, 9);
const group = { id: 267_688, name: 'Менеджеры' };
const role = { id: 3141, name: 'Менеджер' };

function opened(): Simulator {
  return new Simulator({
    users: [{ id: 1, name: 'Админ', isAdmin: true, group, role }],
    customFields: [1, 2, 3].map(id => ({ id, name: `Поле ${id}` })),
    events: [0, 1].map(i => ({
      at: NOON + i * 1000,
      type: 'lead_added',
      createdBy: 0,
      valueAfter: [{ note: { id: i + 1 } }],
    })),
  });
}

const EVERYTHING =
  'amojo_id,amojo_rights,users_groups,task_types,version,entity_names,datetime_settings,drive_url,is_api_filter_enabled,uuid';

describe('successes', () => {
  test.each([
    ['account/get-with-everything.json', `/api/v4/account?with=${EVERYTHING}`],
    ['account/get-kommo.json', '/api/v4/account'],
    ['users/list.json', '/api/v4/users?with=role,group'],
    ['events/list-page.json', '/api/v4/events?limit=1&page=1'],
    ['events/types-short.json', '/api/v4/events/types?limit=6'],
    ['pipelines/list.json', '/api/v4/leads/pipelines'],
    ['custom-fields/list.json', '/api/v4/leads/custom_fields?limit=2&page=1'],
    ['events/types-recorded-ru.json', '/api/v4/events/types?limit=250&language_code=ru'],
  ])('%s', (fixture, path) => {
    const heard = ask(opened(), path);
    expect(heard.headers['Content-Type']).toBe('application/hal+json');
    expect(typeof heard.headers['X-Request-Id']).toBe('string');
    // These rights are null in one published user and something else in another, or may be.
    expect(
      differences(published(fixture), heard.json).filter(
        text => !/status_rights|group_id|role_id/.test(text),
      ),
    ).toEqual([]);
  });

  test('events/by-id.json', () => {
    const simulator = opened();
    const { json } = ask(simulator, `/api/v4/events/${simulator.ledger.events[0]?.id}`);
    expect(differences(published('events/by-id.json'), json)).toEqual([]);
  });

  test('users/by-id.json, an employee with rights by stage', () => {
    const simulator = opened();
    simulator.putUsers([{ id: 185_848, name: 'Иван Примеров' }]);
    const differing = differences(published('users/by-id.json'), ask(simulator, '/api/v4/users/185848').json);
    expect(differing).toEqual([]);
  });

  test('events of a generated day', () => {
    const day = believableDay({ date: '2026-11-18', timeZone: 'Europe/Moscow', seed: 1, events: 300 });
    const [expected] = (published('events/list-page.json') as { _embedded: { events: object[] } })._embedded
      .events;
    const { events } = ask(new Simulator(day), '/api/v4/events?limit=100').json._embedded;
    expect(differences([{ ...expected, value_after: [], value_before: [] }], events)).toEqual([]);
  });
});

describe('errors: the very same objects', () => {
  test('401, 402, 404, 405, 429', () => {
    const simulator = new Simulator({ subdomain: 'subdomain', zone: 'kommo.com', language: 'en' });
    const dead = ask(simulator, '/api/v4/account', { token: 'dead' });
    expect(dead.json).toEqual(published('errors/401-kommo.json'));
    expect(ask(new Simulator(), '/api/v4/account', { token: 'dead' }).json).toEqual(
      published('errors/401-ru.json'),
    );
    expect(ask(simulator, '/example').json).toEqual(published('errors/404.json'));
    expect(ask(simulator, '/api/v4/events', { method: 'PATCH' }).json).toEqual(published('errors/405.json'));
    simulator.plan('*', '402');
    expect(ask(simulator, '/api/v4/account').json).toEqual(published('errors/402.json'));
    simulator.plan('*', '429-json');
    expect(ask(simulator, '/api/v4/account').json).toEqual(published('errors/429.json'));
  });

  test('403 of the front server', () => {
    const simulator = new Simulator();
    simulator.plan('*', '403-html');
    expect(ask(simulator, '/api/v4/account').text.trim()).toBe(text('errors/403-nginx.html').trim());
  });

  test('the walk itself can fail', () => {
    expect(differences({ a: [{ b: 1 }] }, { a: [{ b: 1 }, { b: '1' }, {}] })).toEqual([
      '$.a[1].b: number became string',
      '$.a[2].b: missing',
    ]);
  });
});
