import fc from 'fast-check';
import { ACTORS, type Actor } from '../../src/core/actor';
import {
  addEvent,
  automatedByType,
  type CountedEvent,
  emptySums,
  plus,
  type Sums,
  storedSums,
  sumsOf,
  totalOf,
  totalsByHour,
  withHour,
} from '../../src/core/sums';

const event = (type: string, actor: Actor, hour = 5, author?: number): CountedEvent => ({
  ...{ type, actor, hour, author },
});
const sumsFor = (events: readonly CountedEvent[]): Sums => {
  const sums = emptySums();
  for (const one of events) addEvent(sums, one);
  return sums;
};
const anyEvent: fc.Arbitrary<CountedEvent> = fc.record({
  type: fc.constantFrom(
    'a',
    'b',
    'custom_field_1_value_changed',
    'custom_field_2_value_changed',
    '__proto__',
  ),
  actor: fc.constantFrom(...ACTORS),
  hour: fc.integer({ min: 0, max: 23 }),
  author: fc.constantFrom(undefined, 7, 101),
});
const anyEvents = fc.array(anyEvent, { maxLength: 80 });

describe('M11 · sums of a day', () => {
  it('M11 · count by type, actor and hour, and by author', () => {
    const sums = sumsFor([
      event('a', 'robot', 0),
      event('a', 'robot', 0),
      event('a', 'person', 23, 101),
      event('custom_field_7_value_changed', 'stranger', 4),
      event('custom_field_8_value_changed', 'stranger', 4),
    ]);
    expect(storedSums(sums)).toEqual({
      types: { '0:a': '2', '4:a': `${','.repeat(23)}1`, '3:custom_field_value_changed': ',,,,2' },
      authors: { '101': `${','.repeat(23)}1` },
    });
    expect(totalOf(sums)).toBe(5);
    expect([0, 4, 5, 23].map(hour => totalOf(sums, hour))).toEqual([2, 2, 0, 1]);
    expect(totalsByHour(sums)).toEqual([2, 0, 0, 0, 2, ...Array(18).fill(0), 1]);
  });

  it.each<[boolean, [string, number][]]>([
    [
      true,
      [
        ['call', 6],
        ['task', 4],
      ],
    ],
    [
      false,
      [
        ['call', 1],
        ['task', 4],
      ],
    ],
  ])('M4 · with clients’ actions %p, automated events by type are %j', (clientActionsCount, expected) => {
    const sums = sumsFor([
      ...Array(5).fill(event('call', 'client')),
      event('call', 'stranger'),
      ...Array(3).fill(event('task', 'robot')),
      event('task', 'service', 3, 102),
      ...Array(9).fill(event('task', 'person', 3, 101)),
      event('note', 'person', 3, 101),
    ]);
    expect([...automatedByType(sums, clientActionsCount)]).toEqual(expected);
  });

  it('Q4 · are read back as they were stored, whatever a type is called', () => {
    fc.assert(
      fc.property(anyEvents, fc.string({ unit: 'binary' }), (events, odd) => {
        const sums = sumsFor([...events, event(odd, 'client')]);
        expect(sumsOf(JSON.parse(JSON.stringify(storedSums(sums))))).toEqual(sums);
      }),
    );
  });

  it('M11 · of two parts make those of the whole, in either order, and leave the parts as they were', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (first, second) => {
        const [a, b] = [sumsFor(first), sumsFor(second)];
        const before = structuredClone([a, b]);
        const whole = storedSums(sumsFor([...first, ...second]));
        expect(storedSums(plus(a, b))).toEqual(whole);
        expect(storedSums(plus(b, a))).toEqual(whole);
        expect([a, b]).toEqual(before);
        expect(totalOf(plus(a, b))).toBe(first.length + second.length);
      }),
    );
  });

  it('D5 · with one hour from another reading: that hour as it is there, the others as they were', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, fc.integer({ min: 0, max: 23 }), (first, second, hour) => {
        const mixed = withHour(sumsFor(first), hour, sumsFor(second));
        const wanted = sumsFor([
          ...first.filter(one => one.hour !== hour),
          ...second.filter(one => one.hour === hour),
        ]);
        expect(mixed).toEqual({
          types: new Map([...mixed.types.keys()].map(key => [key, wanted.types.get(key)])),
          authors: new Map([...mixed.authors.keys()].map(key => [key, wanted.authors.get(key)])),
        });
        expect(mixed.types.size).toBe(wanted.types.size);
        expect(mixed.authors.size).toBe(wanted.authors.size);
      }),
    );
  });
});
