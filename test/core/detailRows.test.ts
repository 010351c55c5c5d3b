import { serialOf, serialOfDay } from '../../src/core/day';
import { hoursOf } from '../../src/core/dayHours';
import { hoursRows, latencyRow, loopRows, processRows } from '../../src/core/detailRows';
import { NO_DIRECTORY } from '../../src/core/directory';
import { noHours } from '../../src/core/hourly';
import { NO_LOOPS, withEvents } from '../../src/core/loops';
import type { Naming } from '../../src/core/processName';
import type { Processes } from '../../src/core/processSums';
import { HOUR_COLUMNS, TABLES } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { attributedEvent } from '../support/attributedEvents';

const DAY = '2026-11-18';
const DATE = serialOfDay(DAY);
const HOURS = hoursOf(DAY, 'Europe/Moscow');
const HOST = 'x.amocrm.ru';
const naming = (language: 'ru' | 'en' = 'ru'): Naming => ({
  ...{ language, texts: TEXTS[language], types: new Map(), directory: NO_DIRECTORY },
  rules: [],
});
const at = (hours: Record<number, number>) => noHours().map((_, hour) => hours[hour] ?? 0);
const sums = (hours: Record<number, number>, operations = 1, example = 'lead:7') => ({
  ...{ hours: at(hours), operations, example },
});

describe('T9 · T15 · rows of hours', () => {
  it('T9 · automated events by type and hour, the most frequent type first', () => {
    const byType = new Map([
      ['task_added', at({ 0: 2, 23: 3 })],
      ['lead_added', at({ 5: 9 })],
      ['a', at({ 1: 5 })],
    ]);
    const rows = hoursRows(DAY, byType, HOURS, naming());
    expect(rows.map(({ event, total, note }) => [event, total, note])).toEqual([
      ['Новая сделка', 9, ''],
      ['a', 5, ''],
      ['Новая задача', 5, ''],
    ]);
    const cells = HOUR_COLUMNS.map((column, hour) => [column, { 0: 2, 23: 3 }[hour] ?? 0]);
    expect(rows[2]).toEqual({
      ...{ date: DATE, event: 'Новая задача', total: 5, note: '' },
      ...Object.fromEntries(cells),
    });
    expect(Object.keys(rows[0]!).sort()).toEqual(Object.keys(TABLES.hours).sort());
    expect(hoursRows(DAY, new Map(), HOURS, naming())).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['2026-11-18', 'Europe/Moscow', ''],
    ['2026-03-29', 'Europe/Berlin', TEXTS.ru.hourLeftOut(2)],
    ['2026-10-25', 'Europe/Berlin', TEXTS.ru.hourTwice(2)],
    ['2026-04-24', 'Africa/Cairo', TEXTS.ru.hourLeftOut(0)],
    ['2018-02-17', 'America/Sao_Paulo', TEXTS.ru.hourTwice(23)],
    ['2026-04-05', 'Australia/Lord_Howe', TEXTS.ru.hourTwice(1)],
    // Half of the hour was there.
    ['2026-10-04', 'Australia/Lord_Howe', ''],
    ['2026-11-18', 'Asia/Kathmandu', ''],
  ])('T9 · F-T9 · the first row of %s in %s says %j', (day, zone, note) => {
    const byType = new Map([
      ['lead_added', at({ 5: 9 })],
      ['task_added', at({ 5: 1 })],
    ]);
    const rows = hoursRows(day, byType, hoursOf(day, zone), naming());
    expect(rows.map(row => row.note)).toEqual([note, '']);
    expect(rows[0]!.date).toBe(serialOfDay(day));
  });

  it('F-T9 · a day that loses one hour and has another twice says both', () => {
    const odd = [
      ...HOURS.filter(({ hour }) => hour !== 3),
      { from: HOURS[23]!.to + 1, to: HOURS[23]!.to + 3_600, hour: 23 },
    ];
    const [row] = hoursRows(DAY, new Map([['a', at({ 1: 1 })]]), odd, naming('en'));
    expect(row!.note).toBe(`${TEXTS.en.hourLeftOut(3)}; ${TEXTS.en.hourTwice(23)}`);
  });

  it('T10 · the median of each hour, empty where nothing was measured', () => {
    const medians = Array.from({ length: 24 }, (_, hour) => (hour === 4 ? 0 : hour === 13 ? 509 : undefined));
    const row = latencyRow(DAY, medians);
    expect(row).toMatchObject({ date: DATE, hour4: 0, hour13: 509, hour0: '', hour23: '' });
    expect(Object.keys(row).sort()).toEqual(Object.keys(TABLES.latency).sort());
  });
});

describe('T16 · rows of processes', () => {
  const processes: Processes = new Map([
    ['0:lead_added|', sums({ 3: 1, 4: 1 }, 2, '')],
    ['0:entity_tag_added|tVIP', sums({ 13: 5, 14: 5 }, 4)],
    ['1:incoming_call|', sums({ 9: 3 }, 3, 'contact:z')],
    ['2:lead_status_changed|s7/142', sums({ 0: 2 }, 2, 'catalog_5:a')],
  ]);

  it('T16 · name, actor, events, operations, share, peak hour and an example, the strongest first', () => {
    const rows = processRows(DAY, processes, 17, true, naming(), HOST);
    expect(rows).toEqual([
      {
        ...{ date: DATE, process: 'Теги добавлены: VIP', actor: 'Робот', events: 10, operations: 4 },
        ...{ share: 10 / 17, peakHour: 13, example: 'https://x.amocrm.ru/leads/detail/7' },
      },
      {
        ...{ date: DATE, process: 'Входящий звонок', actor: 'Клиент', events: 3, operations: 3 },
        ...{ share: 3 / 17, peakHour: 9, example: 'https://x.amocrm.ru/contacts/detail/35' },
      },
      {
        ...{ date: DATE, process: 'Новая сделка', actor: 'Робот', events: 2, operations: 2 },
        ...{ share: 2 / 17, peakHour: 3, example: '' },
      },
      {
        ...{ date: DATE, process: 'Изменение этапа продажи: 7/142', actor: 'Сервисный аккаунт', events: 2 },
        ...{ operations: 2, share: 2 / 17, peakHour: 0, example: 'catalog_5 10' },
      },
    ]);
    expect(rows.reduce((sum, { share }) => sum + Number(share), 0)).toBeCloseTo(1, 9);
    expect(Object.keys(rows[0]!).sort()).toEqual(Object.keys(TABLES.processes).sort());
  });

  it('M4 · clients’ actions are processes of automation only where they count as such', () => {
    const rows = processRows(DAY, processes, 14, false, naming('en'), HOST);
    expect(rows.map(({ actor }) => actor)).toEqual(['Robot', 'Robot', 'Service account']);
    expect(rows.reduce((sum, { share }) => sum + Number(share), 0)).toBeCloseTo(1, 9);
  });

  it('T16 · a day shows five hundred processes; the rest of them stand together, and no event is lost', () => {
    const many = new Map(
      Array.from(
        { length: 5_000 },
        (_, nth) => [`0:entity_tag_added|t${nth}`, sums({ 1: nth + 1 })] as const,
      ),
    );
    const total = (5_000 * 5_001) / 2;
    const rows = processRows(DAY, many, total, true, naming(), HOST);
    expect(rows).toHaveLength(500);
    expect(rows.reduce((sum, { events }) => sum + Number(events), 0)).toBe(total);
    expect(rows[0]).toMatchObject({ process: 'Теги добавлены: прочее' });
    expect(rows[1]).toMatchObject({ process: 'Теги добавлены: 4999', events: 5_000 });
    expect(processRows(DAY, new Map(), 0, true, naming(), HOST)).toEqual([]);
  });

  it('T16 · rules of one name make one process for each actor; what has no rule is left as it is', () => {
    const rules = ['Обмен', 'Сверка', 'Обмен'].map(name => ({ name }));
    const byRules: Processes = new Map([
      ['0:=|2', sums({ 1: 4 }, 2, '')],
      ['0:=|0', sums({ 2: 5 }, 3)],
      ['0:=|1', sums({ 3: 3 })],
      ['2:=|2', sums({ 4: 2 })],
      ['0:lead_added|', sums({ 5: 1 })],
    ]);
    const rows = processRows(DAY, byRules, 15, true, { ...naming(), rules }, HOST);
    expect(
      rows.map(({ process, actor, events, operations }) => [process, actor, events, operations]),
    ).toEqual([
      ['Обмен', 'Робот', 9, 5],
      ['Сверка', 'Робот', 3, 1],
      ['Обмен', 'Сервисный аккаунт', 2, 1],
      ['Новая сделка', 'Робот', 1, 1],
    ]);
    expect(rows[0]).toMatchObject({ peakHour: 2, example: 'https://x.amocrm.ru/leads/detail/7' });
  });

  it('A10 · a rule that is not there any more is called by its place', () => {
    const byRules: Processes = new Map([
      ['0:=|9', sums({ 1: 4 })],
      ['0:=|0', sums({ 2: 3 })],
    ]);
    const rows = processRows(DAY, byRules, 7, true, { ...naming(), rules: [{ name: 'Обмен' }] }, HOST);
    expect(rows.map(({ process, events }) => [process, events])).toEqual([
      ['9', 4],
      ['Обмен', 3],
    ]);
  });

  it('T16 · an example without the account’s address names the entity', () => {
    const [row] = processRows(DAY, processes, 17, true, naming(), undefined);
    expect(row!.example).toBe('сделка 7');
  });
});

describe('T16 · rows of loops', () => {
  const from = HOURS[12]!.from;
  const flip = (nth: number) =>
    attributedEvent({
      ...{ at: from + nth * 60, entity: { type: 'lead', id: 7 }, subject: { kind: 'tag', id: 'VIP' } },
      type: nth % 2 === 0 ? 'entity_tag_added' : 'entity_tag_deleted',
    });

  it('T16 · what happens, to what, how often, and when it began and ended', () => {
    const loops = withEvents(
      NO_LOOPS,
      Array.from({ length: 30 }, (_, nth) => flip(nth)),
    );
    expect(loopRows(DAY, loops, 'Europe/Moscow', naming(), HOST)).toEqual([
      {
        ...{ date: DATE, kind: 'два процесса отвечают друг другу', count: 30, missed: 0 },
        process: 'Теги добавлены: VIP ⇄ Теги убраны: VIP',
        entity: 'https://x.amocrm.ru/leads/detail/7',
        first: serialOf(from * 1000, 'Europe/Moscow'),
        last: serialOf((from + 29 * 60) * 1000, 'Europe/Moscow'),
      },
    ]);
    const [row] = loopRows(DAY, loops, 'UTC', naming('en'), undefined);
    expect(row).toMatchObject({ kind: TEXTS.en.loop('pair'), entity: 'lead 7' });
    expect(row!.last).toBeCloseTo(DATE + (9 * 60 + 29) / 1_440, 9);
    expect(Object.keys(row!).sort()).toEqual(Object.keys(TABLES.loops).sort());
  });

  it('T16 · a quiet day has none', () => {
    expect(loopRows(DAY, withEvents(NO_LOOPS, [flip(0), flip(1)]), 'UTC', naming(), HOST)).toEqual([]);
  });
});
