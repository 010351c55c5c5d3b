import { AmoError, type AmoErrorCode } from '../core/amoError';
import { hasSecret } from '../core/connection';
import type { ConnectAnswer, ConnectField, ConnectSaid } from '../core/connectRequest';
import type { Outside } from '../ports';
import { isForeign } from './access';
import { ensureSheets } from './ensureSheets';
import { amoFailure, NotSetUp } from './failure';
import { type JobDescription, type Run, runJob } from './run';
import { blindSnapshot, NewerSheet, type Snapshot, takeSnapshot } from './snapshot';
import { tidySettings } from './tidySettings';

export const JOB: JobDescription = {
  name: 'connect',
  needsAccount: false,
  effectOfFailure: run => run.texts.effect.none,
};

export type Given = Omit<ConnectAnswer, 'state'>;

type Refused = Given & { said: ConnectSaid };

/** Whatever the frame has to say is said where the person looks, and not in a window over it. */
export function heardInstead(outside: Outside): { quiet: Outside; heard: readonly string[] } {
  const heard: string[] = [];
  const dialogs = { ...outside.dialogs, available: false, tell: (text: string) => void heard.push(text) };
  return { quiet: { ...outside, dialogs }, heard };
}

/** How things stand, also where the sheets are not to be read. */
export function snapshotNow(outside: Outside): { snapshot: Snapshot; trouble?: ConnectSaid } {
  try {
    return { snapshot: takeSnapshot(outside) };
  } catch (error) {
    if (!(error instanceof NewerSheet)) throw error;
    const snapshot = blindSnapshot(outside);
    const { newerSheet, newerSheetTodo } = snapshot.texts;
    return { snapshot, trouble: { ok: false, what: sentence(newerSheet), todo: newerSheetTodo } };
  }
}

interface StoryKind extends Pick<JobDescription, 'holds' | 'whenBusy'> {
  /** What the person has given, where it may be what is wrong. */
  typed?: 'token' | 'code';
}

/** One run; what goes wrong in it is said with the field that is to be mended. */
export function story(outside: Outside, { typed, ...more }: StoryKind, tell: (run: Run) => Given): Given {
  let given: Given = INTERRUPTED;
  runJob(outside, { ...JOB, ...more, tellsRefusal: true }, run => {
    try {
      given = tell(run);
    } catch (error) {
      const refused = refusal(error, run, typed);
      given = refused;
      if (isForeign(error)) backToKnown(run);
      // What was typed a moment ago is told to who typed it.
      run.findings.push({ level: 'WARN', what: refused.said.what, todo: refused.said.todo });
    }
    return undefined;
  });
  return given;
}

/** Of a story that did not come to its end: the frame has said why. */
const INTERRUPTED: Given = {};

export const wasInterrupted = (given: Given) => given === INTERRUPTED;

/** The account whose data the tables hold stays the one that is asked, with the tokens that it has. */
function backToKnown(run: Run): void {
  const { boundTo, settings } = run;
  run.access = undefined;
  if (boundTo && settings.baseUrl !== boundTo.host) writeSetting(run, 'baseUrl', boundTo.host);
}

function refusal(error: unknown, run: Run, typed: StoryKind['typed']): Refused {
  const { boundTo, knownAccount, settings, texts } = run;
  if (error instanceof NotSetUp) return missing(run);
  if (!(error instanceof AmoError)) throw error;
  const { code } = error;
  const failure = amoFailure(error, '', run);
  const { what } = failure;
  const todo = texts.connection.todo[code] ?? failure.todo ?? '';
  const host = settings.baseUrl ?? '';
  if (code === 'other-account' && boundTo) {
    const foreign = texts.connection.foreign(boundTo.name);
    const stays = texts.connection.foreignTodo(boundTo.host);
    // At the known account's address it is the token or the code that is another's.
    return knownAccount ? no(foreign, stays, typed) : no(`${host}: ${foreign}`, stays, 'address');
  }
  const field = code === 'token-refused' && typed === 'token' ? 'token' : FIELDS[code];
  return no(field === 'address' ? `${host}: ${what}` : what, todo, field);
}

/** What the code needs besides. */
function missing({ connection, settings, texts, typed }: Run): Refused {
  const words = texts.connection;
  if (settings.baseUrl === undefined) return no(words.needsAddress, '', 'address');
  if (settings.clientId === undefined) return no(words.needsClientId, '', 'clientId');
  return hasSecret(connection, typed)
    ? no(words.needsCode, '', 'code')
    : no(words.needsSecret, '', 'clientSecret');
}

const FIELDS: Partial<Record<AmoErrorCode, ConnectField>> = {
  'no-connection': 'address',
  'not-found': 'address',
  redirected: 'address',
  'wrong-account-host': 'address',
  'code-expired': 'code',
  'code-used': 'code',
  'code-unreadable': 'code',
  'wrong-client-id': 'clientId',
  'wrong-client-secret': 'clientSecret',
};

export function no(what: string, todo: string, field?: ConnectField): Refused {
  return { said: { ok: false, what: sentence(what), todo, ...(field ? { field } : {}) } };
}

/** What follows it in one line does not run into it. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** The first line says what happened, the others what to do. */
export function saidBy(heard: readonly string[]): ConnectSaid | undefined {
  if (heard.length === 0) return undefined;
  const [what = '', ...rest] = heard.join('\n').split('\n');
  return {
    ok: false,
    what: sentence(what),
    todo: rest
      .filter(line => line !== '')
      .map(sentence)
      .join(' '),
  };
}

/** Makes the row where it is missing, with all the sheets where nobody has made them yet. */
export function writeSetting(run: Run, key: 'baseUrl' | 'clientId', text: string): void {
  const { findings, outside } = run;
  const { workbook } = outside;
  const rowOf = () =>
    workbook.has('settings')
      ? workbook
          .settings()
          .read()
          .findIndex(row => row.key === key)
      : -1;
  if (rowOf() < 0) findings.push(...ensureSheets(outside, run));
  workbook.settings().setValue(rowOf(), text);
  // What was wrong with the row need not stand beside it any longer.
  tidySettings(outside, takeSnapshot(outside));
}
