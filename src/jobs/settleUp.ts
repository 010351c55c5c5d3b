import { connectionOf, withRefusalTold } from '../core/connection';
import type { EpochMs } from '../core/day';
import type { Line } from '../core/line';
import { afterHealth, type JobHealth, type Notices, noticesOf } from '../core/notices';
import { withoutSecrets } from '../core/token';
import { withWaiting } from '../core/waitingRows';
import { LockBusy } from '../ports';
import { failure } from './failure';
import { holds, type takeLease } from './lease';
import { Changes, changeOf, type PropertiesChange, type Stored } from './propertiesChange';
import { CONNECTION, LEASE, LINE, LOG_WAITS, NOTICES } from './propertyNames';
import { usageChange } from './quota';
import type { JobDescription, Run } from './run';
import { shownInstant } from './shownInstant';
import { rowsThatWait } from './telling';

/** The line to amoCRM that the run has had, and how it leaves it. */
export type HeldLine = ReturnType<typeof takeLease> & { line: Line };

/**
 * What a run leaves behind in the properties, in one change: what it has to keep, the line free, how the job is, what it
 * has used, and rows of the log that may wait.
 * @returns how many of its findings wait, from the first on
 * @throws NotKept where the run's own work is lost: then nothing is put down, and that is to be told as its failure
 */
export function settleUp(
  job: JobDescription,
  run: Run,
  held: HeldLine | undefined,
  health: { health: JobHealth; isNews: boolean },
  mayWait = job.sparesSheet,
): number {
  const { mutex, properties } = run.outside;
  let waiting = 0;
  try {
    mutex.during(() => {
      const stored = properties.readAll();
      const all = new Changes(stored);
      for (const change of run.toKeep) all.add(change(all.now));
      if (held && holds(stored, held.lease))
        all.add({ write: new Map([[LINE, JSON.stringify(held.line)]]), remove: [LEASE] });
      all.add(healthChange(job, run, health, stored));
      const used = held || run.outside.byTrigger ? usageChange(run, stored, held?.orphaned) : undefined;
      if (used) all.add(used.change);
      const rows = mayWait ? rowsThatWait(run.findings, run.texts.jobs[job.name], run) : undefined;
      const waits = rows && withWaiting(stored[LOG_WAITS], rows);
      if (waits !== undefined) all.add(changeOf(LOG_WAITS, stored, waits));
      properties.change(all.change);
      used?.done();
      run.toKeep = [];
      if (waits !== undefined) waiting = run.findings.length;
    });
  } catch (error) {
    if (!(error instanceof LockBusy)) freeLine(run, held);
    keepAllTheSame(run);
    // The rows that were to wait may be what the store had no room for.
    if (mayWait && !(error instanceof LockBusy)) return settleUp(job, run, held, health, false);
    // The lease ends by itself.
    const trouble = failure(error, job, run);
    // What has made the story fail need not be said again.
    if (!run.findings.some(({ what }) => what === trouble.what))
      run.findings.push({ ...trouble, level: 'WARN', effect: run.texts.effect.none });
  }
  return waiting;
}

/** What only takes away goes even where the store has no room for what is to be written, and makes some. */
function freeLine({ outside: { properties } }: Run, held: HeldLine | undefined): void {
  try {
    if (held && holds(properties.readAll(), held.lease)) properties.change({ remove: [LEASE] });
  } catch {
    // The lease ends by itself.
  }
}

/**
 * What does not come again is better put down by itself, and beside another change, than lost.
 * @throws NotKept
 */
function keepAllTheSame(run: Run): void {
  const { properties } = run.outside;
  try {
    for (const change of run.toKeep) properties.change(change(properties.readAll()));
    run.toKeep = [];
  } catch (error) {
    throw new NotKept(error);
  }
}

/** What the run was for could not be kept. */
export class NotKept extends Error {
  constructor(readonly reason: unknown) {
    super('Not kept');
  }
}

function healthChange(
  job: JobDescription,
  run: Run,
  { health, isNews }: { health: JobHealth; isNews: boolean },
  stored: Stored,
): PropertiesChange {
  const write = new Map<string, string>();
  const before = noticesOf(stored[NOTICES]);
  const notices = noticesAfter(
    noticesAfter(before, job, run, health),
    CONNECTING,
    run,
    accessHealth(run, job, isNews),
  );
  const connection = isNews ? connectionOf(stored[CONNECTION], undefined) : undefined;
  if (connection?.refusal) write.set(CONNECTION, JSON.stringify(withRefusalTold(connection)));
  if (notices !== before) write.set(NOTICES, JSON.stringify(notices));
  return { write };
}

/** The connection is watched as jobs are. */
const CONNECTING: Pick<JobDescription, 'name' | 'watched'> = { name: 'connect', watched: true };

/** @param isNews whether amoCRM takes the tokens no more, and nobody was told yet */
function accessHealth({ access }: Run, { watched }: JobDescription, isNews: boolean): JobHealth {
  // Who connects sees what comes of it.
  if (isNews) return watched ? { state: 'fails', passing: false } : { state: 'neutral' };
  return access?.isProven && !access.connection.refusal ? { state: 'works' } : { state: 'neutral' };
}

function noticesAfter(
  before: Notices,
  job: Pick<JobDescription, 'name' | 'watched'>,
  run: Run,
  health: JobHealth,
): Notices {
  if (!job.watched) return before;
  const { findings, outside, secrets, settings, texts } = run;
  const name = texts.jobs[job.name];
  const worst =
    findings.find(({ level }) => level === 'ERROR') ?? findings.find(({ level }) => level === 'WARN');
  const said = [worst?.what, worst?.effect, worst?.todo].filter(text => text).join('\n');
  const words = settings.notifyEmail && {
    id: outside.uniqueId(),
    fails: (since: EpochMs) =>
      texts.mail.fails(name, withoutSecrets(said, secrets), shownInstant(since, run)),
    works: (since: EpochMs) => texts.mail.works(name, shownInstant(since, run)),
  };
  return afterHealth(before, job.name, health, run.startedAt, words || undefined);
}
