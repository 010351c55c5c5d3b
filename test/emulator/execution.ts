import type { Bundle, Manifest } from './bundle';
import { blockFor, type Clock } from './clock';
import type { Context, EpochMs, Execution, Milliseconds, Toast } from './contract';
import { type Mishap, type MishapSource, usualFailure } from './mishap';
import type { Death, Dialog, PricedCalls, RunOptions, Sidebar } from './outcome';
import { holdsSecret } from './plantedSecrets';
import { ScriptRealm } from './realm';
import { platformText, type TextKey, type UserLanguage } from './texts';

export interface ExecutionOptions extends RunOptions {
  id: string;
  user: string;
  context: Context;
  clock: Clock;
  bundle: Bundle;
  manifest: Manifest;
  language: UserLanguage;
  random: () => number;
  /** How long the platform lets it live, and what it died of when that time is over. */
  lifetime: { ms: Milliseconds; thenDiesOf: 'wall' | 'quota' };
  /** The run's own mishaps and the world's. */
  mishapAt: MishapSource | undefined;
  /** For the texts of failing services. */
  documentId: string;
}

const SCOPE_PREFIX = 'https://www.googleapis.com/auth/';

/** Which scope a service needs [doc: each service's reference page]; the rest need none. */
const SCOPE_OF: Record<string, string> = {
  UrlFetchApp: 'script.external_request',
  ScriptApp: 'script.scriptapp',
  MailApp: 'script.send_mail',
  SpreadsheetApp: 'spreadsheets.currentonly',
  'Ui.showSidebar': 'script.container.ui',
};

/** One call of one entry point: its time, its place in the world, its end. */
export class LiveExecution implements Execution {
  readonly id: string;
  readonly user: string;
  readonly context: Context;
  readonly realm: ScriptRealm;
  readonly bundle: Bundle;
  readonly manifest: Manifest;
  readonly startedAt: EpochMs;
  readonly calls: string[] = [];
  readonly priced: PricedCalls = { spreadsheet: 0, properties: 0, cache: 0 };
  readonly console: string[] = [];
  readonly dialogs: Dialog[] = [];
  readonly toasts: Toast[] = [];
  readonly sidebars: Sidebar[] = [];
  /** What must not be hidden by a `catch` in the script: missing emulation, broken tests, faults of the emulator. */
  readonly faults: unknown[] = [];
  requests = 0;
  phase: 'loading' | 'running' | 'ended' = 'loading';
  /** A service call made by top-level code. */
  topLevelCall: Error | undefined;
  readonly #options: ExecutionOptions;
  readonly #deadline: EpochMs;
  #death: { of: Death; signal: Error } | undefined;
  /** What is still to come of the call that is under way. */
  #ahead: { call: string; mishap: Mishap & { kind: 'kill' | 'fail' } } | undefined;

  constructor(options: ExecutionOptions) {
    this.#options = options;
    this.id = options.id;
    this.user = options.user;
    this.context = options.context;
    this.bundle = options.bundle;
    this.manifest = options.manifest;
    this.startedAt = options.clock.now();
    this.#deadline = this.startedAt + options.lifetime.ms;
    this.realm = new ScriptRealm({
      bundleDir: options.bundle.dir,
      zone: options.manifest.timeZone,
      now: () => this.#clockOfScript(),
      random: options.random,
      onRefusal: message => this.faults.push(new Error(message)),
    });
  }

  get death(): Death | undefined {
    return this.#death?.of;
  }

  now(): EpochMs {
    return this.#options.clock.now();
  }

  /** Once dead, a script that still asks for the time is told that it is dead: no busy loop survives. */
  #clockOfScript(): EpochMs {
    if (this.#death) throw this.#death.signal;
    return this.now();
  }

  /** Fails unless the script may act: it runs, lives and is past its top level. */
  enter(call: string): void {
    if (this.phase === 'ended')
      throw this.realm.exception(`${call} was called after its execution had ended`);
    if (this.#death) throw this.#death.signal;
    if (this.phase === 'loading') {
      this.topLevelCall ??= this.realm.exception(
        `Top-level code must not call a service, but it called ${call}`,
      );
      throw this.topLevelCall;
    }
    const { cut } = this.#options;
    if (cut?.when === 'after' && this.calls.length >= cut.at) this.#die('cut');
  }

  call(call: string, cost: Milliseconds): void {
    this.enter(call);
    const { cut, onCall } = this.#options;
    const index = this.calls.length + 1;
    if (cut?.when === 'before' && index >= cut.at) this.#die('cut');
    this.calls.push(call);
    if (cost > 0) this.priced[serviceOf(call)] += 1;
    if (onCall) this.guard(() => onCall(call, index));
    this.checkWall();
    const mishap = this.#mishapAt(call, index);
    this.#ahead = undefined;
    if (mishap?.kind === 'stall') this.sleep(mishap.ms);
    else if (mishap && (mishap.side === 'after' || tears(mishap, call))) this.#ahead = { call, mishap };
    else if (mishap) this.#meet(mishap, call);
    this.spend(cost);
  }

  done(call: string): void {
    const ahead = this.#ahead;
    if (ahead?.call !== call) return;
    this.#ahead = undefined;
    this.#meet(ahead.mishap, call);
  }

  /** How many keys `setProperties` may still write before it is interrupted; undefined: all of them, in peace. */
  get keysBeforeTear(): number | undefined {
    const mishap = this.#ahead?.mishap;
    return mishap?.side === 'torn' ? (mishap.keys ?? 1) : undefined;
  }

  #mishapAt(call: string, index: number): Mishap | undefined {
    const { cut, mishapAt } = this.#options;
    const torn = cut?.when === 'torn' && index >= cut.at;
    if (!torn) return mishapAt?.(call, index);
    return { kind: 'kill', side: 'torn', ...(cut.keys === undefined ? {} : { keys: cut.keys }) };
  }

  #meet(mishap: Mishap & { kind: 'kill' | 'fail' }, call: string): never {
    if (mishap.kind === 'kill') this.#die('cut');
    const key = mishap.error ?? usualFailure(call);
    this.fail(key, { id: this.#options.documentId, service: call.split('.')[0] ?? call });
  }

  /** Virtual time only: the clock moves on, at most to the wall. */
  spend(ms: Milliseconds): void {
    const { clock } = this.#options;
    if (clock.realTime) return;
    if (clock.now() + ms >= this.#deadline) {
      clock.moveTo(Math.max(clock.now(), this.#deadline));
      this.#die(this.#options.lifetime.thenDiesOf);
    }
    clock.advance(ms);
  }

  sleep(ms: Milliseconds): void {
    const { clock } = this.#options;
    if (!clock.realTime) {
      this.spend(ms);
      return;
    }
    blockFor(Math.min(ms, this.#deadline - clock.now()));
    this.checkWall();
  }

  lifeLeft(): Milliseconds {
    return Math.max(1, this.#deadline - this.now());
  }

  checkWall(): void {
    if (this.now() >= this.#deadline) this.#die(this.#options.lifetime.thenDiesOf);
  }

  #die(of: Death): never {
    const text =
      of === 'cut' ? 'The test ended this execution' : this.text(of === 'wall' ? 'wall' : 'triggerRuntime');
    this.#death ??= { of, signal: this.realm.exception(text) };
    throw this.#death.signal;
  }

  /** The last chance to die: of a cut after the last call, or of time used up without a call. */
  settle(): Death | undefined {
    const { cut } = this.#options;
    try {
      if (cut?.when === 'after' && this.calls.length >= cut.at && !this.#death) this.#die('cut');
      if (!this.#death) this.checkWall();
    } catch {
      // The signal has nobody left to reach.
    }
    return this.death;
  }

  deathMessage(): string {
    return this.#death?.signal.message ?? '';
  }

  /** Runs the emulator's or the test's own code; whatever it throws that is not the script's is remembered. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!this.realm.isOwnError(error) && !this.faults.includes(error)) this.faults.push(error);
      throw error;
    }
  }

  /** Fails loudly: this the emulator doesn't imitate, and the run's caller learns of it. */
  refuse(what: string): never {
    throw this.realm.exception(`${what} is not emulated`);
  }

  text(key: TextKey, gaps: Record<string, string | number> = {}): string {
    return platformText(this.#options.language, key, gaps);
  }

  get language(): UserLanguage {
    return this.#options.language;
  }

  get answers(): RunOptions['answers'] {
    return this.#options.answers;
  }

  /** Throws the platform's text as an exception of the script's realm. */
  fail(key: TextKey, gaps: Record<string, string | number> = {}): never {
    throw this.realm.exception(this.text(key, gaps));
  }

  needScope(scope: string, call: string): void {
    const url = SCOPE_PREFIX + scope;
    if (!this.manifest.oauthScopes.includes(url)) this.fail('permission', { call, permissions: url });
  }

  needAuthorisation(call: string): void {
    if (this.context !== 'simple-trigger') return;
    const scope = SCOPE_OF[call] ?? SCOPE_OF[call.split('.')[0] ?? ''];
    if (scope) this.fail('permission', { call, permissions: SCOPE_PREFIX + scope });
    this.fail('forbiddenHere', { call });
  }

  output(place: string, value: unknown): void {
    if (holdsSecret(value)) this.leak(place);
  }

  /** The run throws at its end, whatever the script makes of it. */
  leak(place: string): void {
    this.faults.push(new Error(`A planted secret got out: ${place}`));
  }

  toast(toast: Toast): void {
    this.toasts.push({ text: toast.text, title: toast.title });
  }
}

/** Which service sells the call. */
function serviceOf(call: string): keyof PricedCalls {
  if (/^(Properties|Lock)\./.test(call)) return 'properties';
  return call.startsWith('Cache.') ? 'cache' : 'spreadsheet';
}

/** Only `setProperties` can be interrupted half-way. */
function tears(mishap: Mishap & { kind: 'kill' | 'fail' }, call: string): boolean {
  return mishap.side === 'torn' && call === 'Properties.setProperties';
}
