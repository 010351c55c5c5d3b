import type { AmoClient } from '../amocrm/client';
import { eventTypeNames } from '../amocrm/operations/eventTypes';
import { AmoError, isSoonPast } from '../core/amoError';
import type { Run } from './run';

/**
 * The account's names of event types, by key. A report without them is still right, so a failure only makes a remark.
 * @throws AmoError when another run will be able to ask
 */
export function accountNames(run: Run, amo: AmoClient): ReadonlyMap<string, string> {
  try {
    return eventTypeNames(amo, run.language);
  } catch (error) {
    if (!(error instanceof AmoError) || isSoonPast(error)) throw error;
    const { namesUnavailable, error: words, effect } = run.texts;
    const what = `${namesUnavailable}: ${words.what(error.code, error.status)}`;
    run.findings.push({ level: 'WARN', what, effect: effect.none });
    return new Map();
  }
}
