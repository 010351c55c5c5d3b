/** Which service calls are so much alike for a sweep that a share of them stands for all. */

/** They tell what was fetched before, or prepare what is to be fetched: nothing happens outside the script. */
const LOCAL =
  /^(DeveloperMetadata\.|DeveloperMetadataLocation\.|DeveloperMetadataFinder\.with|DataValidationBuilder\.|SpreadsheetApp\.(getActive|getUi|newData)|Sheet\.(getName|getSheetId|getRange|getDataRange|createDeveloperMetadataFinder)$|Spreadsheet\.createDeveloperMetadataFinder$|Range\.(getColumn|getSheet)$)/;

/** They look at what is outside, and change nothing. */
const LOOK = /^(?!UrlFetchApp)\w+\.(get|is|has|can|find)/;

const SHARE = 10;

export function isLocal(call: string): boolean {
  return LOCAL.test(call);
}

export function isLook(call: string): boolean {
  return isLocal(call) || LOOK.test(call);
}

/** Of those that are alike every tenth stays, of the others all. */
export function withoutLikes<T>(all: readonly T[], isAlike: (one: T) => boolean): T[] {
  return all.filter((one, index) => !isAlike(one) || index % SHARE === 0);
}
