import type { Metadata, MetadataLocation, Visibility } from '../model/metadata-store';
import { Refusal } from '../model/refusal';
import {
  constant,
  constantName,
  DeveloperMetadataLocationType,
  DeveloperMetadataVisibility,
  enumNameOf,
} from './enums';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member, served } from './signatures';

type GMetadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata;
type GLocation = GoogleAppsScript.Spreadsheet.DeveloperMetadataLocation;
type GVisibility = GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility;
type GLocationType = GoogleAppsScript.Spreadsheet.DeveloperMetadataLocationType;
type LocationMember = keyof GLocation;
type MetadataMember =
  | 'getId'
  | 'getKey'
  | 'getLocation'
  | 'getValue'
  | 'getVisibility'
  | 'remove'
  | 'setKey'
  | 'setValue'
  | 'setVisibility';

/** The argument lists of every `addDeveloperMetadata`. */
export const ADD_METADATA: readonly string[] = [
  'text',
  'text,DeveloperMetadataVisibility',
  'text,text',
  'text,text,DeveloperMetadataVisibility',
];

/**
 * Adds metadata as `addDeveloperMetadata(key, value?, visibility?)` does.
 * Without a visibility it is DOCUMENT [code brucemcpherson/gas-fakes].
 */
export function addMetadata(
  session: Session,
  location: MetadataLocation,
  key: string,
  valueOrVisibility?: string | GVisibility,
  visibility?: GVisibility,
): void {
  if (key === '') throw new Refusal('Invalid argument: key');
  const value = typeof valueOrVisibility === 'string' ? valueOrVisibility : null;
  const given = visibility ?? (enumNameOf(valueOrVisibility) ? valueOrVisibility : undefined);
  const name: Visibility = given === undefined ? 'DOCUMENT' : constantName(given);
  session.workbook.metadata.add({ key, value, visibility: name, location });
}

export const METADATA_MEMBERS: Record<MetadataMember, Member> = {
  getId: free(),
  getKey: free(),
  getLocation: free(),
  getValue: free(),
  getVisibility: free(),
  remove: served(),
  setKey: served('text'),
  setValue: served('text'),
  setVisibility: served('DeveloperMetadataVisibility'),
};

export class MetadataService extends Service<GMetadata> implements Pick<GMetadata, MetadataMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    private readonly entry: Metadata,
  ) {
    super(session);
  }

  getId(): number {
    return this.#present.id;
  }

  getKey(): string {
    return this.#present.key;
  }

  getValue(): string | null {
    return this.#present.value;
  }

  getVisibility(): GVisibility {
    return constant(DeveloperMetadataVisibility, this.#present.visibility);
  }

  getLocation(): GLocation {
    return this.objects.location({ ...this.#present.location });
  }

  setKey(key: string): GMetadata {
    if (key === '') throw new Refusal('Invalid argument: key');
    this.#present.key = key;
    return this.self;
  }

  setValue(value: string): GMetadata {
    this.#present.value = value;
    return this.self;
  }

  setVisibility(visibility: GVisibility): GMetadata {
    this.#present.visibility = constantName(visibility);
    return this.self;
  }

  remove(): void {
    const { id } = this.#present;
    this.session.workbook.metadata.remove(entry => entry.id === id);
  }

  get #present(): Metadata {
    if (!this.session.workbook.metadata.all().includes(this.entry)) {
      throw new Refusal('The developer metadata no longer exists.');
    }
    return this.entry;
  }
}

export const LOCATION_MEMBERS: Record<LocationMember, Member> = {
  getColumn: free(),
  getLocationType: free(),
  getRow: free(),
  getSheet: free(),
  getSpreadsheet: free(),
};

export class LocationService extends Service<GLocation> implements Pick<GLocation, LocationMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    private readonly location: MetadataLocation,
  ) {
    super(session);
  }

  getLocationType(): GLocationType {
    return constant(DeveloperMetadataLocationType, this.location.type);
  }

  getSpreadsheet(): GoogleAppsScript.Spreadsheet.Spreadsheet | null {
    return this.location.type === 'SPREADSHEET' ? this.objects.spreadsheet() : null;
  }

  getSheet(): GoogleAppsScript.Spreadsheet.Sheet | null {
    const { type, sheetId } = this.location;
    return type === 'SHEET' ? this.objects.sheet(this.session.workbook.sheet(sheetId!)) : null;
  }

  getRow(): GoogleAppsScript.Spreadsheet.Range | null {
    const { type, sheetId, line } = this.location;
    if (type !== 'ROW') return null;
    const sheet = this.session.workbook.sheet(sheetId!);
    const area = { row: line!, column: 1, rows: 1, columns: sheet.maxColumns };
    return this.objects.range(sheet, area, 'rows');
  }

  getColumn(): GoogleAppsScript.Spreadsheet.Range | null {
    const { type, sheetId, line } = this.location;
    if (type !== 'COLUMN') return null;
    const sheet = this.session.workbook.sheet(sheetId!);
    const area = { row: 1, column: line!, rows: sheet.maxRows, columns: 1 };
    return this.objects.range(sheet, area, 'columns');
  }
}
