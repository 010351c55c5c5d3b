import { fraction } from './chance';
import type { EpochMs, Milliseconds } from './contract';
import { instantOf, wallClock } from './zone';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When a clock trigger fires, as its builder was told. */
export interface Schedule {
  kind: 'minutes' | 'hours' | 'days' | 'once';
  everyMinutes?: number;
  everyHours?: number;
  everyDays?: number;
  atHour?: number;
  nearMinute?: number;
  /** Of a trigger that fires once. */
  at?: EpochMs;
  timeZone: string;
}

/**
 * One installed clock trigger. What the platform leaves to chance (the minute of the hour, the delay of one firing)
 * follows from the world's seed and the trigger's id.
 */
export class ClockTrigger {
  readonly id: string;
  readonly owner: string;
  readonly handler: string;
  readonly createdAt: EpochMs;
  readonly plan: Readonly<Schedule>;
  /** A fired one-off stays in the list and counts until it is deleted [field]. */
  spent = false;
  /** Switched off behind the script's back: it stays in the list, so that a script cannot tell, and never fires. */
  disabled = false;
  readonly #seed: number;
  #lastDue: EpochMs;

  constructor(of: {
    id: string;
    owner: string;
    handler: string;
    now: EpochMs;
    seed: number;
    plan: Schedule;
  }) {
    this.id = of.id;
    this.owner = of.owner;
    this.handler = of.handler;
    this.createdAt = of.now;
    this.plan = of.plan;
    this.#seed = of.seed;
    this.#lastDue = of.now;
  }

  /** Such as `everyDays(1) atHour(3) nearMinute(0) Europe/Moscow`. */
  get schedule(): string {
    const { timeZone, at, kind: _, ...numbers } = this.plan;
    if (at !== undefined) return `at ${new Date(at).toISOString()}`;
    const calls = Object.entries(numbers).map(([method, n]) => `${method}(${n})`);
    return [...calls, ...(this.plan.kind === 'days' ? [timeZone] : [])].join(' ');
  }

  /** When it fires next; undefined when it never does. `scale` 0 switches the platform's unpunctuality off. */
  nextFiring(scale: number): { due: EpochMs; at: EpochMs } | undefined {
    const due = this.#dueAfter(this.#lastDue);
    if (due === undefined || this.spent || this.disabled) return undefined;
    return { due, at: Math.max(this.createdAt + 1, due + Math.round(scale * this.#delay(due))) };
  }

  fired(due: EpochMs): void {
    this.#lastDue = due;
    if (this.plan.kind === 'once') this.spent = true;
  }

  /** What was due before `at` is lost. */
  skipUntil(at: EpochMs): void {
    if (this.plan.kind !== 'once') this.#lastDue = Math.max(this.#lastDue, at - 1);
  }

  #dueAfter(after: EpochMs): EpochMs | undefined {
    const { kind, everyMinutes = 1, everyHours = 1, nearMinute, at } = this.plan;
    if (kind === 'once') return at;
    if (kind === 'days') return this.#dailyAfter(after);
    const period = kind === 'minutes' ? everyMinutes * MINUTE : everyHours * HOUR;
    const minuteOfHour = nearMinute ?? Math.floor(this.#chance('minute') * 60);
    const phase =
      kind === 'minutes'
        ? Math.floor(this.#chance('phase') * period)
        : Math.floor(this.#chance('hour') * everyHours) * HOUR + minuteOfHour * MINUTE;
    return phase + (Math.floor((after - phase) / period) + 1) * period;
  }

  #dailyAfter(after: EpochMs): EpochMs {
    const { everyDays = 1, timeZone } = this.plan;
    const hour = this.plan.atHour ?? Math.floor(this.#chance('hour') * 24);
    const minute = this.plan.nearMinute ?? Math.floor(this.#chance('minute') * 60);
    const created = wallClock(this.createdAt, timeZone);
    const firstDay = Date.UTC(created.year, created.month - 1, created.day);
    const today = wallClock(after, timeZone);
    const from = Date.UTC(today.year, today.month - 1, today.day);
    let day = firstDay + Math.max(0, Math.floor((from - firstDay) / (everyDays * DAY))) * everyDays * DAY;
    for (;;) {
      const date = new Date(day);
      const due = instantOf(
        {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour,
          minute,
          second: 0,
          ms: 0,
        },
        timeZone,
      );
      if (due > after) return due;
      day += everyDays * DAY;
    }
  }

  /** How far one firing is off: ±15 minutes near a named minute and for hours [doc CTB], little otherwise. */
  #delay(due: EpochMs): Milliseconds {
    const { kind, everyMinutes = 1, nearMinute } = this.plan;
    const chance = this.#chance(`firing ${due}`);
    if (kind === 'minutes') return (chance * 2 - 1) * Math.min(30 * SECOND, everyMinutes * 6 * SECOND);
    if (kind === 'hours' || nearMinute !== undefined) return (chance * 2 - 1) * 15 * MINUTE;
    return chance * MINUTE;
  }

  #chance(of: string): number {
    return fraction(this.#seed, this.id, of);
  }
}
