import { type Asking, currentAddress, pairByRefresh } from '../amocrm/operations/tokens';
import { AmoError, type AmoErrorCode, isSoonPast, isTemporary } from '../core/amoError';
import {
  afterMove,
  afterRefusal,
  type Connection,
  hostOf,
  inDoubt,
  type Renewal,
  withoutDoubt,
  withPair,
} from '../core/connection';
import { claimsOf } from '../core/tokenClaims';
import { surely } from './keeping';
import { keepConnection, keptConnection } from './keptConnection';
import { ACCOUNT, CONNECTION } from './propertyNames';
import type { Run } from './run';
import { accountIn } from './snapshot';

/**
 * New tokens for those that end or were refused. A refresh token works once, so: look again under the lock, write down
 * that amoCRM is asked, ask, save before anything else. A run that ends in between, and an answer that never came,
 * leave a doubt behind, with which the next run tries the old token once more.
 * @param known the connection as this run knows it; where another run was quicker its tokens are taken
 * @throws AmoError when amoCRM refuses (then that is stored), or when there was no answer to be had
 */
export function refreshTokens(run: Run, known: Connection): Connection {
  const { gate, outside } = run;
  // Its turn may have to be waited for: before the lock, which others need.
  const send = gate.ready();
  return outside.mutex.during(() => {
    const stored = keptConnection(outside);
    if (!stored?.renewal || stored.access !== known.access) return stored ?? known;
    keepConnection(outside, inDoubt(stored, outside.clock.now()));
    const asking = { gate, clock: outside.clock, send };
    try {
      return renewed(run, asking, stored, stored.renewal, hostNow(run, stored));
    } catch (error) {
      if (!(error instanceof AmoError)) throw error;
      // Slowed down is not asked: no doubt that was not there before.
      if (error.code === 'too-many-requests') keepConnection(outside, stored);
      if (isTemporary(error)) throw error;
      return afterMoving(run, stored, error) ?? refusedFor(run, stored, error);
    }
  });
}

function renewed(
  { outside, secrets }: Run,
  asking: Asking,
  stored: Connection,
  renewal: Renewal,
  host: string,
): Connection {
  const pair = pairByRefresh(asking, host, renewal, renewal.refresh);
  const next = withPair(stored, renewal, pair, outside.clock.now());
  secrets.push(pair.access, pair.refresh);
  surely(outside, () => keepConnection(outside, next));
  return next;
}

/** Answers that an account gives at an address from which it has moved away ([L] AccountDomain, amoCRM facts 1.7). */
const MAY_HAVE_MOVED: readonly AmoErrorCode[] = [
  'tokens-revoked',
  'not-found',
  'redirected',
  'wrong-account-host',
];

/** Follows an account that was renamed or moved to another zone; undefined where it did not. */
function afterMoving(run: Run, stored: Connection, { code }: AmoError): Connection | undefined {
  const { findings, gate, outside, texts } = run;
  const { renewal } = stored;
  const { apiHost } = claimsOf(stored.access);
  if (!renewal || apiHost === undefined || !MAY_HAVE_MOVED.includes(code)) return undefined;
  const from = hostNow(run, stored);
  const asking = () => ({ gate, clock: outside.clock, send: gate.ready() });
  const account = accountIn(outside.properties.readAll()[ACCOUNT]);
  const { accountId, host } = addressNow(() => currentAddress(asking(), apiHost, renewal.refresh)) ?? {};
  if (host === undefined || host === from || accountId !== (stored.accountId ?? account?.id))
    return undefined;
  const moved = afterMove(stored, from, host);
  const write = new Map([[CONNECTION, JSON.stringify(inDoubt(moved, outside.clock.now()))]]);
  if (account) write.set(ACCOUNT, JSON.stringify({ ...account, host }));
  outside.properties.change({ write });
  findings.push({ level: 'WARN', what: texts.connection.moved(from, host), effect: texts.effect.none });
  return renewed(run, asking(), moved, renewal, host);
}

/** Where nobody can tell, the refusal is what counts; where nobody answers, it is asked again later. */
function addressNow<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof AmoError) || isTemporary(error) || isSoonPast(error)) throw error;
    return undefined;
  }
}

/** What speaks of the account, the address or of us, and not of the tokens: they may still be good when it is mended. */
const NOT_THE_TOKENS: readonly AmoErrorCode[] = [
  'blocked',
  'forbidden',
  'payment-required',
  'not-found',
  'redirected',
  'wrong-account-host',
];

/** What speaks of the tokens is final: a person has to connect anew. */
function refusedFor(run: Run, stored: Connection, error: AmoError): never {
  const { outside } = run;
  const now = outside.clock.now();
  if (NOT_THE_TOKENS.includes(error.code)) keepConnection(outside, withoutDoubt(stored));
  else {
    // An access token that still lives may serve to its end.
    const from = Math.max(now, stored.renewal?.expiresAt ?? now);
    keepConnection(
      outside,
      afterRefusal(stored, { cause: error.code, host: hostNow(run, stored), now, from }),
    );
  }
  throw error;
}

/** The settings show where the account was when the run began. */
function hostNow({ settings }: Run, stored: Connection): string {
  return hostOf(settings.baseUrl!, stored);
}
