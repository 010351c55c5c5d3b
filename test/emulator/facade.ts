import type { Milliseconds } from './contract';
import type { LiveExecution } from './execution';

/** What an argument may be. `bytes`: an array of integers from -128 to 127. */
export type Shape =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'object'
  | 'array'
  | 'bytes'
  | 'any'
  | EnumSet;

/** The values of one platform enum within one execution; they are compared by identity, as on the platform. */
export class EnumSet {
  readonly name: string;
  readonly values: Readonly<Record<string, object>>;

  constructor(execution: LiveExecution, name: string, names: readonly string[]) {
    this.name = name;
    this.values = Object.fromEntries(names.map((value, i) => [value, execution.realm.enumValue(value, i)]));
  }

  nameOf(value: unknown): string | undefined {
    return Object.keys(this.values).find(name => this.values[name] === value);
  }
}

export interface Member {
  /** One list per overload. */
  takes: readonly (readonly Shape[])[];
  /** Set for a call of the service (it is listed, costs and can be cut); absent for a mere look at a local object. */
  cost?: Milliseconds;
}

// biome-ignore lint/suspicious/noExplicitAny: any method at all
type Methods<T> = { [K in keyof T as T[K] extends (...args: any[]) => unknown ? K : never]: Member };

/** No arguments. */
export const NOTHING: readonly (readonly Shape[])[] = [[]];

/** Services whose arguments may be secrets, or which look at them more closely themselves. */
const KEEPS_SECRETS = new Set(['Utilities', 'UrlFetchApp', 'PropertiesService.Properties']);

const hosts = new WeakMap<object, object>();

/**
 * What a script sees of a service object: exactly the members of `inside`, each with its arguments checked; anything
 * else is refused by name. Plain results are copied into the script's realm; a method that returns `inside` chains.
 * @param name as in the platform's messages, such as `PropertiesService.Properties`
 */
export function facade<T extends object>(
  execution: LiveExecution,
  name: string,
  inside: T,
  members: Methods<T>,
): T {
  const { realm } = execution;
  const short = name.split('.').at(-1) ?? name;
  const watched = !KEEPS_SECRETS.has(name);
  const methods = new Map<string, unknown>();
  const target = realm.object({});

  const method = (key: string, member: Member): unknown =>
    realm.method(args =>
      execution.guard(() => {
        if (member.cost === undefined) execution.enter(`${short}.${key}`);
        else execution.call(`${short}.${key}`, member.cost);
        if (watched) execution.output(`${short}.${key}`, args);
        if (!member.takes.some(shapes => fits(args, shapes))) {
          execution.fail('signature', { types: args.map(typeName).join(','), call: `${name}.${key}` });
        }
        const result = (inside as Record<string, (...args: unknown[]) => unknown>)[key]?.(...args);
        if (member.cost !== undefined) execution.done(`${short}.${key}`);
        return result === inside ? proxy : realm.intoScript(result);
      }),
    );

  const read = (key: string): unknown => {
    if (!Object.hasOwn(inside, key)) return execution.guard(() => execution.refuse(`${short}.${key}`));
    const value = (inside as Record<string, unknown>)[key];
    if (typeof value !== 'function') return value;
    let wrapped = methods.get(key);
    if (!wrapped) {
      const member = (members as Record<string, Member>)[key];
      if (!member) throw new Error(`${name}.${key} has no description`);
      wrapped = method(key, member);
      methods.set(key, wrapped);
    }
    return wrapped;
  };

  const closed = (): never => execution.guard(() => execution.refuse(`Changing ${short}`));
  const proxy = new Proxy(target, {
    get(_, key) {
      if (typeof key === 'symbol' || LANGUAGE_ASKS.has(key)) {
        return key === 'toString' ? realm.method(() => short) : Reflect.get(target, key);
      }
      return read(key);
    },
    has: (_, key) => typeof key === 'string' && Object.hasOwn(inside, key),
    ownKeys: () => [],
    set: closed,
    defineProperty: closed,
    deleteProperty: closed,
    setPrototypeOf: closed,
  });
  hosts.set(proxy, inside);
  return proxy as T;
}

/** What the language itself asks any object: printing, comparing, awaiting it. */
const LANGUAGE_ASKS = new Set([
  'toString',
  'valueOf',
  'toJSON',
  'then',
  'constructor',
  'hasOwnProperty',
  '__proto__',
]);

/** The object behind a facade, when the script hands one back. */
export function behind(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? hosts.get(value) : undefined;
}

/** An enum as the script sees it: `ScriptApp.EventType.CLOCK`. */
export function enumFacade(execution: LiveExecution, set: EnumSet): object {
  return facade(execution, set.name, set.values, {} as Methods<typeof set.values>);
}

function fits(args: readonly unknown[], shapes: readonly Shape[]): boolean {
  return args.length === shapes.length && shapes.every((shape, i) => hasShape(args[i], shape));
}

function hasShape(value: unknown, shape: Shape): boolean {
  if (shape instanceof EnumSet) return shape.nameOf(value) !== undefined;
  switch (shape) {
    case 'any':
      return true;
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value);
    case 'integer':
      return Number.isInteger(value);
    case 'date':
      return Object.prototype.toString.call(value) === '[object Date]';
    case 'array':
      return Array.isArray(value);
    case 'bytes':
      return (
        Array.isArray(value) && value.every(byte => Number.isInteger(byte) && byte >= -128 && byte <= 127)
      );
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === shape;
  }
}

/** As in "The parameters (String,number) don't match the method signature for …". */
function typeName(value: unknown): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `${value.length > 0 ? typeName(value[0]) : 'Object'}[]`;
  if (Object.prototype.toString.call(value) === '[object Date]') return 'Date';
  return typeof value === 'object' ? '(class)' : typeof value;
}
