import { dayOf } from '../core/day';
import {
  afterRun,
  bytesStored,
  cellsKnown,
  MOST_CELLS,
  type QuotaShare,
  quotaShares,
  quotasToWarnOf,
  type Usage,
  usageAt,
  usageOf,
} from '../core/usage';
import { LockBusy, type Outside } from '../ports';
import { Changes, type PropertiesChange, type Stored } from './propertiesChange';
import { USAGE } from './propertyNames';
import type { Run } from './run';
import type { Finding } from './telling';

/** What is used of the quotas, as this run last saw it. */
export function usageNow({ clock, properties }: Outside): Usage {
  return usageAt(usageOf(properties.recall()[USAGE]), clock.now());
}

/** Shares of all quotas. @param cells how many there are; undefined: their share is left out */
export function sharesNow(
  { outside, settings }: Pick<Run, 'outside' | 'settings'>,
  cells: number | undefined,
  stored = outside.properties.readAll(),
): QuotaShare[] {
  const usage = usageAt(usageOf(stored[USAGE]), outside.clock.now());
  const ofCells = cells === undefined ? {} : { cells };
  return quotaShares(usage, settings.googlePlan, { propertyBytes: bytesStored(stored), ...ofCells });
}

/** How many cells there are, counted at most once a run, and on most nights not at all. */
export function cellsIn({ outside, progress }: Run, stored = outside.properties.recall()): number {
  const { clock, workbook } = outside;
  progress.cells ??= cellsKnown(usageOf(stored[USAGE]), clock.now());
  progress.cells ??= { count: workbook.cells(), at: clock.now() };
  return progress.cells.count;
}

/** Warns of each quota once in its 24 hours. */
export function quotaFindings(run: Run, countsCells: boolean): Finding[] {
  const { clock, mutex, properties } = run.outside;
  const stored = properties.recall();
  const shares = sharesNow(run, countsCells ? cellsIn(run, stored) : undefined, stored);
  if (quotasToWarnOf(usageAt(usageOf(stored[USAGE]), clock.now()), shares).length === 0) return [];
  try {
    return mutex.during(() => {
      // As the end of this run will count it: what was said in the 24 hours before is said again.
      const usage = usageAt(usageOf(properties.readAll()[USAGE]), run.startedAt);
      const due = quotasToWarnOf(usage, shares);
      if (due.length === 0) return [];
      const warned = [...usage.warned, ...due.map(({ quota }) => quota)];
      properties.change({ write: new Map([[USAGE, JSON.stringify({ ...usage, warned })]]) });
      return due.map(share => ({ level: 'WARN' as const, ...run.texts.quota.warning(share) }));
    });
  } catch (error) {
    if (!(error instanceof LockBusy)) throw error;
    return [];
  }
}

/** Requests that left for amoCRM on the day `at` lies in, by all our runs. */
export function requestsOn(day: string, { properties }: Outside): number | undefined {
  return usageOf(properties.recall()[USAGE]).days[day];
}

/** What this execution has used since it was last put down, as a change; `done` once that is made. */
export function usageChange(
  run: Run,
  stored: Stored,
  afterKilled = false,
): { change: PropertiesChange; done: () => void } {
  const { gate, outside, progress, zone } = run;
  const { byTrigger: trigger, clock } = outside;
  const endedAt = clock.now();
  const { requests } = gate;
  const used = afterRun(usageOf(stored[USAGE]), {
    startedAt: outside.countedUntil,
    endedAt,
    day: dayOf(endedAt, zone),
    requests: requests - progress.inUsage,
    trigger,
    afterKilled,
    // What could not be written may have found no room: then they are counted again.
    cells: progress.writing ? { count: MOST_CELLS, at: endedAt } : progress.cells,
  });
  return {
    change: { write: new Map([[USAGE, JSON.stringify(used)]]) },
    done() {
      outside.countedUntil = endedAt;
      progress.inUsage = requests;
    },
  };
}

/**
 * Puts down what this execution has used since it was last put down: in the middle of a long job, since a run that is
 * killed cannot count itself, and at the end of it.
 * @param more what else is to be put down with it
 */
export function countUsage(run: Run, more: (stored: Stored) => PropertiesChange = () => ({})): void {
  const { mutex, properties } = run.outside;
  try {
    mutex.during(() => {
      const stored = properties.readAll();
      const used = usageChange(run, stored);
      const all = new Changes(stored);
      all.add(used.change);
      all.add(more(stored));
      properties.change(all.change);
      used.done();
    });
  } catch {
    // What one run used decides nothing.
  }
}
