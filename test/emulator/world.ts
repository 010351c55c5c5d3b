import { Bundle, type Manifest } from './bundle';
import { Chance } from './chance';
import { Clock } from './clock';
import type { ClockTrigger } from './clockTrigger';
import type { Context, EpochMs, Milliseconds, Network } from './contract';
import type { LiveExecution } from './execution';
import type { MenuItem, MenuModel } from './menuModel';
import type { MishapSource } from './mishap';
import type { Outcome, RunOptions, Sidebar } from './outcome';
import { callFromPage, type PageCallOptions } from './pageCall';
import { type Account, Quotas } from './quotas';
import { runEntryPoint } from './run';
import { type AdvanceOptions, fireDueTriggers, type LateFiring } from './scheduler';
import { authModes } from './services/scriptApp';
import { editEvent, type UserEdit, Workbook } from './spreadsheet';
import type { StateToken } from './stateToken';
import { CacheStore, Locks, PropertyStore } from './stores';
import type { UserLanguage } from './texts';
import { type VisitOptions, visit } from './visit';

export interface WorldOptions {
  /** The folder with Code.js and appsscript.json, or both as already read: many worlds may share one. */
  bundleDir: string | Bundle;
  now: EpochMs;
  network: Network;
  /** Of the spreadsheet. */
  locale?: string;
  sheetTimeZone?: string;
  sheetName?: string;
  /** Default: the manifest's. */
  scriptTimeZone?: string;
  /** Full URLs. Default: the manifest's. */
  scopes?: readonly string[];
  owner?: string;
  userLanguage?: UserLanguage;
  seed?: number;
  account?: Account;
  /** How long an execution may live. */
  wallMs?: Milliseconds;
  /** Set by `copy`. */
  copyOf?: Workbook;
}

export interface CopyOptions {
  /** Who makes the copy. Default: the original's owner. */
  owner?: string;
  /** Script and document properties come along, which no copy of the platform is known to do. */
  withProperties?: boolean;
}

export interface Mail {
  from: string;
  /** As given: addresses separated by commas. */
  to: string;
  subject: string;
  body: string;
  htmlBody?: string;
  cc?: string;
  bcc?: string;
  name?: string;
  replyTo?: string;
  at: EpochMs;
}

export type TypingOptions = Omit<RunOptions, 'context' | 'event'>;

export interface Typing {
  edit: UserEdit;
  outcome?: Outcome;
}

export interface ExecutionAbout {
  functionName: string;
  context: Context;
  user: string;
}

/** Everything that outlives an execution: one spreadsheet, its bound script and what Google keeps for both. */
export class World {
  readonly clock: Clock;
  readonly workbook: Workbook;
  readonly chance: Chance;
  readonly seed: number;
  readonly locks = new Locks();
  readonly quotas: Quotas;
  readonly mail: Mail[] = [];
  /** The custom menus as last built, in the order of their first appearance. */
  readonly menus: MenuModel[] = [];
  /** Every sidebar that was shown; only one is open at a time. */
  readonly sidebars: Sidebar[] = [];
  /** The open one. A test, or the page itself, closes it by `undefined`. */
  sidebar: Sidebar | undefined;
  readonly stateTokens: StateToken[] = [];
  readonly triggers: ClockTrigger[] = [];
  readonly owner: string;
  readonly scriptId: string;
  readonly account: Account;
  /** May be replaced, as when an editor saves new code. */
  bundle: Bundle;
  network: Network;
  wallMs: Milliseconds;
  /** Real time after which a script that never comes back and calls nothing is ended; `run` then throws. Infinity: never. */
  hangMs: Milliseconds = 120_000;
  /** All HTTP requests of all executions. */
  requests = 0;
  /** Users whose consent is gone: their triggers fail until they start something by hand, which asks them anew. */
  readonly lapsed = new Set<string>();
  /** What goes wrong in any execution. Asked when one begins; gives what is asked at each of its calls. */
  mishaps: ((about: ExecutionAbout) => MishapSource | undefined) | undefined;
  /** Firings that the platform has put off. */
  readonly late: LateFiring[] = [];
  readonly #options: WorldOptions;
  readonly #ids = new Map<string, number>();
  readonly #properties = new Map<string, PropertyStore>();
  readonly #caches = new Map<string, CacheStore>();

  constructor(options: WorldOptions) {
    this.#options = options;
    this.seed = options.seed ?? 1;
    this.clock = new Clock(options.now, options.network.realTime);
    this.chance = new Chance(this.seed);
    this.account = options.account ?? 'consumer';
    this.quotas = new Quotas(this.account);
    this.owner = options.owner ?? 'owner@example.com';
    this.wallMs = options.wallMs ?? 6 * 60_000;
    if (options.network.realTime) this.hangMs += this.wallMs;
    this.network = options.network;
    this.bundle = typeof options.bundleDir === 'string' ? new Bundle(options.bundleDir) : options.bundleDir;
    this.scriptId = this.chance.uuid();
    const { copyOf } = options;
    this.workbook = copyOf
      ? copyOf.copy({
          id: `1${this.chance.uuid().replaceAll('-', '')}`,
          owner: this.owner,
          now: () => this.clock.now(),
        })
      : new Workbook({
          locale: options.locale ?? 'ru_RU',
          timeZone: options.sheetTimeZone ?? 'Europe/Moscow',
          owner: this.owner,
          now: () => this.clock.now(),
          language: options.userLanguage ?? 'en',
          ...(options.sheetName === undefined ? {} : { name: options.sheetName }),
        });
  }

  /** The language of the platform's error texts. */
  get userLanguage(): UserLanguage {
    return this.workbook.language;
  }

  set userLanguage(language: UserLanguage) {
    this.workbook.language = language;
  }

  now(): EpochMs {
    return this.clock.now();
  }

  /** Runs a top-level function of the bundle. Throws only for faults of the test or gaps of the emulator. */
  run(functionName: string, options: RunOptions = {}): Outcome {
    return runEntryPoint(this, functionName, options);
  }

  /** Chooses an item of a custom menu, as a person would. */
  click(menu: string, caption: string, options: Omit<RunOptions, 'context'> = {}): Outcome {
    const find = (items: readonly MenuItem[]): string | undefined => {
      for (const item of items) {
        const found = item.kind === 'item' && item.caption === caption ? item.functionName : undefined;
        const inside = item.kind === 'menu' ? find(item.menu.items) : found;
        if (inside) return inside;
      }
      return undefined;
    };
    const functionName = find(this.menus.find(({ title }) => title === menu)?.items ?? []);
    if (!functionName) throw new Error(`There is no "${caption}" in the menu "${menu}"`);
    return this.run(functionName, { ...options, context: 'menu' });
  }

  /**
   * `google.script.run.functionName(argument)` of a page [doc HC]: the user at the keyboard is authorised, and `getUi`
   * works. The success handler gets the outcome's `value`, the failure handler an Error with its `error.message`.
   * Throws for what the page itself would not get past: a function that is not there or is private, and an argument or
   * a result that is no plain data.
   */
  callFromPage(functionName: string, argument?: unknown, options: PageCallOptions = {}): Outcome {
    return callFromPage(this, functionName, argument, options);
  }

  /**
   * A browser in which the user is signed in opens an address of the script, `…/macros/d/{SCRIPT_ID}/usercallback?…`:
   * the function named by the state token runs with the user's full rights and without `getUi`. It must return an
   * HtmlOutput, the outcome's `page`. A visit that the platform turns away runs nothing: the outcome's `refused`.
   */
  visit(address: string, options: VisitOptions = {}): Outcome {
    return visit(this, address, options);
  }

  /** The address that belongs into an integration as its redirect URI. */
  get callbackUrl(): string {
    return `https://script.google.com/macros/d/${this.scriptId}/usercallback`;
  }

  /**
   * A person types into a cell, and the simple trigger `onEdit` runs if the bundle has one.
   * @param which a sheet's title or id; rows and columns count from 1
   */
  type(
    which: string | number,
    row: number,
    column: number,
    text: string,
    options: TypingOptions = {},
  ): Typing {
    const { user = this.owner } = options;
    const edit = this.workbook.user.type(which, row, column, text, user);
    if (!this.bundle.declares('onEdit')) return { edit };
    const event = (execution: LiveExecution): object =>
      editEvent(execution, this.workbook, edit, authModes(execution).values['LIMITED']);
    return { edit, outcome: this.run('onEdit', { ...options, user, event, context: 'simple-trigger' }) };
  }

  /** Lets time pass until `at`, firing every clock trigger that is due, in order. */
  advanceTo(at: EpochMs, options: AdvanceOptions = {}): Outcome[] {
    return fireDueTriggers(this, at, options);
  }

  /** Moves the clock without firing anything: what was due in between never fires. */
  jumpTo(at: EpochMs): void {
    this.clock.moveTo(at);
    for (const trigger of this.triggers) trigger.skipUntil(at);
  }

  /**
   * File, make a copy: another spreadsheet and another script with the same code, in a world of its own. Nothing that
   * Google keeps beside the file comes along: no triggers, properties, caches, locks, state tokens. Menus appear when
   * the copy's `onOpen` runs.
   */
  copy(options: CopyOptions = {}): World {
    const copy = new World({
      ...this.#options,
      bundleDir: this.bundle,
      network: this.network,
      now: this.now(),
      owner: options.owner ?? this.owner,
      userLanguage: this.userLanguage,
      wallMs: this.wallMs,
      // Chance of its own gives ids of its own.
      seed: Number.parseInt(this.chance.uuid().slice(0, 8), 16),
      copyOf: this.workbook,
    });
    copy.hangMs = this.hangMs;
    for (const store of options.withProperties ? ['script', 'document'] : []) {
      for (const [key, value] of this.properties(store).entries()) copy.properties(store).set(key, value);
    }
    return copy;
  }

  manifest(): Manifest {
    const manifest = this.bundle.manifest();
    return {
      ...manifest,
      timeZone: this.#options.scriptTimeZone ?? manifest.timeZone,
      oauthScopes: [...(this.#options.scopes ?? manifest.oauthScopes)],
    };
  }

  /** `script`, `document`, or `user <address>`. */
  properties(store = 'script'): PropertyStore {
    return ofKind(this.#properties, store, () => new PropertyStore());
  }

  /** `script`, `document`, or `user <address>`. */
  cache(store = 'script'): CacheStore {
    return ofKind(this.#caches, store, () => new CacheStore());
  }

  nextId(kind: string): string {
    const n = (this.#ids.get(kind) ?? 0) + 1;
    this.#ids.set(kind, n);
    return `${kind}-${n}`;
  }
}

function ofKind<T>(all: Map<string, T>, kind: string, create: () => T): T {
  const found = all.get(kind) ?? create();
  all.set(kind, found);
  return found;
}
