import { type AmoClient, amoClient } from '../amocrm/client';
import { readAccount } from '../amocrm/operations/account';
import { type Day, dayOf, shiftDay } from '../core/day';
import type { Outside } from '../ports';
import { collect } from './collect';
import { publish } from './publish';
import { type JobDescription, type Run, runJob, settingsFindings } from './run';
import { rememberAccount } from './snapshot';
import type { Finding } from './telling';

const JOB: JobDescription = {
  name: 'dailyReport',
  exclusive: 'report',
  needsAccount: true,
  effectOfFailure(run) {
    const { effect, day } = run.texts;
    const reported = day(yesterday(run));
    return run.progress.writing ? effect.reportInDoubt(reported) : effect.reportUnchanged(reported);
  },
};

/** Reports yesterday: counts its automated events, finds its slowest ping, and writes both into the sheet. */
export function dailyReport(outside: Outside): boolean {
  return runJob(outside, JOB, started => {
    const amo = clientOf(started);
    // Asked each time: the account may have moved to another zone since.
    const run = rememberAccount(outside, started, readAccount(amo));
    return [...settingsFindings(run), ...reportDay(run, amo, yesterday(run))];
  });
}

/** Everything is read before anything is written, so that a failed collection leaves the sheet as it was. */
function reportDay(run: Run, amo: AmoClient, day: Day): Finding[] {
  const collected = collect(run, amo, day);
  run.progress.writing = true;
  return publish(run, day, collected);
}

function clientOf({ account, deadline, gate, outside }: Run): AmoClient {
  return amoClient({ clock: outside.clock, gate, account: account!, deadline });
}

function yesterday(run: Run): Day {
  return shiftDay(dayOf(run.startedAt, run.zone), -1);
}
