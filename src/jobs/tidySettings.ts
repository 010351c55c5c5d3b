import { typedSecretsOf } from '../core/connection';
import { traceWith } from '../core/settingsTrace';
import type { Outside } from '../ports';
import { withoutLoss } from './keeping';
import { changeOf } from './propertiesChange';
import { CONNECTION, LAST_GOOD, LEGACY_TOKEN, SETTINGS_TRACE, TYPED } from './propertyNames';
import type { Snapshot, Untidy } from './snapshot';

/**
 * Puts the settings sheet in order: secrets typed into it move to the properties, and only then their cells get the
 * mask; the problem column says what is wrong now; good values are remembered.
 */
export function tidySettings(outside: Outside, { typed, untidy }: Snapshot): void {
  if (!untidy) return;
  const { properties, workbook } = outside;
  const { moved, masks, problemColumn, lastGood } = untidy;
  // Together: no trace may ever stand beside values of another sheet.
  if (lastGood !== undefined)
    properties.change({ write: new Map([[LAST_GOOD, lastGood]]), remove: [SETTINGS_TRACE] });
  if (moved.connection || Object.keys(moved.typed).length > 0) keepSecrets(outside, moved);
  if (!workbook.has('settings')) return;
  const sheet = workbook.settings();
  const trace = sheet.trace();
  for (const { row, text } of masks) sheet.setValue(row, text);
  const isChanged = sheet.showProblems(problemColumn) || masks.length > 0;
  const isWaiting = typed.clientSecret !== undefined || typed.code !== undefined;
  const good = lastGood ?? properties.recall()[LAST_GOOD] ?? '';
  keepTrace(properties, isChanged || isWaiting || trace === undefined ? undefined : traceWith(good, trace));
}

function keepTrace(properties: Outside['properties'], trace: string | undefined): void {
  const change = changeOf(SETTINGS_TRACE, properties.recall(), trace);
  if (change.write || change.remove) properties.change(change);
}

/**
 * Keeps what a person has given. Under the lock, and beside what was given before: a run that gets new tokens just now
 * must not write them over it, and of two cells that are filled one after the other neither may be lost.
 */
export function keepSecrets(outside: Outside, { connection, typed = {} }: Partial<Untidy['moved']>): void {
  const { properties } = outside;
  withoutLoss(outside, () => {
    const write = new Map<string, string>();
    if (connection) write.set(CONNECTION, JSON.stringify(connection));
    if (Object.keys(typed).length > 0) {
      const kept = { ...typedSecretsOf(properties.readAll()[TYPED]), ...typed };
      write.set(TYPED, JSON.stringify(kept));
    }
    properties.change({ write, remove: connection ? [LEGACY_TOKEN] : [] });
  });
}
