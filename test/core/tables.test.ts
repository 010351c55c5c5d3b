import { ACTORS } from '../../src/core/actor';
import {
  HIDDEN_COLUMNS,
  HOUR_COLUMNS,
  ROW_MARKS,
  SCHEMA_VERSION,
  SETTINGS_COLUMNS,
  SHEET_ORDER,
  SHEET_SINCE,
  TABLES,
} from '../../src/core/tables';
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

  it('T9 · T15 · a column for each hour, in order, and two for each actor', () => {
    expect(HOUR_COLUMNS).toEqual(Array.from({ length: 24 }, (_, hour) => `hour${hour}`));
    expect(Object.keys(TABLES.hours)).toEqual(['date', 'event', 'total', ...HOUR_COLUMNS, 'note']);
    expect(Object.keys(TABLES.latency)).toEqual(['date', ...HOUR_COLUMNS]);
    for (const actor of ACTORS)
      expect(TABLES.days).toMatchObject({ [actor]: 'integer', [`${actor}Share`]: 'percent' });
  });

  it('F-T14 · rows are known by columns that there are, and no sheet is newer than the layout', () => {
    for (const [key, { key: mark, order }] of Object.entries(ROW_MARKS)) {
      expect(Object.keys(TABLES[key as 'days'])).toEqual(expect.arrayContaining([mark, order]));
    }
    expect(Object.keys(ROW_MARKS).sort()).toEqual(Object.keys(TABLES).sort());
    expect(SHEET_SINCE).toEqual({ hours: 3, processes: 3, loops: 3, latency: 3, rules: 3 });
    expect(Math.max(...Object.values(SHEET_SINCE))).toBeLessThanOrEqual(SCHEMA_VERSION);
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
