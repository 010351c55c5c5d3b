import type { EpochMs } from './day';
import { type Journeys, NO_JOURNEYS } from './journey';
import { remembered } from './remembered';

/**
 * What all runs together must know of the line to amoCRM: when the last request was answered, whether amoCRM has
 * asked us to be slower, and whether it has asked for silence.
 */
export interface Line {
  /** When the last request was answered. */
  answeredAt: EpochMs;
  /** The pace after a 429, in requests per second, and since when. */
  slowed: { perSecond: number; at: EpochMs } | undefined;
  pause: Pause | undefined;
  journeys: Journeys;
}

export interface Pause {
  since: EpochMs;
  /** No request before. */
  until: EpochMs;
  /** `asked`: amoCRM named a time (Retry-After). `blocked`: it shut us out (403 with a page instead of data). */
  cause: 'asked' | 'blocked';
}

export const FREE_LINE: Line = {
  answeredAt: 0,
  slowed: undefined,
  pause: undefined,
  journeys: NO_JOURNEYS,
};

const MINUTE = 60_000;
/** A block goes on as long as requests come ([K docs/limitations] 403 after many 429): so none for an hour. */
const BLOCK_MS = 60 * MINUTE;
/** Never days: a server that asks for more is asked again then. */
const LONGEST_PAUSE_MS = 12 * 60 * MINUTE;
/** After a 429 half the pace, doubled again each so many ms without another one. */
const RECOVERY_MS = 5 * MINUTE;
const SLOWEST = 0.5;

export function lineOf(text: string | undefined): Line {
  return remembered(text, FREE_LINE);
}

/** Requests per second that are allowed now; below 1 it is one request in several seconds. */
export function paceOf({ slowed }: Line, limit: number, now: EpochMs): number {
  if (!slowed) return limit;
  const recovered = slowed.perSecond * 2 ** Math.floor(Math.max(0, now - slowed.at) / RECOVERY_MS);
  return Math.min(limit, recovered >= 1 ? Math.floor(recovered) : recovered);
}

export function after429(line: Line, limit: number, now: EpochMs): Line {
  return { ...line, slowed: { perSecond: Math.max(SLOWEST, paceOf(line, limit, now) / 2), at: now } };
}

export function afterRetryAfter(line: Line, now: EpochMs, ms: number): Line {
  return { ...line, pause: longer(line.pause, pause(now, Math.min(ms, LONGEST_PAUSE_MS), 'asked')) };
}

export function afterBlock(line: Line, now: EpochMs): Line {
  return { ...line, pause: longer(line.pause, pause(now, BLOCK_MS, 'blocked')) };
}

/** amoCRM has answered with data: a pause that is over need not be remembered. */
export function afterAnswer(line: Line, now: EpochMs): Line {
  return line.pause && line.pause.until <= now ? { ...line, pause: undefined } : line;
}

/** The pause that forbids a request now. One that lies far ahead was written by a clock that went wrong. */
export function pauseAt({ pause }: Line, now: EpochMs): Pause | undefined {
  return pause && now < pause.until && pause.until <= now + LONGEST_PAUSE_MS ? pause : undefined;
}

function pause(since: EpochMs, ms: number, cause: Pause['cause']): Pause {
  return { since, until: since + ms, cause };
}

/** A block that begins while another lasts is the same block. */
function longer(present: Pause | undefined, next: Pause): Pause {
  if (!present || present.until <= next.since) return next;
  return present.until >= next.until ? present : { ...next, since: present.since };
}
