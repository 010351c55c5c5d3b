import { type Gate, gate, type SharedLine } from '../amocrm/gate';
import { AmoError } from '../core/amoError';
import type { Refusal } from '../core/connection';
import type { Day, EpochMs } from '../core/day';
import type { ScheduledFunction } from '../core/entryPoints';
import { lineOf } from '../core/line';
import type { JobHealth } from '../core/notices';
import type { Ping } from '../core/ping';
import type { Texts } from '../core/texts';
import { messageOf } from '../core/thrown';
import type { CellCount } from '../core/usage';
import { type LogRow, withoutWaiting } from '../core/waitingRows';
import type { Outside } from '../ports';
import { type Access, isForeign, openAccess } from './access';
import { Disconnected, failure, healthOf, NotSetUp, refusalFinding } from './failure';
import { goIfSwitchedOff, tendTriggers } from './installedTriggers';
import { AlreadyRunning, type Holder, takeLease } from './lease';
import { sendNotices } from './mail';
import { startAfreshInCopy } from './ownDocument';
import { changeOf, type PropertiesChange, type Stored } from './propertiesChange';
import { LINE, LOG_WAITS } from './propertyNames';
import { countUsage } from './quota';
import { type HeldLine, NotKept, settleUp } from './settleUp';
import {
  blindSnapshot,
  NewerSheet,
  problemSentences,
  rememberedSnapshot,
  type Snapshot,
  takeSnapshot,
} from './snapshot';
import { type Finding, tellEverybody } from './telling';
import { tidySettings } from './tidySettings';
import { tellOfEnd } from './tokenEnd';

/** What a story works with. */
export interface Run extends Snapshot {
  /** The way to amoCRM, once it is open. */
  access?: Access | undefined;
  outside: Outside;
  startedAt: EpochMs;
  /** Nothing that takes time begins after this. */
  deadline: EpochMs;
  gate: Gate;
  /** What the run has to say so far. */
  findings: Finding[];
  /** What it has to keep of what it found, put down in one change with all else when it lets the line go. */
  toKeep: ((stored: Stored) => PropertiesChange)[];
  /**
   * How far the run has come: whether it is writing, which day is to be reported, of which day events are read (maybe
   * to look at it once more), whether any were, how many of its requests are put down to a day and to our usage,
   * and when it last looked for pings that have fallen due.
   * And what it has learnt of the sheets, so that it asks once: which days they hold whole, pings that they hold, and how
   * many cells they have.
   */
  progress: {
    writing: boolean;
    day?: Day;
    reading?: Day;
    moved?: boolean;
    counted: number;
    inUsage: number;
    duePingsAt?: EpochMs;
    reported?: Set<Day>;
    pingsInSheet?: readonly Ping[];
    cells?: CellCount | undefined;
  };
}

export interface JobDescription {
  name: keyof Texts['jobs'];
  /** The repeating trigger that calls it, where one does. */
  calledBy?: ScheduledFunction | undefined;
  /** What the run holds the line to amoCRM for; without it the job sends no request. */
  holds?: Holder;
  /** What to do instead while another run holds the line; it says what it has to say itself. */
  whenBusy?: (error: AlreadyRunning, run: Run) => Finding[] | undefined;
  /** What to do when the line is free, but amoCRM does not let us in. */
  withoutAccess?: (run: Run, error: unknown) => void;
  /** What to do last while the run still holds the line. */
  beforeLeaving?: (run: Run) => void;
  /**
   * Whether the job can do without the spreadsheet while all is well: it works from what is remembered, and its rows of
   * the log wait for a run that writes there anyway.
   */
  sparesSheet?: boolean;
  /** false: the job does something useful also before address and token are there. */
  needsAccount: boolean;
  /** Whether the story says itself that amoCRM does not take the tokens. */
  tellsRefusal?: boolean;
  /** Whether a person is told by mail when the job fails and when it works again. */
  watched?: boolean;
  /** What a failure means for the data, in the user's words. */
  effectOfFailure: (run: Run) => string;
}

/** What a job does. What it gives back tells how the job is; nothing means that it works. */
export type Story = (run: Run) => JobHealth | undefined;

/**
 * The frame of every job: one snapshot of the settings, at most one run on the line to amoCRM at a time, and whatever
 * happens is told in the log, on the console, by mail, and to the person who started it. Failures end here.
 * @returns whether the story came to its end
 */
export function runJob(outside: Outside, job: JobDescription, story: Story): boolean {
  if (outside.byTrigger && goIfSwitchedOff(outside)) return false;
  const begun = begin(outside, job);
  const { run } = begun;
  let taken: ReturnType<typeof takeLease> | undefined;
  let health: JobHealth = { state: 'works' };
  let refusal: Refusal | undefined;
  let ended = false;
  try {
    if ('error' in begun) throw begun.error;
    tidySettings(outside, run);
    if (job.needsAccount && !run.account && run.typed.code === undefined) throw new NotSetUp();
    if (job.holds) {
      taken = takeLease(outside, job.holds);
      begun.shared.line = lineOf(taken.stored[LINE]);
      if (job.needsAccount) letIn(job, run);
    }
    health = story(run) ?? health;
    ended = true;
  } catch (error) {
    if (isForeign(error)) run.access?.refuse('other-account');
    if (error instanceof Disconnected) refusal = error.refusal;
    run.findings.push(...whatWentWrong(error, job, run));
    health = healthOf(error, outside.byTrigger);
  }
  refusal = run.access?.refusal ?? refusal;
  // The connection is what fails: told of once for all jobs, and to who asks.
  if (refusal) health = { state: 'neutral' };
  const isNews = refusal !== undefined && !refusal.isTold;
  if (refusal && !job.tellsRefusal && (isNews || !outside.byTrigger))
    run.findings.push(refusalFinding(refusal, run));
  if (taken) leave(job, run);
  if (job.needsAccount) tellOfEnd(run);
  const held = (): HeldLine | undefined => taken && { ...taken, line: begun.shared.line };
  let waiting = 0;
  try {
    waiting = settleUp(job, run, held(), { health, isNews });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    ended = false;
    run.toKeep = [];
    run.findings.push(failure(error.reason, job, run));
    waiting = settleUp(job, run, held(), { health: healthOf(error.reason, outside.byTrigger), isNews });
  }
  if (!('error' in begun)) tendTriggers(run, job.calledBy);
  const mayWrite = !('error' in begun && begun.error instanceof NewerSheet);
  const written = tellEverybody(run.findings, run.texts.jobs[job.name], run, { mayWrite, waiting });
  sendNotices(run);
  putDownTheRest(run, taken, written);
  return ended;
}

/** Less than this after what was put down with the line is not worth a change of its own. */
const A_REST_MS = 1_000;

/** What came after the line was let go: the time of writing the log, and which of its rows wait no more. */
function putDownTheRest(run: Run, taken: object | undefined, written: readonly LogRow[]): void {
  const { byTrigger, clock, countedUntil } = run.outside;
  const isWorthIt = (taken !== undefined || byTrigger) && clock.now() - countedUntil >= A_REST_MS;
  if (!isWorthIt && written.length === 0) return;
  countUsage(run, stored => changeOf(LOG_WAITS, stored, withoutWaiting(stored[LOG_WAITS], written)));
}

function letIn(job: JobDescription, run: Run): void {
  const { outside, connection } = run;
  try {
    // A long-lived token may work again, as when the integration is switched on again: tried once a day.
    const onceADay = job.calledBy === 'dailyReport' && connection?.renewal === undefined;
    openAccess(run, !outside.byTrigger || onceADay);
  } catch (error) {
    job.withoutAccess?.(run, error);
    throw error;
  }
}

function whatWentWrong(error: unknown, job: JobDescription, run: Run): Finding[] {
  // What is told for all jobs, or was told when it came up.
  if (error instanceof AmoError && run.access?.refusal) return [];
  if (error instanceof Disconnected) return [];
  try {
    const instead = error instanceof AlreadyRunning ? job.whenBusy?.(error, run) : undefined;
    return instead ?? [failure(error, job, run)];
  } catch (another) {
    return [failure(another, job, run)];
  }
}

/** What comes last must not take away from what was done before. */
function leave({ beforeLeaving }: JobDescription, run: Run): void {
  try {
    beforeLeaving?.(run);
  } catch (error) {
    const what = run.texts.unexpected(messageOf(error));
    run.findings.push({ level: 'WARN', what, effect: run.texts.effect.pingNotStored });
  }
}

interface Begun {
  run: Run;
  shared: SharedLine;
  error?: unknown;
}

function begin(outside: Outside, job: JobDescription): Begun {
  const { clock, http, properties } = outside;
  const begunWith = (snapshot: Snapshot): Begun => {
    const shared: SharedLine = {
      line: lineOf(undefined),
      share: () => properties.change({ write: new Map([[LINE, JSON.stringify(shared.line)]]) }),
    };
    const run: Run = {
      ...snapshot,
      outside,
      startedAt: clock.now(),
      deadline: outside.startedAt + outside.workingMs,
      gate: gate(http, clock, snapshot.settings.requestsPerSecond, shared),
      findings: [],
      toKeep: [],
      progress: { writing: false, counted: 0, inUsage: 0 },
    };
    return { run, shared };
  };
  try {
    // A trigger was made by a person who set this very spreadsheet up.
    const isNewCopy = !outside.byTrigger && startAfreshInCopy(outside);
    const known = job.sparesSheet ? rememberedSnapshot(outside) : undefined;
    // A trigger's run has read the properties a moment ago, to see whether it was switched off.
    const stored = () => (outside.byTrigger ? properties.recall() : properties.readAll());
    const begun = begunWith(known ?? takeSnapshot(outside, stored()));
    const { copied, copiedTodo } = begun.run.texts;
    if (isNewCopy) begun.run.findings.push({ level: 'WARN', what: copied, todo: copiedTodo });
    return begun;
  } catch (error) {
    return { ...begunWith(blindSnapshot(outside)), error };
  }
}

/** How long this execution may still work, in ms. */
export function timeLeft({ clock, startedAt, workingMs }: Outside): number {
  return startedAt + workingMs - clock.now();
}

/** The problems of the settings sheet as findings: said once a day, they stand in the sheet all the time. */
export function settingsFindings(run: Run): Finding[] {
  return problemSentences(run).map(what => ({ level: 'WARN', what }));
}
