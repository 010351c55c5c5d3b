import type { EpochMs, Milliseconds } from '../../contract';
import { instantOfShifted, isZone, offsetAt } from '../../zone';
import { Refusal } from './refusal';
import type { WallMs } from './serial-date';

const QUARTER_HOUR = 900_000;

/** Instants and wall clocks of one time zone. Remembers offsets, for sheets of many thousand dates. */
export class ZoneClock {
  readonly #offsets = new Map<number, Milliseconds>();

  /** @throws Refusal for an unknown zone */
  constructor(readonly zone: string) {
    if (!isZone(zone)) throw new Refusal(`Invalid argument: ${zone}`);
  }

  wallAt(instant: EpochMs): WallMs {
    return instant + this.#offsetAt(instant);
  }

  /**
   * The instant of a wall clock. One that occurs twice means the first; one that a spring change skips is read
   * with the offset before the change, so it comes out as much later as the clock jumped (02:30 -> 03:30).
   */
  instantOf(wall: WallMs): EpochMs {
    const day = 24 * 4 * QUARTER_HOUR;
    const before = this.#offsetAt(wall - day);
    const steady = before === this.#offsetAt(wall + day);
    return steady ? wall - before : instantOfShifted(wall, this.zone);
  }

  #offsetAt(instant: EpochMs): Milliseconds {
    // Since 1970 every zone changes at a full quarter of an hour; before, local mean times had seconds.
    if (instant < 0) return offsetAt(instant, this.zone);
    const slot = Math.floor(instant / QUARTER_HOUR);
    let offset = this.#offsets.get(slot);
    if (offset === undefined) {
      offset = offsetAt(instant, this.zone);
      this.#offsets.set(slot, offset);
    }
    return offset;
  }
}

const clocks = new Map<string, ZoneClock>();

/** @throws Refusal for an unknown zone */
export function zoneClock(zone: string): ZoneClock {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new ZoneClock(zone);
    clocks.set(zone, clock);
  }
  return clock;
}
