import type { AmoClient } from '../amocrm/client';
import { eventsPage } from '../amocrm/operations/events';
import type { Authorship } from '../core/actor';
import { AmoError, isTemporary } from '../core/amoError';
import { attributed } from '../core/attribution';
import { type Collection, withSmallerSpan, withWindow } from '../core/collection';
import { hoursOf } from '../core/dayHours';
import { knownUsers } from '../core/knownUsers';
import { heldFor, nextRound, type Readings, readWhole, withoutLargeOnes } from '../core/readAhead';
import { ruleFinder } from '../core/rules';
import { withinBudget } from '../core/storedCollection';
import { type PageRead, type Window, withPages } from '../core/windowReading';
import { keepCollection } from './keptCollection';
import { takeDuePings } from './measurePing';
import { namingOf } from './naming';
import { countUsage } from './quota';
import { type Run, timeLeft } from './run';

/** However short a run, it keeps what it has about so often: a kill without warning costs no more. */
const KEEP_EVERY_MS = 20_000;
/** What a run uses of Google's quotas is put down at its end, and in the middle of a long one: it may be killed. */
const COUNT_EVERY_MS = 60_000;
/** How long a round takes until it is known, in ms. */
const A_ROUND_MS = 1_200;

/**
 * Goes on reading the day until it is collected or the run's time is over.
 * @param types the account's names of event types, by key: asked for where there are rules, which may use them
 * @returns the collection as it is kept; its phase tells whether it came to its end
 * @throws AmoError for what amoCRM refuses; what was read until then is kept
 */
export function collect(
  run: Run,
  amo: AmoClient,
  begun: Collection,
  types: () => ReadonlyMap<string, string>,
): Collection {
  const hours = hoursOf(begun.day, begun.zone);
  const { rules } = begun;
  const ruleOf = rules.length > 0 ? ruleFinder(rules, namingOf(run, types(), rules)) : undefined;
  const attribution = { hours, by: authorship(run, begun), ruleOf };
  const { gate, outside, progress } = run;
  const { clock } = outside;
  const hasARunsTime = timeLeft(outside) > outside.workingMs / 2;
  let collection = begun;
  let readings: Readings = [];
  let keptAt = clock.now();
  let roundMs = A_ROUND_MS;
  let mostHeld = 0;
  let kept = begun;
  const keep = () => {
    if (gate.requests === progress.counted && collection === kept) return;
    const requests = collection.requests + gate.requests - progress.counted;
    collection = withinBudget({ ...collection, requests });
    progress.counted = gate.requests;
    keepCollection(outside, 'collection', collection);
    kept = collection;
    keptAt = clock.now();
  };
  try {
    for (;;) {
      const beganAt = clock.now();
      const round = { room: amo.most, ms: roundMs, msLeft: timeLeft(outside) };
      const next = nextRound(collection, readings, hours, round, !progress.moved);
      readings = next.readings;
      if (next.asked.length === 0) break;
      const { left, whole } = readWhole(withoutLargeOnes(asked(amo, next)));
      readings = left;
      for (const { found, window } of whole) {
        const read = { ...found, events: attributed(found.events, attribution) };
        collection = withWindow(collection, window, read, hours);
        progress.moved = true;
      }
      mostHeld = Math.max(mostHeld, heldFor(readings));
      if (clock.now() - keptAt >= KEEP_EVERY_MS) {
        keep();
        takeDuePings(run);
        if (clock.now() - outside.countedUntil >= COUNT_EVERY_MS) countUsage(run);
      }
      roundMs = Math.max(1, clock.now() - beganAt);
    }
  } catch (error) {
    // A window that a whole run is not enough for, or that amoCRM cannot give, would never be read.
    const [first] = readings;
    if (first && !progress.moved) {
      if (isOutOfTime(error) && hasARunsTime) collection = smaller(collection, first.window);
      else if (error instanceof AmoError && isTemporary(error)) {
        collection = withSmallerSpan(collection, first.window) ?? collection;
      }
    }
    if (!isOutOfTime(error)) throw error;
  } finally {
    keep();
    outside.console.write('DEBUG', `Collecting ${begun.day}: held=${mostHeld} events at a time`);
  }
  return collection;
}

/** Asks a round: the windows under way with the pages that came. */
function asked(amo: AmoClient, { asked: pages, readings }: ReturnType<typeof nextRound>): Readings {
  const answers = amo.round(pages.map(({ page, place }) => eventsPage(readings[place]!.window, page)));
  const came = readings.map(() => new Map<number, PageRead>());
  pages.forEach(({ page, place }, index) => {
    const heard = answers[index];
    if (heard) came[place]!.set(page, heard.answer);
  });
  return readings.map((reading, place) => withPages(reading, came[place]!));
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
