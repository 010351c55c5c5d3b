import { SCHEMA_MARK, SCHEMA_VERSION } from '../../src/core/tables';
import { Stage, type StageOptions } from '../campaign/stage';
import { placeOf } from '../campaign/tables';
import { ClockTrigger } from '../emulator/clockTrigger';
import { type PlannedMishap, planned } from '../emulator/mishap';
import type { Firing } from '../emulator/scheduler';
import { oracleReport } from '../simulator/oracle';
import { ALWAYS } from './answers';
import {
  cells,
  DAY,
  EVENTS,
  evening,
  expectAllWell,
  expectNothingInvented,
  logOf,
  machineHints,
  minutes,
  NEXT,
  problemsOf,
  REPORTS,
  rarePings,
  runsOf,
} from './night';

const SLOW_DAY = { busy: { date: DAY, events: 2_600 } };

/** Pages that take so long that the night's report needs several runs. */
function slowNight(ms = 24_000): Stage {
  const stage = evening(SLOW_DAY);
  stage.simulator.slow(EVENTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T12:00`), ms);
  return stage;
}

/** From which second on each run asked for events first. */
function placesOfBeginning({ performed }: Stage): number[] {
  return performed.flatMap(({ requests }) => {
    const first = requests.find(({ path }) => path.startsWith('/api/v4/events?'));
    return first
      ? [Number(new URLSearchParams(first.path.split('?')[1]).get('filter[created_at][from]'))]
      : [];
  });
}

const onlyOf = (door: string, firing: Firing) => (handler: string) => (handler === door ? firing : undefined);

describe('F-T1 · a kill at any step', () => {
  const calls = (() => {
    const stage = evening();
    stage.advance(`${NEXT}T03:10`);
    return runsOf(stage, REPORTS, 0, ALWAYS)[0]!.calls;
  })();
  const parts = 8;

  it.each(Array.from({ length: parts }, (_, part) => part))(
    'F-T1 · the night’s report, at %d eighths of its calls: once, and whole (all of them: npm run campaign)',
    part => {
      const cut = {
        at: 2 + Math.floor((part * calls) / parts),
        when: part % 2 ? ('before' as const) : ('after' as const),
      };
      const stage = evening();
      stage.advance(`${NEXT}T05:10`, onlyOf('dailyReport', { cut }));
      expectAllWell(stage, { killed: true });
    },
  );

  it('F-T1 · every run of three hours', () => {
    const stage = slowNight(9_000);
    let nth = 0;
    stage.advance(`${NEXT}T05:50`, handler => {
      nth += 1;
      return /Report/.test(handler) ? { cut: { at: 90 + 61 * nth, when: 'after' } } : undefined;
    });
    stage.advance(`${NEXT}T08:10`);
    expectAllWell(stage, { killed: true });
  });
});

describe('F-T2 · time', () => {
  it.each([4, 5])('F-T2 · a wall after %d minutes, in mid-page: what was read is kept', wall => {
    const stage = slowNight();
    stage.world.wallMs = minutes(wall);
    // Killed without warning, a run leaves the rest to the next hour.
    stage.advance(`${NEXT}T11:50`);
    const begins = placesOfBeginning(stage);
    expect(begins.length).toBeGreaterThan(2);
    expect(begins).toEqual([...new Set(begins)].sort((a, b) => a - b));
    expectAllWell(stage, { killed: true });
  });

  it('F-T2 · six minutes: no run touches them, though there is work for more', () => {
    const stage = slowNight();
    stage.advance(`${NEXT}T05:10`);
    const runs = runsOf(stage, REPORTS, 0, ALWAYS);
    expect(runs.length).toBeGreaterThan(2);
    for (const { endedAt, startedAt } of runs) expect(endedAt - startedAt).toBeLessThan(minutes(5.25));
    expectAllWell(stage);
  });

  it.each<[string, PlannedMishap]>([
    ['a request', { kind: 'stall', ms: 90_000, at: 'UrlFetchApp.fetch', times: 2 }],
    ['a look into the sheet', { kind: 'stall', ms: 90_000, at: 'Range.getValues', times: 2 }],
    ['writing', { kind: 'stall', ms: 90_000, at: 'Range.setValues', times: 2 }],
    ['keeping state', { kind: 'stall', ms: 90_000, at: 'Properties.setProperties', times: 1 }],
  ])('F-T2 · a host that stalls for 90 s at %s', (_, mishap) => {
    const stage = slowNight(9_000);
    stage.mishaps = ({ functionName }) => (REPORTS.test(functionName) ? planned([mishap]) : undefined);
    stage.advance(`${NEXT}T04:30`);
    stage.mishaps = undefined;
    stage.advance(`${NEXT}T08:10`);
    expectAllWell(stage, { killed: true });
  });
});

describe('F-T3 · a trigger that fires twice', () => {
  it.each(['after', 40, 400, 900] as const)('F-T3 · report and ping (%s)', again => {
    const stage = evening();
    stage.advance(`${NEXT}T04:10`, () => ({ again }));
    expectAllWell(stage);
  });
});

function doubled(stage: Stage): void {
  const { world } = stage;
  for (const { handler, owner, plan } of [...world.triggers])
    world.triggers.push(
      new ClockTrigger({
        id: world.nextId('trigger'),
        handler,
        owner,
        now: world.now(),
        plan: { ...plan },
        seed: 1,
      }),
    );
}

it('F-T4 · doubled triggers: the next job leaves one of each, and no day stands twice', () => {
  const stage = evening();
  doubled(stage);
  doubled(stage);
  expect(stage.world.triggers).toHaveLength(8);
  stage.advance(`${NEXT}T04:10`);
  expectAllWell(stage);
  expect(
    cells(stage, 'log', 'what').filter(what => /^Расписание было нарушено/.test(`${what}`)),
  ).toHaveLength(1);
});

describe('F-T5 · triggers that are gone', () => {
  const gone = (stage: Stage, handler: string) => {
    const { triggers } = stage.world;
    triggers.splice(
      triggers.findIndex(one => one.handler === handler),
      1,
    );
  };

  it.each(['dailyReport', 'hourlyPing'])('F-T5 · %s is lost: the other job makes it again', handler => {
    const stage = evening();
    gone(stage, handler);
    stage.advance('2026-11-20T04:10', rarePings);
    expectAllWell(stage, { days: [DAY, NEXT] });
  });

  it('F-T5 · dailyReport is switched off behind our back: the hourly job makes the reports, and the trigger anew', () => {
    const stage = evening();
    stage.world.triggers.find(one => one.handler === 'dailyReport')!.disabled = true;
    stage.advance('2026-11-20T05:10');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });

  it('F-T5 · hourlyPing is switched off behind our back: its silence tells, and the report makes it again', () => {
    const stage = evening();
    stage.world.triggers.find(one => one.handler === 'hourlyPing')!.disabled = true;
    stage.advance(`${NEXT}T05:10`);
    expect(cells(stage, 'days', 'pings')).toEqual([0]);
    expectAllWell(stage);
  });

  it('F-T5 · both are gone: whoever opens the sheet is told, and one set-up makes up for all days', () => {
    const stage = evening();
    stage.advance(`${DAY}T23:30`);
    stage.world.triggers.length = 0;
    stage.advance('2026-11-21T10:00');
    const { toasts } = stage.world.run('onOpen', {
      context: 'simple-trigger',
      user: 'colleague@example.com',
    });
    expect(toasts.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /не запускались с 18\.11\.2026 23:00 \(их запускал owner@example\.com\)\. Нажмите «Настроить/,
      ),
    ]);
    stage.click('setUp');
    stage.advance('2026-11-22T04:10', rarePings);
    expectAllWell(stage, { days: [DAY, NEXT, '2026-11-20', '2026-11-21'] });
  });

  it('F-T5 · the owner’s consent is withdrawn: a colleague takes over, and no day is left out', () => {
    const stage = evening();
    stage.advance(`${DAY}T23:30`);
    stage.world.lapsed.add(stage.world.owner);
    stage.advance('2026-11-20T10:00', rarePings);
    expectNothingInvented(stage);
    stage.click('setUp', {}, { user: 'colleague@example.com' });
    stage.world.triggers.splice(
      0,
      stage.world.triggers.length,
      ...stage.world.triggers.filter(({ owner }) => owner === 'colleague@example.com'),
    );
    stage.advance('2026-11-21T04:10', rarePings);
    expect(
      problemsOf(stage, { days: [DAY, NEXT, '2026-11-20'] }).filter(one => !/uncaught/.test(one)),
    ).toEqual([]);
  });
});

describe('F-T6 · a trigger that is not punctual', () => {
  it.each<[string, Firing]>([
    ['a quarter of an hour late', { lateMs: minutes(15) }],
    ['three hours late', { lateMs: minutes(180) }],
    ['never in this night', 'lost'],
  ])('F-T6 · %s', (_, firing) => {
    const stage = evening();
    stage.advance(`${NEXT}T07:10`, onlyOf('dailyReport', firing));
    expectAllWell(stage);
  });

  it('F-T6 · a quarter of an hour early', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:45`);
    stage.fire('dailyReport');
    stage.advance(`${NEXT}T04:10`, onlyOf('dailyReport', 'lost'));
    expectAllWell(stage);
  });

  it('F-T6 · three nights without one, the pings going on: all days, each once, in order', () => {
    const stage = evening();
    stage.advance('2026-11-21T06:20', (handler, at) =>
      /Report/.test(handler) ? 'lost' : rarePings(handler, at),
    );
    expectAllWell(stage, { days: [DAY, NEXT, '2026-11-20'] });
  });
});

it('F-T7 · no one-off trigger can be made: the hourly one goes on with the report, and nobody is alarmed', () => {
  const stage = slowNight();
  stage.mishaps = ({ functionName }) =>
    REPORTS.test(functionName) || functionName === 'hourlyPing'
      ? planned([{ kind: 'fail', side: 'before', at: 'ClockTriggerBuilder.create', times: ALWAYS }])
      : undefined;
  stage.advance(`${NEXT}T10:30`);
  expect(runsOf(stage, /^continueReport$/, 0, ALWAYS)).toEqual([]);
  expect(stage.performed.some(({ mishaps }) => mishaps > 0)).toBe(true);
  expect(logOf(stage).map(({ what }) => what)).toEqual(machineHints(stage, DAY));
  expectAllWell(stage);
});

it('F-T8 · twenty triggers of other functions: set-up says so, and the report can be had by hand', () => {
  const stage = new Stage(options());
  const { world } = stage;
  for (let index = 0; index < 20; index += 1) {
    const plan = { kind: 'hours' as const, everyHours: 24, timeZone: 'Europe/Moscow' };
    world.triggers.push(
      new ClockTrigger({
        id: `theirs-${index}`,
        handler: 'theirs',
        owner: world.owner,
        now: world.now(),
        plan,
        seed: 1,
      }),
    );
  }
  const { dialogs, error } = stage.click('setUp');
  expect(error).toBeUndefined();
  expect(dialogs.map(({ text }) => text).join()).toMatch(
    /триггеров уже двадцать, больше Google не даёт \(они вызывают: theirs\)[\s\S]*удалите лишние/,
  );
  stage.click('runReportNow');
  expect(cells(stage, 'days', 'completeness')).toEqual(['полный']);
  world.triggers.splice(0, 20);
  stage.click('setUp');
  stage.advance(`${NEXT}T04:10`);
  expectAllWell(stage, { days: ['2026-11-17', DAY] });
});

function options(more: Partial<StageOptions> = {}): StageOptions {
  return {
    seed: 'faults',
    zone: 'Europe/Moscow',
    firstDay: '2026-11-17',
    days: 5,
    perDay: 60,
    begin: `${DAY}T22:50`,
    ...more,
  };
}

const NIGHTS: [id: string, name: string, date: string, zone: string][] = [
  ['F-T9', 'a day of 23 hours', '2026-03-29', 'Europe/Berlin'],
  ['F-T9', 'a day of 25 hours', '2026-10-25', 'Europe/Berlin'],
  ['F-T9', 'half an hour more', '2026-04-05', 'Australia/Lord_Howe'],
  ['F-T9', 'no midnight', '2026-04-24', 'Africa/Cairo'],
  ['F-T9', '+05:45', DAY, 'Asia/Kathmandu'],
  ['F-T9', 'beyond the date line', DAY, 'Pacific/Kiritimati'],
  ['F-T11', 'the last day of a year', '2026-12-31', 'Europe/Moscow'],
  ['F-T11', 'the 53rd week', '2027-01-03', 'Europe/Moscow'],
  ['F-T11', 'the 29th of February', '2028-02-29', 'Europe/Moscow'],
];

describe('F-T9, F-T10, F-T11 · calendars', () => {
  it.each(NIGHTS)('%s · %s (%s, %s), script and spreadsheet in other zones (F-T10)', (_, __, date, zone) => {
    const [before, after] = [-1, 1].map(days =>
      new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10),
    );
    const stage = new Stage(
      options({ zone, firstDay: before!, days: 4, begin: `${before}T22:50`, sheetZone: 'America/New_York' }),
    );
    stage.setUp();
    const hours = (stage.at(`${after}T00:00`) - stage.at(`${date}T00:00`)) / minutes(60);
    stage.advance(`${after}T04:10`, hours === 24 ? rarePings : undefined);
    if (hours !== 24) expect(cells(stage, 'days', 'pings')[1]).toBe(Math.ceil(hours));
    expectAllWell(stage, { days: [before!, date] });
  });

  it('F-T10 · the account moves to another zone: days to come are its days, those that stand are left alone', () => {
    const stage = evening();
    stage.advance(`${NEXT}T04:10`);
    stage.simulator.account.timeZone = 'Asia/Yekaterinburg';
    stage.advance('2026-11-21T04:10', rarePings);
    const days: [string, string][] = [
      [DAY, 'Europe/Moscow'],
      [NEXT, 'Asia/Yekaterinburg'],
      ['2026-11-20', 'Asia/Yekaterinburg'],
    ];
    const right = days.map(([day, timeZone]) => oracleReport(stage.simulator, day, { timeZone }).total);
    expect(cells(stage, 'days', 'events')).toEqual(right);
    expect(logOf(stage).map(({ what }) => what)).toEqual([
      'Часовой пояс аккаунта изменился: был Europe/Moscow, теперь Asia/Yekaterinburg. Прежние дни не пересчитаны',
    ]);
    expect(stage.world.triggers.map(({ schedule }) => schedule).sort()).toEqual([
      'everyDays(1) atHour(3) nearMinute(0) Asia/Yekaterinburg',
      'everyHours(1) nearMinute(0)',
    ]);
  });
});

describe('F-T12 · ping and report at the same minute', () => {
  it.each([30, 150, 400, 800, 1_000])('F-T12 · the ping falls into the report at its call %d', nth => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    let done = false;
    const onCall = (_: string, index: number) => {
      if (index < nth || done) return;
      done = true;
      stage.fire('hourlyPing');
    };
    stage.advance(`${NEXT}T04:10`, handler => (handler === 'dailyReport' ? { onCall } : 'lost'));
    stage.advance('2026-11-20T04:10', rarePings);
    const times = cells(stage, 'pings', 'time').length;
    expect(times).toBeGreaterThan(0);
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});

describe('F-T13 · by hand at the same time', () => {
  it.each([1, 100, 500, 1_000])('F-T13 · the report is asked for during the scheduled one (call %d)', nth => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    let told = '';
    const onCall = (_: string, index: number) => {
      if (index !== nth) return;
      told = stage
        .click('runReportNow')
        .dialogs.map(({ text }) => text)
        .join();
    };
    stage.advance(`${NEXT}T05:10`, onlyOf('dailyReport', { onCall }));
    expect(told).toMatch(/Отчёт: уже выполняется с 03:00|Отчёт за 18\.11\.2026 готов|занято/);
    expectAllWell(stage);
  });

  it('F-T13 · “measure now” ten times, one after the other: ten pings, of which none stands for another', () => {
    const stage = evening();
    for (let nth = 0; nth < 10; nth += 1) stage.click('pingNow');
    stage.advance(`${NEXT}T04:10`);
    expect(cells(stage, 'days', 'pings')).toEqual([11]);
    expectAllWell(stage);
  });

  it('F-T13 · “measure now” while a ping is under way: no request, and a word about who is at it since when', () => {
    const stage = evening();
    const told: string[] = [];
    const onCall = (call: string) => {
      if (call !== 'UrlFetchApp.fetch' || told.length > 8) return;
      const { dialogs, requests } = stage.click('pingNow');
      told.push(...dialogs.map(({ text }) => `${requests} ${text}`));
    };
    stage.advance(`${DAY}T23:10`, onlyOf('hourlyPing', { onCall }));
    expect(told.length).toBeGreaterThan(0);
    for (const text of told) expect(text).toMatch(/^0 Замер: уже выполняется с 23:00/);
  });
});

describe('F-T14 · versions of the sheets', () => {
  const schema = (stage: Stage) => stage.world.workbook.metadata.find(({ key }) => key === SCHEMA_MARK)[0]!;

  it('F-T14 · made by newer code: nothing is written and nothing asked, and whoever starts a run is told', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:30`);
    schema(stage).value = String(SCHEMA_VERSION + 1);
    // Newer code remembers the sheets that it has made as its own: a ping looks no further.
    stage.world.properties().set('settingsTrace', `${SCHEMA_VERSION + 1} theirs`);
    const [requests, before] = [
      stage.world.requests,
      stage.world.workbook.sheets.map(sheet => stage.world.workbook.display(sheet)),
    ];
    const { dialogs } = stage.click('runReportNow');
    stage.advance(`${NEXT}T05:10`);
    expect(dialogs[0]!.text).toMatch(/более новой версией монитора.*\n.*\n.*Обновите код/);
    const consoles = stage.performed.slice(-3).flatMap(({ outcome }) => outcome?.console ?? []);
    expect(consoles.join('\n')).toMatch(
      /Замер: Листы сделаны более новой версией[\s\S]*Отчёт: Листы сделаны/,
    );
    expect(stage.world.requests).toBe(requests);
    const after = stage.world.workbook.sheets.map(sheet => stage.world.workbook.display(sheet));
    expect(after).toEqual(before);
    schema(stage).value = String(SCHEMA_VERSION);
    stage.advance('2026-11-20T04:10');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });

  it('F-T14 · made by older code: columns that are new are added, what stands is left as it is', () => {
    const stage = evening();
    stage.advance(`${NEXT}T04:10`);
    const { columns, sheet } = placeOf(stage.world.workbook, 'days')!;
    stage.world.workbook.user.deleteColumns(sheet.id, columns.get('ownShare')!);
    schema(stage).value = '1';
    stage.advance('2026-11-20T04:10');
    expect(placeOf(stage.world.workbook, 'days')!.columns.has('ownShare')).toBe(true);
    expect(schema(stage).value).toBe(String(SCHEMA_VERSION));
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});
