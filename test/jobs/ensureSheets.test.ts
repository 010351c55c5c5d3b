import { SCHEMA_VERSION, SHEET_ORDER } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { ensureSheets } from '../../src/jobs/ensureSheets';
import { takeSnapshot } from '../../src/jobs/snapshot';
import { inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const { ru } = TEXTS;
/** @param version of the layout that the sheets were left with */
function ensured(parts: WorldParts = {}, version?: number) {
  const one = inMemoryOutside(parts);
  one.contents.schemaVersion = version;
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
    const { findings } = ensured({ properties: { language: 'ru' } }, SCHEMA_VERSION);
    expect(findings).toEqual(
      SHEET_ORDER.map(key => ({
        ...{ level: 'WARN', what: ru.sheetGone(ru.sheets[key]), effect: ru.sheetGoneEffect(key) },
      })),
    );
    expect(new Set(findings.map(({ effect }) => effect)).size).toBe(4);
  });

  it.each([undefined, 1, 2])('T14 · a sheet that layout %p did not have is made without a word', version => {
    const { one, findings } = ensured({ properties: { language: 'ru' } }, version);
    const since3 = ['hours', 'processes', 'loops', 'latency', 'rules'];
    expect(findings.map(({ what }) => what)).toEqual(
      SHEET_ORDER.filter(key => !since3.includes(key)).map(key => ru.sheetGone(ru.sheets[key])),
    );
    expect(one.contents.schemaVersion).toBe(SCHEMA_VERSION);
    // What is missing from then on is missed.
    one.contents.made = false;
    expect(ensureSheets(one.outside, takeSnapshot(one.outside))).toHaveLength(SHEET_ORDER.length);
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
