import { TEXTS } from '../../src/core/texts';
import type { EpochMs, Network } from '../emulator/contract';
import type { Answer, Outcome, Question } from '../emulator/outcome';
import { World } from '../emulator/world';
import { instantOfShifted } from '../emulator/zone';
import { shiftDate, startOfDay } from '../simulator/wallClock';
import { locateColumns } from './columns';
import { typeSetting } from './typeSetting';

/** A person's way with the product, from an empty spreadsheet to the report, in an emulated Google account. */
export interface RehearsalOptions {
  bundleDir: string;
  network: Network;
  /** What the person answers set-up. */
  address: string;
  token: string;
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

const DAY = 86_400_000;
const MINUTE = 60_000;

export function rehearse(options: RehearsalOptions): Rehearsal {
  const { firstDay, days } = options;
  const world = new World({
    bundleDir: options.bundleDir,
    // Wherever the account is, its first day has not begun.
    now: utcMidnight(firstDay) - DAY,
    network: options.network,
    locale: options.locale,
    sheetTimeZone: options.sheetZone,
    ...(options.scriptZone === undefined ? {} : { scriptTimeZone: options.scriptZone }),
  });
  must(world.run('onOpen', { context: 'simple-trigger' }));
  setUp(world, options);
  if (options.settings.length > 0) {
    for (const { key, value } of options.settings) typeSetting(world, key, value);
    setUp(world, options);
  }

  const plan = scheduleOf(world);
  const reports: Rehearsal['reports'] = [];
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
    agenda.push({ at: reportAt, act: () => reports.push(report(world, day, 'dailyReport')) });
    if (options.again && index === days - 1) {
      agenda.push({ at: reportAt, act: () => reports.push(report(world, day, 'runReportNow')) });
    }
  }
  // A stable sort: a ping that is due together with the report comes first, as it was put there first.
  agenda.sort((a, b) => a.at - b.at);
  for (const { at, act } of agenda) {
    if (at > world.now()) world.jumpTo(at);
    act();
  }
  return { world, reports };
}

function setUp(world: World, { address, token }: RehearsalOptions): void {
  const languages = Object.values(TEXTS);
  const answers = (question: Question): Answer => {
    if (question.kind === 'prompt') {
      const wantsAddress = languages.some(texts => question.text === texts.setUp.askAddress);
      return { text: wantsAddress ? address : token };
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

function report(world: World, day: string, door: 'dailyReport' | 'runReportNow') {
  const before = logLength(world);
  const outcome = world.run(
    door,
    door === 'dailyReport' ? { context: 'clock' } : { context: 'menu', answers: () => 'OK' as const },
  );
  const problems = logged(world, before, ['WARN', 'ERROR']);
  if (outcome.error) problems.push(outcome.error.message);
  const failed = outcome.error !== undefined || logged(world, before, ['ERROR']).length > 0;
  return { day, complete: !failed && isComplete(world, day), problems };
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
