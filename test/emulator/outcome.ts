import type { Context, EpochMs, Milliseconds, Toast } from './contract';
import type { LiveExecution } from './execution';
import type { MishapSource, PlannedMishap, Side } from './mishap';

export type ButtonName = 'OK' | 'CANCEL' | 'YES' | 'NO' | 'CLOSE';

export interface Question {
  kind: 'alert' | 'prompt';
  title: string;
  text: string;
  /** What is offered; the window can be closed besides. */
  buttons: ButtonName[];
}

/** What the person at the keyboard does: a button, or for a prompt the text and (by default OK) a button. */
export type Answer = ButtonName | { button?: ButtonName; text?: string; afterMs?: number };

export interface Dialog extends Question {
  answer: { button: ButtonName; text: string };
}

/** A page that a script made with HtmlService, as the person sees it. */
export interface HtmlPage {
  title: string;
  html: string;
  metaTags: { name: string; content: string }[];
}

/**
 * Why a visit did not get to the script: it is another one's address, the token is unknown (or there are several),
 * another user's, too old or used up, or the address has a parameter with the name of one of the token's arguments.
 */
export type VisitRefusal = 'script' | 'token' | 'user' | 'expired' | 'used' | 'argument';

export interface Sidebar extends HtmlPage {
  at: EpochMs;
}

export interface RunOptions {
  /** Default `menu`. */
  context?: Context;
  /** Default: the world's owner. */
  user?: string;
  /** The function's argument: plain data (copied), or made for the execution. */
  event?: object | ((execution: LiveExecution) => unknown);
  answers?: readonly Answer[] | ((question: Question) => Answer);
  /** Ends the execution at its n-th service call (from 1), as a kill of the platform would. `keys`: see `Side`. */
  cut?: { at: number; when: Side; keys?: number };
  /** What goes wrong in this execution, beside what the world has in store. */
  mishaps?: readonly PlannedMishap[] | MishapSource;
  /** A wall of its own, such as one that stands earlier than six minutes. */
  wallMs?: Milliseconds;
  /** Called at every service call before it has any effect; may run another execution, which then falls inside. */
  onCall?: (call: string, index: number) => void;
  /** Set by the scheduler. */
  triggerId?: string;
}

/** `wall`: out of time. `quota`: the day's trigger runtime is used up. `cut`: the test asked for it. */
export type Death = 'wall' | 'quota' | 'cut';

/** Calls by what they cost: see `COST`. */
export interface PricedCalls {
  spreadsheet: number;
  /** Calls of properties and of locks. */
  properties: number;
  cache: number;
}

export interface Outcome {
  functionName: string;
  context: Context;
  triggerId: string | undefined;
  /** A copy of what the function returned; for a call from a page what its success handler gets. */
  value: unknown;
  /** Set for every execution that did not return, killed ones included. */
  error?: { name: string; message: string; stack: string };
  killed?: Death;
  startedAt: EpochMs;
  endedAt: EpochMs;
  /** The service calls in order. */
  calls: string[];
  /** How many of them have a price of their own. */
  priced: PricedCalls;
  /** HTTP requests, followed redirects included. */
  requests: number;
  /** `LEVEL text` of console and Logger. */
  console: string[];
  dialogs: Dialog[];
  toasts: Toast[];
  /** Each replaces the one before. */
  sidebars: Sidebar[];
  /** What a visitor was shown by the function. */
  page?: HtmlPage;
  /** Set for a visit that the platform turned away: nothing ran. */
  refused?: VisitRefusal;
}
