/** What the server saw, and the truth about the account. */

import type { EpochMs, Milliseconds, TransportFailure } from '../emulator/contract';
import type { SimEvent } from './state';

export interface LoggedRequest {
  /** When it arrived. */
  at: EpochMs;
  /** When the client had the answer: what left before could not heed it. */
  heardAt: EpochMs;
  method: string;
  host: string;
  path: string;
  /** By decoded name. */
  query: Readonly<Record<string, string>>;
  /** 0 when no answer was given. */
  status: number;
  /** The transport failure met instead of an answer. */
  failure?: TransportFailure;
  /** The planned fault met; `custom` for a function. */
  fault?: string;
  /** How long a 429 asked the client to wait. */
  retryAfterMs?: Milliseconds;
  /** Set for the HTML page of a block. */
  blockPage?: true;
}

/** A request for tokens that the server heard, whether or not its answer arrived. */
export interface TokenRequest {
  at: EpochMs;
  grant: 'authorization_code' | 'refresh_token' | 'unknown';
  /** `issued`, or the hint of the refusal. */
  outcome: string;
  /** The code or refresh token had been used before: a client that lost count. */
  reused: boolean;
}

export interface Ledger {
  readonly requests: readonly LoggedRequest[];
  /** The requests for tokens, in order. */
  readonly tokens: readonly TokenRequest[];
  /** Breaches of the API's rules, those included that amoCRM itself would let pass. A clean client leaves none. */
  readonly violations: readonly string[];
  /** All events of the account, oldest first, visible yet or not. */
  readonly events: readonly SimEvent[];
  /** The most arrivals within any one sliding second. */
  readonly busiestSecond: number;
  /** How often the rate limit refused; planned 429s do not count. */
  readonly refusedByRate: number;
}
