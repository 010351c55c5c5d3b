import { ask, LATER, readAll } from './asking';
import { EventStore } from './eventStore';
import { type DayShape, largeDay } from './generator/largeDay';
import { oracleReport } from './oracle';
import { Simulator } from './simulator';
import { wallTime } from './wallClock';

const DATE = '2026-11-18';
const ZONE = 'Europe/Moscow';
const order = { date: DATE, timeZone: ZONE, seed: 'large', events: 5_000 };

function minutes(shape: DayShape, date = DATE, timeZone = ZONE): number[] {
  return largeDay({ ...order, date, timeZone, shape }).events.map(({ at }) => {
    const clock = wallTime(at, timeZone);
    expect(clock.date).toBe(date);
    return clock.hour * 60 + clock.minute;
  });
}

const between = (found: readonly number[], from: number, to: number) =>
  found.filter(minute => minute >= from && minute < to).length;

test('the same seed gives the same day', () => {
  expect(largeDay(order)).toEqual(largeDay(order));
  expect(largeDay({ ...order, seed: 'other' }).events).not.toEqual(largeDay(order).events);
});

test.each<DayShape>(['working-day', 'even', 'one-hour', { seconds: 3 }])(
  'exactly as many events as asked for, in order of time (%j)',
  shape => {
    const times = largeDay({ ...order, shape }).events.map(({ at }) => at);
    expect(times).toHaveLength(order.events);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  },
);

test('a working day is busy by day and never silent', () => {
  const found = minutes('working-day');
  expect(between(found, 11 * 60, 12 * 60)).toBeGreaterThan(10 * between(found, 3 * 60, 4 * 60));
  expect(between(found, 3 * 60, 4 * 60)).toBeGreaterThan(0);
});

test('an even day is as busy in each hour', () => {
  const found = minutes('even');
  for (let hour = 0; hour < 24; hour++) {
    expect(between(found, hour * 60, hour * 60 + 60)).toBeGreaterThan(order.events / 24 / 2);
  }
});

test('one hour, or some seconds, hold everything', () => {
  expect(between(minutes('one-hour'), 11 * 60, 12 * 60)).toBe(order.events);
  const { events } = largeDay({ ...order, shape: { seconds: 3 } });
  expect(events.at(-1)!.at - events[0]!.at).toBeLessThan(3000);
});

test.each([
  ['2026-03-29', 'Europe/Berlin'],
  ['2026-10-25', 'Europe/Berlin'],
  ['2026-04-24', 'Africa/Cairo'],
])('%s in %s, when the clocks change', (date, zone) => {
  for (const shape of ['working-day', 'even', 'one-hour', { seconds: 60 }] as const) {
    expect(minutes(shape, date, zone)).toHaveLength(order.events);
  }
});

test('several events of one author on one card share a millisecond', () => {
  const groups = new Map<string, number>();
  for (const { at, createdBy, entityId } of largeDay(order).events) {
    const key = `${at} ${createdBy} ${entityId}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  const several = [...groups.values()].filter(count => count > 1);
  expect(several.length).toBeGreaterThan(100);
  expect(Math.max(...several)).toBeLessThan(20);
});

test('many types, and automated ones beside those of people', () => {
  const day = largeDay(order);
  const simulator = new Simulator({ ...day, timeZone: ZONE });
  const { automated, counts, total } = oracleReport(simulator, DATE);
  expect(total).toBe(order.events);
  expect(automated).toBeGreaterThan(total / 2);
  expect(automated).toBeLessThan(total * 0.9);
  expect(Object.keys(counts).length).toBeGreaterThan(10);
  expect(readAll(simulator, '/api/v4/events?limit=100')).toHaveLength(order.events);
  expect(simulator.ledger.violations).toEqual([]);
});

test('no events are a day, too', () => {
  expect(largeDay({ ...order, events: 0 }).events).toEqual([]);
});

test('accounts that share a store of events show them as their own', () => {
  const { events, ...company } = largeDay({ ...order, events: 30 });
  const store = new EventStore('shared', 'oldest-first', false);
  store.add(events);
  const [first, second] = [31, 32].map(
    accountId =>
      new Simulator({
        ...company,
        events: store,
        accountId,
        subdomain: `account${accountId}`,
        timeZone: ZONE,
      }),
  );
  for (const [simulator, id] of [
    [first!, 31],
    [second!, 32],
    [first!, 31],
  ] as const) {
    const { json } = ask(simulator, '/api/v4/events?limit=30', { at: LATER + id * 1000 });
    expect(json._embedded.events).toHaveLength(30);
    for (const event of json._embedded.events) {
      expect(event.account_id).toBe(id);
      expect(event._links.self.href).toContain(`https://account${id}.amocrm.ru/`);
    }
  }
  expect(second!.ledger.requests).toHaveLength(1);
});
