import { type Gate, gate, type SharedLine } from '../amocrm/gate';
import { AmoError } from '../core/amoError';
import { connectionOf, type Refusal, withRefusalTold } from '../core/connection';
import type { Day, EpochMs } from '../core/day';
import type { ScheduledFunction } from '../core/entryPoints';
import { lineOf } from '../core/line';
import { afterHealth, type JobHealth, type Notices, noticesOf } from '../core/notices';
import type { Ping } from '../core/ping';
import type { Texts } from '../core/texts';
import { messageOf } from '../core/thrown';
import { withoutSecrets } from '../core/token';
import type { CellCount } from '../core/usage';
import type { Outside } from '../ports';
import { type Access, isForeign, openAccess } from './access';
import { Disconnected, failure, healthOf, NotSetUp, refusalFinding } from './failure';
import { goIfSwitchedOff, tendTriggers } from './installedTriggers';
import { AlreadyRunning, type Holder, holds, takeLease } from './lease';
import { sendNotices } from './mail';
import { startAfreshInCopy } from './ownDocument';
import { CONNECTION, LEASE, LINE, NOTICES } from './propertyNames';
import { countUsage } from './quota';
import { shownInstant } from './shownInstant';
import { blindSnapshot, NewerSheet, problemSentences, type Snapshot, takeSnapshot } from './snapshot';
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
  const begun = begin(outside);
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
  settleUp(job, begun, taken, { health, isNews });
  if (!('error' in begun)) tendTriggers(run, job.calledBy);
  const mayWrite = !('error' in begun && begun.error instanceof NewerSheet);
  tellEverybody(run.findings, run.texts.jobs[job.name], run, mayWrite);
  sendNotices(run);
  if (taken || outside.byTrigger) countUsage(run, taken?.orphaned);
  return ended;
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

function begin(outside: Outside): Begun {
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
      progress: { writing: false, counted: 0, inUsage: 0 },
    };
    return { run, shared };
  };
  try {
    // A trigger was made by a person who set this very spreadsheet up.
    const isNewCopy = !outside.byTrigger && startAfreshInCopy(outside);
    const begun = begunWith(takeSnapshot(outside));
    const { copied, copiedTodo } = begun.run.texts;
    if (isNewCopy) begun.run.findings.push({ level: 'WARN', what: copied, todo: copiedTodo });
    return begun;
  } catch (error) {
    return { ...begunWith(blindSnapshot(outside)), error };
  }
}

/** What a run leaves behind in the properties, in one change: the line free, and how the job is. */
function settleUp(
  job: JobDescription,
  { run, shared }: Begun,
  taken: ReturnType<typeof takeLease> | undefined,
  { health, isNews }: { health: JobHealth; isNews: boolean },
): void {
  const { mutex, properties } = run.outside;
  try {
    mutex.during(() => {
      const stored = properties.readAll();
      const write = new Map<string, string>();
      const ours = taken !== undefined && holds(stored, taken.lease);
      if (ours) write.set(LINE, JSON.stringify(shared.line));
      const before = noticesOf(stored[NOTICES]);
      const notices = noticesAfter(
        noticesAfter(before, job, run, health),
        CONNECTING,
        run,
        accessHealth(run, job, isNews),
      );
      const connection = isNews ? connectionOf(stored[CONNECTION], undefined) : undefined;
      if (connection?.refusal) write.set(CONNECTION, JSON.stringify(withRefusalTold(connection)));
      if (notices !== before) write.set(NOTICES, JSON.stringify(notices));
      properties.change({ write, remove: ours ? [LEASE] : [] });
    });
  } catch (error) {
    // The lease ends by itself.
    const trouble = failure(error, job, run);
    // What has made the story fail need not be said again.
    if (!run.findings.some(({ what }) => what === trouble.what))
      run.findings.push({ ...trouble, level: 'WARN', effect: run.texts.effect.none });
  }
}

/** The connection is watched as jobs are. */
const CONNECTING: Pick<JobDescription, 'name' | 'watched'> = { name: 'connect', watched: true };

/** @param isNews whether amoCRM takes the tokens no more, and nobody was told yet */
function accessHealth({ access }: Run, { watched }: JobDescription, isNews: boolean): JobHealth {
  // Who connects sees what comes of it.
  if (isNews) return watched ? { state: 'fails', passing: false } : { state: 'neutral' };
  return access?.isProven && !access.connection.refusal ? { state: 'works' } : { state: 'neutral' };
}

function noticesAfter(
  before: Notices,
  job: Pick<JobDescription, 'name' | 'watched'>,
  run: Run,
  health: JobHealth,
): Notices {
  if (!job.watched) return before;
  const { findings, outside, secrets, settings, texts } = run;
  const name = texts.jobs[job.name];
  const worst =
    findings.find(({ level }) => level === 'ERROR') ?? findings.find(({ level }) => level === 'WARN');
  const said = [worst?.what, worst?.effect, worst?.todo].filter(text => text).join('\n');
  const words = settings.notifyEmail && {
    id: outside.uniqueId(),
    fails: (since: EpochMs) =>
      texts.mail.fails(name, withoutSecrets(said, secrets), shownInstant(since, run)),
    works: (since: EpochMs) => texts.mail.works(name, shownInstant(since, run)),
  };
  return afterHealth(before, job.name, health, run.startedAt, words || undefined);
}

/** How long this execution may still work, in ms. */
export function timeLeft({ clock, startedAt, workingMs }: Outside): number {
  return startedAt + workingMs - clock.now();
}

/** The problems of the settings sheet as findings: said once a day, they stand in the sheet all the time. */
export function settingsFindings(run: Run): Finding[] {
  return problemSentences(run).map(what => ({ level: 'WARN', what }));
}
