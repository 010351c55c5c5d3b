import { LockBusy, type Mutex, type Properties } from '../../src/ports';
import type { Step } from './steps';

const LARGEST_VALUE = 9 * 1024; // bytes, [doc Q]
const LARGEST_STORE = 500 * 1024;

/** Script properties over a map, with the platform's limits; one for each execution. */
export function memoryProperties(stored: Map<string, string>, step: Step): Properties {
  let seen: Record<string, string> | undefined;
  const read = () => {
    step('properties.readAll');
    seen = Object.fromEntries(stored);
    return { ...seen };
  };
  return {
    readAll: read,
    recall: () => seen ?? read(),
    change({ write = new Map(), remove = [] }) {
      step('properties.change', [...write.keys(), ...remove.map(name => `-${name}`)].join(' '));
      for (const [name, value] of write) {
        if (typeof value !== 'string') throw new Error(`Property ${name} is no text`);
        if (name === '') throw new Error('A property without a name');
        if (Buffer.byteLength(value) > LARGEST_VALUE) throw new Error(`Property ${name} is above 9 KB`);
        if (remove.includes(name)) throw new Error(`Property ${name} is written and removed at once`);
        stored.set(name, value);
      }
      for (const name of remove) stored.delete(name);
      if (seen) seen = { ...seen, ...Object.fromEntries(write) };
      for (const name of remove) delete seen?.[name];
      const size = [...stored].reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
      if (size > LARGEST_STORE) throw new Error('The properties are above 500 KB');
    },
  };
}

export interface MemoryMutex extends Mutex {
  /** Whether somebody else holds the lock for good. */
  busy: boolean;
  readonly held: boolean;
}

/** A script lock that cannot be entered twice. */
export function memoryMutex(step: Step): MemoryMutex {
  let held = false;
  return {
    busy: false,
    get held() {
      return held;
    },
    during(action) {
      step('mutex.during');
      if (held) throw new Error('The lock is held already by this very run');
      if (this.busy) throw new LockBusy();
      held = true;
      try {
        return action();
      } finally {
        held = false;
      }
    },
  };
}
