import type { AmoClient } from '../amocrm/client';
import { eventsBetween } from '../amocrm/operations/events';
import { eventTypeNames } from '../amocrm/operations/eventTypes';
import { userIds } from '../amocrm/operations/users';
import { AmoError } from '../core/amoError';
import { isAutomated } from '../core/automated';
import { type Day, dayBounds } from '../core/day';
import type { AmoEvent } from '../core/event';
import { knownUsers, usersDocuments } from '../core/knownUsers';
import { count, emptyTally, type Tally } from '../core/tally';
import type { Run } from './run';
import type { Finding } from './telling';

/** What amoCRM knows of a day. */
export interface Collected {
  tally: Tally;
  /** The account's names of event types, by key. */
  names: ReadonlyMap<string, string>;
  findings: Finding[];
}

export function collect(run: Run, amo: AmoClient, day: Day): Collected {
  const users = rememberedUsers(run, userIds(amo));
  const tally = tallyOfDay(run, amo, day, users);
  return { tally, ...accountNames(run, amo) };
}

/** All users ever seen, those who are in the account now included. */
function rememberedUsers({ outside: { mutex, properties } }: Run, present: ReadonlySet<number>): Set<number> {
  return mutex.during(() => {
    const before = knownUsers(properties.readAll());
    const all = new Set([...before, ...present]);
    if (all.size > before.size) properties.change({ write: usersDocuments(all) });
    return all;
  });
}

function tallyOfDay(run: Run, amo: AmoClient, day: Day, users: ReadonlySet<number>): Tally {
  const { clientActionsCount, serviceAccounts } = run.settings;
  const authorship = { users, serviceAccounts: new Set(serviceAccounts), clientActionsCount };
  const automated = (event: AmoEvent) => isAutomated(event, authorship);
  const bounds = dayBounds(day, run.zone);
  const tally = emptyTally();
  for (const page of eventsBetween(amo, bounds.from, bounds.to)) {
    tally.unreadable += page.unreadable;
    for (const event of page.events) count(tally, event, bounds, automated);
  }
  return tally;
}

/** A report without amoCRM's own names is still right, so a failure here only makes a remark. */
function accountNames(run: Run, amo: AmoClient): Pick<Collected, 'names' | 'findings'> {
  try {
    return { names: eventTypeNames(amo, run.language), findings: [] };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    const { namesUnavailable, error: words, effect } = run.texts;
    const what = `${namesUnavailable}: ${words.what(error.code, error.status)}`;
    return { names: new Map(), findings: [{ level: 'WARN', what, effect: effect.none }] };
  }
}
