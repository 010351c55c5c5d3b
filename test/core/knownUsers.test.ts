import fc from 'fast-check';
import { knownUsers, usersDocuments } from '../../src/core/knownUsers';

const stored = (ids: readonly number[]) => Object.fromEntries(usersDocuments(new Set(ids)));

describe('M2, M4 · the register of users', () => {
  it('M2 · gives back every id', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { maxLength: 300 }),
        ids => {
          expect(knownUsers(stored(ids))).toEqual(new Set(ids));
        },
      ),
    );
  });

  it.each([
    ['1,000 users as amoCRM numbers them', 1_000, (index: number) => 1_000_000 + index * 7_919],
    ['5,000 users far apart', 5_000, (index: number) => 1_000_000_007 * (index + 1)],
  ])('M2 · %s stay below 9 KB a document', (_, length, id) => {
    const ids = Array.from({ length }, (__, index) => id(index));
    const documents = stored(ids);
    expect(knownUsers(documents)).toEqual(new Set(ids));
    for (const [name, text] of Object.entries(documents)) {
      expect(name).toMatch(/^users\.\d+$/);
      expect(Buffer.byteLength(text)).toBeLessThan(9 * 1024);
    }
  });

  it('M2 · the documents do not depend on the order in which amoCRM lists the users', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1e9 }), { maxLength: 50 }), ids => {
        expect(stored([...ids].reverse())).toEqual(stored(ids));
      }),
    );
    expect(stored([1_000_001, 1_000_000])).toEqual(stored([1_000_000, 1_000_001]));
  });

  it('M2 · documents with numbers of several digits are read, other names are not', () => {
    expect(knownUsers({ 'users.9': '5', 'users.10': '7' })).toEqual(new Set([5, 7]));
    expect(knownUsers({ 'users.0x': '5', 'users.0.old': '5' })).toEqual(new Set());
  });

  it('M2 · 1,000 users fit into one document', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => 1_000_000 + index * 7_919);
    expect(Object.keys(stored(ids))).toEqual(['users.0']);
  });

  it('M2 · a larger register replaces every document of the smaller one', () => {
    const few = Array.from({ length: 2_500 }, (_, index) => 10_000_000_000 + index * 1_000_003);
    const before = stored(few);
    const after = { ...before, ...stored([...few, 5, 77]) };
    expect(knownUsers(after)).toEqual(new Set([...few, 5, 77]));
  });

  it('M4 · an empty register knows nobody, and nothing else is taken for one', () => {
    expect(usersDocuments(new Set())).toEqual(new Map());
    expect(knownUsers({})).toEqual(new Set());
    expect(knownUsers({ users: '5', 'users.x': '5', 'myusers.0': '5', token: '5' })).toEqual(new Set());
    expect(knownUsers({ 'users.0': '' })).toEqual(new Set());
  });
});
