import { command, play, type Task } from './tasks';
import { PENDING_WEATHER, type WeatherName } from './weather';

const WEEKS: Record<WeatherName, number> = { breeze: 1, storm: 4, sabotage: 1 };

describe.each(Object.keys(WEEKS) as WeatherName[])('G2, I12 · weeks of %s', weather => {
  const pending = PENDING_WEATHER[weather];
  if (pending) it.todo(pending);
  const seeds = Array.from({ length: pending ? 0 : WEEKS[weather] }, (_, index) => 101 + index);
  if (seeds.length > 0) {
    it.each(seeds)('seed %d ends as fine weather would have', seed => {
      const task: Task = { part: 'chaos', weather, seed };
      expect(play(task).map(problem => `${command(task)}: ${problem}`)).toEqual([]);
    });
  }
});
