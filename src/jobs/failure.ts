import { AmoError, isTemporary } from '../core/amoError';
import type { Refusal } from '../core/connection';
import { timeOfDay } from '../core/day';
import type { JobHealth } from '../core/notices';
import { messageOf } from '../core/thrown';
import { LockBusy, SheetProtected, TooManyTriggers } from '../ports';
import { AlreadyRunning } from './lease';
import type { JobDescription, Run } from './run';
import { shownInstant } from './shownInstant';
import { NewerSheet } from './snapshot';
import type { Finding } from './telling';

/** The address or the token is missing. */
export class NotSetUp extends Error {}

/** amoCRM takes the tokens no more: a person has to connect anew. */
export class Disconnected extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super('amoCRM does not take the tokens');
    this.name = 'Disconnected';
    this.refusal = refusal;
  }
}

/** The words for whatever ended a story early. */
export function failure(error: unknown, job: JobDescription, run: Run): Finding {
  const { texts } = run;
  if (error instanceof NotSetUp) {
    const what = texts.notSetUp(missingSettings(run).join(' '));
    return { level: 'ERROR', what, effect: texts.effect.nothingDone, todo: texts.notSetUpTodo };
  }
  if (error instanceof NewerSheet) {
    return {
      level: 'ERROR',
      what: texts.newerSheet,
      effect: texts.effect.nothingDone,
      todo: texts.newerSheetTodo,
    };
  }
  if (error instanceof AlreadyRunning) {
    const { holder, since } = error.lease;
    const what = texts.alreadyRunning(texts.jobs[holder], timeOfDay(since, run.zone));
    return { level: 'WARN', what, effect: texts.effect.nothingDone, todo: texts.alreadyRunningTodo };
  }
  const effect = job.effectOfFailure(run);
  if (error instanceof LockBusy) {
    return { level: 'ERROR', what: texts.lockBusy, effect, todo: texts.lockBusyTodo };
  }
  if (error instanceof SheetProtected) {
    const what = texts.sheetProtected(error.title, error.editors.join(', '));
    return { level: 'ERROR', what, effect, todo: texts.sheetProtectedTodo };
  }
  if (error instanceof TooManyTriggers) {
    const what = texts.tooManyTriggers(error.handlers.join(', '));
    return { level: 'ERROR', what, effect: texts.effect.byHandOnly, todo: texts.tooManyTriggersTodo };
  }
  if (error instanceof AmoError) return amoFailure(error, effect, run);
  const message = messageOf(error);
  return { level: 'ERROR', what: texts.unexpected(message), effect, todo: texts.unexpectedTodo };
}

/** What the end of a story says of the job: nothing, where another run was in the way. */
export function healthOf(error: unknown, byTrigger: boolean): JobHealth {
  // The connection is watched by itself; and who starts a job by hand sees what is missing.
  if (error instanceof Disconnected) return { state: 'neutral' };
  if (error instanceof NotSetUp && !byTrigger) return { state: 'neutral' };
  if (error instanceof AlreadyRunning || error instanceof LockBusy) return { state: 'neutral' };
  // What has made amoCRM ask for silence was told when it came up.
  if (error instanceof AmoError && error.code === 'paused') return { state: 'neutral' };
  return { state: 'fails', passing: error instanceof AmoError && isTemporary(error) };
}

const FOR_OAUTH: readonly string[] = ['clientId', 'clientSecret', 'authCode'];

/** What is wrong with the address and the secrets, in sentences that name their row. */
export function missingSettings({ problems, texts }: Run): string[] {
  return problems
    .filter(({ key, kind }) => {
      if (kind === 'duplicate') return false;
      // A sheet that was made before OAuth lacks their rows, and needs none of them.
      return key === 'baseUrl' || key === 'token' || (FOR_OAUTH.includes(key) && kind !== 'missing-row');
    })
    .map(problem => texts.settings.named(problem.key, texts.settings.problem(problem)));
}

/** Said once, for all jobs that need amoCRM. */
export function refusalFinding({ cause, from, since }: Refusal, run: Run): Finding {
  const { connection, error } = run.texts;
  return {
    level: 'ERROR',
    what: connection.refused(error.what(cause, 401), shownInstant(Math.max(since, from), run)),
    effect: connection.refusedEffect,
    todo: cause === 'other-account' ? error.todo(cause) : connection.refusedTodo,
  };
}

export function amoFailure(
  { code, status, detail, until }: AmoError,
  effect: string,
  { texts, zone }: Pick<Run, 'texts' | 'zone'>,
): Finding {
  const what = texts.error.what(code, status);
  return {
    level: 'ERROR',
    what: until === undefined ? what : texts.until(what, timeOfDay(until, zone)),
    effect,
    todo: texts.error.todo(code),
    detail,
  };
}
