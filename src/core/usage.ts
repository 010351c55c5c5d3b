import type { Day, EpochMs } from './day';
import { remembered } from './remembered';
import { utf8Bytes } from './utf8';

/**
 * What we use of the daily quotas of the Google account, and how many requests amoCRM got from us: a monitor of load
 * must not be the load. Quotas roll over 24 hours after the first use ([doc Q]).
 */
export interface Usage {
  /** When the present 24 hours began. */
  since: EpochMs;
  requests: number;
  /** Runtime of executions that a trigger started. */
  triggerMs: number;
  mails: number;
  /** Quotas that were warned of in these 24 hours. */
  warned: readonly Quota[];
  /** Requests by calendar day, for the last days. */
  days: Readonly<Record<Day, number>>;
  /** When a trigger last ran. */
  lastTriggerRun: EpochMs;
  /** The spreadsheet's cells, when they were last counted. */
  cells?: CellCount | undefined;
}

export interface CellCount {
  count: number;
  at: EpochMs;
}

export type Quota = 'requests' | 'triggerMs' | 'mails' | 'propertyBytes' | 'cells';
export type GooglePlan = 'free' | 'workspace';

export interface QuotaShare {
  quota: Quota;
  used: number;
  limit: number;
}

const A_DAY_MS = 86_400_000;
const A_WEEK_MS = 7 * A_DAY_MS;
const MINUTE_MS = 60_000;
const A_RUN_MS = 6 * MINUTE_MS; // [doc Q]
const MOST_DAYS = 40;

/** Of a spreadsheet ([doc guides/sheets]). */
export const MOST_CELLS = 10_000_000;

/** [doc Q]; properties and cells are no daily quotas and the same for everybody. */
const LIMITS: Record<GooglePlan, Record<Quota, number>> = {
  free: {
    requests: 20_000,
    triggerMs: 90 * MINUTE_MS,
    mails: 100,
    propertyBytes: 500_000,
    cells: MOST_CELLS,
  },
  workspace: {
    requests: 100_000,
    triggerMs: 360 * MINUTE_MS,
    mails: 1_500,
    propertyBytes: 500_000,
    cells: MOST_CELLS,
  },
};

/** Below this share of the cells a week's growth cannot come near the limit. */
const ROOMY = 0.5;
const WARNING = 0.8;
/** What goes without first: a ping is one of many, the report is why we are here. */
const PINGS_UNTIL = 0.9;
const REPORT_UNTIL = 0.95;

export const NO_USAGE: Usage = {
  since: 0,
  requests: 0,
  triggerMs: 0,
  mails: 0,
  warned: [],
  days: {},
  lastTriggerRun: 0,
};

export function usageOf(text: string | undefined): Usage {
  return remembered(text, NO_USAGE);
}

/** The usage as it counts at `now`: after 24 hours it begins anew. */
export function usageAt(usage: Usage, now: EpochMs): Usage {
  if (now - usage.since < A_DAY_MS && now >= usage.since) return usage;
  return { ...usage, since: now, requests: 0, triggerMs: 0, mails: 0, warned: [] };
}

/**
 * Adds a run.
 * @param day the calendar day on which the run sent its requests
 * @param trigger whether a trigger started it: only then its runtime counts
 * @param afterKilled whether the run before was killed: it could not count itself, and lived six minutes at most
 * @param cells as the run knows them
 */
export function afterRun(
  usage: Usage,
  run: {
    startedAt: EpochMs;
    endedAt: EpochMs;
    day: Day;
    requests: number;
    trigger: boolean;
    afterKilled: boolean;
    cells?: CellCount | undefined;
  },
): Usage {
  const { startedAt, endedAt, day, requests, trigger, afterKilled, cells = usage.cells } = run;
  const now = usageAt(usage, startedAt);
  const days = { ...now.days, [day]: (now.days[day] ?? 0) + requests };
  const kept = Object.keys(days).sort().slice(-MOST_DAYS);
  return {
    ...now,
    requests: now.requests + requests,
    triggerMs:
      now.triggerMs + (trigger ? Math.max(0, endedAt - startedAt) : 0) + (afterKilled ? A_RUN_MS : 0),
    days: Object.fromEntries(kept.map(known => [known, days[known]!])),
    lastTriggerRun: trigger ? startedAt : now.lastTriggerRun,
    ...(cells ? { cells } : {}),
  };
}

export function quotaShares(
  usage: Usage,
  plan: GooglePlan,
  sizes: Partial<Record<'propertyBytes' | 'cells', number>>,
): QuotaShare[] {
  const { requests, triggerMs, mails } = usage;
  const used: Partial<Record<Quota, number>> = { requests, triggerMs, mails, ...sizes };
  return (Object.keys(used) as Quota[]).map(quota => ({
    quota,
    used: used[quota]!,
    limit: LIMITS[plan][quota],
  }));
}

/** Quotas of which so much is used that a person should know, and that were not warned of yet. */
export function quotasToWarnOf(usage: Usage, shares: readonly QuotaShare[]): QuotaShare[] {
  return shares.filter(({ quota, used, limit }) => used >= WARNING * limit && !usage.warned.includes(quota));
}

export function mayPing(usage: Usage, plan: GooglePlan): boolean {
  return isBelow(usage, plan, PINGS_UNTIL);
}

export function mayCollect(usage: Usage, plan: GooglePlan): boolean {
  return isBelow(usage, plan, REPORT_UNTIL);
}

/** When the quotas begin anew. */
export function quotaEnd({ since }: Usage): EpochMs {
  return since + A_DAY_MS;
}

/** What properties take of their store, in UTF-8 bytes, as the platform most likely counts them ([doc Q] says only KB). */
export function bytesStored(stored: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const entry of Object.entries(stored)) for (const text of entry) bytes += utf8Bytes(text);
  return bytes;
}

/** The cells as last counted, where that is good enough: counting them costs two calls a sheet. */
export function cellsKnown({ cells }: Usage, now: EpochMs): CellCount | undefined {
  if (!cells || cells.count >= ROOMY * MOST_CELLS || now < cells.at) return undefined;
  return now - cells.at < A_WEEK_MS ? cells : undefined;
}

function isBelow({ requests, triggerMs }: Usage, plan: GooglePlan, share: number): boolean {
  const limits = LIMITS[plan];
  return requests < share * limits.requests && triggerMs < share * limits.triggerMs;
}
