import fc from 'fast-check';
import { type Authors, authorSums, authorsOf, plusAuthors, storedAuthors } from '../../src/core/authorSums';
import { operationKey } from '../../src/core/event';
import { attributedEvent, ulidAt } from '../support/attributedEvents';

/** What a user did to a lead, at a second and perhaps a millisecond of it. */
const did = (lead: number | undefined, second: number, ms?: number, hour = 5) => {
  const { event } = attributedEvent({
    ...{ actor: 'person', author: 101, at: second, hour },
    entity: lead === undefined ? undefined : { type: 'lead', id: lead },
    ...(ms === undefined
      ? {}
      : { id: ulidAt(second * 1000 + ms, `000000000000${String(lead).padStart(4, '0')}`) }),
  });
  return { event, hour, operation: operationKey(event) };
};

describe('T16 · what tells a machine from a person', () => {
  it.each<[string, ReturnType<typeof did>[], number]>([
    ['nothing', [], 0],
    ['a lead with its contact and company', [did(1, 9), did(2, 9), did(3, 9)], 0],
    ['four entities in a second', [did(1, 9), did(2, 9), did(3, 9), did(4, 9)], 4],
    ['one of them twice', [did(1, 9), did(1, 9), did(2, 9), did(3, 9), did(4, 9)], 5],
    ['one lead many times', [did(1, 9), did(1, 9), did(1, 9), did(1, 9), did(1, 9)], 0],
    ['four entities in four seconds', [did(1, 6), did(2, 7), did(3, 8), did(4, 9)], 0],
    [
      'four in a second, by ULID at different times',
      [did(1, 9, 1), did(2, 9, 2), did(3, 9, 3), did(4, 9, 4)],
      0,
    ],
    ['four in a millisecond', [did(1, 9, 5), did(2, 9, 5), did(3, 9, 5), did(4, 9, 5)], 4],
    ['events of no entity', [9, 9, 9, 9, 9].map(second => did(undefined, second)), 0],
    ['events of no entity whose ids end alike', [1, 2, 3, 4, 5].map(second => did(undefined, second, 0)), 0],
    ['two bursts', [1, 2, 3, 4, 5].flatMap(lead => [did(lead, 8), did(lead, 9)]), 10],
  ])('T16 · %s: %#', (_, events, bursts) => {
    expect(authorSums(events)).toEqual({
      hours: Array.from({ length: 24 }, (__, hour) => (hour === 5 ? events.length : 0)),
      bursts,
    });
  });

  it('T9 · events count by hour', () => {
    const { hours } = authorSums([
      did(1, 0, undefined, 0),
      did(1, 1, undefined, 23),
      did(1, 2, undefined, 23),
    ]);
    expect(hours).toEqual([1, ...Array(22).fill(0), 2]);
  });

  const authors: fc.Arbitrary<Authors> = fc
    .array(
      fc.tuple(
        fc.integer({ min: 1, max: 9 }),
        fc.record({ hours: fc.array(fc.nat(99), { minLength: 24, maxLength: 24 }), bursts: fc.nat(5_000) }),
      ),
    )
    .map(entries => new Map(entries));

  it('Q4 · is read back as it was stored', () => {
    fc.assert(fc.property(authors, one => expect(authorsOf(storedAuthors(one))).toEqual(one)));
  });

  it('M11 · of two times is the sum of both, and neither changes', () => {
    fc.assert(
      fc.property(authors, authors, (a, b) => {
        const before = structuredClone([a, b]);
        const sum = plusAuthors(a, b);
        expect([...sum.keys()].sort()).toEqual([...new Set([...a.keys(), ...b.keys()])].sort());
        for (const [id, { hours, bursts }] of sum) {
          expect(bursts).toBe((a.get(id)?.bursts ?? 0) + (b.get(id)?.bursts ?? 0));
          expect(hours).toEqual(
            hours.map((_, hour) => (a.get(id)?.hours[hour] ?? 0) + (b.get(id)?.hours[hour] ?? 0)),
          );
        }
        expect([a, b]).toEqual(before);
      }),
    );
  });
});
