import { SheetProtected } from '../ports';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Protection = GoogleAppsScript.Spreadsheet.Protection;

/**
 * Does something to a sheet. Where that is refused and the sheet, or a range of it in our columns, is protected
 * against whoever runs this, the error says so.
 * @throws SheetProtected
 */
export function onUnprotected<T>(sheet: Sheet, columns: () => Iterable<number>, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw protectionAgainstUs(sheet, columns) ?? error;
  }
}

function protectionAgainstUs(sheet: Sheet, columns: () => Iterable<number>): SheetProtected | undefined {
  try {
    const { RANGE, SHEET } = SpreadsheetApp.ProtectionType;
    const ours = [...columns()];
    const against = [...sheet.getProtections(SHEET), ...sheet.getProtections(RANGE)].filter(
      protection => touches(protection, ours) && !protection.canEdit(),
    );
    return against.length === 0
      ? undefined
      : new SheetProtected(sheet.getName(), [...new Set(against.flatMap(editorsOf))]);
  } catch {
    // Who cannot even ask for the protections has another trouble: its own error tells it.
    return undefined;
  }
}

function touches(protection: Protection, ours: readonly number[]): boolean {
  const range = protection.getRange();
  const first = range.getColumn();
  return ours.length === 0 || ours.some(column => column >= first && column <= range.getLastColumn());
}

/** The platform may refuse to name the editors to those who are none ([doc SS-protection]). */
function editorsOf(protection: Protection): string[] {
  try {
    return protection
      .getEditors()
      .map(editor => editor.getEmail())
      .filter(address => address !== '');
  } catch {
    return [];
  }
}
