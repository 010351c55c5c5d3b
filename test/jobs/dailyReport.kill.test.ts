import { latencyLog, pingsIn, withPing } from '../../src/core/latencyLog';
import type { Ping } from '../../src/core/ping';
import { dailyReport } from '../../src/jobs/dailyReport';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { SMALL_TOKEN, smallAccount } from '../support/smallAccount';
import { Killed } from '../support/steps';

const at = (iso: string) => Date.parse(iso) / 1000;
const pingAt = (iso: string, ms: number): Ping => ({
  ...{ at: at(iso), slot: undefined, ms, min: ms, max: ms, succeeded: 1, taken: 1 },
  ...{ status: 200, failure: undefined, duringCollection: false },
});
const PINGS = [pingAt('2026-11-18T13:51:00+03:00', 509), pingAt('2026-11-18T14:51:00+03:00', 300)];

function world() {
  const events = Array.from({ length: 130 }, (_, index) => ({
    ...{ id: `e${index}`, type: index % 3 === 0 ? 'task_added' : 'lead_added', created_by: 0 },
    created_at: at('2026-11-18T00:00:00+03:00') + index * 600,
    ...{ entity_type: 'lead', entity_id: 7 },
  }));
  let properties: Record<string, string> = { token: SMALL_TOKEN };
  for (const ping of PINGS) {
    properties = { ...properties, ...Object.fromEntries(withPing(latencyLog(properties), ping).write) };
  }
  return inMemoryOutside({
    server: smallAccount({ events }).server,
    settings: { baseUrl: 'mycompany' },
    properties,
  });
}

/** What must not depend on kills. */
function outcome({ contents, properties }: ReturnType<typeof world>) {
  const { report, days, pings, hours, processes, loops, latency } = contents.tables;
  return {
    ...{ report, pings, hours, processes, loops, latency },
    days: days.map(({ requests: _, ...row }) => row),
    left: pingsIn(latencyLog(Object.fromEntries(properties))),
    lease: properties.get('lease'),
  };
}

const undisturbed = world();
dailyReport(undisturbed.outside, 'nightly');
const CALLS = undisturbed.steps.log.length;
/** The last call of the story; what comes after it is the frame's. */
const STORY_ENDS = undisturbed.steps.log.findIndex(step => /^properties\.change .*-lease$/.test(step)) - 3;

/** The day with a run killed before its `nth` call of a port, and the next run ten minutes later. */
function killedBefore(nth: number) {
  const one = world();
  one.steps.killBefore(nth);
  let reached = true;
  try {
    reached = dailyReport(one.outside, 'nightly');
  } catch (error) {
    // The frame may hear of it in vain: no port answers any more.
    if (!(error instanceof Killed)) throw error;
    reached = false;
  }
  expect({ died: one.steps.died, reached: reached && nth < STORY_ENDS }).toEqual({
    died: true,
    reached: false,
  });
  one.steps.revive();
  one.clock.pass(10 * 60_000);
  expect(dailyReport(one.outside, 'nightly')).toBe(true);
  return outcome(one);
}

describe('M7, M9 · a report that is killed anywhere and run again', () => {
  const expected = outcome(undisturbed);
  const calls = Array.from({ length: CALLS }, (_, index) => index + 1);

  it('the undisturbed run is what it should be', () => {
    expect(STORY_ENDS).toBeGreaterThan(50);
    expect(CALLS).toBeGreaterThan(STORY_ENDS);
    expect(expected.report).toMatchObject([{ event: 'Новая сделка', count: 86, peakMs: 509 }, { count: 44 }]);
    expect(expected.pings).toHaveLength(2);
    expect(expected.hours).toMatchObject([{ total: 86, hour0: 4 }, { total: 44 }]);
    expect(expected.processes).toMatchObject([{ events: 86, operations: 86 }, { events: 44 }]);
    expect(expected.loops).toMatchObject([{ count: 86, missed: 0 }]);
    expect(expected.latency).toMatchObject([{ hour13: 509, hour14: 300 }]);
    expect(expected).toMatchObject({ left: [], lease: undefined });
  });

  it.each(calls)(
    `M7 · M9 · killed before call %d of ${CALLS}: the same rows, once, and no ping left over`,
    nth => {
      expect(killedBefore(nth)).toEqual(expected);
    },
  );
});
