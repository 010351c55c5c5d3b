/** What the model says no with. The services turn it into the script's own exception, tests see it as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The language of the acting user; the platform translates its messages into it. */
export type MessageLanguage = 'en' | 'ru';

/** 10,000,000 cells a workbook, empty ones count [doc guides/sheets]. */
export const CELL_LIMIT = 10_000_000;
/** 50,000 characters a cell [field]. */
export const TEXT_LIMIT = 50_000;

/** The platform's texts as practitioners quote them; only the protection's Russian one is known. */
export const TEXT = {
  outsideGrid: 'The coordinates of the range are outside the dimensions of the sheet.',
  invalidCoordinates: 'The coordinates or dimensions of the range are invalid.',
  rowTooSmall: 'The starting row of the range is too small.',
  columnTooSmall: 'The starting column of the range is too small.',
  noRows: 'The number of rows in the range must be at least 1.',
  noColumns: 'The number of columns in the range must be at least 1.',
  rangeNotFound: 'Range not found',
  tooManyCharacters: `Your input contains more than the maximum of ${TEXT_LIMIT} characters in a single cell.`,
  tooManyCells: `This action would increase the number of cells in the workbook above the limit of ${CELL_LIMIT} cells.`,
  arbitraryMetadata:
    'Adding developer metadata to arbitrary ranges is not currently supported. Developer metadata may only be added to the top-level spreadsheet, an individual sheet, or an entire row or column.',
  lastSheet: "You can't remove all the sheets in a document.",
  lastVisibleSheet: "You can't hide all the sheets in a document.",
  sheetGone: 'The sheet no longer exists.',
  partOfMerge: 'You must select all cells in a merged range to merge or unmerge them.',
  viewer: 'You do not have permission to perform that action.',
  existingFilter: "You can't create a filter in a sheet that already has a filter.",
  shape: (what: 'rows' | 'columns', data: number, range: number) =>
    `The number of ${what} in the data does not match the number of ${what} in the range. The data has ${data} but the range has ${range}.`,
  linesOutOfBounds: (what: 'rows' | 'columns') => `Those ${what} are out of bounds.`,
  allNonFrozen: (what: 'rows' | 'columns') => `Sorry, it is not possible to delete all non-frozen ${what}.`,
  sheetExists: (title: string) =>
    `A sheet with the name "${title}" already exists. Please enter another name.`,
  validation: (cell: string, hint: string) =>
    `The data you entered in cell ${cell} violates the data validation rules set on this cell.${hint && ` ${hint}`}`,
  protection: (language: MessageLanguage) =>
    language === 'ru'
      ? 'Эта область защищена. Чтобы изменить ее, обратитесь к владельцу таблицы.'
      : 'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
  signature: (types: string, method: string) =>
    `The parameters (${types}) don't match the method signature for SpreadsheetApp.${method}.`,
} as const;
