import type { Outside } from '../ports';
import { LAST_GOOD, TOKEN } from './propertyNames';
import type { Snapshot } from './snapshot';

/**
 * Puts the settings sheet in order: a token typed into it moves to the properties, and only then its cell gets the
 * mask; the problem column says what is wrong now; good values are remembered.
 */
export function tidySettings({ properties, workbook }: Outside, { untidy }: Snapshot): void {
  const { typedToken, masks, problemColumn, lastGood } = untidy;
  const news = new Map<string, string>();
  if (typedToken !== undefined) news.set(TOKEN, typedToken);
  if (lastGood !== undefined) news.set(LAST_GOOD, lastGood);
  if (news.size > 0) properties.change({ write: news });
  if (!workbook.has('settings')) return;
  const sheet = workbook.settings();
  for (const { row, text } of masks) sheet.setValue(row, text);
  sheet.showProblems(problemColumn);
}

export function storeToken({ properties }: Outside, token: string): void {
  properties.change({ write: new Map([[TOKEN, token]]) });
}
