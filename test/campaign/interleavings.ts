import type { RunOptions } from '../emulator/outcome';
import { type AuditOptions, audit } from './audit';
import { isLocal, withoutLikes } from './likeness';
import { NotPossible, typeSettingAnyhow } from './scenarios';
import { Stage, type StageOptions } from './stage';
import { placeOf } from './tables';

/** Two executions, the second of which runs completely inside the first, at every one of its calls. */
export interface Pair {
  name: string;
  pending?: string;
  stage: StageOptions;
  possible?(stage: Stage): boolean;
  prepare(stage: Stage): void;
  first(stage: Stage, how: Pick<RunOptions, 'onCall'>): void;
  second(stage: Stage, how: Pick<RunOptions, 'cut'>): void;
  settle(stage: Stage): void;
  /** One of these must hold in the end. */
  audits: readonly AuditOptions[];
}

const COMPANY = {
  seed: 'pair',
  zone: 'Europe/Moscow',
  firstDay: '2026-11-16',
  days: 6,
  perDay: 150,
  loops: '2026-11-18',
} as const;

const NIGHT = {
  ...COMPANY,
  begin: '2026-11-18T22:30',
  // So quick that nothing but the throttle keeps the requests apart.
  simulator: { latency: { min: 15, max: 40, byHour: [] } },
};

const atNight = (stage: Stage) => {
  stage.setUp();
  stage.advance('2026-11-19T02:30');
};
const toTheNextMorning = (stage: Stage) => stage.advanceSparsely('2026-11-20T05:10');
/** The report that was fired by hand is the night's only one. */
const withoutAnotherReport = (stage: Stage) => {
  stage.advance('2026-11-19T03:10', handler => (handler === 'dailyReport' ? 'lost' : undefined));
  toTheNextMorning(stage);
};

const DAYS = ['2026-11-18', '2026-11-19'];
const POLITE = { perSecond: 5 };
const audits = [{ days: DAYS, manners: POLITE }];
const night = { stage: NIGHT, prepare: atNight, settle: withoutAnotherReport, audits };
const evening = { ...night, settle: toTheNextMorning };

type How = Pick<RunOptions, 'cut' | 'onCall'>;
const report = (stage: Stage, how: How) => stage.fire('dailyReport', how);
const ping = (stage: Stage, how: How) => stage.fire('hourlyPing', how);
const setUp = (stage: Stage, how: How) => stage.click('setUp', {}, how);

export const PAIRS: readonly Pair[] = [
  { ...night, name: 'reportInPing', first: ping, second: report },
  { ...night, name: 'pingInReport', first: report, second: ping },
  { ...night, name: 'reportInReport', first: report, second: report },
  {
    ...night,
    name: 'reportByHandInReport',

    first: report,
    second: (stage, how) => stage.click('runReportNow', {}, how),
  },
  { ...evening, name: 'pingInPing', first: ping, second: ping },
  { ...night, name: 'setUpInReport', first: report, second: setUp },
  { ...night, name: 'reportInSetUp', first: setUp, second: report },
  { ...evening, name: 'setUpInSetUp', first: setUp, second: setUp },
  {
    ...night,
    name: 'statusInReport',
    first: report,
    second: (stage, how) => stage.click('showStatus', {}, how),
  },
  {
    ...night,
    name: 'editInReport',
    first: report,
    second: stage => typeSettingAnyhow(stage, 'topEvents', '3'),
    // The run uses the settings as they were when it started; it may have started before or after the edit.
    audits: [5, 3].map(top => ({
      days: DAYS,
      manners: POLITE,
      topEvents: { '2026-11-18': top, '2026-11-19': 3 },
    })),
  },
  {
    ...night,
    name: 'columnInsertedInReport',
    first: report,
    second: stage => insert(stage, 'column'),
  },
  {
    ...night,
    name: 'rowInsertedInReport',
    prepare(stage) {
      stage.setUp();
      stage.advance('2026-11-19T03:30');
      stage.advanceSparsely('2026-11-20T02:30');
    },
    first: report,
    second: stage => insert(stage, 'row'),
    settle(stage) {
      stage.advance('2026-11-20T03:10', handler => (handler === 'dailyReport' ? 'lost' : undefined));
      stage.advanceSparsely('2026-11-21T05:10');
    },
    audits: [{ days: [...DAYS, '2026-11-20'], manners: POLITE }],
  },
  {
    ...night,
    name: 'pingInContinuation',
    ...slowNight(),
    possible: stage => stage.has('continueReport'),
    first: (stage, how) => stage.fire('continueReport', how),
    second: ping,
  },
  {
    ...night,
    name: 'continuationInPing',
    ...slowNight(),
    possible: stage => stage.has('continueReport'),
    first: ping,
    // The ping may have gone on with the report itself, and taken the trigger away.
    second(stage, how) {
      const isThere = stage.world.triggers.some(({ handler }) => handler === 'continueReport');
      if (isThere) stage.fire('continueReport', how);
    },
  },
];

/** A collection that needs several runs; the first of them is over. */
function slowNight(): Pick<Pair, 'stage' | 'prepare'> {
  return {
    stage: { ...NIGHT, busy: { date: '2026-11-18', events: 2_000 } },
    prepare(stage) {
      atNight(stage);
      const { simulator, world } = stage;
      simulator.slow('GET /api/v4/events', world.now(), stage.at('2026-11-19T12:00'), 24_000);
      report(stage, {});
    },
  };
}

function insert({ world: { workbook } }: Stage, what: 'row' | 'column'): void {
  const place = placeOf(workbook, 'report');
  if (!place) return;
  if (what === 'column') workbook.user.insertColumns(place.sheet.id, 2);
  else workbook.user.insertRows(place.sheet.id, 2);
}

export function pairNamed(name: string): Pair {
  const found = PAIRS.find(pair => pair.name === name);
  if (!found) throw new Error(`No pair "${name}"; there are ${PAIRS.map(pair => pair.name).join(', ')}`);
  return found;
}

export interface Meeting {
  /** The call of the first execution before which the second one runs, from 1. */
  at: number;
  /** The second one is killed before this call of its own. */
  cut?: number;
}

/** What each of the two calls when they run one after the other; and what is wrong already then. */
export interface Apart {
  first: readonly string[];
  second: readonly string[];
  problems: readonly string[];
}

export function apart(pair: Pair): Apart {
  const stage = opened(pair);
  const callsOf = (act: () => void): readonly string[] => {
    const before = stage.performed.length;
    act();
    return stage.performed[before]?.outcome?.calls ?? [];
  };
  const first = callsOf(() => pair.first(stage, {}));
  // Behind every lease and inside no second of the first.
  stage.advance(stage.world.now() + 600_000, () => 'lost');
  const second = callsOf(() => pair.second(stage, {}));
  pair.settle(stage);
  return { first, second, problems: judged(stage, pair) };
}

/** @returns what is wrong in the end */
export function meet(pair: Pair, { at, cut }: Meeting): string[] {
  const stage = opened(pair);
  let met = false;
  pair.first(stage, {
    onCall(_, index) {
      if (met || index !== at) return;
      met = true;
      pair.second(stage, cut === undefined ? {} : { cut: { at: cut, when: 'before' } });
    },
  });
  if (!met) throw new Error(`The first execution has no call ${at}`);
  pair.settle(stage);
  return judged(stage, pair);
}

/** Cuts of the inner execution lie so far apart from one call of the outer one to the next. */
const CUT_STRIDE = 37;

/** Between two local calls of the first nothing outside changes: of those places only a share, unless all are wanted. */
export function meetingsOf({ first, second }: Apart, all = false): Meeting[] {
  const places = first.map((call, index) => ({ at: index + 1, call }));
  const meetings = (all ? places : withoutLikes(places, ({ call }) => isLocal(call))).map(({ at }) => ({
    at,
  }));
  if (second.length === 0) return meetings;
  // Every place of the first meets some cut of the second, another one at each place.
  return meetings.flatMap(({ at }) => [{ at }, { at, cut: 1 + ((at * CUT_STRIDE) % second.length) }]);
}

function opened(pair: Pair): Stage {
  const stage = new Stage(pair.stage);
  pair.prepare(stage);
  if (pair.possible && !pair.possible(stage)) throw new NotPossible(`${pair.name}: the product lacks a part`);
  return stage;
}

function judged(stage: Stage, { audits: alternatives }: Pair): string[] {
  const found = alternatives.map(options => audit(stage, options));
  return found.reduce((best, one) => (one.length < best.length ? one : best));
}
