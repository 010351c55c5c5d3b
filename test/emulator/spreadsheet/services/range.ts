import { overlaps } from '../model/area';
import type { MetadataLocation } from '../model/metadata-store';
import { Refusal, TEXT } from '../model/refusal';
import { type SortKey, sortArea } from '../model/row-order';
import type { ValidationRule } from '../model/validation-rule';
import type { DataValidationService } from './data-validation';
import { ADD_METADATA, addMetadata } from './developer-metadata';
import { newProtection } from './protection';
import { CONTENT_MEMBERS, type ContentMember } from './range-contents';
import { COORDINATE_MEMBERS, type CoordinateMember, type GRange } from './range-coordinates';
import { LOOK_MEMBERS, type LookMember, RangeLook } from './range-look';
import { free, type Member, served } from './signatures';

type GValidation = GoogleAppsScript.Spreadsheet.DataValidation;
type GMetadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata;
type GVisibility = GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility;

type StructureMember =
  | 'activate'
  | 'addDeveloperMetadata'
  | 'breakApart'
  | 'clear'
  | 'clearDataValidations'
  | 'createDeveloperMetadataFinder'
  | 'createFilter'
  | 'getDataValidation'
  | 'getDataValidations'
  | 'getDeveloperMetadata'
  | 'getFilter'
  | 'getMergedRanges'
  | 'insertCheckboxes'
  | 'isPartOfMerge'
  | 'merge'
  | 'mergeVertically'
  | 'protect'
  | 'setDataValidation'
  | 'setDataValidations'
  | 'sort';

export type RangeMember = CoordinateMember | ContentMember | LookMember | StructureMember;

export const RANGE_MEMBERS: Record<RangeMember, Member> = {
  ...COORDINATE_MEMBERS,
  ...CONTENT_MEMBERS,
  ...LOOK_MEMBERS,
  activate: served(),
  addDeveloperMetadata: served(...ADD_METADATA),
  breakApart: served(),
  clear: served('', 'object'),
  clearDataValidations: served(),
  createDeveloperMetadataFinder: free(),
  createFilter: served(),
  getDataValidation: served(),
  getDataValidations: served(),
  getDeveloperMetadata: served(),
  getFilter: served(),
  getMergedRanges: served(),
  insertCheckboxes: served('', 'any', 'any,any'),
  isPartOfMerge: served(),
  merge: served(),
  mergeVertically: served(),
  protect: served(),
  setDataValidation: served('DataValidation|null'),
  setDataValidations: served('grid'),
  sort: served('int', 'object', 'list'),
};

interface ClearOptions {
  contentsOnly?: boolean | undefined;
  formatOnly?: boolean | undefined;
  validationsOnly?: boolean | undefined;
  commentsOnly?: boolean | undefined;
  skipFilteredRows?: boolean | undefined;
}

export class RangeService extends RangeLook implements Pick<GRange, RangeMember> {
  activate(): GRange {
    this.session.activeSheet = this.sheet;
    return this.self;
  }

  clear(options: ClearOptions = {}): GRange {
    if (options.skipFilteredRows) throw new Refusal('Range.clear with skipFilteredRows is not emulated');
    const { contentsOnly, formatOnly, validationsOnly, commentsOnly } = options;
    const everything = !contentsOnly && !formatOnly && !validationsOnly && !commentsOnly;
    if (everything || contentsOnly) this.clearContent();
    if (everything || formatOnly) this.clearFormat();
    if (everything || validationsOnly) this.clearDataValidations();
    if (everything || commentsOnly) this.clearNote();
    return this.self;
  }

  setDataValidation(rule: GValidation | null): GRange {
    const checked = this.#rule(rule);
    return this.change(cell => {
      cell.validation = checked;
    });
  }

  setDataValidations(rules: (GValidation | null)[][]): GRange {
    this.requireShape(rules);
    const checked = rules.map(line => line.map(rule => this.#rule(rule)));
    return this.change((cell, i, j) => {
      cell.validation = checked[i]![j];
    });
  }

  clearDataValidations(): GRange {
    return this.setDataValidation(null);
  }

  getDataValidation(): GValidation | null {
    return this.first(cell => (cell?.validation ? this.objects.validation(cell.validation) : null));
  }

  getDataValidations(): (GValidation | null)[][] {
    return this.read(cell => (cell?.validation ? this.objects.validation(cell.validation) : null));
  }

  insertCheckboxes(checked?: unknown, unchecked?: unknown): GRange {
    const values = [checked, unchecked].filter(value => value !== undefined);
    const rule: ValidationRule = { criteria: 'CHECKBOX', values, allowInvalid: false, helpText: '' };
    this.change(cell => {
      cell.validation = rule;
      if (values.length === 0 && !cell.filled) cell.value = false;
    });
    this.sheet.contentChanged();
    return this.self;
  }

  merge(): GRange {
    this.requireWritable();
    this.sheet.merge(this.area);
    return this.self;
  }

  mergeVertically(): GRange {
    this.requireWritable();
    const { column, columns } = this.area;
    for (let at = column; at < column + columns; at++) {
      this.sheet.merge({ ...this.area, column: at, columns: 1 });
    }
    return this.self;
  }

  breakApart(): GRange {
    this.requireWritable();
    this.sheet.breakApart(this.area);
    return this.self;
  }

  /** Also those that only reach into the range [doc SS-range]. */
  getMergedRanges(): GRange[] {
    const merges = this.sheet.merges.filter(merge => overlaps(merge, this.area));
    return this.session.realm.array(merges.map(merge => this.objects.range(this.sheet, merge)));
  }

  isPartOfMerge(): boolean {
    return this.sheet.merges.some(merge => overlaps(merge, this.area));
  }

  createFilter(): GoogleAppsScript.Spreadsheet.Filter {
    if (this.sheet.filter) throw new Refusal(TEXT.existingFilter);
    this.sheet.filter = this.area;
    return this.objects.filter(this.sheet);
  }

  getFilter(): GoogleAppsScript.Spreadsheet.Filter | null {
    return this.sheet.filter ? this.objects.filter(this.sheet) : null;
  }

  protect(): GoogleAppsScript.Spreadsheet.Protection {
    const protection = newProtection(this.session, this.area);
    this.sheet.protections.push(protection);
    return this.objects.protection(this.sheet, protection);
  }

  sort(spec: unknown): GRange {
    this.requireWritable();
    const keys = (Array.isArray(spec) ? spec : [spec]).map(sortKey);
    if (keys.length === 0) throw new Refusal(TEXT.signature('Object[]', 'Range.sort'));
    const { sheet, area, session } = this;
    sortArea(sheet, session.workbook.structure(sheet), area, keys, session.workbook.locale.name);
    return this.self;
  }

  addDeveloperMetadata(
    key: string,
    valueOrVisibility?: string | GVisibility,
    visibility?: GVisibility,
  ): GRange {
    const line = this.#line();
    if (!line) throw new Refusal(TEXT.arbitraryMetadata);
    addMetadata(this.session, line, key, valueOrVisibility, visibility);
    return this.self;
  }

  getDeveloperMetadata(): GMetadata[] {
    const line = this.#line();
    const found = line ? this.session.workbook.metadata.at(line) : [];
    return this.session.realm.array(found.map(entry => this.objects.metadata(entry)));
  }

  createDeveloperMetadataFinder(): GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder {
    return this.objects.finder({ sheet: this.sheet, area: this.area });
  }

  /** The one row or column that the range was asked for as a whole; one given by numbers is none [field]. */
  #line(): MetadataLocation | undefined {
    const { whole, area, sheet } = this;
    if (whole === 'rows' && area.rows === 1) return { type: 'ROW', sheetId: sheet.id, line: area.row };
    if (whole === 'columns' && area.columns === 1)
      return { type: 'COLUMN', sheetId: sheet.id, line: area.column };
    return undefined;
  }

  #rule(rule: GValidation | null): ValidationRule | undefined {
    if (rule === null) return undefined;
    const service = this.session.unwrap<DataValidationService | undefined>(rule);
    if (!service?.rule) throw new Refusal(TEXT.signature('Object[][]', 'Range.setDataValidations'));
    return service.rule;
  }
}

/** A column number counts from the sheet's first column; negative numbers are refused. */
function sortKey(spec: unknown): SortKey {
  const { column, ascending = true } = (typeof spec === 'number' ? { column: spec } : Object(spec)) as {
    column?: unknown;
    ascending?: unknown;
  };
  if (!Number.isInteger(column) || (column as number) < 1 || typeof ascending !== 'boolean') {
    throw new Refusal(TEXT.signature('Object', 'Range.sort'));
  }
  return { column: column as number, ascending };
}
