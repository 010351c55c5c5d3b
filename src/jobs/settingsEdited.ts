import type { Outside } from '../ports';
import { ensureSheets, speaks } from './ensureSheets';
import { startAfreshInCopy } from './ownDocument';
import { showRuleProblems } from './rules';
import { takeSnapshot } from './snapshot';
import { tidySettings } from './tidySettings';

/**
 * A person changed a cell. In the settings sheet a token moves away at once, problems show at once, and a new
 * language is spoken at once; in the sheet of rules problems show at once.
 */
export function settingsEdited(outside: Outside, sheetId: number): void {
  const { workbook } = outside;
  if (workbook.isRules(sheetId)) showRuleProblems(outside, takeSnapshot(outside));
  if (!workbook.isSettings(sheetId)) return;
  startAfreshInCopy(outside);
  const snapshot = takeSnapshot(outside);
  tidySettings(outside, snapshot);
  if (!speaks(outside, snapshot)) ensureSheets(outside, snapshot);
}
