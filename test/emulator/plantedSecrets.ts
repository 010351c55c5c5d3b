import { types } from 'node:util';
import type { WireRequest } from './contract';

/** A test plants a secret by writing this into it: wherever a script lets it out, the run throws. */
export const PLANTED = 'PLANTED5ECRET';

/** amoCRM and its other names, over a connection that nobody reads. */
const OWNER_OF_SECRETS = /^https:\/\/([\w-]+\.)*(amocrm\.ru|amocrm\.com|kommo\.com)(:443)?\//i;

const MAX_DEPTH = 20;

/** Whether the text, or any text in the plain object or array, holds a planted secret. */
export function holdsSecret(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes(PLANTED);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    // Thousands of rows a call: no closures, no copies.
    for (let i = 0; i < value.length; i += 1) if (holdsSecret(value[i], depth + 1)) return true;
    return false;
  }
  // Service objects have nothing to list, and their traps need not be sprung.
  if (types.isProxy(value)) return false;
  return Object.entries(value).some(([key, item]) => key.includes(PLANTED) || holdsSecret(item, depth + 1));
}

/**
 * Where a request lets a planted secret out: in its address, which errors and logs repeat, or by going elsewhere than to
 * amoCRM.
 */
export function leakOfRequest({ url, headers, body }: WireRequest): string | undefined {
  if (url.includes(PLANTED)) return 'the address of a request';
  if (OWNER_OF_SECRETS.test(url)) return undefined;
  return holdsSecret([headers, body]) ? `a request to ${new URL(url).origin}` : undefined;
}
