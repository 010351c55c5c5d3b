/** Which rows the bench has, and what each of them tells. */

import type { Milliseconds } from '../emulator/contract';

export const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
export const ROUND_TRIPS: readonly Milliseconds[] = [100, 300, 1_000, 3_000];
/** amoCRM's limit, and the setting's default. */
export const PACES = [7, 5] as const;

/** All requests of a batch under way together, or each only when the one before was answered. */
export type Way = 'together' | 'one-by-one';
export const WAYS: readonly Way[] = ['together', 'one-by-one'];

/** One row: a day of a company, reported at a pace over a line that is so slow. */
export interface RowOrder {
  events: number;
  latencyMs: Milliseconds;
  requestsPerSecond: number;
  way: Way;
}

export interface RowFigures {
  events: number;
  latencyMs: Milliseconds;
  requestsPerSecond: number;
  /** Virtual time in all executions of the report, from the start of each to its end. */
  seconds: number;
  /** What the pages alone would take at amoCRM's limit. */
  boundSeconds: number;
  /** `seconds` over `boundSeconds`. */
  ratio: number;
  /** All requests of these executions. */
  requests: number;
  /** The pages that hold the day's events. */
  minRequests: number;
  executions: number;
  http429: number;
  /** Of the spreadsheet, in the one execution that made most of them. */
  sheetCalls: number;
  /** Of properties and locks, in all executions. */
  propertyCalls: number;
  /** Bytes of the largest value found at an execution's end. */
  largestProperty: number;
  /** Bytes of all properties together, likewise the most. */
  stateBytes: number;
  /** The most events that were held in memory at once, as the product tells the console; 0 where it does not. */
  eventsHeld: number;
}

/** What came of a row: its figures, and whatever is wrong with it. */
export interface PlayedRow {
  order: RowOrder;
  figures: RowFigures;
  problems: string[];
}

const PAGE = 100;
const MOST_A_SECOND = 7;

export function pagesOf(events: number): number {
  return Math.ceil(events / PAGE);
}

/** Seven pages a second, or seven a round trip where that is longer. */
export function boundSeconds({ events, latencyMs }: Pick<RowOrder, 'events' | 'latencyMs'>): number {
  return (pagesOf(events) / MOST_A_SECOND) * Math.max(1, latencyMs / 1000);
}

/** How far a round trip is from the usual one, at most. */
export function jitterOf(latencyMs: Milliseconds): Milliseconds {
  return Math.min(150, latencyMs / 2);
}

/**
 * All rows in the order in which they are played: what takes long comes last, and at the very end those of the largest
 * days that are only there to compare with, should time run out.
 */
export function rowOrders(
  wanted: { events?: number | undefined; latencyMs?: number | undefined } = {},
): RowOrder[] {
  const sizes = wanted.events === undefined ? SIZES : [wanted.events];
  const roundTrips = wanted.latencyMs === undefined ? ROUND_TRIPS : [wanted.latencyMs];
  return sizes.flatMap(events =>
    WAYS.flatMap(way =>
      roundTrips.flatMap(latencyMs =>
        PACES.map(requestsPerSecond => ({ events, latencyMs, requestsPerSecond, way })),
      ),
    ),
  );
}

/** Whether a row is dear and can be done without. */
export function isOnlyToCompare({ events, way }: RowOrder): boolean {
  return way === 'one-by-one' && events > 100_000;
}

export function nameOf({ events, latencyMs, requestsPerSecond, way }: RowOrder): string {
  return `${events} events, ${latencyMs} ms, ${requestsPerSecond} a second, ${way}`;
}
