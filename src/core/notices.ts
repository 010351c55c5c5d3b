import type { EpochMs } from './day';
import { remembered } from './remembered';

/**
 * Mails about jobs that fail: one when a job begins to fail, one when it works again. What is to be sent is written
 * down first, then claimed, then sent: a run that ends in between loses no mail, and the mail is repeated once.
 */
export interface Notices {
  /** Jobs that fail at present, by name. */
  failing: Readonly<Record<string, Failing>>;
  /** Mails that are still to be sent, oldest first. */
  outbox: readonly Notice[];
}

export interface Failing {
  since: EpochMs;
  /** Failed runs in a row. */
  runs: number;
  /** Whether a mail told it. */
  told: boolean;
}

export interface Notice {
  id: string;
  subject: string;
  body: string;
  /** How often it was tried. */
  attempts: number;
}

/** How a run of a job went. `neutral`: it says nothing, as when another run was under way. */
export type JobHealth = { state: 'works' } | { state: 'neutral' } | { state: 'fails'; passing: boolean };

export const NO_NOTICES: Notices = { failing: {}, outbox: [] };

/** A fault that may pass by itself is told when it is there for the second time, where a job says so. */
const PATIENCE = 2;
// Together below the 9 KB of a property, in Cyrillic too.
const MOST_WAITING = 4;
const LONGEST_BODY = 800; // characters
const MOST_ATTEMPTS = 2;

export function noticesOf(text: string | undefined): Notices {
  return remembered(text, NO_NOTICES);
}

/**
 * What a run's health changes.
 * @param words the mail for either change; undefined where nobody wants mails
 */
export function afterHealth(
  notices: Notices,
  job: string,
  health: JobHealth,
  now: EpochMs,
  words: { id: string; fails: (since: EpochMs) => Words; works: (since: EpochMs) => Words } | undefined,
): Notices {
  if (health.state === 'neutral') return notices;
  const { [job]: before, ...others } = notices.failing;
  if (health.state === 'works') {
    if (!before) return notices;
    const mail = before.told && words ? [{ id: words.id, attempts: 0, ...words.works(before.since) }] : [];
    return { failing: others, outbox: queued(notices.outbox, mail) };
  }
  const since = before?.since ?? now;
  const runs = (before?.runs ?? 0) + 1;
  const due = !before?.told && words !== undefined && (!health.passing || runs >= PATIENCE);
  const mail = due ? [{ id: words.id, attempts: 0, ...words.fails(since) }] : [];
  return {
    failing: { ...others, [job]: { since, runs, told: (before?.told ?? false) || due } },
    outbox: queued(notices.outbox, mail),
  };
}

/** A mail that belongs to no job's health. */
export function withMail(notices: Notices, id: string, words: Words): Notices {
  return { ...notices, outbox: queued(notices.outbox, [{ id, attempts: 0, ...words }]) };
}

/** The oldest mail is claimed before it is sent. */
export function claimed(notices: Notices): { notice: Notice; notices: Notices } | undefined {
  const [first, ...rest] = notices.outbox;
  if (!first) return undefined;
  const notice = { ...first, attempts: first.attempts + 1 };
  const outbox = notice.attempts >= MOST_ATTEMPTS ? rest : [notice, ...rest];
  return { notice, notices: { ...notices, outbox } };
}

/** A mail that the platform refused to take: it was not sent, so the attempt does not count. */
export function unclaimed(notices: Notices, { id, ...notice }: Notice): Notices {
  const others = notices.outbox.filter(waiting => waiting.id !== id);
  return { ...notices, outbox: [{ ...notice, id, attempts: notice.attempts - 1 }, ...others] };
}

export function sent(notices: Notices, id: string): Notices {
  return { ...notices, outbox: notices.outbox.filter(notice => notice.id !== id) };
}

type Words = Pick<Notice, 'subject' | 'body'>;

function queued(outbox: readonly Notice[], mail: readonly Notice[]): readonly Notice[] {
  const cut = mail.map(notice => ({ ...notice, body: notice.body.slice(0, LONGEST_BODY) }));
  return [...outbox, ...cut].slice(-MOST_WAITING);
}
