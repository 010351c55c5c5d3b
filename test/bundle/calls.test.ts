import type { Outcome } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { locateColumns } from '../local/columns';
import { typeSetting } from '../local/typeSetting';
import { believableDay } from '../simulator/generator';
import { Simulator } from '../simulator/simulator';
import { column, company, DAY, shift, shown, tryOut, waitingForLog, wall } from './product';

const ZONE = 'Europe/Moscow';
/** A report's, whatever the day holds. */
const MOST_SPREADSHEET_CALLS = 48;
const MOST_PROPERTY_CALLS = 75;

function ready() {
  const simulator = company({ perDay: 60 });
  const { world } = tryOut(simulator, { pings: 0, firstDay: shift(DAY, -1) });
  return { simulator, world };
}

function pingAt(world: World, time: string): Outcome {
  world.jumpTo(wall(DAY, `${time}:00`, ZONE));
  const outcome = world.run('hourlyPing', { context: 'clock' });
  expect(outcome.error).toBeUndefined();
  return outcome;
}

/** The second night of a company with so many events a day: the first one has much to make. */
function secondNight(events: number): Outcome {
  const days = [0, 1].map(nth =>
    believableDay({ date: shift(DAY, nth), timeZone: ZONE, seed: 'calls', events }),
  );
  const simulator = new Simulator({ ...days[0]!, events: days.flatMap(day => day.events), timeZone: ZONE });
  const { world } = tryOut(simulator, { pings: 3 });
  for (let hour = 4; hour < 24; hour += 1) {
    world.jumpTo(wall(shift(DAY, 1), `${String(hour).padStart(2, '0')}:00:00`, ZONE));
    world.run('hourlyPing', { context: 'clock' });
  }
  world.jumpTo(wall(shift(DAY, 2), '03:00:00', ZONE));
  const outcome = world.run('dailyReport', { context: 'clock' });
  expect(column(world, 'days', 'completeness')).toEqual(['полный', 'полный']);
  return outcome;
}

describe('what an ordinary ping costs', () => {
  it('one look at the spreadsheet, and few calls of properties and locks', () => {
    const { world } = ready();
    pingAt(world, '10:00');
    const { priced, requests } = pingAt(world, '11:00');
    expect(requests).toBe(3);
    expect(priced.spreadsheet).toBeLessThanOrEqual(1);
    expect(priced.properties).toBeLessThanOrEqual(14);
    expect(priced.cache).toBe(0);
  });

  it('its row of the log waits, with its own time, and is written by the next run that has something to tell', () => {
    const { world } = ready();
    const before = shown(world, 'log').length;
    for (const time of ['10:00', '11:00', '12:00']) pingAt(world, time);
    expect(shown(world, 'log')).toHaveLength(before);
    expect(waitingForLog(world)).toHaveLength(3);
    world.run('pingNow', { answers: () => 'OK' });
    const rows = shown(world, 'log').slice(before);
    expect(rows.map(([when]) => when!.slice(-5))).toEqual(['10:00', '11:00', '12:00', '12:00']);
    expect(rows.map(([, job, level]) => `${job} ${level}`)).toEqual(Array(4).fill('Замер INFO'));
    expect(waitingForLog(world)).toEqual([]);
  });

  it('what has gone wrong is written at once, behind what has waited', () => {
    const { simulator, world } = ready();
    const before = shown(world, 'log').length;
    pingAt(world, '10:00');
    simulator.plan('GET /api/v4/account', 'html-502', { times: 3 });
    pingAt(world, '11:00');
    const rows = shown(world, 'log').slice(before);
    expect(rows.map(([, , level]) => level)).toEqual(['INFO', 'WARN']);
    expect(waitingForLog(world)).toEqual([]);
  });

  it('rows that wait stand once, wherever the run that writes them is cut off', () => {
    const probe = ready().world;
    pingAt(probe, '10:00');
    const { calls } = probe.run('pingNow', { answers: () => 'OK' });
    const writing = calls.lastIndexOf('Range.setValues') - 2;
    for (let at = writing; at <= calls.length; at += 1) {
      const { world } = ready();
      const before = shown(world, 'log').length;
      pingAt(world, '10:00');
      world.run('pingNow', { answers: () => 'OK', cut: { at, when: 'after' } });
      world.jumpTo(world.now() + 600_000);
      world.run('pingNow', { answers: () => 'OK' });
      const times = shown(world, 'log')
        .slice(before)
        .map(([when]) => when!.slice(-5));
      expect({ at, waited: times.filter(time => time === '10:00') }).toEqual({
        at,
        // The first run by hand is of the same minute; its row is lost where it was cut off before.
        waited: expect.arrayContaining(['10:00']),
      });
      expect(new Set(shown(world, 'log').map(row => row.join('|'))).size).toBe(shown(world, 'log').length);
      expect(waitingForLog(world)).toEqual([]);
    }
  });

  it('an edit counts at once: typed by a person, or written by a script that tells nobody', () => {
    const { world } = ready();
    pingAt(world, '10:00');
    typeSetting(world, 'pingSamples', '1');
    expect(pingAt(world, '11:00').requests).toBe(1);
    const { sheet, columns } = locateColumns(world.workbook, 'settings');
    const row = column(world, 'settings', 'key').indexOf('pingSamples') + 2;
    world.workbook.user.type(sheet.title, row, columns.get('value')!, '2');
    expect(pingAt(world, '12:00').requests).toBe(2);
    expect(pingAt(world, '13:00').priced.spreadsheet).toBeLessThanOrEqual(1);
  });

  it('a renamed, moved or widened settings sheet costs one look more, once', () => {
    const { world } = ready();
    const { sheet } = locateColumns(world.workbook, 'settings');
    world.workbook.user.renameSheet(sheet.title, "Мои 'настройки'");
    expect(pingAt(world, '10:00').requests).toBe(3);
    expect(pingAt(world, '11:00').priced.spreadsheet).toBeLessThanOrEqual(1);
    world.workbook.user.insertColumns(sheet.title, 1, 1);
    expect(pingAt(world, '12:00').requests).toBe(3);
    expect(pingAt(world, '13:00').priced.spreadsheet).toBeLessThanOrEqual(1);
  });
});

it('S3 · a title that was cleared or translated by hand is back after the next night, one of their own stays', () => {
  const { world } = ready();
  const { user } = world.workbook;
  const titleAt = (key: string, name: string) => {
    const { sheet, columns } = locateColumns(world.workbook, key);
    return {
      sheet: sheet.title,
      at: columns.get(name)!,
      shown: () => sheet.cell(1, columns.get(name)!)!.value,
    };
  };
  const [cleared, translated, own, settings] = [
    titleAt('days', 'events'),
    titleAt('report', 'count'),
    titleAt('hours', 'total'),
    titleAt('settings', 'meaning'),
  ];
  user.type(cleared.sheet, 1, cleared.at, '');
  user.type(translated.sheet, 1, translated.at, 'Count');
  user.type(own.sheet, 1, own.at, 'Сколько всего');
  user.type(settings.sheet, 1, settings.at, '');
  world.jumpTo(wall(shift(DAY, 1), '03:00:00', ZONE));
  expect(world.run('dailyReport', { context: 'clock' }).error).toBeUndefined();
  expect([cleared, translated, own, settings].map(({ shown: title }) => title())).toEqual([
    'Событий всего',
    'Кол-во',
    'Сколько всего',
    'Что это',
  ]);
});

describe('what an ordinary report costs', () => {
  it('a constant number of spreadsheet calls, however many events there are', () => {
    const [few, many] = [secondNight(1_000), secondNight(5_000)];

    expect(many.priced.spreadsheet).toBe(few.priced.spreadsheet);
    expect(few.priced.spreadsheet).toBeLessThanOrEqual(MOST_SPREADSHEET_CALLS);
    expect(few.priced.properties).toBeLessThanOrEqual(MOST_PROPERTY_CALLS);
    expect(few.priced.cache).toBe(0);
  });
});
