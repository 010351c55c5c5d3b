import type { Row } from '../../src/core/cell';
import { newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { SCHEMA_MARK, SCHEMA_VERSION, TABLES, type TableKey } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { boundWorkbook } from '../../src/google/workbook';
import { dailyReport } from '../../src/jobs/dailyReport';
import { keptCollection } from '../../src/jobs/keptCollection';
import { openBook } from '../emulator/spreadsheet/fake-execution';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { DAY, events, FROM, logged, PINGS, ZONE } from '../support/reportStory';
import { SMALL_TOKEN, type SmallAccount, smallAccount, type WireEvent } from '../support/smallAccount';

const { ru } = TEXTS;
const DETAILS = ['hours', 'processes', 'loops', 'latency'] as const satisfies TableKey[];

/** A monitor that was set up, bound to an emulated spreadsheet, on the morning after the day. */
function bound(account: Partial<SmallAccount>, properties: Record<string, string> = {}) {
  const opened = openBook();
  const sleep = () => undefined;
  Object.assign(globalThis, { SpreadsheetApp: opened.app, Utilities: { sleep } });
  boundWorkbook().ensure(ru);
  boundWorkbook().stampSchema(SCHEMA_VERSION);
  const settings = boundWorkbook().settings();
  settings.setValue(
    settings.read().findIndex(({ key }) => key === 'baseUrl'),
    'mycompany',
  );
  const amo = smallAccount(account);
  const world = inMemoryOutside({
    server: amo.server,
    properties: { token: SMALL_TOKEN, language: 'ru', ...logged(PINGS), ...properties },
  });
  return {
    ...{ amo, world, workbook: opened.workbook },
    run: () => dailyReport({ ...world.outside, workbook: boundWorkbook() }, 'yesterday'),
    rows: (key: TableKey): Row[] => boundWorkbook().table(key, ru).read(),
    /** What the log tells, with its level. */
    log: () =>
      boundWorkbook()
        .table('log', ru)
        .read()
        .map(({ level, what }) => [level, what]),
  };
}
type Bound = ReturnType<typeof bound>;

const at = (id: string, type: string, more: Partial<WireEvent> = {}): WireEvent => ({
  ...{ id, type, created_at: FROM + 36_000, created_by: 0, entity_type: 'lead', entity_id: 5 },
  ...more,
});
const done = (total: number, automated: number) =>
  expect.stringContaining(ru.report.done('18.11.2026', total, automated));

describe('T15 · names that are no plain words', () => {
  const NASTY = ['=1+1', '=HYPERLINK("//evil";"x")', '+7 900', '@имя', '<b>жирно</b>', '007'];

  it.each(NASTY)('T15 · %j stands as text, whatever it is the name of', name => {
    const one = bound({
      events: [
        at('1', 'entity_tag_added', { value_after: [{ tag: { name } }] }),
        at('2', 'lead_status_changed', { value_after: [{ lead_status: { id: 142, pipeline_id: 7 } }] }),
        at('3', name),
        at('4', 'incoming_chat_message', { value_after: [{ message: { id: 'x', origin: name } }] }),
        at('5', 'entity_responsible_changed', { value_after: [{ responsible_user: { id: 102 } }] }),
        at('6', 'custom_field_11_value_changed'),
      ],
      pipelines: [{ id: 7, name, statuses: [{ id: 142, name }] }],
      userNames: { 102: name },
      fields: { contacts: [{ id: 11, name }] },
    });
    expect(one.run()).toBe(true);
    const processes = one.rows('processes').map(({ process }) => process);
    // A type of events is a key: it has no spaces.
    expect(processes).toContain(name.replace(' ', '_'));
    expect(processes.filter(process => String(process).endsWith(`: ${name}`))).toHaveLength(4);
    expect(processes.filter(process => String(process).endsWith(`: ${name} / ${name}`))).toHaveLength(1);
    expect(one.rows('hours').map(({ event }) => event)).toContain(name);
    for (const key of DETAILS) expect(formulasIn(one, key)).toEqual([]);
    // Written twice, they stand once.
    const before = DETAILS.map(one.rows);
    one.run();
    expect(DETAILS.map(one.rows)).toEqual(before);
  });
});

describe('S2 · a sheet of details that a person has deleted', () => {
  it.each(DETAILS)('S2 · %s is made again with the next day, and said so; the others stay', key => {
    const automated = Array.from({ length: 25 }, (_, nth) =>
      at(`a${nth}`, 'note_added', { created_at: FROM + 36_000 + nth }),
    );
    const one = bound({ events: automated });
    one.run();
    const before = Object.fromEntries(DETAILS.map(other => [other, one.rows(other)]));
    for (const other of DETAILS) expect(before[other]).not.toEqual([]);
    one.workbook.user.deleteSheet(ru.sheets[key]);
    one.amo.events.push(
      ...automated.map(event => ({
        ...event,
        id: `b${event.id}`,
        created_at: Number(event.created_at) + 86_400,
      })),
    );
    one.world.clock.set('2026-11-20T03:05:00+03:00');
    expect(one.run()).toBe(true);
    for (const other of DETAILS) {
      const days = one.rows(other).map(({ date }) => date);
      expect([other, days.includes(DAY), days.includes(DAY + 1)]).toEqual([other, other !== key, true]);
    }
    expect(one.log()).toContainEqual(['WARN', ru.sheetGone(ru.sheets[key])]);
    expect(
      one.log().filter(([, what]) => String(what).startsWith(ru.sheetGone(ru.sheets[key]))),
    ).toHaveLength(1);
  });
});

describe('T14 · an upgrade from layout 2', () => {
  /** What layout 2 had in Days. */
  const DAYS_THEN = [
    ...['date', 'completeness', 'events', 'automated', 'manual', 'pings', 'pingsFailed', 'medianMs'],
    ...['peakMs', 'peakTime', 'requests', 'ownRequests', 'ownShare', 'note'],
  ];
  const EVENTS = events('task_added', 12, { created_by: 0 });
  /** A day that was being read, as the version before kept it. */
  const collectionThen = (day: string) => {
    const of = {
      accountId: 31_415_926,
      serviceAccounts: [],
      rules: [],
      beganAt: Date.parse('2026-11-19T03:00:00+03:00'),
    };
    const { tail: _, loops: __, ...begun } = newCollection(day, ZONE, hoursOf(day, ZONE), of);
    const sums = { types: { '0:task_added': ',,,5' }, authors: {} };
    const none = { types: {}, authors: {} };
    return JSON.stringify({ ...begun, next: begun.next + 43_200, sums, again: none });
  };
  const PROPERTIES = {
    'users.0': '2t,1',
    collection: '{"generation":4,"documents":1}',
    'sums.4.0': collectionThen('2026-11-18'),
    reported: '{"generation":3,"documents":1}',
    'sums.3.0': collectionThen('2026-11-17'),
  };

  function ofLayout2() {
    const one = bound({ events: EVENTS }, PROPERTIES);
    const { user } = one.workbook;
    for (const key of DETAILS) user.deleteSheet(ru.sheets[key]);
    const columns = Object.keys(TABLES.days);
    for (let place = columns.length; place >= 1; place -= 1)
      if (!DAYS_THEN.includes(columns[place - 1]!)) user.deleteColumns('Дни', place);
    const settings = one.workbook.sheet('Настройки');
    const keeping = Array.from({ length: settings.lastRow }, (_, at) => at + 1).find(
      row => settings.value(row, 5) === 'keepDetailsDays',
    );
    user.deleteRows('Настройки', keeping!);
    user.type('Дни', 2, 1, '17.11.2026');
    user.type('Дни', 2, 2, ru.complete);
    user.type('Дни', 2, 3, '77');
    one.workbook.metadata.find(({ key }) => key === SCHEMA_MARK)[0]!.value = '2';
    return one;
  }

  it('T14 · goes on without saying that sheets are missing, and the day is collected anew', () => {
    const one = ofLayout2();
    expect(one.workbook.display('Дни')[0]).toHaveLength(DAYS_THEN.length);
    expect(keptCollection(one.world.outside, 'collection')).toBeUndefined();
    expect(one.run()).toBe(true);
    // One of the pings has failed; the row of the settings is there by now.
    expect(one.log()).toEqual([
      ['WARN', done(12, 12)],
      ['WARN', expect.stringContaining(ru.settings.labels.keepDetailsDays)],
    ]);
    expect(one.rows('days')).toMatchObject([
      { date: DAY - 1, completeness: ru.complete, events: 77, operations: '', robot: '', p95Ms: '' },
      { date: DAY, completeness: ru.complete, events: 12, operations: 12, robot: 12, p95Ms: 509 },
    ]);
    expect(one.rows('hours')).toMatchObject([{ date: DAY, total: 12 }]);
    expect(one.rows('processes')).toMatchObject([{ date: DAY, events: 12, operations: 12 }]);
    expect(one.rows('latency')).toMatchObject([{ date: DAY, hour13: 509 }]);
    expect(one.workbook.metadata.find(({ key }) => key === SCHEMA_MARK).map(({ value }) => value)).toEqual([
      String(SCHEMA_VERSION),
    ]);
    // The columns that were there stay where they were, the new ones come behind them.
    const headers = one.workbook.display('Дни')[0]!;
    expect(headers.slice(0, DAYS_THEN.length)).toEqual(
      DAYS_THEN.map(column => ru.columns.days[column as keyof typeof ru.columns.days]),
    );
    expect(new Set(headers)).toEqual(new Set(Object.values(ru.columns.days)));
    expect(boundWorkbook().settings().read()).toContainEqual({ key: 'keepDetailsDays', value: '400' });
    // Nothing of the format of before is left.
    const left = [...one.world.properties].filter(([name]) => /^sums\.[34]\./.test(name));
    expect(left).toEqual([]);
    expect(keptCollection(one.world.outside, 'reported')).toMatchObject({ day: '2026-11-18' });
  });

  it('T14 · the next run has nothing to make and nothing to say', () => {
    const one = ofLayout2();
    one.run();
    const titles = one.workbook.sheets.map(({ title }) => title);
    const before = DETAILS.map(one.rows);
    const told = one.log().length;
    one.run();
    expect(one.log().slice(told)).toEqual([['WARN', done(12, 12)]]);
    expect(one.workbook.sheets.map(({ title }) => title)).toEqual(titles);
    expect(DETAILS.map(one.rows)).toEqual(before);
  });
});

function formulasIn({ workbook }: Bound, key: TableKey): string[] {
  const { rows } = workbook.sheet(ru.sheets[key]);
  return rows.flatMap(row => row?.flatMap(cell => cell?.formula ?? []) ?? []).filter(text => text !== '');
}
