import type { Cell, Row } from './core/cell';
import type { EpochMs } from './core/day';
import type { RuleCells } from './core/rules';
import type { Schedule } from './core/schedule';
import type { ColumnOf, SheetKey, TableKey } from './core/tables';
import type { Texts } from './core/texts';

/** What the product needs from outside, each named for the need. `google/` meets them all; tests do it in memory. */

export interface Clock {
  now(): EpochMs;
  /** However long: the platform's own limit for one sleep is the adapter's business. */
  sleep(milliseconds: number): void;
}

export interface HttpRequest {
  url: string;
  headers: Record<string, string>;
  /** A body makes it a POST; without one it is a GET. */
  json?: string;
  /** After that long without an answer the request counts as failed. */
  timeoutMs: number;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** An answer of any status, or the reason why there was none. Redirects are not followed. */
export type HttpResult = HttpAnswer | HttpFailure;

export interface HttpFailure {
  failure: 'no-connection' | 'timeout';
  /** The platform's own words, in whatever language; no address and no secret. */
  detail: string;
}

export interface Http {
  /** Never throws: a failure is a result. */
  send(request: HttpRequest): HttpResult;
  /**
   * Sends all of them at the same time, and gives their results in the same order when the last one is there. Never
   * throws. What fails below HTTP fails for all: then nobody knows which of them have arrived ([doc UF] fetchAll).
   */
  sendAll(requests: readonly HttpRequest[]): HttpResult[];
}

/** Small texts that outlive the run, at most 9 KB each. Every editor of the spreadsheet can read them. */
export interface Properties {
  readAll(): Record<string, string>;
  /**
   * The same as this execution has last read or written it; it reads only where it never has. For what no other run
   * writes meanwhile, as while this one holds the line, and where news may wait for the next run.
   */
  recall(): Readonly<Record<string, string>>;
  change(change: { write?: ReadonlyMap<string, string>; remove?: readonly string[] }): void;
}

export interface Mutex {
  /**
   * Runs `action` while no other run is inside one, and gives its result. Keep it short and never ask the user
   * anything inside: an open dialog gives the lock away ([doc UI]).
   * @throws LockBusy when the lock is not to be had in time
   */
  during<T>(action: () => T): T;
}

export class LockBusy extends Error {
  constructor() {
    super('The script lock is held by another run');
    this.name = 'LockBusy';
  }
}

/** A sheet, or a range of it that is needed, is protected against whoever runs this. */
export class SheetProtected extends Error {
  /**
   * @param title of the sheet
   * @param editors addresses of those who may write there, as far as the platform tells; maybe none
   */
  constructor(
    readonly title: string,
    readonly editors: readonly string[],
  ) {
    super(`The sheet "${title}" is protected`);
    this.name = 'SheetProtected';
  }
}

/** The platform allows no further trigger ([doc Q] 20 per user and script). */
export class TooManyTriggers extends Error {
  /** @param handlers the functions that triggers call at present, each named once */
  constructor(readonly handlers: readonly string[]) {
    super('There are too many triggers');
    this.name = 'TooManyTriggers';
  }
}

/**
 * One of our tables in the spreadsheet. A row is ours when its key column (see `ROW_MARKS`) is filled as we fill it;
 * other rows, and columns of the user's own, stay as they are. Both changes are retried where the spreadsheet fails,
 * and read back: each row stands once, whatever happened in between.
 * @throws SheetProtected from both changes
 */
export interface Table<Column extends string = string> {
  read(): Row<Column>[];
  /**
   * Puts `rows` in the place of the rows that `belongs` picks. Where there are none yet, they go before the first
   * row that `follows` picks (in a table sorted newest first: before the first that it does not), else to the end.
   * Rows that are there already as they shall be are left as they are, in whatever order.
   */
  replace(change: {
    belongs: (row: Row<Column>) => boolean;
    rows: readonly Row<Column>[];
    follows: (row: Row<Column>) => boolean;
  }): void;
  /**
   * Adds rows behind our last one. With `most`, the rows with the least in the column `order` go when there are more.
   * @param how.again rows to be added before the others, each unless it stands there: an earlier run may have done it
   */
  append(
    rows: readonly Row<Column>[],
    how?: { most?: number; order?: Column; again?: readonly Row<Column>[] },
  ): void;
}

export interface SettingsSheet {
  read(): { key: string; value: Cell }[];
  /**
   * Writes the cells of the problem column, a text a row, in the order of `read`; only where they differ.
   * @returns whether any did
   */
  showProblems(problems: readonly string[]): boolean;
  /** What the last `read` has found, as a short text for `Workbook.isAsTraced`. */
  trace(): string | undefined;
  /** @param row as `read` counts them, from 0 */
  setValue(row: number, text: string): void;
}

/** The rules by which the user names processes. */
export interface RulesSheet {
  /** All rows down to the last that holds something, empty ones among them. */
  read(): RuleCells[];
  /**
   * Writes the two columns of ours, where they differ. Looks anew at the rows: the user may have moved them.
   * @param cellsOf what is to stand beside these rows, in their order; undefined leaves a cell as it is
   */
  show(
    cellsOf: (rows: readonly RuleCells[]) => readonly { matched: Cell | undefined; problem: string }[],
  ): void;
}

export interface Workbook {
  readonly locale: string;
  readonly timeZone: string;
  /**
   * Makes the sheets, columns and rows that are missing, and turns our own titles to the language of the texts.
   * @param how `marks`: sheets whose columns are all marked are not looked at; of a table whose header lacks a title, it
   *   is put back when the table is next changed
   */
  ensure(texts: Texts, how?: 'marks'): void;
  /** Makes the sheet of one table, where it is missing. @throws SheetProtected, as `ensure` does */
  ensureTable(key: TableKey, texts: Texts): void;
  has(key: SheetKey): boolean;
  table<Key extends TableKey>(key: Key, texts: Texts): Table<ColumnOf<Key>>;
  settings(): SettingsSheet;
  rules(): RulesSheet;
  /** Whether the settings sheet looks as it did when it was traced: one call. */
  isAsTraced(trace: string): boolean;
  /** Whether a sheet is our settings sheet. */
  isSettings(sheetId: number): boolean;
  /** Whether a sheet is our sheet of rules. */
  isRules(sheetId: number): boolean;
  showReport(): void;
  /** How many cells all sheets have, empty ones included: the platform allows 10,000,000 ([doc guides/sheets]). */
  cells(): number;
  /** Whether this spreadsheet was made by copying the one that was set up. */
  isCopy(): boolean;
  /** From now on it is its own. */
  stampDocument(): void;
  /** The version of the layout that was last stamped; undefined where none was. */
  schemaVersion(): number | undefined;
  stampSchema(version: number): void;
  /** Returns when everything written is safe in the spreadsheet. */
  flush(): void;
}

export interface Dialogs {
  /** false where nobody sits at the keyboard: then nothing is shown, and every answer is no. */
  readonly available: boolean;
  tell(text: string): void;
  /** The typed text, or undefined when cancelled. */
  ask(question: string): string | undefined;
  confirm(question: string): boolean;
  /** A notice in the corner that waits for nobody. */
  toast(text: string): void;
}

/** Time-driven triggers of the person in whose name this execution runs; others' are out of sight ([doc SA]). */
export interface Triggers {
  existing(): { id: string; handler: string }[];
  create(schedule: Schedule): string;
  /** A trigger that fires once, `afterMs` from now at the earliest. */
  createOnce(handler: string, afterMs: number): void;
  remove(id: string): void;
}

export interface Mailer {
  /** How many more mails the platform takes today. */
  left(): number;
  /** @throws when the platform refuses, as when the day's mails are used up */
  send(to: string, subject: string, body: string): void;
}

/** The sidebar "Connect amoCRM". */
export interface Sidebar {
  /** Opens it; nothing happens where nobody sits at the keyboard. It waits for nobody. */
  show(texts: Texts): void;
}

/** How amoCRM's consent page comes back to us ([doc SA] state tokens). */
export interface Consent {
  /** What is to be entered in the integration. */
  redirectUri(): string;
  /** A text by which Google knows, for an hour, that it is us who asked. */
  stateToken(): string;
}

export interface Console {
  write(level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR', text: string): void;
}

/** All of it, as a job gets it. */
export interface Outside {
  clock: Clock;
  http: Http;
  properties: Properties;
  /** For short changes of the properties. */
  mutex: Mutex;
  /** For the log, which takes longer to write. */
  logMutex: Mutex;
  workbook: Workbook;
  dialogs: Dialogs;
  triggers: Triggers;
  mailer: Mailer;
  sidebar: Sidebar;
  consent: Consent;
  console: Console;
  /** In whose name this execution runs: an e-mail address; undefined where Google does not tell. */
  whoami(): string | undefined;
  /** Whether a trigger called, and no person. */
  byTrigger: boolean;
  /** When this execution began: its six minutes count from here, whatever it does. */
  startedAt: EpochMs;
  /** Up to when its time is put down among what we use; its jobs move it on. */
  countedUntil: EpochMs;
  /** How long after its beginning it may begin something that takes time, in ms. */
  workingMs: number;
  /** A text that no other run has. */
  uniqueId(): string;
}
