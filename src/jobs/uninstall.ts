import { orphans } from '../core/storedCollection';
import type { Outside } from '../ports';
import { uninstallTriggers } from './installedTriggers';
import { AlreadyRunning, activeLease } from './lease';
import { movePings } from './movePings';
import { ACCOUNT, GONE_WHEN_OFF } from './propertyNames';
import { type JobDescription, type Run, runJob } from './run';
import { takeSnapshot } from './snapshot';
import { tidySettings } from './tidySettings';

const JOB: JobDescription = {
  name: 'uninstall',
  needsAccount: false,
  effectOfFailure: run => run.texts.effect.none,
};

/** Switches the monitor off: triggers and token go, tables and settings stay. Set-up switches it on again. */
export function uninstall(outside: Outside): void {
  const { dialogs, properties } = outside;
  let agreed = false;
  runJob(outside, JOB, ({ texts }) => {
    agreed = !dialogs.available || dialogs.confirm(texts.uninstall.confirm);
    return undefined;
  });
  if (!agreed) return;
  runJob(outside, JOB, run => {
    // A report under way would leave things behind.
    const lease = activeLease(properties.readAll(), outside.clock.now());
    if (lease?.holder === 'dailyReport') throw new AlreadyRunning(lease);
    uninstallTriggers(outside);
    // Under the lock: a run that gets new tokens just now would save them afterwards.
    outside.mutex.during(() => properties.change({ remove: GONE_WHEN_OFF }));
    properties.change({ remove: orphans(properties.readAll()) });
    if (hasNoData(run)) properties.change({ remove: [ACCOUNT] });
    movePings(run);
    // The mask goes from the cell of the token.
    tidySettings(outside, takeSnapshot(outside));
    run.findings.push({ level: 'INFO', what: run.texts.uninstall.done });
    return undefined;
  });
}

/** Tables without a day are bound to no account yet: whoever connected the wrong one may connect another. */
function hasNoData({ outside: { workbook }, texts }: Run): boolean {
  return !workbook.has('days') || workbook.table('days', texts).read().length === 0;
}
