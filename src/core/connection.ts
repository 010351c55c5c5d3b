import type { AccountHost } from './accountAddress';
import type { AmoErrorCode } from './amoError';
import type { EpochMs } from './day';
import { pastedToken } from './token';

/**
 * How the monitor gets at amoCRM: one document in one property, since half of it is worth nothing and a run may end
 * between two writes.
 */
export interface Connection {
  readonly version: 1;
  /** Goes with every request. */
  readonly access: string;
  /** Where it was last seen to work; undefined until then. */
  readonly host?: AccountHost | undefined;
  /** Where the account was before amoCRM told that it had moved to `host`. */
  readonly movedFrom?: AccountHost | undefined;
  /** Whose data it gives; undefined until amoCRM has told. */
  readonly accountId?: number | undefined;
  /** What gets new tokens. A long-lived token has none. */
  readonly renewal?: Renewal | undefined;
  /** Set when amoCRM takes neither the token nor what would renew it. */
  readonly refusal?: Refusal | undefined;
  /** Of how many days before its end was told last. */
  readonly toldOfEnd?: number | undefined;
}

/** An integration's keys, and the pair that each exchange replaces ([D oauth/step-by-step]). */
export interface Renewal {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Works once. */
  readonly refresh: string;
  /** When the access token ends, by our own clock. */
  readonly expiresAt: EpochMs;
  /** Since when it is not known whether amoCRM has given out a new pair: it was asked, and nothing was saved. */
  readonly doubtSince?: EpochMs | undefined;
  /** The end of the code by which it was made, which is used up: so that it is known when it is met again. */
  readonly code: string;
}

export interface Refusal {
  readonly since: EpochMs;
  /** From then on nothing is asked; an access token that still lives is used to its end. */
  readonly from: EpochMs;
  /** How many runs in a row were refused. */
  readonly times: number;
  readonly host: AccountHost;
  readonly cause: AmoErrorCode;
  /** Whether a person was told: a run may end between the two. */
  readonly isTold?: boolean | undefined;
}

/** What a person has typed into the settings and no run has used yet. */
export interface TypedSecrets {
  readonly clientSecret?: string | undefined;
  readonly code?: string | undefined;
}

/** The longest run is 6 minutes ([doc Q]): with so much left at its beginning no token ends within one. */
const EARLY_MS = 30 * 60_000;
/** A refusal may be a passing fault; a second one an hour later is none. */
const REFUSALS_BELIEVED = 2;

/** @param legacy the property in which earlier versions kept a long-lived token */
export function connectionOf(text: string | undefined, legacy: string | undefined): Connection | undefined {
  const stored = parsed(text) as Partial<Connection> | undefined;
  const access = typeof stored?.access === 'string' ? pastedToken(stored.access) : undefined;
  if (stored && access !== undefined) return { ...stored, version: 1, access };
  const token = pastedToken(legacy ?? '');
  return token === undefined ? undefined : longLived(token);
}

export function longLived(access: string): Connection {
  return { version: 1, access };
}

export function typedSecretsOf(text: string | undefined): TypedSecrets {
  const stored = parsed(text);
  const secret = (name: string) => pastedToken(String(stored?.[name] ?? ''));
  return { clientSecret: secret('clientSecret'), code: secret('code') };
}

/** Where the account is: at the typed address, unless amoCRM has told that it has moved away from there. */
export function hostOf(typed: AccountHost, connection: Connection | undefined): AccountHost {
  return connection?.movedFrom === typed ? (connection.host ?? typed) : typed;
}

/** Whether new tokens are to be had before anything else. */
export function isRefreshDue({ renewal, refusal }: Connection, now: EpochMs): boolean {
  if (!renewal || refusal) return false;
  return renewal.doubtSince !== undefined || renewal.expiresAt - now < EARLY_MS;
}

/** Whether nothing shall be asked any more until a person has connected anew. */
export function isRefused({ refusal }: Connection, host: AccountHost, now: EpochMs): boolean {
  if (!refusal || refusal.host !== host || !isInForce(refusal, now)) return false;
  // What was said of the tokens when they were to be renewed, or of whose they are, is no passing fault.
  return refusal.cause !== 'token-refused' || refusal.times >= REFUSALS_BELIEVED;
}

/** Whether amoCRM takes the tokens no more: one that still lives serves to its end. */
export function isInForce(refusal: Refusal, now: EpochMs): boolean {
  return now >= refusal.from;
}

export interface TokenPair {
  access: string;
  refresh: string;
  expiresInMs: number;
}

/** After an exchange. Everything that was known of the old pair goes with it. */
export function withPair(
  connection: Connection,
  renewal: Pick<Renewal, 'clientId' | 'clientSecret' | 'redirectUri' | 'code'>,
  pair: TokenPair,
  now: EpochMs,
): Connection {
  const { clientId, clientSecret, redirectUri, code } = renewal;
  const { access, refresh, expiresInMs } = pair;
  return {
    ...connection,
    access,
    renewal: {
      clientId,
      clientSecret,
      redirectUri,
      code: endOf(code),
      refresh,
      expiresAt: now + expiresInMs,
    },
    refusal: undefined,
  };
}

/** Whether a code has made this connection. */
export function isMadeBy(connection: Connection | undefined, code: string): boolean {
  return connection?.renewal?.code === endOf(code);
}

/** Codes are long, and only their end is theirs alone. */
function endOf(code: string): string {
  return code.slice(-40);
}

/** Before an exchange: should the run end in the middle of it, the next one knows. */
export function inDoubt(connection: Connection, now: EpochMs): Connection {
  const { renewal } = connection;
  return renewal
    ? { ...connection, renewal: { ...renewal, doubtSince: renewal.doubtSince ?? now } }
    : connection;
}

export function withoutDoubt(connection: Connection): Connection {
  const { renewal } = connection;
  return renewal ? { ...connection, renewal: { ...renewal, doubtSince: undefined } } : connection;
}

export function afterRefusal(
  connection: Connection,
  refused: { cause: AmoErrorCode; host: AccountHost; now: EpochMs; from?: EpochMs },
): Connection {
  const { cause, host, now, from = now } = refused;
  const before = connection.refusal?.host === host ? connection.refusal : undefined;
  const refusal: Refusal = {
    since: before?.since ?? now,
    ...{ cause, host, from: Math.min(from, before?.from ?? from), times: (before?.times ?? 0) + 1 },
    ...(before?.isTold ? { isTold: true } : {}),
  };
  return { ...withoutDoubt(connection), refusal };
}

/** A person was told of the refusal. */
export function withRefusalTold(connection: Connection): Connection {
  const { refusal } = connection;
  return refusal ? { ...connection, refusal: { ...refusal, isTold: true } } : connection;
}

/** amoCRM has answered with the account's data. That it will give no new tokens is not taken back by that. */
export function afterProof(
  connection: Connection,
  proven: { host: AccountHost; accountId: number; now: EpochMs },
): Connection {
  const { accountId, host, now } = proven;
  const { refusal } = connection;
  const movedFrom = connection.host === host ? connection.movedFrom : undefined;
  const isToCome = refusal !== undefined && !isInForce(refusal, now);
  return { ...connection, host, movedFrom, accountId, refusal: isToCome ? refusal : undefined };
}

export function afterMove(connection: Connection, from: AccountHost, to: AccountHost): Connection {
  return { ...connection, host: to, movedFrom: from };
}

/** Whether an integration's secret is kept, by which a code can be exchanged. */
export function hasSecret(connection: Connection | undefined, typed: TypedSecrets): boolean {
  return typed.clientSecret !== undefined || connection?.renewal !== undefined;
}

/** Every text in it that nobody may see. */
export function secretsIn(connection: Connection | undefined, typed: TypedSecrets = {}): string[] {
  const { access, renewal } = connection ?? {};
  const { clientSecret, code, refresh } = renewal ?? {};
  const all = [access, refresh, clientSecret, code, typed.clientSecret, typed.code];
  return [...new Set(all.filter((secret): secret is string => secret !== undefined && secret !== ''))];
}

/** What is no object has none of the properties that are asked for. */
function parsed(text: string | undefined): Record<string, unknown> | null | undefined {
  try {
    return JSON.parse(text ?? '') as Record<string, unknown> | null;
  } catch {
    return undefined;
  }
}
