import { command, play, type Task } from './tasks';

it.each([0, 10_000])('D13, M3 · a day of %d events, with kills on the way', events => {
  const task: Task = { part: 'size', events };
  expect(play(task).map(problem => `${command(task)}: ${problem}`)).toEqual([]);
});
