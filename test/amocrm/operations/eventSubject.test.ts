import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { subjectOfEvent } from '../../../src/amocrm/operations/eventSubject';
import { attributed } from '../../../src/core/attribution';
import { hoursOf } from '../../../src/core/dayHours';
import { entityKey, entityOf } from '../../../src/core/entity';
import { loopsOf, NO_LOOPS, storedLoops, withEvents } from '../../../src/core/loops';
import { processOf } from '../../../src/core/process';
import { type Subject, subjectText } from '../../../src/core/subject';
import { storedSums, sumsOf, sumsOfEvents, totalOf } from '../../../src/core/sums';
import { listPage, text } from '../../support/amoAnswers';
import { clientOver } from '../../support/clientOver';
import { eventPages } from '../../support/eventPages';

const published = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../fixtures/amocrm/events', name), 'utf8'));

interface Shape {
  types: string[];
  value_after?: unknown;
  value_before?: unknown;
}
const SHAPES = published('value-shapes.json') as Shape[];

/** What the published values are about, by type. */
const ABOUT: Record<string, Subject> = {
  robot_replied: { kind: 'bot', id: '145' },
  intent_identified: { kind: 'bot', id: '145' },
  entity_tag_added: { kind: 'tag', id: 'тег1' },
  entity_tag_deleted: { kind: 'tag', id: 'тег2' },
  lead_status_changed: { kind: 'stage', id: '437642/5233224' },
  customer_status_changed: { kind: 'customerStage', id: '43832' },
  entity_responsible_changed: { kind: 'responsible', id: '504329' },
  task_type_changed: { kind: 'taskType', id: '504329' },
  custom_field_value_changed: { kind: 'field', id: '53728' },
  ...Object.fromEntries(
    ['customer', 'company', 'contact', 'lead', 'entity'].flatMap(kind =>
      ['linked', 'unlinked'].map(how => [`${kind}_${how}`, { kind: 'linked', id: 'lead' }]),
    ),
  ),
};

describe('T16 · what published events are about', () => {
  it.each(SHAPES.flatMap(({ types, ...values }) => types.map(type => [type, values] as const)))(
    'T16 · %s',
    (type, { value_after: after, value_before: before }) => {
      expect(subjectOfEvent(type, after, before)).toEqual(ABOUT[type]);
    },
  );
});

const stage = (id: unknown, pipeline?: unknown) => [{ lead_status: { id, pipeline_id: pipeline } }];
const tags = (...names: unknown[]) => names.map(name => ({ tag: { name } }));

describe('T16 · D8 · what an event is about', () => {
  it.each<[string, string, unknown, unknown, Subject | undefined]>([
    ['a type of a field', 'custom_field_77_value_changed', [], [], { kind: 'field', id: '77' }],
    [
      'such a type, whatever its value says',
      'custom_field_77_value_changed',
      [{ custom_field_value: { field_id: 5 } }],
      stage(1, 2),
      { kind: 'field', id: '77' },
    ],
    [
      'an object instead of a list',
      'x',
      { lead_status: { id: 142, pipeline_id: 7 } },
      [],
      { kind: 'stage', id: '7/142' },
    ],
    ['a stage without a pipeline', 'x', stage(142), [], { kind: 'stage', id: '/142' }],
    ['ids as text', 'x', stage('142', '7'), [], { kind: 'stage', id: '7/142' }],
    ['a pipeline that is none', 'x', stage(142, {}), [], { kind: 'stage', id: '/142' }],
    ['a stage that is none', 'x', stage(null, 7), [], undefined],
    ['an id of 0', 'x', [{ helpbot: { id: 0 } }], [], { kind: 'bot', id: '0' }],
    ['only a value before', 'x', [], stage(1, 2), { kind: 'stage', id: '2/1' }],
    ['the value after first', 'x', stage(3, 4), stage(1, 2), { kind: 'stage', id: '4/3' }],
    ...['deleted', 'unlinked', 'detached', 'removed'].map(
      (end): [string, string, unknown, unknown, Subject] => [
        `what is ${end}: the value before first`,
        `x_${end}`,
        stage(3, 4),
        stage(1, 2),
        { kind: 'stage', id: '2/1' },
      ],
    ),
    ['deleted only in the middle', 'x_deleted_y', stage(3, 4), stage(1, 2), { kind: 'stage', id: '4/3' }],
    ['several tags, in a fixed order, each once', 'x', tags('я', 'a', 'я'), [], { kind: 'tag', id: 'a, я' }],
    ['tags without a name', 'x', tags('', null, 5, {}), [], { kind: 'tag', id: '5' }],
    ['no tag that has a name', 'x', tags('', null), tags('b'), { kind: 'tag', id: 'b' }],
    [
      'tags and something else',
      'x',
      [...tags('a'), ...stage(1, 2), ...tags('b')],
      [],
      { kind: 'tag', id: 'a, b' },
    ],
    ['something else, and tags', 'x', [...stage(1, 2), ...tags('a')], [], { kind: 'stage', id: '2/1' }],
    [
      'unknown elements first',
      'x',
      [null, 5, 'x', [], {}, { note: { id: 1 } }, ...stage(1, 2)],
      [],
      { kind: 'stage', id: '2/1' },
    ],
    [
      'a channel',
      'incoming_chat_message',
      [{ message: { id: 'u', origin: 'telegram' } }],
      [],
      { kind: 'channel', id: 'telegram' },
    ],
    ['a message without a channel', 'incoming_chat_message', [{ message: { id: 'u' } }], [], undefined],
    ['a channel that is a number', 'x', [{ message: { origin: 5 } }], [], undefined],
    [
      'what was unlinked',
      'x',
      [{ unlink: { entity: { type: 'contact', id: 5 } } }],
      [],
      { kind: 'linked', id: 'contact' },
    ],
    ['a link without an entity', 'x', [{ link: { entity: null } }], [], undefined],
    ['a link to a text', 'x', [{ link: { entity: 'lead' } }], [], undefined],
    ['a value in a list', 'x', [{ lead_status: [142] }], [], undefined],
    ['nothing', 'x', undefined, undefined, undefined],
    ['null', 'x', null, null, undefined],
    ['a text', 'x', 'lead_status', '[]', undefined],
    ['a list of lists', 'x', [stage(1, 2)], [], undefined],
    ['beyond all numbers', 'x', [{ helpbot: { id: Number.POSITIVE_INFINITY } }], [], undefined],
  ])('T16 · D8 · %s', (_, type, after, before, subject) => {
    expect(subjectOfEvent(type, after, before)).toEqual(subject);
  });

  it('D8 · a name is cut, and of a huge list only the beginning is looked at', () => {
    const long = 'я'.repeat(1_000_000);
    expect(subjectOfEvent('x', tags(long), [])).toEqual({ kind: 'tag', id: 'я'.repeat(100) });
    expect(subjectOfEvent('x', stage(long, long), [])!.id).toHaveLength(100);
    const many = Array.from({ length: 100 }, (_, nth) => `${nth}`.padStart(5, 'x'));
    expect(subjectOfEvent('x', tags(...many), [])!.id).toHaveLength(100);
    const nothing = Array<unknown>(99).fill(null);
    expect(subjectOfEvent('x', [...nothing, ...tags('a')], [])).toEqual({ kind: 'tag', id: 'a' });
    expect(subjectOfEvent('x', [...nothing, null, ...tags('a')], [])).toBeUndefined();
  });

  const keys = fc.constantFrom(
    ...['lead_status', 'customer_status', 'tag', 'custom_field_value', 'responsible_user', 'task_type'],
    ...['message', 'link', 'unlink', 'helpbot', 'note', '__proto__'],
  );
  const inner = fc.dictionary(
    fc.constantFrom('id', 'name', 'pipeline_id', 'field_id', 'origin', 'entity', 'type'),
    fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.record({ type: fc.anything() })),
  );
  const element = fc.oneof(fc.dictionary(keys, fc.oneof(inner, fc.anything())), fc.anything());
  const value = fc.oneof(fc.array(element), element, fc.jsonValue());
  const type = fc.oneof(fc.string(), fc.constantFrom('entity_tag_deleted', 'lead_status_changed'));

  it('D8 · whatever the values are, nothing is thrown, and what comes is short', () => {
    fc.assert(
      fc.property(type, value, value, (name, after, before) => {
        const subject = subjectOfEvent(name, after, before);
        if (!subject) return;
        expect(typeof subject.id).toBe('string');
        expect(subject.id.length).toBeGreaterThan(0);
        expect(subject.id.length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 1_000 },
    );
  });
});

const HOURS = hoursOf('2026-11-18', 'Europe/Moscow');
const FROM = HOURS[0]!.from;
const BY = { users: new Set([101, 939_801]), present: new Set([101]), serviceAccounts: new Set<number>() };
const PUBLISHED = [
  published('by-id.json'),
  ...['list-page.json', 'list-page-kommo.json'].flatMap(
    name => (published(name) as { _embedded: { events: unknown[] } })._embedded.events,
  ),
  ...SHAPES.flatMap(({ types, ...values }) =>
    types.map(type => ({
      ...values,
      type,
      id: type,
      created_at: FROM,
      created_by: 0,
      entity_id: 7,
      entity_type: 'lead',
    })),
  ),
];

/** The whole way of a page of events: read, attributed, counted, kept. */
function counted(body: string) {
  const { client } = clientOver(() => text(body));
  const [page = { events: [], unreadable: 0 }] = eventPages(client, { from: FROM, to: FROM + 86_399 });
  const events = attributed(page.events, { hours: HOURS, by: BY });
  const sums = sumsOfEvents(events);
  expect(sumsOf(JSON.parse(JSON.stringify(storedSums(sums))))).toEqual(sums);
  const loops = withEvents(NO_LOOPS, events);
  const kept = JSON.parse(JSON.stringify(storedLoops(withEvents(loops, [...events, ...events, ...events]))));
  expect(storedLoops(loopsOf(kept))).toEqual(kept);
  return { events, sums, unreadable: page.unreadable };
}

describe('T16 · D8 · from the wire to the sums', () => {
  it('T16 · every published event has an actor and, where it is automated, a process', () => {
    const { events, sums, unreadable } = counted(JSON.stringify({ _embedded: { events: PUBLISHED } }));
    expect(unreadable).toBe(0);
    expect(events).toHaveLength(PUBLISHED.length);
    expect(totalOf(sums)).toBe(PUBLISHED.length);
    for (const { actor, doing, event } of events) {
      expect(event.entity).toEqual({ type: 'lead', id: expect.any(Number) });
      expect(doing === undefined).toBe(actor === 'person' || actor === 'former');
      if (doing) expect(processOf(doing)).toMatchObject({ actor, about: event.subject });
    }
    expect(events.map(({ event }) => subjectText(event.subject))).toContain('s437642/5233224');
    expect(events.filter(({ actor }) => actor === 'former')).toHaveLength(2);
  });

  const record = fc.record(
    {
      id: fc.oneof(fc.string({ minLength: 1 }), fc.integer()),
      type: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('entity_tag_added', '=', 'a|b')),
      created_at: fc
        .oneof(fc.nat(86_399), fc.double({ min: 0, max: 86_399, noNaN: true }))
        .map(second => FROM + second),
      created_by: fc.jsonValue(),
      entity_id: fc.oneof(fc.jsonValue(), fc.integer(), fc.double(), fc.constantFrom('7', 1.5, 1e300)),
      entity_type: fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom('lead', 'a.b', 'a\nb', 'a:b')),
      value_after: fc.oneof(fc.jsonValue(), fc.constant([{ tag: { name: 'a|b.c\n"\ud83d' } }])),
      value_before: fc.jsonValue(),
    },
    { requiredKeys: ['id', 'type', 'created_at'] },
  );

  it('D6 · D8 · D9 · whatever stands in them, events are counted, and what is kept is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(record, fc.jsonValue())), records => {
        const { events, sums, unreadable } = counted(JSON.stringify({ _embedded: { events: records } }));
        expect(events.length + unreadable).toBe(records.length);
        expect(totalOf(sums)).toBe(events.length);
        for (const { event } of events) {
          expect(Number.isInteger(event.createdAt)).toBe(true);
          if (event.entity) expect(entityOf(entityKey(event.entity))).toEqual(event.entity);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('D8 · a megabyte of text is no obstacle, and nothing of it is kept', () => {
    const huge = 'я'.repeat(500_000);
    const one = { id: 'e1', type: 'x', created_at: FROM, entity_id: 7, entity_type: huge };
    const events = [
      { ...one, value_after: [{ tag: { name: huge } }] },
      { ...one, id: 'e2', value_after: huge, value_before: { [huge]: huge } },
    ];
    const { client } = clientOver(() => listPage('events', events));
    const [page] = eventPages(client, { from: FROM, to: FROM });
    const sums = sumsOfEvents(attributed(page!.events, { hours: HOURS, by: BY }));
    expect(JSON.stringify(storedSums(sums)).length).toBeLessThan(1_000);
  });
});
