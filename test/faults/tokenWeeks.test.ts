import type { Stage } from '../campaign/stage';
import type { Mishap } from '../emulator/mishap';
import type { FaultName } from '../simulator/faults';
import { SeededRandom } from '../simulator/seededRandom';
import type { SeenRequest } from '../simulator/seenRequest';
import { connectAnew, connected, problemsOf, reusedOf, stored } from './connected';
import { DAY, NEXT } from './night';

/** More with `AUTH_WEEKS=200`: seeds 1 to 200. */
const SEEDS = Array.from({ length: Number(process.env['AUTH_WEEKS'] ?? 2) }, (_, index) => index + 1);

const TOKENS = '/oauth2/access_token';
const HOUR = 3_600_000;
const DAYS = [DAY, NEXT, '2026-11-20', '2026-11-21'];

/** Whatever may become of a request for tokens; the first two after amoCRM has given them out. */
const FAULTS: readonly FaultName[] = [
  'lost-answer',
  'broken-answer',
  'json-500',
  'html-503',
  'json-garbage',
  'timeout',
  '429-json-seconds',
];

interface Sky {
  isCalm: boolean;
  /** How often a pair may have been lost. */
  lost: number;
}

/** Runs are killed, calls fail, answers about tokens get lost. */
function badWeather(stage: Stage, random: SeededRandom): Sky {
  const sky: Sky = { isCalm: false, lost: 0 };
  stage.mishaps = () => {
    if (sky.isCalm || !random.chance(0.3)) return undefined;
    const at = random.whole(1, 60);
    const mishap: Mishap = random.chance(0.7)
      ? { kind: 'kill', side: random.pick(['before', 'after', 'torn'] as const) }
      : { kind: 'fail', side: random.pick(['before', 'after'] as const) };
    return (call, index) => {
      // Looks and writes of the spreadsheet are struck elsewhere.
      if (index < at || !/Properties|Lock|fetch/.test(call)) return undefined;
      sky.lost += 1;
      return index > at + 40 ? undefined : mishap;
    };
  };
  const chosen = new Map<SeenRequest, FaultName | undefined>();
  for (const fault of FAULTS) {
    const isDue = (request: SeenRequest) => {
      if (sky.isCalm || request.path !== TOKENS) return false;
      if (!chosen.has(request)) chosen.set(request, random.chance(0.35) ? random.pick(FAULTS) : undefined);
      if (chosen.get(request) !== fault) return false;
      sky.lost += 1;
      return true;
    };
    stage.simulator.plan(isDue, fault, { times: Number.POSITIVE_INFINITY, retryAfter: 60 });
  }
  return sky;
}

describe('A1 to A5 · days on which tokens are renewed every few hours, in bad weather', () => {
  it.each(SEEDS)('A2 · seed %d: a person connects anew where it says so, and nothing is lost', seed => {
    const random = new SeededRandom(`tokens|${seed}`);
    const stage = connected({ seed: `tokens|${seed}` });
    const sky = badWeather(stage, random);
    let connectedAnew = 0;
    const mend = () => {
      if (stored(stage)?.refusal === undefined) return;
      const { isCalm } = sky;
      sky.isCalm = true;
      expect(connectAnew(stage)).toMatchObject({ ok: true });
      sky.isCalm = isCalm;
      connectedAnew += 1;
    };
    const until = stage.at('2026-11-21T20:00');
    for (let at = stage.world.now() + 6 * HOUR; at < until; at += 6 * HOUR) {
      stage.advance(at);
      mend();
    }
    sky.isCalm = true;
    stage.advance('2026-11-22T03:00');
    mend();
    stage.advance('2026-11-22T09:10');
    expect(problemsOf(stage, { days: DAYS })).toEqual([]);
    expect(stored(stage)?.refusal).toBeUndefined();
    // Offered again only where nobody could know that a pair was given out.
    expect(reusedOf(stage)).toBeLessThanOrEqual(sky.lost);
    expect(connectedAnew).toBeLessThanOrEqual(sky.lost);
  });
});
