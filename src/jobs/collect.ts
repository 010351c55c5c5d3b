import type { AmoClient } from '../amocrm/client';
import { users } from '../amocrm/operations/users';
import type { Authorship } from '../core/actor';
import { AmoError, isTemporary } from '../core/amoError';
import { type Collection, nextWindow, type Window, withSmallerSpan, withWindow } from '../core/collection';
import { hoursOf } from '../core/dayHours';
import { knownUsers, rememberingUsers } from '../core/knownUsers';
import { ruleFinder } from '../core/rules';
import { withinBudget } from '../core/storedCollection';
import { keepCollection } from './keptCollection';
import { takeDuePings } from './measurePing';
import { namingOf } from './naming';
import { countUsage } from './quota';
import { readWindow } from './readWindow';
import { rememberDirectory } from './rememberDirectory';
import { type Run, timeLeft } from './run';

/** However short a run, it keeps what it has about so often: a kill without warning costs no more. */
const KEEP_EVERY_MS = 20_000;

/**
 * Goes on reading the day until it is collected or the run's time is over.
 * @param types the account's names of event types, by key: rules may use them
 * @returns the collection as it is kept; its phase tells whether it came to its end
 * @throws AmoError for what amoCRM refuses; what was read until then is kept
 */
export function collect(
  run: Run,
  amo: AmoClient,
  begun: Collection,
  types: ReadonlyMap<string, string> = new Map(),
): Collection {
  const hours = hoursOf(begun.day, begun.zone);
  const { rules } = begun;
  const ruleOf = rules.length > 0 ? ruleFinder(rules, namingOf(run, types, rules)) : undefined;
  const attribution = { hours, by: authorship(run, begun), ruleOf };
  const { gate, outside, progress } = run;
  const { clock } = outside;
  const hasARunsTime = timeLeft(outside) > outside.workingMs / 2;
  let collection = begun;
  let keptAt = clock.now();
  let window: Window | undefined;
  const keep = () => {
    if (gate.requests === progress.counted) return;
    const requests = collection.requests + gate.requests - progress.counted;
    collection = withinBudget({ ...collection, requests });
    progress.counted = gate.requests;
    keepCollection(outside, 'collection', collection);
    countUsage(run);
    keptAt = clock.now();
  };
  try {
    for (;;) {
      window = nextWindow(collection, hours, timeLeft(outside));
      if (!window) break;
      const read = readWindow(run, amo, window, attribution);
      if (read) collection = withWindow(collection, window, read, hours);
      else collection = withSmallerSpan(collection, window) ?? collection;
      if (clock.now() - keptAt >= KEEP_EVERY_MS) keep();
      progress.moved = true;
      takeDuePings(run);
    }
  } catch (error) {
    // A window that a whole run is not enough for, or that amoCRM cannot give, would never be read.
    if (window && !progress.moved) {
      if (isOutOfTime(error) && hasARunsTime) collection = smaller(collection, window);
      else if (error instanceof AmoError && isTemporary(error)) {
        collection = withSmallerSpan(collection, window) ?? collection;
      }
    }
    if (!isOutOfTime(error)) throw error;
  } finally {
    keep();
  }
  return collection;
}

export function isOutOfTime(error: unknown): boolean {
  return error instanceof AmoError && error.code === 'out-of-time';
}

function smaller(collection: Collection, window: Window): Collection {
  const changed = withSmallerSpan(collection, window);
  if (!changed) throw new AmoError('too-crowded');
  return changed;
}

export function hasUsers({ outside: { properties } }: Run): boolean {
  return knownUsers(properties.readAll()).size > 0;
}

/** The account's users, and everybody who ever was one: those who left did not become robots. */
export function rememberUsers(run: Run, amo: AmoClient): void {
  const { mutex, properties } = run.outside;
  const present = users(amo);
  mutex.during(() => properties.change(rememberingUsers(properties.readAll(), new Set(present.keys()))));
  rememberDirectory(run, amo, present);
}

function authorship({ outside: { properties } }: Run, { serviceAccounts }: Collection): Authorship {
  const stored = properties.readAll();
  const everybody = knownUsers(stored);
  const present = knownUsers(stored, 'present');
  // Those whom an earlier version has remembered: it did not tell who of them is still there.
  return {
    users: everybody,
    present: present.size > 0 ? present : everybody,
    serviceAccounts: new Set(serviceAccounts),
  };
}
