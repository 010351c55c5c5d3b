import { type Area, contains, overlaps } from '../model/area';
import type { Metadata } from '../model/metadata-store';
import { Refusal } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import { constantName } from './enums';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member, served } from './signatures';

type GFinder = GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder;
type GVisibility = GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility;
type GLocationType = GoogleAppsScript.Spreadsheet.DeveloperMetadataLocationType;

export const FINDER_MEMBERS: Record<keyof GFinder, Member> = {
  find: served(),
  onIntersectingLocations: free(),
  withId: free('int'),
  withKey: free('text'),
  withLocationType: free('DeveloperMetadataLocationType'),
  withValue: free('text'),
  withVisibility: free('DeveloperMetadataVisibility'),
};

/**
 * Where a finder looks: the whole spreadsheet; a sheet with its rows and columns; or a range, which means the rows
 * and columns that lie wholly inside it [doc SS-developer-metadata-finder, SS-sheet, SS-range].
 */
export interface FinderScope {
  sheet?: Sheet;
  area?: Area;
}

export class MetadataFinderService extends Service<GFinder> implements Pick<GFinder, keyof GFinder> {
  readonly #wanted: ((entry: Metadata) => boolean)[] = [];
  #intersecting = false;

  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    private readonly scope: FinderScope,
  ) {
    super(session);
  }

  withId(id: number): GFinder {
    return this.#with(entry => entry.id === id);
  }

  withKey(key: string): GFinder {
    return this.#with(entry => entry.key === key);
  }

  withValue(value: string): GFinder {
    return this.#with(entry => entry.value === value);
  }

  withLocationType(type: GLocationType): GFinder {
    return this.#with(entry => entry.location.type === constantName(type));
  }

  withVisibility(visibility: GVisibility): GFinder {
    return this.#with(entry => entry.visibility === constantName(visibility));
  }

  onIntersectingLocations(): GFinder {
    if (!this.scope.area)
      throw new Refusal('onIntersectingLocations is only valid for range-scoped searches.');
    this.#intersecting = true;
    return this.self;
  }

  find(): GoogleAppsScript.Spreadsheet.DeveloperMetadata[] {
    const found = this.session.workbook.metadata.find(
      entry => this.#inScope(entry) && this.#wanted.every(wanted => wanted(entry)),
    );
    return this.session.realm.array(found.map(entry => this.objects.metadata(entry)));
  }

  #with(wanted: (entry: Metadata) => boolean): GFinder {
    this.#wanted.push(wanted);
    return this.self;
  }

  #inScope({ location: { type, sheetId, line = 0 } }: Metadata): boolean {
    const { sheet, area } = this.scope;
    if (!sheet) return true;
    if (!area) return sheetId === sheet.id;
    if (type === 'SPREADSHEET' || sheetId !== sheet.id) return this.#intersecting && type === 'SPREADSHEET';
    if (type === 'SHEET') return this.#intersecting;
    const place =
      type === 'ROW'
        ? { row: line, column: 1, rows: 1, columns: sheet.maxColumns }
        : { row: 1, column: line, rows: sheet.maxRows, columns: 1 };
    return this.#intersecting ? overlaps(area, place) : contains(area, place);
  }
}
