import { pacer } from '../amocrm/pacer';
import { probe } from '../amocrm/probe';
import { slotOf } from '../core/day';
import { latencyLog, withPing } from '../core/latencyLog';
import { type Ping, pingOf, type Sample } from '../core/ping';
import type { Outside } from '../ports';
import { activeLease } from './lease';
import { type Finding, type Run, runJob } from './run';

/**
 * Measures amoCRM's latency once and keeps it in the rolling log.
 * @param due whether the schedule asked for it, so that it belongs to a slot
 */
export function measurePing(outside: Outside, due: boolean): boolean {
  const job = {
    name: 'hourlyPing',
    exclusive: 'ping',
    needsAccount: true,
    effectOfFailure: (run: Run) => run.texts.effect.pingNotStored,
  } as const;
  return runJob(outside, job, run => {
    const at = run.outside.clock.now();
    const slot = due ? slotOf(at, run.settings.pingMinutes, run.zone) : undefined;
    const collecting = isCollecting(run);
    const ping = keep(run, pingOf(samples(run), { at, slot, duringCollection: collecting }));
    return [finding(ping, run)];
  });
}

function samples(run: Run): Sample[] {
  const { answered, clock, http } = run.outside;
  const pace = pacer(clock, run.settings.requestsPerSecond, answered);
  const taken: Sample[] = [];
  while (taken.length < run.settings.pingSamples && clock.now() < run.deadline) {
    const sample = pace.paced(() => probe(run.account!, http, clock));
    taken.push(sample);
    // amoCRM said no: asking again at once would only add load, or lead to a block.
    if (sample.failure === 'http' && sample.status < 500) break;
  }
  return taken;
}

/** Stores the ping. A collection that began meanwhile counts as an overlap too. */
function keep(run: Run, ping: Ping): Ping {
  const { mutex, properties } = run.outside;
  return mutex.during(() => {
    const stored = properties.readAll();
    const overlaps =
      ping.duringCollection || activeLease(stored, 'report', run.outside.clock.now()) !== undefined;
    const kept = { ...ping, duringCollection: overlaps };
    properties.change(withPing(latencyLog(stored), kept));
    return kept;
  });
}

function isCollecting(run: Run): boolean {
  return activeLease(run.outside.properties.readAll(), 'report', run.outside.clock.now()) !== undefined;
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
