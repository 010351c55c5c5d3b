import type { AmoClient } from '../amocrm/client';
import {
  customerStageNames,
  FIELD_OWNERS,
  fieldNames,
  stageNames,
  taskTypeNames,
} from '../amocrm/operations/names';
import { AmoError, isSoonPast, isTemporary } from '../core/amoError';
import { directoryIn, keepingDirectory, type NamedKind, withNames } from '../core/directory';
import type { Run } from './run';

/** Some hours less than a day: the next report must not find them too new. */
const ASKED_EVERY_MS = 20 * 3_600_000;
/** Names are not worth the time that the day needs: where lists do not answer, the others are left. */
const LONGEST_ASKING_MS = 60_000;

/**
 * Asks once a day what the account calls its stages, fields and kinds of tasks. Ids stand in for what is not to be had:
 * where amoCRM refuses, as in an account without customers, for ever; where it fails, until the next day is begun.
 * @param users of the account, by id: their names are known already
 * @throws AmoError when another run will be able to ask
 */
export function rememberDirectory(run: Run, amo: AmoClient, users: ReadonlyMap<number, string>): void {
  const { clock, properties } = run.outside;
  const stored = properties.readAll();
  const before = directoryIn(stored);
  if (clock.now() - before.at < ASKED_EVERY_MS && clock.now() >= before.at) return;
  const asking: readonly [NamedKind, () => ReadonlyMap<string, string>][] = [
    ['stage', () => stageNames(amo)],
    ...FIELD_OWNERS.map((owner): [NamedKind, () => Map<string, string>] => [
      'field',
      () => fieldNames(amo, owner),
    ]),
    ['customerStage', () => customerStageNames(amo)],
    ['taskType', () => taskTypeNames(amo)],
  ];
  const startedAt = clock.now();
  let directory = withNames({ ...before, at: startedAt }, 'responsible', users);
  for (const [kind, names] of asking) {
    if (clock.now() - startedAt > LONGEST_ASKING_MS) break;
    try {
      directory = withNames(directory, kind, names());
    } catch (error) {
      if (!(error instanceof AmoError) || isSoonPast(error)) throw error;
      if (isTemporary(error)) directory = { ...directory, at: before.at };
    }
  }
  properties.change(keepingDirectory(stored, directory));
}
