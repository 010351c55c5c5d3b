import { ClockTrigger } from '../emulator/clockTrigger';
import type { EpochMs } from '../emulator/contract';
import type { MishapSource, PlannedMishap } from '../emulator/mishap';
import { planned } from '../emulator/mishap';
import type { Firing } from '../emulator/scheduler';
import type { FaultName } from '../simulator/faults';
import { SeededRandom } from '../simulator/seededRandom';
import type { SeenRequest } from '../simulator/seenRequest';
import { shiftDate } from '../simulator/wallClock';
import { audit } from './audit';
import { differences, picture } from './picture';
import { Stage, type StageOptions } from './stage';
import { SheetUser } from './userEdits';
import { WEATHERS, type Weather, type WeatherName } from './weather';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ZONES = [
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Asia/Almaty',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Sao_Paulo',
  'Pacific/Honolulu',
] as const;

/** Weeks around changes of the clock come as often as all others together. */
const FIRST_DAYS = [
  '2026-11-18',
  '2026-03-26',
  '2026-10-22',
  '2026-03-05',
  '2026-10-29',
  '2026-12-28',
  '2028-02-25',
  '2026-04-02',
] as const;

/** How often a list of several pages has moved on when its next page is read. */
const LIST_MOVES = 0.3;

const STORMY_DAYS = 7;
const SETTLING_DAYS = 2;

export interface WeekResult {
  problems: string[];
  executions: number;
  /** How often executions were met by a mishap. */
  mishaps: number;
}

/**
 * A week of a small company in bad weather, two days in which nothing goes wrong any more, and then the question
 * whether everything stands as if the weather had been fine all the time.
 * @param besideCalm whether the same week is played in fine weather, too, and compared
 */
export function playWeek(seed: number, weatherName: WeatherName, besideCalm = false): WeekResult {
  const random = new SeededRandom(`week ${seed}`);
  const weather = WEATHERS[weatherName](random);
  const options = weekOf(seed, random, weather);
  const stage = new Stage(options);
  const user = new SheetUser(stage, new SeededRandom(`user ${seed}`));
  stage.setUp();
  weatherTheStorm(stage, user, weather, new SeededRandom(`storm ${seed}`));
  const end = settle(stage);
  const days = Array.from({ length: STORMY_DAYS + SETTLING_DAYS }, (_, i) =>
    shiftDate(options.firstDay, i + 1),
  );
  const problems = [
    ...audit(stage, {
      days,
      anyOrder: user.sorted,
      builtInNames: true,
      manners: {
        perSecond: 5,
        unheard: ({ at }) => !weather.patient || isDisturbed(stage, at),
      },
    }),
    ...user.complaints(),
  ];
  if (besideCalm) problems.push(...differencesFromCalm(options, stage, end));
  return {
    problems,
    executions: stage.performed.length,
    mishaps: stage.performed.reduce((sum, { mishaps }) => sum + mishaps, 0),
  };
}

function weekOf(seed: number, random: SeededRandom, weather: Weather): StageOptions {
  const firstDay = random.pick(FIRST_DAYS);
  return {
    seed,
    zone: random.pick(ZONES),
    // The day before the set-up and the one of the audit are there, so that the days' borders matter.
    firstDay,
    days: STORMY_DAYS + SETTLING_DAYS + 2,
    perDay: [30, 120],
    // More than two pages.
    busy: { date: shiftDate(firstDay, random.whole(1, STORMY_DAYS)), events: random.whole(260, 420) },
    loops: shiftDate(firstDay, random.whole(1, STORMY_DAYS)),
    late: weather.lateEvents,
    punctualFrom: shiftDate(firstDay, STORMY_DAYS + SETTLING_DAYS - 1),
    begin: `${shiftDate(firstDay, 1)}T10:20`,
    locale: random.pick(['ru_RU', 'ru_RU', 'en_US']),
    sheetZone: random.pick(['Europe/Moscow', 'America/New_York']),
  };
}

function settle(stage: Stage): string {
  const { simulator, world } = stage;
  simulator.heal();
  stage.mishaps = undefined;
  stage.firings = undefined;
  world.wallMs = 6 * MINUTE;
  const end = `${shiftDate(stage.options.firstDay, STORMY_DAYS + SETTLING_DAYS + 1)}T05:20`;
  stage.advance(end);
  return end;
}

function weatherTheStorm(stage: Stage, user: SheetUser, weather: Weather, random: SeededRandom): void {
  const { world } = stage;
  const begin = world.now();
  const end = stage.at(`${shiftDate(stage.options.firstDay, STORMY_DAYS + 1)}T10:00`);
  const sometime = () => begin + Math.floor(random.unit() * (end - begin));
  world.wallMs = weather.wallMinutes * MINUTE;
  stage.mishaps = ({ functionName }) =>
    weather.handlers.includes(functionName) ? mishapsOf(weather, random) : undefined;
  stage.firings = trigger =>
    weather.handlers.includes(trigger.handler) ? firingOf(weather, random) : undefined;
  trouble(stage, weather, random, { begin, end, sometime });

  const agenda: { at: EpochMs; act: () => void }[] = [];
  const plan = (times: number, act: () => void) => {
    for (let i = 0; i < times; i++) agenda.push({ at: sometime(), act });
  };
  plan(weather.edits, () => user.do(random.pick(weather.editKinds)));
  plan(weather.triggersLost, () => loseTrigger(stage, random, 'lost'));
  plan(weather.triggersDisabled, () => loseTrigger(stage, random, 'disabled'));
  plan(weather.triggersDoubled, () => doubleTrigger(stage, random));
  agenda.sort((a, b) => a.at - b.at);
  for (const { act, at } of agenda) {
    stage.advance(at);
    act();
  }
  stage.advance(end);
}

/** What goes wrong in one execution; mostly nothing. */
function mishapsOf(weather: Weather, random: SeededRandom): MishapSource | undefined {
  // A ping makes some hundred calls and a report some hundreds; small numbers come more often than large ones.
  const somewhere = () => 1 + Math.floor(random.unit() ** 1.5 * 320);
  const plan: PlannedMishap[] = [];
  if (random.chance(weather.kill)) {
    plan.push({ kind: 'kill', side: random.chance(0.5) ? 'before' : 'after', at: somewhere() });
  }
  if (random.chance(weather.torn)) {
    plan.push({ kind: 'kill', side: 'torn', keys: random.whole(0, 3), at: 'Properties.setProperties' });
  }
  for (const side of ['before', 'after'] as const) {
    if (!random.chance(side === 'before' ? weather.failing : weather.failed)) continue;
    const from = somewhere();
    const times = random.whole(1, 3);
    // A single call, or one kind of call some times in a row, as when a service has its bad minute.
    let kind: string | undefined;
    const badMinute = (call: string, index: number) => {
      if (index === from) kind = call;
      return index >= from && call === kind;
    };
    plan.push({ kind: 'fail', side, times, at: random.chance(0.5) ? from : badMinute });
  }
  if (random.chance(weather.stall)) {
    plan.push({ kind: 'stall', ms: random.whole(10_000, 150_000), at: somewhere() });
  }
  return plan.length > 0 ? planned(plan) : undefined;
}

function firingOf(weather: Weather, random: SeededRandom): Firing | undefined {
  if (random.chance(weather.lost)) return 'lost';
  const late = random.chance(weather.late) ? { lateMs: random.whole(1, 240) * MINUTE } : {};
  const again = random.chance(weather.doubled)
    ? { again: random.chance(0.5) ? ('after' as const) : random.whole(1, 200) }
    : {};
  return { ...late, ...again };
}

function isLaterPage({ path, query }: SeenRequest): boolean {
  return path === '/api/v4/events' && Number(query.tree['page'] ?? 1) > 1;
}

/** amoCRM's share. */
function trouble(
  { simulator }: Stage,
  weather: Weather,
  random: SeededRandom,
  { begin, end, sometime }: { begin: EpochMs; end: EpochMs; sometime: () => EpochMs },
): void {
  const during = { from: begin, to: end, times: Number.POSITIVE_INFINITY };
  const isPing = ({ path, rawQuery }: SeenRequest) => path === '/api/v4/account' && rawQuery === '';
  for (const name of Object.keys(weather.pingFaults)) {
    const fault = name as FaultName;
    const hits = (request: SeenRequest) => {
      const chance = (isPing(request) ? weather.pingFaults : weather.otherFaults)[fault] ?? 0;
      if (fault === 'users-page-missing' && request.path !== '/api/v4/users') return false;
      // There are few second pages, and only there an event can stand for the second time.
      if (fault === 'duplicate-event') return isLaterPage(request) && chance > 0 && random.chance(LIST_MOVES);
      return random.chance(chance);
    };
    simulator.plan(hits, fault, { ...during, retryAfter: random.pick([5, 60, 600]) });
  }
  for (let i = 0; i < weather.outages; i++) {
    const from = sometime();
    const kinds = ['reset', 'timeout', 'html-503', 'html-200', 'json-500', 'dns'] as const;
    simulator.outage(from, Math.min(end, from + random.whole(1, 14) * HOUR), random.pick(kinds));
  }
  for (let i = 0; i < weather.blocks; i++) {
    const from = sometime();
    simulator.block(from, Math.min(end, from + random.whole(20, 400) * MINUTE));
  }
  for (let i = 0; i < weather.slowHours; i++) {
    const from = sometime();
    const slow = random.chance(0.5) ? simulator.slow : simulator.slowBody;
    slow.call(simulator, '*', from, Math.min(end, from + HOUR), random.whole(2_000, 28_000));
  }
}

/** Never both: somebody must be left to notice. */
function loseTrigger({ world }: Stage, random: SeededRandom, how: 'lost' | 'disabled'): void {
  const alive = world.triggers.filter(({ disabled, plan }) => !disabled && plan.kind !== 'once');
  if (new Set(alive.map(({ handler }) => handler)).size < 2) return;
  const gone = random.pick(alive);
  if (how === 'disabled') gone.disabled = true;
  else world.triggers.splice(world.triggers.indexOf(gone), 1);
}

/** As after a spreadsheet was copied, or a set-up that nobody could finish. */
function doubleTrigger({ world }: Stage, random: SeededRandom): void {
  const repeating = world.triggers.filter(({ disabled, plan }) => !disabled && plan.kind !== 'once');
  if (repeating.length === 0) return;
  const { handler, owner, plan } = random.pick(repeating);
  const id = world.nextId('trigger');
  world.triggers.push(
    new ClockTrigger({ id, handler, owner, now: world.now(), plan: { ...plan }, seed: world.seed }),
  );
}

function isDisturbed({ performed }: Stage, at: EpochMs): boolean {
  return performed.some(
    ({ endedAt, mishaps, outcome, startedAt }) =>
      at >= startedAt && at <= endedAt && (mishaps > 0 || outcome?.error !== undefined),
  );
}

/** The same company in fine weather. What the user did, and what the pings met, is not compared. */
function differencesFromCalm(options: StageOptions, stormy: Stage, end: string): string[] {
  // Whoever left in the storm left as late as that in the calm.
  const { ghostFrom } = stormy;
  const calm = new Stage({ ...options, ...(ghostFrom === undefined ? {} : { ghostFrom }) });
  calm.setUp();
  calm.advance(end);
  const essence = (stage: Stage) => {
    const seen = picture(stage);
    const rows = (key: string) =>
      (seen[`${key}: rows`] as [string, unknown, unknown][][])
        // Columns may have been moved, formats are the user's, names may be the built-in ones.
        .map(row =>
          row
            .filter(([name]) => name !== 'event')
            .map(([name, value]) => `${name} ${value}`)
            .sort(),
        )
        .map(row => row.join())
        .sort();
    return { report: rows('report'), days: rows('days'), triggers: seen['triggers'] };
  };
  return differences(essence(stormy), essence(calm));
}
