import type { Stage } from '../campaign/stage';
import { LEAVER, SERVICE } from '../campaign/subjects';
import { tableRows } from '../campaign/tables';
import { type PlannedMishap, planned } from '../emulator/mishap';
import { ALWAYS, body } from './answers';
import {
  cells,
  complaintsOf,
  DAY,
  EVENTS,
  evening,
  expectAllWell,
  expectNothingInvented,
  logOf,
  mailsOf,
  minutes,
  NEXT,
  REPORTS,
  runsOf,
} from './night';

/** So much of the day's trigger time was used up within the last hours. */
function used(stage: Stage, share: number): void {
  const store = stage.world.properties();
  const usage = JSON.parse(store.get('usage')!) as object;
  store.set('usage', JSON.stringify({ ...usage, triggerMs: share * minutes(90) }));
}

describe('Q1 · trigger minutes', () => {
  it('Q1 · nine tenths: pings are left out and say why, the report is made', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    used(stage, 0.91);
    stage.advance(`${NEXT}T04:10`);
    expect(complaintsOf(stage, 'Замер')).toEqual([
      'Замер не удался: пропущен: суточные лимиты Google почти исчерпаны',
    ]);
    expect(complaintsOf(stage, 'Отчёт')).toEqual([
      expect.stringMatching(/^Израсходовано 91 % лимита Google: время задач$/),
    ]);
    expectAllWell(stage);
  });

  it('Q1 · more: the report waits too, until the 24 hours are over; a person may have it before', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    used(stage, 0.96);
    stage.advance(`${NEXT}T05:10`);
    expectNothingInvented(stage);
    expect(complaintsOf(stage, 'Отчёт')).toEqual([
      expect.stringMatching(
        /^Суточные лимиты Google почти исчерпаны: сбор отложен до 19\.11\.2026 2\d:\d\d$/,
      ),
    ]);
    stage.click('runReportNow');
    expect(cells(stage, 'days', 'completeness')).toEqual(['полный']);
    stage.advance('2026-11-20T04:10');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });

  it('Q1 · Google itself ends the runs: nothing half done, and both days stand when the quota begins anew', () => {
    const stage = evening();
    const { quotas, owner } = stage.world;
    stage.advance(`${NEXT}T02:50`);
    quotas.limits.triggerRuntime = quotas.used(owner, 'triggerRuntime', stage.world.now()) + 9_000;
    stage.advance('2026-11-20T02:30');
    expect(stage.performed.some(({ outcome }) => outcome?.killed === 'quota')).toBe(true);
    quotas.limits.triggerRuntime = minutes(90);
    stage.advance('2026-11-20T05:10');
    expectAllWell(stage, { days: [DAY, NEXT], killed: true });
  });
});

describe('Q2 · requests', () => {
  it.each([
    ['while names are asked for', 8, true],
    ['while events are read', 15, false],
  ])(
    'Q2 · the day’s requests are used up %s: pings fail, the report waits, all is there afterwards',
    (_, left, builtInNames) => {
      const stage = evening();
      const { quotas, owner } = stage.world;
      stage.advance(`${NEXT}T02:50`);
      quotas.limits.urlFetch = quotas.used(owner, 'urlFetch', stage.world.now()) + left;
      stage.advance(`${NEXT}T05:20`);
      expectNothingInvented(stage);
      expect(complaintsOf(stage, 'Отчёт')).toEqual(['amoCRM не отвечает: нет связи с сервером']);
      quotas.limits.urlFetch = 20_000;
      stage.advance(`${NEXT}T07:10`);
      expectAllWell(stage, { builtInNames });
    },
  );

  it('Q2 · “too many times in a short time”: backed off within the run', () => {
    const stage = evening();
    const tooOften: PlannedMishap = {
      kind: 'fail',
      side: 'before',
      error: 'tooOften',
      at: 'UrlFetchApp.fetch',
      times: 4,
    };
    stage.mishaps = ({ functionName }) => (REPORTS.test(functionName) ? planned([tooOften]) : undefined);
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage)).toEqual([]);
    expectAllWell(stage);
  });

  it('Q2 · four fifths of them: warned of once', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    const store = stage.world.properties();
    store.set('usage', JSON.stringify({ ...JSON.parse(store.get('usage')!), requests: 16_500 }));
    stage.advance(`${NEXT}T04:10`);
    stage.click('runReportNow');
    expect(logOf(stage).map(({ what }) => what)).toEqual(['Израсходовано 82 % лимита Google: запросы']);
  });
});

it('Q3 · the day’s mails are used up: they wait in the outbox, however long, and go out in their order', () => {
  const stage = evening();
  const { quotas } = stage.world;
  quotas.limits.mail = 0;
  stage.simulator.outage(stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T05:30`));
  stage.advance(`${NEXT}T07:10`);
  expect(mailsOf(stage)).toEqual([]);
  quotas.limits.mail = 100;
  stage.advance(`${NEXT}T11:10`);
  expect(mailsOf(stage)).toEqual([
    'amoCRM Monitor: «Отчёт» не работает',
    'amoCRM Monitor: «Замер» не работает',
    'amoCRM Monitor: «Замер» снова работает',
    'amoCRM Monitor: «Отчёт» снова работает',
  ]);
  expectAllWell(stage);
});

describe('Q4 · the script’s properties', () => {
  it('Q4 · 300 types by 24 hours, 200 authors: no document near 9 KB, the whole below 250 KB', () => {
    const FIRST = 9_100_001;
    const people = Array.from({ length: 200 }, (_, index) => ({
      id: FIRST + index,
      name: `${index}`,
      isAdmin: index === 0,
    }));
    const users = [SERVICE, LEAVER, ...people];
    const events = Array.from({ length: 9_000 }, (_, index) => ({
      at: Date.parse(`${DAY}T00:00:00+03:00`) + index * 9_500,
      type: `some_quite_long_type_of_event_${index % 300}`,
      createdBy: index % 3 ? 0 : FIRST + (index % 200),
    }));
    const stage = evening({ simulator: { users, events } });
    stage.simulator.slow(EVENTS, stage.at(`${NEXT}T02:50`), stage.at(`${NEXT}T12:00`), 20_000);
    stage.advance(`${NEXT}T03:05`);
    expect(cells(stage, 'days', 'completeness')).toEqual([expect.stringMatching(/^частичный/)]);
    const store = stage.world.properties();
    for (const [, text] of store.entries()) expect(Buffer.byteLength(text)).toBeLessThan(9 * 1024);
    expect(store.bytes()).toBeLessThan(250 * 1024);
    stage.advance(`${NEXT}T05:10`);
    expectAllWell(stage, { builtInNames: true });
  });

  const fill = (stage: Stage, documents: number) => {
    for (let index = 0; index < documents; index += 1)
      stage.world.properties().set(`theirs.${index}`, 'x'.repeat(9_000));
  };

  it('Q4 · another script of theirs fills four fifths of the store: told before it is full', () => {
    const stage = evening();
    fill(stage, 46);
    stage.advance(`${NEXT}T04:10`);
    expect(logOf(stage).map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Израсходовано 8\d % лимита Google: память скрипта$/),
    ]);
    expectAllWell(stage);
  });

  it('Q4 · the store is full: no run is half done, and all goes on when there is room', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    fill(stage, 56);
    const room = 500 * 1024 - stage.world.properties().bytes();
    stage.world.properties().set('theirs.last', 'x'.repeat(Math.max(0, room - 60)));
    stage.advance(`${NEXT}T05:10`);
    expect(cells(stage, 'days', 'completeness').length).toBeLessThanOrEqual(1);
    expect(complaintsOf(stage, 'Отчёт').length).toBeGreaterThan(0);
    for (const [key] of stage.world.properties().entries())
      if (key.startsWith('theirs')) stage.world.properties().delete(key);
    stage.advance('2026-11-20T04:10');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });

  it('Q4 · reads and writes of the day are used up: no exception reaches Google, and all goes on the day after', () => {
    const stage = evening();
    const { owner, quotas } = stage.world;
    stage.advance(`${NEXT}T02:50`);
    quotas.limits.properties = quotas.used(owner, 'properties', stage.world.now()) + 20;
    stage.advance(`${NEXT}T05:20`);
    expectNothingInvented(stage);
    expect(logOf(stage).length).toBeGreaterThan(0);
    quotas.limits.properties = 50_000;
    stage.advance('2026-11-20T04:10');
    expectAllWell(stage, { days: [DAY, NEXT] });
  });
});

it('Q5 · what a cache forgets cannot hurt: nothing of ours lies in one', () => {
  const stage = evening();
  stage.advance(`${NEXT}T04:10`);
  stage.click('showStatus');
  const calls = stage.performed.flatMap(({ outcome }) => outcome?.calls ?? []);
  expect(calls.filter(call => /^Cache/.test(call))).toEqual([]);
  expectAllWell(stage);
});

describe('Q6 · the lock', () => {
  it('Q6 · nobody gets it for hours: each run gives up politely, and the day is made when it is free', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    stage.world.locks.jammed = true;
    const sent = stage.world.requests;
    stage.advance(`${NEXT}T05:20`);
    expect(stage.world.requests).toBe(sent);
    expectNothingInvented(stage);
    expect(new Set(logOf(stage).map(({ what }) => what))).toEqual(
      new Set(['Хранилище занято другим запуском']),
    );
    stage.world.locks.jammed = false;
    stage.advance(`${NEXT}T07:10`);
    expectAllWell(stage);
  });

  it('Q6 · asking for it throws', () => {
    const stage = evening();
    const failing: PlannedMishap = {
      kind: 'fail',
      side: 'before',
      at: call => call === 'Lock.tryLock',
      times: ALWAYS,
    };
    stage.mishaps = () => planned([failing]);
    stage.advance(`${NEXT}T05:20`);
    expect(stage.performed.some(({ mishaps }) => mishaps > 0)).toBe(true);
    expectNothingInvented(stage);
    stage.mishaps = undefined;
    stage.advance(`${NEXT}T07:10`);
    expectAllWell(stage);
  });
});

/** A sheet of the user's takes so much room that the spreadsheet has about so many cells. */
function enlarge({ world: { workbook } }: Stage, cellCount: number): void {
  const big = workbook.addSheet('Большой');
  const present = workbook.sheets.reduce((sum, sheet) => sum + sheet.maxRows * sheet.maxColumns, 0);
  workbook.user.insertRows(big.id, 1, Math.floor((cellCount - present) / big.maxColumns));
}

describe('Q7 · cells', () => {
  it('Q7 · the spreadsheet is full: the message says so, what was collected waits', () => {
    const stage = evening();
    const { workbook } = stage.world;
    stage.advance(`${NEXT}T02:50`);
    // No row is left in ours, so that the report needs new ones.
    const report = workbook.sheet('Отчёт');
    workbook.user.deleteRows(report.id, 4, report.maxRows - 3);
    enlarge(stage, 10_000_000);
    stage.advance(`${NEXT}T05:20`);
    expect(cells(stage, 'days', 'completeness').filter(text => text === 'полный')).toEqual([]);
    expect(complaintsOf(stage, 'Отчёт').join()).toMatch(/10000000|cells|ячеек/);
    workbook.user.deleteSheet('Большой');
    stage.advance(`${NEXT}T07:10`);
    expectAllWell(stage);
  });

  it('Q7 · four fifths of the cells are used: warned of', () => {
    const stage = evening();
    enlarge(stage, 8_100_000);
    stage.advance(`${NEXT}T04:10`);
    expect(complaintsOf(stage, 'Отчёт')).toEqual([
      expect.stringMatching(/^Израсходовано 8\d % лимита Google: ячейки таблицы$/),
    ]);
    expectAllWell(stage);
  });

  it('Q7 · a name of 60,000 characters is cut with a mark', () => {
    const stage = evening();
    const long = body(text =>
      text.replace(/("key":"lead_status_changed"[^}]*"lang":")[^"]*/, `$1${'Ж'.repeat(60_000)}`),
    );
    stage.simulator.plan('GET /api/v4/events/types', long, ALWAYS);
    stage.advance(`${NEXT}T04:10`);
    const names = cells(stage, 'report', 'event').map(String);
    expect(names.filter(name => name.length > 40_000).map(name => [name.length, name.at(-1)])).toEqual([
      [49_999, '…'],
    ]);
  });
});

describe('Q8 · the spreadsheet fails', () => {
  const CALLS = [
    'Range.getValues',
    'Range.setValues',
    'Sheet.insertRowsAfter',
    'SpreadsheetApp.flush',
    'Sheet.createDeveloperMetadataFinder',
  ];
  it.each(CALLS.flatMap(call => [1, 9].map(times => [call, times] as const)))(
    'Q8 · %s, %d times, before and after its effect: no row twice, none lost',
    (call, times) => {
      for (const side of ['before', 'after'] as const) {
        const stage = evening();
        stage.mishaps = ({ functionName }) =>
          REPORTS.test(functionName) ? planned([{ kind: 'fail', side, at: call, times }]) : undefined;
        stage.advance(`${NEXT}T03:30`);
        stage.mishaps = undefined;
        stage.advance(`${NEXT}T06:10`);
        expectAllWell(stage);
      }
    },
  );

  it('Q8 · no call of the spreadsheet comes through for hours: no exception, and the day is there afterwards', () => {
    const stage = evening();
    stage.advance(`${NEXT}T02:50`);
    stage.mishaps = () =>
      planned([{ kind: 'fail', side: 'before', at: call => /^(Range|Sheet)\./.test(call), times: ALWAYS }]);
    stage.advance(`${NEXT}T05:20`);
    stage.mishaps = undefined;
    expectNothingInvented(stage);
    stage.advance(`${NEXT}T07:10`);
    expectAllWell(stage);
  });
});

describe('Q9 · old pings move to the archive', () => {
  const manyPings = () => {
    const stage = evening({ begin: `${DAY}T21:50` });
    stage.firings = undefined;
    stage.set('pingMinutes', '5');
    stage.set('keepPingsDays', '1');
    stage.click('setUp');
    stage.advance(`${NEXT}T00:02`);
    const rare = (handler: string) => (handler === 'hourlyPing' ? ('lost' as const) : undefined);
    stage.advance('2026-11-20T02:50', rare);
    return { stage, rare };
  };

  it('Q9 · killed at any part of it: each ping stands once, here or there', () => {
    const whole = manyPings();
    whole.stage.advance('2026-11-20T04:00', whole.rare);
    const run = runsOf(whole.stage, REPORTS, whole.stage.at('2026-11-20T02:50'), ALWAYS)[0]!;
    const archive = (stage: Stage) => tableRows(stage.world.workbook, 'pingsArchive')?.length ?? 0;
    expect(archive(whole.stage)).toBeGreaterThan(24);
    for (const back of [150, 90, 40]) {
      const { rare, stage } = manyPings();
      const cut = { at: run.calls - back, when: back % 20 ? ('before' as const) : ('after' as const) };
      stage.advance('2026-11-20T04:00', handler => (handler === 'dailyReport' ? { cut } : rare(handler)));
      stage.advance('2026-11-21T04:00', rare);
      expect(archive(stage)).toBe(archive(whole.stage));
      expectAllWell(stage, { days: [DAY, NEXT, '2026-11-20'], killed: true });
    }
  });
});
