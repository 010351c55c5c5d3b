import { probe } from '../amocrm/probe';
import { slotOf } from '../core/day';
import { latencyLog, withPing } from '../core/latencyLog';
import { type Ping, pingOf, type Sample } from '../core/ping';
import type { Outside } from '../ports';
import { activeLease } from './lease';
import { type JobDescription, type Run, runJob } from './run';
import type { Finding } from './telling';

const JOB: JobDescription = {
  name: 'hourlyPing',
  exclusive: 'ping',
  needsAccount: true,
  effectOfFailure: run => run.texts.effect.pingNotStored,
};

/**
 * Measures amoCRM's latency once and keeps it in the rolling log.
 * @param due whether the schedule asked for it, so that it belongs to a slot
 */
export function measurePing(outside: Outside, due: boolean): boolean {
  return runJob(outside, JOB, run => {
    const at = outside.clock.now();
    const slot = due ? slotOf(at, run.settings.pingMinutes, run.zone) : undefined;
    const duringCollection = isCollecting(outside, outside.properties.readAll());
    const ping = keep(outside, pingOf(samples(run), { at, slot, duringCollection }));
    return [finding(ping, run)];
  });
}

function samples({ account, deadline, gate, outside, settings }: Run): Sample[] {
  const taken: Sample[] = [];
  while (taken.length < settings.pingSamples && outside.clock.now() < deadline) {
    const sample = probe(account!, gate, outside.clock);
    taken.push(sample);
    // amoCRM said no: asking again at once would only add load, or lead to a block.
    if (sample.failure === 'http' && sample.status < 500) break;
  }
  return taken;
}

/** Stores the ping. A collection that began meanwhile counts as an overlap too. */
function keep(outside: Outside, ping: Ping): Ping {
  const { mutex, properties } = outside;
  return mutex.during(() => {
    const stored = properties.readAll();
    const kept = { ...ping, duringCollection: ping.duringCollection || isCollecting(outside, stored) };
    properties.change(withPing(latencyLog(stored), kept));
    return kept;
  });
}

function isCollecting({ clock }: Outside, stored: Readonly<Record<string, string>>): boolean {
  return activeLease(stored, 'report', clock.now()) !== undefined;
}

function finding({ ms, succeeded, taken, failure, status }: Ping, { texts }: Run): Finding {
  if (ms !== undefined) return { level: 'INFO', what: texts.ping.done(ms, succeeded, taken) };
  return {
    level: 'WARN',
    what: texts.ping.failed(texts.pingFailure(failure ?? 'no-connection', status)),
    effect: texts.ping.failedEffect,
    todo: texts.ping.failedTodo,
  };
}
