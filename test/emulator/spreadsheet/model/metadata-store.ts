import { type Axis, type AxisChange, lineAfter } from './axis-change';

export type LocationType = 'SPREADSHEET' | 'SHEET' | 'ROW' | 'COLUMN';
export type Visibility = 'DOCUMENT' | 'PROJECT';

export interface MetadataLocation {
  type: LocationType;
  /** Absent for the spreadsheet. */
  sheetId?: number;
  /** The row or the column, from 1. */
  line?: number;
}

export interface Metadata {
  readonly id: number;
  key: string;
  value: string | null;
  visibility: Visibility;
  location: MetadataLocation;
}

/** All developer metadata of a workbook. The same key may stand any number of times. */
export class MetadataStore {
  #all: Metadata[] = [];
  #lastId = 0;

  add(entry: Omit<Metadata, 'id'>): Metadata {
    // Ids are unique and not consecutive, so that nobody counts on them.
    this.#lastId += 7919;
    const added: Metadata = { id: this.#lastId, ...entry };
    this.#all.push(added);
    return added;
  }

  all(): readonly Metadata[] {
    return this.#all;
  }

  find(matches: (entry: Metadata) => boolean): Metadata[] {
    return this.#all.filter(matches);
  }

  at(location: MetadataLocation): Metadata[] {
    const { type, sheetId, line } = location;
    return this.find(({ location: l }) => l.type === type && l.sheetId === sheetId && l.line === line);
  }

  remove(gone: (entry: Metadata) => boolean): void {
    this.#all = this.#all.filter(entry => !gone(entry));
  }

  /** A copied sheet gets what its original carries, its rows' and columns' included. */
  copy(fromSheet: number, toSheet: number): void {
    for (const { id: _, location, ...entry } of this.find(({ location: l }) => l.sheetId === fromSheet)) {
      this.add({ ...entry, location: { ...location, sheetId: toSheet } });
    }
  }

  /** A copied file gets what its original carries, but what only the original's script may see. */
  copyFrom(original: MetadataStore): void {
    const visible = original.#all.filter(({ visibility }) => visibility === 'DOCUMENT');
    this.#all = visible.map(entry => ({ ...entry, location: { ...entry.location } }));
    this.#lastId = original.#lastId;
  }

  /** Carries rows' and columns' metadata along; that of deleted ones goes with them. */
  follow(sheetId: number, axis: Axis, change: AxisChange): void {
    const type: LocationType = axis === 'row' ? 'ROW' : 'COLUMN';
    this.#all = this.#all.filter(entry => {
      const { location } = entry;
      if (location.type !== type || location.sheetId !== sheetId) return true;
      const line = lineAfter(change, location.line ?? 0);
      if (line === undefined) return false;
      entry.location = { ...location, line };
      return true;
    });
  }
}
