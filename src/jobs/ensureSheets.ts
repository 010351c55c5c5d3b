import { SCHEMA_VERSION, SHEET_ORDER, SHEET_SINCE, type SheetKey } from '../core/tables';
import type { Outside } from '../ports';
import { LANGUAGE } from './propertyNames';
import type { Snapshot } from './snapshot';
import type { Finding } from './telling';

/**
 * Makes sheets, columns and rows that are missing, in the language of the settings.
 * @returns what is to be said of sheets that were there once
 */
export function ensureSheets(
  { byTrigger, properties, workbook }: Outside,
  { language, texts }: Snapshot,
): Finding[] {
  const spoken = properties.recall()[LANGUAGE];
  const version = workbook.schemaVersion();
  const wasThere = (key: SheetKey) => (SHEET_SINCE[key] ?? 1) <= (version ?? 1);
  const gone = spoken === undefined ? [] : SHEET_ORDER.filter(key => wasThere(key) && !workbook.has(key));
  // A person who waits for it may have seen what is wrong; a run of the night has ten sheets to look at, each costs time.
  const isSettled = byTrigger && spoken === language && version === SCHEMA_VERSION;
  workbook.ensure(texts, isSettled ? 'marks' : undefined);
  // Every version so far differs from the one before by sheets, columns and rows more: what was missing is made.
  if (version !== SCHEMA_VERSION) workbook.stampSchema(SCHEMA_VERSION);
  workbook.stampDocument();
  if (spoken !== language) properties.change({ write: new Map([[LANGUAGE, language]]) });
  return gone.map(key => ({
    level: 'WARN',
    what: texts.sheetGone(texts.sheets[key]),
    effect: texts.sheetGoneEffect(key),
  }));
}

export function speaks({ properties }: Outside, { language }: Snapshot): boolean {
  return properties.recall()[LANGUAGE] === language;
}
