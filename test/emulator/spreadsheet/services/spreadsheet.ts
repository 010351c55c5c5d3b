import { isAtSheet } from '../../contract';
import { readA1 } from '../model/a1-notation';
import type { MetadataLocation } from '../model/metadata-store';
import { Refusal, TEXT } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import { ADD_METADATA, addMetadata } from './developer-metadata';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import type { SheetService } from './sheet';
import { free, type Member, served } from './signatures';

type GSpreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type GSheet = GoogleAppsScript.Spreadsheet.Sheet;
type GVisibility = GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility;

type SpreadsheetMember =
  | 'addDeveloperMetadata'
  | 'createDeveloperMetadataFinder'
  | 'deleteSheet'
  | 'getActiveSheet'
  | 'getDeveloperMetadata'
  | 'getId'
  | 'getName'
  | 'getNumSheets'
  | 'getRange'
  | 'getSheetById'
  | 'getSheetByName'
  | 'getSheets'
  | 'getSpreadsheetLocale'
  | 'getSpreadsheetTimeZone'
  | 'getUrl'
  | 'insertSheet'
  | 'moveActiveSheet'
  | 'setActiveSheet'
  | 'setSpreadsheetLocale'
  | 'setSpreadsheetTimeZone'
  | 'toast';

export const SPREADSHEET_MEMBERS: Record<SpreadsheetMember, Member> = {
  addDeveloperMetadata: served(...ADD_METADATA),
  createDeveloperMetadataFinder: free(),
  deleteSheet: served('Sheet'),
  getActiveSheet: served(),
  getDeveloperMetadata: served(),
  getId: free(),
  getName: free(),
  getNumSheets: served(),
  // A handle, as the sheet's own `getRange` gives it.
  getRange: free('text'),
  getSheetById: served('int'),
  getSheetByName: served('text'),
  getSheets: served(),
  getSpreadsheetLocale: served(),
  getSpreadsheetTimeZone: served(),
  getUrl: free(),
  insertSheet: served('', 'int', 'text', 'text,int'),
  moveActiveSheet: served('int'),
  setActiveSheet: served('Sheet', 'Sheet,boolean'),
  setSpreadsheetLocale: served('text'),
  setSpreadsheetTimeZone: served('text'),
  toast: served('text', 'text,text', 'text,text,number|null'),
};

export class SpreadsheetService
  extends Service<GSpreadsheet>
  implements Pick<GSpreadsheet, SpreadsheetMember>
{
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
  ) {
    super(session);
  }

  getId = (): string => this.#book.id;
  getName = (): string => this.#book.name;
  getUrl = (): string => `https://docs.google.com/spreadsheets/d/${this.#book.id}/edit`;
  getNumSheets = (): number => this.#book.sheets.length;
  getSpreadsheetLocale = (): string => this.#book.locale.name;
  getSpreadsheetTimeZone = (): string => this.#book.timeZone;

  setSpreadsheetLocale(locale: string): void {
    this.#book.localeName = locale;
  }

  setSpreadsheetTimeZone(zone: string): void {
    this.#book.timeZone = zone;
  }

  getSheets(): GSheet[] {
    return this.session.realm.array(this.#book.sheets.map(sheet => this.objects.sheet(sheet)));
  }

  getSheetByName(title: string): GSheet | null {
    return this.#handle(this.#book.sheets.find(sheet => sheet.title === title));
  }

  getSheetById(id: number): GSheet | null {
    return this.#handle(this.#book.sheets.find(sheet => sheet.id === id));
  }

  /** With the sheet's title in front ([doc SS-spreadsheet] getRange); without one, which the platform takes, it is refused. */
  getRange(notation: string): GoogleAppsScript.Spreadsheet.Range {
    const [, quoted, plain, cells] = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(notation) ?? [];
    const title = quoted?.replace(/''/g, "'") ?? plain;
    const sheet = this.#book.sheets.find(one => one.title === title);
    if (!sheet || cells === undefined) throw new Refusal(TEXT.rangeNotFound);
    const { area, whole } = readA1(cells, sheet.maxRows, sheet.maxColumns);
    return this.objects.range(sheet, area, whole);
  }

  getActiveSheet(): GSheet {
    return this.objects.sheet(this.session.activeSheet);
  }

  setActiveSheet(sheet: GSheet): GSheet {
    this.session.activeSheet = this.#present(sheet);
    return sheet;
  }

  /** The new sheet becomes the active one. Without an index it stands behind the sheet that was active. */
  insertSheet(titleOrIndex?: unknown, indexGiven?: unknown): GSheet {
    const { sheets } = this.#book;
    const title = typeof titleOrIndex === 'string' ? titleOrIndex : undefined;
    const given = typeof titleOrIndex === 'number' ? titleOrIndex : indexGiven;
    const index = typeof given === 'number' ? given : sheets.indexOf(this.session.activeSheet) + 1;
    if (index < 0 || index > sheets.length) throw new Refusal(`Invalid argument: sheetIndex ${index}`);
    const sheet = this.#book.addSheet(title, index);
    this.session.activeSheet = sheet;
    return this.objects.sheet(sheet);
  }

  deleteSheet(sheet: GSheet): void {
    this.#book.removeSheet(this.#present(sheet));
  }

  /** @param position from 1 */
  moveActiveSheet(position: number): void {
    const { sheets } = this.#book;
    if (position < 1 || position > sheets.length) throw new Refusal(`Invalid argument: pos ${position}`);
    const sheet = this.session.activeSheet;
    sheets.splice(sheets.indexOf(sheet), 1);
    sheets.splice(position - 1, 0, sheet);
  }

  /** What it does where nobody looks at the sheet is not documented; here it fails. */
  toast(message: string, title = '', seconds: number | null = 5): void {
    const { execution } = this.session;
    if (!isAtSheet(execution.context)) {
      throw new Refusal('Cannot call Spreadsheet.toast from this context.');
    }
    this.#book.toasts.push({ message, title, seconds });
    execution.toast?.({ text: message, title });
  }

  addDeveloperMetadata(
    key: string,
    valueOrVisibility?: string | GVisibility,
    visibility?: GVisibility,
  ): GSpreadsheet {
    addMetadata(this.session, PLACE, key, valueOrVisibility, visibility);
    return this.self;
  }

  getDeveloperMetadata(): GoogleAppsScript.Spreadsheet.DeveloperMetadata[] {
    const found = this.#book.metadata.at(PLACE);
    return this.session.realm.array(found.map(entry => this.objects.metadata(entry)));
  }

  createDeveloperMetadataFinder(): GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder {
    return this.objects.finder({});
  }

  get #book() {
    return this.session.workbook;
  }

  #handle(sheet: Sheet | undefined): GSheet | null {
    return sheet ? this.objects.sheet(sheet) : null;
  }

  #present(handle: GSheet): Sheet {
    const { sheet } = this.session.unwrap<SheetService>(handle);
    if (!this.#book.sheets.includes(sheet)) throw new Refusal(TEXT.sheetGone);
    return sheet;
  }
}

const PLACE: MetadataLocation = { type: 'SPREADSHEET' };
