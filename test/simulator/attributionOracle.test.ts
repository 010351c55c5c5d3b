import { type Actor, type AttributionOptions, attribution } from './attributionOracle';
import type { Subject } from './eventSubject';
import { believableDay } from './generator';
import { oracleReport } from './oracle';
import { SeededRandom } from './seededRandom';
import { Simulator } from './simulator';
import type { NewEvent } from './state';
import { readUlid, ulid } from './ulid';

const DATE = '2026-11-18';
const NOON = Date.parse(`${DATE}T09:00:00Z`);
const HOUR = 3_600_000;

const made = (more: Partial<NewEvent> = {}): NewEvent => ({
  at: NOON,
  type: 'task_added',
  createdBy: 0,
  entityType: 'lead',
  entityId: 1,
  ...more,
});

function told(events: readonly NewEvent[], options: AttributionOptions = {}) {
  const users = [{ id: 1, name: 'А', isAdmin: true }];
  return attribution(new Simulator({ timeZone: 'Europe/Moscow', users, events }), DATE, options);
}

/** 26 characters whose first ten are the moment. */
const ulidAt = (at: number, tail = '0') =>
  ulid(at, new SeededRandom('x')).slice(0, 10) + tail.padStart(16, '0');

describe('who made an event', () => {
  const options: AttributionOptions = { serviceAccounts: [2, 20], formerUsers: [3], rememberedUsers: [1, 4] };

  test.each<[who: string, createdBy: NewEvent['createdBy'], type: string, actor: Actor]>([
    ['the robot', 0, 'task_added', 'robot'],
    ['the robot, as text', '0', 'task_added', 'robot'],
    ['nobody', null, 'task_added', 'unknown'],
    ['nobody', 'absent', 'task_added', 'unknown'],
    ['nobody, as empty text', '', 'task_added', 'unknown'],
    ['a client', 0, 'incoming_chat_message', 'client'],
    ['a client', '0', 'incoming_mail', 'client'],
    ['a client', null, 'incoming_call', 'client'],
    ['a client', 'absent', 'site_visit_note_added', 'client'],
    ['nobody of whom the type is like a client’s', null, 'incoming_chat_messages', 'unknown'],
    ['an employee who notes a call', 1, 'incoming_call', 'person'],
    ['a service that notes a call', 2, 'incoming_call', 'service'],
    ['a service', 2, 'task_added', 'service'],
    ['a service, as text', '2', 'task_added', 'service'],
    ['an employee', 1, 'task_added', 'person'],
    ['an employee, as text', '1', 'task_added', 'person'],
    ['one who has left', 3, 'task_added', 'former'],
    ['one who was listed before', 4, 'task_added', 'former'],
    ['one who was listed before, as text', '4', 'task_added', 'former'],
    ['a stranger', 5, 'task_added', 'unknown'],
    ['a negative number', -1, 'task_added', 'unknown'],
    ['text that is no number', 'robot', 'task_added', 'unknown'],
    ['text that is no number', 'Infinity', 'incoming_call', 'unknown'],
  ])('%s: %j, %s', (_, createdBy, type, actor) => {
    const { actors } = told([made({ createdBy, type })], options);
    expect(actors).toEqual({
      robot: 0,
      client: 0,
      service: 0,
      person: 0,
      former: 0,
      unknown: 0,
      [actor]: 1,
    });
  });

  test('who is listed now is no former user, whatever else is said; a service account is a service above all', () => {
    const by = (createdBy: number) => made({ createdBy });
    expect(told([by(1)], { formerUsers: [1] }).actors.person).toBe(1);
    expect(told([by(1)], { formerUsers: [1], serviceAccounts: [1] }).actors.service).toBe(1);
    expect(told([by(0)], { serviceAccounts: [0] }).actors.robot).toBe(1);
  });

  test('robots, services, strangers and, if wanted, clients are automation', () => {
    const events = [
      made({ createdBy: 0, type: 'a' }),
      made({ createdBy: 0, type: 'incoming_sms' }),
      made({ createdBy: 2, type: 'b' }),
      made({ createdBy: 1, type: 'c' }),
      made({ createdBy: 3, type: 'd' }),
      made({ createdBy: 5, type: 'e' }),
    ];
    const counted = (more: AttributionOptions = {}) => {
      const { hours, processes } = told(events, { ...options, ...more });
      expect(processes.map(({ type }) => type)).toEqual(Object.keys(hours));
      return processes.map(({ type, actor }) => `${type} ${actor}`);
    };
    expect(counted()).toEqual(['a robot', 'b service', 'e unknown', 'incoming_sms client']);
    expect(counted({ clientActionsCount: false })).toEqual(['a robot', 'b service', 'e unknown']);
  });
});

describe('what an event is about', () => {
  const stage = (id: unknown, pipeline_id: unknown) => ({ lead_status: { id, pipeline_id } });
  const tag = (name: unknown) => ({ tag: { name } });
  const link = (type: unknown) => ({ link: { entity: { type, id: 9 } } });
  const unlink = (type: unknown) => ({ unlink: { entity: { type, id: 9 } } });
  const field = (field_id: unknown) => ({ custom_field_value: { field_id, text: '1' } });
  const long = 'я'.repeat(120);

  type Row = [what: string, type: string, after: unknown, before: unknown, expected: string | undefined];
  const usual: Row[] = [
    ['a stage', 'lead_status_changed', [stage(142, 7)], [stage(3, 7)], 'stage 7/142'],
    [
      'a customer’s stage',
      'customer_status_changed',
      [{ customer_status: { id: 8 } }],
      [],
      'customerStage 8',
    ],
    ['a tag', 'entity_tag_added', [tag('vip')], [], 'tag vip'],
    ['several tags', 'entity_tag_added', [tag('б'), tag('а'), tag('б'), tag('B')], [], 'tag B, а, б'],
    ['a field', 'custom_field_value_changed', [field(5), field(6)], [field(7)], 'field 5'],
    ['a responsible', 'entity_responsible_changed', [{ responsible_user: { id: 4 } }], [], 'responsible 4'],
    [
      'nobody responsible',
      'entity_responsible_changed',
      [{ responsible_user: { id: 0 } }],
      [],
      'responsible 0',
    ],
    [
      'a task type',
      'task_type_changed',
      [{ task_type: { id: 2 } }],
      [{ task_type: { id: 1 } }],
      'taskType 2',
    ],
    ['a channel', 'incoming_chat_message', [{ message: { id: 'x', origin: 'waba' } }], [], 'channel waba'],
    ['a link', 'entity_linked', [link('company')], [], 'linked company'],
    ['a bot', 'robot_replied', [{ helpbot: { id: 145 } }], [], 'bot 145'],
    ['nothing of it', 'lead_added', [{ note: { id: 1 } }], [], undefined],
    ['no values', 'task_added', [], [], undefined],
    ['a shape under a type of another kind', 'smart_queue_moved', [stage(1, 2)], [], 'stage 2/1'],
  ];
  const gone: Row[] = [
    [
      'before, after nothing',
      'entity_responsible_changed',
      [],
      [{ responsible_user: { id: 4 } }],
      'responsible 4',
    ],
    ['before, after the unknown', 'x_changed', [{ note: { id: 1 } }], [tag('a')], 'tag a'],
    ['what is gone', 'entity_tag_deleted', [tag('stays')], [tag('goes')], 'tag goes'],
    ['what is gone, told after', 'entity_unlinked', [unlink('contact')], [], 'linked contact'],
    ['what is gone, told before', 'entity_unlinked', [link('lead')], [unlink('contact')], 'linked contact'],
    ['detached', 'entity_segment_detached', [tag('a')], [tag('b')], 'tag b'],
    ['removed', 'meta_chat_subscription_removed', [tag('a')], [tag('b')], 'tag b'],
    ['only at the end of the type', 'entity_deleted_tag', [tag('a')], [tag('b')], 'tag a'],
  ];
  const fieldTypes: Row[] = [
    ['without values', 'custom_field_12_value_changed', [], [], 'field 12'],
    ['whatever the values', 'custom_field_12_value_changed', [field(13), tag('a')], null, 'field 12'],
    ['no number', 'custom_field_x_value_changed', [tag('a')], [], 'tag a'],
    ['longer', 'custom_field_12_value_changed_twice', [], [], undefined],
    [
      'a very long number',
      `custom_field_${'1'.repeat(120)}_value_changed`,
      [],
      [],
      `field ${'1'.repeat(100)}`,
    ],
  ];
  const odd: Row[] = [
    ['an object for a list', 'entity_tag_added', tag('alone'), [tag('b')], 'tag alone'],
    ['an unknown object for a list', 'entity_tag_added', { note: 1 }, tag('b'), 'tag b'],
    ['null', 'entity_tag_added', null, [tag('b')], 'tag b'],
    ['nulls', 'entity_tag_added', null, null, undefined],
    ['text', 'entity_tag_added', 'tag', [tag('b')], 'tag b'],
    ['a number', 'entity_tag_added', 5, true, undefined],
    ['an object with a length', 'entity_tag_added', { length: 1, 0: tag('a') }, [], undefined],
    ['elements that are none', 'x', [null, undefined, 5, 'a', [], {}, tag('a')], [], 'tag a'],
    ['a list in a list', 'x', [[tag('a')]], [tag('b')], 'tag b'],
    ['a list for the inner object', 'x', [{ tag: [{ name: 'a' }] }], [], undefined],
    [
      'deep garbage',
      'x',
      [{ link: { entity: { type: { type: 'lead' } } } }],
      [{ link: { entity: 7 } }],
      undefined,
    ],
    ['deep null', 'x', [{ link: null }, { unlink: { entity: null } }, { tag: undefined }], [], undefined],
    ['too deep', 'x', [{ value: tag('a') }], [], undefined],
    ['numbers as text', 'lead_status_changed', [stage('142', '7')], [], 'stage 7/142'],
    ['half a stage', 'x', [stage(142, undefined), stage(null, 7)], [stage(1, 2)], 'stage 2/1'],
    ['the second of two stages', 'x', [stage('', 7), stage(5, 7)], [], 'stage 7/5'],
    ['empty texts', 'x', [tag(''), field(''), link('')], [], undefined],
    ['a blank text', 'x', [tag(' ')], [], 'tag  '],
    ['numbers that are none', 'x', [field(Number.NaN), field(Number.POSITIVE_INFINITY)], [], undefined],
    ['yes and no', 'x', [tag(true), field(false)], [], undefined],
    ['a number as a tag', 'x', [tag(5), tag('5'), tag(4.5)], [], 'tag 4.5, 5'],
    ['an origin that is a number', 'x', [{ message: { origin: 5 } }], [tag('a')], 'tag a'],
    ['an empty origin', 'x', [{ message: { origin: '' } }], [], undefined],
    ['no origin', 'outgoing_chat_message', [{ message: { id: 'x' } }], [], undefined],
    ['tags among others', 'x', [{ note: { id: 1 } }, tag('b'), field(5), tag('a')], [], 'tag a, b'],
    ['others before tags', 'x', [field(5), tag('b')], [], 'field 5'],
    ['two shapes in one element', 'x', [{ ...tag('a'), ...stage(1, 2) }], [], 'stage 2/1'],
    ['a very long tag', 'x', [tag(long)], [], `tag ${'я'.repeat(100)}`],
    [
      'many long tags',
      'x',
      [tag('a'.repeat(60)), tag('b'.repeat(60))],
      [],
      `tag ${'a'.repeat(60)}, ${'b'.repeat(38)}`,
    ],
    [
      'a long stage',
      'x',
      [stage('2'.repeat(90), '1'.repeat(20))],
      [],
      `stage ${'1'.repeat(20)}/${'2'.repeat(79)}`,
    ],
    [
      'half of a surrogate pair at the cut',
      'x',
      [tag(`${'a'.repeat(99)}😀`)],
      [],
      `tag ${'a'.repeat(99)}\ud83d`,
    ],
  ];
  const inWords = (subject: Subject | undefined) => subject && `${subject.kind} ${subject.id}`;

  test.each([...usual, ...gone, ...fieldTypes, ...odd])(
    '%s (%s)',
    (_, type, valueAfter, valueBefore, expected) => {
      const { processes } = told([made({ type, valueAfter, valueBefore })]);
      expect(processes.map(({ subject }) => inWords(subject))).toEqual([expected]);
    },
  );
});

describe('processes', () => {
  test('type, subject and actor together; fields are one type, with or without a key of their own', () => {
    const field = [{ custom_field_value: { field_id: 5, text: 'x' } }];
    const { processes, hours } = told([
      made({ type: 'custom_field_5_value_changed' }),
      made({ type: 'custom_field_value_changed', valueAfter: field }),
      made({ type: 'custom_field_6_value_changed' }),
      made({ type: 'custom_field_value_changed' }),
      made({ type: 'custom_field_5_value_changed', createdBy: 77 }),
      made({ type: 'custom_field_5_value_changed', createdBy: 1 }),
    ]);
    expect(processes.map(({ type, subject, actor, events }) => [type, subject, actor, events])).toEqual([
      ['custom_field_value_changed', { kind: 'field', id: '5' }, 'robot', 2],
      ['custom_field_value_changed', undefined, 'robot', 1],
      ['custom_field_value_changed', { kind: 'field', id: '5' }, 'unknown', 1],
      ['custom_field_value_changed', { kind: 'field', id: '6' }, 'robot', 1],
    ]);
    expect(Object.keys(hours)).toEqual(['custom_field_value_changed']);
    expect(hours['custom_field_value_changed']?.[12]).toBe(5);
  });

  test('the same id of another kind is another subject', () => {
    const { processes } = told([
      made({ type: 'x', valueAfter: [{ tag: { name: '5' } }] }),
      made({ type: 'x', valueAfter: [{ helpbot: { id: 5 } }] }),
    ]);
    expect(processes).toHaveLength(2);
  });

  test('hours by the wall clock; of equal peaks the earliest', () => {
    const { processes, hours } = told([
      made({ at: NOON + 3 * HOUR }),
      made({ at: NOON + 3 * HOUR + 59 * 60_000 }),
      made({ at: NOON }),
      made({ at: NOON + 1000 }),
      made({ at: NOON - 4 * HOUR }),
      made({ type: 'b', at: Date.parse(`${DATE}T20:59:59.999Z`) }),
      made({ type: 'b', at: Date.parse(`${DATE}T21:00:00Z`) }),
    ]);
    const by = (places: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => places[hour] ?? 0);
    expect(hours).toEqual({ b: by({ 23: 1 }), task_added: by({ 8: 1, 12: 2, 15: 2 }) });
    expect(processes.map(({ type, peakHour }) => [type, peakHour])).toEqual([
      ['task_added', 12],
      ['b', 23],
    ]);
    expect(processes[0]?.hours).toEqual(hours['task_added']);
  });

  test('an hour that comes twice fills one place, in any zone', () => {
    const events = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(text =>
      made({ at: Date.parse(text) }),
    );
    const { hours } = attribution(new Simulator({ events }), '2026-10-25', { timeZone: 'Europe/Berlin' });
    expect(hours['task_added']?.slice(1, 4)).toEqual([0, 2, 0]);
  });

  test('the example is the entity of the first event: by its second, then by its id as text', () => {
    const at = (ms: number, id: string, entityId: number) =>
      made({ at: NOON + ms, id, entityType: 'contact', entityId });
    const exampleOf = (events: NewEvent[]) => told(events).processes[0]?.example;
    expect(exampleOf([at(1000, 'a', 1), at(0, 'b', 2)])).toEqual({ entityType: 'contact', entityId: 2 });
    expect(exampleOf([at(900, 'b', 1), at(999, 'a', 2), at(0, 'c', 3)])?.entityId).toBe(2);
    expect(exampleOf([at(0, 'a', 1), at(0, 'B', 2)])?.entityId).toBe(2);
  });

  test('any text can be a type', () => {
    expect(Object.entries(told([made({ type: '__proto__' })]).hours)).toEqual([
      ['__proto__', expect.arrayContaining([1])],
    ]);
  });

  test('what a person did is in no process and in no hour', () => {
    expect(told([made({ createdBy: 1 })])).toMatchObject({ operations: 0, hours: {}, processes: [] });
  });
});

describe('operations', () => {
  const operationsOf = (...events: NewEvent[]) => told(events, { serviceAccounts: [2] }).operations;

  test.each<[what: string, one: Partial<NewEvent>, other: Partial<NewEvent>, operations: number]>([
    ['the same of all', {}, {}, 1],
    ['another type', { type: 'a' }, { type: 'b' }, 1],
    [
      'another subject',
      { valueAfter: [{ tag: { name: 'a' } }] },
      { valueAfter: [{ tag: { name: 'b' } }] },
      1,
    ],
    ['another entity', {}, { entityId: 2 }, 2],
    ['the same id of another kind of entity', {}, { entityType: 'contact' }, 2],
    ['another millisecond', {}, { at: NOON + 1 }, 2],
    ['another author', {}, { createdBy: 2 }, 2],
    ['two strangers', { createdBy: 8 }, { createdBy: 9 }, 2],
    ['the author as text', { createdBy: 2 }, { createdBy: '2' }, 1],
    ['two texts', { createdBy: 'a' }, { createdBy: 'b' }, 2],
    ['no author, said in two ways', { createdBy: null }, { createdBy: 'absent' }, 1],
    ['no author and the robot', { createdBy: null }, { createdBy: 0 }, 2],
    ['a robot and a client, both with 0', {}, { type: 'incoming_call' }, 2],
    ['a person', {}, { createdBy: 1 }, 1],
  ])('%s', (_, one, other, operations) => {
    expect(operationsOf(made(one), made(other))).toBe(operations);
  });

  test.each<[what: string, ids: [at: number, id: string][], operations: number]>([
    [
      'one millisecond',
      [
        [5, ulidAt(NOON + 5)],
        [5, ulidAt(NOON + 5, '1')],
      ],
      1,
    ],
    [
      'two milliseconds',
      [
        [5, ulidAt(NOON + 5)],
        [5, ulidAt(NOON + 6)],
      ],
      2,
    ],
    [
      'one millisecond, in upper case',
      [
        [5, ulidAt(NOON + 5)],
        [5, ulidAt(NOON + 5).toUpperCase()],
      ],
      1,
    ],
    [
      'ids of another second count by their own',
      [
        [5, ulidAt(NOON - 1)],
        [900, ulidAt(NOON + 1000)],
      ],
      1,
    ],
    [
      'ids of eighteen characters',
      [
        [5, 'abcdefgh0123456789'],
        [900, 'abcdefgh0123456780'],
      ],
      1,
    ],
    [
      'ids of eighteen characters, two seconds',
      [
        [5, 'abcdefgh0123456789'],
        [1000, 'abcdefgh0123456780'],
      ],
      2,
    ],
    [
      'a letter that no ULID has',
      [
        [5, ulidAt(NOON + 5, 'u')],
        [900, ulidAt(NOON + 900, 'l')],
      ],
      1,
    ],
    [
      'too long',
      [
        [5, `${ulidAt(NOON + 5)}0`],
        [900, `${ulidAt(NOON + 900)}0`],
      ],
      1,
    ],
  ])('%s', (_, ids, operations) => {
    const events = ids.map(([at, id]) => made({ at: NOON + at, id }));
    expect(operationsOf(...events)).toBe(operations);
  });

  test('a process counts those of its own events, so that one operation may be in several', () => {
    const result = told([
      made({ type: 'a' }),
      made({ type: 'a', valueAfter: [] }),
      made({ type: 'a', entityId: 2 }),
      made({ type: 'b' }),
    ]);
    expect(result.operations).toBe(2);
    expect(result.processes.map(({ type, events, operations }) => [type, events, operations])).toEqual([
      ['a', 3, 2],
      ['b', 1, 1],
    ]);
  });
});

test('the moment in an id', () => {
  const id = ulidAt(NOON + 297, 'z');
  expect(id).toHaveLength(26);
  expect(readUlid(id)).toBe(NOON + 297);
  expect(readUlid(id.toUpperCase())).toBe(NOON + 297);
  for (const other of [
    '',
    id.slice(1),
    `${id}0`,
    id.replace('z', 'i'),
    id.replace('z', 'ſ'),
    ` ${id.slice(1)}`,
  ])
    expect([other, readUlid(other)]).toEqual([other, undefined]);
});

test('a day without events', () => {
  expect(told([])).toEqual({
    actors: { robot: 0, client: 0, service: 0, person: 0, former: 0, unknown: 0 },
    operations: 0,
    hours: {},
    processes: [],
  });
});

test('what was not visible yet can be left out', () => {
  const events = [made(), made({ visibleFrom: NOON + HOUR })];
  expect(told(events).actors.robot).toBe(2);
  expect(told(events, { visibleAt: NOON }).actors.robot).toBe(1);
});

test.each([true, false])(
  'agrees with the report of a generated day (clients count: %s)',
  clientActionsCount => {
    const day = believableDay({ date: DATE, timeZone: 'Europe/Moscow', seed: 11, events: 3_000 });
    const simulator = new Simulator(day);
    const options = {
      clientActionsCount,
      serviceAccounts: [day.integration],
      rememberedUsers: day.dismissed,
    };
    const report = oracleReport(simulator, DATE, options);
    const { actors, hours, operations, processes } = attribution(simulator, DATE, options);
    const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

    expect(sum(Object.values(actors))).toBe(report.total);
    expect(sum(processes.map(({ events }) => events))).toBe(report.automated);
    expect(Object.fromEntries(Object.entries(hours).map(([type, counts]) => [type, sum(counts)]))).toEqual(
      report.counts,
    );
    expect(report.hours.map((_, hour) => sum(processes.map(process => process.hours[hour] ?? 0)))).toEqual(
      report.hours,
    );
    expect(operations).toBeLessThanOrEqual(sum(processes.map(process => process.operations)));
    expect(actors.former).toBeGreaterThan(0);
    expect(actors.service).toBeGreaterThan(0);
    const kinds = new Set(processes.map(({ subject }) => subject?.kind));
    expect(kinds).toEqual(new Set(['tag', 'field', 'responsible', 'linked', 'bot', 'channel', undefined]));
  },
);
