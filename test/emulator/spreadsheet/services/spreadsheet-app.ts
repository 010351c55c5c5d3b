import type { Execution } from '../../contract';
import { Refusal, TEXT } from '../model/refusal';
import type { Workbook } from '../model/workbook';
import type { UserEdit } from '../model/workbook-user';
import {
  BorderStyle,
  DataValidationCriteria,
  DeveloperMetadataLocationType,
  DeveloperMetadataVisibility,
  InterpolationType,
  LIMITED,
  ProtectionType,
  WrapStrategy,
} from './enums';
import { objectMaker } from './object-maker';
import type { ScriptObjects } from './script-objects';
import { Service, Session } from './session';
import { free, type Member, served } from './signatures';

type GApp = GoogleAppsScript.Spreadsheet.SpreadsheetApp;
type GSpreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type AppMember =
  | 'create'
  | 'flush'
  | 'getActive'
  | 'getActiveSheet'
  | 'getActiveSpreadsheet'
  | 'getUi'
  | 'newConditionalFormatRule'
  | 'newDataValidation'
  | 'openById'
  | 'openByUrl'
  | 'setActiveSheet';

const APP_MEMBERS: Record<AppMember, Member> = {
  create: served('text', 'text,int,int'),
  flush: served(),
  getActive: free(),
  getActiveSheet: served(),
  getActiveSpreadsheet: free(),
  getUi: free(),
  newConditionalFormatRule: free(),
  newDataValidation: free(),
  openById: served('text'),
  openByUrl: served('text'),
  setActiveSheet: served('Sheet', 'Sheet,boolean'),
};

const ENUMS = {
  BorderStyle,
  DataValidationCriteria,
  DeveloperMetadataLocationType,
  DeveloperMetadataVisibility,
  InterpolationType,
  ProtectionType,
  WrapStrategy,
};

class SpreadsheetAppService extends Service<GApp> implements Pick<GApp, AppMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    private readonly ui: () => object,
  ) {
    super(session);
  }

  getActiveSpreadsheet = (): GSpreadsheet => this.objects.spreadsheet();
  getActive = (): GSpreadsheet => this.objects.spreadsheet();
  getActiveSheet = (): GoogleAppsScript.Spreadsheet.Sheet => this.objects.sheet(this.session.activeSheet);
  getUi = (): GoogleAppsScript.Base.Ui => this.ui() as GoogleAppsScript.Base.Ui;
  newDataValidation = (): GoogleAppsScript.Spreadsheet.DataValidationBuilder =>
    this.objects.validationBuilder();
  newConditionalFormatRule = (): GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder =>
    this.objects.ruleBuilder();

  setActiveSheet(sheet: GoogleAppsScript.Spreadsheet.Sheet): GoogleAppsScript.Spreadsheet.Sheet {
    return this.session.unwrap<GSpreadsheet>(this.objects.spreadsheet()).setActiveSheet(sheet);
  }

  /** Every write is applied at once here, so there is nothing left to do. */
  flush(): void {}

  openById = (): never => this.#otherFile('openById');
  openByUrl = (): never => this.#otherFile('openByUrl');
  create = (): never => this.#otherFile('create');

  /** Other files are out of reach under `spreadsheets.currentonly` [field]; there are none here under any scope. */
  #otherFile(method: string): never {
    this.session.execution.needScope('spreadsheets', `SpreadsheetApp.${method}`);
    throw new Refusal(`SpreadsheetApp.${method} is not emulated`);
  }
}

/** The script's `SpreadsheetApp` for one execution, bound to the workbook. */
export function spreadsheetApp(execution: Execution, workbook: Workbook, ui: () => object): object {
  const session = sessionOf(execution, workbook);
  const service = new SpreadsheetAppService(session, objectMaker(session), ui);
  const app = session.expose({ name: 'SpreadsheetApp', members: APP_MEMBERS }, service as never) as object;
  const named = new Map<string, object>(
    Object.entries<object>(ENUMS).map(([name, constants]) => [
      name,
      session.enumeration(`SpreadsheetApp.${name}`, constants),
    ]),
  );
  return new Proxy(app, {
    get: (target, key, receiver) =>
      (typeof key === 'string' && named.get(key)) || Reflect.get(target, key, receiver),
  });
}

/**
 * The event object of a simple `onEdit` [doc EV]. `value` and `oldValue` are absent when the cell is, or was, empty.
 * @param authMode `ScriptApp.AuthMode.LIMITED` of the execution; without it a constant of that name
 */
export function editEvent(
  execution: Execution,
  workbook: Workbook,
  edit: UserEdit,
  authMode: unknown = LIMITED,
): object {
  const session = sessionOf(execution, workbook);
  const objects = objectMaker(session);
  const sheet = workbook.sheets.find(({ id }) => id === edit.sheetId);
  if (!sheet) throw execution.realm.exception(TEXT.sheetGone);
  const area = { row: edit.row, column: edit.column, rows: 1, columns: 1 };
  return execution.realm.object({
    authMode,
    source: objects.spreadsheet(),
    range: objects.range(sheet, area),
    ...(edit.value !== undefined && { value: edit.value }),
    ...(edit.oldValue !== undefined && { oldValue: edit.oldValue }),
  });
}

const sessions = new WeakMap<Execution, Session>();

/** One session an execution: an event's range and SpreadsheetApp's sheets must know each other. */
function sessionOf(execution: Execution, workbook: Workbook): Session {
  let session = sessions.get(execution);
  if (!session || session.workbook !== workbook) {
    session = new Session(execution, workbook);
    sessions.set(execution, session);
  }
  return session;
}
