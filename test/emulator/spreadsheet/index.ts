export type { Cell, Style } from './model/cell';
export { display } from './model/display';
export { Refusal } from './model/refusal';
export { Sheet } from './model/sheet';
export { Workbook, type WorkbookOptions } from './model/workbook';
export { SOME_EDITOR, type UserEdit, type WorkbookUser } from './model/workbook-user';
export { editEvent, spreadsheetApp } from './services/spreadsheet-app';
