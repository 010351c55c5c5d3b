import type { Outcome, RunOptions, VisitRefusal } from './outcome';
import { notRun } from './run';
import type { StateToken } from './stateToken';
import type { TextKey } from './texts';
import type { World } from './world';

export type VisitOptions = Omit<RunOptions, 'context' | 'event' | 'triggerId'>;

const PLACE = /^\/macros\/d\/([^/]+)\/usercallback$/;

/** See `World.visit`. */
export function visit(world: World, address: string, options: VisitOptions): Outcome {
  const { origin, pathname, search, searchParams } = new URL(address);
  const [, scriptId] = PLACE.exec(pathname) ?? [];
  if (origin !== 'https://script.google.com' || scriptId === undefined) {
    throw new Error(`${origin}${pathname} is no callback of a script`);
  }
  const states = searchParams.getAll('state');
  const token = world.stateTokens.find(({ text }) => text === states[0]);
  const refusal = refusalOf(world, scriptId, states, token, options.user ?? world.owner);
  if (refusal || !token) return refused(world, refusal ?? 'token', token?.method ?? '');
  const clash = Object.keys(token.args).find(name => searchParams.has(name));
  if (clash !== undefined) return refused(world, 'argument', token.method);

  token.used = true;
  const parameters = Object.fromEntries(
    [...new Set(searchParams.keys())].map(name => [name, searchParams.getAll(name)]),
  );
  for (const [name, value] of Object.entries(token.args)) parameters[name] = [value];
  const event = {
    parameter: Object.fromEntries(Object.entries(parameters).map(([name, [first]]) => [name, first])),
    parameters,
    queryString: search.slice(1),
    contextPath: '',
    contentLength: -1,
  };
  return world.run(token.method, { ...options, context: 'callback', event });
}

function refusalOf(
  world: World,
  scriptId: string,
  states: readonly string[],
  token: StateToken | undefined,
  user: string,
): VisitRefusal | undefined {
  if (scriptId !== world.scriptId) return 'script';
  if (!token || states.length > 1) return 'token';
  if (token.user !== user) return 'user';
  if (world.now() >= token.until) return 'expired';
  return token.used ? 'used' : undefined;
}

const TEXT: Record<VisitRefusal, TextKey> = {
  script: 'noSuchScript',
  token: 'stateToken',
  user: 'stateToken',
  expired: 'stateToken',
  used: 'stateToken',
  argument: 'stateToken',
};

/** The platform shows a page of its own; nothing of the script runs. */
function refused(world: World, why: VisitRefusal, functionName: string): Outcome {
  return { ...notRun(world, functionName, 'callback', TEXT[why]), refused: why };
}
