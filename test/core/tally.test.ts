import fc from 'fast-check';
import type { AmoEvent } from '../../src/core/event';
import { count, emptyTally, topTypes } from '../../src/core/tally';

const bounds = { from: 1000, to: 1999 };
let ids = 0;
const event = (type: string, createdAt = 1500, id?: string): AmoEvent => {
  ids += 1;
  return { id: id ?? `e${ids}`, type, createdAt, createdBy: 0 };
};
const everything = () => true;

function tallyOf(events: readonly AmoEvent[], isAutomated: (event: AmoEvent) => boolean = everything) {
  const tally = emptyTally();
  for (const one of events) count(tally, one, bounds, isAutomated);
  return tally;
}

describe('T7, M5, M11 · count', () => {
  it('M11 · counts automated events by type and people’s only in the total', () => {
    const events = [event('a'), event('b'), event('a'), event('person')];
    const tally = tallyOf(events, ({ type }) => type !== 'person');
    expect(tally).toMatchObject({ total: 4, automated: 3, unreadable: 0 });
    expect([...tally.byType]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('M5 · counts an event once that stands on two pages', () => {
    const twice = event('a');
    const tally = tallyOf([twice, event('a'), { ...twice }]);
    expect(tally).toMatchObject({ total: 2, automated: 2 });
    expect(tally.byType.get('a')).toBe(2);
  });

  it.each([
    [999, 0],
    [1000, 1],
    [1999, 1],
    [2000, 0],
  ])('T7 · an event at second %d of a day from 1000 to 1999 counts %d times', (at, total) => {
    expect(tallyOf([event('a', at)]).total).toBe(total);
  });

  it('T7 · a neighbour’s id does not hide the event of the day', () => {
    expect(tallyOf([event('a', 999, 'same'), event('a', 1000, 'same')]).total).toBe(1);
  });

  it('T7 · changes of all custom fields are one type', () => {
    const tally = tallyOf([
      event('custom_field_1_value_changed'),
      event('custom_field_22_value_changed'),
      event('custom_field_value_changed'),
    ]);
    expect([...tally.byType]).toEqual([['custom_field_value_changed', 3]]);
  });

  it('M11 · types may have any name', () => {
    const names = ['__proto__', 'constructor', 'toString', ''];
    expect([...tallyOf(names.map(name => event(name))).byType.keys()]).toEqual(names);
  });

  // The doc of `Tally.unreadable` promises it, and D9 of the faults asks for it: rejected rows are not silently lost.
  it.each([0, 1_763_400_000_000, -5])(
    'T7 · an event at %d, which amoCRM should not have sent, is told among the unreadable',
    at => {
      expect(tallyOf([event('a', at)]).unreadable).toBe(1);
    },
  );

  it('gives the same sums in any order and with any repetitions', () => {
    const arbitrary = fc.record({
      id: fc.integer({ min: 0, max: 30 }).map(String),
      type: fc.constantFrom('a', 'b', 'custom_field_1_value_changed', 'custom_field_2_value_changed'),
      createdAt: fc.integer({ min: 995, max: 2005 }),
      createdBy: fc.constantFrom(0, 1),
    });
    const eventsAndMess = fc.uniqueArray(arbitrary, { selector: one => one.id }).chain(events => {
      const twice = [...events, ...events];
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(twice, { minLength: twice.length }));
    });
    fc.assert(
      fc.property(eventsAndMess, ([events, mess]) => {
        const automated = (one: AmoEvent) => one.createdBy === 0;
        const a = tallyOf(events, automated);
        const b = tallyOf(mess, automated);
        expect(b.total).toBe(a.total);
        expect(b.automated).toBe(a.automated);
        expect(topTypes(b.byType, 9)).toEqual(topTypes(a.byType, 9));
        expect([...b.byType.values()].reduce((sum, n) => sum + n, 0)).toBe(b.automated);
      }),
    );
  });
});

describe('T8, M5 · topTypes', () => {
  const counts = new Map([
    ['e', 1],
    ['d', 7],
    ['b', 3],
    ['c', 3],
    ['a', 3],
  ]);

  it.each([
    [1, ['d']],
    [2, ['d', 'a']],
    [3, ['d', 'a', 'b']],
    [5, ['d', 'a', 'b', 'c', 'e']],
    [50, ['d', 'a', 'b', 'c', 'e']],
  ])('T8 · the %d most frequent, ties by key', (limit, types) => {
    expect(topTypes(counts, limit).map(({ type }) => type)).toEqual(types);
  });

  it('M5 · carries the counts', () => {
    expect(topTypes(counts, 2)).toEqual([
      { type: 'd', count: 7 },
      { type: 'a', count: 3 },
    ]);
  });

  it('M5 · is empty on a day without automated events', () => {
    expect(topTypes(new Map(), 5)).toEqual([]);
  });

  it('T8 · does not depend on the order in which types were met', () => {
    expect(topTypes(new Map([...counts].reverse()), 3)).toEqual(topTypes(counts, 3));
  });
});
