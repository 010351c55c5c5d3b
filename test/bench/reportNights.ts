/** The nights that a report takes: the nightly run, those that go on with it, and the nights after where one is not enough. */

import type { EpochMs } from '../emulator/contract';
import type { Outcome } from '../emulator/outcome';
import type { World } from '../emulator/world';

export interface Nights {
  /** The report's executions in order. */
  outcomes: Outcome[];
  largestProperty: number;
  stateBytes: number;
  isWhole: boolean;
}

const A_DAY_MS = 86_400_000;
/** A day that is not reported after so many nights never will be. */
const MOST_NIGHTS = 30;

/**
 * Lets the schedule play until the day is whole. Pings stay away: what they do is no part of the report.
 * @param from when the first night begins
 * @param isWhole asked after each execution
 */
export function reportNights(world: World, from: EpochMs, isWhole: () => boolean): Nights {
  const nights: Nights = { outcomes: [], largestProperty: 0, stateBytes: 0, isWhole: false };
  const run = world.run.bind(world);
  world.run = (functionName, options) => {
    const outcome = run(functionName, options);
    nights.outcomes.push(outcome);
    const store = world.properties();
    const sizes = store.entries().map(([, value]) => Buffer.byteLength(value));
    nights.largestProperty = Math.max(nights.largestProperty, ...sizes);
    nights.stateBytes = Math.max(nights.stateBytes, store.bytes());
    nights.isWhole ||= isWhole();
    return outcome;
  };
  for (let night = 1; night <= MOST_NIGHTS && !nights.isWhole; night++) {
    world.advanceTo(from + night * A_DAY_MS, {
      jitter: 0,
      each: ({ handler }) => (nights.isWhole || handler === 'hourlyPing' ? 'lost' : undefined),
    });
  }
  world.run = run;
  return nights;
}
