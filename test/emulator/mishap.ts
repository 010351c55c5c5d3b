import type { Milliseconds } from './contract';

/** What the platform says when a service fails for no fault of the script [field, reference: transient failures]. */
export type ServiceFailure = 'spreadsheetTimeout' | 'spreadsheetFailed' | 'serverError' | 'tooOften';

/**
 * On which side of its effect a call is met. `torn`: `setProperties` is interrupted after `keys` of its keys, since
 * nobody knows whether it is atomic; every other call as `before`.
 */
export type Side = 'before' | 'after' | 'torn';

/** What goes wrong at one service call. */
export type Mishap =
  /** As a kill of the platform: nothing of the script runs any more, `finally` neither. */
  | { kind: 'kill'; side: Side; keys?: number }
  /** The call throws. The default text is that of the call's service. */
  | { kind: 'fail'; side: Side; keys?: number; error?: ServiceFailure }
  /** The host stands still before the call has its effect; the execution may die of it. */
  | { kind: 'stall'; ms: Milliseconds };

/** Asked at every service call, in order; `index` counts from 1. */
export type MishapSource = (call: string, index: number) => Mishap | undefined;

export type PlannedMishap = Mishap & {
  /** The n-th call of the execution, the calls of this name (`Range.setValues`), or whichever the function picks. */
  at: number | string | ((call: string, index: number) => boolean);
  /** How many calls meet it. Default 1. */
  times?: number;
};

/** A plan as a source. Of several mishaps for one call the first comes. */
export function planned(plan: readonly PlannedMishap[]): MishapSource {
  const left = plan.map(({ times = 1 }) => times);
  return (call, index) => {
    const found = plan.findIndex(({ at }, i) => {
      if (left[i]! <= 0) return false;
      return typeof at === 'function' ? at(call, index) : at === call || at === index;
    });
    if (found < 0) return undefined;
    left[found]! -= 1;
    return plan[found];
  };
}

/** The first mishap that one of the sources has; all of them see every call. */
export function together(sources: readonly (MishapSource | undefined)[]): MishapSource | undefined {
  const all = sources.filter(source => source !== undefined);
  if (all.length <= 1) return all[0];
  return (call, index) => all.map(source => source(call, index)).find(mishap => mishap !== undefined);
}

const SPREADSHEET =
  /^(Spreadsheet|Sheet|Range|Filter|Protection|DeveloperMetadata|DataValidation|Conditional|Gradient)/;

/** What a failing call of this name says unless the test wants something else. */
export function usualFailure(call: string): ServiceFailure {
  return SPREADSHEET.test(call) ? 'spreadsheetTimeout' : 'serverError';
}
