import type { World } from '../emulator/world';
import { eventTypes } from '../simulator/eventTypeNames';
import { believableDay } from '../simulator/generator';
import { type DayShape, type LargeDay, largeDay } from '../simulator/generator/largeDay';
import { oracleReport } from '../simulator/oracle';
import { Simulator, type SimulatorOptions } from '../simulator/simulator';
import type { NewEvent } from '../simulator/state';
import { column, DAY, expectedRows, shift, shown, tryOut } from './product';

const ZONE = 'Europe/Moscow';
const PACE = { settings: [{ key: 'requestsPerSecond', value: '7' }] };
/** Neighbours that belong to the days before and after. */
const NEIGHBOURS = 150;

const russian = (type: string) => eventTypes('ru', []).find(({ key }) => key === type)?.lang ?? type;

function crowd(events: number, shape: DayShape): LargeDay {
  return largeDay({ date: DAY, timeZone: ZONE, seed: 'crowds', events, shape });
}

function around(day: LargeDay): NewEvent[] {
  const [before, after] = [-1, 1].map(offset =>
    believableDay({ date: shift(DAY, offset), timeZone: ZONE, seed: 'crowds', events: NEIGHBOURS }),
  );
  return [...before!.events, ...day.events, ...after!.events];
}

function accountOf(day: LargeDay, options: SimulatorOptions = {}): Simulator {
  return new Simulator({ ...day, events: around(day), timeZone: ZONE, ...options });
}

function expectExact(simulator: Simulator, world: World): void {
  const oracle = oracleReport(simulator, DAY);
  expect(shown(world, 'report').map(row => row.slice(0, 3))).toEqual(expectedRows(oracle, russian));
  expect(column(world, 'days', 'events')).toEqual([oracle.total]);
  expect(column(world, 'days', 'automated')).toEqual([oracle.automated]);
  expect(simulator.ledger.violations).toEqual([]);
  expect(simulator.ledger.refusedByRate).toBe(0);
}

type Server = Pick<SimulatorOptions, 'order' | 'nextLinks'>;
const SERVERS: [name: string, server: Server][] = [
  ['newest first', { order: 'newest-first' }],
  ['oldest first', { order: 'oldest-first' }],
  ['in no order', { order: 'unordered' }],
  ['next missing on full pages', { nextLinks: 'missing' }],
  ['a next that leads to nothing', { nextLinks: 'phantom' }],
  ['in no order, next missing', { order: 'unordered', nextLinks: 'missing' }],
];

describe('days that are crowded, read side by side', () => {
  describe.each(SERVERS)('%s', (_, server) => {
    it.each<[string, number, DayShape]>([
      ['10,000 events within ten seconds', 10_000, { seconds: 10 }],
      ['5,000 events within one second', 5_000, { seconds: 1 }],
      ['all hours empty but one', 10_000, 'one-hour'],
      ['a working day of 10,000', 10_000, 'working-day'],
      ['no event', 0, 'even'],
      ['1 event', 1, 'even'],
      ['99 events', 99, 'one-hour'],
      ['100 events', 100, { seconds: 1 }],
      ['101 events', 101, { seconds: 1 }],
    ])('M2 M3 T7 · %s', (_, events, shape) => {
      const simulator = accountOf(crowd(events, shape), server);
      const { reports, world } = tryOut(simulator, PACE);
      expect(reports).toMatchObject([{ day: DAY, complete: true }]);
      expectExact(simulator, world);
    });
  });

  it.each(SERVERS.slice(0, 3))('D5 · %s: rows that arrive while the day is read', (_, server) => {
    const day = crowd(10_000, 'working-day');
    const simulator = accountOf(day, server);
    // Of the last hour, which is read a second time; in the list some seconds after the report has begun.
    const at = Date.parse(`${DAY}T23:59:30+03:00`);
    const late = Array.from({ length: 250 }, (_, nth) => ({
      ...{ at: at + nth, type: 'task_added', createdBy: 0 },
      visibleFrom: Date.parse(`${shift(DAY, 1)}T03:00:${String(8 + (nth % 10)).padStart(2, '0')}+03:00`),
    }));
    simulator.addEvents(late);
    const { world } = tryOut(simulator, PACE);
    expect(oracleReport(simulator, DAY).total).toBe(10_250);
    expectExact(simulator, world);
  });
});
