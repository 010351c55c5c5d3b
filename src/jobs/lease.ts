import type { EpochMs } from '../core/day';
import type { Outside } from '../ports';

/** A job that may run only once at a time. */
export type Exclusive = 'report' | 'ping';

interface Lease {
  id: string;
  since: EpochMs;
  until: EpochMs;
}

// A run lives six minutes at most ([doc Q]); a killed one cannot give its lease back, so the lease ends by itself.
const LEASE_MS = 7 * 60_000;

export class AlreadyRunning extends Error {
  readonly since: EpochMs;
  constructor(since: EpochMs) {
    super('Another run of this job is under way');
    this.name = 'AlreadyRunning';
    this.since = since;
  }
}

/**
 * Runs `action` unless another run of the same job is under way. The lease is a property and not the script lock,
 * since the lock cannot be held while a dialog is open and there is only one of it.
 * @throws AlreadyRunning
 */
export function exclusively<T>(outside: Outside, job: Exclusive, action: () => T): T {
  const { clock, mutex, properties } = outside;
  const id = outside.uniqueId();
  const name = leaseName(job);
  mutex.during(() => {
    const now = clock.now();
    const held = activeLease(properties.readAll(), job, now);
    if (held) throw new AlreadyRunning(held.since);
    const lease: Lease = { id, since: now, until: now + LEASE_MS };
    properties.change({ write: new Map([[name, JSON.stringify(lease)]]) });
  });
  try {
    return action();
  } finally {
    if (leaseIn(properties.readAll()[name])?.id === id) properties.change({ remove: [name] });
  }
}

/** The lease that a run of the job holds at `now`, if any. */
export function activeLease(
  properties: Readonly<Record<string, string>>,
  job: Exclusive,
  now: EpochMs,
): Lease | undefined {
  const lease = leaseIn(properties[leaseName(job)]);
  // A lease from the future is as broken as one that has ended: clocks do not run backwards by minutes.
  return lease && now < lease.until && lease.until <= now + LEASE_MS + 60_000 ? lease : undefined;
}

function leaseName(job: Exclusive): string {
  return `lease.${job}`;
}

function leaseIn(text: string | undefined): Lease | undefined {
  try {
    const lease = JSON.parse(text ?? '') as Partial<Lease>;
    return typeof lease.until === 'number' ? (lease as Lease) : undefined;
  } catch {
    return undefined;
  }
}
