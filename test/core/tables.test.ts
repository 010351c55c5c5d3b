import { HIDDEN_COLUMNS, SETTINGS_COLUMNS, SHEET_ORDER, TABLES } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';

describe('M7, M8 · tables', () => {
  it('M7 · the report has exactly the user’s five columns, none of them hidden', () => {
    expect(Object.keys(TABLES.report)).toEqual(['date', 'event', 'count', 'peakMs', 'peakTime']);
    expect(HIDDEN_COLUMNS['report']).toBeUndefined();
    expect(Object.keys(TABLES.report).map(key => TEXTS.ru.columns.report[key as 'date'])).toEqual([
      'Дата',
      'Событие',
      'Кол-во',
      'Пиковая нагрузка (мс)',
      'Время пика',
    ]);
    expect(Object.values(TEXTS.en.columns.report)).toEqual([
      'Date',
      'Event',
      'Count',
      'Peak load (ms)',
      'Peak time',
    ]);
  });

  it.each(['ru', 'en'] as const)('M8 · every sheet and column has a title (%s)', language => {
    const texts = TEXTS[language];
    expect(Object.keys(texts.sheets).sort()).toEqual([...SHEET_ORDER, 'pingsArchive'].sort());
    for (const [key, columns] of Object.entries(TABLES)) {
      expect(Object.keys(texts.columns[key as 'report']).sort()).toEqual(Object.keys(columns).sort());
    }
    expect(Object.keys(texts.columns.settings).sort()).toEqual([...SETTINGS_COLUMNS].sort());
    for (const titles of Object.values(texts.columns)) {
      expect(new Set(Object.values(titles)).size).toBe(Object.values(titles).length);
    }
  });

  it('hidden columns exist', () => {
    const all: Record<string, readonly string[]> = {
      settings: SETTINGS_COLUMNS,
      pings: Object.keys(TABLES.pings),
      pingsArchive: Object.keys(TABLES.pingsArchive),
    };
    for (const [key, columns] of Object.entries(HIDDEN_COLUMNS)) {
      for (const column of columns) expect(all[key]).toContain(column);
    }
  });
});
