import type { AuditOptions } from './audit';
import type { Performed, Stage, StageOptions } from './stage';
import { placeOf, serialOfDate, tableRows } from './tables';

/** The product has not got the doors or settings that this needs. */
export class NotPossible extends Error {}

/** A stretch of the product's life in which every service call gets its turn to be the last. */
export interface Scenario {
  name: string;
  /** What the product still lacks for it. It is run and told apart, and does not fail the campaign. */
  pending?: string;
  stage: StageOptions;
  /** Whether the product has the doors and settings that it needs; asked after `prepare`. */
  possible?(stage: Stage): boolean;
  prepare(stage: Stage): void;
  /** The calls made in here are numbered and struck. */
  act(stage: Stage): void;
  /** Whether the unbroken run has shown what the scenario is for; asked after the act. */
  shows?(stage: Stage): boolean;
  /** The schedule goes on, and people repeat what they saw fail. */
  settle(stage: Stage): void;
  audit: AuditOptions;
}

const COMPANY = {
  seed: 'scenario',
  zone: 'Europe/Moscow',
  firstDay: '2026-11-14',
  days: 10,
  perDay: 60,
  loops: '2026-11-18',
} as const;

/** A set-up made long before, with two pings of the 18th in the rolling log. */
const eveningOf18 = { ...COMPANY, begin: '2026-11-18T20:30' };
const setUpAndPings = (stage: Stage) => {
  stage.setUp();
  stage.advance('2026-11-18T22:10');
};

function asksForEvents({ requests }: Performed): boolean {
  return requests.some(({ path }) => path.startsWith('/api/v4/events?'));
}

function stands(stage: Stage, day: string): boolean {
  const rows = tableRows(stage.world.workbook, 'report') ?? [];
  return rows.some(({ cells }) => cells['date'] === serialOfDate(day));
}

/** Three pings a day are enough. */
function rarePings(handler: string, at: number): 'lost' | undefined {
  return handler === 'hourlyPing' && new Date(at).getUTCHours() % 8 !== 3 ? 'lost' : undefined;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'setUp',
    stage: { ...COMPANY, begin: '2026-11-18T22:30' },
    prepare: () => undefined,
    act(stage) {
      stage.world.run('onOpen', { context: 'simple-trigger' });
      stage.click('setUp');
    },
    settle(stage) {
      // Whoever was interrupted tries again; it is harmless to repeat.
      stage.advance('2026-11-18T22:50');
      stage.click('setUp');
      stage.advance('2026-11-19T04:10');
    },
    audit: { days: ['2026-11-18'] },
  },
  {
    name: 'ping',
    stage: eveningOf18,
    prepare: setUpAndPings,
    act: stage => stage.advance('2026-11-18T23:10'),
    settle: stage => stage.advance('2026-11-19T04:10'),
    audit: { days: ['2026-11-18'] },
  },
  {
    name: 'pingByHand',
    stage: eveningOf18,
    prepare: setUpAndPings,
    act: stage => stage.click('pingNow'),
    settle: stage => stage.advance('2026-11-19T04:10'),
    audit: { days: ['2026-11-18'] },
  },
  {
    name: 'report',
    stage: eveningOf18,
    prepare(stage) {
      setUpAndPings(stage);
      stage.advance('2026-11-19T02:30');
    },
    act: stage => stage.advance('2026-11-19T03:20'),
    settle: stage => stage.advanceSparsely('2026-11-20T05:10'),
    audit: { days: ['2026-11-18', '2026-11-19'] },
  },
  {
    name: 'reportByHand',
    stage: eveningOf18,
    prepare(stage) {
      setUpAndPings(stage);
      // The night's own report is lost, so that there are pings to be moved.
      stage.advance('2026-11-19T05:30', handler => (handler === 'dailyReport' ? 'lost' : undefined));
    },
    act: stage => stage.click('runReportNow'),
    settle(stage) {
      stage.advance('2026-11-19T05:50');
      stage.click('runReportNow');
      stage.advanceSparsely('2026-11-20T05:10');
    },
    audit: { days: ['2026-11-18', '2026-11-19'] },
  },
  {
    name: 'threeRuns',
    stage: { ...eveningOf18, busy: { date: '2026-11-18', events: 5_400 } },
    prepare(stage) {
      setUpAndPings(stage);
      stage.advance('2026-11-19T02:30');
      const { simulator } = stage;
      // A ping is not slow: what takes long are the pages of events.
      const until = stage.at('2026-11-19T12:00');
      simulator.slow('GET /api/v4/events', stage.world.now(), until, 24_000);
      simulator.slow('GET /api/v4/users', stage.world.now(), until, 24_000);
    },
    act: stage => stage.advance('2026-11-19T03:50'),
    shows: stage => stage.performed.filter(asksForEvents).length >= 3,
    settle: stage => stage.advanceSparsely('2026-11-20T05:10'),
    audit: { days: ['2026-11-18', '2026-11-19'] },
  },
  {
    name: 'catchUp',
    stage: { ...COMPANY, begin: '2026-11-15T20:30' },
    prepare(stage) {
      stage.setUp();
      stage.advance('2026-11-16T03:30', rarePings);
      // Three nights without events; the pings go on, some of them.
      const from = stage.world.now();
      const until = stage.at('2026-11-20T02:40');
      stage.simulator.plan('GET /api/v4/events', 'json-503', {
        from,
        to: until,
        times: Number.POSITIVE_INFINITY,
      });
      stage.advance('2026-11-19T23:10', rarePings);
      stage.advance('2026-11-20T02:50', () => 'lost');
    },
    act: stage => stage.advance('2026-11-20T03:50'),
    shows: stage => ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'].every(day => stands(stage, day)),
    settle: stage => stage.advanceSparsely('2026-11-21T05:10'),
    audit: {
      days: ['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'],
    },
  },
  {
    name: 'firstNightMissed',
    stage: eveningOf18,
    prepare(stage) {
      setUpAndPings(stage);
      stage.advance('2026-11-20T02:30', handler => (handler === 'dailyReport' ? 'lost' : undefined));
    },
    act: stage => stage.advance('2026-11-20T03:20'),
    settle: stage => stage.advanceSparsely('2026-11-21T05:10'),
    audit: { days: ['2026-11-18', '2026-11-19', '2026-11-20'] },
  },
  {
    name: 'rollOver',
    stage: { ...COMPANY, begin: '2026-11-14T20:30', days: 6, perDay: 20 },
    possible: stage => hasSetting(stage, 'keepPingsDays'),
    prepare(stage) {
      stage.setUp();
      if (hasSetting(stage, 'keepPingsDays')) stage.set('keepPingsDays', '2');
      // More than a day of pings is old then: fewer would not be worth a roll-over.
      stage.advance('2026-11-16T00:30');
      stage.advance('2026-11-17T23:10', rarePings);
      stage.advance('2026-11-18T02:30', () => 'lost');
    },
    act: stage => stage.advance('2026-11-18T03:50'),
    shows: stage => (tableRows(stage.world.workbook, 'pingsArchive') ?? []).length > 0,
    settle: stage => stage.advanceSparsely('2026-11-19T05:10'),
    audit: { days: ['2026-11-14', '2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18'] },
  },
  {
    name: 'showStatus',
    stage: eveningOf18,
    prepare: setUpAndPings,
    act: stage => stage.click('showStatus'),
    settle: stage => stage.advance('2026-11-19T04:10'),
    audit: { days: ['2026-11-18'] },
  },
  {
    name: 'editSettings',
    stage: eveningOf18,
    prepare: setUpAndPings,
    act(stage) {
      typeSettingAnyhow(stage, 'topEvents', '3');
      typeSettingAnyhow(stage, 'reportTime', 'soon');
      typeSettingAnyhow(stage, 'token', stage.simulator.token);
    },
    settle(stage) {
      // What a killed onEdit left undone the next run of any job does.
      stage.advance('2026-11-19T04:10');
    },
    audit: { days: ['2026-11-18'], topEvents: 3 },
  },
  {
    name: 'uninstall',
    stage: eveningOf18,
    possible: stage => stage.has('uninstall'),
    prepare(stage) {
      setUpAndPings(stage);
      stage.advance('2026-11-19T03:30');
    },
    act: stage => stage.click('uninstall', { consents: true }),
    settle(stage) {
      // Whoever was interrupted is still told that it is under way, for some minutes.
      stage.advance('2026-11-19T03:50');
      stage.click('uninstall', { consents: true });
      stage.advance('2026-11-20T04:10');
    },
    audit: { days: ['2026-11-18'], triggers: [] },
  },
];

/** A person's edit; the trigger behind it may be killed, which the person does not see. */
export function typeSettingAnyhow(stage: Stage, key: string, text: string): void {
  const place = placeOf(stage.world.workbook, 'settings')!;
  for (let row = 2; row <= place.sheet.lastRow; row++) {
    if (place.sheet.value(row, place.columns.get('key')!) !== key) continue;
    stage.world.type(place.sheet.id, row, place.columns.get('value')!, text);
  }
}

function hasSetting(stage: Stage, key: string): boolean {
  const place = placeOf(stage.world.workbook, 'settings');
  if (!place) return false;
  const column = place.columns.get('key')!;
  return Array.from({ length: place.sheet.lastRow }, (_, i) => place.sheet.value(i + 1, column)).includes(
    key,
  );
}

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find(scenario => scenario.name === name);
  if (!found) throw new Error(`No scenario "${name}"; there are ${SCENARIOS.map(s => s.name).join(', ')}`);
  return found;
}
