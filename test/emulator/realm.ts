import { types } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import type { EpochMs, Realm } from './contract';
import { prepareDate } from './realmDate';

// An execution's optimised code serves only its own context, and keeps that alive: with V8's own threshold, one and a
// half times the time and thrice the memory, over thousands of executions.
setFlagsFromString('--interrupt-budget=2000000');

export interface RealmOptions {
  /** Files under it are the script: their frames stay in stacks, as `Code:12:5`. */
  bundleDir: string;
  zone: string;
  now: () => EpochMs;
  random: () => number;
  /** Told of every message that ends in `is not emulated`. */
  onRefusal: (message: string) => void;
}

interface Intrinsics {
  array: (items: readonly unknown[]) => unknown[];
  grid: (rows: readonly (readonly unknown[] | undefined)[], columns: number, blank: unknown) => unknown[][];
  object: (entries: object) => object;
  error: (message: string) => Error;
  method: (f: (args: unknown[]) => unknown) => (...args: unknown[]) => unknown;
  symbol: (name: string, ordinal: number) => object;
  Error: ErrorConstructor;
  Object: ObjectConstructor;
  language: Record<string, unknown>;
}

/** Made inside the context, before the script can replace anything. */
const INTRINSICS = new vm.Script(
  `(() => {
  for (const name of ['console', 'SharedArrayBuffer', 'Atomics', 'gc']) delete globalThis[name];
  const TOO_NEW = ${JSON.stringify({
    // Newer than ES2022: whether the platform has them is unknown, so the script must do without.
    Array: ['findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with'],
    String: ['isWellFormed', 'toWellFormed'],
  })};
  for (const name in TOO_NEW) for (const method of TOO_NEW[name]) delete globalThis[name].prototype[method];
  const { assign, defineProperty, freeze, create } = Object;
  const RealError = Error;
  const hidden = (target, name, value) => defineProperty(target, name, { value });
  const array = items => { const copy = []; for (let i = 0; i < items.length; i += 1) copy[i] = items[i]; return copy; };
  return {
    Error, Object, array,
    // The language's own objects live on the context's global, not on the object that gas-local hands around.
    language: { Date, Intl, Math },
    grid: (rows, columns, blank) => {
      const copy = [];
      for (let i = 0; i < rows.length; i += 1) copy[i] = rows[i] ? array(rows[i]) : new Array(columns).fill(blank);
      return copy;
    },
    object: entries => assign({}, entries),
    error: message => { const error = new RealError(message); error.name = 'Exception'; return error; },
    method: f => function (...args) { return f(args); },
    symbol: (name, ordinal) => {
      const value = {};
      for (const text of ['toString', 'toJSON', 'name']) hidden(value, text, () => name);
      hidden(value, 'ordinal', () => ordinal);
      return freeze(value);
    },
  };
})()`,
  { filename: 'emulator' },
);

/** The emulator's own few lines, the same for every execution. */
const scripts = new Map<string, vm.Script>();
const MOST_SCRIPTS = 100;

/** A fresh vm context: nothing but the language itself, with Date and chance on the world's clock and seed. */
export class ScriptRealm implements Realm {
  readonly global: Record<string, unknown>;
  readonly #options: RealmOptions;
  readonly #own: Intrinsics;
  readonly #enumValues = new WeakSet<object>();
  readonly #Date: DateConstructor;

  constructor(options: RealmOptions) {
    this.#options = options;
    this.global = vm.createContext({}, { microtaskMode: 'afterEvaluate' }) as Record<string, unknown>;
    this.#own = INTRINSICS.runInContext(this.global as vm.Context, { displayErrors: false }) as Intrinsics;
    const { language } = this.#own;
    prepareDate(language, options.zone, options.now);
    this.#Date = language['Date'] as DateConstructor;
    this.define('Date', this.#Date);
    (language['Math'] as Math).random = options.random;
    this.#shapeStacks();
  }

  /** Defines a global as the language would: present, but not listed. */
  define(name: string, value: unknown): void {
    Object.defineProperty(this.global, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }

  evaluate(source: string, timeoutMs?: number): unknown {
    let script = scripts.get(source);
    if (!script) {
      script = new vm.Script(source, { filename: 'emulator' });
      if (scripts.size < MOST_SCRIPTS) scripts.set(source, script);
    }
    // A watchdog is a thread of its own: none where nobody wants it.
    const watched = timeoutMs !== undefined && Number.isFinite(timeoutMs);
    return script.runInContext(this.global as vm.Context, {
      displayErrors: false,
      ...(watched ? { timeout: timeoutMs } : {}),
    });
  }

  array<T>(items: readonly T[]): T[] {
    return this.#own.array(items) as T[];
  }

  grid<T>(rows: readonly (readonly T[] | undefined)[], columns: number, blank: T): T[][] {
    return this.#own.grid(rows, columns, blank) as T[][];
  }

  object<T extends object>(entries: T): T {
    return this.#own.object(entries) as T;
  }

  date(at: EpochMs): Date {
    return Reflect.construct(this.#Date, [at]) as Date;
  }

  isDate(value: unknown): value is Date {
    return types.isDate(value);
  }

  exception(message: string): Error {
    if (message.endsWith('is not emulated')) this.#options.onRefusal(message);
    return this.#own.error(message);
  }

  /** True for an Error of this context; the emulator's own faults are errors of another one. */
  isOwnError(value: unknown): value is Error {
    return value instanceof this.#own.Error;
  }

  /** A function of this context around one of ours. */
  method(f: (args: unknown[]) => unknown): (...args: unknown[]) => unknown {
    return this.#own.method(f);
  }

  /** One value of a platform enum: frozen, `JSON.stringify` gives its name [doc V8M]. */
  enumValue(name: string, ordinal: number): object {
    const value = this.#own.symbol(name, ordinal);
    this.#enumValues.add(value);
    return value;
  }

  /** A deep copy for the script. Functions, enum values and service objects pass as they are. */
  intoScript(value: unknown): unknown {
    if (Array.isArray(value)) return this.array(value.map(item => this.intoScript(item)));
    if (types.isDate(value)) return this.date(Date.prototype.getTime.call(value));
    if (!isPlain(value) || this.#enumValues.has(value)) return value;
    return this.object(
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.intoScript(item)])),
    );
  }

  #shapeStacks(): void {
    const { bundleDir } = this.#options;
    this.#own.Error.stackTraceLimit = 100;
    const prepare = (error: Error, frames: NodeJS.CallSite[]): string => {
      const lines = frames
        .filter(frame => frame.getFileName()?.startsWith(bundleDir))
        .slice(0, 10)
        .map(frame => {
          const file = (frame.getFileName() ?? '').slice(bundleDir.length).replace(/^[\\/]+|\.js$/g, '');
          const place = `${file}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
          return `\n    at ${frame.getFunctionName() ?? '[unknown function]'} (${place})`;
        });
      return String(error) + lines.join('');
    };
    Object.defineProperty(this.#own.Error, 'prepareStackTrace', { value: prepare });
  }
}

/** An object of any realm that is neither an instance of something nor a service object. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A deep copy of what the script handed out: plain data; anything that is not data becomes its text. */
export function outOfScript(value: unknown, depth = 0): unknown {
  if (depth > 100) throw new RangeError('The script returned something nested too deeply (or into itself)');
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Array.from(value, item => outOfScript(item, depth + 1));
  if (types.isDate(value)) return new Date(Date.prototype.getTime.call(value));
  if (!isPlain(value)) return String(value);
  const { toJSON } = value as { toJSON?: () => unknown };
  if (Object.isFrozen(value) && typeof toJSON === 'function') return toJSON();
  const names = Object.keys(value);
  return Object.fromEntries(
    names.map(name => [name, outOfScript((value as Record<string, unknown>)[name], depth + 1)]),
  );
}
