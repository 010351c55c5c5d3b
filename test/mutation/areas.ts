/** Mutated by itself, against the tests in the folder of its name: a guard is tested where it stands. */
export interface Area {
  mutate: readonly string[];
  /** The percentage of mutants that the tests must notice. */
  leastScore: number;
}

export const AREAS: Readonly<Record<string, Area>> = {
  core: {
    // Without the texts: a test that noticed a changed word would only repeat it.
    mutate: ['src/core/**/*.ts', '!src/core/texts/!(index).ts'],
    leastScore: 85,
  },
  amocrm: {
    mutate: ['src/amocrm/**/*.ts'],
    leastScore: 75,
  },
  jobs: {
    mutate: ['src/jobs/**/*.ts'],
    leastScore: 75,
  },
};

/** The name of the area that a source file belongs to, by its path from the project's root. */
export function areaOf(file: string): string | undefined {
  return Object.keys(AREAS).find(name => file.startsWith(`src/${name}/`));
}
