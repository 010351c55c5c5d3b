/** The day's events as they are written down: inside the day only, and no more than wanted. */

import type { EpochMs } from '../../emulator/contract';
import type { NewEvent } from '../state';

export class Journal {
  readonly events: NewEvent[] = [];

  constructor(
    private readonly from: EpochMs,
    private readonly to: EpochMs,
    readonly wanted: number,
  ) {}

  get full(): boolean {
    return this.events.length >= this.wanted;
  }

  write(event: NewEvent): void {
    if (this.full || event.at < this.from || event.at >= this.to) return;
    this.events.push(event);
  }
}
