import type { Outside } from '../ports';
import { takeSnapshot } from './snapshot';

/** The property that holds the language in which our titles were last written. */
const LANGUAGE = 'language';

/**
 * A person changed a cell. In the settings sheet a token moves away at once, problems show at once, and a new
 * language is spoken at once.
 */
export function settingsEdited(outside: Outside, sheetId: number): void {
  const { properties, workbook } = outside;
  if (!workbook.isSettings(sheetId)) return;
  const { language, texts } = takeSnapshot(outside);
  if (properties.readAll()[LANGUAGE] === language) return;
  workbook.ensure(texts);
  properties.change({ write: new Map([[LANGUAGE, language]]) });
}
