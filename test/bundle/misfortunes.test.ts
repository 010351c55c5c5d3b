import type { Answer, Question } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { locateColumns } from '../local/columns';
import type { Simulator } from '../simulator/simulator';
import { column, company, DAY, newWorld, shift, shown, tryOut, waitingForLog, wall } from './product';

/** A person who knows address and token, wants no report at once, and reads everything else. */
const person =
  (simulator: Simulator, thinksFor = 0) =>
  ({ kind, text, buttons }: Question): Answer => {
    if (kind === 'prompt') {
      const answer = text.includes('Адрес') ? simulator.host : simulator.token;
      return { text: answer, afterMs: thinksFor };
    }
    return buttons.includes('NO') ? 'NO' : 'OK';
  };

/** What set-up leaves, apart from the log and from ids. */
function laidOut({ workbook, triggers }: World) {
  const ours = workbook.sheets.filter(sheet => sheet.title !== 'Журнал');
  return {
    sheets: ours.map(sheet => [sheet.title, workbook.display(sheet), [...sheet.hiddenColumns]]),
    marks: workbook.metadata
      .all()
      .map(({ key, value, location }) => `${key} ${value} ${location.line ?? ''}`)
      .sort(),
    titles: workbook.sheets.map(({ title }) => title),
    triggers: triggers.map(({ handler, schedule }) => `${handler} ${schedule}`).sort(),
  };
}

describe('a set-up that is interrupted', () => {
  const simulator = company({ events: [] });
  const whole = newWorld(simulator);
  const calls = whole.run('setUp', { answers: person(simulator) }).calls.length;

  // A share: the campaign cuts it at every call.
  it.each([0, 1])('anywhere, and run again, ends as if it had not been (%d of 2)', part => {
    for (let at = 1 + 10 * part; at <= calls; at += 20) {
      const world = newWorld(simulator);
      world.run('setUp', { answers: person(simulator), cut: { at, when: 'before' } });
      world.jumpTo(world.now() + 60_000);
      expect(world.run('setUp', { answers: person(simulator) }).error).toBeUndefined();
      expect({ at, ...laidOut(world) }).toEqual({ at, ...laidOut(whole) });
    }
  });
});

describe('the six minutes of an execution', () => {
  it('count from its beginning, dialogs included: a slow person is sent to the menu instead of into the wall', () => {
    const simulator = company();
    const world = newWorld(simulator, { now: wall(shift(DAY, 1), '10:00:00', 'Europe/Moscow') });
    const outcome = world.run('setUp', { answers: person(simulator, 130_000) });
    expect(outcome.killed).toBeUndefined();
    expect(outcome.dialogs.at(-1)!.text).toBe(
      'Отчёт за вчера соберите пунктом меню «Запустить отчёт сейчас».',
    );
    expect(shown(world, 'report')).toEqual([]);
  });

  it('a report that is begun after long dialogs ends by itself, and says that it goes on', () => {
    const simulator = company({ perDay: 3_000 });
    const world = newWorld(simulator, { now: wall(shift(DAY, 1), '10:00:00', 'Europe/Moscow') });
    simulator.slow('GET /api/v4/events', world.now(), world.now() + 3_600_000, 15_000);
    const slow = person(simulator, 80_000);
    const answers = (question: Question) =>
      question.text.includes('Собрать отчёт') ? 'YES' : slow(question);
    const outcome = world.run('setUp', { answers });
    expect(outcome.killed).toBeUndefined();
    expect(outcome.dialogs.at(-1)!.text).toContain('ещё не собран, сбор продолжится сам');
    expect(shown(world, 'report')).toEqual([]);
  });
});

describe('what users do to the spreadsheet', () => {
  const ready = () => {
    const simulator = company({ perDay: 60 });
    return { simulator, ...tryOut(simulator, { pings: 1 }) };
  };
  const tomorrow = (world: World) => world.jumpTo(wall(shift(DAY, 2), '03:00:00', 'Europe/Moscow'));

  it('a deleted column of the settings is brought back by set-up', () => {
    const { simulator, world } = ready();
    const { columns } = locateColumns(world.workbook, 'settings');
    world.workbook.user.deleteColumns('Настройки', columns.get('value')!, 1);
    const outcome = world.run('setUp', { answers: person(simulator) });
    expect(outcome.error).toBeUndefined();
    expect(locateColumns(world.workbook, 'settings').columns.has('value')).toBe(true);
    expect(outcome.dialogs.map(({ text }) => text).join()).toContain('Связь с amoCRM есть');
  });

  it('a sheet of theirs that differs in case only is no obstacle', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    world.workbook.user.renameSheet('Лист1', 'отчёт');
    world.workbook.typeInto('отчёт', 1, 1, 'моё');
    expect(world.run('setUp', { answers: person(simulator) }).error).toBeUndefined();
    expect(world.workbook.sheets.map(({ title }) => title).slice(0, 2)).toEqual(['отчёт', 'Отчёт 2']);
  });

  it('a protected log: the person gets the answer all the same, and is told about the log', () => {
    const { world } = ready();
    world.workbook.user.protectSheet('Журнал');
    const outcome = world.run('pingNow', { user: 'colleague@example.com', answers: () => 'OK' });
    expect(outcome.error).toBeUndefined();
    expect(outcome.dialogs[0]!.text).toMatch(/^Отклик amoCRM: \d+ мс[\s\S]*В журнал записать не удалось/);
  });

  it('a protected sheet in the middle of writing: the message says that rows may be missing', () => {
    const { world } = ready();
    world.workbook.user.protectSheet('Дни');
    tomorrow(world);
    world.run('runReportNow', { user: 'colleague@example.com', answers: () => 'OK' });
    const [, , level, , effect] = shown(world, 'log').at(-1)!;
    expect([level, effect]).toEqual([
      'ERROR',
      expect.stringContaining('Запись отчёта за 19.11.2026 прервалась'),
    ]);
  });

  it("a column of the user's that reaches further down does not push our rows below it", () => {
    const { world } = ready();
    for (let row = 2; row <= 190; row += 1) world.workbook.typeInto('Отчёт', row, 8, 'моё');
    const before = shown(world, 'report').filter(row => row[0] !== '').length;
    tomorrow(world);
    world.run('dailyReport', { context: 'clock' });
    const dates = column(world, 'report', 'date');
    expect(dates.slice(before, before + 1)).toEqual([46345]);
    expect(world.workbook.display('Отчёт').filter(row => row[7] === 'моё')).toHaveLength(189);
  });

  it('moved, renamed and inserted columns are followed, and a formula below the settings stays one', () => {
    const { world } = ready();
    world.workbook.user.moveColumn('Отчёт', 3, 1);
    world.workbook.user.insertColumns('Отчёт', 2, 1);
    world.workbook.user.renameSheet('Отчёт', 'Итоги');
    const { sheet, columns } = locateColumns(world.workbook, 'settings');
    const below = sheet.lastRow + 3;
    world.workbook.typeInto('Настройки', below, columns.get('problem')!, '=1+1');
    const row = column(world, 'settings', 'key').indexOf('topEvents') + 2;
    world.type(sheet.id, row, columns.get('value')!, 'сто');
    expect(sheet.cell(below, columns.get('problem')!)!.formula).toBe('=1+1');
    tomorrow(world);
    world.run('dailyReport', { context: 'clock' });
    expect(column(world, 'report', 'date').filter(date => date === 46345)).not.toEqual([]);
    expect(column(world, 'report', 'count').every(count => typeof count === 'number')).toBe(true);
  });
});

it('two runs that end together both leave their row in the log', () => {
  const simulator = company({ perDay: 60 });
  const probe = tryOut(simulator, { pings: 0 }).world;
  const calls = probe.run('hourlyPing', { context: 'clock' }).calls.length;
  // A share: the campaign lets two runs meet at every call.
  for (let at = 1; at <= calls; at += 19) {
    const { world } = tryOut(simulator, { pings: 0 });
    const before = shown(world, 'log').length;
    let inner = false;
    world.run('hourlyPing', {
      context: 'clock',
      onCall: (_, index) => {
        // Inside the lock the other run would wait for ever: here the outer one cannot go on meanwhile.
        if (index !== at || inner || world.locks.owner('script') || world.locks.owner('document')) return;
        inner = true;
        world.run('dailyReport', { context: 'clock' });
      },
    });
    const written = shown(world, 'log').slice(before);
    const rows = [...written.map(row => row[3]!), ...waitingForLog(world)];
    // One that was turned away is made up for by the other: that is a run of its own.
    const isTurnedAway = rows.some(what => what.includes('уже выполняется'));
    expect({ at, rows: rows.length }).toEqual({ at, rows: isTurnedAway ? 3 : inner ? 2 : 1 });
  }
});

describe('the look of the cells', () => {
  const nextReport = (world: World) => {
    world.jumpTo(wall(shift(DAY, 2), '03:00:00', 'Europe/Moscow'));
    world.run('dailyReport', { context: 'clock' });
  };

  it('a date whose format was lost gets it back, one that the user has chosen stays', () => {
    const { world } = tryOut(company({ perDay: 60 }), { pings: 0 });
    const { sheet, columns } = locateColumns(world.workbook, 'report');
    const date = columns.get('date')!;
    const free = shown(world, 'report').length + 2;
    world.workbook.user.setNumberFormat('Отчёт', free, date, 'General');
    world.workbook.user.setNumberFormat('Отчёт', free + 1, date, 'yyyy/mm/dd');
    nextReport(world);
    expect([sheet.cell(free, date)!.format, sheet.cell(free + 1, date)!.format]).toEqual([
      'dd.mm.yyyy',
      'yyyy/mm/dd',
    ]);
  });

  it('a sheet that has no rows left grows', () => {
    const { world } = tryOut(company({ perDay: 60 }), { pings: 0 });
    const rows = shown(world, 'report').length + 1;
    const { maxRows } = locateColumns(world.workbook, 'report').sheet;
    world.workbook.user.deleteRows('Отчёт', rows + 1, maxRows - rows);
    nextReport(world);
    expect(shown(world, 'report').map(row => row[0])).toContain('19.11.2026');
  });
});

describe('dialogs', () => {
  it('are for the menu: a handler that is started by hand from the editor asks and tells nobody', () => {
    const { world } = tryOut(company({ perDay: 60 }), { pings: 0 });
    expect(world.run('hourlyPing', { context: 'menu' }).dialogs).toEqual([]);
  });

  it('that are cancelled count for nothing, whatever was typed', () => {
    const simulator = company({ events: [] });
    const world = newWorld(simulator);
    const answers = ({ kind }: Question): Answer =>
      kind === 'prompt' ? { button: 'CANCEL', text: simulator.host } : 'OK';
    world.run('setUp', { answers });
    expect(column(world, 'settings', 'value')[0]).toBe('');
  });
});
