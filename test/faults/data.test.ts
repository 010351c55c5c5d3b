import { LEAVER, SERVICE } from '../campaign/subjects';
import { tableRows } from '../campaign/tables';
import { countingOf } from '../campaign/workbookOracle';
import { oracleReport } from '../simulator/oracle';
import type { NewEvent } from '../simulator/state';
import { ALWAYS, body, crowd, crowded, type Fault } from './answers';
import {
  cells,
  complaintsOf,
  DAY,
  EVENTS,
  evening,
  expectAllWell,
  expectNothingInvented,
  logOf,
  machineHints,
  mailsOf,
  NEXT,
  REPORTS,
  rarePings,
  runsOf,
} from './night';

const TYPES = 'GET /api/v4/events/types';
const USERS = 'GET /api/v4/users';

/** `HH:mm:ss` of the day on the clocks of Moscow. */
const at = (time: string, day = DAY) => Date.parse(`${day}T${time}+03:00`);

const robots = (count: number, more: Partial<NewEvent> = {}): NewEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    at: at('10:00:00') + index * 1_000,
    type: 'lead_added',
    createdBy: 0,
    ...more,
  }));

describe('answers that are no data', () => {
  const broken: [id: string, name: string, fault: Fault][] = [
    ['D1', 'JSON that does not parse', 'json-garbage'],
    ['D1', 'a byte order mark', 'json-bom'],
    ['D1', 'letters of another charset', body(text => text.replace(/[^ -~]/g, '\uFFFD'))],
    ['D1', 'a key twice, the right one last', body(text => text.replace(/^\{/, '{"_embedded":null,'))],
    ['D2', 'no _embedded', 'no-embedded'],
    ['D2', '_embedded null', 'embedded-null'],
    ['D2', 'an object instead of the list', 'embedded-object'],
    [
      'D2',
      'null instead of the list',
      body(text => text.replace(/"(events|users)":\[.*\]\}/s, '"$1":null}')),
    ],
  ];

  it.each(broken)('%s · %s, once on a page of events, of users, and of names', (_, __, fault) => {
    const stage = evening(crowded(260));
    for (const where of [`${EVENTS}?page=1`, `${EVENTS}?page=2`, USERS, TYPES])
      stage.simulator.plan(where, fault);
    stage.advance(`${NEXT}T04:10`);
    expect(stage.simulator.unmetFaults()).toEqual([]);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage, { builtInNames: true });
  });

  it.each(broken.filter(([, name]) => /parse|_embedded|instead/.test(name)))(
    '%s · %s all night: an error, not zero, and the bytes are shown to nobody',
    (_, __, fault) => {
      const stage = evening(crowded(260));
      const [from, to] = [stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T04:00`)];
      stage.simulator.plan(EVENTS, fault, { from, to, times: ALWAYS });
      stage.advance(`${NEXT}T03:59`);
      expectNothingInvented(stage);
      expect(complaintsOf(stage, 'Отчёт')).toEqual([
        'Ответ amoCRM не удалось разобрать: в нём нет ожидаемых данных',
      ]);
      expect(JSON.stringify(logOf(stage))).not.toMatch(/_embedded|01k/);
      stage.advance(`${NEXT}T05:10`);
      expectAllWell(stage);
    },
  );
});

describe('lists that change while they are read', () => {
  it('D3 · a page that repeats the last event of the one before', () => {
    const stage = evening(crowded(260));
    stage.simulator.plan(`${EVENTS}?page=2`, 'duplicate-event');
    stage.advance(`${NEXT}T04:10`);
    expectAllWell(stage);
  });

  it.each(['newest-first', 'oldest-first'] as const)(
    'D3 · D4 · events that are inserted between two pages, above and below (%s)',
    order => {
      const stage = evening({ simulator: { events: crowd(260), order } });
      const insert = (time: string) => () => stage.simulator.addEvents(robots(3, { at: at(time) }));
      stage.simulator.meanwhile(`${EVENTS}?page=2`, 1, insert('12:00:01'));
      stage.simulator.meanwhile(`${EVENTS}?page=3`, 1, insert('12:04:50'));
      stage.advance(`${NEXT}T04:10`);
      expectAllWell(stage);
    },
  );

  it('D4 · events that are deleted between two pages: at most so many others are missed', () => {
    const stage = evening(crowded(260));
    const { simulator } = stage;
    const [, , third] = [...simulator.ledger.events].sort((a, b) => b.createdAt - a.createdAt);
    simulator.meanwhile(`${EVENTS}?page=2`, 1, () => simulator.deleteEvents(({ id }) => id === third!.id));
    stage.advance(`${NEXT}T04:10`);
    // The deleted one was read before, one of the others moved over the border unread.
    expect(cells(stage, 'days', 'events')).toEqual([259]);
    stage.click('runReportNow');
    expectAllWell(stage);
  });
});

describe('D5 · events that arrive late', () => {
  it('D5 · while the day is being read: in its report', () => {
    const stage = evening();
    stage.simulator.addEvents(robots(4, { at: at('23:59:58'), visibleFrom: at('03:00:05', NEXT) }));
    stage.advance(`${NEXT}T04:10`);
    expectAllWell(stage);
  });

  it('D5 · 23:59:58, to be seen at 03:20: corrected once in the next night, and said so', () => {
    const stage = evening();
    stage.simulator.addEvents(robots(4, { at: at('23:59:58'), visibleFrom: at('03:20:00', NEXT) }));
    stage.advance(`${NEXT}T04:10`);
    expect(cells(stage, 'days', 'events')).toEqual([oracleReport(stage.simulator, DAY).total - 4]);
    stage.advance('2026-11-20T04:10');
    const said = logOf(stage).filter(({ what }) => /исправлен/.test(what));
    expect(said.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Отчёт за 18\.11\.2026 исправлен: событий, появившихся позже: 4/),
    ]);
    stage.advance('2026-11-21T04:10');
    expect(logOf(stage).filter(({ what }) => /исправлен/.test(what))).toHaveLength(1);
    expectAllWell(stage, { days: [DAY, NEXT, '2026-11-20'] });
  });

  it('D5 · of noon, to be seen at 03:20: not before somebody asks for the day once more', () => {
    const stage = evening();
    stage.simulator.addEvents(robots(4, { at: at('12:00:00'), visibleFrom: at('03:20:00', NEXT) }));
    stage.advance('2026-11-20T04:10');
    expect(cells(stage, 'days', 'events')[0]).toBe(oracleReport(stage.simulator, DAY).total - 4);
    stage.click('reportPeriod', { otherwise: ['18.11.2026'] });
    stage.advance('2026-11-20T05:10');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});

describe('what events say of themselves', () => {
  it('D6 · types, fields and entities that nobody knows are counted under their own names', () => {
    const stage = evening();
    stage.simulator.addEvents([
      ...robots(40, { type: 'quantum_linked', entityType: 'starship' }),
      ...robots(30, { type: 'custom_field_999_value_changed' }),
    ]);
    stage.advance(`${NEXT}T04:10`);
    expect(cells(stage, 'report', 'event').slice(0, 2).join()).toContain('quantum_linked');
    expectAllWell(stage, { builtInNames: true });
  });

  it('D7 · authors of every shape: whoever was once a user is a person, everybody else is automation', () => {
    const stage = evening();
    const { simulator } = stage;
    const authors = [null, 'absent', 'robot', '9000002', -5, '-5', 7_777_777, 0, '0', 9_000_003] as const;
    const oddDay = (day: string) =>
      authors.flatMap(createdBy => robots(2, { at: at('11:00:00', day), createdBy }));
    simulator.addEvents([...oddDay(DAY), ...oddDay(NEXT)]);
    stage.advance(`${NEXT}T04:10`);
    expectAllWell(stage);
    // Dismissed, and deleted from the list.
    simulator.deleteUser(9_000_003);
    stage.advance('2026-11-20T04:10');
    const right = oracleReport(simulator, NEXT, {
      ...countingOf(stage, NEXT),
      rememberedUsers: [9_000_003, LEAVER.id],
    });
    expect(cells(stage, 'days', 'automated')[1]).toBe(right.automated);
    expect(cells(stage, 'report', 'count').slice(5)).toEqual(right.top.map(([, count]) => count));
  });

  it('D8 · value_after of every shape, one of a megabyte: the counts are right', () => {
    const stage = evening();
    const values = [undefined, null, [], {}, 'text', 0, [[[]]], [{ note: { text: 'x'.repeat(1_000_000) } }]];
    stage.simulator.addEvents(
      values.flatMap(value => robots(1, { raw: { value_after: value, value_before: value } })),
    );
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage);
  });

  it('D9 · times that cannot be: left out of the counts, counted, and said so', () => {
    const stage = evening();
    const future = at('10:00:00', '2027-01-01') / 1000;
    const times = [undefined, null, 0, -1, 'yesterday', future, at('10:00:00'), Number.MAX_VALUE];
    stage.simulator.addEvents(times.flatMap(time => robots(1, { raw: { created_at: time } })));
    stage.advance(`${NEXT}T04:10`);
    const right = oracleReport(stage.simulator, DAY, countingOf(stage, DAY));
    expect(cells(stage, 'days', 'events')).toEqual([right.total - times.length]);
    expect(cells(stage, 'days', 'automated')).toEqual([right.automated - times.length]);
    expect(cells(stage, 'days', 'note')).toEqual([`Не разобрано записей: ${times.length}`]);
    expect(logOf(stage).map(({ what }) => what)).toEqual([
      expect.stringMatching(
        new RegExp(`^Отчёт за 18\\.11\\.2026 готов.*Не разобрано записей: ${times.length}$`),
      ),
    ]);
  });

  it('D10 · ids that are no ULIDs, numbers among them, count like others', () => {
    const stage = evening();
    const ids = ['12345', 12_346, 'not a ulid', '{}', 'é'];
    stage.simulator.addEvents(ids.flatMap(id => robots(1, { id: String(id), raw: { id } })));
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage);
  });

  it('D11 · a field that was deleted before the report: its changes count, under their common name', () => {
    const stage = evening();
    stage.simulator.addEvents(robots(60, { type: 'custom_field_188087_value_changed' }));
    stage.advance(`${NEXT}T02:30`);
    stage.simulator.account.customFields.length = 0;
    stage.advance(`${NEXT}T04:10`);
    expect(cells(stage, 'report', 'event')[0]).toMatch(/^[А-Я]/);
    expectAllWell(stage);
  });
});

describe('D12 · the list of users', () => {
  const FIRST = 9_100_001;
  /** So many in all. */
  const people = (count: number) => [
    SERVICE,
    LEAVER,
    ...Array.from({ length: count - 2 }, (_, index) => ({
      id: FIRST + index,
      name: `№ ${index}`,
      isAdmin: index === 0,
    })),
  ];
  const busy = (count: number) => ({
    simulator: {
      users: people(count),
      events: Array.from({ length: count - 2 }, (_, index) => ({
        at: at('10:00:00') + index * 10_000,
        type: index % 2 ? 'lead_added' : 'task_added',
        createdBy: FIRST + index,
      })).concat(robots(5) as never),
    },
  });

  it.each([51, 250, 251, 1_000])('D12 · %d users: nobody’s work counts as automation', count => {
    const stage = evening(busy(count));
    stage.advance(`${NEXT}T04:10`);
    expect(cells(stage, 'days', 'automated')).toEqual([5]);
    expectAllWell(stage);
  });

  it.each<[string, Fault]>([
    ['is missing', 'users-page-missing'],
    ['fails', 'json-503'],
    ['is cut', 'cut-body'],
    ['is refused', '403-json'],
    ['holds strangers', body(text => text.replace(/"id":\d+/, '"id":"?"'))],
  ])('D12 · the second page of it %s: no report rather than a wrong one', (_, fault) => {
    const stage = evening(busy(251));
    const [from, to] = [stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T04:00`)];
    stage.simulator.plan(`${USERS}?page=2`, fault, { from, to, times: ALWAYS });
    stage.advance(`${NEXT}T03:59`);
    expectNothingInvented(stage);
    expect(complaintsOf(stage, 'Отчёт')).toHaveLength(1);
    stage.advance(`${NEXT}T05:10`);
    expectAllWell(stage);
  });
});

describe('D13 · days of every size', () => {
  it.each([0, 1, 99, 100, 101, 10_000])('D13 · %d events', count => {
    const stage = evening({ busy: { date: DAY, events: count } });
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage).map(({ what }) => what)).toEqual(machineHints(stage, DAY));
    expectAllWell(stage);
  });

  it('D13 · 50,000 events at five seconds a page: over several runs, and the status tells the end', () => {
    const stage = evening({ busy: { date: DAY, events: 50_000 } });
    stage.simulator.slow(EVENTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T09:00`), 4_850);
    stage.advance(`${NEXT}T03:06`);
    const { dialogs } = stage.click('showStatus');
    expect(dialogs[0]!.text).toMatch(
      /Собирается 18\.11\.2026: событий \d+, готово \d+ %, закончится около 19\.11\.2026 0[34]:\d\d/,
    );
    stage.advance(`${NEXT}T05:10`);
    expect(runsOf(stage, REPORTS, 0, ALWAYS).length).toBeGreaterThan(2);
    expectAllWell(stage);
  });
});

describe('D14 · types', () => {
  it.each<[string, (index: number) => string]>([
    ['one type is 99 % of the events', index => (index % 100 === 0 ? 'task_added' : 'lead_added')],
    ['300 types', index => `type_${index % 300}`],
    ['ties at every place', index => `type_${index % 60}`],
  ])('D14 · %s: the order is settled', (_, typeOf) => {
    const events = robots(1_200).map((event, index) => ({ ...event, type: typeOf(index) }));
    const stage = evening({ simulator: { events } });
    stage.set('topEvents', '50');
    stage.advance(`${NEXT}T04:10`);
    expectAllWell(stage, { topEvents: 50, builtInNames: true });
    stage.click('runReportNow');
    expectAllWell(stage, { topEvents: 50, builtInNames: true });
  });
});

describe('D15 · another account behind the same sheet', () => {
  it('D15 · in the middle of a day: nothing of the new one comes in, and all goes on when the old one is back', () => {
    const stage = evening({ busy: { date: DAY, events: 2_600 } });
    const { simulator } = stage;
    simulator.slow(EVENTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T09:00`), 24_000);
    stage.advance(`${NEXT}T03:05`);
    expect(cells(stage, 'days', 'completeness')).toEqual([expect.stringMatching(/^частичный/)]);
    simulator.heal();
    const { account } = simulator;
    const { id } = account;
    const rows = () =>
      ['days', 'hours', 'processes', 'report'].map(key => tableRows(stage.world.workbook, key));
    const before = rows();
    account.id = 27_182_818;
    stage.advance(`${NEXT}T20:00`, rarePings);
    stage.click('runReportNow');
    stage.click('setUp');
    expect(rows()).toEqual(before);
    // No event of the other account was asked for, and no ping measured after the first one had told.
    const met = simulator.ledger.requests.findIndex(({ at }) => at >= stage.at(`${NEXT}T03:05`));
    const paths = simulator.ledger.requests.slice(met).map(({ path }) => path);
    expect(new Set(paths.slice(paths.indexOf('/api/v4/account')))).toEqual(new Set(['/api/v4/account']));
    expect(mailsOf(stage)).toEqual(['amoCRM Monitor: «Подключение» не работает']);
    expect(complaintsOf(stage, 'Отчёт').join()).toMatch(/Это другой аккаунт amoCRM/);

    account.id = id;
    stage.advance('2026-11-20T04:10', rarePings);
    expect(mailsOf(stage).at(-1)).toBe('amoCRM Monitor: «Подключение» снова работает');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});
