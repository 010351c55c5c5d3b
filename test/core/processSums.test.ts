import fc from 'fast-check';
import { ACTORS } from '../../src/core/actor';
import { sumOf } from '../../src/core/hourly';
import { actorsRestKey, processKey } from '../../src/core/process';
import {
  foldedInto,
  foldedTo,
  type Processes,
  plusProcesses,
  processesOf,
  processSums,
  storedProcesses,
  strongestFirst,
} from '../../src/core/processSums';
import { A_LEAD, attributedEvent } from '../support/attributedEvents';

const sumsOf = (events: number, hour = 5, example = 'lead:1', operations = events) => ({
  ...{ hours: Array.from({ length: 24 }, (_, at) => (at === hour ? events : 0)), operations, example },
});
const total = (processes: Processes) =>
  [...processes.values()].reduce(
    ({ hours, operations }, sums) => ({
      hours: hours.map((count, hour) => count + sums.hours[hour]!),
      operations: operations + sums.operations,
    }),
    { hours: Array<number>(24).fill(0), operations: 0 },
  );
/** What they take of a document besides the braces that are there anyway. */
const bytes = (processes: Processes) => Buffer.byteLength(JSON.stringify(storedProcesses(processes))) - 2;

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    maxLength: 30,
    unit: fc.constantFrom('"', '\\', '\u0001', '\n', 'я', '😀', '\ud83d', '|', '*', '.'),
  }),
  fc.constantFrom('__proto__', 'constructor', '5', ''),
);
const key = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(fc.constantFrom(...ACTORS), fc.oneof(fc.constantFrom('a', 'b'), odd), odd),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ACTORS), fc.constant('=rule'), odd) },
);
const processes: fc.Arbitrary<Processes> = fc
  .array(
    fc.tuple(
      key.map(([actor, type, id]) =>
        type === '=rule'
          ? processKey({ actor, rule: id.length })
          : processKey({ actor, type, about: { kind: 'tag', id } }),
      ),
      fc.record({
        hours: fc.array(fc.nat(3_000), { minLength: 24, maxLength: 24 }),
        operations: fc.nat(9_000),
        example: fc.constantFrom('', 'lead:fikyj', 'catalog_1001:1'),
      }),
    ),
    { maxLength: 40 },
  )
  .map(entries => new Map(entries));

describe('T16 · sums of processes', () => {
  it('T16 · have events by hour, operations, and the first entity as an example', () => {
    const made = [
      { ...{ at: 1, hour: 3, entity: A_LEAD }, id: 'a' },
      { ...{ at: 1, hour: 3, entity: A_LEAD }, id: 'b' },
      { ...{ at: 2, hour: 4, entity: { type: 'contact', id: 2 } }, id: 'c' },
    ].map(attributedEvent);
    expect(processSums(made)).toEqual({
      hours: [0, 0, 0, 2, 1, ...Array(19).fill(0)],
      operations: 2,
      example: `lead:${A_LEAD.id.toString(36)}`,
    });
    expect(processSums([attributedEvent({ hour: 0 })])).toMatchObject({ operations: 1, example: '' });
  });

  it('T16 · of two times are added; the example stays the first that there was', () => {
    const a = new Map([
      ['0:a|', sumsOf(2, 1, '')],
      ['0:b|', sumsOf(1)],
    ]);
    const b = new Map([
      ['0:a|', sumsOf(3, 2, 'lead:2')],
      ['0:c|', sumsOf(5, 5, 'lead:3')],
    ]);
    expect([...plusProcesses(a, b)]).toEqual([
      ['0:a|', { hours: [0, 2, 3, ...Array(21).fill(0)], operations: 5, example: 'lead:2' }],
      ['0:b|', sumsOf(1)],
      ['0:c|', sumsOf(5, 5, 'lead:3')],
    ]);
    expect([...a.keys()]).toEqual(['0:a|', '0:b|']);
    expect(plusProcesses(a, new Map()).get('0:a|')).toEqual(a.get('0:a|'));
    expect(plusProcesses(b, a).get('0:a|')!.example).toBe('lead:2');
  });

  it('T16 · stand in order of their events, ties by key, whatever their order was', () => {
    const some = new Map([
      ['0:b|', sumsOf(1)],
      ['0:a|', sumsOf(1)],
      ['0:c|', sumsOf(9)],
      ['0:A|', sumsOf(1)],
    ]);
    for (const order of [[...some], [...some].reverse()])
      expect(strongestFirst(new Map(order)).map(([name]) => name)).toEqual(['0:c|', '0:A|', '0:a|', '0:b|']);
    fc.assert(
      fc.property(processes, all => {
        const sorted = strongestFirst(all);
        expect(strongestFirst(new Map([...all].reverse()))).toEqual(sorted);
        expect(new Map(sorted)).toEqual(all);
        sorted.slice(1).forEach(([, { hours }], index) => {
          expect(sumOf(hours)).toBeLessThanOrEqual(sumOf(sorted[index]![1].hours));
        });
      }),
    );
  });

  it('Q4 · are read back as they were stored, whatever a tag is called', () => {
    fc.assert(
      fc.property(processes, all => {
        expect(processesOf(JSON.parse(JSON.stringify(storedProcesses(all))))).toEqual(all);
      }),
    );
  });
});

describe('T16 · Q4 · folding', () => {
  it('Q4 · takes the rarest into the rest of their type and actor, ties by key, and no more than it must', () => {
    const all = new Map([
      ['0:a|t1', sumsOf(5, 1, 'lead:1')],
      ['0:a|t2', sumsOf(1, 2, 'lead:2')],
      ['0:b|t1', sumsOf(1, 3, 'lead:3')],
      ['1:a|t1', sumsOf(1, 4, 'lead:4')],
      ['0:a|t3', sumsOf(2, 5, 'lead:5')],
    ]);
    expect(foldedTo(all, 5)).toBe(all);
    // Which does not help yet: a rest takes a place itself.
    expect([...foldedTo(all, 4).keys()].sort()).toEqual(['0:a|*', '0:a|t1', '0:b|*', '1:a|*']);
    expect(foldedTo(all, 4).get('0:a|*')).toEqual({
      ...{ hours: [0, 0, 1, 0, 0, 2, ...Array(18).fill(0)], operations: 3, example: 'lead:2' },
    });
    expect([...foldedTo(all, 3).keys()].sort()).toEqual(['0:a|*', '0:b|*', '1:a|*']);
    expect([...all.keys()]).toHaveLength(5);
  });

  it('Q4 · leaves alone what the user has named, however rare', () => {
    const all = new Map([
      ['0:=|=Сверка', sumsOf(1)],
      ['0:a|t1', sumsOf(7)],
      ['0:a|t2', sumsOf(8)],
    ]);
    expect([...foldedTo(all, 2).keys()].sort()).toEqual(['0:=|=Сверка', '0:a|*']);
    expect([...foldedTo(all, 0).keys()].sort()).toEqual(['0:=|=Сверка', '0:|*']);
    expect([...foldedInto(all, 0).keys()].sort()).toEqual(['0:=|=Сверка', '0:|*']);
  });

  it('Q4 · folds the types of an actor together only where their rests are too many', () => {
    const all = new Map(
      ['0:a|t1', '0:a|t2', '0:b|t1', '0:b|t2', '0:c|', '1:a|t1'].map((key, nth) => [key, sumsOf(nth + 1)]),
    );
    expect([...foldedTo(all, 4).keys()].sort()).toEqual(['0:a|*', '0:b|*', '0:c|', '1:a|t1']);
    const three = foldedTo(all, 3);
    expect([...three.keys()].sort()).toEqual(['0:b|*', '0:|*', '1:a|*']);
    expect([...foldedTo(all, 1).keys()].sort()).toEqual(['0:|*', '1:|*']);
  });

  const MORE = 1; // a comma behind the last one is reckoned with
  it.each<[string, string[], number, string[]]>([
    ['nothing where all have room', ['a|t1', 'a|t2', 'a|t3', 'b|t1'], 0, ['a|t1', 'a|t2', 'a|t3', 'b|t1']],
    ['the rarest of a type where that is enough', ['a|t1', 'a|t2', 'b|t1'], -1, ['a|*', 'a|t2', 'b|t1']],
    ['the rarest type of an actor where that is enough', ['a|*', 'b|*', 'c|*'], -1, ['b|*', 'c|*', '|*']],
  ])('Q4 · folds %s, by the byte', (_, keys, room, left) => {
    const all = new Map(keys.map((name, nth) => [`0:${name}`, sumsOf(nth + 1)]));
    const folded = foldedInto(all, bytes(all) + MORE + room);
    expect([...folded.keys()].sort()).toEqual(left.map(name => `0:${name}`).sort());
    expect(total(folded)).toEqual(total(all));
  });

  it('Q4 · loses no event, no hour and no operation, and keeps as many as have room', () => {
    fc.assert(
      fc.property(processes, fc.nat(60), (all, most) => {
        const before = structuredClone(all);
        const folded = foldedTo(all, most);
        expect(total(folded)).toEqual(total(all));
        expect(all).toEqual(before);
        const rests = new Set(
          [...all.keys()].map(name => (name.includes(':=|') ? name : actorsRestKey(name))),
        );
        expect(folded.size).toBeLessThanOrEqual(Math.max(most, rests.size));
        for (const [name, sums] of folded) if (!name.endsWith('|*')) expect(all.get(name)).toEqual(sums);
        if (all.size <= most) expect(folded).toEqual(all);
      }),
    );
  });

  it('Q4 · D8 · takes no more bytes than it may wherever it can, quotes and control characters counted as they are stored', () => {
    fc.assert(
      fc.property(processes, fc.nat(4_000), (all, room) => {
        const folded = foldedInto(all, room);
        expect(total(folded)).toEqual(total(all));
        if (bytes(foldedTo(all, 0)) <= room) expect(bytes(folded)).toBeLessThanOrEqual(room);
        if (bytes(all) < room) expect(folded).toEqual(all);
      }),
      { numRuns: 500 },
    );
  });

  it('Q4 · folds the same, whatever the order was', () => {
    fc.assert(
      fc.property(processes, fc.nat(4_000), (all, room) => {
        const some = foldedInto(all, room);
        const reversed = foldedInto(new Map([...all].reverse()), room);
        expect(strongestFirst(reversed)).toEqual(strongestFirst(some));
      }),
    );
  });
});
