import { directoryIn } from '../core/directory';
import type { Naming } from '../core/processName';
import type { Rule } from '../core/rules';
import type { Run } from './run';

/**
 * How processes are called in this run.
 * @param types the account's names of event types, by key
 */
export function namingOf(
  { language, outside, texts }: Run,
  types: ReadonlyMap<string, string>,
  rules: readonly Rule[],
): Naming {
  return { language, texts, types, directory: directoryIn(outside.properties.recall()), rules };
}
