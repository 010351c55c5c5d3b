import { serialOfDay } from '../../src/core/day';
import { TABLES, type TableKey } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { reportedDays } from '../../src/jobs/reportedDays';
import type { Workbook } from '../../src/ports';
import { inMemoryOutside } from '../support/inMemoryOutside';

const { ru, en } = TEXTS;
const [FIRST, SECOND] = ['2026-11-17', '2026-11-18'].map(serialOfDay) as [number, number];

/** @param gone a sheet that is not there; nor is one that nobody knows */
function reported(days: [date: unknown, completeness: unknown][], inReport: unknown[], gone?: TableKey) {
  const { contents, outside } = inMemoryOutside({ settings: {} });
  contents.tables.days.push(
    ...(days.map(([date, completeness]) => ({ date, completeness })) as typeof contents.tables.days),
  );
  contents.tables.report.push(...(inReport.map(date => ({ date })) as typeof contents.tables.report));
  const { workbook } = outside;
  const has: Workbook['has'] = key => key in TABLES && key !== gone && workbook.has(key);
  const table: Workbook['table'] = (key, texts) => {
    if (!has(key)) throw new Error(`There is no sheet ${key}`);
    return workbook.table(key, texts);
  };
  return [...reportedDays({ outside: { ...outside, workbook: { ...workbook, has, table } }, texts: ru })];
}

describe('T6, S2 · the days that are reported', () => {
  it.each<[string, [unknown, unknown][], unknown[], string[]]>([
    [
      'whole in both sheets',
      [
        [FIRST, ru.complete],
        [SECOND, ru.complete],
      ],
      [FIRST, SECOND, SECOND],
      ['2026-11-17', '2026-11-18'],
    ],
    ['written while the sheets spoke another language', [[FIRST, en.complete]], [FIRST], ['2026-11-17']],
    ['collected in part', [[FIRST, 'частичный: собрано 40 %']], [FIRST], []],
    ['without rows in the report', [[FIRST, ru.complete]], [SECOND], []],
    ['without a row in Days', [[SECOND, ru.complete]], [FIRST], []],
    ['with a date that somebody turned into text', [['17.11.2026', ru.complete]], ['17.11.2026'], []],
  ])('T6 · %s', (_, days, inReport, expected) => {
    expect(reported(days, inReport)).toEqual(expected);
  });

  it.each(['report', 'days'] as const)('S2 · none while the sheet %s is gone', gone => {
    expect(reported([[FIRST, ru.complete]], [FIRST], gone)).toEqual([]);
  });

  it('S2 · none without sheets', () => {
    const { outside } = inMemoryOutside({});
    expect(reportedDays({ outside, texts: ru })).toEqual(new Set());
  });
});
