import type { Row } from '../../src/core/cell';
import type { Ping } from '../../src/core/ping';
import { pingOfRow, pingRow } from '../../src/core/report';
import { NO_PLAN } from '../../src/core/reportPlan';
import { TABLES } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { keepPlan } from '../../src/jobs/keptPlan';
import { movePings, pingsUntil, putPings } from '../../src/jobs/movePings';
import { type Run, runJob } from '../../src/jobs/run';
import type { Outside } from '../../src/ports';
import { type InMemory, inMemoryOutside } from '../support/inMemoryOutside';
import { logged, logOf, ping, ZONE } from '../support/reportStory';

const { ru } = TEXTS;
const at = (day: number, hour: number) =>
  ping(`2026-11-${day}T${String(hour).padStart(2, '0')}:00:00+03:00`, 1_000 * day + hour);
const rowsOf = (pings: readonly Ping[]): Row[] => pings.map(each => pingRow(each, ZONE, ru));
/** A row that a person has added: it holds no ping. */
const NOTE: Row = { ...rowsOf([at(18, 1)])[0]!, entry: '' };

interface Where {
  inSheet?: readonly Row[];
  archived?: readonly Row[];
  inLog?: readonly Ping[];
}
/** A morning after the 18th, with pings here and there. The archive is there if `archived` is given. */
function world({ inSheet = [], archived, inLog = [] }: Where): InMemory {
  const one = inMemoryOutside({ settings: {}, properties: logged(inLog) });
  one.contents.tables.pings.push(...inSheet);
  one.contents.archiveMade = archived !== undefined;
  one.contents.tables.pingsArchive.push(...(archived ?? []));
  return one;
}
/** Sheets that the fake does not know are not there. */
function strict({ outside }: InMemory): Outside {
  const { workbook } = outside;
  return {
    ...outside,
    workbook: { ...workbook, has: key => (key === 'settings' || key in TABLES) && workbook.has(key) },
  };
}
function inRun(outside: Outside, story: (run: Run) => void): boolean {
  return runJob(outside, { name: 'uninstall', needsAccount: false, effectOfFailure: () => '' }, run => {
    story(run);
    return undefined;
  });
}
const timesIn = (rows: readonly Row[]) => rows.map(row => pingOfRow(row as { entry: string })?.ms);

describe('M12 · the pings of a day, wherever they are', () => {
  const [early, late, before, next] = [at(18, 3), at(18, 20), at(17, 23), at(19, 1)];

  it.each<[string, Where, number[], boolean]>([
    ['all in the log', { inLog: [early, late, next] }, [18_003, 18_020], false],
    [
      'some in the sheet, others in the log',
      { inSheet: rowsOf([early]), inLog: [late] },
      [18_003, 18_020],
      false,
    ],
    [
      'all in the archive',
      { archived: rowsOf([before, early, late]), inSheet: rowsOf([next]) },
      [18_003, 18_020],
      true,
    ],
    // A move to the archive that left one behind.
    [
      'some in the archive, others in the sheet',
      { archived: rowsOf([early]), inSheet: rowsOf([late, next]) },
      [18_003, 18_020],
      true,
    ],
    ['in both', { archived: rowsOf([early, late]), inSheet: rowsOf([early, late]) }, [18_003, 18_020], true],
    [
      'in the sheet, which begins earlier',
      { archived: [], inSheet: rowsOf([before, early, late]) },
      [18_003, 18_020],
      false,
    ],
    [
      'in the archive and, since no lock was to be had, still in the log',
      { archived: rowsOf([early]), inLog: [early] },
      [18_003],
      true,
    ],
    [
      'among rows that hold none',
      { inSheet: [NOTE, ...rowsOf([early]), NOTE], archived: [NOTE] },
      [18_003],
      true,
    ],
  ])('M12 · %s', (_, where, found, isArchiveRead) => {
    const one = world(where);
    let ofDay: Ping[] = [];
    const ended = inRun(strict(one), run => {
      ofDay = pingsUntil(run, '2026-11-18').ofDay;
    });
    expect(ended).toBe(true);
    expect(ofDay.map(({ ms }) => ms)).toEqual(found);
    // The archive may be long: it is read only for days of which the sheet may have lost some.
    expect(one.steps.log.includes('table.read pingsArchive')).toBe(isArchiveRead);
  });

  it('M12 · to the last second, and no further', () => {
    const atMidnight = [ping('2026-11-18T23:59:59+03:00', 1), ping('2026-11-19T00:00:00+03:00', 2)];
    const one = world({ inLog: atMidnight });
    inRun(strict(one), run => {
      const { ofDay, toMove } = pingsUntil(run, '2026-11-18');
      expect([ofDay, toMove].map(pings => pings.map(({ ms }) => ms))).toEqual([[1], [1]]);
    });
    expect(one.contents.tables.log).toEqual([]);
  });

  it('D15 · those of the account that was here before do not count, and move all the same', () => {
    const one = world({ inLog: [early, late] });
    keepPlan(one.outside, { ...NO_PLAN, pingsFrom: late.at });
    inRun(strict(one), run => {
      const { ofDay, toMove } = pingsUntil(run, '2026-11-18');
      expect([ofDay, toMove].map(pings => pings.map(({ ms }) => ms))).toEqual([[18_020], [18_003, 18_020]]);
    });
    expect(one.contents.tables.log).toEqual([]);
  });

  it('M12 · what the archive holds is not put into the sheet again', () => {
    const one = world({ archived: rowsOf([early]), inLog: [early, late] });
    inRun(strict(one), run => putPings(run, pingsUntil(run, '2026-11-18')));
    expect(timesIn(one.contents.tables.pings)).toEqual([18_020]);
  });
});

describe('M12 · the place of pings in the sheet', () => {
  it.each<[string, Row[], number[], string]>([
    ['the sheet is empty', [], [18_003, 18_020], 'append'],
    ['the sheet ends before them', rowsOf([at(17, 1)]), [17_001, 18_003, 18_020], 'append'],
    [
      'the sheet goes on after them',
      rowsOf([at(17, 1), at(19, 1)]),
      [17_001, 18_003, 18_020, 19_001],
      'replace',
    ],
  ])('M12 · %s: they stand in order of time', (_, inSheet, times, how) => {
    const one = world({ inSheet, inLog: [at(18, 20), at(18, 3)] });
    inRun(strict(one), run => putPings(run, pingsUntil(run, '2026-11-18')));
    expect(timesIn(one.contents.tables.pings)).toEqual(times);
    expect(one.steps.log.filter(step => /^table\.(append|replace) pings/.test(step))).toEqual([
      `table.${how} pings`,
    ]);
  });

  it('M12 · rows that hold no ping stay where they are, and so does everything else', () => {
    const rows = [NOTE, ...rowsOf([at(17, 1)]), NOTE, ...rowsOf([at(19, 1)]), NOTE];
    const one = world({ inSheet: rows, inLog: [at(18, 3)] });
    inRun(strict(one), run => putPings(run, pingsUntil(run, '2026-11-18')));
    expect(timesIn(one.contents.tables.pings)).toEqual([
      undefined,
      17_001,
      undefined,
      18_003,
      19_001,
      undefined,
    ]);
  });
});

describe('G7 · movePings', () => {
  const PINGS = [at(18, 3), at(19, 1)];

  it('G7 · puts all of the log into the sheet, which they leave', () => {
    const one = world({ inLog: PINGS });
    expect(inRun(strict(one), movePings)).toBe(true);
    expect(timesIn(one.contents.tables.pings)).toEqual([18_003, 19_001]);
    expect(logOf(one)).toEqual([]);
  });

  it('G7 · where there is no sheet they stay in the log, and nothing is wrong', () => {
    const one = inMemoryOutside({ properties: logged(PINGS) });
    expect(inRun(strict(one), movePings)).toBe(true);
    expect(logOf(one)).toEqual(PINGS);
    expect(one.console.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });

  it('T13 · where the lock is not to be had they stay in the log too, and the next one puts none in twice', () => {
    const one = world({ inLog: PINGS });
    const ended = inRun(strict(one), run => {
      one.mutex.busy = true;
      movePings(run);
      one.mutex.busy = false;
    });
    expect(ended).toBe(true);
    expect(logOf(one)).toEqual(PINGS);
    inRun(strict(one), movePings);
    expect(timesIn(one.contents.tables.pings)).toEqual([18_003, 19_001]);
    expect(logOf(one)).toEqual([]);
  });

  it('Q8 · where the log cannot be changed that is told', () => {
    const one = world({ inLog: PINGS });
    one.steps.interfere = (port, detail) => {
      if (port === 'properties.change' && detail?.includes('latency')) throw new Error('Service unavailable');
    };
    expect(inRun(strict(one), movePings)).toBe(false);
    expect(one.contents.tables.log).toMatchObject([{ level: 'ERROR' }]);
    one.steps.interfere = undefined;
    expect(logOf(one)).toEqual(PINGS);
  });
});
