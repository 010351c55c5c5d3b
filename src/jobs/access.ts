import { readAccount } from '../amocrm/operations/account';
import type { AmoAccount } from '../amocrm/request';
import { AmoError } from '../core/amoError';
import {
  afterProof,
  afterRefusal,
  type Connection,
  hostOf,
  isInForce,
  isRefreshDue,
  isRefused,
  type Refusal,
} from '../core/connection';
import type { EpochMs } from '../core/day';
import { clientOf } from './clientOf';
import { exchangeCode } from './exchangeCode';
import { amoFailure, Disconnected, NotSetUp } from './failure';
import { withoutLoss } from './keeping';
import { keepConnection, keptConnection } from './keptConnection';
import { refreshTokens } from './refreshTokens';
import type { Run } from './run';
import { rememberAccount } from './snapshot';

/** The way to amoCRM of one run, see `openAccess`. */
export interface Access extends AmoAccount {
  /** How amoCRM has refused the tokens when it was last asked: nothing more is to be had with them. */
  readonly refusal: Refusal | undefined;
  /** The tokens as they are now. */
  readonly connection: Connection;
  /** Whether amoCRM has ever told whose account they are for. */
  readonly isProven: boolean;
  /** Puts down that amoCRM takes the tokens no more. */
  refuse(cause: Refusal['cause']): void;
}

/**
 * Sees to it that the run has a token that works, as far as can be known beforehand: makes a connection of a code that
 * was typed, gets new tokens for those that end soon, and makes sure whose account a new token is for.
 * @param insistent ask although amoCRM has refused before: something may have been mended
 * @param more.byCode only a new connection will do: what is wrong with the code must not hide behind the one before
 * @param more.prove asks whose account it is, and remembers it; by default only where that is in doubt
 * @throws NotSetUp, Disconnected, AmoError
 */
export function openAccess(
  run: Run,
  insistent: boolean,
  more: { byCode?: boolean; prove?: (run: Run) => void } = {},
): void {
  const { byCode = false, prove = proveOwner } = more;
  const before = run.connection;
  const made = byCode ? exchangeCode(run) : connectionMade(run);
  if (byCode && !made) throw new NotSetUp();
  const connection = made ?? before;
  const { clock } = run.outside;
  const address = run.settings.baseUrl;
  if (!connection || address === undefined) throw new NotSetUp();
  if (!insistent && isRefused(connection, address, clock.now())) throw new Disconnected(connection.refusal!);
  const access = accessOf(run, connection, insistent);
  run.access = access;
  run.account = access;
  if (isRefreshDue(connection, clock.now())) refreshEarly(access, connection, clock.now());
  try {
    prove(run);
  } catch (error) {
    // What was made of the code is no use; what there was before may be.
    if (made && before && made.access !== before.access && isForeign(error)) {
      replace(run, access.connection, before);
      run.access = undefined;
    }
    throw error;
  }
}

/** A code that amoCRM refuses is told; a connection that there was before serves on. */
function connectionMade(run: Run): Connection | undefined {
  try {
    // For a person who mends the keys; a trigger would ask in vain every hour.
    return exchangeCode(run, !run.outside.byTrigger);
  } catch (error) {
    if (!(error instanceof AmoError) || !run.connection) throw error;
    run.findings.push({ ...amoFailure(error, run.texts.effect.none, run), level: 'WARN' });
    return undefined;
  }
}

/** While the old token lives, a failure is no reason to stop. */
function refreshEarly(access: OpenAccess, { renewal }: Connection, now: EpochMs): void {
  try {
    access.refresh();
  } catch (error) {
    if (!(error instanceof AmoError) || !renewal || now >= renewal.expiresAt) throw error;
    if (error.code === 'paused' || error.code === 'blocked') throw error;
  }
}

/**
 * A token of which it is not known whose data it gives is asked, where the tables hold somebody's data already or a code
 * has made it; and so is one that was refused before.
 */
function proveOwner(run: Run): void {
  const { access, boundTo, outside } = run;
  if (!access) return;
  const { accountId, host, renewal } = access.connection;
  const isProven = boundTo
    ? accountId === boundTo.id && host === access.host
    : accountId !== undefined || renewal === undefined;
  if (isProven && !access.refusal) return;
  const { knownAccount, zone } = rememberAccount(outside, run, readAccount(clientOf(run)));
  Object.assign(run, { knownAccount, zone });
}

export function isForeign(error: unknown): boolean {
  return error instanceof AmoError && error.code === 'other-account';
}

interface OpenAccess extends Access {
  /** @throws AmoError */
  refresh(): void;
}

function accessOf(run: Run, opened: Connection, insistent: boolean): OpenAccess {
  const { outside, settings } = run;
  let current = opened;
  // What is asked once more after a refusal, as for a ping that fell due, does not make it a second one.
  let isRefusalCounted = false;
  // Tokens that amoCRM refuses right after it gave them out are refused for another reason. Those that have worked since
  // are renewed once in a run, and after that by the next one.
  let isRenewed = false;
  let haveWorked = false;
  // Why it is not known whether new tokens are to be had. The next run asks again.
  let openQuestion: AmoError | undefined;
  const take = (next: Connection) => {
    current = next;
    run.secrets.push(next.access);
  };
  return {
    get connection() {
      return current;
    },
    get host() {
      return hostOf(settings.baseUrl!, current);
    },
    get token() {
      return current.access;
    },
    get refusal() {
      const { refusal } = current;
      return refusal && isInForce(refusal, outside.clock.now()) ? refusal : undefined;
    },
    get isProven() {
      return current.accountId !== undefined;
    },
    refresh() {
      isRenewed = true;
      try {
        take(refreshTokens(run, current));
      } catch (error) {
        const stored = keptConnection(outside);
        if (error instanceof AmoError && !stored?.refusal) openQuestion = error;
        if (stored?.access !== current.access) throw error;
        current = stored;
        throw error;
      }
    },
    renew(isElsewhere) {
      if (openQuestion) throw openQuestion;
      // That says nothing of the tokens; only those that can be renewed lead to where the account is now.
      if (isElsewhere && (isRenewed || !current.renewal)) return false;
      if (isRenewed && haveWorked) throw new AmoError('out-of-time');
      const putDown = () => {
        // That there is no such account here says nothing of the token.
        if (!isElsewhere) this.refuse('token-refused');
        return false;
      };
      if (isRenewed) return putDown();
      const stored = keptConnection(outside);
      // A person has typed another token, or another run has got one.
      if (stored && stored.access !== current.access) {
        isRenewed = true;
        take(stored);
        return true;
      }
      const before = current.refusal;
      if (!current.renewal || (before && !insistent)) return putDown();
      try {
        this.refresh();
        return true;
      } catch (error) {
        const { refusal } = current;
        if (!(error instanceof AmoError) || before || !refusal) throw error;
        // The old token is refused as well: nothing is left to serve to its end.
        this.refuse(refusal.cause);
        return false;
      }
    },
    refuse(cause) {
      if (isRefusalCounted) return;
      isRefusalCounted = true;
      const refused = { cause: current.refusal?.cause ?? cause, host: this.host, now: outside.clock.now() };
      current = afterRefusal(current, refused);
      replace(run, current, current);
    },
    proven(accountId) {
      const { host } = this;
      if (!haveWorked) isRenewed = false;
      haveWorked = true;
      isRefusalCounted = false;
      if (current.accountId === accountId && current.host === host && !this.refusal) return;
      current = afterProof(current, { host, accountId, now: outside.clock.now() });
      replace(run, current, current);
    },
  };
}

/** Unless somebody has put another token in its place meanwhile. */
function replace({ outside }: Run, known: Connection, connection: Connection): void {
  withoutLoss(outside, () => {
    if (keptConnection(outside)?.access === known.access) keepConnection(outside, connection);
  });
}
