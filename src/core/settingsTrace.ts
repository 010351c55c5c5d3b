import { fingerprint } from './fingerprint';
import { SCHEMA_VERSION } from './tables';

/** With the values that were read from it, and the layout's version: a newer one may have changed what the sheet means. */
export function traceWith(good: string, trace: string): string {
  return `${SCHEMA_VERSION} ${fingerprint(good)} ${trace}`;
}

/** The trace of the sheet from which these values were read; undefined where it is another's. */
export function traceOf(good: string, kept: string): string | undefined {
  const before = traceWith(good, '');
  return kept.startsWith(before) ? kept.slice(before.length) : undefined;
}
