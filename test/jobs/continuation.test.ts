import { continueAt } from '../../src/jobs/continuation';
import { runJob } from '../../src/jobs/run';
import { inMemoryOutside } from '../support/inMemoryOutside';

describe('T7 · a one-off trigger that cannot be made', () => {
  it.each<[unknown, string]>([
    [new Error('Server error'), 'continuation: Server error'],
    ['Server error', 'continuation: Server error'],
  ])('T7 · (%p) is a warning on the console, and no failure of the run', (thrown, said) => {
    const world = inMemoryOutside({ settings: {} });
    world.steps.interfere = port => {
      if (port === 'triggers.createOnce') throw thrown;
    };
    const ended = runJob(
      world.outside,
      { name: 'dailyReport', needsAccount: false, effectOfFailure: () => '' },
      run => {
        continueAt(run, world.clock.now() + 60_000);
        return undefined;
      },
    );
    expect(ended).toBe(true);
    expect(world.console).toContainEqual({ level: 'WARN', text: said });
    expect(world.contents.tables.log).toEqual([]);
  });
});
