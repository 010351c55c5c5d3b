import { TEXTS } from '../../src/core/texts';
import { reportPeriod } from '../../src/jobs/reportPeriod';
import { DAY, NO_PINGS, story } from '../support/reportStory';

const { ru } = TEXTS;
const QUESTION = ru.period.ask('12.11.2026', '18.11.2026');

function typed(answer: string | undefined) {
  const { world, tables } = story({}, { ...NO_PINGS, person: [answer] });
  reportPeriod(world.outside);
  return { world, dates: tables.days.map(({ date }) => (date as number) - DAY) };
}

describe('M13 · reportPeriod', () => {
  it.each<[string, number[]]>([
    ['16.11.2026 - 18.11.2026', [-2, -1, 0]],
    ['2026-11-18', [0]],
  ])('M13 · %j reports these days and says so', (answer, days) => {
    const { world, dates } = typed(answer);
    expect(dates).toEqual(days);
    expect(world.shown[0]).toBe(QUESTION);
    for (const day of days) expect(world.shown[1]).toContain(`Отчёт за ${18 + day}.11.2026 готов`);
  });

  it.each<[string, 'unreadable' | 'not-over' | 'too-long']>([
    ['вчера', 'unreadable'],
    ['19.11.2026', 'not-over'],
    ['1.1.2020 - 18.11.2026', 'too-long'],
  ])('M13 · C1 · %j is explained, and nothing is asked of amoCRM', (answer, problem) => {
    const { world } = typed(answer);
    expect(world.shown).toEqual([QUESTION, ru.period.problem(problem, '18.11.2026')]);
    expect(world.requests).toEqual([]);
  });

  it.each([undefined, '', '  '])('M13 · %j is a no', answer => {
    const { world } = typed(answer);
    expect(world.shown).toEqual([QUESTION]);
    expect(world.requests).toEqual([]);
  });
});
