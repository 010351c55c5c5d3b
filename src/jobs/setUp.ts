import { accountHost } from '../core/accountAddress';
import { AmoError, isTemporary } from '../core/amoError';
import { longLived } from '../core/connection';
import type { Texts } from '../core/texts';
import { pastedToken } from '../core/token';
import type { Outside } from '../ports';
import { isForeign } from './access';
import { checkIn, schedule } from './connecting';
import { dailyReport } from './dailyReport';
import { ensureSheets } from './ensureSheets';
import { amoFailure, missingSettings, NotSetUp } from './failure';
import { type JobDescription, type Run, runJob, settingsFindings, timeLeft } from './run';
import { type Snapshot, takeSnapshot } from './snapshot';
import { keepSecrets, tidySettings } from './tidySettings';

const TIME_FOR_A_REPORT_MS = 45_000;

const JOB: JobDescription = {
  name: 'setUp',
  needsAccount: false,
  effectOfFailure: run => run.texts.effect.none,
};

/**
 * Makes what is missing and leaves the rest alone: sheets, address and token, triggers. Ends by offering the report
 * for yesterday, so that nobody waits a night for the first number; where amoCRM is not connected yet, by opening the
 * sidebar that leads there. Harmless to repeat.
 */
export function setUp(outside: Outside): void {
  let tokenIsNew = false;
  const prepared = runJob(outside, JOB, run => {
    run.findings.push(...ensureSheets(outside, run));
    tokenIsNew = askForMissing(outside, run);
    return undefined;
  });
  if (!prepared) return;

  const { texts } = takeSnapshot(outside);
  let result = connect(outside);
  if (result === 'refused' && !tokenIsNew && isLongLived(outside) && askAgain(outside, texts.setUp)) {
    result = connect(outside);
  }
  if (result === 'busy') runJob(outside, JOB, run => schedule(run));
  else if (result === 'connected') offerReport(outside, texts.setUp);
  else if (['refused', 'missing', 'wrong'].includes(result)) outside.sidebar.show(texts);
}

type Words = Texts['setUp'];

/** The dialogs took of the execution's six minutes ([doc UI]); a report that has no time left is not begun. */
function offerReport(outside: Outside, words: Words): void {
  if (timeLeft(outside) < TIME_FOR_A_REPORT_MS) outside.dialogs.tell(words.reportLater);
  else if (outside.dialogs.confirm(words.offerReport)) dailyReport(outside, 'yesterday');
}

/** @returns whether a token was entered */
function askForMissing(outside: Outside, { connection, settings, texts, typed }: Snapshot): boolean {
  if (!settings.baseUrl && !askForAddress(outside, texts.setUp)) return false;
  return connection || typed.code !== undefined ? false : askForToken(outside, texts.setUp, 'askToken');
}

/**
 * What was typed goes into its cell in any case: if it does not fit, the problem column says why.
 * @returns whether anything was typed
 */
function askForAddress({ dialogs, workbook }: Outside, words: Words): boolean {
  const typed = dialogs.ask(words.askAddress)?.trim();
  if (!typed) return false;
  const host = accountHost(typed);
  const sheet = workbook.settings();
  const row = sheet.read().findIndex(({ key }) => key === 'baseUrl');
  // A cell would take `=` for a formula.
  sheet.setValue(row, host ?? typed.replace(/^=+/, ''));
  return true;
}

const askAgain = (outside: Outside, words: Words) => askForToken(outside, words, 'askTokenAgain');

function isLongLived(outside: Outside): boolean {
  const { connection } = takeSnapshot(outside);
  return connection !== undefined && connection.renewal === undefined;
}

function askForToken(outside: Outside, words: Words, question: 'askToken' | 'askTokenAgain'): boolean {
  const typed = outside.dialogs.ask(words[question]);
  if (!typed) return false;
  const token = pastedToken(typed);
  if (token) keepSecrets(outside, { connection: longLived(token) });
  else outside.dialogs.tell(words.badToken);
  return token !== undefined;
}

/**
 * `refused`: amoCRM does not take the tokens. `missing`: something is, so that it was not asked. `wrong`: the address or a
 * key. `later`: amoCRM has
 * a fault that passes. `busy`: another run holds the line, so there was no check. `broken`: a fault of our own.
 */
type Connection = 'connected' | 'refused' | 'missing' | 'wrong' | 'later' | 'busy' | 'broken';

/** Checks address and token with one request, and installs the triggers whatever comes of it: faults pass. */
function connect(outside: Outside): Connection {
  let connection: Connection = 'broken';
  const whenBusy = () => {
    connection = 'busy';
    return undefined;
  };
  runJob(outside, { ...JOB, holds: 'setUp', whenBusy }, run => {
    const { findings, texts } = run;
    const problems = settingsFindings(run);
    if (!run.account && run.typed.code === undefined) {
      findings.push({ level: 'WARN', what: texts.setUp.cancelled(missingSettings(run).join(' ')) });
      connection = 'missing';
      return undefined;
    }
    const checked = check(run);
    connection = checked.connection;
    if (connection === 'missing') return undefined;
    schedule(checked.run);
    findings.push(...problems);
    outside.workbook.showReport();
    return undefined;
  });
  return connection;
}

/** No connection may be a fault of the network, or a slip in the address. */
function passes(error: AmoError): boolean {
  const { code } = error;
  return isTemporary(error)
    ? code !== 'no-connection'
    : ['blocked', 'paused', 'payment-required'].includes(code);
}

function check(run: Run): { connection: Connection; run: Run } {
  const { findings, texts } = run;
  try {
    const checked = checkIn(run);
    // What was missing need not stand in the problem column any longer, nor a mask over a code that is used.
    tidySettings(run.outside, takeSnapshot(run.outside));
    const { name } = checked.knownAccount!;
    findings.push({ level: 'INFO', what: texts.setUp.connected(name, checked.zone) });
    return { connection: 'connected', run: checked };
  } catch (error) {
    if (error instanceof NotSetUp) {
      findings.push({ level: 'WARN', what: texts.setUp.cancelled(missingSettings(run).join(' ')) });
      return { connection: 'missing', run };
    }
    if (!(error instanceof AmoError)) throw error;
    if (isForeign(error)) run.access?.refuse('other-account');
    // A refusal is told by the frame.
    if (run.access?.refusal) return { connection: 'refused', run };
    findings.push(amoFailure(error, texts.effect.none, run));
    return { connection: passes(error) ? 'later' : 'wrong', run };
  }
}
