import { unbroken } from './killSweep';
import { NotPossible, SCENARIOS, type Scenario } from './scenarios';
import { command, play, shareOf, type Task } from './tasks';

/** So long an unbroken run may take for its scenario to be struck at every kind of call; the others take too long. */
const QUICK_CALLS = 900;

/** Declares the tests of a share of one sweep, a test for each scenario, with about so many blows each. */
export function sweepInPart(part: 'kill' | 'fail', about: number, everyKind: boolean): void {
  const met = new Set<string>();
  const failures = (scenario: Scenario): string[] => {
    const { calls, problems } = unbroken(scenario);
    if (problems.length > 0) return [...problems];
    const kinds = everyKind && calls.length < QUICK_CALLS ? met : undefined;
    const tasks = shareOf(scenario, part, about, kinds).map((blow): Task => {
      return { part, scenario: scenario.name, blow };
    });
    expect(tasks.length).toBeGreaterThan(0);
    return tasks.flatMap(task => play(task).map(problem => `${command(task)}: ${problem}`));
  };
  for (const scenario of SCENARIOS) {
    const { name, pending } = scenario;
    if (pending) it.todo(`${name}: ${pending}`);
    else
      it(`${name} ends as if nothing had been`, () =>
        expect(ifPossible(() => failures(scenario))).toEqual([]));
  }
}

/** The product may not have the doors that a scenario needs. */
function ifPossible(look: () => string[]): string[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof NotPossible) return [];
    throw error;
  }
}
