import { type Day, dayBounds, type EpochMs, type EpochSeconds, serialOf, serialOfDay, shiftDay } from './day';
import { remembered } from './remembered';

/** What is known of the reports that are still to be made. It outlives runs. */
export interface ReportPlan {
  /** Whose days these are: another account's are not made up for. */
  accountId: number | undefined;
  /** From this day on every day is reported without being asked for; undefined before the first set-up. */
  since: Day | undefined;
  /** The newest day that is reported whole. */
  last: Day | undefined;
  /** Pings taken before belong to another account. */
  pingsFrom: EpochSeconds;
  /** Days that a person has asked for, first and last inside. */
  asked: readonly DayRange[];
  /** Whether the last run left something to do. */
  open: boolean;
  /** When the next report should have been made, if nothing is left to do before. */
  dueAt: EpochMs;
  /** Failed runs in a row. */
  failures: number;
  /** No run begins by itself before this. */
  retryAt: EpochMs;
  /** Failed runs by day, of days with which nothing moved on although amoCRM answered. */
  tries: Readonly<Record<Day, number>>;
}

export interface DayRange {
  from: Day;
  to: Day;
}

/** So far back missed days are looked for; whatever is older a person may ask for. */
const HORIZON_DAYS = 62;

/** Together with everything else well below the 9 KB of a property. */
const MOST_WISHES = 50;

/** After so many failed runs with one day another day has its turn. */
const PATIENCE = 3;

const MINUTE = 60_000;
const FIRST_WAIT = 5 * MINUTE;
const LONGEST_WAIT = 60 * MINUTE;
const MANY_FAILURES = 12;
const A_DAY = 1440 * MINUTE;
/** Google fires a daily trigger up to a quarter of an hour late ([doc CTB] nearMinute). */
const TRIGGER_DELAY = 30 * MINUTE;

export const NO_PLAN: ReportPlan = {
  accountId: undefined,
  since: undefined,
  last: undefined,
  pingsFrom: 0,
  asked: [],
  open: false,
  dueAt: 0,
  failures: 0,
  retryAt: 0,
  tries: {},
};

export function reportPlanOf(text: string | undefined): ReportPlan {
  return remembered(text, NO_PLAN);
}

/**
 * The days that are to be reported, in the order in which they are: the newest first, days with which several runs
 * got nowhere last.
 * @param reported the days that stand in the sheets whole
 */
export function daysToReport(plan: ReportPlan, yesterday: Day, reported: ReadonlySet<Day>): Day[] {
  const earliest = shiftDay(yesterday, 1 - HORIZON_DAYS);
  const since = plan.since === undefined ? [] : daysOf({ from: later(plan.since, earliest), to: yesterday });
  const missed = since.filter(day => !reported.has(day));
  const asked = plan.asked.flatMap(daysOf).filter(day => day <= yesterday);
  const days = [...new Set([...missed, ...asked])].sort().reverse();
  return [...days.filter(day => !isStuck(plan, day)), ...days.filter(day => isStuck(plan, day))];
}

/** Whether several runs got nowhere with a day, so that other days have their turn first. */
export function isStuck({ tries }: ReportPlan, day: Day): boolean {
  return (tries[day] ?? 0) >= PATIENCE;
}

/** Whether a run should begin by itself. */
export function isDue({ open, dueAt, retryAt }: ReportPlan, now: EpochMs): boolean {
  return now >= retryAt && (open || (dueAt > 0 && now >= dueAt));
}

/**
 * The plan when everything due is reported: the next report is due when the trigger for it should have fired.
 * @param reportTime `HH:mm`
 */
export function whenAllIsReported(plan: ReportPlan, reportTime: string, zone: string): ReportPlan {
  const { since, last } = plan;
  const next = last === undefined ? since : later(since, shiftDay(last, 1));
  if (next === undefined) return { ...plan, open: false, dueAt: 0 };
  return {
    ...plan,
    open: false,
    dueAt: instantOf(shiftDay(next, 1), reportTime, zone) + TRIGGER_DELAY,
  };
}

/** When the zone's clocks show a time of a day. On the day when they change that is an hour off from midnight. */
function instantOf(day: Day, time: string, zone: string): EpochMs {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = (hours * 60 + minutes) * MINUTE;
  const at = dayBounds(day, zone).from * 1000 + wanted;
  const shown = Math.round((serialOf(at, zone) - serialOfDay(day)) * A_DAY);
  return at + wanted - shown;
}

export function askedFor(plan: ReportPlan, range: DayRange): ReportPlan {
  const isKnown = plan.asked.some(({ from, to }) => from <= range.from && range.to <= to);
  const asked = isKnown ? plan.asked : [...plan.asked, range].slice(-MOST_WISHES);
  return { ...plan, asked, open: true };
}

/** The plan when a day has been reported whole. */
export function afterReport(plan: ReportPlan, day: Day): ReportPlan {
  const { [day]: _, ...tries } = plan.tries;
  return {
    ...plan,
    last: later(plan.last, day),
    asked: plan.asked.flatMap(range => without(range, day)),
    failures: 0,
    retryAt: 0,
    tries,
  };
}

/** The plan when a run could do no more for now, although nothing is wrong: soon another one goes on. */
export function afterInterruption(plan: ReportPlan): ReportPlan {
  return { ...plan, open: true, failures: 0, retryAt: 0 };
}

/**
 * The plan after a failed run: the waits grow, from five minutes to an hour, and to a day where nothing helps.
 * @param more.moved whether a day has moved on all the same: then the waits begin anew
 * @param more.stuck the day with which nothing moved on although amoCRM answered
 * @param more.notBefore when amoCRM allows the next request, if it said so
 */
export function afterFailure(
  plan: ReportPlan,
  now: EpochMs,
  more: { moved?: boolean | undefined; stuck?: Day | undefined; notBefore?: EpochMs | undefined },
): ReportPlan {
  const { moved = false, stuck, notBefore = 0 } = more;
  const failures = moved ? 1 : plan.failures + 1;
  const growing = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
  const wait = failures > MANY_FAILURES ? A_DAY : growing;
  const tries = stuck === undefined ? plan.tries : { ...plan.tries, [stuck]: (plan.tries[stuck] ?? 0) + 1 };
  return { ...plan, open: true, failures, retryAt: Math.max(now + wait, notBefore), tries };
}

/** Every day of a range, in order. */
export function daysOf({ from, to }: DayRange): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = shiftDay(day, 1)) days.push(day);
  return days;
}

function without(range: DayRange, day: Day): DayRange[] {
  if (day < range.from || day > range.to) return [range];
  return [
    { from: range.from, to: shiftDay(day, -1) },
    { from: shiftDay(day, 1), to: range.to },
  ].filter(({ from, to }) => from <= to);
}

function later(a: Day | undefined, b: Day): Day {
  return a !== undefined && a > b ? a : b;
}
