/** The lists that a client asks for names: pipelines with their stages, fields, customer stages, task types. */

import { ask, LATER, requestTo } from './asking';
import { believableDay } from './generator';
import { Simulator, type SimulatorOptions } from './simulator';
import type { FieldEntity } from './state';

const PIPELINES = '/api/v4/leads/pipelines';
const STATUSES = '/api/v4/customers/statuses';
const FIELDS = '/api/v4/leads/custom_fields';
const EVERY_LIST = [PIPELINES, `${PIPELINES}/3177727`, FIELDS, STATUSES];

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON the answer holds
type Json = any;

const opened = (options: SimulatorOptions = {}) =>
  new Simulator({ customFields: [{ id: 5, name: 'Город' }], ...options });

const whatWasNoted = (simulator: Simulator) =>
  simulator.ledger.violations.map(text => text.split(': ').slice(1).join(': '));

describe('pipelines', () => {
  const pipelines = [
    {
      id: 11,
      name: 'Продажи',
      statuses: [
        { id: 101, name: 'Заявка' },
        { id: 102, name: 'Счёт' },
      ],
    },
    { id: 12, name: 'Архив', statuses: [{ id: 142, name: 'Оплачено' }] },
  ];
  const stagesIn = (pipeline: Json) =>
    pipeline._embedded.statuses.map(({ id, name, sort, type, is_editable }: Json) => [
      id,
      name,
      sort,
      type,
      is_editable,
    ]);

  test('come all at once, the first as the main one, with their own stages and those of the system', () => {
    const simulator = opened({ pipelines });
    const { json } = ask(simulator, PIPELINES);
    expect(Object.keys(json)).toEqual(['_total_items', '_links', '_embedded']);
    expect(json._total_items).toBe(2);
    const [sales, archive] = json._embedded.pipelines;
    expect(sales).toMatchObject({ id: 11, name: 'Продажи', sort: 1, is_main: true, is_archive: false });
    expect(archive).toMatchObject({ id: 12, name: 'Архив', sort: 2, is_main: false });
    expect(stagesIn(sales)).toEqual([
      [1_000_000_011, 'Неразобранное', 10, 1, false],
      [101, 'Заявка', 20, 0, true],
      [102, 'Счёт', 30, 0, true],
      [142, 'Успешно реализовано', 10_000, 0, false],
      [143, 'Закрыто и не реализовано', 11_000, 0, false],
    ]);
    expect(sales._embedded.statuses[1]).toMatchObject({ pipeline_id: 11, account_id: 31_415_926 });
    expect(simulator.ledger.violations).toEqual([]);
  });

  test("won and lost may have other names; the system's are in the account's language", () => {
    const [, archive] = ask(opened({ pipelines, language: 'en' }), PIPELINES).json._embedded.pipelines;
    expect(stagesIn(archive).map(([id, name]: Json) => [id, name])).toEqual([
      [1_000_000_012, 'Incoming leads'],
      [142, 'Оплачено'],
      [143, 'Closed - lost'],
    ]);
  });

  test('one by its id is the same object; an unknown id is 204', () => {
    const simulator = opened({ pipelines });
    const listed = ask(simulator, PIPELINES).json._embedded.pipelines[1];
    expect(ask(simulator, `${PIPELINES}/12`).json).toEqual(listed);
    expect(ask(simulator, `${PIPELINES}/13`)).toMatchObject({ status: 204, text: '' });
  });

  test('none is 204', () => {
    expect(ask(opened({ pipelines: [] }), PIPELINES)).toMatchObject({ status: 204, text: '' });
  });

  test('there are no pages: who asks for them gets everything, and it is noted', () => {
    const simulator = opened({ pipelines });
    expect(ask(simulator, `${PIPELINES}?limit=1&page=2`).json._total_items).toBe(2);
    ask(simulator, `${PIPELINES}/11?with=statuses`);
    expect(whatWasNoted(simulator)).toEqual([
      'unknown query parameter "limit"',
      'unknown query parameter "page"',
      'unknown query parameter "with"',
    ]);
  });

  test('links name a shard where the account has such links', () => {
    const [pipeline] = ask(opened({ sharedHostLinks: true }), PIPELINES).json._embedded.pipelines;
    expect(pipeline._links.self.href).toBe(`https://shard151.amocrm.ru${PIPELINES}/3177727`);
    expect(pipeline._embedded.statuses[1]._links.self.href).toBe(
      `https://shard151.amocrm.ru${PIPELINES}/3177727/statuses/32392159`,
    );
  });

  test('what changes in the account shows at once, and not in what the test handed in', () => {
    const simulator = opened({ pipelines });
    simulator.account.pipelines[0]!.statuses[0]!.name = 'Новая заявка';
    simulator.account.pipelines.pop();
    const { json } = ask(simulator, PIPELINES);
    expect(json._embedded.pipelines.map((pipeline: Json) => stagesIn(pipeline)[1][1])).toEqual([
      'Новая заявка',
    ]);
    expect(pipelines[0]!.statuses[0]!.name).toBe('Заявка');
  });
});

describe('custom fields', () => {
  const fields = (count: number, entity?: FieldEntity) =>
    Array.from({ length: count }, (_, i) => ({
      id: i + 1,
      name: `Поле ${i}`,
      ...(entity ? { entity } : {}),
    }));
  const idsIn = (json: Json) => json._embedded.custom_fields.map(({ id }: Json) => id);

  test.each([
    [51, '', [50, 1]],
    [250, '&limit=250', [250]],
    [251, '&limit=250', [250, 1]],
    [60, '&limit=500', [50, 10]],
  ])('%d fields%s come in pages of %j', (count, query, sizes) => {
    const simulator = opened({ customFields: fields(count) });
    const pages = [...sizes, 0].map((_, index) => ask(simulator, `${FIELDS}?page=${index + 1}${query}`));
    expect(pages.map(page => page.json?._embedded.custom_fields.length ?? page.status)).toEqual([
      ...sizes,
      204,
    ]);
    const first = pages[0]?.json;
    expect(first).toMatchObject({ _total_items: count, _page: 1, _page_count: sizes.length });
    expect(Object.keys(first._links)).toEqual(sizes.length > 1 ? ['self', 'next', 'last'] : ['self']);
    expect(new Set(pages.flatMap(page => (page.json ? idsIn(page.json) : []))).size).toBe(count);
    const tooLarge = query === '&limit=500';
    expect(new Set(whatWasNoted(simulator))).toEqual(new Set(tooLarge ? ['limit 500 is above 250'] : []));
  });

  test('each entity has its own, a field without one belongs to leads; none is 204', () => {
    const simulator = opened({
      customFields: [
        { id: 1, name: 'Бюджет' },
        { id: 2, name: 'Телефон', entity: 'contacts' },
        { id: 3, name: 'ИНН', entity: 'companies' },
        { id: 4, name: 'Источник', entity: 'leads' },
      ],
    });
    const idsOf = (entity: FieldEntity) => {
      const { status, json } = ask(simulator, `/api/v4/${entity}/custom_fields`);
      return status === 204 ? status : idsIn(json);
    };
    expect([idsOf('leads'), idsOf('contacts'), idsOf('companies'), idsOf('customers')]).toEqual([
      [1, 4],
      [2],
      [3],
      204,
    ]);
    expect(simulator.ledger.violations).toEqual([]);
  });

  test('the keys of a field depend on its entity', () => {
    const model = (entity: FieldEntity) =>
      ask(opened({ customFields: fields(1, entity) }), `/api/v4/${entity}/custom_fields`).json._embedded
        .custom_fields[0];
    expect(model('leads')).toMatchObject({
      id: 1,
      name: 'Поле 0',
      type: 'text',
      entity_type: 'leads',
      is_computed: false,
    });
    expect(model('contacts')).not.toHaveProperty('hidden_statuses');
    expect(model('contacts')).toHaveProperty('is_predefined', false);
    expect(model('customers')).not.toHaveProperty('required_statuses');
  });

  test('a field is an event type whatever its entity', () => {
    const simulator = opened({ customFields: fields(1, 'companies') });
    const { events_types } = ask(simulator, '/api/v4/events/types?limit=250').json._embedded;
    expect(events_types.at(-1)).toMatchObject({ key: 'custom_field_1_value_changed' });
  });

  test('order and filter are not imitated; other entities have no such list', () => {
    const simulator = opened();
    expect(ask(simulator, `${FIELDS}?order[sort]=asc`).status).toBe(200);
    expect(ask(simulator, '/api/v4/tasks/custom_fields').status).toBe(404);
    expect(whatWasNoted(simulator)).toEqual(['unknown query parameter "order"', 'no such route here']);
  });
});

describe('customer stages', () => {
  test('come with the order, kind and colour of each', () => {
    const simulator = opened();
    const { json } = ask(simulator, STATUSES);
    expect(Object.keys(json)).toEqual(['_total_items', '_links', '_embedded']);
    const { statuses } = json._embedded;
    expect(statuses).toHaveLength(json._total_items);
    expect(statuses.map(({ sort, type, is_default }: Json) => [sort, type, is_default])).toEqual([
      [0, 4, true],
      [1, 0, false],
      [2, 1, true],
      [3, 2, true],
      [4, 3, true],
    ]);
    expect(statuses[1]).toMatchObject({ id: 4_740_013, name: 'Думают о новой покупке', conditions: [] });
    expect(simulator.ledger.violations).toEqual([]);
  });

  test('come in pages when there are many', () => {
    const customerStatuses = Array.from({ length: 60 }, (_, i) => ({ id: i + 1, name: `Этап ${i}` }));
    const simulator = opened({ customerStatuses });
    const [first, second] = [1, 2].map(page => ask(simulator, `${STATUSES}?page=${page}`).json);
    expect([first._embedded.statuses.length, second._embedded.statuses.length]).toEqual([50, 10]);
    expect([Object.keys(first._links), Object.keys(second._links)]).toEqual([
      ['self', 'next'],
      ['self', 'first', 'prev'],
    ]);
    expect(second._embedded.statuses[0].sort).toBe(50);
    expect(ask(simulator, `${STATUSES}?limit=250`).json._embedded.statuses).toHaveLength(60);
    expect(ask(simulator, `${STATUSES}?limit=251`).json._embedded.statuses).toHaveLength(50);
    expect(whatWasNoted(simulator)).toEqual(['limit 251 is above 250']);
  });

  test('none is 204; without periodic purchases there are none to ask for: 422', () => {
    expect(ask(opened({ customerStatuses: [] }), STATUSES)).toMatchObject({ status: 204, text: '' });
    const simulator = opened({ customersMode: 'segments' });
    expect(ask(simulator, '/api/v4/account').json.customers_mode).toBe('segments');
    expect(ask(simulator, STATUSES).json).toMatchObject({ title: 'Unprocessable Entity', status: 422 });
    simulator.account.customersMode = 'periodicity';
    expect(ask(simulator, STATUSES).status).toBe(200);
    expect(simulator.ledger.violations).toEqual([]);
  });
});

test('task types are the account’s own', () => {
  const typesIn = (simulator: Simulator) =>
    ask(simulator, '/api/v4/account?with=task_types').json._embedded.task_types;
  expect(typesIn(opened()).map(({ id, name, code }: Json) => [id, name, code])).toEqual([
    [1, 'Связаться', 'FOLLOW_UP'],
    [2, 'Встреча', 'MEETING'],
  ]);
  const simulator = opened({ taskTypes: [] });
  expect(typesIn(simulator)).toEqual([]);
  simulator.account.taskTypes.push({ id: 7, name: 'Замер' });
  expect(typesIn(simulator)).toEqual([{ id: 7, name: 'Замер', color: null, icon_id: null, code: null }]);
});

describe('as on every route', () => {
  test.each(EVERY_LIST)('%s: whoever has a token may read', path => {
    const simulator = opened();
    simulator.issueToken('colleague', 9_000_002);
    expect(ask(simulator, path, { token: 'colleague' }).status).toBe(200);
    expect(ask(simulator, path, { token: 'dead' }).status).toBe(401);
    expect(ask(simulator, path, { method: 'POST' }).status).toBe(405);
  });

  test.each(EVERY_LIST)('%s: faults come as planned', path => {
    const simulator = opened();
    simulator.plan(`GET ${path}`, 'json-503');
    simulator.plan(`GET ${path}`, 'embedded-null');
    simulator.plan(`GET ${path}`, 'reset');
    expect(ask(simulator, path).status).toBe(503);
    expect(ask(simulator, path).json._embedded).toBeNull();
    expect(ask(simulator, path).failure).toBe('unreachable');
    expect(ask(simulator, path).status).toBe(200);
    expect(simulator.unmetFaults()).toEqual([]);
  });

  test.each(EVERY_LIST)('%s: the eighth within a second is refused', path => {
    const simulator = opened();
    const answers = Array.from({ length: 8 }, () => simulator.handle(requestTo(simulator, path), LATER));
    expect(answers.map(answer => ('status' in answer ? answer.status : 0))).toEqual([
      ...new Array(7).fill(200),
      429,
    ]);
  });
});

test("a generated day's stages and fields are all listed by the company's account", () => {
  const day = believableDay({ date: '2026-11-18', timeZone: 'Europe/Moscow', seed: 3, events: 2_000 });
  const simulator = new Simulator(day);
  const listed = ask(simulator, PIPELINES).json._embedded.pipelines;
  expect(listed.map(({ name }: Json) => name)).toEqual(['Продажи', 'Повторные продажи']);
  const stages = new Set(
    listed.flatMap(({ id, _embedded }: Json) => _embedded.statuses.map((stage: Json) => `${id}/${stage.id}`)),
  );
  const used = simulator.ledger.events
    .filter(({ type }) => type === 'lead_status_changed')
    .flatMap(({ valueAfter, valueBefore }) => [valueAfter, valueBefore].flat() as Json[])
    .map(({ lead_status: { id, pipeline_id } }) => `${pipeline_id}/${id}`);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter(stage => !stages.has(stage))).toEqual([]);
  expect(new Set(used)).toContain('3104455/142');
  expect(ask(simulator, FIELDS).json._total_items).toBe(day.customFields.length);
});
