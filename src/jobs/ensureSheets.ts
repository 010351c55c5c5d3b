import type { Outside } from '../ports';
import type { Snapshot } from './snapshot';

/** The property that holds the language in which our titles were last written. */
const LANGUAGE = 'language';

/** Makes sheets, columns and rows that are missing, in the language of the settings. */
export function ensureSheets({ properties, workbook }: Outside, { language, texts }: Snapshot): void {
  workbook.ensure(texts);
  if (properties.readAll()[LANGUAGE] !== language)
    properties.change({ write: new Map([[LANGUAGE, language]]) });
}

export function speaks({ properties }: Outside, { language }: Snapshot): boolean {
  return properties.readAll()[LANGUAGE] === language;
}
