/**
 * `npm run mutation [-- [--quick] AREA|FILE …]`: changes the product in every small way, one at a time, and tells which
 * changes no test notices. All areas when none is named. Exit status 1 when an area that was mutated as a whole scores
 * too low, 2 for a mistake on the command line. `--quick` leaves out changes that act while a file is loaded, since each of
 * them costs a run of all the area's tests. MUTATION_CONCURRENCY says how many run side by side, 2 by default.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { BadOption, runCommand } from '../local/commandLine';
import { AREAS, areaOf } from './areas';
import { isValid, type Mutant, mutantOf, scoreOf } from './mutant';
import { type Excuse, excusesIn, isExcused, needless, rowFor } from './survivors';

const USAGE = `npm run mutation [-- [--quick] ${Object.keys(AREAS).join('|')}|FILE …]`;
const CONCURRENCY = Number(process.env['MUTATION_CONCURRENCY'] ?? 2);

runCommand(USAGE, async () => {
  const quick = process.argv.includes('--quick');
  const wanted = process.argv.slice(2).filter(word => word !== '--quick');
  const excuses = excusesIn(readFileSync(join(import.meta.dirname, 'survivors.md'), 'utf8'));
  const mistaken = wanted.find(name => !(name in AREAS) && !(areaOf(name) && existsSync(name)));
  if (mistaken !== undefined) throw new BadOption(`neither an area nor a file in one: ${mistaken}`);
  const names = Object.keys(AREAS).filter(
    name => wanted.length === 0 || wanted.some(one => one === name || areaOf(one) === name),
  );
  let low = false;
  for (const name of names) {
    const { mutate, leastScore } = AREAS[name]!;
    const files = wanted.includes(name) ? [] : wanted.filter(file => areaOf(file) === name);
    const mutants = await mutated(name, files.length > 0 ? files : mutate, quick);
    show(mutants, excuses);
    const score = scoreOf(mutants);
    const enough = score >= leastScore;
    const loading = mutants.filter(({ fate }) => fate === 'left out').length;
    if (loading > 0) console.log(`\n${loading} that act while a file is loaded were left out.`);
    console.log(`\n${name}: ${score.toFixed(1)} % (at least ${leastScore} %${enough ? '' : ': TOO LOW'})\n`);
    if (!enough && files.length === 0) low = true;
  }
  return low ? 1 : 0;
});

async function mutated(area: string, mutate: readonly string[], quick: boolean): Promise<Mutant[]> {
  // Read now: it takes minutes, and the files may be edited meanwhile.
  const sources = new Map(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => [join('src', name), readFileSync(join('src', name), 'utf8')]),
  );
  // Heeded by `together.ts` in the processes that Stryker starts.
  process.env['MUTATION_AREA'] = area;
  const stryker = new Stryker({
    mutate: [...mutate],
    testRunner: 'jest',
    coverageAnalysis: 'perTest',
    ignoreStatic: quick,
    jest: {
      projectType: 'custom',
      configFile: 'package.json',
      config: {
        testMatch: ['<rootDir>/test/mutation/together.ts'],
        testEnvironment: './test/mutation/firstFailureEnds.cjs',
      },
      enableFindRelatedTests: false,
    },
    concurrency: CONCURRENCY,
    // A busy machine must not pass for a test that noticed. Endless loops are found by counting, not by this.
    timeoutMS: 10_000,
    reporters: ['progress-append-only'],
    // Stryker would read it with a JavaScript interface that TypeScript 7 no longer has. The tests need none.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    tempDirName: 'out/mutation',
    ignorePatterns: ['/dist', '/docs', '/out'],
    warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
    allowConsoleColors: false,
  });
  return (await stryker.runMutationTest()).map(result => {
    const file = relative(process.cwd(), result.fileName);
    return mutantOf(result, file, sources.get(file) ?? '');
  });
}

function show(mutants: readonly Mutant[], excuses: readonly Excuse[]): void {
  const alive = mutants.filter(({ fate }) => fate === 'survived' || fate === 'untested');
  const unexcused = alive.filter(mutant => !isExcused(mutant, excuses));
  if (unexcused.length > 0) console.log('\nSurvivors that survivors.md does not explain:');
  for (const mutant of unexcused)
    console.log(`${`${mutant.line}`.padStart(4)} ${mutant.fate} ${rowFor(mutant)}`);
  const old = needless(excuses, mutants);
  if (old.length > 0) console.log('\nRows of survivors.md that no survivor needs any more:');
  for (const { file, code, change } of old) console.log(`${file}: ${code}: ${change}`);

  console.log(`\n${row('file', 'mutants', 'noticed', 'survived', 'untested', 'excused', 'score')}`);
  for (const file of [...new Set(mutants.map(mutant => mutant.file))].sort()) {
    const those = mutants.filter(mutant => mutant.file === file);
    const count = (fate: Mutant['fate']) => those.filter(mutant => mutant.fate === fate).length;
    const excused = alive.filter(mutant => mutant.file === file && isExcused(mutant, excuses)).length;
    const valid = those.filter(isValid).length;
    console.log(
      row(
        file,
        valid,
        count('noticed'),
        count('survived'),
        count('untested'),
        excused,
        scoreOf(those).toFixed(1),
      ),
    );
  }
}

function row(file: string, ...figures: (string | number)[]): string {
  return file.padEnd(36) + figures.map(figure => String(figure).padStart(9)).join('');
}
