import readXlsxFile from 'read-excel-file/node';
import { TEXTS } from '../../src/core/texts';
import { cardNames, eventNames, processNames } from '../campaign/shownNames';
import { workbookJson } from '../emulator/export/workbook-json';
import { workbookXlsx } from '../emulator/export/workbook-xlsx';
import type { Question } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { type Actor, type AttributionOptions, attribution } from '../simulator/attributionOracle';
import { oracleReport } from '../simulator/oracle';
import type { Simulator } from '../simulator/simulator';
import type { NewEvent } from '../simulator/state';
import { wallTime } from '../simulator/wallClock';
import { column, company, DAY, shift, tryOut, wall } from './product';

type Language = 'ru' | 'en';

const ZONE = 'Europe/Moscow';
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const LOCALES = { ru: 'ru_RU', en: 'en_US' };
const PROCESSES = {
  ru: ['Дата', 'Процесс', 'Кто', 'Событий', 'Операций', 'Доля', 'Час пика', 'Пример'],
  en: ['Date', 'Process', 'Actor', 'Events', 'Operations', 'Share', 'Peak hour', 'Example'],
};
const HOURLY = {
  ru: ['Дата', 'Событие', 'Всего', ...HOURS.map(hour => `${hour} ч`), 'Примечание'],
  en: [
    'Date',
    'Event',
    'Total',
    ...HOURS.map(hour => (TEXTS.en.columns.hours as Record<string, string>)[`hour${hour}`]!),
    'Note',
  ],
};

/** The rows of the sheet that has this header, as the user sees them. */
function sheetWith({ workbook }: World, header: readonly string[]): string[][] {
  const shown = workbook.sheets.filter(({ lastRow }) => lastRow > 0).map(sheet => workbook.display(sheet));
  const found = shown.filter(([first]) => first!.join('|') === header.join('|'));
  expect(found).toHaveLength(1);
  return found[0]!.slice(1);
}

const dayShown = (day: string, language: Language) =>
  language === 'ru' ? day.split('-').reverse().join('.') : day;
const hourShown = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
const percent = (share: number, language: Language) =>
  `${(share * 100).toFixed(2).replace('.', language === 'ru' ? ',' : '.')}%`;
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** The rows that the oracle's answer makes: ties in any order, so both sides are sorted. */
function rightProcesses(
  simulator: Simulator,
  day: string,
  language: Language,
  options: AttributionOptions = {},
): string[] {
  const { processes } = attribution(simulator, day, options);
  const automated = sum(processes.map(({ events }) => events));
  return processes
    .map(process => {
      const { actor, events, example, operations, peakHour } = process;
      const [name] = processNames({ simulator }, process, { languages: [language] });
      const card = cardNames({ simulator }, example.entityType, example.entityId);
      const share = percent(events / automated, language);
      const cells = [name, TEXTS[language].actors[actor], events, operations, share, hourShown(peakHour)];
      return [dayShown(day, language), ...cells, language === 'ru' ? card[0] : card.at(-1)].join('|');
    })
    .sort();
}

function rightHours(simulator: Simulator, day: string, language: Language): string[] {
  const rows = Object.entries(attribution(simulator, day).hours).map(([type, counts]) => {
    const [name] = eventNames({ simulator }, type, { languages: [language] });
    return { type, total: sum(counts), cells: [dayShown(day, language), name, sum(counts), ...counts] };
  });
  rows.sort((a, b) => b.total - a.total || (a.type < b.type ? -1 : 1));
  return rows.map(({ cells }) => cells.join('|'));
}

const lines = (rows: readonly string[][]) => rows.map(row => row.join('|'));

describe.each(['ru', 'en'] as const)('hours and processes of a day, in %s', language => {
  it.each([
    ['a believable day', DAY, ZONE],
    ['a day of 25 hours', '2026-10-25', 'Europe/Berlin'],
    ['a day of 23 hours', '2026-03-29', 'Europe/Berlin'],
  ])('T1 T2 T5 T7 · %s, right to the event', (_, day, timeZone) => {
    const simulator = company({ date: day, timeZone });
    const { world } = tryOut(simulator, { firstDay: day, locale: LOCALES[language], sheetZone: timeZone });
    const processes = sheetWith(world, PROCESSES[language]);
    expect(lines(processes).sort()).toEqual(rightProcesses(simulator, day, language));
    const counts = processes.map(row => Number(row[3]));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));

    const hours = sheetWith(world, HOURLY[language]);
    expect(lines(hours.map(row => row.slice(0, -1)))).toEqual(rightHours(simulator, day, language));
    const [first, ...others] = hours.map(row => row.at(-1));
    const texts = TEXTS[language];
    const change = { '2026-10-25': texts.hourTwice(2), '2026-03-29': texts.hourLeftOut(2) }[day] ?? '';
    expect([first, ...new Set(others)]).toEqual([change, '']);

    const { automated } = oracleReport(simulator, day);
    expect(sum(counts)).toBe(automated);
    expect(sum(hours.map(row => Number(row[2])))).toBe(automated);
    expect(column(world, 'days', 'automated')).toEqual([automated]);
  });
});

/** An account without any other events than these. */
function accountWith(events: readonly NewEvent[], options: Parameters<typeof company>[0] = {}): Simulator {
  return company({ events, ...options });
}

const noon = wall(DAY, '12:00:00', ZONE);

it('T1 T5 · thirty fields changed in one save are thirty events and one operation', () => {
  const customFields = Array.from({ length: 30 }, (_, index) => ({ id: 500 + index, name: `Поле ${index}` }));
  const save = customFields.map(
    ({ id }): NewEvent => ({
      at: noon,
      type: `custom_field_${id}_value_changed`,
      createdBy: 0,
      entityType: 'lead',
      entityId: 77,
    }),
  );
  const { world } = tryOut(accountWith(save, { customFields }), { pings: 0 });
  expect(column(world, 'days', 'automated')).toEqual([30]);
  expect(column(world, 'days', 'operations')).toEqual([1]);
  const processes = sheetWith(world, PROCESSES.ru);
  expect(processes).toHaveLength(30);
  expect(new Set(processes.map(row => row.slice(3).join('|')))).toEqual(
    new Set(['1|1|3,33%|12:00|https://demo.amocrm.ru/leads/detail/77']),
  );
  expect(sheetWith(world, HOURLY.ru).map(row => row[2])).toEqual(['30']);
});

it('M4 T5 T6 · everybody who can make events stands in the day, and only automation among the processes', () => {
  const users = [
    { id: 1, name: 'Admin', isAdmin: true },
    { id: 2, name: 'Интеграция' },
    { id: 3, name: 'Уволен' },
  ];
  const by = (createdBy: NewEvent['createdBy'], type = 'lead_added'): NewEvent => {
    return { at: noon, type, createdBy };
  };
  const events = [
    ...[by(0), by(0), by(0, 'incoming_call'), by(1), by(2), by(3), by(99), by(null), by('absent')],
    // Of the day before: then the one who was dismissed is still there.
    ...[{ ...by(3), at: noon - 86_400_000 }],
  ];
  const simulator = accountWith(events, { users });
  const { world } = tryOut(simulator, {
    firstDay: shift(DAY, -1),
    pings: 0,
    settings: [{ key: 'serviceAccounts', value: '2' }],
  });
  simulator.deleteUser(3);
  world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
  world.run('dailyReport', { context: 'clock' });

  const counting = { serviceAccounts: [2], formerUsers: [3], rememberedUsers: [3] };
  const right = attribution(simulator, DAY, counting);
  expect(right.actors).toEqual({ robot: 2, client: 1, service: 1, unknown: 3, person: 1, former: 1 });
  for (const actor of Object.keys(right.actors) as Actor[]) {
    expect(column(world, 'days', actor)[1]).toBe(right.actors[actor]);
    expect(column(world, 'days', `${actor}Share`)[1]).toBe(right.actors[actor] / 9);
  }
  expect(column(world, 'days', 'former')[0]).toBe(0);
  expect(lines(sheetWith(world, PROCESSES.ru)).sort()).toEqual(
    rightProcesses(simulator, DAY, 'ru', counting),
  );
});

it.each(['=HYPERLINK("http://x";"x")', '=1+1', '+7 916', '<b>bold</b>', '@name', "'quoted", '50%'])(
  'M8 T11 · %s as the name of a field, a stage, a tag and a user stands as text',
  name => {
    const change = (type: string, valueAfter: unknown): NewEvent => ({
      at: noon,
      type,
      createdBy: 0,
      valueAfter,
    });
    const simulator = accountWith(
      [
        change('custom_field_500_value_changed', []),
        change('lead_status_changed', [{ lead_status: { id: 11, pipeline_id: 10 } }]),
        change('entity_tag_added', [{ tag: { name } }]),
        change('entity_responsible_changed', [{ responsible_user: { id: 1 } }]),
      ],
      {
        customFields: [{ id: 500, name }],
        pipelines: [{ id: 10, name, statuses: [{ id: 11, name }] }],
        users: [{ id: 1, name, isAdmin: true }],
      },
    );
    const { world } = tryOut(simulator, { pings: 0 });
    expect(lines(sheetWith(world, PROCESSES.ru)).sort()).toEqual(rightProcesses(simulator, DAY, 'ru'));
    const shown = column(world, 'processes', 'process').map(text =>
      String(text).split(': ').slice(1).join(': '),
    );
    expect([...shown].sort()).toEqual([name, name, name, `${name} / ${name}`].sort());
    const formulas = world.workbook.sheets.flatMap(sheet =>
      sheet.rows.flatMap(row => (row ?? []).map(cell => cell?.formula ?? '')),
    );
    expect(formulas.filter(formula => formula !== '')).toEqual([]);
  },
);

it('T1 T4 · of more than five hundred processes the rarest stand together, and nothing is lost', () => {
  const tagged = (tag: number): NewEvent => ({
    at: noon + tag * 1_000,
    type: 'entity_tag_added',
    createdBy: 0,
    valueAfter: [{ tag: { name: `тег ${tag}` } }],
  });
  const once = Array.from({ length: 700 }, (_, tag) => tagged(tag));
  const twice = Array.from({ length: 30 }, (_, tag) => ({ ...tagged(tag), at: noon + 3_600_000 }));
  const { world } = tryOut(accountWith([...once, ...twice]), { pings: 0 });
  const rows = sheetWith(world, PROCESSES.ru);
  expect(rows).toHaveLength(500);
  expect(rows[0]!.slice(1, 5)).toEqual(['Теги добавлены: прочее', 'Робот', '201', '201']);
  expect(rows.slice(1, 31).map(row => row[3])).toEqual(Array.from({ length: 30 }, () => '2'));
  expect(sum(rows.map(row => Number(row[3])))).toBe(730);
  expect(sum(rows.map(row => Number(row[4])))).toBe(730);
});

it('T1 · a field that flips and two tags that answer each other are told as loops, a quiet day has none', () => {
  const at = (minutes: number) => wall(DAY, '09:00:00', ZONE) + minutes * 60_000;
  const flips = Array.from(
    { length: 30 },
    (_, index): NewEvent => ({
      at: at(index * 6),
      type: 'custom_field_500_value_changed',
      createdBy: 0,
      entityType: 'lead',
      entityId: 77,
    }),
  );
  const turns = Array.from(
    { length: 40 },
    (_, index): NewEvent => ({
      at: at(index * 3),
      type: index % 2 === 0 ? 'entity_tag_added' : 'entity_tag_deleted',
      createdBy: 0,
      entityType: 'contact',
      entityId: 78,
      [index % 2 === 0 ? 'valueAfter' : 'valueBefore']: [{ tag: { name: 'круг' } }],
    }),
  );
  const quiet = flips.slice(0, 10).map(event => ({ ...event, at: event.at + 86_400_000 }));
  const simulator = accountWith([...flips, ...turns, ...quiet], {
    customFields: [{ id: 500, name: 'Статус' }],
  });
  const { world } = tryOut(simulator, { days: 2, pings: 0 });
  const rows = sheetWith(world, Object.values(TEXTS.ru.columns.loops));
  expect(rows).toEqual([
    [
      '18.11.2026',
      'два процесса отвечают друг другу',
      'Теги добавлены: круг ⇄ Теги убраны: круг',
      'https://demo.amocrm.ru/contacts/detail/78',
      '40',
      '0',
      expect.stringMatching(/^18\.11\.2026 09:0\d$/),
      '18.11.2026 10:57',
    ],
    [
      '18.11.2026',
      'повторяется раз за разом',
      'Изменение поля: Статус',
      'https://demo.amocrm.ru/leads/detail/77',
      '30',
      '0',
      '18.11.2026 09:00',
      '18.11.2026 11:54',
    ],
  ]);
});

it('T2 T9 · latency by hour is the median of the pings that count', () => {
  const simulator = company({ perDay: 30, latency: { min: 100, max: 100, byHour: [] } });
  simulator.slow('GET /api/v4/account', wall(DAY, '01:00:00', ZONE), wall(DAY, '01:30:00', ZONE), 400);
  const { world } = tryOut(simulator, { pings: 3 });
  const hour = (number: number) => column(world, 'latency', `hour${number}`)[0];
  const slow = column(world, 'pings', 'ms')[1];
  expect([hour(0), hour(1), hour(2), hour(3)]).toEqual([100, slow, 100, '']);
  expect(slow).toBeGreaterThan(400);
  expect(column(world, 'days', 'slowestHour')).toEqual([1]);
});

it('T4 T16 M7 · a month reported again changes nothing', () => {
  const days = Array.from({ length: 30 }, (_, index) => shift(DAY, index));
  const end = shift(DAY, days.length);
  const between = (from: number, to: number) => (at: number) => at >= from && at < to;
  const events = days.flatMap(day => {
    const isOfDay = between(wall(day, '00:00:00', ZONE), wall(shift(day, 1), '00:00:00', ZONE));
    return company({ date: day, perDay: 12 }).ledger.events.filter(({ at }) => isOfDay(at));
  });
  const simulator = company({ events });
  const { world } = tryOut(simulator, { days: days.length, pings: 1 });
  const shown = () =>
    (['report', 'hours', 'processes', 'loops', 'latency'] as const).map(key => {
      const sheet = world.workbook.sheets.find(({ title }) => title === TEXTS.ru.sheets[key])!;
      return [key, world.workbook.display(sheet)];
    });
  const before = shown();
  expect(column(world, 'days', 'date')).toHaveLength(days.length);
  const asked = simulator.ledger.requests.length;

  world.jumpTo(wall(end, '10:00:00', ZONE));
  const answers = ({ kind }: Question) =>
    kind === 'prompt' ? { text: `${DAY} - ${days.at(-1)}` } : ('OK' as const);
  expect(world.click('amoCRM Monitor', 'Отчёт за период…', { answers }).error).toBeUndefined();
  world.advanceTo(wall(end, '14:00:00', ZONE));
  const readAgain = simulator.ledger.requests
    .slice(asked)
    .filter(({ path }) => path === '/api/v4/events')
    .map(({ query }) => wallTime(Number(query['filter[created_at][to]']) * 1000 - 2_000, ZONE).date);
  expect([...new Set(readAgain)].sort()).toEqual(days);
  expect(shown()).toEqual(before);
}, 120_000);

it('T4 T11 · the exported workbook holds the sheets, as data and as a file', async () => {
  const simulator = company({ perDay: 60 });
  const { world } = tryOut(simulator, { pings: 2 });
  const { mail, triggers, workbook } = world;
  const json = workbookJson(workbook, {
    sheetMark: 'amoMonitor.sheet',
    nameOf: mark => mark.replace(/@.*/, ''),
    triggers,
    mail,
    requests: 0,
  });
  const keys = ['hours', 'processes', 'loops', 'latency'];
  expect(json.sheets.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
  const processes = json.sheets.find(({ key }) => key === 'processes')!;
  expect(processes.display[0]).toEqual(PROCESSES.ru);
  expect(lines(processes.display.slice(1)).sort()).toEqual(rightProcesses(simulator, DAY, 'ru'));
  expect(processes.values[1]![0]).toBe(DAY);

  const file = await readXlsxFile(await workbookXlsx(workbook));
  const sheet = file.find(found => found.sheet === 'Процессы')!.data;
  expect(sheet[0]).toEqual(PROCESSES.ru);
  expect(sheet.slice(1).map(row => row[3])).toEqual(processes.values.slice(1).map(row => row[3]));
  expect(sheet[1]![0]).toEqual(new Date(`${DAY}T00:00:00Z`));
  expect(file.map(found => found.sheet)).toEqual(
    expect.arrayContaining(['Часы', 'Циклы', 'Задержка по часам']),
  );
});
