/** The account's events, in the order the list shows them, quick enough for days of a million. */

import type { EpochMs } from '../emulator/contract';
import { hash32, SeededRandom } from './seededRandom';
import type { EpochSeconds, EventOrder, NewEvent, SimEvent } from './state';
import { ulid } from './ulid';

export interface Selection {
  /** Both ends included, in whole seconds. */
  from: EpochSeconds;
  to: EpochSeconds;
  matches(event: SimEvent): boolean;
}

export interface Row {
  readonly event: SimEvent;
  /** Decides within one second: real lists are seen to break id order there. Alone it is the order of no order. */
  readonly tie: number;
  /** Its JSON as it was served last, and what that depends on besides the event: a long day is read many times. */
  text: string;
  textFor: string;
}

interface Found {
  rows: readonly Row[];
  allVisibleFrom: EpochMs;
}

/** So many filtered lists are kept, so that paging does not filter the day again for each page. */
const REMEMBERED = 32;

export class EventStore {
  private rows: Row[] = [];
  private inOrder: readonly SimEvent[] | undefined;
  /** Made when somebody asks for an id. */
  private ids: Map<string, SimEvent> | undefined;
  private readonly found = new Map<string, Found>();
  private readonly random: SeededRandom;
  private lastEntity = -1;

  /** @param appearAtOnce whether events are listed from the beginning, whatever the clock says */
  constructor(
    seed: string,
    private readonly order: EventOrder,
    private readonly appearAtOnce: boolean,
  ) {
    this.random = new SeededRandom(`${seed}|event ids`);
  }

  add(events: readonly NewEvent[]): void {
    for (const given of events) {
      const event = this.complete(given);
      this.rows.push({ event, tie: hash32(event.id), text: '', textFor: '' });
    }
    this.rows.sort((a, b) => a.event.createdAt - b.event.createdAt || a.tie - b.tie);
    this.forgetWhatWasShown();
  }

  remove(gone: (event: SimEvent) => boolean): void {
    this.rows = this.rows.filter(({ event }) => !gone(event));
    this.forgetWhatWasShown();
  }

  private forgetWhatWasShown(): void {
    this.inOrder = undefined;
    this.ids = undefined;
    this.found.clear();
  }

  /** Oldest first. */
  all(): readonly SimEvent[] {
    this.inOrder ??= this.rows.map(row => row.event);
    return this.inOrder;
  }

  byId(id: string, at: EpochMs): SimEvent | undefined {
    this.ids ??= new Map(this.rows.map(row => [row.event.id, row.event]));
    const event = this.ids.get(id);
    return event && event.visibleFrom <= at ? event : undefined;
  }

  /**
   * What the list holds at a moment, in the account's order.
   * @param key names the selection: the same key must always mean the same one
   */
  select(key: string, selection: Selection, at: EpochMs): readonly Row[] {
    const found = this.found.get(key) ?? this.find(key, selection);
    if (at >= found.allVisibleFrom) return found.rows;
    return found.rows.filter(({ event }) => event.visibleFrom <= at);
  }

  private find(key: string, { from, to, matches }: Selection): Found {
    const rows: Row[] = [];
    let allVisibleFrom = Number.NEGATIVE_INFINITY;
    for (let i = this.firstSince(from); i < this.rows.length; i++) {
      const row = this.rows[i] as Row;
      if (row.event.createdAt > to) break;
      if (!matches(row.event)) continue;
      rows.push(row);
      allVisibleFrom = Math.max(allVisibleFrom, row.event.visibleFrom);
    }
    if (this.order === 'newest-first') rows.reverse();
    if (this.order === 'unordered') rows.sort((a, b) => a.tie - b.tie);
    const found = { rows, allVisibleFrom };
    const oldest = this.found.keys().next();
    if (this.found.size >= REMEMBERED && !oldest.done) this.found.delete(oldest.value);
    this.found.set(key, found);
    return found;
  }

  private firstSince(from: EpochSeconds): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rows[middle] as Row).event.createdAt < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private complete(given: NewEvent): SimEvent {
    // Every key by its name, and not all of them spread: a million events have no room for slow objects.
    const { at, createdBy, entityId, entityType, id, type, valueAfter, valueBefore, visibleFrom, ...rare } =
      given;
    return {
      id: id ?? ulid(at, this.random),
      at,
      type,
      createdBy,
      createdAt: Math.floor(at / 1000),
      entityType: entityType ?? /^(lead|contact|company|customer|task)_/.exec(type)?.[1] ?? 'lead',
      entityId: entityId ?? 10_000_000 + ++this.lastEntity,
      valueAfter: valueAfter === undefined ? [] : valueAfter,
      valueBefore: valueBefore === undefined ? [] : valueBefore,
      visibleFrom: visibleFrom ?? (this.appearAtOnce ? Number.NEGATIVE_INFINITY : at),
      ...rare,
    };
  }
}
