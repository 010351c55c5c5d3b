import { type Context, isAtSheet, type Milliseconds } from './contract';
import { LiveExecution } from './execution';
import { planned, together } from './mishap';
import type { Outcome, RunOptions } from './outcome';
import { plainCopy } from './plainData';
import { PLANTED } from './plantedSecrets';
import { outOfScript } from './realm';
import { services } from './services';
import { pageOf } from './services/htmlService';
import { platformText, type TextKey } from './texts';
import type { World } from './world';

/** Simple triggers [doc ST: guides/triggers]. */
const SIMPLE_TRIGGER_MS = 30_000;

/** Real time only: what lies at least between an execution that sent requests and the next one. */
const PAUSE_MS = 1000;

/** How one function of the bundle is run, from loading to the freeing of locks. */
export function runEntryPoint(world: World, functionName: string, options: RunOptions): Outcome {
  const context = options.context ?? 'menu';
  const user = options.user ?? world.owner;
  if (context === 'menu' || context === 'page') world.lapsed.delete(user);
  if (!isAtSheet(context) && world.lapsed.has(user))
    return notRun(world, functionName, context, 'authorizationRequired', options.triggerId);
  const execution = new LiveExecution({
    ...options,
    id: world.nextId('execution'),
    user,
    context,
    clock: world.clock,
    bundle: world.bundle,
    manifest: world.manifest(),
    language: world.userLanguage,
    random: () => world.chance.next(),
    lifetime: lifetime(world, context, user, options.wallMs),
    mishapAt: together([
      typeof options.mishaps === 'object' ? planned(options.mishaps) : options.mishaps,
      world.mishaps?.({ functionName, context, user }),
    ]),
    documentId: world.workbook.id,
  });
  // Before the execution and not inside its first request, where a script may be measuring the time.
  if (world.clock.idle) world.clock.keepPauseAfterRequests(PAUSE_MS);
  world.clock.start();
  let value: unknown;
  let thrown: { error: unknown } | undefined;
  try {
    value = enterScript(world, execution, functionName, options);
  } catch (error) {
    thrown = { error };
  } finally {
    execution.settle();
    execution.phase = 'ended';
    world.locks.releaseAll(execution.id);
    world.clock.stop();
  }
  const endedAt = world.clock.now();
  if (context === 'clock') {
    world.quotas.record(user, 'triggerRuntime', endedAt - execution.startedAt, execution.startedAt);
  }
  watchTheEnd(world, execution, value, thrown);
  if (execution.faults.length > 0) throw execution.faults[0];
  if (thrown && !execution.death) throwIfOurs(execution, thrown.error);
  const page = context === 'callback' && !thrown ? pageOf(value) : undefined;
  const error = execution.death
    ? { name: 'Exception', message: execution.deathMessage(), stack: '' }
    : thrown
      ? described(thrown.error)
      : context === 'callback' && !page
        ? { name: 'Exception', message: execution.text('noPage'), stack: '' }
        : undefined;
  return {
    functionName,
    context,
    triggerId: options.triggerId,
    value: error ? undefined : handedOut(value, context, functionName),
    ...(error ? { error } : {}),
    ...(execution.death ? { killed: execution.death } : {}),
    startedAt: execution.startedAt,
    endedAt,
    calls: execution.calls,
    priced: execution.priced,
    requests: execution.requests,
    console: execution.console,
    dialogs: execution.dialogs,
    toasts: execution.toasts,
    sidebars: execution.sidebars,
    ...(page && !error ? { page } : {}),
  };
}

/** Places that a planted secret may have reached only by the end: the error, the page's answer, cells of people. */
function watchTheEnd(
  world: World,
  execution: LiveExecution,
  value: unknown,
  thrown: { error: unknown } | undefined,
): void {
  if (execution.death) return;
  if (thrown) {
    execution.output('the error', described(thrown.error));
    return;
  }
  if (execution.context === 'page') execution.output('the answer to the page', value);
  const { workbook } = world;
  // A simple trigger may not do what has to be done with a secret, so that the next execution must.
  if (!workbook.secretTyped || execution.context === 'simple-trigger') return;
  const cells = workbook.cellsWith(PLANTED);
  for (const cell of cells) execution.leak(`the cell ${cell}, where a person typed it, still holds it`);
  workbook.secretTyped = cells.length > 0;
}

/** What the platform turns away before the first line, such as a trigger without its user's consent [doc AU]. */
export function notRun(
  world: World,
  functionName: string,
  context: Context,
  why: TextKey,
  triggerId?: string,
): Outcome {
  const now = world.clock.now();
  return {
    functionName,
    context,
    triggerId,
    value: undefined,
    error: { name: 'Exception', message: platformText(world.userLanguage, why), stack: '' },
    startedAt: now,
    endedAt: now,
    calls: [],
    priced: { spreadsheet: 0, properties: 0, cache: 0 },
    requests: 0,
    console: [],
    dialogs: [],
    toasts: [],
    sidebars: [],
  };
}

function lifetime(
  world: World,
  context: Context,
  user: string,
  wallMs: Milliseconds = world.wallMs,
): { ms: Milliseconds; thenDiesOf: 'wall' | 'quota' } {
  if (context === 'simple-trigger') return { ms: Math.min(SIMPLE_TRIGGER_MS, wallMs), thenDiesOf: 'wall' };
  if (context !== 'clock') return { ms: wallMs, thenDiesOf: 'wall' };
  const left = world.quotas.left(user, 'triggerRuntime', world.clock.now());
  return left < wallMs ? { ms: left, thenDiesOf: 'quota' } : { ms: wallMs, thenDiesOf: 'wall' };
}

function enterScript(world: World, execution: LiveExecution, name: string, options: RunOptions): unknown {
  execution.checkWall();
  const { realm } = execution;
  for (const [service, object] of Object.entries(services(execution, world))) realm.define(service, object);
  world.bundle.load(realm.global);
  if (execution.topLevelCall) throw execution.topLevelCall;
  execution.phase = 'running';
  const entry = world.bundle.declares(name)
    ? realm.evaluate(`typeof ${name} === 'undefined' ? undefined : ${name}`)
    : undefined;
  if (typeof entry !== 'function') execution.fail('functionNotFound', { name });

  const event = typeof options.event === 'function' ? options.event(execution) : options.event;
  const args = event === undefined ? [] : [realm.intoScript(event)];
  // Called from inside the context, so that Node's own watchdog can end a script that never comes back.
  realm.global['__entry'] = () => (entry as (...args: unknown[]) => unknown)(...args);
  const value = realm.evaluate(
    '(() => { const entry = __entry; delete globalThis.__entry; return entry(); })()',
    world.hangMs,
  );
  if (Object.prototype.toString.call(value) === '[object Promise]')
    execution.refuse('An asynchronous entry point');
  return value;
}

/** A page gets null where the function returned nothing. */
function handedOut(value: unknown, context: Context, functionName: string): unknown {
  if (context !== 'page') return outOfScript(value);
  return plainCopy(value === undefined ? null : value, `The result of ${functionName}`);
}

/** An error of another realm than the script's is a fault of the emulator or of the test. */
function throwIfOurs(execution: LiveExecution, error: unknown): void {
  // Node makes the watchdog's error in the realm that it ends.
  if ((error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
    throw new Error('The script hangs without calling any service: it timed out');
  }
  const isError = Object.prototype.toString.call(error) === '[object Error]';
  if (isError && !execution.realm.isOwnError(error) && !isSyntaxErrorOfBundle(error)) throw error;
}

/** V8 reports a script that does not parse in the host's realm. */
function isSyntaxErrorOfBundle(error: unknown): boolean {
  return (error as Error).name === 'SyntaxError';
}

function described(error: unknown): { name: string; message: string; stack: string } {
  if (typeof error !== 'object' || error === null)
    return { name: 'Error', message: String(error), stack: '' };
  const { name, message, stack = '' } = error as Partial<Error>;
  // Node puts the source line before the stack of what top-level code throws.
  const start = Math.max(0, String(stack).lastIndexOf(String(error)));
  return {
    name: String(name ?? 'Error'),
    message: String(message ?? error),
    stack: String(stack).slice(start),
  };
}
