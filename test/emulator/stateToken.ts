import type { EpochMs } from './contract';

/** What `ScriptApp.newStateToken()` made: whoever comes back with it may have one function called. */
export interface StateToken {
  readonly text: string;
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  readonly user: string;
  /** The first moment at which it is too old. */
  readonly until: EpochMs;
  used: boolean;
}
