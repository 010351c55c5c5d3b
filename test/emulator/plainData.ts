import { types } from 'node:util';
import { isPlain } from './realm';

/**
 * A copy of what may pass between page and script: null, booleans, finite numbers, strings, and plain objects and
 * arrays of such. Stricter than the platform, which makes null of undefined in arrays and says nothing of undefined in
 * objects, of NaN and of sparse arrays.
 * @throws TypeError that names the place
 */
export function plainCopy(value: unknown, place: string, depth = 0): unknown {
  if (depth > 100) throw new TypeError(`${place} is nested too deeply, or into itself`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) {
    return Array.from(value, (item, i) => plainCopy(item, `${place}[${i}]`, depth + 1));
  }
  if (isPlain(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, plainCopy(item, `${place}.${key}`, depth + 1)]),
    );
  }
  const kind = types.isDate(value) ? 'a Date' : typeof value === 'number' ? String(value) : typeof value;
  throw new TypeError(`${place} is ${kind}, which cannot pass between page and script`);
}
