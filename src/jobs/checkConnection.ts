import type { AmoClient } from '../amocrm/client';
import { readAccountAndUser } from '../amocrm/operations/account';
import { eventsPage } from '../amocrm/operations/events';
import { readUser, users } from '../amocrm/operations/users';
import { timedProbe } from '../amocrm/probe';
import { AmoError, type AmoErrorCode } from '../core/amoError';
import type { Check, CheckLine } from '../core/connectRequest';
import { dayOf, timeOfDay } from '../core/day';
import { claimsOf } from '../core/tokenClaims';
import { daysLeft, endsSoon } from '../core/tokenEnd';
import type { Outside } from '../ports';
import { isForeign, openAccess } from './access';
import { hastyClientOf } from './clientOf';
import { heardInstead, sentence } from './connectStory';
import { NotSetUp } from './failure';
import { type JobDescription, type Run, runJob } from './run';
import { rememberAccount } from './snapshot';

export const CHECK: JobDescription = {
  name: 'connect',
  holds: 'connect',
  needsAccount: false,
  tellsRefusal: true,
  effectOfFailure: run => run.texts.effect.none,
};

export interface Checked {
  /** In the order in which they are tried. */
  lines: CheckLine[];
  /** What came up besides, as that the account has moved; empty where nothing did. */
  besides: string;
}

/** From the menu: tries everything, and shows what came of it. */
export function checkFromMenu(outside: Outside): void {
  const { heard, quiet } = heardInstead(outside);
  let shown = '';
  runJob(quiet, CHECK, run => {
    const { lines, besides } = checkConnection(run);
    const { marks } = run.texts.check;
    const said = lines.map(({ label, state, todo, what }) =>
      [`${marks[state]} ${label}: ${what}`, todo].filter(text => text !== '').join('\n      '),
    );
    shown = [said.join('\n'), besides].filter(text => text !== '').join('\n\n');
    return undefined;
  });
  outside.dialogs.tell(shown !== '' ? shown : heard.join('\n\n'));
}

const CHECKS: readonly Check[] = ['address', 'token', 'account', 'user', 'users', 'events', 'ping', 'clock'];
/** Events are listed by the minute; one is enough. */
const EVENTS_S = 60;
/** Answers are dated to the second, and a request takes its time. */
const CLOCKS_AGREE_MS = 2 * 60_000;

type Outcome = Pick<CheckLine, 'state' | 'what' | 'todo'>;

/** Tries, with a request each, what the monitor needs of amoCRM; what depends on something that failed is left out. */
export function checkConnection(run: Run): Checked {
  const { findings, texts } = run;
  const told = findings.length;
  const outcomes = new Map<Check, Outcome>();
  const entry = enter(run, outcomes);
  if (entry) tryTheRest(run, entry, outcomes);
  const besides = findings.slice(told).map(({ what }) => sentence(what));
  const lines = CHECKS.map((check): CheckLine => {
    const skipped: Outcome = { state: 'skipped', what: texts.check.skipped, todo: '' };
    const { state, todo, what } = outcomes.get(check) ?? skipped;
    return { label: texts.check.labels[check], state, what, todo };
  });
  const wrong = lines.filter(({ state }) => state === 'failed' || state === 'warning');
  findings.push({
    level: wrong.length > 0 ? 'WARN' : 'INFO',
    what:
      wrong.length > 0 ? wrong.map(({ label, what }) => `${label}: ${what}`).join('; ') : texts.check.allWell,
    todo: wrong.map(({ todo }) => todo).join(' '),
  });
  return { lines, besides: besides.join(' ') };
}

interface Entry {
  amo: AmoClient;
  userId: number | undefined;
}

/** Address, token and account. @returns undefined where amoCRM does not let us in */
function enter(run: Run, outcomes: Map<Check, Outcome>): Entry | undefined {
  const { gate, outside, settings, texts } = run;
  const { check: words } = texts;
  const host = settings.baseUrl;
  if (host === undefined) {
    const [wrong = words.noAddress] = run.problems.flatMap(problem =>
      problem.key === 'baseUrl' && problem.kind === 'invalid' ? [words.badAddress(problem.found)] : [],
    );
    outcomes.set('address', failed(wrong, words.addressTodo));
    return undefined;
  }
  if (gate.pause) {
    const until = timeOfDay(gate.pause.until, run.zone);
    outcomes.set('address', failed(texts.status.paused(gate.pause.cause, until), words.pausedTodo(until)));
    return undefined;
  }
  try {
    let entry: Entry | undefined;
    const prove = () => {
      const amo = hastyClientOf(run);
      const { account, userId } = readAccountAndUser(amo);
      nameOthers(run, account, outcomes);
      const { zone } = rememberAccount(outside, run, account);
      // The account may have moved since the run began.
      outcomes.set('address', ok(run.account!.host));
      outcomes.set('token', lifeOf(run, zone));
      outcomes.set('account', ok(words.account(account.name, zone)));
      entry = { amo, userId };
    };
    openAccess(run, true, { prove });
    return entry;
  } catch (error) {
    if (error instanceof NotSetUp) {
      outcomes.set('address', ok(host));
      outcomes.set('token', failed(words.noToken, words.connectTodo));
      return undefined;
    }
    if (!(error instanceof AmoError)) throw error;
    if (isForeign(error)) run.access?.refuse('other-account');
    putDown(run, error, outcomes);
    return undefined;
  }
}

/** Whose account this is, where it is another's: both by name. What refuses it comes after. */
function nameOthers(
  { boundTo, texts }: Run,
  account: { id: number; name: string },
  outcomes: Map<Check, Outcome>,
): void {
  if (!boundTo || boundTo.id === account.id) return;
  const what = texts.check.foreign(account.name, boundTo.name);
  outcomes.set('account', failed(what, texts.error.todo('other-account')));
}

/** What is wrong, by how amoCRM has refused to let us in. */
function putDown(run: Run, error: AmoError, outcomes: Map<Check, Outcome>): void {
  const { boundTo, settings, texts, zone } = run;
  const { check: words, connection, error: reasons } = texts;
  const { code, status } = error;
  const host = run.account?.host ?? settings.baseUrl ?? '';
  const culprit = CULPRITS[code] ?? 'address';
  if (culprit === 'address') {
    const what = `${host}: ${words.atAddress[code]?.(status) ?? reasons.what(code, status)}`;
    const todo = words.atAddressTodo[code]?.(host) ?? reasons.todo(code);
    outcomes.set('address', failed(withSilence(run, what), todo));
    return;
  }
  outcomes.set('address', ok(words.answers(host)));
  if (culprit === 'token') {
    outcomes.set('token', refusedToken(run, error, host));
    return;
  }
  outcomes.set('token', lifeOf(run, zone));
  if (outcomes.has('account')) return;
  const what =
    code === 'other-account' && boundTo ? connection.foreign(boundTo.name) : reasons.what(code, status);
  const todo = code === 'forbidden' ? words.forbiddenTodo : reasons.todo(code);
  outcomes.set('account', failed(what, todo));
}

/** A token that has never worked at this address may be another account's; one whose time is over is no riddle. */
function refusedToken(
  { access, outside, texts, zone }: Run,
  { code, status }: AmoError,
  host: string,
): Outcome {
  const { connection: words, error: reasons } = texts;
  const cause = access?.refusal?.cause ?? code;
  const what = reasons.what(cause, status);
  if (cause !== 'token-refused' || !access) return failed(what, reasons.todo(cause));
  const { connection: tokens } = access;
  const { expiresAt } = claimsOf(tokens.access);
  if (tokens.renewal) return failed(what, words.refusedTodo);
  if (expiresAt !== undefined && expiresAt <= outside.clock.now()) {
    const since = texts.check.wasValidUntil(texts.day(dayOf(expiresAt, zone)));
    return failed(`${what}: ${since}`, words.endsTodo);
  }
  return failed(what, tokens.host === host ? texts.check.withdrawnTodo : words.tokenRefusedTodo(host));
}

/** By how amoCRM answers the first request; what is not named speaks of the address, or of amoCRM as a whole. */
const CULPRITS: Partial<Record<AmoErrorCode, Check>> = {
  'token-refused': 'token',
  'tokens-revoked': 'token',
  'code-expired': 'token',
  'code-used': 'token',
  'code-unreadable': 'token',
  'wrong-client-id': 'token',
  'wrong-client-secret': 'token',
  'wrong-redirect-uri': 'token',
  'payment-required': 'account',
  forbidden: 'account',
  'other-account': 'account',
};

/** What the token may do, how fast amoCRM is, and whether its clock is right. */
function tryTheRest(run: Run, { amo, userId }: Entry, outcomes: Map<Check, Outcome>): void {
  const { check: words } = run.texts;
  const { clock } = run.outside;
  attempt(run, outcomes, 'user', () => {
    const id = userId ?? claimsOf(run.account!.token).userId;
    const user = id === undefined ? undefined : readUser(amo, id);
    if (user && !user.isAdmin) throw new AmoError('forbidden', 403);
    return user ? words.admin(user.name) : words.nobody;
  });
  // Only an administrator may list users ([D crm_platform/users-api]): that need not be tried any more.
  if (outcomes.get('user')?.what !== words.noRight.user)
    attempt(run, outcomes, 'users', () => words.usersListed(users(amo).size));
  attempt(run, outcomes, 'events', () => {
    const now = Math.floor(clock.now() / 1000);
    const { path, query, read } = eventsPage({ from: now - EVENTS_S, to: now }, 1);
    amo.get(path, query, read);
    return words.eventsListed;
  });
  tryPing(run, outcomes);
}

function attempt(run: Run, outcomes: Map<Check, Outcome>, check: Check, act: () => string): void {
  const { check: words, error: reasons } = run.texts;
  if (mustWait(run)) return;
  try {
    outcomes.set(check, ok(act()));
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    const { code, status } = error;
    // A token outlives its user ([D oauth/scopes]).
    if (check === 'user' && status === 404) outcomes.set(check, ok(words.userGone));
    else if (code === 'forbidden')
      outcomes.set(check, failed(words.noRight[check] ?? reasons.what(code, status), words.noRightTodo));
    else outcomes.set(check, failed(withSilence(run, reasons.what(code, status)), reasons.todo(code)));
  }
}

/** amoCRM has asked for patience, or has blocked us: whatever is left waits. */
function mustWait({ gate }: Run): boolean {
  return gate.pause !== undefined || gate.tooMany > 0;
}

function withSilence({ gate, texts, zone }: Run, what: string): string {
  return gate.pause ? texts.check.silentUntil(what, timeOfDay(gate.pause.until, zone)) : what;
}

function tryPing(run: Run, outcomes: Map<Check, Outcome>): void {
  const { account, gate, outside, texts } = run;
  if (mustWait(run)) return;
  const began = outside.clock.now();
  const { sample, serverTime } = timedProbe(account!, gate, outside.clock);
  const { failure, ms, status } = sample;
  const what = failure ? withSilence(run, texts.pingFailure(failure, status)) : texts.status.pingMs(ms);
  const { pause } = gate;
  const { pausedTodo, pingTodo } = texts.check;
  const todo = pause ? pausedTodo(timeOfDay(pause.until, run.zone)) : pingTodo;
  outcomes.set('ping', failure ? failed(what, todo) : ok(what));
  if (serverTime === undefined) return;
  const ahead = serverTime - (outside.clock.now() + began) / 2;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  const agree = Math.abs(ahead) <= CLOCKS_AGREE_MS;
  const { clocksAgree, clocksDiffer, clocksTodo } = texts.check;
  outcomes.set('clock', agree ? ok(clocksAgree) : warning(clocksDiffer(minutes, ahead > 0), clocksTodo));
}

/** How long the tokens last. An integration's are renewed. */
function lifeOf({ access, outside, texts }: Run, zone: string): Outcome {
  const { check, connection, error } = texts;
  const { refusal } = access?.connection ?? {};
  // The token serves to its end, and there will be no other one.
  if (refusal && !access?.refusal) return warning(error.what(refusal.cause, 401), connection.refusedTodo);
  if (!access || access.connection.renewal) return ok(check.renewed);
  const { expiresAt } = claimsOf(access.token);
  if (expiresAt === undefined) return ok(check.accepted);
  const now = outside.clock.now();
  const day = texts.day(dayOf(expiresAt, zone));
  if (expiresAt <= now) return warning(check.wasValidUntil(day), connection.endsTodo);
  if (!endsSoon(expiresAt, now)) return ok(check.validUntil(day));
  return warning(check.endsSoon(day, daysLeft(expiresAt, now)), connection.endsTodo);
}

const ok = (what: string): Outcome => ({ state: 'ok', what, todo: '' });
const failed = (what: string, todo: string): Outcome => ({ state: 'failed', what, todo });
const warning = (what: string, todo: string): Outcome => ({ state: 'warning', what, todo });
