/** A calendar day in quarters of an hour, so that moments can be drawn by what the clock on the wall shows. */

import type { EpochMs } from '../../emulator/contract';
import type { SeededRandom } from '../seededRandom';
import { shiftDate, startOfDay, wallTime } from '../wallClock';

/** How likely each wall-clock hour is; 24 weights. */
export type HourWeights = readonly number[];

const QUARTER_MS = 15 * 60_000;

export class DaySlots {
  readonly from: EpochMs;
  /** The first instant of the next day. */
  readonly to: EpochMs;
  private readonly hours: number[] = [];

  constructor(date: string, timeZone: string) {
    this.from = startOfDay(date, timeZone);
    this.to = startOfDay(shiftDate(date, 1), timeZone);
    for (let at = this.from; at < this.to; at += QUARTER_MS) this.hours.push(wallTime(at, timeZone).hour);
  }

  /** A moment of the day, on a whole second. */
  draw(random: SeededRandom, weights: HourWeights): EpochMs {
    const slot = random.weighted(this.hours.map(hour => weights[hour] ?? 0));
    const at = this.from + slot * QUARTER_MS + random.whole(0, QUARTER_MS / 1000 - 1) * 1000;
    return Math.min(at, this.to - 1000);
  }

  /** The first moment at which the clock shows that hour; on a day that skips it, the start of the next one. */
  firstAt(hour: number): EpochMs {
    const slot = this.hours.findIndex(shown => shown >= hour);
    return this.from + Math.max(0, slot) * QUARTER_MS;
  }

  /** True on Saturdays and Sundays. */
  static isWeekend(date: string): boolean {
    return [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay());
  }
}
