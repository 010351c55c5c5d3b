import { directoryIn, type NamedKind } from '../../src/core/directory';
import { json, pathOf, queryOf, text, timedOut } from '../support/amoAnswers';
import type { InMemory } from '../support/inMemoryOutside';
import { DAY, FROM, goOn, NO_PINGS, story } from '../support/reportStory';
import { NAMES_ASKED, type SmallAccount, type WireEvent } from '../support/smallAccount';

const HOUR = 3_600_000;
const PAID = { lead_status: { id: 142, pipeline_id: 7 } };
const event = (id: string, type: string, value: unknown, at = 100): WireEvent => ({
  ...{ id, type, created_at: FROM + at, created_by: 0, entity_type: 'lead', entity_id: 5 },
  value_after: [value],
});
/** One event about each kind of thing that has a name. */
const EVENTS: WireEvent[] = [
  event('1', 'lead_status_changed', PAID),
  event('2', 'customer_status_changed', { customer_status: { id: 3 } }),
  event('3', 'custom_field_11_value_changed', {}),
  event('4', 'entity_responsible_changed', { responsible_user: { id: 102 } }),
  event('5', 'task_type_changed', { task_type: { id: 2 } }),
];
const NAMED: Partial<SmallAccount> = {
  events: EVENTS,
  userNames: { 102: 'Анна' },
  pipelines: [{ id: 7, name: 'Продажи', statuses: [{ id: 142, name: 'Оплачен' }] }],
  fields: { leads: [{ id: 11, name: 'Бюджет' }], contacts: [{ id: 12, name: 'Должность' }] },
  customerStages: [{ id: 3, name: 'Постоянные' }],
  taskTypes: [{ id: 2, name: 'Встреча' }],
};
/** What the processes sheet calls them, with names and without. */
const WITH_NAMES = ['Продажи / Оплачен', 'Постоянные', 'Бюджет', 'Анна', 'Встреча'];
const WITH_IDS = ['7/142', '3', '11', '102', '2'];

const named = (account: Partial<SmallAccount> = {}, parts = {}) =>
  story({ ...structuredClone(NAMED), ...account }, { ...NO_PINGS, ...parts });
/** What processes are about, of a day, in the order of `EVENTS`. */
const subjects = ({ tables }: ReturnType<typeof story>, day = DAY) => {
  const names = tables.processes.filter(({ date }) => date === day).map(({ process }) => String(process));
  const sorted = [
    ['Изменение этапа продажи', 'lead_status_changed'],
    ['Изменение этапа покупателя', 'customer_status_changed', 'Изменение этапа покупки'],
    ['Изменение поля', 'custom_field_value_changed'],
    ['Ответственный изменен', 'entity_responsible_changed'],
    ['Изменение типа задачи', 'task_type_changed'],
  ];
  return sorted.map(([...types]) => {
    const name = names.find(process => types.some(type => process.startsWith(`${type}: `)));
    return name?.slice(name.indexOf(': ') + 2);
  });
};
const asked = ({ requests }: InMemory, from = 0) =>
  requests.slice(from).flatMap(({ request }) => {
    const path = pathOf(request);
    const isForNames = NAMES_ASKED.includes(path) && queryOf(request)['with'] !== 'datetime_settings';
    return isForNames ? [path] : [];
  });
const kept = ({ properties }: InMemory) => directoryIn(Object.fromEntries(properties));
const fail =
  (path: string, answer: ReturnType<typeof text> | typeof timedOut): SmallAccount['fault'] =>
  request =>
    pathOf(request) === path && queryOf(request)['with'] !== 'datetime_settings' ? answer : undefined;

describe('M6, T13 · accountLists', () => {
  it('M6 · names stages, fields, responsible users, kinds of tasks and stages of customers', () => {
    const one = named();
    expect(one.run()).toBe(true);
    expect(subjects(one)).toEqual(WITH_NAMES);
    expect(asked(one.world)).toEqual(NAMES_ASKED);
    expect(kept(one.world).names.field).toEqual({ 11: 'Бюджет', 12: 'Должность' });
  });

  it('T13 · asks once a day: not for the next day that was missed, not in the second run, but in the next night', () => {
    const events = [-2, -1, 0].flatMap(back =>
      EVENTS.map(one => ({
        ...one,
        id: `${one.id}${back}`,
        created_at: Number(one.created_at) + back * 86_400,
      })),
    );
    const one = named({ events }, { properties: {} });
    one.run({ from: '2026-11-16', to: '2026-11-18' });
    expect(one.tables.days).toHaveLength(3);
    expect(one.world.requests.filter(({ request }) => pathOf(request) === '/api/v4/users')).toHaveLength(1);
    expect(asked(one.world)).toEqual(NAMES_ASKED);
    expect(subjects(one, DAY - 2)).toEqual(WITH_NAMES);
    const before = one.world.requests.length;
    one.world.clock.pass(HOUR);
    one.run();
    expect(asked(one.world, before)).toEqual([]);
    one.world.clock.set('2026-11-20T03:00:00+03:00');
    one.run();
    expect(asked(one.world, before)).toEqual(NAMES_ASKED);
  });

  it.each([
    [20 * HOUR - 1, 0],
    [20 * HOUR, NAMES_ASKED.length],
    // The clock of before was wrong.
    [-HOUR, NAMES_ASKED.length],
  ])('T13 · asked %d ms ago: %d questions', (ago, questions) => {
    const one = named();
    one.run();
    const before = one.world.requests.length;
    // The account is asked before all lists.
    one.amo.fault = request => {
      if (queryOf(request)['with'] !== 'datetime_settings') return undefined;
      const at = one.world.clock.now() - ago;
      one.world.properties.set('names.0', JSON.stringify({ ...kept(one.world), at }));
      return undefined;
    };
    one.run();
    expect(asked(one.world, before)).toHaveLength(questions);
  });

  it('D10 · what is renamed has its new name, what is deleted its last one', () => {
    const one = named();
    one.run();
    Object.assign(one.amo, {
      ...{ pipelines: [{ id: 7, name: 'Опт', statuses: [{ id: 142, name: 'Готово' }] }] },
      ...{ fields: {}, customerStages: [], taskTypes: [], userNames: { 101: 'Борис' }, users: [101] },
    });
    one.world.clock.set('2026-11-19T23:30:00+03:00');
    one.run();
    expect(subjects(one)).toEqual(['Опт / Готово', 'Постоянные', 'Бюджет', 'Анна', 'Встреча']);
    expect(kept(one.world).names.responsible).toEqual({ 101: 'Борис', 102: 'Анна' });
  });

  it('M6 · one that was damaged is asked for again', () => {
    const one = named();
    one.run();
    one.world.properties.set('names.0', one.world.properties.get('names.0')!.slice(0, -5));
    const before = one.world.requests.length;
    one.run();
    expect(asked(one.world, before)).toEqual(NAMES_ASKED);
    expect(subjects(one)).toEqual(WITH_NAMES);
  });
});

describe('M6, H8, H16 · a list of names that is not to be had', () => {
  const LISTS: [path: string, kind: NamedKind, place: number][] = [
    ['/api/v4/leads/pipelines', 'stage', 0],
    ['/api/v4/customers/statuses', 'customerStage', 1],
    ['/api/v4/leads/custom_fields', 'field', 2],
    ['/api/v4/account', 'taskType', 4],
  ];
  const refusals = [402, 403, 404, 422, 400].map(
    status => [String(status), json({ title: 'x', status }, status)] as const,
  );
  const lasting = [
    ...[500, 503].map(status => [String(status), text('', status)] as const),
    ['half an answer', text('{"_embedded":')] as const,
  ];
  const cases = LISTS.flatMap(list => [...refusals, ...lasting].map(answer => [...list, ...answer] as const));

  it.each(cases)(
    'H8 · H16 · %s (%s, %d) answers %s: ids, and the report is made',
    (path, kind, place, _, answer) => {
      const one = named({ fault: fail(path, answer) });
      expect(one.run()).toBe(true);
      const expected = [...WITH_NAMES];
      expected[place] = WITH_IDS[place]!;
      expect(subjects(one)).toEqual(expected);
      expect(Object.keys(kept(one.world).names[kind])).not.toContain(WITH_IDS[place]);
      expect(one.tables.days).toMatchObject([{ completeness: 'полный', events: 5 }]);
      expect(one.tables.log.map(({ level }) => level)).toEqual(['INFO']);
      // The other lists are asked all the same, each once.
      const others = asked(one.world).filter(other => other !== path);
      expect(others).toEqual(NAMES_ASKED.filter(other => other !== path));
    },
  );

  it.each(cases)(
    'H8 · H16 · %s (%s, %d) answers %s later on: the names of before',
    (path, _, __, ___, answer) => {
      const one = named();
      one.run();
      one.amo.fault = fail(path, answer);
      one.world.clock.set('2026-11-19T23:30:00+03:00');
      const before = one.world.requests.length;
      expect(one.run()).toBe(true);
      expect(asked(one.world, before)).toContain(path);
      expect(subjects(one)).toEqual(WITH_NAMES);
    },
  );

  it('H16 · a failure that passes is no reason to do without', () => {
    let failures = 0;
    const one = named({
      fault: request => {
        if (pathOf(request) !== '/api/v4/leads/pipelines' || failures === 3) return undefined;
        failures += 1;
        return text('', 503);
      },
    });
    expect(one.run()).toBe(true);
    expect(subjects(one)).toEqual(WITH_NAMES);
  });

  it('H16 · what is refused is not asked again that day', () => {
    const one = named({ fault: fail('/api/v4/leads/pipelines', json({ status: 403 }, 403)) });
    one.run();
    const before = one.world.requests.length;
    one.run();
    expect(asked(one.world, before)).toEqual([]);
  });

  it.each<[string, number]>([
    ['/api/v4/leads/pipelines', 142],
    ['/api/v4/companies/custom_fields', 142],
  ])(
    'N3 · %s never answers: the report is made without names, and not night after night of waiting',
    path => {
      const silent = ({ url }: { url: string }) => url.includes(path);
      const one = named(
        { fault: request => (silent(request) ? timedOut : undefined) },
        { latency: (_: number, request: { url: string }) => (silent(request) ? 30_000 : 40) },
      );
      one.run();
      expect(goOn(one.world, 3)).toBeLessThanOrEqual(2);
      expect(one.tables.days).toMatchObject([{ completeness: 'полный', events: 5 }]);
    },
  );

  it.each(['/api/v4/leads/pipelines', '/api/v4/account'])(
    'N3 · all lists from %s on never answer: neither then',
    path => {
      const silent = NAMES_ASKED.slice(NAMES_ASKED.indexOf(path));
      const isSilent = (request: { url: string }) =>
        silent.includes(pathOf(request)) && queryOf(request)['with'] !== 'datetime_settings';
      const one = named(
        { fault: request => (isSilent(request) ? timedOut : undefined) },
        { latency: (_: number, request: { url: string }) => (isSilent(request) ? 30_000 : 40) },
      );
      one.run();
      expect(goOn(one.world, 3)).toBeLessThanOrEqual(2);
      expect(one.tables.days).toMatchObject([{ completeness: 'полный', events: 5 }]);
    },
  );

  it('N3 · what there was no time to ask keeps the names of before', () => {
    let isBroken = false;
    const silent = ({ url }: { url: string }) => isBroken && url.includes('/api/v4/leads/pipelines');
    const one = named(
      {},
      { latency: (_: number, request: { url: string }) => (silent(request) ? 30_000 : 40) },
    );
    one.amo.fault = request => (silent(request) ? timedOut : undefined);
    one.run();
    isBroken = true;
    one.world.clock.set('2026-11-19T23:30:00+03:00');
    const before = one.world.requests.length;
    expect(one.run()).toBe(true);
    // Requests that leave together fail together, however often they are tried.
    expect(new Set(asked(one.world, before))).toEqual(new Set(NAMES_ASKED.slice(0, 2)));
    expect(subjects(one)).toEqual(WITH_NAMES);
  });
});

describe('T2, H9, H12 · what another run can ask', () => {
  const block = text('<html></html>', 403, { 'content-type': 'text/html' });
  const [FIRST, LAST] = ['/api/v4/leads/pipelines', '/api/v4/account'];
  it.each<[string, string, ReturnType<typeof text>]>([
    ['a block', FIRST, block],
    ['a block at the last of them', LAST, block],
    ['a wish for silence', FIRST, text('', 429, { 'retry-after': '600' })],
    ['a wish for silence at the last of them', LAST, text('', 429, { 'retry-after': '600' })],
    ['a failure with a wish for silence', FIRST, text('', 503, { 'retry-after': '600' })],
    ['too many requests, again and again', FIRST, text('', 429)],
  ])('H9 · H12 · %s: nothing is begun, and the next run asks all', (_, path, answer) => {
    const one = named({ fault: fail(path, answer) });
    expect(one.run()).toBe(false);
    expect(kept(one.world).at).toBe(0);
    expect(one.tables.report).toEqual([]);
    const before = one.world.requests.length;
    one.amo.fault = undefined;
    goOn(one.world);
    expect(asked(one.world, before)).toEqual(NAMES_ASKED);
    expect(subjects(one)).toEqual(WITH_NAMES);
  });

  it('T14 · a mistake of our own is no missing list: it is told', () => {
    const one = named({
      fault: request => {
        if (pathOf(request) === FIRST) throw new TypeError('x is not a function');
        return undefined;
      },
    });
    expect(one.run()).toBe(false);
    expect(one.tables.log).toMatchObject([{ level: 'ERROR' }]);
    expect(kept(one.world).at).toBe(0);
  });

  it('T2 · a run whose time ends among the names: the next one asks them', () => {
    const one = named({}, { latency: () => 1_000, workingMs: 2_000 });
    expect(one.run()).toBe(true);
    expect(asked(one.world).length).toBeGreaterThan(0);
    expect(kept(one.world).at).toBe(0);
    one.world.workingMs = 270_000;
    const before = one.world.requests.length;
    goOn(one.world);
    expect(asked(one.world, before)).toEqual(NAMES_ASKED);
    expect(subjects(one)).toEqual(WITH_NAMES);
  });
});

describe('Q4 · room in the properties', () => {
  const long = (kind: string, id: number) => `${kind} ${id} ${'очень длинное имя '.repeat(12)}`;
  const listOf = (kind: string, length: number, first: number) =>
    Array.from({ length }, (_, nth) => ({ id: first + nth, name: long(kind, first + nth) }));

  it('Q4 · 300 fields, 200 users and 20 pipelines lie in documents below 9 KB, and are read back', () => {
    const users = Array.from({ length: 200 }, (_, nth) => 101 + nth);
    const one = named({
      users,
      userNames: Object.fromEntries(users.map(id => [id, long('Сотрудник', id)])),
      pipelines: Array.from({ length: 20 }, (_, nth) => ({
        ...{ id: nth, name: `Воронка ${nth}` },
        statuses: listOf('Этап', 12, nth * 100),
      })),
      fields: { leads: listOf('Поле', 300, 11), companies: listOf('Поле', 40, 9_000) },
    });
    // The stand-in refuses a property above 9 KB.
    expect(one.run()).toBe(true);
    const documents = [...one.world.properties].filter(([name]) => name.startsWith('names.'));
    expect(documents.length).toBeGreaterThan(1);
    expect(Math.max(...documents.map(([, value]) => Buffer.byteLength(value)))).toBeLessThan(9 * 1024);
    const { names } = kept(one.world);
    expect(Object.keys(names.field)).toHaveLength(340);
    expect(Object.keys(names.responsible)).toHaveLength(200);
    expect(Object.keys(names.stage)).toHaveLength(240);
    expect(names.field['310']).toBe(long('Поле', 310).slice(0, 100));
    expect(subjects(one)[2]).toBe(long('Поле', 11).slice(0, 100));
  });

  it('Q4 · documents that are not needed any more go', () => {
    const one = named();
    one.world.properties.set('names.7', 'left over');
    one.run();
    expect([...one.world.properties.keys()].filter(name => name.startsWith('names.'))).toEqual(['names.0']);
  });
});
