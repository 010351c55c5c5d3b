import { type IntegrationKeys, pairByCode } from '../amocrm/operations/tokens';
import { AmoError, type AmoErrorCode, isTemporary } from '../core/amoError';
import {
  type Connection,
  isMadeBy,
  longLived,
  secretsIn,
  type TypedSecrets,
  typedSecretsOf,
  withPair,
} from '../core/connection';
import { claimsOf } from '../core/tokenClaims';
import { surely } from './keeping';
import { keptConnection } from './keptConnection';
import { CONNECTION, LEGACY_TOKEN, TYPED } from './propertyNames';
import type { Run } from './run';
import { refuseOthers } from './snapshot';

/**
 * Makes a connection of the code that was typed or that amoCRM has sent. The code works once: what it gives is saved
 * before anything else. A code that amoCRM refuses is forgotten, what is typed besides is kept.
 * @param keepsCode whether it is kept where amoCRM only finds fault with the keys: with others it may do
 * @returns the connection that the code has made, by this run or another; undefined where there is no code, or something is
 * missing that belongs to it
 * @throws AmoError
 */
export function exchangeCode(run: Run, keepsCode = false): Connection | undefined {
  const { gate, outside, settings, typed } = run;
  const keys = keysOf(run);
  const host = settings.baseUrl;
  if (!keys || host === undefined || typed.code === undefined) return undefined;
  const send = gate.ready();
  return outside.mutex.during(() => {
    const { properties, clock } = outside;
    const now: TypedSecrets = typedSecretsOf(properties.readAll()[TYPED]);
    const code = typed.code!;
    const stored = keptConnection(outside);
    // A run that was killed after saving leaves the code behind, another run was quicker, or a person pressed twice.
    if (stored && isMadeBy(stored, code)) {
      if (now.code === code) forgetCode(run, now);
      run.secrets.push(...secretsIn(stored));
      return stored;
    }
    // Another run was refused with it, or a person has typed another one since.
    if (now.code !== code) return undefined;
    try {
      const pair = pairByCode({ gate, clock, send }, host, keys, code);
      // Nothing of a working connection is given up for another account's, where the token tells whose it is.
      refuseOthers(run.boundTo, claimsOf(pair.access).accountId);
      const made = withPair(longLived(pair.access), { ...keys, code }, pair, clock.now());
      run.secrets.push(pair.access, pair.refresh);
      const write = new Map([[CONNECTION, JSON.stringify(made)]]);
      surely(outside, () => properties.change({ write, remove: [TYPED, LEGACY_TOKEN] }));
      return made;
    } catch (error) {
      if (error instanceof AmoError && isFinal(error, keepsCode)) forgetCode(run, now);
      throw error;
    }
  });
}

/** A secret typed last, else the one that was good before. */
function keysOf({ connection, outside, settings, typed }: Run): IntegrationKeys | undefined {
  const { clientId } = settings;
  const clientSecret = typed.clientSecret ?? connection?.renewal?.clientSecret;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return { clientId, clientSecret, redirectUri: settings.redirectUri ?? outside.consent.redirectUri() };
}

const ABOUT_THE_KEYS: readonly AmoErrorCode[] = [
  'wrong-client-id',
  'wrong-client-secret',
  'wrong-redirect-uri',
  'wrong-account-host',
  'not-found',
];

function isFinal(error: AmoError, keepsCode: boolean): boolean {
  return !isTemporary(error) && !(keepsCode && ABOUT_THE_KEYS.includes(error.code));
}

function forgetCode({ outside: { properties } }: Run, { clientSecret }: TypedSecrets): void {
  if (clientSecret === undefined) properties.change({ remove: [TYPED] });
  else properties.change({ write: new Map([[TYPED, JSON.stringify({ clientSecret })]]) });
}
