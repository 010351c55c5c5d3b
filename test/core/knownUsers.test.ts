import fc from 'fast-check';
import { knownUsers, rememberingUsers, usersDocuments } from '../../src/core/knownUsers';

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

describe('T16 · M4 · who is there now, and who ever was', () => {
  type Stored = Record<string, string>;
  function remembered(properties: Stored, present: readonly number[]): Stored {
    const { write, remove } = rememberingUsers(properties, new Set(present));
    const changed = { ...properties, ...Object.fromEntries(write) };
    for (const name of remove) delete changed[name];
    return changed;
  }

  it('T16 · those who leave stay known, and are not there any more', () => {
    const lists = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(lists, days => {
        let properties: Stored = { token: 'T' };
        const ever = new Set<number>();
        for (const present of days) {
          properties = remembered(properties, present);
          for (const id of present) ever.add(id);
          expect(knownUsers(properties)).toEqual(ever);
          expect(knownUsers(properties, 'present')).toEqual(new Set(present));
        }
        expect(properties['token']).toBe('T');
      }),
    );
  });

  it('T16 · Q4 · what is there already is not written again', () => {
    const properties = remembered({}, [101, 102]);
    expect(properties).toEqual({ 'users.0': '2t,1', 'present.0': '2t,1' });
    expect(rememberingUsers(properties, new Set([102, 101]))).toEqual({ write: new Map(), remove: [] });
    expect([...rememberingUsers(properties, new Set([101])).write]).toEqual([['present.0', '2t']]);
  });

  it('T16 · of a list that has become shorter no document stays', () => {
    const many = Array.from({ length: 5_000 }, (_, nth) => 1_000_000_007 * (nth + 1));
    const before = remembered({ 'present.old': 'x', 'presentation.0': '5' }, many);
    expect(Object.keys(before).filter(name => name.startsWith('present.'))).not.toHaveLength(2);
    const now = remembered(before, [7]);
    expect(knownUsers(now, 'present')).toEqual(new Set([7]));
    expect(knownUsers(now)).toEqual(new Set([...many, 7]));
    expect(now).toMatchObject({ 'present.old': 'x', 'presentation.0': '5' });
  });

  it('F-T14 · what an earlier version has kept tells nothing of who is there', () => {
    expect(knownUsers({ 'users.0': '2t,1' }, 'present')).toEqual(new Set());
    expect(knownUsers(remembered({ 'users.0': '2t,1' }, [103]))).toEqual(new Set([101, 102, 103]));
  });
});
