import { typedSecretsOf } from '../core/connection';
import type { Outside } from '../ports';
import { withoutLoss } from './keeping';
import { CONNECTION, LAST_GOOD, LEGACY_TOKEN, TYPED } from './propertyNames';
import type { Snapshot, Untidy } from './snapshot';

/**
 * Puts the settings sheet in order: secrets typed into it move to the properties, and only then their cells get the
 * mask; the problem column says what is wrong now; good values are remembered.
 */
export function tidySettings(outside: Outside, { untidy }: Snapshot): void {
  const { properties, workbook } = outside;
  const { moved, masks, problemColumn, lastGood } = untidy;
  if (lastGood !== undefined) properties.change({ write: new Map([[LAST_GOOD, lastGood]]) });
  if (moved.connection || Object.keys(moved.typed).length > 0) keepSecrets(outside, moved);
  if (!workbook.has('settings')) return;
  const sheet = workbook.settings();
  for (const { row, text } of masks) sheet.setValue(row, text);
  sheet.showProblems(problemColumn);
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
