import type { Row } from '../../src/core/cell';
import { serialOf, serialOfDay } from '../../src/core/day';
import { pingRow } from '../../src/core/report';
import { HOUR_COLUMNS, ROW_MARKS, TABLES, type TableKey } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import type { WorldParts } from '../support/inMemoryOutside';
import { DAY, events, FROM, goOn, NO_PINGS, ping, story, TO, ZONE } from '../support/reportStory';
import type { SmallAccount, WireEvent } from '../support/smallAccount';

const { ru } = TEXTS;
const HOUR = 3_600;
const DETAILS = ['hours', 'processes', 'loops', 'latency'] as const satisfies TableKey[];

let ids = 0;
/** Events of a robot upon a lead, `apart` seconds one after the other. */
const upon = (
  lead: number,
  type: string,
  count: number,
  { from = FROM, apart = 60, ...more }: { from?: number; apart?: number } & Partial<WireEvent> = {},
): WireEvent[] =>
  Array.from({ length: count }, (_, nth) => {
    ids += 1;
    return {
      ...{ id: `d${String(ids).padStart(6, '0')}`, type, created_at: from + nth * apart, created_by: 0 },
      ...{ entity_type: 'lead', entity_id: lead, ...more },
    };
  });
const PAID = [{ lead_status: { id: 142, pipeline_id: 7 } }];
const STAGES: Partial<SmallAccount> = {
  pipelines: [{ id: 7, name: 'Продажи', statuses: [{ id: 142, name: 'Оплачен' }] }],
};
/** At ten a lead of 30 changes to "Оплачен", at eleven two messages, at noon the work of a person. */
const A_DAY = (): WireEvent[] => [
  ...upon(5, 'lead_status_changed', 30, { from: FROM + 10 * HOUR, value_after: PAID }),
  ...upon(6, 'lead_status_changed', 1, { from: FROM + 11 * HOUR, value_after: PAID }),
  ...upon(9, 'incoming_chat_message', 2, {
    from: FROM + 11 * HOUR,
    ...{ entity_type: 'contact', value_after: [{ message: { id: 'x', origin: 'telegram' } }] },
  }),
  ...upon(6, 'lead_status_changed', 4, { from: FROM + 12 * HOUR, created_by: 101, value_after: PAID }),
];
const hoursOf = (counts: Record<number, number>, others: number | '' = 0) =>
  Object.fromEntries(HOUR_COLUMNS.map((column, hour) => [column, counts[hour] ?? others]));
const withDay = (account: Partial<SmallAccount> = {}, parts: WorldParts = {}) =>
  story({ ...STAGES, events: A_DAY(), ...account }, parts);

describe('M6, M9 · the sheets of details', () => {
  const ROWS = {
    hours: [
      {
        ...{ date: DAY, event: 'Изменение этапа продажи', total: 31, note: '' },
        ...hoursOf({ 10: 30, 11: 1 }),
      },
      { date: DAY, event: 'Входящее сообщение', total: 2, note: '', ...hoursOf({ 11: 2 }) },
    ],
    processes: [
      {
        ...{ date: DAY, process: 'Изменение этапа продажи: Продажи / Оплачен', actor: ru.actors.robot },
        ...{ events: 31, operations: 31, share: 31 / 33, peakHour: 10 },
        example: 'https://mycompany.amocrm.ru/leads/detail/5',
      },
      {
        ...{ date: DAY, process: 'Входящее сообщение: telegram', actor: ru.actors.client },
        ...{ events: 2, operations: 2, share: 2 / 33, peakHour: 11 },
        example: 'https://mycompany.amocrm.ru/contacts/detail/9',
      },
    ],
    loops: [
      {
        ...{ date: DAY, kind: ru.loop('repeat'), process: 'Изменение этапа продажи: Продажи / Оплачен' },
        ...{ entity: 'https://mycompany.amocrm.ru/leads/detail/5', count: 30, missed: 0 },
        first: serialOf((FROM + 10 * HOUR) * 1000, ZONE),
        last: serialOf((FROM + 10 * HOUR + 29 * 60) * 1000, ZONE),
      },
    ],
    latency: [{ date: DAY, ...hoursOf({ 0: 200, 13: 509 }, '') }],
  };

  it('M6 · M9 · hold a day’s hours, processes, loops and latency, and people’s work in none of them', () => {
    const { tables, run } = withDay();
    expect(run()).toBe(true);
    expect(tables).toMatchObject(ROWS);
    for (const key of DETAILS) expect(tables[key]).toEqual(ROWS[key]);
    expect(tables.days).toMatchObject([{ operations: 33, busiestHour: 10, slowestHour: 13 }]);
  });

  it('T15 · written twice, a day’s rows stand once', () => {
    const { tables, run } = withDay();
    run();
    run();
    for (const key of DETAILS) expect(tables[key]).toEqual(ROWS[key]);
  });

  it('T15 · a day whose pings are no longer to be had keeps the latency that was made of them', () => {
    const { tables, run } = withDay();
    run();
    tables.pings.length = 0;
    run();
    expect(tables.latency).toEqual(ROWS.latency);
  });

  it('M9 · pings that failed or were taken while we collected are no latency; a day without any has no row', () => {
    const pings = [
      ping('2026-11-18T05:00:00+03:00', undefined),
      ping('2026-11-18T06:00:00+03:00', 900, { duringCollection: true }),
      ping('2026-11-18T07:00:00+03:00', 100),
      ping('2026-11-18T07:20:00+03:00', 130),
    ];
    const none = withDay({}, NO_PINGS);
    none.run();
    expect(none.tables.latency).toEqual([]);
    const some = withDay({}, NO_PINGS);
    for (const one of pings) some.tables.pings.push(pingRow(one, ZONE, ru));
    some.run();
    expect(some.tables.latency).toEqual([{ date: DAY, ...hoursOf({ 7: 115 }, '') }]);
  });

  it('M8 · where clients’ actions do not count they are in none of the sheets', () => {
    const { tables, run } = withDay({}, { settings: { clientActionsCount: 'нет' } });
    run();
    expect(tables.hours).toEqual([ROWS.hours[0]]);
    expect(tables.processes).toEqual([{ ...ROWS.processes[0], share: 1 }]);
    expect(tables.days).toMatchObject([{ automated: 31, operations: 31, client: 2 }]);
  });

  it('M7 · a day without automated events has no row in them, and takes none from others', () => {
    const { amo, world, tables, run } = withDay({}, NO_PINGS);
    run();
    world.clock.set('2026-11-20T03:05:00+03:00');
    amo.events.push(...events('task_added', 3, { created_at: TO + 60, created_by: 101 }));
    run();
    expect(tables.report.map(({ date }) => date)).toEqual([DAY, DAY, DAY + 1]);
    for (const key of ['hours', 'processes', 'loops'] as const) expect(tables[key]).toEqual(ROWS[key]);
  });

  it('T9 · a day on which the clocks are changed says so in its first row', () => {
    const noon = Date.parse('2026-10-25T12:00:00+01:00') / 1000;
    const { tables, run } = withDay(
      {
        timeZone: 'Europe/Berlin',
        events: [...upon(5, 'a', 2, { from: noon }), ...upon(5, 'b', 1, { from: noon })],
      },
      { ...NO_PINGS, now: '2026-10-26T03:05:00+01:00' },
    );
    run();
    expect(tables.hours.map(({ note }) => note)).toEqual([ru.hourTwice(2), '']);
  });

  it('D5 · a day that is corrected is replaced as a whole', () => {
    const { amo, world, tables, run } = withDay({}, NO_PINGS);
    run('nightly');
    const late = upon(5, 'lead_status_changed', 3, { from: TO - 100, apart: 10, value_after: PAID });
    amo.events.push(...late, ...upon(8, 'note_added', 1, { from: TO - 50 }));
    world.clock.set('2026-11-20T03:05:00+03:00');
    run('nightly');
    const of = (key: TableKey, date: number) => tables[key].filter(row => row['date'] === date);
    expect(of('hours', DAY)).toMatchObject([
      { total: 34, hour10: 30, hour11: 1, hour23: 3 },
      { total: 2, hour11: 2 },
      { total: 1, hour23: 1 },
    ]);
    expect(of('processes', DAY)).toMatchObject([
      { events: 34, share: 34 / 37 },
      { events: 2 },
      { events: 1 },
    ]);
    expect(of('hours', DAY + 1)).toEqual([]);
    expect(tables.days).toMatchObject([{ events: 41, automated: 37 }, { events: 0 }]);
  });

  it('T2 · a day collected over several runs has the same rows', () => {
    const many = [...A_DAY(), ...upon(5, 'task_added', 900, { apart: 90, created_by: 101 })];
    const { world, tables, run } = withDay({ events: many }, { latency: () => 1_000, workingMs: 30_000 });
    run();
    expect(tables.hours).toEqual([]);
    expect(goOn(world)).toBeGreaterThan(0);
    for (const key of DETAILS) expect(tables[key]).toEqual(ROWS[key]);
  });
});

describe('Q7 · days older than keepDetailsDays', () => {
  /** A row of a day, by the columns of its table; what else it holds makes no difference. */
  const rowOfDay = (key: TableKey, date: number): Row =>
    Object.fromEntries(
      Object.entries(TABLES[key]).map(([column, kind]) => [
        column,
        column === ROW_MARKS[key].key ? date : kind === 'text' ? 'x' : '',
      ]),
    );
  const dates = (rows: readonly Row[]) => [...new Set(rows.map(({ date }) => date))];
  const ALL = ['report', 'days', ...DETAILS] as const;
  // The report of the 18th is made on the 19th.
  const oldest = (keep: number) => serialOfDay('2026-11-19') - keep;

  const old = (days: readonly number[], settings: WorldParts['settings'] = {}) => {
    const one = withDay({}, { settings });
    for (const key of ALL) one.tables[key].push(...days.map(day => rowOfDay(key, day)));
    return one;
  };

  it.each([
    [400, {}],
    [30, { keepDetailsDays: 30 }],
    [1, { keepDetailsDays: 1 }],
  ])('Q7 · go after %d days, those of Report and Days stay, and days stand in order', (keep, settings) => {
    const border = oldest(keep);
    const days = [border - 300, border - 1, ...(keep > 1 ? [border, border + 1] : [])];
    const { tables, run } = old(days, settings);
    run();
    for (const key of DETAILS) expect(dates(tables[key])).toEqual([...days.slice(2), DAY]);
    for (const key of ['report', 'days'] as const) expect(dates(tables[key])).toEqual([...days, DAY]);
    // The same once more: nothing is left to do.
    run();
    for (const key of DETAILS) expect(dates(tables[key])).toEqual([...days.slice(2), DAY]);
  });

  it('Q7 · where nothing is old each sheet is changed once', () => {
    const { world, run } = old([oldest(400), oldest(400) + 1]);
    run();
    for (const key of DETAILS)
      expect(world.steps.log.filter(step => step === `table.replace ${key}`)).toHaveLength(1);
  });

  it('Q7 · an old day that a person asks for stands there, until the next report', () => {
    const { tables, run } = withDay({}, { settings: { keepDetailsDays: 1 } });
    run({ from: '2026-11-10', to: '2026-11-10' });
    run();
    expect(dates(tables.hours)).toEqual([DAY]);
    const ancient = A_DAY().map(one => ({ ...one, created_at: Number(one.created_at) - 5 * 86_400 }));
    const other = withDay({ events: ancient }, { ...NO_PINGS, settings: { keepDetailsDays: 1 } });
    other.run({ from: '2026-11-13', to: '2026-11-13' });
    expect(dates(other.tables.hours)).toEqual([DAY - 5]);
    // Written over itself it stands, too.
    other.run({ from: '2026-11-13', to: '2026-11-13' });
    expect(dates(other.tables.hours)).toEqual([DAY - 5]);
    other.amo.events = A_DAY();
    other.run();
    expect(dates(other.tables.hours)).toEqual([DAY]);
    expect(dates(other.tables.days)).toEqual([DAY - 5, DAY]);
  });

  it('S7 · a person’s rows without a day stay', () => {
    const one = old([oldest(400) - 1]);
    for (const key of DETAILS) one.tables[key].push({ ...rowOfDay(key, 0), date: 'Итого' });
    one.run();
    for (const key of DETAILS) expect(dates(one.tables[key])).toContain('Итого');
  });
});
