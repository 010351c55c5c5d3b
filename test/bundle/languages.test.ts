import { TEXTS } from '../../src/core/texts';
import type { Outcome } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { locateColumns } from '../local/columns';
import { typeSetting } from '../local/typeSetting';
import { subjectOf } from '../simulator/eventSubject';
import { eventTypes } from '../simulator/eventTypeNames';
import { oracleReport } from '../simulator/oracle';
import type { Simulator } from '../simulator/simulator';
import { column, company, DAY, shift, shown, tryOut, wall } from './product';

const CYRILLIC = /[а-яё]/i;
/** Words that are the same in both languages: names, codes, keys. */
const SHARED =
  /amoCRM|amo(?=М)|Google|Europe\/Moscow|HTTP|HTML|INFO|WARN|ERROR|DEBUG|auto|id\b|ID|OAuth|[\w.]+\.(?:ru|com)|[a-z]+[A-Z]\w+|token|free|workspace|[\w.]+@[\w.]+|language|ru|en/g;

/** A text without the names that the account has given, which stand there in whatever language they are, and addresses. */
function ourWords(text: string, simulator: Simulator): string {
  const { customFields, customerStatuses, pipelines, taskTypes } = simulator.account;
  const stages = pipelines.flatMap(({ name, statuses }) => [name, ...statuses.map(status => status.name)]);
  const given = [...customFields, ...customerStatuses, ...taskTypes, ...simulator.users].map(
    ({ name }) => name,
  );
  const subjects = simulator.ledger.events.flatMap(event => {
    const subject = subjectOf(event);
    return subject?.kind === 'tag' || subject?.kind === 'channel' ? [subject.id] : [];
  });
  const names = [...new Set([...stages, ...given, ...subjects])];
  // Only behind the colon: a name that is one of our words must not hide it elsewhere.
  const [event, ...about] = text.replace(/https:\/\/\S+/, '').split(': ');
  const rest = names.reduce((left, name) => left.replaceAll(name, ''), about.join(': '));
  return about.length === 0 ? event! : `${event}: ${rest}`;
}

const headers = (world: World) =>
  world.workbook.sheets
    .filter(sheet => sheet.lastRow > 0)
    .map(sheet => [sheet.title, ...world.workbook.display(sheet)[0]!]);

describe('one language at a time (M8)', () => {
  it('an English spreadsheet shows English only: sheets, settings, report, log, dialogs', () => {
    const simulator = company({ accountName: 'Example Ltd' });
    simulator.plan('GET /api/v4/account', 'html-502', {
      times: 3,
      from: wall(DAY, '00:30:00', 'Europe/Moscow'),
    });
    const { world, reports } = tryOut(simulator, { locale: 'en_US', pings: 3, again: true });
    expect(reports.every(({ complete }) => complete)).toBe(true);
    const outcomes: Outcome[] = [world.run('showStatus', { answers: () => 'OK' })];
    simulator.plan('*', '401', { times: 9 });
    for (const door of ['pingNow', 'runReportNow']) outcomes.push(world.run(door, { answers: () => 'OK' }));
    const seen = [
      ...world.workbook.sheets.map(({ title }) => title),
      ...world.workbook.sheets.flatMap(sheet => world.workbook.display(sheet).flat()),
      ...outcomes.flatMap(({ dialogs, console }) => [...dialogs.map(({ text }) => text), ...console]),
      ...world.menus.flatMap(menu => menu.items.map(item => (item.kind === 'item' ? item.caption : ''))),
    ];
    expect(seen.filter(text => CYRILLIC.test(ourWords(text, simulator)))).toEqual([]);
    expect(shown(world, 'report')[0]![0]).toBe('2026-11-18');
    expect(world.workbook.display('Report')[0]).toEqual([
      'Date',
      'Event',
      'Count',
      'Peak load (ms)',
      'Peak time',
    ]);
  });

  it('a Russian spreadsheet shows Russian only', () => {
    const simulator = company();
    const { world } = tryOut(simulator, { pings: 3 });
    simulator.plan('*', '401', { times: 9 });
    const outcomes = ['showStatus', 'pingNow', 'runReportNow'].map(door =>
      world.run(door, { answers: () => 'OK' }),
    );
    // amoCRM's own names of types, and the keys of those that it has none for.
    const named = new Set([
      ...Object.keys(oracleReport(simulator, DAY).counts),
      ...eventTypes('ru', []).map(({ lang }) => lang),
    ]);
    const seen = [
      ...world.workbook.sheets.map(({ title }) => title),
      ...world.workbook.sheets.flatMap(sheet => world.workbook.display(sheet).flat()),
      ...outcomes.flatMap(({ dialogs }) => dialogs.map(({ text }) => text)),
    ];
    // The hidden column of the pings holds codes.
    const foreign = seen.filter(
      text =>
        !named.has(text) &&
        !/^[0-9a-z,]+$/.test(text) &&
        /[a-z]{2,}/i.test(ourWords(text, simulator).replace(SHARED, '')),
    );
    expect(foreign).toEqual([]);
    expect(world.workbook.display('Отчёт')[0]).toEqual([
      'Дата',
      'Событие',
      'Кол-во',
      'Пиковая нагрузка (мс)',
      'Время пика',
    ]);
  });

  it('by the setting, at once, and back; a title of the user stays', () => {
    const { world } = tryOut(company({ perDay: 60 }), { pings: 1 });
    const russian = headers(world);
    world.workbook.user.renameSheet('Дни', 'Мои дни');
    typeSetting(world, 'language', 'en');
    const english = headers(world);
    expect(english.map(row => row[0])).toEqual([
      'Report',
      'Мои дни',
      'Hours',
      'Processes',
      'Loops',
      'Latency by hour',
      'Pings',
      'Log',
      'Rules',
      'Settings',
    ]);
    expect(english.flatMap(row => row.slice(1)).filter(text => CYRILLIC.test(text))).toEqual([]);
    expect(shown(world, 'report')[0]![0]).toBe('2026-11-18');
    expect(column(world, 'settings', 'setting')).toEqual(Object.values(TEXTS.en.settings.labels));
    expect(
      column(world, 'settings', 'value')[column(world, 'settings', 'key').indexOf('clientActionsCount')],
    ).toBe('yes');
    typeSetting(world, 'language', 'ru');
    world.workbook.user.renameSheet('Мои дни', 'Дни');
    expect(headers(world)).toEqual(russian);
  });
});

describe('names from amoCRM stand as text', () => {
  it.each([
    '=HYPERLINK("http://evil.example";"x")',
    '+7 916',
    '-5',
    '@name',
    "'quoted",
    '12.11',
    '007',
    'ИСТИНА',
    '1,5',
    '<b>bold</b>',
    '\t=1+1',
    '50%',
    'Обычное имя',
  ])('%s', name => {
    const simulator = company({ perDay: 60 });
    const { world } = (() => {
      const types = {
        _total_items: 1,
        _embedded: { events_types: [{ key: 'strange', type: 1, lang: name }] },
      };
      simulator.plan(
        'GET /api/v4/events/types',
        () => ({
          status: 200,
          headers: { 'Content-Type': 'application/hal+json' },
          body: JSON.stringify(types),
        }),
        { times: 9 },
      );
      simulator.addEvents(
        Array.from({ length: 60 }, (_, second) => ({
          at: wall(DAY, '12:00:00', 'Europe/Moscow') + second * 1000,
          type: 'strange',
          createdBy: 0,
        })),
      );
      return tryOut(simulator, { pings: 0 });
    })();
    const { sheet, columns } = locateColumns(world.workbook, 'report');
    const cell = sheet.cell(2, columns.get('event')!)!;
    expect([cell.value, cell.formula]).toEqual([name.trim(), '']);
    expect(shown(world, 'report')[0]![1]).toBe(name.trim());
  });
});

it('the schedule fires by itself, an hourly ping and a report at night, as unpunctual as the platform is (M1 T12)', () => {
  const simulator = company({ perDay: 60 });
  const { world } = tryOut(simulator, { pings: 0, days: 0 });
  const outcomes = world.advanceTo(wall(shift(DAY, 1), '12:00:00', 'Europe/Moscow'));
  expect(outcomes.filter(({ error }) => error)).toEqual([]);
  expect(shown(world, 'days').map(row => row[0])).toEqual(['17.11.2026', '18.11.2026']);
  const perDay = column(world, 'days', 'pings').map(Number);
  expect(perDay[1]).toBeGreaterThanOrEqual(23);
  expect(perDay[1]).toBeLessThanOrEqual(25);
});

it('needs no scope beyond the manifest and never runs into a quota in ten days', () => {
  const simulator = company({ perDay: 0 });
  const { world } = tryOut(simulator, { pings: 0, days: 0 });
  const outcomes = world.advanceTo(world.now() + 10 * 86_400_000);
  expect(outcomes.filter(({ error }) => error)).toEqual([]);
});
