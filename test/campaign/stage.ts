import { resolve } from 'node:path';
import { CompiledBundle } from '../emulator/bundle';
import type { EpochMs, Exchange, Network, WireRequest } from '../emulator/contract';
import { inProcessNetwork } from '../emulator/inProcess';
import type { MishapSource } from '../emulator/mishap';
import type { Outcome, RunOptions } from '../emulator/outcome';
import { type AdvanceOptions, clockEvent, type Firing } from '../emulator/scheduler';
import { type ExecutionAbout, World } from '../emulator/world';
import { instantOfShifted } from '../emulator/zone';
import { typeSetting } from '../local/typeSetting';
import { byHost } from '../simulator/byHost';
import { Simulator, type SimulatorOptions } from '../simulator/simulator';
import { type CompanyOrder, companyEvents } from './company';
import { departure } from './departure';
import { type PersonKnows, person } from './person';
import { FIELDS, LEAVER, PIPELINES, SERVICE, USERS } from './subjects';

export interface StageOptions extends CompanyOrder {
  /** When the curtain rises: a wall clock in the company's zone, `2026-11-18T22:00`. */
  begin: string;
  locale?: string;
  sheetZone?: string;
  simulator?: SimulatorOptions;
  /** Accounts of others in the same network. */
  neighbours?: readonly Simulator[];
  /** Default: the bundle in `dist`, or in the folder that CAMPAIGN_BUNDLE names. */
  bundleDir?: string;
  /** From when on the one who has left is seen to act; default: from the noon after leaving. */
  ghostFrom?: EpochMs;
}

export type Consent = Pick<PersonKnows, 'consents' | 'otherwise'> &
  Partial<Pick<PersonKnows, 'address' | 'token'>>;

/** One request as it left, and what became of it. */
export interface SentRequest {
  /** With its query. */
  path: string;
  leftAt: EpochMs;
  tookMs: number;
  /** 0 without an answer. */
  status: number;
  /** Whether the answer was an account, as a ping wants it. */
  isAccount: boolean;
}

/** One execution with what the world knows of it and the product does not tell. */
export interface Performed {
  functionName: string;
  context: string;
  startedAt: EpochMs;
  endedAt: EpochMs;
  calls: number;
  requests: SentRequest[];
  /** How many of its service calls met a mishap, and when the last one did. */
  mishaps: number;
  lastMishapAt: EpochMs;
  /** How many executions ran inside it; what it measured meanwhile is not amoCRM's latency. */
  inside: number;
  /** An execution around this one held the script lock all the time: here nobody can wait for it to let go. */
  lockHeld: boolean;
  outcome: Outcome | undefined;
}

const bundles = new Map<string, CompiledBundle>();

/** The built bundle, read once per process. */
export function campaignBundle(
  dir: string = process.env['CAMPAIGN_BUNDLE'] ?? resolve(__dirname, '../../dist'),
) {
  const known = bundles.get(dir) ?? new CompiledBundle(dir);
  bundles.set(dir, known);
  return known;
}

/**
 * An emulated account with a pretend amoCRM, and a journal of all that happened in it. What runs, runs through the
 * built bundle's doors; what is checked, is checked against the journal and the simulator's ledger.
 */
export class Stage {
  readonly options: StageOptions;
  readonly simulator: Simulator;
  readonly world: World;
  readonly performed: Performed[] = [];
  /** What goes wrong at service calls; asked when an execution begins. */
  mishaps: ((about: ExecutionAbout) => MishapSource | undefined) | undefined;
  /** What becomes of trigger firings, beside what `advance` is told. */
  firings: AdvanceOptions['each'];
  /** Whose events count as automation since the set-up. */
  serviceAccounts: readonly number[] = [];
  /** From when on events of one who was a user, and has left, are there; undefined: the user has not left yet. */
  ghostFrom: EpochMs | undefined;
  readonly #onStage: Performed[] = [];

  constructor(options: StageOptions) {
    this.options = options;
    const { begin, locale = 'ru_RU', neighbours, zone } = options;
    this.simulator = new Simulator({
      users: [...USERS, SERVICE, LEAVER],
      customFields: FIELDS,
      pipelines: PIPELINES,
      events: companyEvents(options),
      timeZone: zone,
      seed: `campaign ${options.seed}`,
      ...options.simulator,
    });
    this.world = new World({
      bundleDir: options.bundleDir ? campaignBundle(options.bundleDir) : campaignBundle(),
      now: this.at(begin),
      network: this.#listening(
        inProcessNetwork(neighbours ? byHost([this.simulator, ...neighbours]) : this.simulator),
      ),
      locale,
      sheetTimeZone: options.sheetZone ?? zone,
      seed: 1,
    });
    // Whoever runs campaigns watches over the whole process instead.
    this.world.hangMs = Number.POSITIVE_INFINITY;
    const run = this.world.run.bind(this.world);
    this.world.run = (functionName, how = {}) => this.#perform(run, functionName, how);
    this.world.mishaps = about => this.#mishapsOf(about);
  }

  get zone(): string {
    return this.options.zone;
  }

  /** The instant at which the company's clocks show this. */
  at(wall: string): EpochMs {
    return instantOfShifted(Date.parse(`${wall}Z`), this.options.zone);
  }

  /** A person chooses something from the menu. */
  click(door: string, knows: Consent = {}, how: Pick<RunOptions, 'cut' | 'onCall' | 'user'> = {}): Outcome {
    const { host, token } = this.simulator;
    const answers = person({ address: host, token, ...knows });
    return this.world.run(door, { ...how, context: 'menu', answers });
  }

  /** A person opens the spreadsheet and sets the product up. */
  setUp(): void {
    this.world.run('onOpen', { context: 'simple-trigger' });
    must(this.click('setUp'));
    this.set('serviceAccounts', String(SERVICE.id));
    this.serviceAccounts = [SERVICE.id];
  }

  /** A clock trigger fires out of its turn. */
  fire(handler: string, how: Pick<RunOptions, 'cut' | 'onCall'> = {}): Outcome {
    const trigger = this.world.triggers.find(one => one.handler === handler && !one.disabled);
    // It was about to fire when somebody removed it.
    if (!trigger) return this.world.run(handler, { ...how, context: 'clock' });
    return this.world.run(handler, {
      ...how,
      context: 'clock',
      user: trigger.owner,
      triggerId: trigger.id,
      event: execution => clockEvent(execution, trigger.id),
    });
  }

  set(key: string, value: string): void {
    typeSetting(this.world, key, value);
  }

  has(door: string): boolean {
    return this.world.bundle.declares(door);
  }

  /** Lets the schedule go on until the company's clocks show this. */
  advance(wall: string | EpochMs, each?: (handler: string, at: EpochMs) => Firing | undefined): Outcome[] {
    const until = typeof wall === 'number' ? wall : this.at(wall);
    return this.world.advanceTo(Math.max(until, this.world.now()), {
      jitter: 0,
      each: (trigger, at) => each?.(trigger.handler, at) ?? this.firings?.(trigger, at),
    });
  }

  /** The same, but pings fire only in the first and the last two hours: nothing else needs them. */
  advanceSparsely(wall: string): Outcome[] {
    const until = this.at(wall);
    const since = this.world.now();
    const TWO_HOURS = 7_200_000;
    return this.advance(until, (handler, at) =>
      handler === 'hourlyPing' && at > since + TWO_HOURS && at < until - TWO_HOURS ? 'lost' : undefined,
    );
  }

  #perform(run: World['run'], functionName: string, how: RunOptions): Outcome {
    const entry: Performed = {
      functionName,
      context: how.context ?? 'menu',
      startedAt: this.world.now(),
      endedAt: this.world.now(),
      calls: 0,
      requests: [],
      mishaps: 0,
      lastMishapAt: Number.NEGATIVE_INFINITY,
      inside: 0,
      lockHeld: this.world.locks.owner('script') !== undefined || this.world.locks.jammed,
      outcome: undefined,
    };
    const around = this.#onStage.at(-1);
    if (around) around.inside += 1;
    this.performed.push(entry);
    this.#onStage.push(entry);
    try {
      entry.outcome = run(functionName, how);
      entry.calls = entry.outcome.calls.length;
      return entry.outcome;
    } finally {
      entry.endedAt = this.world.now();
      this.#onStage.pop();
      if (this.ghostFrom === undefined && !around) this.ghostFrom = departure(this, entry);
    }
  }

  #mishapsOf(about: ExecutionAbout): MishapSource | undefined {
    const source = this.mishaps?.(about);
    const entry = this.#onStage.at(-1);
    if (!source || !entry) return source;
    return (call, index) => {
      const mishap = source(call, index);
      if (mishap) {
        entry.mishaps += 1;
        entry.lastMishapAt = this.world.now();
      }
      return mishap;
    };
  }

  #listening(network: Network): Network {
    return {
      realTime: false,
      exchange: (requests, leavesAt, timeoutMs) => {
        const exchanges = network.exchange(requests, leavesAt, timeoutMs);
        const { requests: noted = [] } = this.#onStage.at(-1) ?? {};
        noted.push(...requests.map((request, i) => sent(request, exchanges[i]!, leavesAt)));
        return exchanges;
      },
    };
  }
}

function sent(request: WireRequest, exchange: Exchange, leftAt: EpochMs): SentRequest {
  const { tookMs, response } = exchange;
  const { pathname, search } = new URL(request.url);
  const path = pathname + search;
  const isAccount = response?.status === 200 && pathname === '/api/v4/account' && isJson(response.body);
  return { path, leftAt, tookMs, status: response?.status ?? 0, isAccount };
}

function isJson(body: string): boolean {
  try {
    const { id } = JSON.parse(body.replace(/^\uFEFF/, '')) as { id?: unknown };
    return typeof id === 'number';
  } catch {
    return false;
  }
}

export function must(outcome: Outcome): Outcome {
  if (outcome.error)
    throw new Error(`${outcome.functionName}: ${outcome.error.stack || outcome.error.message}`);
  return outcome;
}
