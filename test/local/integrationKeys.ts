import type { OAuthOptions } from '../simulator/oauthDesk';
import { BadOption, type Given } from './commandLine';

/** What a person copies from the integration's window in amoCRM. */
export interface IntegrationKeys {
  clientId: string;
  clientSecret: string;
  /** Works once. */
  authCode: string;
}

export const KEY_OPTIONS = {
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  'auth-code': { type: 'string' },
} as const;

/** @throws BadOption unless all three or none are given */
export function integrationKeys(given: Given): IntegrationKeys | undefined {
  const names = Object.keys(KEY_OPTIONS);
  const empty = names.find(name => given[name] === '');
  if (empty !== undefined) throw new BadOption(`--${empty} is empty`);
  const missing = names.filter(name => given[name] === undefined).map(name => `--${name}`);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    throw new BadOption(`an integration's keys come together: ${missing.join(' and ')} is missing`);
  }
  const [clientId, clientSecret, authCode] = names.map(name => String(given[name])) as [
    string,
    string,
    string,
  ];
  return { clientId, clientSecret, authCode };
}

/** A pretend amoCRM that knows these keys, and takes whatever redirect URI is named. */
export function knownTo({ clientId, clientSecret, authCode }: IntegrationKeys): OAuthOptions {
  return { clientId, clientSecret, anyRedirectUri: true, codes: [{ code: authCode }] };
}
