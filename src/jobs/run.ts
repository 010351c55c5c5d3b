import { AmoError } from '../core/amoError';
import { type EpochMs, serialOf, timeOfDay } from '../core/day';
import type { Texts } from '../core/texts';
import { withoutSecrets } from '../core/token';
import { type Http, LockBusy, type Outside } from '../ports';
import { AlreadyRunning, type Exclusive, exclusively } from './lease';
import { problemSentences, type Snapshot, takeSnapshot } from './snapshot';

/** What a run has to say: one row of the log each. */
export interface Finding {
  level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  what: string;
  effect?: string;
  todo?: string;
}

/** What a story works with. */
export interface Run extends Snapshot {
  outside: Outside;
  startedAt: EpochMs;
  /** Nothing that takes time begins after this. */
  deadline: EpochMs;
  /** Requests sent so far in this run. */
  requests(): number;
}

export interface JobDescription {
  name: keyof Texts['jobs'];
  exclusive?: Exclusive;
  /** false: the job does something useful also before address and token are there. */
  needsAccount: boolean;
  /** What a failure means for the data, in the user's words. */
  effectOfFailure: (run: Run) => string;
}

// The platform ends a run after six minutes without warning ([doc Q]); what is left is for the last request and for
// writing. Long enough for the five minutes that amoCRM may ask us to wait ([K docs/http-codes]).
const WORKING_TIME_MS = 5.5 * 60_000;
const MOST_LOG_ROWS = 3_000;
const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/**
 * The frame of every job: one snapshot of the settings, at most one run of the job at a time, and whatever happens
 * is told in the log, on the console, and to the person who started it. Failures end here.
 * @returns whether the story came to its end
 */
export function runJob(outside: Outside, job: JobDescription, story: (run: Run) => Finding[]): boolean {
  const startedAt = outside.clock.now();
  const counted = countingHttp(outside.http);
  const run: Run = {
    ...takeSnapshot(outside),
    outside: { ...outside, http: counted.http },
    startedAt,
    deadline: startedAt + WORKING_TIME_MS,
    requests: counted.requests,
  };
  const findings: Finding[] = [];
  let ended = false;
  try {
    if (job.needsAccount && !run.account) throw new NotSetUp();
    const tell = () => findings.push(...story(run));
    if (job.exclusive) exclusively(outside, job.exclusive, tell);
    else tell();
    ended = true;
  } catch (error) {
    findings.push(failure(error, job, run));
  }
  tellEverybody(findings, job, run);
  return ended;
}

class NotSetUp extends Error {}

function failure(error: unknown, job: JobDescription, run: Run): Finding {
  const { texts } = run;
  if (error instanceof NotSetUp) {
    const missing = run.problems
      .filter(({ key, kind }) => (key === 'baseUrl' || key === 'token') && kind !== 'duplicate')
      .map(problem => texts.settings.named(problem.key, texts.settings.problem(problem)));
    const what = texts.notSetUp(missing.join(' '));
    return { level: 'ERROR', what, effect: texts.effect.nothingDone, todo: texts.notSetUpTodo };
  }
  if (error instanceof AlreadyRunning) {
    const what = texts.alreadyRunning(texts.jobs[job.name], timeOfDay(error.since, run.zone));
    return { level: 'WARN', what, effect: texts.effect.nothingDone, todo: texts.alreadyRunningTodo };
  }
  const effect = job.effectOfFailure(run);
  if (error instanceof LockBusy) {
    return { level: 'ERROR', what: texts.lockBusy, effect, todo: texts.lockBusyTodo };
  }
  if (error instanceof AmoError) return amoFailure(error, effect, texts);
  const message = error instanceof Error ? error.message : String(error);
  return { level: 'ERROR', what: texts.unexpected(message), effect, todo: texts.unexpectedTodo };
}

export function amoFailure({ code, status, detail }: AmoError, effect: string, texts: Texts): Finding {
  const what = texts.error.what(code, status) + (detail === '' ? '' : ` (${detail})`);
  return { level: 'ERROR', what, effect, todo: texts.error.todo(code) };
}

/** The log sheet, the console, and the person at the keyboard. */
function tellEverybody(findings: readonly Finding[], job: JobDescription, run: Run): void {
  const { clock, console, dialogs, workbook } = run.outside;
  const { secrets } = run;
  const safe = findings.map(finding => ({
    level: finding.level,
    what: withoutSecrets(finding.what, secrets),
    effect: withoutSecrets(finding.effect ?? '', secrets),
    todo: withoutSecrets(finding.todo ?? '', secrets),
  }));
  const worthTelling = safe.filter(
    ({ level }) => LEVELS.indexOf(level) >= LEVELS.indexOf(run.settings.logLevel),
  );
  const name = run.texts.jobs[job.name];
  for (const { level, what, effect, todo } of worthTelling) {
    console.write(level, [`${name}: ${what}`, effect, todo].filter(text => text !== '').join(' · '));
  }
  if (worthTelling.length > 0) {
    if (!workbook.has('log')) workbook.ensure(run.texts);
    const log = workbook.table('log', run.texts);
    log.append(
      worthTelling.map(finding => ({
        when: serialOf(run.startedAt, run.zone),
        job: name,
        ...finding,
        seconds: Math.round((clock.now() - run.startedAt) / 1000),
        requests: run.requests(),
      })),
    );
    log.trim(MOST_LOG_ROWS);
  }
  if (dialogs.available && safe.length > 0) {
    dialogs.tell(
      safe
        .map(({ what, effect, todo }) => [what, effect, todo].filter(text => text !== '').join('\n'))
        .join('\n\n'),
    );
  }
}

/** The problems of the settings sheet as findings: said once a day, they stand in the sheet all the time. */
export function settingsFindings(run: Run): Finding[] {
  return problemSentences(run).map(what => ({ level: 'WARN', what }));
}

function countingHttp(http: Http): { http: Http; requests: () => number } {
  let requests = 0;
  return {
    http: {
      get(request) {
        requests += 1;
        return http.get(request);
      },
    },
    requests: () => requests,
  };
}
