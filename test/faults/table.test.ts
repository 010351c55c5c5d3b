import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many cases each section of the project's list of faults has. */
const SECTIONS: readonly [prefix: string, cases: number][] = [
  ['N', 8],
  ['H', 19],
  ['D', 15],
  ['A', 10],
  ['F-T', 14],
  ['Q', 10],
  ['S', 12],
  ['C', 7],
];
const IDS = SECTIONS.flatMap(([prefix, cases]) =>
  Array.from({ length: cases }, (_, index) => `${prefix}${index + 1}`),
);

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const rows = [...readme.matchAll(/^\| ((?:F-T|[NHDAQSC])\d+) \| (.+) \| (.+) \|$/gm)].map(
  ([, id = '', fault = '', state = '']) => ({ id, fault, state }),
);

/** Ids at the beginning of titles, or of the rows that titles are made from. */
function named(): Set<string> {
  const sources = readdirSync(__dirname)
    .filter(file => file.endsWith('.test.ts') && file !== 'table.test.ts')
    .map(file => readFileSync(join(__dirname, file), 'utf8'));
  const titles = sources.flatMap(source => [
    ...source.matchAll(/['"`]((?:(?:F-T|[NHDAQSC])\d+(?:, | · (?=[NHDAQSCF]))?)+)(?=['"`]| ·)/g),
  ]);
  return new Set(titles.flatMap(([, ids = '']) => ids.split(/, | · /)));
}

describe('the README’s table of faults', () => {
  it('has one row for each case of the list, in its order', () => {
    expect(rows.map(({ id }) => id)).toEqual(IDS);
  });

  it('says of each that it is held, how far, or with what it comes', () => {
    const vague = rows.filter(({ state }) => !/^(held$|in part: .{20}|comes with .{3})/.test(state));
    expect(vague).toEqual([]);
  });

  it('claims nothing that no test names', () => {
    const names = named();
    const claimed = rows.filter(({ state }) => !state.startsWith('comes with'));
    expect(claimed.filter(({ id }) => !names.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
