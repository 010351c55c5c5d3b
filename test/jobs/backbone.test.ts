import { keepReportsGoing } from '../../src/jobs/backbone';
import { keepPlan, keptPlan } from '../../src/jobs/keptPlan';
import { takeLease } from '../../src/jobs/lease';
import { NO_PINGS, REPORT, story } from '../support/reportStory';

/** A day that was left unfinished. */
function interrupted() {
  const one = story({}, NO_PINGS);
  const { outside } = one.world;
  keepPlan(outside, { ...keptPlan(outside), since: '2026-11-18', open: true });
  return one;
}

describe('T7 · what the hourly trigger does for the report', () => {
  it('T7 · goes on with what was left', () => {
    const { world, tables } = interrupted();
    keepReportsGoing(world.outside);
    expect(tables.report.map(({ count }) => count)).toEqual(REPORT.map(({ count }) => count));
  });

  it('T13 · while another run is at it: not a word, for nothing is wrong', () => {
    const { world, tables } = interrupted();
    takeLease(world.outside, 'dailyReport');
    keepReportsGoing(world.outside);
    expect(world.requests).toEqual([]);
    expect(tables.log).toEqual([]);
    expect(keptPlan(world.outside)).toMatchObject({ open: true });
  });

  it('Q8 · where the properties cannot be read for a moment: nothing this time, the next hour goes on', () => {
    const { world, tables } = interrupted();
    let fails = true;
    world.steps.interfere = port => {
      if (port !== 'properties.readAll' || !fails) return;
      fails = false;
      throw new Error('Service unavailable');
    };
    expect(() => keepReportsGoing(world.outside)).not.toThrow();
    expect(world.requests).toEqual([]);
    expect(tables.log).toEqual([]);
    keepReportsGoing(world.outside);
    expect(tables.report).toHaveLength(REPORT.length);
  });
});
