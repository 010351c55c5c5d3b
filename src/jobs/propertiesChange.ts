import type { Properties } from '../ports';

export type Stored = Readonly<Record<string, string>>;
/** What is to be written and removed at once. */
export type PropertiesChange = Parameters<Properties['change']>[0];

/** Several changes made one: each is worked out from what the ones before have left. */
export class Changes {
  now: Record<string, string>;
  private readonly write = new Map<string, string>();
  private readonly remove = new Set<string>();

  constructor(stored: Stored) {
    this.now = { ...stored };
  }

  add({ write = new Map(), remove = [] }: PropertiesChange): void {
    for (const [name, value] of write) {
      this.now[name] = value;
      this.write.set(name, value);
      this.remove.delete(name);
    }
    for (const name of remove) {
      delete this.now[name];
      this.write.delete(name);
      this.remove.add(name);
    }
  }

  get change(): PropertiesChange {
    return { write: this.write, remove: [...this.remove] };
  }
}

/** The change after which a property holds this; undefined: after which it is not there. */
export function changeOf(name: string, stored: Stored, value: string | undefined): PropertiesChange {
  if (value === stored[name]) return {};
  return value === undefined ? { remove: [name] } : { write: new Map([[name, value]]) };
}
