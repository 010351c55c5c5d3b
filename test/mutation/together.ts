/**
 * All tests of the area that MUTATION_AREA names as one file: a mutant is tried some thousand times in a run, and
 * loading the product anew for each file would take most of the time. The long stories, parts of a larger whole such
 * as `dailyReport.kill.test.ts`, come last: most mutants do not live to see them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', process.env['MUTATION_AREA'] ?? '');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.test.ts'),
);
const isLong = (name: string) => name.split('.').length > 3;
names.sort((a, b) => Number(isLong(a)) - Number(isLong(b)) || a.localeCompare(b));
for (const name of names) require(join(folder, name));
