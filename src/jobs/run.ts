import { type Gate, gate, type SharedLine } from '../amocrm/gate';
import type { Day, EpochMs } from '../core/day';
import type { ScheduledFunction } from '../core/entryPoints';
import { lineOf } from '../core/line';
import { afterHealth, type JobHealth, noticesOf } from '../core/notices';
import type { Texts } from '../core/texts';
import { messageOf } from '../core/thrown';
import { withoutSecrets } from '../core/token';
import type { Outside } from '../ports';
import { failure, healthOf, NotSetUp } from './failure';
import { goIfSwitchedOff, tendTriggers } from './installedTriggers';
import { AlreadyRunning, type Holder, holds, takeLease } from './lease';
import { sendNotices } from './mail';
import { LEASE, LINE, NOTICES } from './propertyNames';
import { countUsage } from './quota';
import { shownInstant } from './shownInstant';
import { blindSnapshot, NewerSheet, problemSentences, type Snapshot, takeSnapshot } from './snapshot';
import { type Finding, tellEverybody } from './telling';
import { tidySettings } from './tidySettings';

/** What a story works with. */
export interface Run extends Snapshot {
  outside: Outside;
  startedAt: EpochMs;
  /** Nothing that takes time begins after this. */
  deadline: EpochMs;
  gate: Gate;
  /** What the run has to say so far. */
  findings: Finding[];
  /**
   * How far the run has come: whether it is writing, which day is to be reported, of which day events are read (maybe
   * to look at it once more), whether any were, how many of its requests are put down to a day and to our usage, and
   * how many cells the spreadsheet had when it first wrote details.
   */
  progress: {
    writing: boolean;
    day?: Day;
    reading?: Day;
    moved?: boolean;
    counted: number;
    inUsage: number;
    cells?: number;
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
  /** What to do last while the run still holds the line. */
  beforeLeaving?: (run: Run) => void;
  /** false: the job does something useful also before address and token are there. */
  needsAccount: boolean;
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
  let ended = false;
  try {
    if ('error' in begun) throw begun.error;
    tidySettings(outside, run);
    if (job.needsAccount && !run.account) throw new NotSetUp();
    if (job.holds) {
      taken = takeLease(outside, job.holds);
      begun.shared.line = lineOf(taken.stored[LINE]);
    }
    health = story(run) ?? health;
    ended = true;
  } catch (error) {
    run.findings.push(...whatWentWrong(error, job, run));
    health = healthOf(error);
  }
  if (taken) leave(job, run);
  settleUp(job, begun, taken, health);
  if (!('error' in begun)) tendTriggers(run, job.calledBy);
  const mayWrite = !('error' in begun && begun.error instanceof NewerSheet);
  tellEverybody(run.findings, run.texts.jobs[job.name], run, mayWrite);
  sendNotices(run);
  if (taken || outside.byTrigger) countUsage(run, taken?.orphaned);
  return ended;
}

function whatWentWrong(error: unknown, job: JobDescription, run: Run): Finding[] {
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
    return begunWith(takeSnapshot(outside));
  } catch (error) {
    return { ...begunWith(blindSnapshot(outside)), error };
  }
}

/** What a run leaves behind in the properties, in one change: the line free, and how the job is. */
function settleUp(
  job: JobDescription,
  { run, shared }: Begun,
  taken: ReturnType<typeof takeLease> | undefined,
  health: JobHealth,
): void {
  const { mutex, properties } = run.outside;
  try {
    mutex.during(() => {
      const stored = properties.readAll();
      const write = new Map<string, string>();
      const ours = taken !== undefined && holds(stored, taken.lease);
      if (ours) write.set(LINE, JSON.stringify(shared.line));
      const notices = noticesAfter(stored[NOTICES], job, run, health);
      if (notices !== undefined) write.set(NOTICES, notices);
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

function noticesAfter(
  stored: string | undefined,
  job: JobDescription,
  run: Run,
  health: JobHealth,
): string | undefined {
  if (!job.watched) return undefined;
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
  const before = noticesOf(stored);
  const after = afterHealth(before, job.name, health, run.startedAt, words || undefined);
  return after === before ? undefined : JSON.stringify(after);
}

/** How long this execution may still work, in ms. */
export function timeLeft({ clock, startedAt, workingMs }: Outside): number {
  return startedAt + workingMs - clock.now();
}

/** The problems of the settings sheet as findings: said once a day, they stand in the sheet all the time. */
export function settingsFindings(run: Run): Finding[] {
  return problemSentences(run).map(what => ({ level: 'WARN', what }));
}
