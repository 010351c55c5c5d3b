import type { EpochMs } from './contract';

/** 9 KB a value and 500 KB a store [doc Q]; the unit is undocumented, so bytes of UTF-8 count (Cyrillic: two). */
export const MAX_VALUE_BYTES = 9 * 1024;
export const MAX_STORE_BYTES = 500 * 1024;

/** One of PropertiesService's stores. Outlives executions. */
export class PropertyStore {
  readonly #values = new Map<string, string>();

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  keys(): string[] {
    return [...this.#values.keys()];
  }

  entries(): [string, string][] {
    return [...this.#values];
  }

  /** A copy, for tests. */
  all(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  set(key: string, value: string): void {
    this.#values.set(key, value);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }

  /** Keys and values together. */
  bytes(): number {
    let sum = 0;
    for (const [key, value] of this.#values) sum += Buffer.byteLength(key) + Buffer.byteLength(value);
    return sum;
  }
}

const MAX_ITEMS = 1000;
const EVICTED_AT_ONCE = 100;

/** One of CacheService's caches: forgets by time, and the oldest hundred when it holds more than a thousand. */
export class CacheStore {
  readonly #items = new Map<string, { value: string; until: EpochMs }>();

  get(key: string, now: EpochMs): string | undefined {
    const item = this.#items.get(key);
    return item && now < item.until ? item.value : undefined;
  }

  put(key: string, value: string, until: EpochMs): void {
    this.#items.delete(key);
    this.#items.set(key, { value, until });
    if (this.#items.size <= MAX_ITEMS) return;
    for (const oldest of [...this.#items.keys()].slice(0, EVICTED_AT_ONCE)) this.#items.delete(oldest);
  }

  remove(key: string): void {
    this.#items.delete(key);
  }

  /** A cache may lose anything at any time [doc CA]; this makes it happen now. */
  forget(): void {
    this.#items.clear();
  }
}

/** Who holds which lock. Owners are execution ids; a test may hold one in another's name. */
export class Locks {
  /** True: nobody gets any lock, as if others held them all. */
  jammed = false;
  readonly #owners = new Map<string, string>();

  owner(lock: string): string | undefined {
    return this.#owners.get(lock);
  }

  /** True when `owner` holds the lock afterwards. */
  take(lock: string, owner: string): boolean {
    if (this.jammed) return false;
    const holder = this.#owners.get(lock);
    if (holder === undefined) this.#owners.set(lock, owner);
    return holder === undefined || holder === owner;
  }

  release(lock: string, owner: string): void {
    if (this.#owners.get(lock) === owner) this.#owners.delete(lock);
  }

  releaseAll(owner: string): void {
    for (const [lock, holder] of this.#owners) if (holder === owner) this.#owners.delete(lock);
  }
}
