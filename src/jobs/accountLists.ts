import type { AmoClient, Answered, Question, Refused } from '../amocrm/client';
import { eventTypeNames, firstEventTypes } from '../amocrm/operations/eventTypes';
import {
  CUSTOMER_STAGES,
  FIELD_OWNERS,
  fields,
  firstFields,
  STAGES,
  TASK_TYPES,
} from '../amocrm/operations/names';
import { FIRST_USERS, users } from '../amocrm/operations/users';
import type { Page } from '../amocrm/pages';
import { AmoError, isSoonPast, isTemporary } from '../core/amoError';
import type { EpochMs } from '../core/day';
import { type Directory, directoryIn, keepingDirectory, type NamedKind, withNames } from '../core/directory';
import { rememberingUsers } from '../core/knownUsers';
import type { Run } from './run';

/** Some hours less than a day: the next report must not find the names too new. */
const ASKED_EVERY_MS = 20 * 3_600_000;
/** Names are not worth the time that the day needs: what does not answer is left. */
const LONGEST_ASKING_MS = 60_000;

/** Who works in the account, and what it calls things: asked at most once a run, as much at the same time as may be. */
export interface AccountLists {
  /**
   * The account's names of event types, by key. A report without them is still right, so a failure only makes a remark.
   * @throws AmoError when another run will be able to ask
   */
  eventTypes(): ReadonlyMap<string, string>;
  /**
   * Remembers everybody who ever was a user: those who left did not become robots. Once a day also what the account calls
   * its stages, fields and kinds of tasks. Ids stand in for what is not to be had: where amoCRM refuses, as in an account
   * without customers, for ever; where it fails, until the next day is begun.
   * @throws AmoError when the users are not to be had, or when another run will be able to ask
   */
  remember(): void;
}

type Names = ReadonlyMap<string, string>;

export function accountLists(run: Run, amo: AmoClient): AccountLists {
  let types: Names | undefined;
  let isRemembered = false;
  return {
    eventTypes() {
      types ??= typesHeard(run, amo);
      return types;
    },
    remember() {
      if (isRemembered) return;
      const { clock, properties } = run.outside;
      const now = clock.now();
      const { at } = directoryIn(properties.readAll());
      const isFresh = now - at < ASKED_EVERY_MS && now >= at;
      const lists = isFresh ? [] : namedLists(amo);
      const [ofUsers, ofTypes, ...ofNames] = amo.all(
        [FIRST_USERS, firstEventTypes(run.language), ...lists.map(({ question }) => question)],
        now + LONGEST_ASKING_MS,
      );
      const present = users(amo, inTime(ofUsers));
      rememberUsers(run, present);
      types ??= typesHeard(run, amo, ofTypes);
      if (!isFresh) {
        const known = withNames({ ...directoryIn(properties.readAll()), at: now }, 'responsible', present);
        rememberNames(
          run,
          known,
          lists.map(({ kind }, place) => ({ kind, heard: ofNames[place]! })),
          at,
        );
      }
      isRemembered = true;
    },
  };
}

/** Undefined where nothing was heard in time: what hangs beside a list must not keep it away. */
function inTime<T>(heard: Answered<T> | Refused | undefined): T | undefined {
  if (!heard || 'answer' in heard) return heard?.answer;
  if (heard.error.code === 'timeout') return undefined;
  throw heard.error;
}

function typesHeard(run: Run, amo: AmoClient, first?: Answered<Page> | Refused): Names {
  try {
    return eventTypeNames(amo, run.language, inTime(first));
  } catch (error) {
    if (!(error instanceof AmoError) || isSoonPast(error)) throw error;
    const { namesUnavailable, error: words, effect } = run.texts;
    const what = `${namesUnavailable}: ${words.what(error.code, error.status)}`;
    run.findings.push({ level: 'WARN', what, effect: effect.none });
    return new Map();
  }
}

function rememberUsers({ outside: { mutex, properties } }: Run, present: ReadonlyMap<number, string>): void {
  mutex.during(() => properties.change(rememberingUsers(properties.readAll(), new Set(present.keys()))));
}

/** @param before when they were asked last, which counts on where a list is to be asked for again */
function rememberNames(
  { outside: { properties } }: Run,
  known: Directory,
  lists: readonly { kind: NamedKind; heard: Answered<() => Names> | Refused }[],
  before: EpochMs,
): void {
  let directory = known;
  for (const { kind, heard } of lists) {
    try {
      if ('error' in heard) throw heard.error;
      directory = withNames(directory, kind, heard.answer());
    } catch (error) {
      if (!(error instanceof AmoError) || isSoonPast(error)) throw error;
      if (isTemporary(error)) directory = { ...directory, at: before };
    }
  }
  properties.change(keepingDirectory(properties.readAll(), directory));
}

/** Their answers give all names, further pages included. */
function namedLists(amo: AmoClient): { kind: NamedKind; question: Question<() => Names> }[] {
  const whole = <T>({ read, ...question }: Question<T>, of: (first: T) => Names): Question<() => Names> => ({
    ...question,
    read(data) {
      const first = read(data);
      return () => of(first);
    },
  });
  const asIs = (names: Names) => names;
  return [
    { kind: 'stage', question: whole(STAGES, asIs) },
    ...FIELD_OWNERS.map(owner => ({
      kind: 'field' as const,
      question: whole(firstFields(owner), first => fields(amo, owner, first)),
    })),
    { kind: 'customerStage', question: whole(CUSTOMER_STAGES, asIs) },
    { kind: 'taskType', question: whole(TASK_TYPES, asIs) },
  ];
}
