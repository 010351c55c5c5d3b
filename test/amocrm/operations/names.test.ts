import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AmoClient, Question } from '../../../src/amocrm/client';
import {
  CUSTOMER_STAGES,
  FIELD_OWNERS,
  fields,
  firstFields,
  STAGES,
  TASK_TYPES,
} from '../../../src/amocrm/operations/names';
import {
  type FakeServer,
  htmlPage,
  json,
  listPage,
  noContent,
  pathOf,
  queryOf,
  text,
} from '../../support/amoAnswers';
import { clientOver, thrownBy } from '../../support/clientOver';

const published = (name: string) => readFileSync(join(__dirname, '../../fixtures/amocrm', name), 'utf8');

type Names = Map<string, string>;
type Read = (client: AmoClient) => Names;

const reading =
  ({ path, query, read }: Question<Names>): Read =>
  client =>
    client.get(path, query, read);
const stageNames = reading(STAGES);
const customerStageNames = reading(CUSTOMER_STAGES);
const taskTypeNames = reading(TASK_TYPES);

function fieldNames(client: AmoClient, of: (typeof FIELD_OWNERS)[number]): Names {
  const { path, query, read } = firstFields(of);
  return fields(client, of, client.get(path, query, read));
}

/** What each list is read with, where it is asked for, and under which key its items come. */
const LISTS: [name: string, read: Read, path: string, list: string][] = [
  ['stages', stageNames, '/api/v4/leads/pipelines', 'pipelines'],
  ['customer stages', customerStageNames, '/api/v4/customers/statuses', 'statuses'],
  ['kinds of tasks', taskTypeNames, '/api/v4/account', 'task_types'],
  ...FIELD_OWNERS.map(
    owner =>
      [
        `fields of ${owner}`,
        client => fieldNames(client, owner),
        `/api/v4/${owner}/custom_fields`,
        'custom_fields',
      ] as [string, Read, string, string],
  ),
];

const asked = (read: Read, server: FakeServer) => {
  const { client, requests } = clientOver(server, { run: 120_000 });
  return { names: [...read(client)], requests };
};
const names = (read: Read, server: FakeServer) => asked(read, server).names;

describe('M6, M10 · names of what is published', () => {
  it('M6 · stages go by pipeline and stage: won and lost are in every pipeline', () => {
    const body = published('pipelines/list.json');
    const { names: found, requests } = asked(stageNames, () => text(body));
    expect(requests.map(({ url }) => url)).toEqual(['https://example.amocrm.ru/api/v4/leads/pipelines']);
    const wire = JSON.parse(body) as {
      _embedded: { pipelines: { id: number; name: string; _embedded: { statuses: unknown[] } }[] };
    };
    const [pipeline] = wire._embedded.pipelines;
    expect(found).toHaveLength(pipeline!._embedded.statuses.length);
    expect(found[0]).toEqual(['3177727/32392156', 'Воронка / Неразобранное']);
    expect(found).toContainEqual(['3177727/142', 'Воронка / Успешно реализовано']);
    expect(found).toContainEqual(['3177727/143', 'Воронка / Закрыто и не реализовано']);
  });

  it('M6 · custom fields go by id', () => {
    const body = published('custom-fields/list.json');
    const { names: found, requests } = asked(
      client => fieldNames(client, 'leads'),
      request => (queryOf(request)['page'] === '1' ? text(body) : noContent),
    );
    expect(found).toEqual([
      ['4439091', 'Пример текстового поля'],
      ['4440043', "Пример поля с типом 'data'"],
    ]);
    // The published page promises another one.
    expect(requests.map(queryOf)).toEqual([
      { limit: '250', page: '1' },
      { limit: '250', page: '2' },
    ]);
  });

  it('M6 · kinds of tasks come with the account, when they are asked for', () => {
    const { names: found, requests } = asked(taskTypeNames, () =>
      text(published('account/get-with-everything.json')),
    );
    expect(found).toEqual([
      ['1', 'Связаться'],
      ['2', 'Встреча'],
    ]);
    expect(requests.map(queryOf)).toEqual([{ with: 'task_types' }]);
    expect(names(taskTypeNames, () => text(published('account/get-kommo.json')))).toEqual([]);
  });

  it('M6 · stages of customers go by id', () => {
    const statuses = [
      { id: 142, name: 'Первая покупка', sort: 0, is_default: true, type: 1 },
      { id: 16_093_003, name: 'Постоянные', sort: 1, is_default: false, type: 0 },
    ];
    const { names: found, requests } = asked(customerStageNames, () => listPage('statuses', statuses));
    expect(found).toEqual([
      ['142', 'Первая покупка'],
      ['16093003', 'Постоянные'],
    ]);
    expect(requests).toHaveLength(1);
  });

  it.each([
    [249, 1],
    [250, 2],
    [320, 2],
  ])('M6 · D12 · %d custom fields take %d requests', (length, most) => {
    const all = Array.from({ length }, (_, id) => ({ id: id + 1, name: `Field ${id + 1}` }));
    const { names: found, requests } = asked(
      client => fieldNames(client, 'contacts'),
      request => {
        const from = (Number(queryOf(request)['page']) - 1) * 250;
        const some = all.slice(from, from + 250);
        return some.length === 0
          ? noContent
          : listPage('custom_fields', some, { next: from + 250 < length, total: length });
      },
    );
    expect(found).toEqual(all.map(({ id, name }) => [String(id), name]));
    expect(requests).toHaveLength(most);
  });
});

describe('M6, D10 · names that are not as they should be', () => {
  it('D10 · several pipelines with the same stages', () => {
    const statuses = [{ id: 142, name: ' Оплачен ' }];
    const pipelines = [
      { id: 1, name: 'Продажи', _embedded: { statuses } },
      { id: '2', name: '=Опт', _embedded: { statuses } },
    ];
    expect(names(stageNames, () => listPage('pipelines', pipelines))).toEqual([
      ['1/142', 'Продажи / Оплачен'],
      ['2/142', '=Опт / Оплачен'],
    ]);
  });

  it.each<[string, object]>([
    ['no name', {}],
    ['nothing but spaces for a name', { name: ' ' }],
    ['null for a name', { name: null }],
    ['a number for a name', { name: 7 }],
  ])('D10 · a pipeline with %s: its id stands there', (_, broken) => {
    const pipeline = { id: 5, ...broken, _embedded: { statuses: [{ id: 142, name: 'Оплачен' }] } };
    expect(names(stageNames, () => listPage('pipelines', [pipeline]))).toEqual([['5/142', '5 / Оплачен']]);
  });

  it.each<[string, unknown]>([
    ['no id', { name: 'Продажи', _embedded: { statuses: [{ id: 142, name: 'Оплачен' }] } }],
    ['an object for an id', { id: {}, name: 'П', _embedded: { statuses: [{ id: 142, name: 'О' }] } }],
    ['no stages', { id: 5, name: 'Продажи' }],
    ['an object for its stages', { id: 5, name: 'Продажи', _embedded: { statuses: { a: 1 } } }],
    ['a text in its place', 'Продажи'],
    ['null in its place', null],
  ])('D10 · a pipeline with %s is left out, the others stay', (_, broken) => {
    const good = { id: 1, name: 'Опт', _embedded: { statuses: [{ id: 142, name: 'Оплачен' }] } };
    expect(names(stageNames, () => listPage('pipelines', [broken, good]))).toEqual([
      ['1/142', 'Опт / Оплачен'],
    ]);
  });

  it.each(LISTS.slice(1))('D10 · %s: what has no id or no name is left out', (_, read, __, list) => {
    const items = [
      { id: 1 },
      { id: 2, name: '' },
      { id: 3, name: '  ' },
      { id: 4, name: null },
      { id: 5, name: 5 },
      { name: 'no id' },
      { id: null, name: 'no id' },
      { id: [6], name: 'no id' },
      null,
      'text',
      ['list'],
      { id: 7, name: ' Имя ' },
      { id: '8', name: '<b>' },
    ];
    const found = names(read, () => json({ id: 1, _embedded: { [list]: items } }));
    expect(found).toEqual([
      ['7', 'Имя'],
      ['8', '<b>'],
    ]);
  });
});

describe('M6, M10 · lists that are empty or refused', () => {
  it.each(LISTS)('H1 · %s: 204 is a list without anything, asked for once', (_, read, path) => {
    const { names: found, requests } = asked(read, () => noContent);
    expect(found).toEqual([]);
    expect(requests.map(pathOf)).toEqual([path]);
  });

  const refusals = LISTS.flatMap(([name, read]) =>
    (
      [
        ['payment-required', json({ title: 'Payment Required', status: 402 }, 402)],
        ['forbidden', json({ title: 'Forbidden', status: 403 }, 403)],
        ['refused', json({ title: 'Unprocessable Entity', status: 422 }, 422)],
        ['blocked', htmlPage(403)],
      ] as const
    ).map(([code, answer]) => [name, code, read, answer] as const),
  );
  it.each(refusals)('M6 · %s, %s: told as it is, after one request', (_, code, read, answer) => {
    const { client, requests } = clientOver(() => answer);
    expect(thrownBy(() => read(client))).toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  it.each(LISTS)('H16 · %s: a failure that passes is no reason to do without', (_, read, __, list) => {
    const good = { id: 1, name: 'Имя', _embedded: { statuses: [{ id: 2, name: 'Этап' }] } };
    const { names: found } = asked(read, (_request, nth) =>
      nth === 1 ? text('', 503) : json({ id: 1, _embedded: { [list]: [good] } }),
    );
    expect(found).toHaveLength(1);
  });

  it.each(LISTS)('H17 · %s: a page in place of JSON is no empty list', (_, read) => {
    const { client } = clientOver(() => htmlPage(), { run: 60_000 });
    expect(thrownBy(() => read(client))).toMatchObject({ code: 'not-api' });
  });
});
