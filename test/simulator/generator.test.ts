import fc from 'fast-check';
import shapes from '../fixtures/amocrm/events/value-shapes.json';
import { believableDay } from './generator';
import { Journal } from './generator/journal';
import { UNKNOWN_TYPES } from './generator/oddities';
import { oracleReport } from './oracle';
import { Simulator } from './simulator';
import { wallTime } from './wallClock';

const DATE = '2026-11-18';
const order = { date: DATE, timeZone: 'Europe/Moscow', seed: 7 };
const day = believableDay(order);
const hourOf = (at: number) => wallTime(at, 'Europe/Moscow').hour;

test('the same seed gives the same day, another seed or date another one', () => {
  expect(believableDay(order)).toEqual(day);
  expect(believableDay({ ...order, seed: 8 }).events[0]).not.toEqual(day.events[0]);
  const next = believableDay({ ...order, date: '2026-11-19' });
  expect(next.users).toEqual(day.users);
  expect(next.events[0]).not.toEqual(day.events[0]);
});

test('exactly as many events as asked for, all within the day, in any zone, also when the clocks change', () => {
  const dates = fc.constantFrom(
    '2026-11-18',
    '2026-03-29',
    '2026-10-25',
    '2026-04-05',
    '2026-02-28',
    '2026-12-31',
  );
  const zones = fc.constantFrom(
    'Europe/Moscow',
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  );
  fc.assert(
    fc.property(
      dates,
      zones,
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 40 }),
      (date, timeZone, events, users) => {
        const made = believableDay({ date, timeZone, seed: 'x', events, users });
        expect(made.events).toHaveLength(events);
        expect(made.users).toHaveLength(users);
        expect(made.events.every(event => wallTime(event.at, timeZone).date === date)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('what a robot does after midnight belongs to another day', () => {
  const journal = new Journal(1000, 2000, 2);
  for (const at of [999, 1000, 2000, 1999, 1500]) journal.write({ at, type: 'task_added', createdBy: 0 });
  expect(journal.events.map(event => event.at)).toEqual([1000, 1999]);
});

test('events come in order of time, with ids of their own', () => {
  const times = day.events.map(event => event.at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const simulator = new Simulator(day);
  expect(new Set(simulator.ledger.events.map(event => event.id)).size).toBe(day.events.length);
});

test('days put together share no entity by accident', () => {
  const entities = (date: string) =>
    new Set(believableDay({ ...order, date }).events.map(event => `${event.entityType} ${event.entityId}`));
  const first = entities('2026-11-18');
  expect([...entities('2026-11-19')].filter(entity => first.has(entity))).toEqual([]);
});

test('people keep office hours with a dip at lunch; weekends are quiet', () => {
  const people = new Set(day.users.map(user => user.id));
  const byHour = (hour: number) =>
    day.events.filter(event => people.has(Number(event.createdBy)) && hourOf(event.at) === hour).length;
  expect(byHour(11)).toBeGreaterThan(2 * byHour(13));
  expect(byHour(4)).toBe(0);
  const saturday = believableDay({ ...order, date: '2026-11-21' });
  expect(saturday.events.length).toBeLessThan(day.events.length / 2);
});

test('robots, former employees, an integration and two departments are all at work', () => {
  const authors = new Set(day.events.map(event => Number(event.createdBy)));
  expect(authors).toContain(0);
  expect(authors).toContain(day.integration);
  for (const id of day.dismissed) {
    expect(authors).toContain(id);
    expect(day.users.map(user => user.id)).not.toContain(id);
  }
  expect(new Set(day.users.map(user => user.group?.name)).size).toBe(2);
});

test('a robot answers a change of stage within seconds', () => {
  const changes = day.events.filter(event => event.type === 'lead_status_changed');
  const answered = changes.filter(change =>
    day.events.some(
      event =>
        event.createdBy === 0 &&
        event.entityId === change.entityId &&
        event.at > change.at &&
        event.at < change.at + 10_000,
    ),
  );
  expect(answered.length).toBeGreaterThan(changes.length / 2);
});

test('the exchange pours in after two at night, many rows in one millisecond', () => {
  const night = day.events.filter(event => hourOf(event.at) === 2);
  expect(night.length).toBeGreaterThan(day.events.length / 12);
  const perMillisecond = new Map<number, number>();
  for (const event of night) perMillisecond.set(event.at, (perMillisecond.get(event.at) ?? 0) + 1);
  expect(Math.max(...perMillisecond.values())).toBeGreaterThan(10);
});

test('some types are listed nowhere, and several fields have types of their own', () => {
  const types = new Set(day.events.map(event => event.type));
  for (const type of UNKNOWN_TYPES) expect(types).toContain(type);
  const fields = [...types].filter(type => /^custom_field_\d+_value_changed$/.test(type));
  expect(fields.length).toBeGreaterThan(3);
});

test('values have the published shapes', () => {
  const published = new Map(shapes.flatMap(group => group.types.map(type => [type, group] as const)));
  const keysOf = (values: readonly unknown[]) => values.flatMap(value => paths(value)).sort();
  for (const event of day.events) {
    const group = published.get(event.type);
    if (!group) continue;
    const known = new Set([...keysOf(group.value_after), ...keysOf(group.value_before ?? [])]);
    const own = keysOf([event.valueAfter ?? [], event.valueBefore ?? []].flat());
    const extra = own.filter(path => !known.has(path) && !/^message\.(origin|talk_id)$/.test(path));
    expect([event.type, extra]).toEqual([event.type, []]);
    if (group.value_after.length > 0) expect([event.type, own.length > 0]).toEqual([event.type, true]);
  }
});

function paths(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, prefix ? `${prefix}.${key}` : key));
}

test('the day looks like the one in the brief: messages, tasks and responsible changes lead', () => {
  const { top, automated, total } = oracleReport(new Simulator(day), DATE);
  expect(top.map(([type]) => type)).toEqual(
    expect.arrayContaining(['incoming_chat_message', 'task_added', 'entity_responsible_changed']),
  );
  expect(automated / total).toBeGreaterThan(0.4);
  expect(automated / total).toBeLessThan(0.8);
});

test.each([
  [{ ...order, date: '2026-02-30' }, 'Not a date'],
  [{ ...order, users: 0 }, 'at least one user'],
])('nonsense is refused', (wrong, text) => {
  expect(() => believableDay(wrong)).toThrow(text);
});
