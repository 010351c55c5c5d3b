import { type AmoClient, amoClient } from '../amocrm/client';
import type { EpochMs } from '../core/day';
import type { Run } from './run';

type Asker = Pick<Run, 'account' | 'deadline' | 'gate' | 'outside'>;

/** The client of a run that has an account. */
export function clientOf({ account, deadline, gate, outside: { clock } }: Asker): AmoClient {
  return amoClient({ clock, gate, account: account!, deadline });
}

/** One that tries once: a person is waiting, and may try again. @param deadline by default the run's */
export function hastyClientOf(
  { account, gate, outside: { clock }, ...run }: Asker,
  deadline: EpochMs = run.deadline,
): AmoClient {
  return amoClient({ clock, gate, account: account!, deadline, waitBeforeRetry: () => undefined });
}
