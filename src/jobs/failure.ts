import { AmoError } from '../core/amoError';
import { timeOfDay } from '../core/day';
import type { Texts } from '../core/texts';
import { LockBusy } from '../ports';
import { AlreadyRunning } from './lease';
import type { JobDescription, Run } from './run';
import type { Finding } from './telling';

/** The address or the token is missing. */
export class NotSetUp extends Error {}

/** The words for whatever ended a story early. */
export function failure(error: unknown, job: JobDescription, run: Run): Finding {
  const { texts } = run;
  if (error instanceof NotSetUp) {
    const what = texts.notSetUp(missingSettings(run).join(' '));
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

/** What is wrong with the address and the token, in sentences that name their row. */
export function missingSettings({ problems, texts }: Run): string[] {
  return problems
    .filter(({ key, kind }) => (key === 'baseUrl' || key === 'token') && kind !== 'duplicate')
    .map(problem => texts.settings.named(problem.key, texts.settings.problem(problem)));
}

export function amoFailure({ code, status, detail }: AmoError, effect: string, texts: Texts): Finding {
  return {
    level: 'ERROR',
    what: texts.error.what(code, status),
    effect,
    todo: texts.error.todo(code),
    detail,
  };
}
