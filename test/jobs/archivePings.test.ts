import type { Ping } from '../../src/core/ping';
import { pingOfRow, pingRow } from '../../src/core/report';
import { TABLES } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { archivePings } from '../../src/jobs/archivePings';
import { runJob } from '../../src/jobs/run';
import { type InMemory, inMemoryOutside } from '../support/inMemoryOutside';
import { ping } from '../support/reportStory';
import { Killed } from '../support/steps';

const { ru } = TEXTS;
const ZONE = 'Europe/Moscow';
/** An hourly ping on the day so many days ago. */
const ago = (days: number, hour = 12): Ping =>
  ping(
    new Date(Date.parse('2026-11-19T00:00:00+03:00') - days * 86_400_000 + hour * 3_600_000).toISOString(),
    100 + days,
  );

function world(pings: readonly Ping[], keepPingsDays = 10): InMemory {
  const one = inMemoryOutside({ now: '2026-11-19T03:05:00+03:00', settings: { keepPingsDays } });
  one.contents.tables.pings.push(...pings.map(each => pingRow(each, ZONE, ru)));
  return one;
}
/** Asked for a sheet that nobody knows, this workbook has none. */
const archive = ({ outside }: InMemory) => {
  const { workbook } = outside;
  return runJob(
    {
      ...outside,
      workbook: { ...workbook, has: key => (key === 'settings' || key in TABLES) && workbook.has(key) },
    },
    { name: 'dailyReport', needsAccount: false, effectOfFailure: () => '' },
    run => {
      archivePings(run);
      return undefined;
    },
  );
};
type Rows = readonly Parameters<typeof pingOfRow>[0][];
const timesIn = (rows: readonly unknown[]) => (rows as Rows).map(row => pingOfRow(row)?.at);
const OLD = Array.from({ length: 30 }, (_, nth) => ago(11, nth * 0.5));
const YOUNG = [ago(10, 0), ago(5), ago(0, 1)];

describe('Q7 · old pings', () => {
  it('Q7 · move to the archive sheet, which is made for them; younger ones stay, and so does what is no ping', () => {
    const one = world([...OLD, ...YOUNG]);
    const note = { ...one.contents.tables.pings[0]!, entry: '' };
    one.contents.tables.pings.push(note);
    archive(one);
    const { pings, pingsArchive } = one.contents.tables;
    expect(one.contents.archiveMade).toBe(true);
    expect(timesIn(pingsArchive)).toEqual(OLD.map(({ at }) => at));
    expect(pings.slice(0, 3).map(({ ms }) => ms)).toEqual([110, 105, 100]);
    expect(pings[3]).toEqual(note);
    expect(one.contents.tables.log).toMatchObject([
      { level: 'INFO', what: ru.report.archived(30, 'Пинги (архив)') },
    ]);
  });

  it.each([
    [23, 0],
    [24, 24],
  ])('Q7 · of %d old ones %d move: fewer are not worth the calls', (count, moved) => {
    const one = world([...OLD.slice(0, count), ...YOUNG]);
    archive(one);
    expect(one.contents.tables.pingsArchive).toHaveLength(moved);
    expect(one.contents.tables.pings).toHaveLength(3 + count - moved);
    expect(one.contents.archiveMade).toBe(moved > 0);
  });

  it('Q9 · T1 · killed before any call: each ping stands once in the end, and never nowhere', () => {
    const undisturbed = world([...OLD, ...YOUNG]);
    archive(undisturbed);
    const expected = structuredClone(undisturbed.contents.tables);
    const calls = undisturbed.steps.log.length;
    for (let nth = 1; nth <= calls; nth += 1) {
      const one = world([...OLD, ...YOUNG]);
      one.steps.killBefore(nth);
      try {
        archive(one);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
      const { pings, pingsArchive } = one.contents.tables;
      const somewhere = new Set([...timesIn(pings), ...timesIn(pingsArchive)]);
      for (const { at } of [...OLD, ...YOUNG]) expect(somewhere.has(at)).toBe(true);
      one.steps.revive();
      archive(one);
      expect({ ...one.contents.tables, log: [] }).toEqual({ ...expected, log: [] });
    }
  });

  it('Q9 · Q8 · what the archive does not hold when it is read back is not deleted', () => {
    const one = world([...OLD, ...YOUNG]);
    let appended = false;
    one.steps.interfere = port => {
      if (port === 'table.append pingsArchive') appended = true;
      // Two of them have got lost on the way.
      if (appended && port === 'table.read pingsArchive') one.contents.tables.pingsArchive.splice(3, 2);
    };
    archive(one);
    expect(one.contents.tables.pingsArchive).toHaveLength(28);
    expect(timesIn(one.contents.tables.pings)).toEqual([
      OLD[3]!.at,
      OLD[4]!.at,
      ...YOUNG.map(({ at }) => at),
    ]);
    expect(one.contents.tables.log).toMatchObject([{ what: ru.report.archived(28, 'Пинги (архив)') }]);
  });

  it('Q9 · is flushed before anything is deleted', () => {
    const one = world([...OLD, ...YOUNG]);
    archive(one);
    const { log } = one.steps;
    const [appended, deleted] = ['table.append pingsArchive', 'table.replace pings'].map(step =>
      log.indexOf(step),
    );
    expect(log.slice(appended, deleted)).toContain('workbook.flush');
    expect(log.slice(appended, deleted)).toContain('table.read pingsArchive');
  });

  it('without a sheet of pings there is nothing to move', () => {
    const one = inMemoryOutside({});
    archive(one);
    expect(one.contents.made).toBe(false);
  });
});
