import type { Outcome, RunOptions } from './outcome';
import { plainCopy } from './plainData';
import type { World } from './world';

export type PageCallOptions = Omit<RunOptions, 'context' | 'event' | 'triggerId'>;

/** See `World.callFromPage`. */
export function callFromPage(
  world: World,
  functionName: string,
  argument: unknown,
  options: PageCallOptions,
): Outcome {
  if (!world.bundle.declares(functionName)) {
    throw new TypeError(`google.script.run.${functionName} is not a function`);
  }
  const given = argument === undefined ? undefined : plainCopy(argument, `The argument of ${functionName}`);
  return world.run(functionName, {
    ...options,
    context: 'page',
    ...(given === undefined ? {} : { event: () => given }),
  });
}
