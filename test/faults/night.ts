import { audit } from '../campaign/audit';
import { Stage, type StageOptions } from '../campaign/stage';
import { placeOf, tableRows } from '../campaign/tables';
import { contentOf } from '../campaign/userEdits';
import { countingOf } from '../campaign/workbookOracle';
import { eventsLookedAt } from '../simulator/attributionOracle';
import type { Manners } from '../simulator/politeness';
import type { RequestMatcher } from '../simulator/seenRequest';

/** The day whose report is due in the night of the story. */
export const DAY = '2026-11-18';
export const NEXT = '2026-11-19';
export const ZONE = 'Europe/Moscow';
export const MAIL = 'boss@example.com';
export const EVENTS = 'GET /api/v4/events';

const FOREIGN = 'Чужой лист';
const MINUTE = 60_000;

/** A small company that was set up at ten to eleven in the evening, with a sheet and remarks of the user's own. */
export function evening(order: Partial<StageOptions> = {}): Stage {
  const stage = new Stage({
    seed: 'faults',
    zone: ZONE,
    firstDay: '2026-11-17',
    days: 5,
    perDay: 60,
    begin: `${DAY}T22:50`,
    ...order,
  });
  const { user } = stage.world.workbook;
  const own = stage.world.workbook.addSheet(FOREIGN);
  user.type(own.id, 2, 2, 'моё');
  user.addNote(own.id, 3, 3, 'не трогать');
  stage.setUp();
  stage.set('notifyEmail', MAIL);
  user.type(placeOf(stage.world.workbook, 'report')!.sheet.id, 1, 8, 'Моя колонка');
  stage.firings = (trigger, at) => (isIdle(stage, trigger.handler, at) ? 'lost' : undefined);
  foreign.set(stage, [contentOf(own), 'Моя колонка']);
  return stage;
}

/** Pings between midnight and three show nothing that others do not. */
function isIdle(stage: Stage, handler: string, at: number): boolean {
  return (
    handler === 'hourlyPing' && at > stage.at(`${NEXT}T00:00`) - MINUTE && at < stage.at(`${NEXT}T02:30`)
  );
}

const foreign = new WeakMap<Stage, [sheet: string, header: string]>();

export interface Ending {
  days?: readonly string[];
  manners?: Partial<Manners>;
  /** Executions that the platform killed are part of the story. */
  killed?: boolean;
  triggers?: readonly string[];
  topEvents?: number;
  builtInNames?: boolean;
  renamed?: ReadonlyMap<string, string>;
}

/**
 * What must be so at the end of every story (I1 to I12): the sheets as the oracle has them, each day once; the schedule
 * whole; no property near its limit; no secret and no formula; good manners; the user's own cells as they were; every
 * run ended by itself; whatever was told, told in plain words.
 */
export function problemsOf(stage: Stage, ending: Ending = {}): string[] {
  const { days = [DAY], killed = false, manners = {}, ...more } = ending;
  return [
    ...audit(stage, { days, manners: { perSecond: 5, ...manners }, ...more }),
    ...foreignProblems(stage),
    ...unexplained(stage),
    ...(killed ? [] : endless(stage)),
  ];
}

export function expectAllWell(stage: Stage, ending: Ending = {}): void {
  expect(problemsOf(stage, ending)).toEqual([]);
}

function foreignProblems(stage: Stage): string[] {
  const { sheets } = stage.world.workbook;
  const [content, header] = foreign.get(stage) ?? [];
  if (content === undefined) return [];
  const own = sheets.find(({ title }) => title === FOREIGN);
  const found = own ? contentOf(own) : '(gone)';
  const headers = sheets.filter(sheet => sheet.rows[0]?.some(cell => cell?.value === header)).length;
  return [
    ...(found === content ? [] : [`foreign: ${found}`]),
    ...(headers >= 1 ? [] : [`foreign: the column "${header}" is gone`]),
  ];
}

/** Every failure says what it is and what to do, in the sheet's language and without a programmer's words. */
function unexplained(stage: Stage): string[] {
  return logOf(stage).flatMap(({ effect, level, todo, what }) => {
    const text = [what, effect, todo].join(' ');
    const bare = /undefined|\[object|TypeError|ReferenceError|at \w+ \(|NaN|null/.test(text);
    const mute = level === 'ERROR' && (todo === '' || effect === '');
    const foreignTongue = !/[А-Яа-яё]/.test(what);
    return bare || mute || foreignTongue ? [`unexplained: ${level} ${text}`] : [];
  });
}

/** Runs that the wall had to end. */
function endless({ performed }: Stage): string[] {
  return performed.flatMap(({ functionName, outcome, startedAt }) =>
    outcome?.killed ? [`killed: ${functionName} of ${new Date(startedAt).toISOString()}`] : [],
  );
}

export interface LogRow {
  job: string;
  level: string;
  what: string;
  effect: string;
  todo: string;
}

/** The log's rows, by default those that tell of trouble. */
export function logOf(stage: Stage, levels: readonly string[] = ['WARN', 'ERROR']): LogRow[] {
  return (tableRows(stage.world.workbook, 'log') ?? [])
    .map(({ cells }) => cells as unknown as LogRow)
    .filter(({ level }) => levels.includes(level));
}

/** How each run of a job that told of trouble said it, without repetitions. */
export function complaintsOf(stage: Stage, job: string): string[] {
  return [...new Set(logOf(stage).flatMap(row => (row.job === job ? [row.what] : [])))];
}

/** What the first report of a busy day says of people who work like programs; such a day is no trouble. */
export function machineHints(stage: Stage, date: string): string[] {
  const byPeople = eventsLookedAt(stage.simulator, date, countingOf(stage, date)).filter(
    ({ actor }) => actor === 'person',
  );
  return stage.simulator.users.flatMap(({ id, name }) => {
    const hours = byPeople.flatMap(({ event, hour }) => (Number(event.createdBy) === id ? [hour] : []));
    const mostAnHour = Math.max(...hours.map(hour => hours.filter(one => one === hour).length));
    const signs = [
      ...(new Set(hours).size > 18 && hours.length >= 200 ? ['события почти круглые сутки'] : []),
      ...(mostAnHour > 1_000 ? ['больше тысячи событий за час'] : []),
    ];
    return signs.length === 0
      ? []
      : [`Похоже, от имени пользователя «${name}» (id ${id}) работает программа: ${signs.join(', ')}`];
  });
}

/** Subjects of the mails so far. */
export function mailsOf({ world }: Stage): string[] {
  return world.mail.map(({ subject }) => subject);
}

/** Cells of one column, from the top. */
export function cells(stage: Stage, table: string, column: string): unknown[] {
  return (tableRows(stage.world.workbook, table) ?? []).map(row => row.cells[column]);
}

/** Executions of a door that ended within the time. */
export function runsOf({ performed }: Stage, doors: RegExp, from: number, to: number) {
  return performed.filter(
    ({ functionName, startedAt }) => doors.test(functionName) && startedAt >= from && startedAt < to,
  );
}

export const REPORTS = /^(dailyReport|continueReport|runReportNow|reportPeriod)$/;

/** Nothing was made up while something was wrong: no rows in the report, and no day that calls itself complete. */
export function expectNothingInvented(stage: Stage): void {
  expect(cells(stage, 'report', 'date')).toEqual([]);
  expect(cells(stage, 'days', 'completeness').filter(text => !/^частичный/.test(String(text)))).toEqual([]);
}

export function minutes(count: number): number {
  return count * MINUTE;
}

export type { RequestMatcher };

/** Three pings a day are enough for stories that last for days. */
export function rarePings(handler: string, at: number): 'lost' | undefined {
  return handler === 'hourlyPing' && new Date(at).getUTCHours() % 8 !== 3 ? 'lost' : undefined;
}
