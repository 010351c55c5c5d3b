import { command, play, type Task } from './tasks';
import type { WeatherName } from './weather';

const WEEKS: Record<WeatherName, number> = { breeze: 1, storm: 2 };

describe.each(Object.entries(WEEKS) as [WeatherName, number][])('G2, I12 · weeks of %s', (weather, weeks) => {
  it.each(Array.from({ length: weeks }, (_, index) => 101 + index))(
    'seed %d ends as fine weather would have',
    seed => {
      const task: Task = { part: 'chaos', weather, seed };
      expect(play(task).map(problem => `${command(task)}: ${problem}`)).toEqual([]);
    },
  );
});
