import { SCHEMA_VERSION, SHEET_ORDER } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { ensureSheets } from '../../src/jobs/ensureSheets';
import { takeSnapshot } from '../../src/jobs/snapshot';
import { inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const { ru } = TEXTS;
function ensured(parts: WorldParts = {}) {
  const one = inMemoryOutside(parts);
  const findings = ensureSheets(one.outside, takeSnapshot(one.outside));
  return { one, findings };
}

describe('S2, T14 · ensureSheets', () => {
  it('M15 · in an empty spreadsheet makes them without a word, and remembers language and layout', () => {
    const { one, findings } = ensured();
    expect(findings).toEqual([]);
    expect(one.contents).toMatchObject({ made: true, titles: 'ru', schemaVersion: SCHEMA_VERSION });
    expect(one.properties.get('language')).toBe('ru');
  });

  it('S2 · of sheets that were there once it says which are gone, and what that means', () => {
    const { findings } = ensured({ properties: { language: 'ru' } });
    expect(findings).toEqual(
      SHEET_ORDER.map(key => ({
        ...{ level: 'WARN', what: ru.sheetGone(ru.sheets[key]), effect: ru.sheetGoneEffect(key) },
      })),
    );
    expect(new Set(findings.map(({ effect }) => effect)).size).toBe(4);
  });

  it('T14 · stamps an older layout, writes nothing where all is as it should be', () => {
    const { one, findings } = ensured({ settings: {}, properties: { language: 'ru' } });
    expect(findings).toEqual([]);
    expect(one.contents.schemaVersion).toBe(SCHEMA_VERSION);
    one.steps.log.length = 0;
    ensureSheets(one.outside, takeSnapshot(one.outside));
    expect(one.steps.log.filter(step => /change|stamp/.test(step))).toEqual([]);
  });
});
