import { usageOf } from '../core/usage';
import type { Outside } from '../ports';
import { keptTriggers } from './installedTriggers';
import { USAGE } from './propertyNames';
import { shownInstant } from './shownInstant';
import { takeSnapshot } from './snapshot';

/** Longer than the longest night between two pings, and the first thing that shows when triggers were lost. */
const SILENCE_MS = 26 * 3_600_000;

/** When the sheet is opened: says so where triggers should be running and none has run for a day. */
export function warnOfSilence(outside: Outside): void {
  const { clock, dialogs, properties } = outside;
  const stored = properties.readAll();
  const { checkedAt, installed, isOff, owner } = keptTriggers(stored);
  const last = Math.max(checkedAt, usageOf(stored[USAGE]).lastTriggerRun);
  if (isOff || Object.keys(installed).length === 0 || clock.now() - last < SILENCE_MS) return;
  const snapshot = takeSnapshot(outside);
  dialogs.toast(snapshot.texts.silence(shownInstant(last, snapshot), owner));
}
