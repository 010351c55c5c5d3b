/**
 * The requests that published clients make, as data, and what they read of the answers. The first two were also run
 * themselves against the server (README.md); the others were read.
 */

import { isFailure } from './answers';
import { LATER } from './asking';
import { believableDay } from './generator';
import { Simulator } from './simulator';

const day = believableDay({
  date: '2026-11-18',
  timeZone: 'Europe/Moscow',
  seed: 'clients',
  events: 600,
  users: 60,
});
const changed = day.events.find(event => event.type === 'lead_status_changed');
const [before] = (changed?.valueBefore ?? []) as { lead_status: Record<string, number> }[];
const { pipeline_id, id: status_id } = before?.lead_status ?? {};
const from = Date.parse('2026-11-17T21:00:00Z') / 1000;
const to = from + 86_399;
const [first] = day.users;

type Reads = [path: string, kind: string][];

interface Replay {
  client: string;
  path: string;
  headers: Record<string, string>;
  /** Places in the answer that the client takes a value from, and what it must be for it. */
  reads: Reads;
  /** What our strictness has against the request. */
  careless?: string[];
}

const NONE = {};
const PHP = {
  'User-Agent': 'amoCRM-API-Library/1.16.0',
  'X-Library-Version': '1.16.0',
  'X-Client-UUID': 'x',
};
const AMO = { 'Content-Type': 'application/json' };
const PYTHON = { 'User-Agent': 'amocrm-py/v2', Accept: '*/*', 'Accept-Encoding': 'gzip, deflate' };

const EVENT: Reads = [
  ['_embedded.events.0.id', 'string'],
  ['_embedded.events.0.type', 'string'],
  ['_embedded.events.0.entity_id', 'number'],
  ['_embedded.events.0.entity_type', 'string'],
  ['_embedded.events.0.created_by', 'number'],
  ['_embedded.events.0.created_at', 'number'],
  ['_embedded.events.0.account_id', 'number'],
  ['_embedded.events.0.value_before', 'list'],
  ['_embedded.events.0.value_after', 'list'],
  ['_embedded.events.0._embedded.entity.id', 'number'],
];
const NEXT: Reads = [['_links.next.href', 'string']];

const REPLAYS: Replay[] = [
  {
    client: 'amocrm-js 3.6.0: account',
    path: '/api/v4/account?with=datetime_settings',
    headers: NONE,
    reads: [['_embedded.datetime_settings.timezone', 'string']],
  },
  {
    client: 'amocrm-js 3.6.0: events, nested query',
    path: `/api/v4/events?limit=100&filter%5Bcreated_at%5D%5Bfrom%5D=${from}&filter%5Bcreated_at%5D%5Bto%5D=${to}&filter%5Btype%5D%5B0%5D=task_added&filter%5Btype%5D%5B1%5D=lead_added`,
    headers: NONE,
    reads: EVENT,
  },
  {
    client: '@shevernitskiy/amo 0.1.12: users',
    path: '/api/v4/users?with=role&limit=250',
    headers: AMO,
    reads: [
      ['_embedded.users.0.id', 'number'],
      ['_embedded.users.0._embedded.roles', 'list'],
    ],
  },
  {
    client: '@shevernitskiy/amo 0.1.12: events, bare brackets',
    path: '/api/v4/events?limit=100&filter[type][0]=task_added&filter[type][1]=lead_added',
    headers: AMO,
    reads: EVENT,
    careless: ['brackets in the query are not percent-encoded'],
  },
  {
    client: 'amocrm/amocrm-api-php: EventsFilter, arrays joined by commas',
    path: `/api/v4/events?filter%5Btype%5D=task_added%2Clead_status_changed&filter%5Bcreated_at%5D=${from}%2C${to}&limit=50&page=1`,
    headers: PHP,
    reads: [...EVENT, ...NEXT],
  },
  {
    client: 'amocrm/amocrm-api-php: EventsFilter, authors',
    path: `/api/v4/events?filter%5Bcreated_by%5D%5B0%5D=${day.integration}&limit=50&page=1`,
    headers: PHP,
    reads: EVENT,
  },
  {
    client: 'amocrm/amocrm-api-php: EventModel with names',
    path: '/api/v4/events?with=contact_name%2Clead_name%2Ccompany_name%2Ccatalog_element_name%2Ccustomer_name%2Ccatalog_name%2Cnote&limit=50&page=1',
    headers: PHP,
    reads: [...EVENT, ...NEXT],
  },
  {
    client: 'amocrm/amocrm-api-php: UserModel',
    path: '/api/v4/users?with=role%2Cuuid%2Cgroup%2Camojo_id&limit=50&page=1',
    headers: PHP,
    reads: [
      ...NEXT,
      ['_embedded.users.0.email', 'string'],
      ['_embedded.users.0.lang', 'string'],
      ['_embedded.users.0.uuid', 'string'],
      ['_embedded.users.0.amojo_id', 'string'],
      ['_embedded.users.0.rights.catalog_access', 'boolean'],
      ['_embedded.users.0.rights.mail_access', 'boolean'],
      ['_embedded.users.0.rights.leads.add', 'string'],
      ['_embedded.users.0.rights.contacts.view', 'string'],
      ['_embedded.users.0.rights.companies.export', 'string'],
      ['_embedded.users.0.rights.tasks.delete', 'string'],
      ['_embedded.users.1.rights.status_rights.0.rights.view', 'string'],
      ['_embedded.users.0._embedded.groups.0.name', 'string'],
    ],
  },
  {
    client: 'Krukov/amocrm_api: events by former stage',
    path: `/api/v4/events?page=1&limit=250&filter%5Bvalue_before%5D%5Bleads_statuses%5D%5B0%5D%5Bpipeline_id%5D=${pipeline_id}&filter%5Bvalue_before%5D%5Bleads_statuses%5D%5B0%5D%5Bstatus_id%5D=${status_id}`,
    headers: PYTHON,
    reads: [
      ...EVENT,
      ['_embedded.events.0.value_before.0.lead_status.id', 'number'],
      ['_embedded.events.0.value_after.0.lead_status.pipeline_id', 'number'],
    ],
    careless: ['limit 250 is above 100'],
  },
  {
    client: 'Krukov/amocrm_api: one user',
    path: `/api/v4/users/${first?.id}`,
    headers: PYTHON,
    reads: [
      ['name', 'string'],
      ['rights.is_admin', 'boolean'],
      ['rights.is_free', 'boolean'],
      ['rights.is_active', 'boolean'],
    ],
  },
  {
    client: 'bzdvdn/amocrm-api-wrapper: events',
    path: '/api/v4/events?limit=100&page=1&with=lead_name&filter%5Btype%5D=task_added',
    headers: PYTHON,
    reads: EVENT,
  },
  {
    client: 'sk1fy/amocrm-pro: the day, page by page',
    path: `/api/v4/events?filter%5Bcreated_at%5D%5Bfrom%5D=${from}&filter%5Bcreated_at%5D%5Bto%5D=${to}&limit=100&page=2`,
    headers: { Accept: 'application/json' },
    reads: [...EVENT, ...NEXT],
  },
  {
    client: 'sk1fy/amocrm-pro: account directory',
    path: '/api/v4/account?with=users_groups,datetime_settings',
    headers: NONE,
    reads: [
      ['_embedded.users_groups.0.name', 'string'],
      ['_embedded.datetime_settings.timezone', 'string'],
    ],
  },
  {
    client: 'sternmeister-sales-dashboard: stage changes',
    path: `/api/v4/events?filter%5Btype%5D=lead_status_changed&filter%5Bcreated_at%5D%5Bfrom%5D=${from}&filter%5Bcreated_at%5D%5Bto%5D=${to}&limit=250&page=1`,
    headers: AMO,
    reads: [...EVENT, ['_embedded.events.0.value_after.0.lead_status.id', 'number']],
    careless: ['limit 250 is above 100'],
  },
  {
    client: 'several: event types without parameters',
    path: '/api/v4/events/types',
    headers: NONE,
    reads: [
      ['_embedded.events_types.0.key', 'string'],
      ['_embedded.events_types.0.type', 'number'],
      ['_embedded.events_types.0.lang', 'string'],
    ],
  },
];

test.each(REPLAYS)('$client', ({ path, headers, reads, careless }) => {
  const simulator = new Simulator(day);
  const request = {
    method: 'GET',
    url: `https://${simulator.host}${path}`,
    headers: { ...headers, Authorization: `Bearer ${simulator.token}` },
    body: undefined,
  };
  const answer = simulator.handle(request, LATER);
  if (isFailure(answer)) throw new Error(answer.failure);
  expect(answer.status).toBe(200);
  const body: unknown = JSON.parse(answer.body);
  expect(reads.map(([place]) => [place, kindAt(body, place)])).toEqual(reads);
  expect(simulator.ledger.violations.map(text => text.split(': ')[1])).toEqual(careless ?? []);
});

test('the library refreshes on 401, reads `detail`, and names the request by X-Request-Id', () => {
  const simulator = new Simulator(day);
  const url = `https://${simulator.host}/api/v4/users`;
  const answer = simulator.handle(
    { method: 'GET', url, headers: { Authorization: 'Bearer old' }, body: undefined },
    LATER,
  );
  if (isFailure(answer)) throw new Error(answer.failure);
  expect([answer.status, kindAt(JSON.parse(answer.body), 'detail')]).toEqual([401, 'string']);
  expect(answer.headers).toHaveProperty('X-Request-Id');
});

function kindAt(value: unknown, place: string): string {
  const found = place
    .split('.')
    .reduce((here: unknown, key) => (here as Record<string, unknown> | undefined)?.[key], value);
  return Array.isArray(found) ? 'list' : found === null ? 'null' : typeof found;
}
