import type { AmoClient } from '../amocrm/client';
import { eventsBetween } from '../amocrm/operations/events';
import { type Attribution, attributed } from '../core/attribution';
import { isTooLarge, type Window, type WindowRead } from '../core/collection';
import type { AmoEvent } from '../core/event';
import type { Clock } from '../ports';
import type { Run } from './run';

/** amoCRM is asked for a second more on either side of a window. */
const NEIGHBOUR_S = 1;
const MOST_PASSES = 3;

/**
 * Reads a window whole. Its events are in memory only while it is read, and each counts once by its id: the pages of
 * a list that grows while it is read overlap. Where they did, the list has moved, so the window is read again until
 * nothing new is found: what moved the other way would be missing.
 * @returns undefined when the window is too large to be read at once
 * @throws AmoError
 */
export function readWindow(
  { gate, outside: { clock } }: Run,
  amo: AmoClient,
  window: Window,
  attribution: Attribution,
): WindowRead | undefined {
  const began = { requests: gate.requests, at: clock.now() };
  const events = new Map<string, AmoEvent>();
  let unreadable = 0;
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const before = events.size;
    const read = readOnce(amo, clock, window, event => {
      if (!events.has(event.id)) events.set(event.id, event);
    });
    if (!read) return undefined;
    unreadable = Math.max(unreadable, read.unreadable);
    if (!read.moved || (pass > 1 && events.size === before)) break;
  }
  return {
    events: attributed(events.values(), attribution),
    unreadable,
    requests: gate.requests - began.requests,
    ms: clock.now() - began.at,
  };
}

/** One pass over the pages. `moved`: an event stood on two of them. */
function readOnce(
  amo: AmoClient,
  clock: Clock,
  window: Window,
  take: (event: AmoEvent) => void,
): { moved: boolean; unreadable: number } | undefined {
  const { from, to } = window;
  const ids = new Set<string>();
  let moved = false;
  let unreadable = 0;
  let pages = 0;
  const began = clock.now();
  for (const page of eventsBetween(amo, from, to)) {
    pages += 1;
    if (isTooLarge(window, pages, clock.now() - began)) return undefined;
    unreadable += page.unreadable;
    for (const event of page.events) {
      const { createdAt, id } = event;
      if (ids.has(id)) moved = true;
      ids.add(id);
      if (createdAt >= from && createdAt <= to) take(event);
      else if (createdAt < from - NEIGHBOUR_S || createdAt > to + NEIGHBOUR_S) unreadable += 1;
    }
  }
  return { moved, unreadable };
}
