import { serialOfDay } from '../../src/core/day';
import { queryOf, text } from '../support/amoAnswers';
import { DAY, events, FROM, NO_PINGS, story } from '../support/reportStory';

const NEXT_DAY = '2026-11-20T03:05:00+03:00';

describe('M13, T15 · publish', () => {
  it('M12 · S2 · the pings of a day that are gone stay those of that day, not of another', () => {
    const { world, tables, run } = story();
    run();
    world.clock.set(NEXT_DAY);
    run();
    expect(tables.days).toMatchObject([
      { pings: 3, peakMs: 509 },
      { pings: 1, peakMs: 8_000 },
    ]);
    tables.pings.length = 0;
    run();
    expect(tables.days).toMatchObject([
      { pings: 3, peakMs: 509 },
      { pings: 1, peakMs: 8_000 },
    ]);
    expect(tables.report.at(-1)).toMatchObject({ date: DAY + 1, peakMs: 8_000 });
  });

  it.each(['3', '', 'x'])('S2 · where a person has put %j in their place, they are counted anew', cell => {
    const { tables, run } = story({}, NO_PINGS);
    run();
    tables.days[0]!['pings'] = cell;
    run();
    expect(tables.days).toMatchObject([{ pings: 0, peakMs: '' }]);
  });

  it('T15 · a row without a date, as of a person’s own sums, is no day’s: it stays where it is', () => {
    const { world, tables, run } = story({ events: [] }, NO_PINGS);
    run();
    for (const table of [tables.report, tables.days]) table.push({ ...table[0]!, date: 'Итого' });
    world.clock.set(NEXT_DAY);
    run();
    run();
    for (const table of [tables.report, tables.days])
      expect(table.map(({ date }) => date)).toEqual([DAY, 'Итого', DAY + 1]);
  });
});

describe('M13, I2 · publishUnfinished', () => {
  it('M13 · a day half read says what it counts so far, and by whom', () => {
    const { tables, run } = story(
      {
        events: [
          ...events('lead_added', 30, { created_at: FROM + 10 }),
          ...events('task_added', 20, { created_at: FROM + 10, created_by: 101 }),
        ],
        fault: request =>
          Number(queryOf(request)['filter[created_at][from]']) > FROM + 43_200 ? text('', 503) : undefined,
      },
      { properties: {} },
    );
    expect(run()).toBe(false);
    expect(tables.days).toMatchObject([
      { date: serialOfDay('2026-11-18'), events: 50, automated: 30, manual: 20, pings: '' },
    ]);
  });
});
