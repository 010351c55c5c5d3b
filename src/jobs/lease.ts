import type { EpochMs } from '../core/day';
import type { Outside } from '../ports';
import { LEASE } from './propertyNames';

/**
 * The lease of the line to amoCRM: whoever holds it is the only run that sends requests, so that all of them together
 * keep amoCRM's limit, and no job runs twice at a time. A property and not the script lock, since the lock cannot be
 * held while a dialog is open and is needed for short changes meanwhile.
 */
export interface Lease {
  id: string;
  holder: Holder;
  since: EpochMs;
  until: EpochMs;
}

/** What a run holds the line for. */
export type Holder = 'dailyReport' | 'hourlyPing' | 'setUp' | 'connect';

// A run lives six minutes at most ([doc Q]); a killed one cannot give its lease back, so the lease ends by itself.
const LEASE_MS = 7 * 60_000;

export class AlreadyRunning extends Error {
  readonly lease: Lease;
  constructor(lease: Lease) {
    super('Another run is under way');
    this.name = 'AlreadyRunning';
    this.lease = lease;
  }
}

type Stored = Readonly<Record<string, string>>;

/**
 * Takes the lease.
 * @returns the lease, all properties as they are now, and whether a run died with the lease before
 * @throws AlreadyRunning, LockBusy
 */
export function takeLease(
  { clock, mutex, properties, uniqueId }: Outside,
  holder: Holder,
): { lease: Lease; stored: Stored; orphaned: boolean } {
  return mutex.during(() => {
    const stored = properties.readAll();
    const now = clock.now();
    const held = activeLease(stored, now);
    if (held) throw new AlreadyRunning(held);
    const lease: Lease = { id: uniqueId(), holder, since: now, until: now + LEASE_MS };
    properties.change({ write: new Map([[LEASE, JSON.stringify(lease)]]) });
    return { lease, stored, orphaned: stored[LEASE] !== undefined };
  });
}

/** Whether this is the lease that lies in the properties: one that has ended may be another run's by now. */
export function holds(stored: Stored, lease: Lease): boolean {
  return leaseIn(stored)?.id === lease.id;
}

/** The lease that a run holds at `now`, if any. */
export function activeLease(stored: Stored, now: EpochMs): Lease | undefined {
  const lease = leaseIn(stored);
  // A lease from the future is as broken as one that has ended: clocks do not run backwards by minutes.
  return lease && now < lease.until && lease.until <= now + LEASE_MS + 60_000 ? lease : undefined;
}

function leaseIn(stored: Stored): Lease | undefined {
  try {
    const lease = JSON.parse(stored[LEASE] ?? '') as Partial<Lease>;
    return typeof lease.until === 'number' ? (lease as Lease) : undefined;
  } catch {
    return undefined;
  }
}
