import { COST } from '../contract';
import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import { MAX_STORE_BYTES, MAX_VALUE_BYTES } from '../stores';
import type { World } from '../world';

type Properties = GoogleAppsScript.Properties.Properties;

/** Script, user and document properties [doc PS, PR]. Strings only; quotas and limits as documented. */
export function propertiesService(execution: LiveExecution, world: World): object {
  const open = (store: string) => (): Properties => properties(execution, world, store);
  const service = {
    getScriptProperties: open('script'),
    getUserProperties: open(`user ${execution.user}`),
    getDocumentProperties: open('document'),
  } satisfies GoogleAppsScript.Properties.PropertiesService;
  const handle = { takes: NOTHING };
  return facade(execution, 'PropertiesService', service, {
    getScriptProperties: handle,
    getUserProperties: handle,
    getDocumentProperties: handle,
  });
}

function properties(execution: LiveExecution, world: World, name: string): Properties {
  const store = world.properties(name);
  const count = (operations: number): void => {
    if (!world.quotas.spend(execution.user, 'properties', operations, execution.now())) {
      execution.fail('tooManyCalls', { service: 'properties' });
    }
  };

  /** All or nothing where a limit is passed; whether the platform can be interrupted in the middle is not documented. */
  const write = (entries: [string, unknown][], clear: boolean): void => {
    count(Math.max(1, entries.length));
    // Secrets belong into the script's own store and nowhere else.
    if (name !== 'script') execution.output(`the properties of the ${name}`, entries);
    const texts = entries.map(([key, value]): [string, string] => {
      if (key === '') execution.fail('invalidArgument', { what: 'key' });
      if (typeof value !== 'string') {
        return execution.fail('signature', {
          types: `String,${value === null ? 'null' : typeof value}`,
          call: 'PropertiesService.Properties.setProperty',
        });
      }
      if (Buffer.byteLength(value) > MAX_VALUE_BYTES) execution.fail('tooLarge', { what: 'value' });
      return [key, value];
    });
    let bytes = clear ? 0 : store.bytes();
    for (const [key, value] of texts) {
      const old = clear ? undefined : store.get(key);
      if (old !== undefined) bytes -= Buffer.byteLength(key) + Buffer.byteLength(old);
      bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    }
    if (bytes > MAX_STORE_BYTES) execution.fail('propertyQuota');
    if (clear) store.clear();
    // What is interrupted here ends when the call does, whether it had written its last key or not.
    for (const [key, value] of texts.slice(0, execution.keysBeforeTear)) store.set(key, value);
  };

  const inside: Properties = {
    getProperty(key) {
      count(1);
      return store.get(key) ?? null;
    },
    getProperties() {
      count(1);
      return store.all();
    },
    getKeys() {
      count(1);
      return store.keys();
    },
    setProperty(key, value) {
      write([[key, value]], false);
      return inside;
    },
    setProperties(values: Record<string, string>, deleteAllOthers: boolean = false) {
      write(Object.entries(values), deleteAllOthers);
      return inside;
    },
    deleteProperty(key) {
      count(1);
      store.delete(key);
      return inside;
    },
    deleteAllProperties() {
      count(1);
      store.clear();
      return inside;
    },
  };
  const cost = COST.properties;
  return facade(execution, 'PropertiesService.Properties', inside, {
    getProperty: { takes: [['string']], cost },
    getProperties: { takes: NOTHING, cost },
    getKeys: { takes: NOTHING, cost },
    setProperty: { takes: [['string', 'string']], cost },
    setProperties: { takes: [['object'], ['object', 'boolean']], cost },
    deleteProperty: { takes: [['string']], cost },
    deleteAllProperties: { takes: NOTHING, cost },
  });
}
