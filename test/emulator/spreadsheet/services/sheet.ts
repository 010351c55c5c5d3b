import { readA1 } from '../model/a1-notation';
import type { Area } from '../model/area';
import type { ConditionalRule } from '../model/conditional-rule';
import type { MetadataLocation } from '../model/metadata-store';
import { requireWritable } from '../model/protection';
import { Refusal, TEXT } from '../model/refusal';
import { requireColor } from './colors';
import type { RuleService } from './conditional-format';
import { ADD_METADATA, addMetadata } from './developer-metadata';
import { constantName } from './enums';
import { newProtection } from './protection';
import { type GSheet, LINE_MEMBERS, type LineMember, SheetLines } from './sheet-lines';
import { free, type Member, served } from './signatures';

type GRange = GoogleAppsScript.Spreadsheet.Range;
type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type GProtection = GoogleAppsScript.Spreadsheet.Protection;
type GVisibility = GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility;

type OwnMember =
  | 'activate'
  | 'addDeveloperMetadata'
  | 'appendRow'
  | 'clear'
  | 'clearConditionalFormatRules'
  | 'clearContents'
  | 'clearFormats'
  | 'clearNotes'
  | 'createDeveloperMetadataFinder'
  | 'getConditionalFormatRules'
  | 'getDataRange'
  | 'getDeveloperMetadata'
  | 'getFilter'
  | 'getIndex'
  | 'getName'
  | 'getParent'
  | 'getProtections'
  | 'getRange'
  | 'getSheetId'
  | 'getSheetName'
  | 'getTabColor'
  | 'hideSheet'
  | 'isSheetHidden'
  | 'protect'
  | 'setConditionalFormatRules'
  | 'setName'
  | 'setTabColor'
  | 'showSheet'
  | 'sort';

export type SheetMember = LineMember | OwnMember;

export const SHEET_MEMBERS: Record<SheetMember, Member> = {
  ...LINE_MEMBERS,
  activate: served(),
  addDeveloperMetadata: served(...ADD_METADATA),
  appendRow: served('list'),
  clear: served('', 'object'),
  clearConditionalFormatRules: served(),
  clearContents: served(),
  clearFormats: served(),
  clearNotes: served(),
  createDeveloperMetadataFinder: free(),
  getConditionalFormatRules: served(),
  getDataRange: served(),
  getDeveloperMetadata: served(),
  getFilter: served(),
  getIndex: served(),
  getName: free(),
  getParent: free(),
  getProtections: served('ProtectionType'),
  getRange: free('text', 'int,int', 'int,int,int', 'int,int,int,int'),
  getSheetId: free(),
  getSheetName: free(),
  getTabColor: served(),
  hideSheet: served(),
  isSheetHidden: served(),
  protect: served(),
  setConditionalFormatRules: served('ConditionalFormatRule[]'),
  setName: served('text'),
  setTabColor: served('text|null'),
  showSheet: served(),
  sort: served('int', 'int,boolean'),
};

export class SheetService extends SheetLines implements Pick<GSheet, SheetMember> {
  getSheetId = (): number => this.sheet.id;
  getName = (): string => this.sheet.title;
  getSheetName = (): string => this.sheet.title;
  getParent = (): GoogleAppsScript.Spreadsheet.Spreadsheet => this.objects.spreadsheet();
  getIndex = (): number => this.session.workbook.sheets.indexOf(this.sheet) + 1;
  getTabColor = (): string | null => this.sheet.tabColor;
  isSheetHidden = (): boolean => this.sheet.hidden;

  setName(title: string): GSheet {
    this.session.workbook.rename(this.sheet, title);
    return this.self;
  }

  setTabColor(color: string | null): GSheet {
    this.sheet.tabColor = requireColor(color) ?? null;
    return this.self;
  }

  hideSheet(): GSheet {
    const visible = this.session.workbook.sheets.some(sheet => sheet !== this.sheet && !sheet.hidden);
    if (!visible) throw new Refusal(TEXT.lastVisibleSheet);
    this.sheet.hidden = true;
    return this.self;
  }

  showSheet(): GSheet {
    this.sheet.hidden = false;
    return this.self;
  }

  activate(): GSheet {
    this.session.activeSheet = this.sheet;
    return this.self;
  }

  getRange(rowOrA1: number | string, column?: number, rows = 1, columns = 1): GRange {
    const { sheet } = this;
    if (typeof rowOrA1 === 'string') {
      const { area, whole } = readA1(rowOrA1, sheet.maxRows, sheet.maxColumns);
      return this.objects.range(sheet, area, whole);
    }
    return this.objects.range(sheet, { row: rowOrA1, column: column!, rows, columns });
  }

  getDataRange(): GRange {
    const { lastRow, lastColumn } = this.sheet;
    const area = { row: 1, column: 1, rows: Math.max(1, lastRow), columns: Math.max(1, lastColumn) };
    return this.objects.range(this.sheet, area);
  }

  /** Below the last row with content; a new grid row, when one is needed, takes over no look. */
  appendRow(values: unknown[]): GSheet {
    const { sheet, session } = this;
    if (values.length === 0) throw new Refusal(TEXT.signature('Object[]', 'Sheet.appendRow'));
    const row = sheet.lastRow + 1;
    const structure = session.workbook.structure(sheet);
    const moreColumns = values.length - sheet.maxColumns;
    if (moreColumns > 0) {
      session.workbook.requireRoom(moreColumns * sheet.maxRows);
      structure.insert('column', sheet.maxColumns + 1, moreColumns);
    }
    if (row > sheet.maxRows) {
      session.workbook.requireRoom(sheet.maxColumns);
      structure.insert('row', row, 1);
    }
    this.#inside({ row, column: 1, rows: 1, columns: values.length }).setValues([values]);
    return this.self;
  }

  clear(options: { contentsOnly?: boolean | undefined; formatOnly?: boolean | undefined } = {}): GSheet {
    if (!options.formatOnly) this.#used().clearContent();
    if (!options.contentsOnly) this.clearFormats();
    return this.self;
  }

  clearContents(): GSheet {
    this.#used().clearContent();
    return this.self;
  }

  /** Conditional formats are formats too [doc SS-sheet `clear`]. */
  clearFormats(): GSheet {
    this.#requireRules([]);
    this.#touched().clearFormat();
    this.sheet.conditionalRules = [];
    return this.self;
  }

  clearNotes(): GSheet {
    this.#touched().clearNote();
    return this.self;
  }

  /** Sorts the rows below the frozen ones. */
  sort(column: number, ascending = true): GSheet {
    const { sheet } = this;
    this.lines('column', column, 1);
    const row = sheet.frozenRows + 1;
    const area = { row, column: 1, rows: sheet.maxRows - row + 1, columns: sheet.maxColumns };
    this.#inside(area).sort(this.session.realm.object({ column, ascending }));
    return this.self;
  }

  getFilter(): GoogleAppsScript.Spreadsheet.Filter | null {
    return this.sheet.filter ? this.objects.filter(this.sheet) : null;
  }

  protect(): GProtection {
    const { sheet } = this;
    const existing = sheet.protections.find(protection => !protection.area);
    if (existing) return this.objects.protection(sheet, existing);
    const protection = newProtection(this.session, undefined);
    sheet.protections.push(protection);
    return this.objects.protection(sheet, protection);
  }

  getProtections(type: GoogleAppsScript.Spreadsheet.ProtectionType): GProtection[] {
    const ofSheet = constantName(type) === 'SHEET';
    const found = this.sheet.protections.filter(protection => !protection.area === ofSheet);
    return this.session.realm.array(found.map(protection => this.objects.protection(this.sheet, protection)));
  }

  getConditionalFormatRules(): GRule[] {
    return this.session.realm.array(
      this.sheet.conditionalRules.map(rule => this.objects.rule(this.sheet, rule)),
    );
  }

  /** Replaces all rules [doc SS-sheet]. */
  setConditionalFormatRules(rules: GRule[]): void {
    const inside = rules.map(rule => this.session.unwrap<RuleService>(rule));
    if (inside.some(rule => rule.sheet !== this.sheet)) {
      throw new Refusal('All ranges of a conditional format rule must be on this sheet.');
    }
    const replacing = inside.map(({ rule }) => rule);
    this.#requireRules(replacing);
    this.sheet.conditionalRules = replacing;
  }

  clearConditionalFormatRules(): void {
    this.#requireRules([]);
    this.sheet.conditionalRules = [];
  }

  addDeveloperMetadata(
    key: string,
    valueOrVisibility?: string | GVisibility,
    visibility?: GVisibility,
  ): GSheet {
    addMetadata(this.session, this.#place, key, valueOrVisibility, visibility);
    return this.self;
  }

  getDeveloperMetadata(): GoogleAppsScript.Spreadsheet.DeveloperMetadata[] {
    const found = this.session.workbook.metadata.at(this.#place);
    return this.session.realm.array(found.map(entry => this.objects.metadata(entry)));
  }

  createDeveloperMetadataFinder(): GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder {
    return this.objects.finder({ sheet: this.sheet });
  }

  /** @throws Refusal when a new rule leaves the grid, or a new or an old one lies where this user may not write */
  #requireRules(replacing: readonly ConditionalRule[]): void {
    const { sheet } = this;
    const { writing } = this.session;
    for (const area of replacing.flatMap(({ areas }) => areas)) sheet.requireInside(area);
    const touched = [...sheet.conditionalRules, ...replacing].flatMap(({ areas }) => areas);
    for (const area of touched) requireWritable(sheet, area, writing);
  }

  get #place(): MetadataLocation {
    return { type: 'SHEET', sheetId: this.sheet.id };
  }

  /** A range behind its wrapper: the sheet's own call is the one that costs. */
  #inside(area: Area): GRange {
    return this.session.unwrap<GRange>(this.objects.range(this.sheet, area));
  }

  #used(): GRange {
    const { lastRow, lastColumn } = this.sheet;
    return this.#inside({ row: 1, column: 1, rows: Math.max(1, lastRow), columns: Math.max(1, lastColumn) });
  }

  /** As far as there are cells at all, formatted ones included. */
  #touched(): GRange {
    const { rows } = this.sheet;
    const width = rows.reduce((most, row) => Math.max(most, row?.length ?? 0), 1);
    const height = rows.reduce((last, row, i) => (row ? i + 1 : last), 1);
    return this.#inside({ row: 1, column: 1, rows: height, columns: width });
  }
}
