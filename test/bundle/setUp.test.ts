import type { Answer, Outcome, Question } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { locateColumns, ownSheet } from '../local/columns';
import { typeSetting } from '../local/typeSetting';
import type { Simulator } from '../simulator/simulator';
import { keptToken } from '../support/keptToken';
import { column, company, everythingVisible, newWorld, shown } from './product';

/** Answers by what is asked; a question nobody expected fails the test. */
const answering =
  (answers: Record<string, Answer>) =>
  ({ text }: Question): Answer => {
    const found = Object.entries(answers).find(([part]) => text.includes(part));
    if (!found) throw new Error(`Nobody expected: ${text}`);
    return found[1];
  };

const usual = (simulator: Simulator, more: Record<string, Answer> = {}) =>
  answering({
    'Адрес вашего аккаунта': { text: simulator.host },
    'Долгосрочный токен amoCRM': { text: simulator.token },
    'Связь с amoCRM есть': 'OK',
    'Собрать отчёт за вчера': 'NO',
    ...more,
  });

const setUp = (world: World, answers: (question: Question) => Answer): Outcome => {
  const outcome = world.run('setUp', { answers });
  expect(outcome.error).toBeUndefined();
  return outcome;
};

const kept = (world: World) => keptToken(new Map(world.properties().entries()));
const questions = ({ dialogs }: Outcome) => dialogs.map(({ text }) => text.split(/[.,?(]/)[0]);
const triggers = (world: World) => world.triggers.map(({ handler, schedule }) => `${handler}: ${schedule}`);

describe('set-up (M15 T12)', () => {
  it('asks for address and token, checks them with one request, makes the sheets, schedules the jobs', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    const outcome = setUp(world, usual(simulator));
    expect(questions(outcome)).toEqual([
      'Адрес вашего аккаунта amoCRM',
      'Долгосрочный токен amoCRM ',
      'Связь с amoCRM есть',
      'Собрать отчёт за вчера прямо сейчас',
    ]);
    expect(outcome.requests).toBe(1);
    expect(world.workbook.sheets.map(({ title }) => title)).toEqual([
      'Лист1',
      'Отчёт',
      'Дни',
      'Часы',
      'Процессы',
      'Циклы',
      'Задержка по часам',
      'Пинги',
      'Журнал',
      'Правила',
      'Настройки',
    ]);
    expect(triggers(world)).toEqual([
      'hourlyPing: everyHours(1) nearMinute(0)',
      'dailyReport: everyDays(1) atHour(3) nearMinute(0) Europe/Moscow',
    ]);
  });

  it('is idempotent: a second time nothing is asked, nothing changes, and there is one trigger per job', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    const before = world.workbook.sheets
      .filter(({ title }) => title !== 'Журнал')
      .map(sheet => world.workbook.display(sheet));
    const ids = world.triggers.map(({ id }) => id);
    for (let time = 0; time < 3; time += 1) {
      expect(questions(setUp(world, usual(simulator)))).toEqual([
        'Связь с amoCRM есть',
        'Собрать отчёт за вчера прямо сейчас',
      ]);
    }
    const after = world.workbook.sheets
      .filter(({ title }) => title !== 'Журнал')
      .map(sheet => world.workbook.display(sheet));
    expect(after).toEqual(before);
    expect(world.triggers.map(({ id }) => id)).toEqual(ids);
  });

  it('replaces triggers after a change of the schedule, and leaves other triggers alone', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    typeSetting(world, 'reportTime', '4:30');
    typeSetting(world, 'pingMinutes', '15');
    setUp(world, usual(simulator));
    expect(triggers(world).sort()).toEqual([
      'dailyReport: everyDays(1) atHour(4) nearMinute(30) Europe/Moscow',
      'hourlyPing: everyMinutes(15)',
    ]);
  });

  it("leaves the user's own sheets and titles alone", () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    world.workbook.user.renameSheet('Лист1', 'Отчёт');
    world.workbook.typeInto('Отчёт', 1, 1, 'моё');
    setUp(world, usual(simulator));
    expect(world.workbook.sheets.map(({ title }) => title)).toEqual([
      'Отчёт',
      'Отчёт 2',
      'Дни',
      'Часы',
      'Процессы',
      'Циклы',
      'Задержка по часам',
      'Пинги',
      'Журнал',
      'Правила',
      'Настройки',
    ]);
    expect(world.workbook.display('Отчёт')).toEqual([['моё']]);
  });

  it('M13 · brings back a deleted sheet, a deleted column and a deleted setting', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    world.workbook.user.deleteSheet('Дни');
    world.workbook.user.deleteColumns('Отчёт', 3, 1);
    world.workbook.user.deleteRows('Настройки', 5, 1);
    setUp(world, usual(simulator, { 'Листа «Дни» не было': 'OK' }));
    expect(world.workbook.display('Отчёт')[0]).toEqual([
      'Дата',
      'Событие',
      'Пиковая нагрузка (мс)',
      'Время пика',
      'Кол-во',
    ]);
    expect(ownSheet(world.workbook, 'days')?.title).toBe('Дни');
    expect(column(world, 'settings', 'key')).toContain('timeZone');
  });

  it.each([
    ['401', /не принимает токен \(401\)/, /«Подключить amoCRM…»/, 1],
    ['404', /нет аккаунта amoCRM/, /Проверьте «Адрес amoCRM»/, 1],
    ['reset', /нет связи с сервером/, /Обычно проходит само/, 1],
    ['html-200', /страницей \(HTML\)/, /в браузере/, 0],
  ] as const)('says in plain words what is wrong: %s', (fault, what, todo, sidebars) => {
    const simulator = company({ events: [] });
    simulator.plan('*', fault, { times: 10 });
    const world = newWorld(simulator);
    const outcome = setUp(world, usual(simulator, { amoCRM: 'OK', 'По этому адресу': 'OK' }));
    const said = outcome.dialogs.map(({ text }) => text).join('\n');
    expect(said).toMatch(what);
    expect(said).toMatch(todo);
    expect(outcome.requests).toBe(1);
    expect(world.triggers).toHaveLength(2);
    // Where a person can mend it, the sidebar leads there.
    expect(outcome.sidebars).toHaveLength(sidebars);
  });

  it('asks for a new token when the stored one is refused, and goes on with it', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    const renewed = simulator.issueToken(
      'renewed-token-0002',
      simulator.users.find(user => user.isAdmin)!.id,
    );
    simulator.revokeToken(kept(world)!);
    const outcome = setUp(
      world,
      answering({
        'не принимает токен (401)': 'OK',
        'не принимает сохранённый токен': { text: renewed },
        'Связь с amoCRM есть': 'OK',
        'Собрать отчёт': 'NO',
      }),
    );
    // One for each token: the answer tells, too, whether it is the same account's.
    expect(outcome.requests).toBe(1 + 1);
    expect(kept(world)).toBe(renewed);
  });

  it('stops in good order when the user cancels', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    const outcome = setUp(world, answering({ 'Адрес вашего': 'CANCEL', 'не хватает данных': 'OK' }));
    expect(outcome.dialogs.at(-1)!.text).toContain('строка «Адрес amoCRM»: Укажите адрес аккаунта');
    expect(outcome.requests).toBe(0);
    expect(world.triggers).toHaveLength(0);
  });

  it('reports yesterday at once when the user wants it', () => {
    const simulator = company();
    const world = newWorld(simulator, { now: Date.parse('2026-11-19T07:00:00Z') });
    setUp(world, usual(simulator, { 'Собрать отчёт за вчера': 'YES', 'Отчёт за 18.11.2026 готов': 'OK' }));
    expect(shown(world, 'report')).toHaveLength(5);
    expect(shown(world, 'days').map(([day, state]) => [day, state])).toEqual([['18.11.2026', 'полный']]);
  });
});

describe('addresses', () => {
  it.each(['https://evil.com/', 'me.amocrm.ru.evil.com', 'me.amocrm.ru@evil.com', 'http://127.0.0.1:80'])(
    '%s gets no request and no token',
    address => {
      const simulator = company({ events: [] });
      const world = newWorld(simulator);
      const outcome = setUp(
        world,
        answering({
          'Адрес вашего': { text: address },
          'Долгосрочный токен amoCRM': { text: simulator.token },
          'не хватает': 'OK',
        }),
      );
      expect(outcome.requests).toBe(0);
      expect(outcome.dialogs.at(-1)!.text).toContain(`«Адрес amoCRM»: «${address}» не подходит`);
      typeSetting(world, 'baseUrl', address);
      typeSetting(world, 'token', simulator.token);
      for (const job of ['hourlyPing', 'dailyReport']) {
        const run = world.run(job, { context: 'clock' });
        expect([run.error, run.requests]).toEqual([undefined, 0]);
      }
      expect(shown(world, 'log').at(-1)!.slice(1, 4).join(' ')).toMatch(
        /Отчёт ERROR Не настроено: .*«Адрес amoCRM»/,
      );
    },
  );
});

describe('the token', () => {
  it('typed into its cell moves away at once, and is seen nowhere afterwards', () => {
    const simulator = company();
    const world = newWorld(simulator, { now: Date.parse('2026-11-19T07:00:00Z') });
    const outcomes = [
      setUp(
        world,
        answering({
          'Адрес вашего': { text: simulator.host },
          'Долгосрочный токен amoCRM': 'CANCEL',
          'не хватает': 'OK',
        }),
      ),
    ];
    outcomes.push(typeSetting(world, 'token', `  "${simulator.token}"\n`));
    expect(kept(world)).toBe(simulator.token);
    expect(setting(world, 'token', 'value')).toBe('••••••••');

    outcomes.push(setUp(world, usual(simulator)));
    simulator.plan('GET /api/v4/account', '401', 2);
    for (const door of ['hourlyPing', 'dailyReport']) outcomes.push(world.run(door, { context: 'clock' }));
    for (const door of ['pingNow', 'runReportNow', 'showStatus'])
      outcomes.push(world.run(door, { answers: () => 'OK' }));
    expect(everythingVisible(world, outcomes)).not.toContain(simulator.token);
    const elsewhere = [...world.properties().entries()].filter(([name]) => name !== 'connection');
    expect(JSON.stringify(elsewhere)).not.toContain(simulator.token);
  });

  it('that cannot be one is refused, its cell cleared, the old one kept', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    typeSetting(world, 'token', 'токен');
    expect(setting(world, 'token', 'value')).toBe('••••••••');
    expect(setting(world, 'token', 'problem')).toMatch(/символы, которых в токене не бывает/);
    expect(kept(world)).toBe(simulator.token);
  });
});

describe('the settings sheet', () => {
  it('tells all problems at once, beside each value, and what is used instead', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    typeSetting(world, 'topEvents', '7');
    typeSetting(world, 'topEvents', 'много');
    typeSetting(world, 'reportTime', '25:00');
    expect(setting(world, 'topEvents', 'problem')).toBe(
      '«много» не подходит: нужно целое число от 1 до 50. Пока действует 7.',
    );
    expect(setting(world, 'reportTime', 'problem')).toBe(
      '«25:00» не подходит: нужно время чч:мм от 00:30 до 23:59, например 03:00. Пока действует 03:00.',
    );
    typeSetting(world, 'topEvents', '3');
    expect(setting(world, 'topEvents', 'problem')).toBe('');
  });

  it('offers lists in the cells', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    setUp(world, usual(simulator));
    const { sheet, columns } = locateColumns(world.workbook, 'settings');
    const offered = column(world, 'settings', 'key').map((key, row) => [
      key,
      sheet.cell(row + 2, columns.get('value')!)?.validation,
    ]);
    const withList = offered.filter(([, rule]) => rule).map(([key]) => key);
    expect(withList).toEqual([
      'pingMinutes',
      'pingSamples',
      'requestsPerSecond',
      'clientActionsCount',
      'language',
      'logLevel',
      'googlePlan',
    ]);
  });
});

function setting(world: World, key: string, name: string): unknown {
  return column(world, 'settings', name)[column(world, 'settings', 'key').indexOf(key)];
}
