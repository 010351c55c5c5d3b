import { type Day, dayOf, type EpochMs, type EpochSeconds, hourOfDay } from './day';

/**
 * Why a ping gave no number. `http`: amoCRM answered with another status than 200; the status tells which. `paused`:
 * not asked, since amoCRM has shut us out or asked for silence. `quota`: not asked, to spare the day's quota. `busy`:
 * not asked, since another run of ours was busy with amoCRM. `no-access`: not asked, since there was no token that
 * amoCRM takes.
 */
export type PingFailure =
  | 'no-connection'
  | 'timeout'
  | 'not-api'
  | 'http'
  | 'paused'
  | 'quota'
  | 'busy'
  | 'no-access';

/** One timed request. */
export interface Sample {
  ms: number;
  /** The HTTP status; 0 when no answer came. */
  status: number;
  failure?: PingFailure;
}

/** One measurement of amoCRM's latency, made of samples. Its figures are those of the successful samples, in ms. */
export interface Ping {
  at: EpochSeconds;
  /** When it was due; undefined when a person asked for it. */
  slot: EpochSeconds | undefined;
  /** The median; undefined when no sample succeeded: the ping failed. */
  ms: number | undefined;
  min: number | undefined;
  max: number | undefined;
  succeeded: number;
  taken: number;
  /** Status and cause of the last failed sample, else 200 and none. */
  status: number;
  failure: PingFailure | undefined;
  /** Taken while we ourselves were collecting events: it does not count for the peak. */
  duringCollection: boolean;
}

/** A ping that was due and not taken, so that its slot is no silent gap. */
export function pingNotTaken(at: EpochMs, slot: EpochMs | undefined, failure: PingFailure): Ping {
  return { ...pingOf([], { at, slot, duringCollection: false }), status: 0, failure };
}

export function pingOf(
  samples: readonly Sample[],
  taken: { at: EpochMs; slot: EpochMs | undefined; duringCollection: boolean },
): Ping {
  const times = samples
    .filter(sample => !sample.failure)
    .map(sample => sample.ms)
    .sort((a, b) => a - b);
  const failed = [...samples].reverse().find(sample => sample.failure);
  return {
    at: Math.floor(taken.at / 1000),
    slot: taken.slot === undefined ? undefined : Math.floor(taken.slot / 1000),
    ms: median(times),
    min: times[0],
    max: times[times.length - 1],
    succeeded: times.length,
    taken: samples.length,
    status: failed ? failed.status : 200,
    failure: failed?.failure,
    duringCollection: taken.duringCollection,
  };
}

const FEWEST_FOR_P99 = 100;

/** What a day's pings say together. */
export interface PingDay {
  pings: number;
  failed: number;
  medianMs: number | undefined;
  /** 95 of 100 pings were at most that slow. */
  p95Ms: number | undefined;
  /** From 100 pings on: 99 of 100 were at most that slow. */
  p99Ms: number | undefined;
  /** The median of each hour, 0 to 23. */
  medianMsByHour: (number | undefined)[];
  /** The slowest ping that counts; the earliest of several equal ones. */
  peak: { ms: number; at: EpochSeconds } | undefined;
  /** Failures by cause, most frequent first. */
  failures: { failure: PingFailure; status: number; count: number }[];
}

export function pingDay(pings: readonly Ping[], zone: string): PingDay {
  const counting = pings.filter(ping => ping.ms !== undefined && !ping.duringCollection);
  const slowest = [...counting].sort((a, b) => b.ms! - a.ms! || a.at - b.at)[0];
  const failed = pings.filter(ping => ping.ms === undefined);
  const ms = counting.map(ping => ping.ms!).sort((a, b) => a - b);
  return {
    pings: pings.length,
    failed: failed.length,
    medianMs: median(ms),
    p95Ms: percentile(ms, 95),
    p99Ms: ms.length >= FEWEST_FOR_P99 ? percentile(ms, 99) : undefined,
    medianMsByHour: Array.from({ length: 24 }, (_, hour) => {
      const ofHour = counting.filter(({ at }) => hourOfDay(at * 1000, zone) === hour);
      return median(ofHour.map(ping => ping.ms!).sort((a, b) => a - b));
    }),
    peak: slowest && { ms: slowest.ms!, at: slowest.at },
    failures: causes(failed),
  };
}

/** The pings whose true time lies in a day of a zone, earliest first, each once. */
export function pingsOfDay(pings: readonly Ping[], day: Day, zone: string): Ping[] {
  const byTime = new Map<EpochSeconds, Ping>();
  for (const ping of pings) if (dayOf(ping.at * 1000, zone) === day) byTime.set(ping.at, ping);
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

function causes(failed: readonly Ping[]): PingDay['failures'] {
  const found = new Map<string, PingDay['failures'][number]>();
  for (const { failure, status } of failed) {
    const key = `${failure} ${status}`;
    const known = found.get(key) ?? { failure: failure ?? 'no-connection', status, count: 0 };
    found.set(key, { ...known, count: known.count + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** The nearest rank: the smallest that so many percent are not above. */
function percentile(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1];
}

function median(sorted: readonly number[]): number | undefined {
  const middle = sorted.length / 2;
  if (sorted.length === 0) return undefined;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)];
  return Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}
