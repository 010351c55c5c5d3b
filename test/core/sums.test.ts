import fc from 'fast-check';
import { ACTORS, type Actor } from '../../src/core/actor';
import {
  type AttributedEvent,
  automatedByType,
  automatedOperations,
  emptySums,
  plus,
  type Sums,
  storedSums,
  sumsOf,
  sumsOfEvents,
  totalOf,
  totalsByActor,
  totalsByHour,
} from '../../src/core/sums';
import { A_LEAD, attributedEvent, placeOf } from '../support/attributedEvents';

const event = (type: string, actor: Actor, hour = 5, author?: number) =>
  attributedEvent({ type, actor, hour, author, entity: A_LEAD });
/** Of an hour: what is at one time is in one window. */
const anyEvent: fc.Arbitrary<AttributedEvent> = fc
  .record({
    type: fc.constantFrom('a', 'custom_field_1_value_changed', 'custom_field_2_value_changed', '__proto__'),
    actor: fc.constantFrom(...ACTORS),
    hour: fc.integer({ min: 0, max: 23 }),
    author: fc.constantFrom(undefined, 7, 101),
    entity: fc.constantFrom(undefined, A_LEAD, { type: 'contact', id: 1 }),
    subject: fc.constantFrom(
      undefined,
      { kind: 'tag' as const, id: 'VIP' },
      { kind: 'stage' as const, id: '1/142' },
    ),
  })
  .map(doing => attributedEvent({ ...doing, at: doing.hour }));
const anyEvents = fc.array(anyEvent, { maxLength: 80 });
const sumsFor = (events: readonly AttributedEvent[]) => sumsOfEvents(events);

describe('M11 · sums of a day', () => {
  it('M11 · T16 · count by type, actor and hour, by author, by process, and operations', () => {
    const sums = sumsFor([
      event('a', 'robot', 0),
      event('a', 'robot', 0),
      event('a', 'person', 23, 101),
      event('a', 'service', 2, 102),
      event('a', 'former', 2, 104),
      event('custom_field_7_value_changed', 'unknown', 4),
      event('custom_field_8_value_changed', 'unknown', 4),
    ]);
    expect(storedSums(sums)).toEqual({
      types: { '0:a': 'A2', '4:': 'X1', '2:a': 'C1', '5:': 'C1', '3:custom_field_value_changed': 'E2' },
      // Those who are users now: by them a machine is told from a person.
      authors: { '101': 'X1.0', '102': 'C1.0' },
      processes: {
        '0:a': { '': `A2.1.lead:${A_LEAD.id.toString(36)}` },
        '2:a': { '': `C1.1.lead:${A_LEAD.id.toString(36)}` },
        '3:custom_field_value_changed': { '': `E2.1.lead:${A_LEAD.id.toString(36)}` },
      },
      operations: [1, 0, 1, 1, 1, 1],
    });
    expect(totalOf(sums)).toBe(7);
    expect(totalsByHour(sums)).toEqual([2, 0, 2, 0, 2, ...Array(18).fill(0), 1]);
    expect(totalsByActor(sums)).toEqual([2, 0, 1, 2, 1, 1]);
  });

  it('T16 · an author who is nobody, unknown or gone is not counted by', () => {
    const sums = sumsFor([
      event('a', 'person', 1, undefined),
      event('a', 'person', 1, 0),
      event('a', 'unknown', 1, 555),
      event('a', 'former', 1, 104),
      event('a', 'robot', 1, 0),
    ]);
    expect(sums.authors.size).toBe(0);
  });

  it.each<[boolean, [string, number][], number]>([
    [
      true,
      [
        ['call', 6],
        ['task', 4],
      ],
      4,
    ],
    [
      false,
      [
        ['call', 1],
        ['task', 4],
      ],
      3,
    ],
  ])(
    'M4 · with clients’ actions %p, automated events by type are %j, operations %d',
    (counts, expected, operations) => {
      const sums = sumsFor([
        ...Array.from({ length: 5 }, () => event('call', 'client')),
        event('call', 'unknown'),
        ...Array.from({ length: 3 }, () => event('task', 'robot')),
        event('task', 'service', 3, 102),
        ...Array.from({ length: 9 }, () => event('task', 'person', 3, 101)),
        event('note', 'person', 3, 101),
        event('note', 'former', 3, 104),
      ]);
      const byType = automatedByType(sums, counts);
      expect([...byType].map(([type, hours]) => [type, hours.reduce((sum, one) => sum + one)])).toEqual(
        expected,
      );
      expect(byType.get('task')!.slice(0, 6)).toEqual([0, 0, 0, 1, 0, 3]);
      expect(automatedOperations(sums, counts)).toBe(operations);
    },
  );

  it('T16 · every automated event has one process, so that they sum up to what is automated', () => {
    fc.assert(
      fc.property(anyEvents, fc.boolean(), (events, clients) => {
        const sums = sumsFor(events);
        const automated = [...automatedByType(sums, clients).values()]
          .flat()
          .reduce((sum, one) => sum + one, 0);
        const processes = [...sums.processes]
          .filter(([key]) => clients || Number(key[0]) !== placeOf('client'))
          .flatMap(([, { hours }]) => hours)
          .reduce((sum, one) => sum + one, 0);
        expect(processes).toBe(automated);
        expect(totalsByActor(sums).reduce((sum, one) => sum + one, 0)).toBe(events.length);
        expect(sums.operations.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(events.length);
      }),
    );
  });

  it('T16 · an event may count under another process than it is by its nature', () => {
    const one = { ...event('a', 'robot'), process: '0:=|=Сверка' };
    expect([...sumsFor([one, event('a', 'robot')]).processes.keys()]).toEqual(['0:=|=Сверка', '0:a|']);
  });

  it('Q4 · are read back as they were stored, whatever a type is called', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anyEvents, text, text, (events, odd, tag) => {
        const oddOne = attributedEvent({ type: odd, actor: 'client', subject: { kind: 'tag', id: tag } });
        const sums = sumsFor([...events, oddOne]);
        expect(sumsOf(JSON.parse(JSON.stringify(storedSums(sums))))).toEqual(sums);
      }),
    );
    expect(sumsOf(storedSums(emptySums()))).toEqual(emptySums());
  });

  it('M11 · of two parts make those of the whole, in either order, and leave the parts as they were', () => {
    // No operation is in both: the parts are of different times.
    const parts = fc.tuple(anyEvents, fc.integer({ min: 0, max: 24 })).map(([events, at]) => {
      const sorted = [...events].sort((a, b) => a.event.createdAt - b.event.createdAt);
      return [sorted.filter(({ hour }) => hour < at), sorted.filter(({ hour }) => hour >= at)] as const;
    });
    const same = (sums: Sums) => {
      const { processes, ...rest } = storedSums(sums);
      // Which example comes first depends on the order.
      const withoutExample = (text: string) => text.split('.').slice(0, 2).join('.');
      const withoutExamples = Object.entries(processes).map(([type, about]) => [
        type,
        Object.fromEntries(Object.entries(about).map(([key, value]) => [key, withoutExample(value)])),
      ]);
      return { ...rest, processes: Object.fromEntries(withoutExamples) };
    };
    fc.assert(
      fc.property(parts, ([first, second]) => {
        const [a, b] = [sumsFor(first), sumsFor(second)];
        const before = structuredClone([a, b]);
        const whole = sumsFor([...first, ...second]);
        expect(plus(a, b).processes).toEqual(
          new Map(
            [...whole.processes].map(([key, sums]) => [key, { ...sums, example: exampleOf(a, b, key) }]),
          ),
        );
        expect(same(plus(a, b))).toEqual(same(whole));
        expect(same(plus(b, a))).toEqual(same(whole));
        expect([a, b]).toEqual(before);
        expect(totalOf(plus(a, b))).toBe(first.length + second.length);
      }),
    );
  });

  /** That of the first part that has one. */
  function exampleOf(a: Sums, b: Sums, key: string): string {
    return a.processes.get(key)?.example || b.processes.get(key)?.example || '';
  }
});
