import { dayOf } from '../core/day';
import { noticesOf, withMail } from '../core/notices';
import { claimsOf } from '../core/tokenClaims';
import { daysLeft, stepToTell } from '../core/tokenEnd';
import { keptConnection } from './keptConnection';
import { CONNECTION, NOTICES } from './propertyNames';
import type { Run } from './run';

/**
 * Tells, in the log and by mail, that a long-lived token ends before long: once for each step. An integration's tokens
 * are renewed. Costs nothing while nothing is to be told.
 */
export function tellOfEnd({ access, findings, outside, settings, texts, zone }: Run): void {
  if (!access || access.refusal || access.connection.renewal) return;
  const { clock, mutex, properties } = outside;
  const { token } = access;
  const end = claimsOf(token).expiresAt;
  const now = clock.now();
  if (end === undefined || stepToTell(end, now, access.connection.toldOfEnd) === undefined) return;
  const what = texts.connection.ends(texts.day(dayOf(end, zone)), daysLeft(end, now));
  const todo = texts.connection.endsTodo;
  try {
    const isTold = mutex.during(() => {
      const stored = keptConnection(outside);
      // Somebody has connected anew, or another run was quicker.
      const step = stored?.access === token ? stepToTell(end, now, stored.toldOfEnd) : undefined;
      if (step === undefined) return false;
      const write = new Map([[CONNECTION, JSON.stringify({ ...stored, toldOfEnd: step })]]);
      if (settings.notifyEmail !== undefined) {
        const words = { subject: texts.connection.endsSubject, body: `${what}.\n${todo}` };
        const notices = noticesOf(properties.readAll()[NOTICES]);
        write.set(NOTICES, JSON.stringify(withMail(notices, outside.uniqueId(), words)));
      }
      properties.change({ write });
      return true;
    });
    if (isTold) findings.push({ level: 'WARN', what, effect: texts.connection.endsEffect, todo });
  } catch {
    // The lock is busy, or the store: the next run tells it.
  }
}
