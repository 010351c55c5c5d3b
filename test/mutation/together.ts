/**
 * All tests of the area that MUTATION_AREA names as one file: a mutant is tried some thousand times in a run, and
 * loading the product anew for each file would take most of the time.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', process.env['MUTATION_AREA'] ?? '');
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (name.endsWith('.test.ts')) require(join(folder, name));
}
