import { apart, meetingsOf, PAIRS } from './interleavings';
import { command, play, type Task } from './tasks';

const MEETINGS = 2;

describe('T3, T12, T13, C7 · two executions at once, the second one inside the first', () => {
  const ready = PAIRS.filter(({ pending }) => !pending);
  it.each(ready.map(pair => [pair.name, pair] as const))(
    '%s: one of them, or both, and never half of each',
    (name, pair) => {
      const calls = apart(pair);
      expect(calls.problems).toEqual([]);
      const meetings = meetingsOf(calls);
      // Odd, so that both whole meetings and cut ones come.
      const stride = Math.floor(meetings.length / MEETINGS / 2) * 2 + 1;
      const tasks = meetings
        .filter((_, index) => index % stride === 0)
        .map((meeting): Task => ({ part: 'interleave', pair: name, meeting }));
      expect(tasks.flatMap(task => play(task).map(problem => `${command(task)}: ${problem}`))).toEqual([]);
    },
  );

  for (const { name, pending } of PAIRS) if (pending) it.todo(`${name}: ${pending}`);
});
