import type { EpochMs } from '../emulator/contract';
import { offsetAt } from '../emulator/zone';

const EPOCH = Date.UTC(1899, 11, 30);

/** What the clocks of a zone show, in whole seconds since the spreadsheet's epoch. */
export function wallSeconds(at: EpochMs, zone: string): number {
  return Math.floor((at + offsetAt(at, zone) - EPOCH) / 1000);
}
