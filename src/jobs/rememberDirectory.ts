import type { AmoClient, Question } from '../amocrm/client';
import {
  CUSTOMER_STAGES,
  FIELD_OWNERS,
  firstFields,
  furtherFields,
  STAGES,
  TASK_TYPES,
} from '../amocrm/operations/names';
import { AmoError, isSoonPast, isTemporary } from '../core/amoError';
import { directoryIn, keepingDirectory, type NamedKind, withNames } from '../core/directory';
import type { Run } from './run';

/** Some hours less than a day: the next report must not find them too new. */
const ASKED_EVERY_MS = 20 * 3_600_000;
/** Names are not worth the time that the day needs: what does not answer is left. */
const LONGEST_ASKING_MS = 60_000;

/** What one question tells: names by id, and whether there are more of them to be asked for. */
type Known = {
  kind: NamedKind;
  names: ReadonlyMap<string, string>;
  more?: () => ReadonlyMap<string, string>;
};

/**
 * Asks once a day what the account calls its stages, fields and kinds of tasks, all at once. Ids stand in for what is not
 * to be had: where amoCRM refuses, as in an account without customers, for ever; where it fails, until the next day is
 * begun.
 * @param users of the account, by id: their names are known already
 * @throws AmoError when another run will be able to ask
 */
export function rememberDirectory(run: Run, amo: AmoClient, users: ReadonlyMap<number, string>): void {
  const { clock, properties } = run.outside;
  const stored = properties.readAll();
  const before = directoryIn(stored);
  const now = clock.now();
  if (now - before.at < ASKED_EVERY_MS && now >= before.at) return;
  let directory = withNames({ ...before, at: now }, 'responsible', users);
  const note = (ask: () => void): void => {
    try {
      ask();
    } catch (error) {
      if (!(error instanceof AmoError) || isSoonPast(error)) throw error;
      if (isTemporary(error)) directory = { ...directory, at: before.at };
    }
  };
  for (const one of amo.all(questions(amo), now + LONGEST_ASKING_MS)) {
    note(() => {
      if ('error' in one) throw one.error;
      const { kind, names, more } = one.answer;
      directory = withNames(directory, kind, names);
      if (more) directory = withNames(directory, kind, more());
    });
  }
  properties.change(keepingDirectory(stored, directory));
}

function questions(amo: AmoClient): Question<Known>[] {
  return [
    knowing('stage', STAGES),
    ...FIELD_OWNERS.map((owner): Question<Known> => {
      const { read, ...question } = firstFields(owner);
      return {
        ...question,
        read(data) {
          const { names, isLast } = read(data);
          return { kind: 'field', names, ...(isLast ? {} : { more: () => furtherFields(amo, owner) }) };
        },
      };
    }),
    knowing('customerStage', CUSTOMER_STAGES),
    knowing('taskType', TASK_TYPES),
  ];
}

function knowing(kind: NamedKind, { read, ...question }: Question<Map<string, string>>): Question<Known> {
  return { ...question, read: data => ({ kind, names: read(data) }) };
}
