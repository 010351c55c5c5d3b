import { type Mishap, planned } from '../emulator/mishap';
import { MAX_VALUE_BYTES } from '../emulator/stores';
import { SeededRandom } from '../simulator/seededRandom';
import { audit } from './audit';
import { Stage } from './stage';

/** Events of a day. */
export const SIZES = [0, 1, 99, 100, 101, 10_000, 100_000, 200_000, 500_000] as const;

const DAY = '2026-11-18';
/** As slow as amoCRM gets; five thousand pages of that are more than Google's trigger minutes of a day. */
const LATENCY_MS = 1_000;
const LAST_MORNING = '2026-11-22T05:10';
const LOOK_EVERY_MS = 300_000;
/** Of the runs that have anything to do, and of the others. */
const KILLED = 0.3;
/** A report's calls in one run, few of them at its beginning. */
const MOST_CALLS = 600;

/** A day of that many events, collected in as many runs as it takes, of which every third or so is killed on its way. */
export function playSize(events: number): string[] {
  const stage = new Stage({
    ...{ seed: `size ${events}`, zone: 'Europe/Moscow', firstDay: '2026-11-17', days: 6, perDay: 0 },
    busy: { date: DAY, events },
    begin: `${DAY}T20:30`,
    simulator: { latency: { min: LATENCY_MS, max: LATENCY_MS, byHour: [] } },
  });
  const random = new SeededRandom(`kills ${events}`);
  stage.setUp();
  let kills = 0;
  stage.mishaps = () => {
    if (!random.chance(KILLED)) return undefined;
    kills += 1;
    const kill: Mishap = { kind: 'kill', side: random.chance(0.5) ? 'before' : 'after' };
    return planned([{ ...kill, at: random.whole(1, MOST_CALLS) }]);
  };
  const problems = new Set<string>();
  const end = stage.at(LAST_MORNING);
  // In peace at last: the report of the last day but one has no one to repeat it.
  const peace = stage.at('2026-11-21T12:00');
  while (stage.world.now() < end) {
    if (stage.world.now() >= peace) stage.mishaps = undefined;
    stage.advance(Math.min(end, stage.world.now() + LOOK_EVERY_MS));
    for (const [name, value] of stage.world.properties().entries()) {
      const bytes = Buffer.byteLength(value);
      if (bytes > MAX_VALUE_BYTES) problems.add(`property ${name}: ${bytes} bytes`);
    }
  }
  if (kills === 0) problems.add('nobody was killed');
  const days = [DAY, '2026-11-19', '2026-11-20', '2026-11-21'];
  return [...problems, ...audit(stage, { days, manners: { perSecond: 5 } })];
}
