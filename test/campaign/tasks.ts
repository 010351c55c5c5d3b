import { apart, type Meeting, meet, meetingsOf, PAIRS, pairNamed } from './interleavings';
import { type Blow, blowsOf, strike, unbroken, type When } from './killSweep';
import { isLocal } from './likeness';
import { NotPossible, SCENARIOS, type Scenario, scenarioNamed } from './scenarios';
import { playSize, SIZES } from './sizes';
import type { WeatherName } from './weather';
import { playWeek } from './week';

/** One thing that can be played, fails or not, and can be repeated by one command. */
export type Task =
  | { part: 'kill' | 'fail'; scenario: string; blow: Blow | 'none' }
  | { part: 'interleave'; pair: string; meeting: Meeting | 'apart' }
  | { part: 'chaos'; weather: WeatherName; seed: number }
  | { part: 'size'; events: number };

export const PARTS = ['size', 'kill', 'fail', 'interleave', 'chaos'] as const;
export type Part = (typeof PARTS)[number];

const WHENS: Record<'kill' | 'fail', readonly When[]> = {
  kill: ['before', 'after', 'torn'],
  fail: ['failing', 'failed'],
};

/** Every so many weeks are played in fine weather, too. */
const CALM_EVERY = 5;

/** Tasks that belong together: one line of the summary. */
export interface Group {
  part: Part;
  name: string;
  pending?: string;
  tasks: Task[];
}

/** Plays every blow at every `stride`-th call. A scenario that fails without any blow is one task: itself. */
export function killGroups(part: 'kill' | 'fail', stride = 1, all = false): Group[] {
  return SCENARIOS.flatMap(scenario => {
    const { name, pending } = scenario;
    return possible(part, name, pending, () => {
      const { calls, problems } = unbroken(scenario);
      if (problems.length > 0) return [{ part, scenario: name, blow: 'none' }];
      return spread(blowsOf(calls, WHENS[part], all), stride).map(blow => ({ part, scenario: name, blow }));
    });
  });
}

export function interleaveGroups(stride = 1, all = false): Group[] {
  return PAIRS.flatMap(pair => {
    const { name, pending } = pair;
    return possible('interleave', name, pending, () => {
      const calls = apart(pair);
      if (calls.problems.length > 0) return [{ part: 'interleave', pair: name, meeting: 'apart' }];
      const meetings = spread(meetingsOf(calls, all), stride);
      return meetings.map(meeting => ({ part: 'interleave', pair: name, meeting }));
    });
  });
}

export function chaosGroup(weather: WeatherName, firstSeed: number, weeks: number): Group {
  return {
    part: 'chaos',
    name: weather,
    tasks: Array.from({ length: weeks }, (_, index) => ({ part: 'chaos', weather, seed: firstSeed + index })),
  };
}

export function sizeGroup(): Group {
  return { part: 'size', name: 'days', tasks: SIZES.map(events => ({ part: 'size', events })) };
}

/**
 * A share of the blows for a quick run: about so many, evenly spread, and beside them one for each kind of call that
 * `met` does not hold yet, so that none is left out from scenario to scenario.
 */
export function shareOf(scenario: Scenario, part: 'kill' | 'fail', about: number, met?: Set<string>): Blow[] {
  const { calls } = unbroken(scenario);
  const blows = blowsOf(calls, WHENS[part]);
  // An odd stride, so that both sides of calls are met.
  const stride = Math.floor(blows.length / about / 2) * 2 + 1;
  return blows.filter(({ at, when }, index) => {
    if (index % stride === Math.floor(stride / 2)) return true;
    if (!met || isLocal(calls[at - 1]!)) return false;
    // Which side of the others is struck changes from kind to kind; a torn one is a kind of its own.
    const kind = when === 'torn' ? when : calls[at - 1]!;
    const isNew = !met.has(kind) && (when === 'torn' || index % 2 === met.size % 2);
    if (isNew) met.add(kind);
    return isNew;
  });
}

function possible(part: Part, name: string, pending: string | undefined, tasks: () => Task[]): Group[] {
  const group = { part, name, ...(pending === undefined ? {} : { pending }) };
  try {
    return [{ ...group, tasks: tasks() }];
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    return [{ ...group, pending: pending ?? 'its doors', tasks: [] }];
  }
}

/** Every n-th; a stride that shares no factor with the kinds of blows meets all of them. */
function spread<T>(all: readonly T[], stride: number): T[] {
  return all.filter((_, index) => index % stride === 0);
}

/** @returns what is wrong in the end; empty: nothing */
export function play(task: Task): string[] {
  switch (task.part) {
    case 'kill':
    case 'fail': {
      const scenario = scenarioNamed(task.scenario);
      return task.blow === 'none' ? [...unbroken(scenario).problems] : strike(scenario, task.blow);
    }
    case 'interleave': {
      const pair = pairNamed(task.pair);
      return task.meeting === 'apart' ? [...apart(pair).problems] : meet(pair, task.meeting);
    }
    case 'chaos':
      return playWeek(task.seed, task.weather, task.seed % CALM_EVERY === 0).problems;
    case 'size':
      return playSize(task.events);
  }
}

/** The command that plays this one again. */
export function command(task: Task): string {
  const words = ['npm run campaign -- --only', task.part];
  if (task.part === 'size') words.push('--events', String(task.events));
  else if (task.part === 'chaos') words.push('--seed', String(task.seed), '--weather', task.weather);
  else if (task.part === 'interleave') {
    words.push('--pair', task.pair);
    if (task.meeting !== 'apart') words.push('--at', String(task.meeting.at));
    if (task.meeting !== 'apart' && task.meeting.cut !== undefined)
      words.push('--cut', String(task.meeting.cut));
  } else {
    words.push('--scenario', task.scenario);
    if (task.blow !== 'none') words.push('--at', String(task.blow.at), '--when', task.blow.when);
  }
  return words.join(' ');
}
