import type { Mutant } from './mutant';

/** A row of survivors.md. */
export interface Excuse {
  file: string;
  code: string;
  change: string;
  why: string;
}

/** The rows of the tables in survivors.md: `| file | code | change | why harmless |`, code in back-ticks. */
export function excusesIn(markdown: string): Excuse[] {
  return markdown.split('\n').flatMap(line => {
    const cells = line.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|'));
    const [, file = '', code = '', change = '', why = ''] = cells;
    return file.startsWith('src/') ? [{ file, code: unquoted(code), change: unquoted(change), why }] : [];
  });
}

/** The row of survivors.md that this mutant would get; the reason is for a person to give. */
export function rowFor({ file, code, change }: Mutant): string {
  return `| ${[file, quoted(code), quoted(change)].map(cell => cell.replaceAll('|', '\\|')).join(' | ')} | |`;
}

export function isExcused(mutant: Mutant, excuses: readonly Excuse[]): boolean {
  return excuses.some(excuse => excuse.why !== '' && concerns(excuse, mutant));
}

/** The excuses that no survivor needs any more, among those for files that were mutated. */
export function needless(excuses: readonly Excuse[], mutants: readonly Mutant[]): Excuse[] {
  const alive = mutants.filter(({ fate }) => fate === 'survived' || fate === 'untested');
  return excuses.filter(
    excuse =>
      mutants.some(({ file }) => file === excuse.file) && !alive.some(mutant => concerns(excuse, mutant)),
  );
}

function concerns(excuse: Excuse, { file, code, change }: Mutant): boolean {
  return excuse.file === file && excuse.code === code && excuse.change === change;
}

// Two back-ticks, so that code may hold one.
function quoted(code: string): string {
  return `\`\` ${code} \`\``;
}

function unquoted(cell: string): string {
  return cell.replace(/^`+ ?| ?`+$/g, '');
}
