import { probe } from '../amocrm/probe';
import type { AmoAccount } from '../amocrm/request';
import { AmoError } from '../core/amoError';
import { type EpochMs, slotOf } from '../core/day';
import { inASecondOfItsOwn, latencyLog, withPing } from '../core/latencyLog';
import type { JobHealth } from '../core/notices';
import { type Ping, pingNotTaken, pingOf, type Sample } from '../core/ping';
import { mayPing } from '../core/usage';
import type { Outside } from '../ports';
import { withoutLoss } from './keeping';
import type { AlreadyRunning } from './lease';
import type { PropertiesChange, Stored } from './propertiesChange';
import { DUE_PINGS } from './propertyNames';
import { quotaFindings, usageNow } from './quota';
import { type JobDescription, type Run, runJob } from './run';
import type { Finding } from './telling';

const JOB: JobDescription = {
  name: 'hourlyPing',
  holds: 'hourlyPing',
  needsAccount: true,
  watched: true,
  effectOfFailure: run => run.texts.effect.pingNotStored,
};

/** How often a run that has the line looks for pings that have fallen due: a look costs time, too. */
const LOOK_EVERY_MS = 15_000;
/** A ping that another run was asked for is not taken after this: it would be another slot's. */
const PATIENCE_MS = 4 * 60_000;
/** One sample may take so long. */
const A_SAMPLE_MS = 30_000;
const MOST_DUE = 20;

/**
 * Measures amoCRM's latency once and keeps it in the rolling log.
 * @param due whether the schedule asked for it, so that it belongs to a slot
 */
export function measurePing(outside: Outside, due: boolean): boolean {
  const whenBusy = ({ lease }: AlreadyRunning) =>
    due && lease.holder === 'dailyReport' ? leftForTheCollection(outside) : undefined;
  const calledBy = due ? 'hourlyPing' : undefined;
  const slotNow = (run: Run, at: EpochMs) =>
    due ? slotOf(at, run.settings.pingMinutes, run.zone) : undefined;
  const withoutAccess = (run: Run, error: unknown) => {
    const at = outside.clock.now();
    const isPaused = error instanceof AmoError && error.code === 'paused';
    if (due) keepAtEnd(run, pingNotTaken(at, slotNow(run, at), isPaused ? 'paused' : 'no-access'));
  };
  return runJob(outside, { ...JOB, calledBy, whenBusy, withoutAccess, sparesSheet: due }, run => {
    const at = outside.clock.now();
    const slot = slotNow(run, at);
    if (due && !mayPing(usageNow(outside), run.settings.googlePlan)) {
      return told(keepAtEnd(run, pingNotTaken(at, slot, 'quota')), run);
    }
    const health = told(keepAtEnd(run, takePing(run, { at, slot, duringCollection: false })), run);
    if (due) run.findings.push(...quotaFindings(run, false));
    return health;
  });
}

/**
 * Takes the ping that fell due while this run had the line, so that nobody else could. Marked, since our own requests
 * may have slowed amoCRM. Where it is too late for it, its slot says so.
 * @param allOfThem whether none may be left: where the run lets the line go, or counts a day's pings
 */
export function takeDuePings(run: Run, allOfThem = false): void {
  const { clock, properties } = run.outside;
  const { duePingsAt = Number.NEGATIVE_INFINITY } = run.progress;
  if (!allOfThem && clock.now() - duePingsAt < LOOK_EVERY_MS) return;
  run.progress.duePingsAt = clock.now();
  const due = dueTimes(properties.readAll());
  if (due.length === 0) return;
  properties.change({ remove: [DUE_PINGS] });
  due.forEach((asked, index) => {
    const at = clock.now();
    const slot = slotOf(asked, run.settings.pingMinutes, run.zone);
    const isLast = index === due.length - 1;
    const isTimely = at - asked <= PATIENCE_MS && run.deadline - at >= A_SAMPLE_MS;
    const ping =
      isLast && isTimely
        ? takePing(run, { at, slot, duringCollection: true })
        : pingNotTaken(asked, slot, 'busy');
    told(keep(run.outside, ping), run);
  });
}

function leftForTheCollection(outside: Outside): Finding[] {
  const { clock, properties } = outside;
  withoutLoss(outside, () => {
    const due = [...dueTimes(properties.readAll()), clock.now()].slice(-MOST_DUE);
    properties.change({ write: new Map([[DUE_PINGS, due.join(',')]]) });
  });
  return [];
}

function dueTimes(stored: Readonly<Record<string, string>>): EpochMs[] {
  return (stored[DUE_PINGS] ?? '')
    .split(',')
    .map(Number)
    .filter(time => time > 0);
}

interface Due {
  at: EpochMs;
  slot: EpochMs | undefined;
  duringCollection: boolean;
}

function takePing(run: Run, due: Due): Ping {
  const taken = samples(run);
  return taken.length > 0 ? pingOf(taken, due) : pingNotTaken(due.at, due.slot, 'paused');
}

/** None where amoCRM has asked for silence. */
function samples({ account, deadline, gate, outside, settings }: Run): Sample[] {
  const taken: Sample[] = [];
  while (taken.length < settings.pingSamples && !gate.pause) {
    const sample = probe(account!, gate, outside.clock);
    taken.push(sample);
    if (sample.failure === 'http' && mayRepeat(account!, sample.status)) {
      taken.pop();
      continue;
    }
    // amoCRM said no: asking again at once would only add load, or lead to a block.
    if (sample.failure === 'http' && sample.status < 500) break;
    if (outside.clock.now() >= deadline) break;
  }
  return taken;
}

/** A token that was refused, or an address left behind, says nothing of amoCRM's latency, if there is another one. */
function mayRepeat(account: AmoAccount, status: number): boolean {
  const isElsewhere = status === 404 || (status >= 300 && status < 400);
  if (status !== 401 && !isElsewhere) return false;
  try {
    return account.renew?.(isElsewhere) ?? false;
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    return false;
  }
}

/** With all else that this run puts down: it ends in a moment. */
function keepAtEnd({ toKeep }: Run, ping: Ping): Ping {
  toKeep.push(stored => withPingMore(stored, ping));
  return ping;
}

/** At once: the run goes on for minutes. */
function keep(outside: Outside, ping: Ping): Ping {
  const { properties } = outside;
  withoutLoss(outside, () => properties.change(withPingMore(properties.readAll(), ping)));
  return ping;
}

function withPingMore(stored: Stored, ping: Ping): PropertiesChange {
  const log = latencyLog(stored);
  const own = inASecondOfItsOwn(log, ping);
  return own ? withPing(log, own) : {};
}

/** Says how the ping went, and what that tells of the job. */
function told(ping: Ping, { access, findings, texts }: Run): JobHealth {
  // The connection is what failed, and that is told.
  if (access?.refusal) return { state: 'neutral' };
  const { ms, succeeded, taken, failure = 'no-connection', status } = ping;
  if (ms !== undefined) {
    findings.push({ level: 'INFO', what: texts.ping.done(ms, succeeded, taken) });
    return { state: 'works' };
  }
  findings.push({
    level: 'WARN',
    what: texts.ping.failed(texts.pingFailure(failure, status)),
    effect: texts.ping.failedEffect,
    todo: texts.ping.failedTodo(failure),
  });
  // Not asked, for a reason that was told when it came up.
  if (['quota', 'paused', 'busy', 'no-access'].includes(failure)) return { state: 'neutral' };
  // One slow answer or a minute without a connection is no failure of the job yet; amoCRM's refusal is. That of a token
  // would be told already, if it were final.
  const refused = failure === 'http' && status < 500 && status !== 429 && status !== 401;
  return { state: 'fails', passing: !refused };
}
