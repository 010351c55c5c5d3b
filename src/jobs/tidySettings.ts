import { longLived } from '../core/connection';
import type { Outside } from '../ports';
import { withoutLoss } from './keeping';
import { CONNECTION, LAST_GOOD, LEGACY_TOKEN } from './propertyNames';
import type { Snapshot } from './snapshot';

/**
 * Puts the settings sheet in order: secrets typed into it move to the properties, and only then their cells get the
 * mask; the problem column says what is wrong now; good values are remembered.
 */
export function tidySettings(outside: Outside, { untidy }: Snapshot): void {
  const { properties, workbook } = outside;
  const { moved, masks, problemColumn, lastGood } = untidy;
  if (lastGood !== undefined) properties.change({ write: new Map([[LAST_GOOD, lastGood]]) });
  // Under the lock: a run that gets new tokens just now must not write them over what was typed.
  if (moved.size > 0) withoutLoss(outside, () => keepSecrets(outside, moved));
  if (!workbook.has('settings')) return;
  const sheet = workbook.settings();
  for (const { row, text } of masks) sheet.setValue(row, text);
  sheet.showProblems(problemColumn);
}

export function storeToken(outside: Outside, token: string): void {
  withoutLoss(outside, () => keepSecrets(outside, new Map([[CONNECTION, JSON.stringify(longLived(token))]])));
}

function keepSecrets({ properties }: Outside, write: ReadonlyMap<string, string>): void {
  properties.change({ write, remove: write.has(CONNECTION) ? [LEGACY_TOKEN] : [] });
}
