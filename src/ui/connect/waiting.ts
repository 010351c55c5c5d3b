import type { ConnectState } from '../../core/connectRequest';

/** As long as a code of amoCRM lives ([D oauth/oauth]): who takes longer does something else. */
const WAIT_MS = 20 * 60_000;

/** How long until the server is asked again whether consent has come; undefined when it is not any more. */
export function pauseBeforeAsking(waitedMs: number): number | undefined {
  if (waitedMs >= WAIT_MS) return undefined;
  return waitedMs < 2 * 60_000 ? 3_000 : 10_000;
}

/**
 * Whether the person has consented. Who connects the same account anew may leave no trace in the state; having been
 * away and come back then counts: the check that follows tries what there is. Where nothing worked before, whatever works
 * now ends the waiting: who has consented for another account finds the former one's connection.
 */
export function hasConsented(before: ConnectState, now: ConnectState, cameBack: boolean): boolean {
  if (now.connection !== 'works') return false;
  if (before.connection !== 'works') return true;
  if (now.way !== 'oauth') return false;
  return cameBack || JSON.stringify(before) !== JSON.stringify(now);
}
