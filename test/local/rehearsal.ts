import { TEXTS } from '../../src/core/texts';
import { blockFor } from '../emulator/clock';
import type { EpochMs, Network } from '../emulator/contract';
import type { Answer, Outcome, Question } from '../emulator/outcome';
import { World } from '../emulator/world';
import { instantOfShifted } from '../emulator/zone';
import { shiftDate, startOfDay } from '../simulator/wallClock';
import { locateColumns } from './columns';
import type { IntegrationKeys } from './integrationKeys';
import { typeSetting } from './typeSetting';

/** A person's way with the product, from an empty spreadsheet to the report, in an emulated Google account. */
export interface RehearsalOptions {
  bundleDir: string;
  network: Network;
  /** What the person answers set-up. */
  address: string;
  token: string;
  /** With them the person connects an integration, and has no token to paste. */
  keys?: IntegrationKeys | undefined;
  settings: readonly { key: string; value: string }[];
  locale: string;
  sheetZone: string;
  scriptZone?: string;
  /** The first day to be reported, `YYYY-MM-DD`, and how many in a row. */
  firstDay: string;
  days: number;
  /** The first so many slots of each day. */
  pings: number;
  /** Whether the menu's "Run report now" is chosen after the last report. */
  again: boolean;
}

export interface Rehearsal {
  world: World;
  /** The reports in order, the repetition included. */
  reports: { day: string; complete: boolean; problems: string[] }[];
}

/** The script property that holds an integration's tokens. */
const CONNECTION = 'connection';
const DAY = 86_400_000;
const MINUTE = 60_000;
/** After its last report the rehearsal goes on for so long, where something is left to be done. */
const NIGHT = 8 * 60 * MINUTE;
/** In real time it waits no longer than this for a run that goes on by itself. */
const LONGEST_REAL_WAIT = 5.5 * MINUTE;

type Reports = { day: string; failed: boolean; problems: string[] }[];

export function rehearse(options: RehearsalOptions): Rehearsal {
  const { firstDay, days } = options;
  // Wherever the account is, its first day has not begun: this one only finds out when it does.
  const watched = watchedForTokens(options.network);
  const scout = installed({ ...options, network: watched.network }, utcMidnight(firstDay) - DAY);
  // A code works once: where the scout has used it up, both are one installation, and its connection goes on.
  const connection = watched.gaveTokens() ? scout.properties().get(CONNECTION) : undefined;
  const world = installed(options, startOfDay(firstDay, scheduleOf(scout).zone), connection);
  const plan = scheduleOf(world);
  const reports: Reports = [];
  const agenda: { at: EpochMs; act: () => void }[] = [];
  for (let index = 0; index < days; index += 1) {
    const day = shiftDate(firstDay, index);
    const next = shiftDate(day, 1);
    const begin = startOfDay(day, plan.zone);
    const end = startOfDay(next, plan.zone);
    for (let slot = 0; slot < options.pings && begin + slot * plan.pingMs < end; slot += 1) {
      const run = () => must(world.run('hourlyPing', { context: 'clock' }));
      agenda.push({ at: begin + slot * plan.pingMs, act: run });
    }
    const reportAt = instantOfShifted(utcMidnight(next) + plan.reportMs, plan.zone);
    agenda.push({ at: reportAt, act: () => report(world, day, 'dailyReport', reports) });
    if (options.again && index === days - 1) {
      agenda.push({ at: reportAt + NIGHT, act: () => report(world, day, 'runReportNow', reports) });
    }
  }
  // A stable sort: a ping that is due together with the report comes first, as it was put there first.
  agenda.sort((a, b) => a.at - b.at);
  for (const { at, act } of agenda) {
    goOn(world, at, reports);
    if (at > world.now()) world.jumpTo(at);
    act();
  }
  goOn(world, world.now() + NIGHT, reports);
  return {
    world,
    reports: reports.map(({ failed, day, problems }) => {
      const complete = !failed && isComplete(world, day);
      // A connection that does not work is told once, and not again by each run that stays away.
      const why = complete || problems.length > 0 ? problems : logged(world, 0, ['ERROR']).slice(-1);
      return { day, complete, problems: why };
    }),
  };
}

/** Plays the one-off triggers by which reports go on, as far as they are due before `until`. */
function goOn(world: World, until: EpochMs, reports: Reports): void {
  for (;;) {
    const next = world.triggers.find(({ handler, spent }) => handler === 'continueReport' && !spent);
    const at = next?.nextFiring(0)?.at;
    if (!next || at === undefined || at > until) return;
    const wait = at - world.now();
    if (world.clock.realTime && wait > LONGEST_REAL_WAIT) return;
    // A server's clock does not jump with ours: where it has asked us to wait, we wait.
    if (world.clock.realTime && isPaused(world)) blockFor(wait);
    if (wait > 0) world.jumpTo(at);
    next.fired(at);
    const made = reports[reports.length - 1];
    run(world, () => world.run('continueReport', { context: 'clock', triggerId: next.id }), made);
  }
}

/** Whether amoCRM has asked for a time without requests that is not over. */
function isPaused(world: World): boolean {
  const line = JSON.parse(world.properties().get('line') ?? '{}') as { pause?: { until: EpochMs } };
  return (line.pause?.until ?? 0) > world.now();
}

/** The same network, and whether tokens were given out in it. */
function watchedForTokens(network: Network): { network: Network; gaveTokens: () => boolean } {
  let given = false;
  return {
    gaveTokens: () => given,
    network: {
      realTime: network.realTime,
      exchange(requests, ...rest) {
        const exchanges = network.exchange(requests, ...rest);
        given ||= exchanges.some(
          ({ response }, i) => response?.status === 200 && requests[i]?.url.endsWith('/oauth2/access_token'),
        );
        return exchanges;
      },
    },
  };
}

/** An account in which the monitor was set up at an instant, with a connection if it has one already. */
function installed(options: RehearsalOptions, now: EpochMs, connection?: string): World {
  const world = new World({
    bundleDir: options.bundleDir,
    now,
    network: options.network,
    locale: options.locale,
    sheetTimeZone: options.sheetZone,
    ...(options.scriptZone === undefined ? {} : { scriptTimeZone: options.scriptZone }),
  });
  must(world.run('onOpen', { context: 'simple-trigger' }));
  if (connection !== undefined) world.properties().set(CONNECTION, connection);
  setUp(world, options);
  // Everything is typed before set-up runs again: one run exchanges the code and heeds the settings.
  const typed = [...(connection === undefined ? keySettings(options.keys) : []), ...options.settings];
  if (typed.length > 0) {
    for (const { key, value } of typed) typeSetting(world, key, value);
    setUp(world, options);
  }
  return world;
}

/** The rows of the settings sheet that take an integration's keys; only a code makes set-up ask for tokens, so it is last. */
function keySettings(keys: IntegrationKeys | undefined): { key: string; value: string }[] {
  const { clientId, clientSecret, authCode } = keys ?? {};
  return Object.entries({ clientId, clientSecret, authCode }).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value }],
  );
}

function setUp(world: World, { address, token, keys }: RehearsalOptions): void {
  const languages = Object.values(TEXTS);
  const answers = (question: Question): Answer => {
    if (question.kind === 'prompt') {
      const wantsAddress = languages.some(texts => question.text === texts.setUp.askAddress);
      if (wantsAddress) return { text: address };
      return keys ? 'CANCEL' : { text: token };
    }
    // The report is made when its time comes, not at once.
    return question.buttons.includes('NO') ? 'NO' : 'OK';
  };
  must(world.run('setUp', { context: 'menu', answers }));
}

/** What the product has scheduled; where it has not, as it would by default, so that its jobs can say why. */
function scheduleOf(world: World): { zone: string; reportMs: number; pingMs: number } {
  const daily = world.triggers.find(({ handler }) => handler === 'dailyReport')?.plan;
  const ping = world.triggers.find(({ handler }) => handler === 'hourlyPing')?.plan;
  if (!daily || !ping) return { zone: world.workbook.timeZone, reportMs: 180 * MINUTE, pingMs: 60 * MINUTE };
  const { atHour = 0, nearMinute = 0, timeZone } = daily;
  const pingMinutes = ping.everyMinutes ?? (ping.everyHours ?? 1) * 60;
  return { zone: timeZone, reportMs: (atHour * 60 + nearMinute) * MINUTE, pingMs: pingMinutes * MINUTE };
}

function report(world: World, day: string, door: 'dailyReport' | 'runReportNow', reports: Reports): void {
  const made = { day, failed: false, problems: [] };
  reports.push(made);
  const options = door === 'dailyReport' ? { context: 'clock' as const } : MENU;
  run(world, () => world.run(door, options), made);
}

const MENU = { context: 'menu' as const, answers: () => 'OK' as const };

/** One execution, and what it says of the report it belongs to. */
function run(world: World, execute: () => Outcome, made: Reports[number] | undefined): void {
  const before = logLength(world);
  const { error } = execute();
  if (!made) return;
  made.problems.push(...logged(world, before, ['WARN', 'ERROR']));
  if (error) made.problems.push(error.message);
  made.failed = error !== undefined || logged(world, before, ['ERROR']).length > 0;
}

/** Whether the Days sheet calls the day complete. */
function isComplete({ workbook }: World, day: string): boolean {
  const { sheet, columns } = locateColumns(workbook, 'days');
  const serial = (utcMidnight(day) - Date.UTC(1899, 11, 30)) / DAY;
  for (let row = 2; row <= sheet.lastRow; row += 1) {
    if (sheet.cell(row, columns.get('date')!)?.value !== serial) continue;
    const shown = sheet.cell(row, columns.get('completeness')!)?.value;
    return Object.values(TEXTS).some(({ complete }) => complete === shown);
  }
  return false;
}

function logLength({ workbook }: World): number {
  return locateColumns(workbook, 'log').sheet.lastRow - 1;
}

/** The log's rows of these levels after the first `skip`, each as one line. */
function logged({ workbook }: World, skip: number, levels: readonly string[]): string[] {
  const { sheet, columns } = locateColumns(workbook, 'log');
  const lines: string[] = [];
  for (let row = 2 + skip; row <= sheet.lastRow; row += 1) {
    const cell = (key: string) => String(sheet.cell(row, columns.get(key)!)?.value ?? '');
    if (!levels.includes(cell('level'))) continue;
    const text = ['what', 'effect', 'todo'].map(cell).filter(part => part !== '');
    lines.push(`${cell('level')} ${cell('job')}: ${text.join(' · ')}`);
  }
  return lines;
}

/** The product tells its own failures in the log; an execution that throws is a bug. */
function must(outcome: Outcome): void {
  if (outcome.error)
    throw new Error(`${outcome.functionName}: ${outcome.error.stack || outcome.error.message}`);
}

function utcMidnight(day: string): EpochMs {
  return Date.parse(`${day}T00:00:00Z`);
}
