import { claimed, type Notices, noticesOf, sent, unclaimed } from '../core/notices';
import { messageOf } from '../core/thrown';
import { usageAt, usageOf } from '../core/usage';
import { NOTICES, USAGE } from './propertyNames';
import type { Run } from './run';

/** Sends what waits in the outbox; what cannot be sent waits for the next run. */
export function sendNotices({ outside, settings }: Run): void {
  const { console, mailer, mutex, properties } = outside;
  const to = settings.notifyEmail;
  if (!to) return;
  try {
    if (noticesOf(properties.recall()[NOTICES]).outbox.length === 0) return;
    if (mailer.left() === 0) return;
    const keep = (notices: Notices) => new Map([[NOTICES, JSON.stringify(notices)]]);
    const claim = mutex.during(() => {
      const next = claimed(noticesOf(properties.readAll()[NOTICES]));
      if (next) properties.change({ write: keep(next.notices) });
      return next?.notice;
    });
    if (!claim) return;
    try {
      mailer.send(to, claim.subject, claim.body);
    } catch (error) {
      mutex.during(() => {
        properties.change({ write: keep(unclaimed(noticesOf(properties.readAll()[NOTICES]), claim)) });
      });
      throw error;
    }
    mutex.during(() => {
      const stored = properties.readAll();
      const usage = usageAt(usageOf(stored[USAGE]), outside.clock.now());
      const write = keep(sent(noticesOf(stored[NOTICES]), claim.id));
      properties.change({ write: write.set(USAGE, JSON.stringify({ ...usage, mails: usage.mails + 1 })) });
    });
  } catch (error) {
    // The mail stays in the outbox; a run must not fail because of it.
    console.write('WARN', `mail: ${messageOf(error)}`);
  }
}
