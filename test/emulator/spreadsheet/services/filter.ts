import { Refusal } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member, served } from './signatures';

type GFilter = GoogleAppsScript.Spreadsheet.Filter;
type FilterMember = 'getRange' | 'remove';

export const FILTER_MEMBERS: Record<FilterMember, Member> = { getRange: free(), remove: served() };

/** The filter of a sheet. Its criteria, and the rows they hide, are not imitated. */
export class FilterService extends Service<GFilter> implements Pick<GFilter, FilterMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    private readonly sheet: Sheet,
  ) {
    super(session);
  }

  getRange(): GoogleAppsScript.Spreadsheet.Range {
    if (!this.sheet.filter) throw new Refusal('The filter no longer exists.');
    return this.objects.range(this.sheet, this.sheet.filter);
  }

  remove(): void {
    this.sheet.filter = undefined;
  }
}
