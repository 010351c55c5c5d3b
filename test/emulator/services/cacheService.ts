import { COST } from '../contract';
import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import type { CacheStore } from '../stores';
import type { World } from '../world';

type Cache = GoogleAppsScript.Cache.Cache;

const MAX_KEY_CHARS = 250;
const MAX_VALUE_BYTES = 100 * 1024;
const DEFAULT_TTL_S = 600;
const MAX_TTL_S = 21_600;

/** Caches [doc CAS, CA] as measured by a practitioner [field JP:exploring-apps-script-cacheservice-limits]. */
export function cacheService(execution: LiveExecution, world: World): object {
  const open = (store: string) => (): Cache => cache(execution, world.cache(store));
  const service = {
    getScriptCache: open('script'),
    getDocumentCache: open('document'),
    getUserCache: open(`user ${execution.user}`),
  } satisfies GoogleAppsScript.Cache.CacheService;
  const handle = { takes: NOTHING };
  return facade(execution, 'CacheService', service, {
    getScriptCache: handle,
    getDocumentCache: handle,
    getUserCache: handle,
  });
}

function cache(execution: LiveExecution, store: CacheStore): Cache {
  const keyOf = (key: unknown): string => {
    if (key === null || key === undefined || key === '') execution.fail('invalidArgument', { what: 'key' });
    if (String(key).length > MAX_KEY_CHARS) execution.fail('tooLarge', { what: 'key' });
    return String(key);
  };
  /** Whatever is put becomes text: `null` becomes "null", an object "[object Object]" (measured). */
  const textOf = (value: unknown): string => {
    const text = String(value);
    if (Buffer.byteLength(text) > MAX_VALUE_BYTES) execution.fail('tooLarge', { what: 'value' });
    return text;
  };
  const put = (entries: [string, unknown][], seconds: number): void => {
    if (seconds > MAX_TTL_S) execution.fail('invalidArgument', { what: 'expirationInSeconds' });
    const texts = entries.map(([key, value]) => [keyOf(key), textOf(value)] as const);
    for (const [key, text] of texts) store.put(key, text, execution.now() + seconds * 1000);
  };

  const inside: Cache = {
    get: key => store.get(keyOf(key), execution.now()) ?? null,
    getAll: keys =>
      Object.fromEntries(
        keys.map(keyOf).flatMap(key => {
          const value = store.get(key, execution.now());
          return value === undefined ? [] : [[key, value]];
        }),
      ),
    put: (key: string, value: string, seconds: number = DEFAULT_TTL_S) => put([[key, value]], seconds),
    putAll: (values: Record<string, unknown>, seconds: number = DEFAULT_TTL_S) =>
      put(Object.entries(values), seconds),
    remove: key => store.remove(keyOf(key)),
    removeAll: keys => {
      for (const key of keys) store.remove(keyOf(key));
    },
  };
  const cost = COST.cache;
  return facade(execution, 'CacheService.Cache', inside, {
    get: { takes: [['any']], cost },
    getAll: { takes: [['array']], cost },
    put: {
      takes: [
        ['any', 'any'],
        ['any', 'any', 'integer'],
      ],
      cost,
    },
    putAll: { takes: [['object'], ['object', 'integer']], cost },
    remove: { takes: [['any']], cost },
    removeAll: { takes: [['array']], cost },
  });
}
