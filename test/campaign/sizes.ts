import { type Mishap, planned } from '../emulator/mishap';
import { SeededRandom } from '../simulator/seededRandom';
import { audit, largeProperties } from './audit';
import { Stage } from './stage';

/** Events of a day. */
export const SIZES = [0, 1, 99, 100, 101, 10_000, 100_000, 200_000, 500_000] as const;

const DAY = '2026-11-18';
/** As slow as amoCRM gets; five thousand pages of that are more than Google's trigger minutes of a day. */
const LATENCY_MS = 1_000;
const LAST_MORNING = '2026-11-22T05:10';
const LOOK_EVERY_MS = 300_000;
/** The share of runs that are to be killed, at one of their first calls: a ping makes few, a report a thousand before its first request. */
const KILLED = 0.3;
const CALLS_OF_A_PING = 60;
const FIRST_CALLS = 1_600;

/** A day of that many events, collected in as many runs as it takes, some of which are killed on their way. */
export function playSize(events: number): string[] {
  const stage = new Stage({
    ...{ seed: `size ${events}`, zone: 'Europe/Moscow', firstDay: '2026-11-17', days: 6, perDay: 0 },
    busy: { date: DAY, events },
    // A day without events is one case, and has no loops, either.
    ...(events > 1 ? { loops: '2026-11-19' } : {}),
    begin: `${DAY}T20:30`,
    simulator: { latency: { min: LATENCY_MS, max: LATENCY_MS, byHour: [] } },
  });
  const random = new SeededRandom(`kills ${events}`);
  stage.setUp();
  stage.mishaps = () => {
    if (!random.chance(KILLED)) return undefined;
    const kill: Mishap = { kind: 'kill', side: random.chance(0.5) ? 'before' : 'after' };
    const most = random.chance(0.5) ? CALLS_OF_A_PING : FIRST_CALLS;
    return planned([{ ...kill, at: random.whole(1, most) }]);
  };
  const problems = new Set<string>();
  const end = stage.at(LAST_MORNING);
  // The last morning's audit finds no run that still has to be made up for.
  const peace = stage.at('2026-11-21T12:00');
  while (stage.world.now() < end) {
    if (stage.world.now() >= peace) stage.mishaps = undefined;
    stage.advance(Math.min(end, stage.world.now() + LOOK_EVERY_MS));
    for (const problem of largeProperties(stage)) problems.add(problem);
  }
  if (!stage.performed.some(({ outcome }) => outcome?.killed)) problems.add('nobody was killed');
  const days = [DAY, '2026-11-19', '2026-11-20', '2026-11-21'];
  return [...problems, ...audit(stage, { days, manners: { perSecond: 5 } })];
}
