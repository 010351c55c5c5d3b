import fc from 'fast-check';
import {
  type Directory,
  directoryIn,
  keepingDirectory,
  type NamedKind,
  NO_DIRECTORY,
  nameIn,
  withNames,
} from '../../src/core/directory';

const KINDS: NamedKind[] = ['stage', 'customerStage', 'field', 'responsible', 'taskType'];
type Stored = Record<string, string>;
function kept(properties: Stored, directory: Directory): Stored {
  const { write, remove } = keepingDirectory(properties, directory);
  const changed = { ...properties, ...Object.fromEntries(write) };
  for (const name of remove) delete changed[name];
  return changed;
}
const names = (length: number, of: (nth: number) => string) =>
  new Map(Array.from({ length }, (_, nth) => [String(1_000_000 + nth), of(nth)]));

describe('T16 · the directory of names', () => {
  it('T16 · a new name replaces the old one, and names of what is gone stay', () => {
    const before = withNames(
      NO_DIRECTORY,
      'field',
      new Map([
        [7, 'Бюджет'],
        [8, 'Город'],
      ]),
    );
    const later = withNames(before, 'field', new Map([[7, 'Сумма']]));
    expect(later.names.field).toEqual({ 7: 'Сумма', 8: 'Город' });
    expect(later.names.stage).toEqual({});
    expect(before.names.field).toEqual({ 7: 'Бюджет', 8: 'Город' });
    expect(NO_DIRECTORY.names.field).toEqual({});
  });

  it.each<[NamedKind, string, string | undefined]>([
    ['field', '7', 'Бюджет'],
    ['field', '8', undefined],
    ['stage', '7', undefined],
    ['field', 'constructor', undefined],
    ['field', '__proto__', undefined],
    ['field', '', undefined],
  ])('D8 · of the kind %s, %j is called %j', (kind, id, name) => {
    const directory = withNames(NO_DIRECTORY, 'field', new Map([[7, 'Бюджет']]));
    expect(nameIn(directory, kind, id)).toBe(name);
  });

  it('Q4 · of a kind a thousand stay, those that are listed now before all others', () => {
    const old = withNames(
      NO_DIRECTORY,
      'stage',
      new Map(Array.from({ length: 900 }, (_, nth) => [`9/${nth}`, 'old'])),
    );
    const now = new Map(Array.from({ length: 300 }, (_, nth) => [`1/${nth}`, 'now']));
    const { stage } = withNames(old, 'stage', now).names;
    expect(Object.keys(stage)).toHaveLength(1_000);
    for (const id of now.keys()) expect(stage[id]).toBe('now');
    // What is listed again is as good as new.
    const listed = withNames(old, 'stage', new Map([['9/0', 'again']]));
    const { stage: stillThere } = withNames(listed, 'stage', now).names;
    expect([stillThere['9/0'], stillThere['9/1']]).toEqual(['again', undefined]);
    const long = withNames(NO_DIRECTORY, 'stage', new Map([['1/1', 'x'.repeat(101)]]));
    expect(long.names.stage['1/1']).toBe('x'.repeat(100));
  });

  it('Q4 · any names are read back', () => {
    const text = fc.string({ unit: 'binary' });
    const odd = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '5'));
    const some = fc.array(fc.tuple(odd, text), { maxLength: 30 }).map(entries => new Map(entries));
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), some, fc.nat(), (kind, known, at) => {
        const directory = withNames({ ...NO_DIRECTORY, at }, kind, known);
        const read = directoryIn(kept({}, directory));
        expect(read).toEqual(directory);
        for (const [id, name] of known)
          expect(Object.getOwnPropertyDescriptor(read.names[kind], id)?.value).toBe(name.slice(0, 60));
      }),
    );
  });

  it('Q4 · documents are below 9 KB, in the order of their numbers, and those of a longer one go', () => {
    const large = withNames(
      { ...NO_DIRECTORY, at: 5 },
      'field',
      names(1_000, nth => `Поле «Договор» номер ${nth} 😀😀😀, как в карточке клиента`),
    );
    const properties = kept({ token: 'T', 'names.x': 'mine' }, large);
    const documents = Object.keys(properties).filter(name => /^names\.\d+$/.test(name));
    expect(documents.length).toBeGreaterThan(10);
    for (const name of documents) expect(Buffer.byteLength(properties[name]!)).toBeLessThan(9 * 1024);
    expect(directoryIn(properties)).toEqual(large);
    expect(directoryIn(Object.fromEntries(Object.entries(properties).reverse()))).toEqual(large);
    const small = withNames(NO_DIRECTORY, 'stage', new Map([['1/142', 'Оплачен']]));
    const after = kept(properties, small);
    expect(Object.keys(after).sort()).toEqual(['names.0', 'names.x', 'token']);
    expect(directoryIn(after)).toEqual(small);
  });

  it.each<[Stored]>([
    [{}],
    [{ 'names.0': '' }],
    [{ 'names.0': '{"at":5' }],
    [{ 'names.0': 'null' }],
    [{ 'names.1': 'x' }],
  ])('A10 · %j holds none: it is asked for again', properties => {
    expect(directoryIn(properties)).toEqual(NO_DIRECTORY);
  });

  it('F-T14 · a kind that an older one did not know is empty', () => {
    expect(directoryIn({ 'names.0': '{"at":5,"names":{"stage":{"1/2":"X"}}}' })).toEqual({
      at: 5,
      names: { ...NO_DIRECTORY.names, stage: { '1/2': 'X' } },
    });
  });
});
