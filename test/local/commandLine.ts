import { parseArgs } from 'node:util';
import { isDate } from '../simulator/wallClock';

/** A mistake on the command line: told in one line, exit status 2. */
export class BadOption extends Error {}

export type Given = Record<string, string | boolean | (string | boolean)[] | undefined>;

/**
 * The options of a command line as text, `true` for switches, a list for repeatable ones; of others the last counts.
 * @throws BadOption for an unknown option, or for anything that is no option
 */
export function readCommandLine(
  args: string[],
  options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>,
): Given {
  // Not strict, so that a wrong option can be named in one line of our own.
  const { values, positionals } = parseArgs({ args, options, strict: false, allowPositionals: true });
  const unknown = Object.keys(values).find(name => !(name in options));
  if (unknown !== undefined) throw new BadOption(`unknown option --${unknown}`);
  if (positionals.length > 0) throw new BadOption(`unexpected "${positionals[0]}"`);
  for (const [name, { type }] of Object.entries(options)) {
    const value = [values[name]].flat()[0];
    if (type === 'string' && typeof value === 'boolean') throw new BadOption(`--${name} needs a value`);
    if (type === 'boolean' && typeof value === 'string') throw new BadOption(`--${name} takes no value`);
  }
  return values as Given;
}

/** @throws BadOption unless it is absent or a whole number within the bounds */
export function wholeNumber(name: string, given: Given, from: number, to: number): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new BadOption(`--${name} needs a whole number from ${from} to ${to}, not "${String(value)}"`);
}

/** @throws BadOption unless it is absent or a calendar day such as 2026-11-18 */
export function calendarDay(name: string, given: Given): string | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && isDate(value)) return value;
  throw new BadOption(`--${name} needs a day such as 2026-11-18, not "${String(value)}"`);
}

/** Runs a command: mistakes of the command line end it with status 2, its own result with that status. */
export function runCommand(usage: string, command: () => Promise<number | undefined>): void {
  command().then(
    status => {
      // Not process.exit() without need: a server goes on.
      if (status !== undefined) process.exit(status);
    },
    (problem: unknown) => {
      const isMistake = problem instanceof BadOption;
      const text = problem instanceof Error ? (isMistake ? problem.message : problem.stack) : String(problem);
      process.stderr.write(isMistake ? `${text}. Usage: ${usage}\n` : `${text}\n`);
      process.exit(isMistake ? 2 : 1);
    },
  );
}
