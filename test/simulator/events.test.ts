import fc from 'fast-check';
import { ask, readAll } from './asking';
import { Simulator, type SimulatorOptions } from './simulator';
import type { NewEvent } from './state';
import { timeOfUlid } from './ulid';

const NOON = Date.UTC(2026, 10, 18, 9);
const SECOND = NOON / 1000;

function events(count: number, secondsApart = 7): NewEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    at: NOON + i * secondsApart * 1000,
    type: 'task_added',
    createdBy: 0,
  }));
}

function opened(count: number, options: SimulatorOptions = {}, secondsApart = 7): Simulator {
  return new Simulator({ events: events(count, secondsApart), ...options });
}

const idsIn = (simulator: Simulator) => simulator.ledger.events.map(event => event.id);

describe('pages', () => {
  test.each(['newest-first', 'oldest-first'] as const)('%s: every event once, in order', order => {
    const simulator = opened(230, { order });
    const read = readAll(simulator, '/api/v4/events?limit=100');
    expect(read).toEqual(order === 'oldest-first' ? idsIn(simulator) : idsIn(simulator).reverse());
    expect(simulator.ledger.requests.map(request => request.query['page'] ?? '1')).toEqual(['1', '2', '3']);
    expect(simulator.ledger.violations).toEqual([]);
  });

  test('unordered: every event once, in one order for the whole selection', () => {
    const simulator = opened(230, { order: 'unordered' });
    const read = readAll(simulator, '/api/v4/events?limit=100');
    const ids = idsIn(simulator);
    expect([...read].sort()).toEqual([...ids].sort());
    const firstPage = read.slice(0, 100).map(id => ids.indexOf(id));
    expect(Math.max(...firstPage) - Math.min(...firstPage)).toBeGreaterThan(200);
    expect(readAll(simulator, '/api/v4/events?limit=50')).toEqual(read);
  });

  test('unordered: what is inserted does not turn the others about', () => {
    const simulator = opened(230, { order: 'unordered' });
    const before = readAll(simulator, '/api/v4/events?limit=100');
    simulator.addEvents(events(5, 11));
    const after = readAll(simulator, '/api/v4/events?limit=100');
    expect(after).toHaveLength(235);
    expect(after.filter(id => before.includes(id))).toEqual(before);
  });

  test('many events of one second stay in one order from page to page', () => {
    const simulator = opened(150, {}, 0);
    const read = readAll(simulator, '/api/v4/events?limit=20');
    expect(new Set(read).size).toBe(150);
    expect(read).not.toEqual([...read].sort());
  });

  test('no events, and a page beyond the last, are 204 without a body', () => {
    expect(ask(opened(0), '/api/v4/events')).toMatchObject({ status: 204, text: '' });
    expect(ask(opened(100), '/api/v4/events?limit=100&page=2')).toMatchObject({ status: 204, text: '' });
  });

  test('a full last page has no next link', () => {
    const heard = ask(opened(100), '/api/v4/events?limit=100');
    expect(heard.json._embedded.events).toHaveLength(100);
    expect(heard.json._links).not.toHaveProperty('next');
  });

  test('links keep the filter and move the page; first and prev come from page 2 on', () => {
    const simulator = opened(30, { inclusiveBounds: true });
    const { json } = ask(simulator, `/api/v4/events?limit=10&page=2&filter[created_at][from]=${SECOND}`);
    const next = new URL(json._links.next.href);
    expect(next.host).toBe('demo.amocrm.ru');
    expect(Object.fromEntries(next.searchParams)).toEqual({
      page: '3',
      limit: '10',
      'filter[created_at][from]': String(SECOND),
    });
    expect(new URL(json._links.prev.href).searchParams.get('page')).toBe('1');
    expect(json._links).toHaveProperty('first');
    expect(json).not.toHaveProperty('_total_items');
  });

  /** Pages that have a `next`, of those that there are. */
  function pagesWithNext(simulator: Simulator, pages: number): number[] {
    const numbers = Array.from({ length: pages }, (_, index) => index + 1);
    return numbers.filter(page => {
      const heard = ask(simulator, `/api/v4/events?limit=100&page=${page}`);
      expect(heard.status).toBe(200);
      return heard.json._links.next !== undefined;
    });
  }

  test('no page has a next link, although more follow', () => {
    expect(pagesWithNext(opened(430, { nextLinks: 'missing' }), 5)).toEqual([]);
  });

  test.each([200, 230])('the last page of %i events, too, has a next link, which leads to 204', count => {
    const simulator = opened(count, { nextLinks: 'phantom' });
    const last = Math.ceil(count / 100);
    expect(pagesWithNext(simulator, last)).toHaveLength(last);
    expect(ask(simulator, `/api/v4/events?limit=100&page=${last + 1}`).status).toBe(204);
    expect(readAll(simulator, '/api/v4/events?limit=100')).toHaveLength(count);
  });

  test('some pages have no next link, the same ones whenever they are asked for', () => {
    const simulator = opened(2030, { nextLinks: 'sometimes-missing' });
    const linked = pagesWithNext(simulator, 21);
    expect(linked.length).toBeGreaterThan(4);
    expect(linked.length).toBeLessThan(17);
    expect(linked).not.toContain(21);
    expect(pagesWithNext(simulator, 21)).toEqual(linked);
  });

  test('a shard may stand in the links', () => {
    const { json } = ask(opened(30, { sharedHostLinks: true }), '/api/v4/events?limit=10');
    expect(new URL(json._links.next.href).host).toBe('shard151.amocrm.ru');
  });

  test('without limit, and above 100, a page has 50', () => {
    const simulator = opened(130);
    expect(ask(simulator, '/api/v4/events').json._embedded.events).toHaveLength(50);
    expect(ask(simulator, '/api/v4/events?limit=250').json._embedded.events).toHaveLength(50);
    expect(readAll(simulator, '/api/v4/events?limit=250')).toHaveLength(130);
  });

  test.each(['page=0', 'limit=0', 'page=-1', 'limit=abc'])('%s is refused', query => {
    expect(ask(opened(3), `/api/v4/events?${query}`).status).toBe(400);
  });

  test('any number of events, any page size: each once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        (count, limit, old) => {
          const simulator = opened(count, { order: old ? 'oldest-first' : 'newest-first' }, 0);
          const read = readAll(simulator, `/api/v4/events?limit=${limit}`);
          expect([...read].sort()).toEqual([...idsIn(simulator)].sort());
          expect(simulator.ledger.requests).toHaveLength(Math.max(1, Math.ceil(count / limit)));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('when an event is there', () => {
  test('not before it happened, nor before it is visible', () => {
    const simulator = new Simulator({
      events: [
        { at: NOON + 205, type: 'lead_status_changed', createdBy: 0 },
        { at: NOON, type: 'lead_added', createdBy: 0, visibleFrom: NOON + 60_000 },
      ],
    });
    expect(ask(simulator, '/api/v4/events', { at: NOON + 204 }).status).toBe(204);
    expect(ask(simulator, '/api/v4/events', { at: NOON + 2000 }).json._embedded.events).toHaveLength(1);
    expect(ask(simulator, '/api/v4/events', { at: NOON + 60_000 }).json._embedded.events).toHaveLength(2);
  });

  test('at once, if so wished', () => {
    const simulator = opened(2, { eventsAppear: 'at-once' });
    expect(ask(simulator, '/api/v4/events', { at: 0 }).json._embedded.events).toHaveLength(2);
  });

  test('the id holds the moment, whose seconds are created_at', () => {
    const simulator = new Simulator({ events: [{ at: NOON + 297, type: 'lead_added', createdBy: 0 }] });
    const event = ask(simulator, '/api/v4/events').json._embedded.events[0];
    expect(event.id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    expect(timeOfUlid(event.id)).toBe(NOON + 297);
    expect(event.created_at).toBe(SECOND);
  });

  test('an id of one’s own is served as it is', () => {
    const id = '01HQXEDSQSC0AZYCQ5';
    const simulator = new Simulator({ events: [{ id, at: NOON, type: 'lead_added', createdBy: 0 }] });
    expect(ask(simulator, '/api/v4/events').json._embedded.events[0].id).toBe(id);
    expect(ask(simulator, `/api/v4/events/${id}`).json.id).toBe(id);
    expect(simulator.ledger.events[0]?.id).toBe(id);
  });

  test.each([[{ nps: { rate: 7 } }], [null], ['text'], [7], [[null, 7, 'text', [], { nps: null }]]])(
    'values of another form are served as they are, and fit no filter: %j',
    values => {
      const event = { at: NOON, type: 'nps_rate_added', createdBy: 0 };
      const simulator = new Simulator({ events: [{ ...event, valueAfter: values, valueBefore: values }] });
      expect(ask(simulator, '/api/v4/events').json._embedded.events[0]).toMatchObject({
        value_after: values,
        value_before: values,
      });
      const asked = '/api/v4/events?filter[type]=nps_rate_added&filter[value_after][value]=7';
      expect(ask(simulator, asked).status).toBe(204);
    },
  );
});

describe('filters', () => {
  const leadStatus = (id: number) => [{ lead_status: { id, pipeline_id: 7 } }];
  const sample: NewEvent[] = [
    { at: NOON, type: 'lead_added', createdBy: 9_000_001, entityId: 11 },
    { at: NOON + 10_000, type: 'task_added', createdBy: 0, entityId: 12 },
    {
      at: NOON + 20_000,
      type: 'lead_status_changed',
      createdBy: 9_000_002,
      entityId: 11,
      valueAfter: leadStatus(142),
    },
    { at: NOON + 30_000, type: 'incoming_chat_message', createdBy: 0, entityId: 11, linkedTalkContactId: 33 },
    {
      at: NOON + 40_000,
      type: 'custom_field_5_value_changed',
      createdBy: 0,
      entityType: 'contact',
      entityId: 33,
    },
    {
      at: NOON + 50_000,
      type: 'nps_rate_added',
      createdBy: 0,
      entityType: 'customer',
      valueAfter: [{ nps: { rate: 7 } }],
    },
  ];
  const simulator = new Simulator({
    events: sample,
    order: 'oldest-first',
    customFields: [{ id: 5, name: 'Поле' }],
  });
  const found = (filter: string): number[] => {
    const heard = ask(simulator, `/api/v4/events?${filter}`);
    if (heard.status === 204) return [];
    expect(heard.status).toBe(200);
    return heard.json._embedded.events.map((event: { created_at: number }) => event.created_at - SECOND);
  };

  test.each<[string, number[]]>([
    [`filter[created_at][from]=${SECOND + 10}&filter[created_at][to]=${SECOND + 20}`, [10, 20]],
    [`filter[created_at]=${SECOND + 10},${SECOND + 20}`, [10, 20]],
    [`filter[created_at][from]=${SECOND + 40}`, [40, 50]],
    [`filter[created_at][to]=${SECOND}`, [0]],
    [`filter[created_at]=${SECOND + 30}`, [40, 50]],
    ['filter[type]=lead_added,task_added', [0, 10]],
    ['filter[type][]=lead_added&filter[type][]=task_added', [0, 10]],
    ['filter[type][0]=custom_field_5_value_changed', [40]],
    ['filter[created_by]=9000001,9000002', [0, 20]],
    ['filter[created_by][]=9000002', [20]],
    ['filter[entity]=lead', [0, 20]],
    ['filter[entity]=contact', [30, 40]],
    ['filter[entity]=lead&filter[entity_id]=11', [0, 20]],
    ['filter[entity]=contact&filter[entity_id][]=33', [30, 40]],
    [
      'filter[value_after][leads_statuses][0][pipeline_id]=7&filter[value_after][leads_statuses][0][status_id]=142',
      [20],
    ],
    [
      'filter[value_after][leads_statuses][0][pipeline_id]=8&filter[value_after][leads_statuses][0][status_id]=142',
      [],
    ],
    ['filter[type]=nps_rate_added&filter[value_after][value]=7', [50]],
    ['filter[type]=nps_rate_added&filter[value_after][value]=8', []],
  ])('%s', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  test('by id, alone and in the list', () => {
    const id = simulator.ledger.events[2]?.id;
    expect(found(`filter[id]=${id}`)).toEqual([20]);
    expect(ask(simulator, `/api/v4/events/${id}`).json.id).toBe(id);
    expect(ask(simulator, '/api/v4/events/01pz58t6p04ymgsgfbmfyfy1mf').status).toBe(204);
  });

  test('the ends of a range can be outside of it', () => {
    const strict = new Simulator({ events: sample, order: 'oldest-first', inclusiveBounds: false });
    const range = `filter[created_at][from]=${SECOND + 10}&filter[created_at][to]=${SECOND + 30}`;
    expect(readAll(strict, `/api/v4/events?${range}`)).toEqual([strict.ledger.events[2]?.id]);
  });

  test.each<[string, string]>([
    ['filter[type]=lead_added,unheard_of', 'Invalid params passed to filter'],
    ['filter[type]=lead_added,custom_field_5_value_changed', 'Given filter conflict with other params'],
    ['filter[type]=lead_added&filter[entity]=contact', 'Given filter conflict with other params'],
    ['filter[entity_id]=11', 'Given filter conflict with other params'],
    ['filter[entity]=elephant', 'Invalid params passed to filter'],
    ['filter[created_by]=0', 'Invalid params passed to filter'],
    [
      `filter[entity]=lead&filter[entity_id]=${Array.from({ length: 11 }, (_, i) => i)}`,
      'Invalid params passed to filter',
    ],
    ['filter[created_at][from]=yesterday', 'Invalid params passed to filter'],
  ])('%s is refused: %s', (filter, detail) => {
    expect(ask(simulator, `/api/v4/events?${filter}`)).toMatchObject({
      status: 400,
      json: { status: 400, detail },
    });
  });

  test('the nested text of a conflict', () => {
    const { text } = ask(simulator, '/api/v4/events?filter[type]=lead_added&filter[entity]=contact');
    expect(text).toContain("Entity does't match type filter");
  });
});

describe('what is served', () => {
  test('names come with `with`, for that kind of entity only', () => {
    const simulator = new Simulator({
      events: [{ at: NOON, type: 'lead_added', createdBy: 0, entityId: 5, entityName: 'Сделка' }],
    });
    const entity = (path: string) => ask(simulator, path).json._embedded.events[0]._embedded.entity;
    expect(entity('/api/v4/events?with=lead_name,contact_name').name).toBe('Сделка');
    expect(entity('/api/v4/events?with=contact_name')).not.toHaveProperty('name');
    expect(entity('/api/v4/events')._links.self.href).toBe('https://demo.amocrm.ru/api/v4/leads/5');
  });

  test('malformed rows, as ordered', () => {
    const simulator = new Simulator({
      order: 'oldest-first',
      events: [
        { at: NOON, type: 'lead_added', createdBy: 'absent' },
        { at: NOON + 1000, type: 'lead_added', createdBy: null },
        {
          at: NOON + 2000,
          type: 'lead_added',
          createdBy: 0,
          raw: { created_at: 0, id: 'not-a-ulid', account_id: undefined },
        },
      ],
    });
    const rows = ask(simulator, '/api/v4/events').json._embedded.events;
    expect(rows[0]).not.toHaveProperty('created_by');
    expect(rows[1].created_by).toBeNull();
    expect(rows[2]).toMatchObject({ created_at: 0, id: 'not-a-ulid' });
    expect(rows[2]).not.toHaveProperty('account_id');
  });
});
