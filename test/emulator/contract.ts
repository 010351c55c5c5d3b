/**
 * The seam inside the emulator: what the platform half (world, execution, services) and the spreadsheet half
 * (workbook, SpreadsheetApp) promise each other, and what tests and the local runner use of both.
 */

export type EpochMs = number;
export type Milliseconds = number;

/**
 * How a function came to be called; `page`: by `google.script.run`, `callback`: by a visit with a state token.
 * Decides identity, authorisation mode and what the user interface offers.
 */
export type Context = 'menu' | 'simple-trigger' | 'clock' | 'page' | 'callback';

/**
 * Whether somebody at the spreadsheet waits for the execution. A clock has nobody; whoever comes back from a consent
 * (`callback`) looks at another page.
 */
export function isAtSheet(context: Context): boolean {
  return context !== 'clock' && context !== 'callback';
}

/** The virtual price of one service call (design: "Virtual costs, the same in every test and bench"). */
export const COST = { spreadsheet: 100, properties: 40, lock: 40, cache: 30 } as const;

/** Constructors of the script's own context: `instanceof Array`, `Date` and `Error` must hold inside the script. */
export interface Realm {
  array<T>(items: readonly T[]): T[];
  /** Rows of cells; an undefined row stands for `columns` times `blank`. A sheet has many of those. */
  grid<T>(rows: readonly (readonly T[] | undefined)[], columns: number, blank: T): T[][];
  object<T extends object>(entries: T): T;
  date(at: EpochMs): Date;
  isDate(value: unknown): value is Date;
  /**
   * An error as a service throws it: `toString()` gives `Exception: <message>`.
   * A message that ends in `is not emulated` is remembered: `world.run` throws it even if the script swallowed it.
   */
  exception(message: string): Error;
}

/** A message that slides over the sheet (`Spreadsheet.toast`). */
export interface Toast {
  text: string;
  title: string;
}

/** One call of one entry point. Service objects belong to an execution and are useless after it ended. */
export interface Execution {
  readonly id: string;
  readonly user: string;
  readonly context: Context;
  readonly realm: Realm;
  /** The time inside this execution. */
  now(): EpochMs;
  /**
   * Every emulated service call starts here. Fails when the execution has ended or was killed, counts the call,
   * lets the clock advance by `cost` and kills the execution at the six-minute wall.
   * @param call the full name, such as `Range.setValues`
   */
  call(call: string, cost: Milliseconds): void;
  /**
   * Every emulated service call ends here, its effect done and its result not yet handed over. May fail or kill, as
   * the test wants it. Optional, so that a stand-in for tests may do without.
   */
  done?(call: string): void;
  /** Fails, with the platform's text, unless appsscript.json lists the scope (the short name, such as `spreadsheets.currentonly`). */
  needScope(scope: string, call: string): void;
  /** Fails in a simple trigger: the service needs an authorised user. */
  needAuthorisation(call: string): void;
  /**
   * Something leaves the script for people's eyes, or for a place where people or other scripts can read it. Fails the
   * test when it holds a planted secret. Optional, so that a stand-in for tests may do without.
   * @param place such as `Range.setValues`
   */
  output?(place: string, value: unknown): void;
  /** Keeps a toast for the outcome. Optional, so that a stand-in for tests may do without. */
  toast?(toast: Toast): void;
}

/** What a cell holds. A date is a number with a date format, as in the real product. */
export type CellValue = string | number | boolean;

export interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

export interface WireResponse {
  status: number;
  /** Names as the server sent them; an array where a header was repeated. */
  headers: Record<string, string | string[]>;
  body: string;
}

/** What UrlFetchApp can meet below HTTP. */
export type TransportFailure = 'dns' | 'unreachable' | 'timeout' | 'tls';

export type Exchange = { tookMs: Milliseconds } & (
  | { response: WireResponse; failure?: undefined }
  | { failure: TransportFailure; response?: undefined }
);

/** The other end of UrlFetchApp: the simulator in process (virtual time), or real HTTP (real time). */
export interface Network {
  /** True when requests and sleeps take real time. */
  readonly realTime: boolean;
  /** All requests leave together at `leavesAt`; answers come in the order of the requests. */
  exchange(requests: readonly WireRequest[], leavesAt: EpochMs, timeoutMs: Milliseconds): Exchange[];
}
