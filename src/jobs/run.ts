import { type Gate, gate } from '../amocrm/gate';
import type { EpochMs } from '../core/day';
import type { Texts } from '../core/texts';
import type { Outside } from '../ports';
import { failure, NotSetUp } from './failure';
import { type Exclusive, exclusively } from './lease';
import { blindSnapshot, problemSentences, type Snapshot, takeSnapshot } from './snapshot';
import { type Finding, tellEverybody } from './telling';
import { tidySettings } from './tidySettings';

/** What a story works with. */
export interface Run extends Snapshot {
  outside: Outside;
  startedAt: EpochMs;
  /** Nothing that takes time begins after this. */
  deadline: EpochMs;
  gate: Gate;
  /** How far the run has come, for the words of a failure. */
  progress: { writing: boolean };
}

export interface JobDescription {
  name: keyof Texts['jobs'];
  exclusive?: Exclusive;
  /** false: the job does something useful also before address and token are there. */
  needsAccount: boolean;
  /** What a failure means for the data, in the user's words. */
  effectOfFailure: (run: Run) => string;
}

// The platform ends an execution after six minutes without warning ([doc Q]); what is left is for the last request
// and for writing. Long enough for the five minutes that amoCRM may ask us to wait ([K docs/http-codes]).
const WORKING_TIME_MS = 5.5 * 60_000;

/**
 * The frame of every job: one snapshot of the settings, at most one run of the job at a time, and whatever happens
 * is told in the log, on the console, and to the person who started it. Failures end here.
 * @returns whether the story came to its end
 */
export function runJob(outside: Outside, job: JobDescription, story: (run: Run) => Finding[]): boolean {
  const begun = begin(outside);
  const { run } = begun;
  const findings: Finding[] = [];
  let ended = false;
  try {
    if ('error' in begun) throw begun.error;
    tidySettings(outside, run);
    if (job.needsAccount && !run.account) throw new NotSetUp();
    const tell = () => findings.push(...story(run));
    if (job.exclusive) exclusively(outside, job.exclusive, tell);
    else tell();
    ended = true;
  } catch (error) {
    findings.push(failure(error, job, run));
  }
  tellEverybody(findings, run.texts.jobs[job.name], run);
  return ended;
}

function begin(outside: Outside): { run: Run; error?: unknown } {
  const { answered, clock, http } = outside;
  const runOf = (snapshot: Snapshot): Run => ({
    ...snapshot,
    outside,
    startedAt: clock.now(),
    deadline: outside.startedAt + WORKING_TIME_MS,
    gate: gate(http, clock, snapshot.settings.requestsPerSecond, answered),
    progress: { writing: false },
  });
  try {
    return { run: runOf(takeSnapshot(outside)) };
  } catch (error) {
    return { run: runOf(blindSnapshot(outside)), error };
  }
}

/** How long this execution may still work, in ms. */
export function timeLeft({ clock, startedAt }: Outside): number {
  return startedAt + WORKING_TIME_MS - clock.now();
}

/** The problems of the settings sheet as findings: said once a day, they stand in the sheet all the time. */
export function settingsFindings(run: Run): Finding[] {
  return problemSentences(run).map(what => ({ level: 'WARN', what }));
}
