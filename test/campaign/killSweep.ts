import type { Mishap } from '../emulator/mishap';
import { audit } from './audit';
import { isLocal, isLook, withoutLikes } from './likeness';
import { differences, picture } from './picture';
import { NotPossible, type Scenario } from './scenarios';
import { Stage } from './stage';

/** A kill on one side of a call or within it; or the call fails once, without or after its effect. */
export const WHENS = ['before', 'after', 'torn', 'failing', 'failed'] as const;
export type When = (typeof WHENS)[number];

export interface Blow {
  /** Which of the scenario's service calls and requests, from 1. */
  at: number;
  when: When;
}

const MISHAP: Record<When, Mishap> = {
  before: { kind: 'kill', side: 'before' },
  after: { kind: 'kill', side: 'after' },
  torn: { kind: 'kill', side: 'torn', keys: 1 },
  failing: { kind: 'fail', side: 'before' },
  failed: { kind: 'fail', side: 'after' },
};

export interface Unbroken {
  /** The calls that the act makes when nothing goes wrong. */
  calls: readonly string[];
  picture: Record<string, unknown>;
  /** What is wrong already without any blow. */
  problems: readonly string[];
}

const remembered = new Map<string, Unbroken>();

/** The scenario without any blow, played once per process. */
export function unbroken(scenario: Scenario): Unbroken {
  const known = remembered.get(scenario.name) ?? play(scenario, undefined);
  remembered.set(scenario.name, known);
  return known;
}

/**
 * The blows that a scenario can get. A kill around a mere look leaves what a kill behind the last change left, and a
 * look that fails after its effect might have failed before it: of those only a share, unless all are wanted.
 */
export function blowsOf(calls: readonly string[], whens: readonly When[], all = false): Blow[] {
  const possible = calls.flatMap((call, index) =>
    whens
      .filter(when => when !== 'torn' || call === 'Properties.setProperties')
      .map((when): Blow & { call: string } => ({ at: index + 1, when, call })),
  );
  const played = all
    ? possible
    : withoutLikes(possible, ({ call, when }) => (when === 'failing' ? isLocal(call) : isLook(call)));
  return played.map(({ at, when }) => ({ at, when }));
}

/** Plays the scenario with one blow and lets the schedule go on. @returns what is wrong in the end */
export function strike(scenario: Scenario, blow: Blow): string[] {
  const wanted = unbroken(scenario);
  const struck = play(scenario, blow);
  return [...struck.problems, ...differences(struck.picture, wanted.picture)];
}

function play(scenario: Scenario, blow: Blow | undefined): Unbroken {
  const stage = new Stage(scenario.stage);
  scenario.prepare(stage);
  if (scenario.possible && !scenario.possible(stage)) {
    throw new NotPossible(`${scenario.name}: the product has not got what it takes`);
  }
  const calls: string[] = [];
  stage.mishaps = () => call => {
    calls.push(call);
    return blow && calls.length === blow.at ? MISHAP[blow.when] : undefined;
  };
  scenario.act(stage);
  stage.mishaps = undefined;
  if (blow && calls.length < blow.at) throw new Error(`There is no call ${blow.at}: only ${calls.length}`);
  const shown = blow !== undefined || (scenario.shows?.(stage) ?? true);
  scenario.settle(stage);
  const problems = audit(stage, scenario.audit);
  if (!shown) problems.push(`${scenario.name} does not show what it is for`);
  return { calls, picture: picture(stage), problems };
}
