import type { MutantResult } from '@stryker-mutator/api/core';

/** A mutant as a person reads it, and as survivors.md names it: by its code, since lines move. */
export interface Mutant {
  /** From the project's root. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** The line of source where it begins. */
  code: string;
  /** What was changed into what. */
  change: string;
  fate: 'noticed' | 'survived' | 'untested' | 'invalid' | 'left out';
}

const LONGEST_EXCERPT = 140; // characters

/** @param source the text of the mutant's file */
export function mutantOf(
  { location, replacement, status }: MutantResult,
  file: string,
  source: string,
): Mutant {
  const lines = source.split('\n');
  // Stryker's lines count from 1 in the report of results, its columns from 1 too.
  const { start, end } = location;
  const original = lines
    .slice(start.line - 1, end.line)
    .map((text, index, all) => (index === all.length - 1 ? text.slice(0, end.column - 1) : text))
    .map((text, index) => (index === 0 ? text.slice(start.column - 1) : text))
    .join('\n');
  return {
    file,
    line: start.line,
    code: excerpt(lines[start.line - 1] ?? ''),
    change: `${excerpt(original)} → ${excerpt(replacement)}`,
    fate: FATES[status] ?? 'invalid',
  };
}

/** Whether it was tried: it could be built, and was not left out. */
export function isValid({ fate }: Mutant): boolean {
  return fate !== 'invalid' && fate !== 'left out';
}

/** The percentage of valid mutants that were noticed; 100 where there are none. */
export function scoreOf(mutants: readonly Mutant[]): number {
  const valid = mutants.filter(isValid).length;
  return valid === 0 ? 100 : (mutants.filter(({ fate }) => fate === 'noticed').length / valid) * 100;
}

const FATES: Partial<Record<MutantResult['status'], Mutant['fate']>> = {
  Killed: 'noticed',
  Timeout: 'noticed',
  Survived: 'survived',
  NoCoverage: 'untested',
  Ignored: 'left out',
};

function excerpt(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  return oneLine.length > LONGEST_EXCERPT ? `${oneLine.slice(0, LONGEST_EXCERPT)}…` : oneLine;
}
