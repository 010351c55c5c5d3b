import type { EpochMs } from './contract';

export type Account = 'consumer' | 'workspace';

/** Trigger runtime is in milliseconds, everything else in calls (mail: recipients). */
export type Quota = 'urlFetch' | 'properties' | 'mail' | 'triggerRuntime';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Per user and day [doc Q: guides/services/quotas]. */
export const DAILY_LIMITS: Record<Account, Record<Quota, number>> = {
  consumer: { urlFetch: 20_000, properties: 50_000, mail: 100, triggerRuntime: 90 * MINUTE },
  workspace: { urlFetch: 100_000, properties: 500_000, mail: 1_500, triggerRuntime: 360 * MINUTE },
};

/** Counters per user; a counter starts anew 24 hours after its first use [doc Q]. */
export class Quotas {
  readonly limits: Record<Quota, number>;
  readonly #windows = new Map<string, { since: EpochMs; used: number }>();

  constructor(account: Account) {
    this.limits = { ...DAILY_LIMITS[account] };
  }

  used(user: string, quota: Quota, now: EpochMs): number {
    const window = this.#windows.get(`${quota} ${user}`);
    return window && now < window.since + DAY ? window.used : 0;
  }

  left(user: string, quota: Quota, now: EpochMs): number {
    return Math.max(0, this.limits[quota] - this.used(user, quota, now));
  }

  /** Counts; false when the limit does not allow it (then nothing is counted). */
  spend(user: string, quota: Quota, amount: number, now: EpochMs): boolean {
    const used = this.used(user, quota, now);
    if (used + amount > this.limits[quota]) return false;
    this.record(user, quota, amount, now);
    return true;
  }

  /** Counts what has already happened, beyond the limit if need be. */
  record(user: string, quota: Quota, amount: number, now: EpochMs): void {
    const used = this.used(user, quota, now);
    const key = `${quota} ${user}`;
    const since = used > 0 ? (this.#windows.get(key)?.since ?? now) : now;
    this.#windows.set(key, { since, used: used + amount });
  }
}
