import fc from 'fast-check';
import { topTypes } from '../../src/core/topTypes';

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
  ])('T8 · D14 · the %d most frequent, ties by key', (limit, types) => {
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

  it('T8 · D14 · does not depend on the order in which types were met, and leaves out none that is more frequent', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), fc.integer({ min: 1, max: 4 })), {
      selector: ([type]) => type,
      maxLength: 300,
    });
    const shuffled = entries.chain(all =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 50 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, other, limit]) => {
        const top = topTypes(new Map(all), limit);
        expect(topTypes(new Map(other), limit)).toEqual(top);
        expect(top).toHaveLength(Math.min(limit, all.length));
        const least = Math.min(...top.map(({ count }) => count));
        const named = new Set(top.map(({ type }) => type));
        for (const [type, count] of all) if (!named.has(type)) expect(count).toBeLessThanOrEqual(least);
      }),
    );
  });
});
