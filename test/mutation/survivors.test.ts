import { type Mutant, mutantOf, scoreOf } from './mutant';
import { excusesIn, isExcused, needless, rowFor } from './survivors';

const SOURCE = 'const a = 1;\n  if (a ||\n    b) go(`x`);\n';

const result = (from: [number, number], to: [number, number], replacement: string): Mutant =>
  mutantOf(
    {
      ...{ id: '1', mutatorName: 'X', status: 'Survived', fileName: '/x/src/core/a.ts', replacement },
      location: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } },
    },
    'src/core/a.ts',
    SOURCE,
  );

describe('mutation testing', () => {
  it('names a mutant by its line of code and what was changed in it', () => {
    expect(result([1, 11], [1, 12], '2')).toMatchObject({ line: 1, code: 'const a = 1;', change: '1 → 2' });
    expect(result([2, 7], [3, 6], 'false')).toMatchObject({
      ...{ line: 2, code: 'if (a ||', change: 'a || b → false', fate: 'survived' },
    });
  });

  it('finds a survivor excused by its own row, once a reason stands there', () => {
    for (const mutant of [result([2, 7], [3, 6], 'a && b'), result([3, 11], [3, 14], '``')]) {
      const row = rowFor(mutant);
      expect(isExcused(mutant, excusesIn(row))).toBe(false);
      const excuses = excusesIn(`| file | code |\n| --- | --- |\n${row.replace(/\|$/, 'since … |')}`);
      expect(isExcused(mutant, excuses)).toBe(true);
      expect(isExcused({ ...mutant, change: 'x → y' }, excuses)).toBe(false);
      expect(needless(excuses, [mutant])).toEqual([]);
      expect(needless(excuses, [{ ...mutant, fate: 'noticed' }])).toEqual(excuses);
      expect(needless(excuses, [{ ...mutant, file: 'src/core/b.ts' }])).toEqual([]);
    }
  });

  it('scores what can be run', () => {
    const fates = (...some: Mutant['fate'][]) => some.map(fate => ({ ...result([1, 1], [1, 2], ''), fate }));
    expect(scoreOf(fates('noticed', 'survived', 'untested', 'noticed', 'invalid'))).toBe(50);
    expect(scoreOf([])).toBe(100);
  });
});
