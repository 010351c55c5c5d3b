import type { FaultName } from '../simulator/faults';
import type { SeededRandom } from '../simulator/seededRandom';
import { EDITS, type EditName } from './userEdits';

export type Chances = Partial<Record<FaultName, number>>;

/** How often what goes wrong in a week. Chances are shares of one. */
export interface Weather {
  /** Per execution; by the handler, so that a calm sky can spare the report. */
  kill: number;
  torn: number;
  failing: number;
  failed: number;
  stall: number;
  /** Per firing of a trigger. */
  lost: number;
  late: number;
  doubled: number;
  /** Which handlers the above may hit. */
  handlers: readonly string[];
  /** Per request of a ping, and per request of any other kind. */
  pingFaults: Chances;
  otherFaults: Chances;
  /** How many a week. */
  outages: number;
  blocks: number;
  slowHours: number;
  triggersLost: number;
  triggersDoubled: number;
  /** Switched off by the platform: they stand in the script's list as before, and never fire. */
  triggersDisabled: number;
  edits: number;
  editKinds: readonly EditName[];
  /** The share of events that are listed late. */
  lateEvents: number;
  /** Whether the product is held to waits and blocks, too, and not only to the second. */
  patient: boolean;
  /** How long an execution may live, in minutes. */
  wallMinutes: number;
}

/** What a retry or the next run gets over. */
const TEMPORARY: readonly FaultName[] = [
  'dns',
  'reset',
  'timeout',
  'cut-body',
  'json-500',
  'json-503',
  'html-502',
  'html-504',
  'html-200',
  'empty-200',
  'json-garbage',
  'json-bom',
  'problem-in-200',
  'no-embedded',
  'embedded-null',
  'embedded-object',
  'phantom-next',
  'missing-next',
  'duplicate-event',
  '429-json',
  '429-html',
  '429-json-seconds',
  '429-html-date',
  '429-json-nonsense',
];

/**
 * What costs little time, so that a single run gets over it. An account without `_embedded` is left to the storm: it
 * has no time zone.
 */
const RETRIED = TEMPORARY.filter(fault => fault !== 'timeout' && !/^429|embedded/.test(fault));

/** What ends a run at once, though it is over at the next. */
const FINAL: readonly FaultName[] = [
  'tls',
  '400',
  '401',
  '402',
  '403-json',
  '403-html',
  '404',
  'redirect-302',
  'users-page-missing',
];

/** Everything at once, each with one to ten per cent. */
export function storm(random: SeededRandom): Weather {
  const share = () => 0.01 + 0.09 * random.unit();
  // A request is hit by one or the other in up to every tenth case.
  const faults = Object.fromEntries(
    [...TEMPORARY, ...FINAL].map(fault => [fault, share() / (TEMPORARY.includes(fault) ? 20 : 60)]),
  );
  return {
    kill: share(),
    torn: share() / 2,
    failing: share(),
    failed: share(),
    stall: share(),
    lost: share(),
    late: share(),
    doubled: share(),
    handlers: ['hourlyPing', 'dailyReport', 'continueReport'],
    pingFaults: faults,
    otherFaults: faults,
    outages: random.whole(0, 3),
    blocks: random.whole(0, 1),
    slowHours: random.whole(0, 6),
    triggersLost: random.whole(0, 2),
    triggersDoubled: random.whole(0, 1),
    triggersDisabled: random.whole(0, 1),
    edits: random.whole(2, 12),
    editKinds: EDITS,
    lateEvents: share() / 2,
    patient: true,
    wallMinutes: random.pick([6, 6, 6, 5, 4]),
  };
}

/** What a product whose report is one single run survives: the pings get all of it, the report only what it retries. */
export function breeze(random: SeededRandom): Weather {
  const all = storm(random);
  return {
    ...all,
    handlers: ['hourlyPing'],
    otherFaults: Object.fromEntries(RETRIED.map(fault => [fault, all.otherFaults[fault]])) as Chances,
    outages: 0,
    blocks: 0,
    slowHours: 0,
    triggersLost: 0,
    triggersDoubled: 0,
    triggersDisabled: 0,
    editKinds: ['renameSheet', 'moveSheet', 'insertColumn', 'addNote', 'moveColumn', 'renameHeader'],
    lateEvents: 0,
    patient: false,
    wallMinutes: 6,
  };
}

export const WEATHERS = { storm, breeze } as const;
export type WeatherName = keyof typeof WEATHERS;
