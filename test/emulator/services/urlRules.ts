import { isIP } from 'node:net';
import type { LiveExecution } from '../execution';

/** "2 KB" on the quota page, 2,082 characters in the reference [doc Q, UF]: the smaller one. */
const MAX_URL_CHARS = 2048;

/** Anything that must be percent-encoded, brackets included: whether the platform refuses those is disputed. */
const ILLEGAL = /[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/;

const PRIVATE = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./;

/** Throws as UrlFetchApp does for an address that it would not even try. */
export function checkUrl(execution: LiveExecution, url: unknown): string {
  if (url === undefined || url === null || url === '') execution.fail('noAttribute', { what: 'url' });
  if (typeof url !== 'string') return execution.fail('badAttribute', { what: 'url' });
  if (url.length > MAX_URL_CHARS) execution.fail('urlLength');
  if (!/^https?:\/\//.test(url) || ILLEGAL.test(url) || !URL.canParse(url)) {
    execution.fail('invalidArgument', { what: url });
  }
  const { username, password } = new URL(url);
  if (username || password) execution.fail('invalidArgument', { what: url });
  checkAllowed(execution, url);
  return url;
}

/** Throws for an address outside the manifest's list, if it has one. */
export function checkAllowed(execution: LiveExecution, url: string): void {
  const allowed = execution.manifest.urlFetchWhitelist;
  if (allowed && !allowed.some(prefix => matches(url, prefix))) {
    execution.fail('invalidArgument', { what: url });
  }
}

/**
 * The same path or one below it, on the same host; `https://*.example.ru/` stands for any subdomain, though not for
 * `example.ru` itself [doc MFA].
 */
function matches(url: string, prefix: string): boolean {
  const { protocol, host, pathname } = new URL(url);
  const [, allowedHost = '', allowedPath = ''] = /^https:\/\/([^/]+)(\/.*)$/.exec(prefix) ?? [];
  const onHost = allowedHost.startsWith('*.')
    ? host.endsWith(allowedHost.slice(1).toLowerCase())
    : host === allowedHost.toLowerCase();
  const below = allowedPath.endsWith('/') ? allowedPath : `${allowedPath}/`;
  return protocol === 'https:' && onHost && (pathname === allowedPath || pathname.startsWith(below));
}

/** Private and intranet addresses have no name at Google's servers [field]. */
export function isPrivate(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host.startsWith('[') || (isIP(host) === 4 && PRIVATE.test(host));
}
