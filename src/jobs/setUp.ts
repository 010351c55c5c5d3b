import { amoClient } from '../amocrm/client';
import { readAccount } from '../amocrm/operations/account';
import { accountHost } from '../core/accountAddress';
import { AmoError } from '../core/amoError';
import { dayOf } from '../core/day';
import { whenAllIsReported } from '../core/reportPlan';
import type { Texts } from '../core/texts';
import { pastedToken } from '../core/token';
import type { Outside } from '../ports';
import { dailyReport } from './dailyReport';
import { ensureSheets } from './ensureSheets';
import { amoFailure, missingSettings } from './failure';
import { installTriggers } from './installedTriggers';
import { changePlan } from './keptPlan';
import { type JobDescription, type Run, runJob, settingsFindings, timeLeft } from './run';
import { rememberAccount, type Snapshot, takeSnapshot } from './snapshot';
import { storeToken } from './tidySettings';

const TIME_FOR_A_REPORT_MS = 45_000;
/** One request may begin later than work that takes minutes: a slow person has waited for its answer. */
const LAST_CHECK_MS = 5.25 * 60_000;

const JOB: JobDescription = {
  name: 'setUp',
  needsAccount: false,
  effectOfFailure: run => run.texts.effect.none,
};

/**
 * Makes what is missing and leaves the rest alone: sheets, address and token, triggers. Ends by offering the report
 * for yesterday, so that nobody waits a night for the first number. Harmless to repeat.
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
  if (result === 'token-refused' && !tokenIsNew && askForToken(outside, texts.setUp, 'askTokenAgain')) {
    result = connect(outside);
  }
  if (result === 'busy') runJob(outside, JOB, run => schedule(run));
  if (result === 'connected') offerReport(outside, texts.setUp);
}

type Words = Texts['setUp'];

/** The dialogs took of the execution's six minutes ([doc UI]); a report that has no time left is not begun. */
function offerReport(outside: Outside, words: Words): void {
  if (timeLeft(outside) < TIME_FOR_A_REPORT_MS) outside.dialogs.tell(words.reportLater);
  else if (outside.dialogs.confirm(words.offerReport)) dailyReport(outside, 'yesterday');
}

/** @returns whether a token was entered */
function askForMissing(outside: Outside, { secrets, settings, texts }: Snapshot): boolean {
  if (!settings.baseUrl && !askForAddress(outside, texts.setUp)) return false;
  return secrets.length > 0 ? false : askForToken(outside, texts.setUp, 'askToken');
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

function askForToken(outside: Outside, words: Words, question: 'askToken' | 'askTokenAgain'): boolean {
  const typed = outside.dialogs.ask(words[question]);
  if (!typed) return false;
  const token = pastedToken(typed);
  if (token) storeToken(outside, token);
  else outside.dialogs.tell(words.badToken);
  return token !== undefined;
}

/** `busy`: another run holds the line, so there was no check. */
type Connection = 'connected' | 'token-refused' | 'failed' | 'busy';

/** Checks address and token with one request, and installs the triggers whatever comes of it: faults pass. */
function connect(outside: Outside): Connection {
  let connection: Connection = 'failed';
  const whenBusy = () => {
    connection = 'busy';
    return undefined;
  };
  runJob(outside, { ...JOB, holds: 'setUp', whenBusy }, run => {
    const { findings, texts } = run;
    const problems = settingsFindings(run);
    if (!run.account) {
      findings.push({ level: 'WARN', what: texts.setUp.cancelled(missingSettings(run).join(' ')) });
      return undefined;
    }
    const checked = check(run);
    connection = checked.connection;
    schedule(checked.run);
    findings.push(...problems);
    outside.workbook.showReport();
    return undefined;
  });
  return connection;
}

function check(run: Run): { connection: Connection; run: Run } {
  const { account, findings, gate, outside, texts } = run;
  const deadline = outside.startedAt + LAST_CHECK_MS;
  // One request, not more: the person is waiting, and may try again.
  const amo = amoClient({
    ...{ clock: outside.clock, gate, account: account!, deadline },
    waitBeforeRetry: () => undefined,
  });
  try {
    const found = readAccount(amo);
    const checked = rememberAccount(outside, run, found);
    findings.push({ level: 'INFO', what: texts.setUp.connected(found.name, checked.zone) });
    return { connection: 'connected', run: checked };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    findings.push(amoFailure(error, texts.effect.none, run));
    return { connection: error.code === 'token-refused' ? 'token-refused' : 'failed', run };
  }
}

/** Installs the triggers. From today on no day is left out. */
function schedule(run: Run): undefined {
  const { findings, outside, settings, startedAt, texts, zone } = run;
  const owner = installTriggers(outside, run);
  const { reportTime, pingMinutes } = settings;
  changePlan(outside, plan => {
    const since = plan.since ?? dayOf(startedAt, zone);
    // Whatever was wrong may be mended now: no wait is left over from before.
    const anew = { ...plan, since, failures: 0, retryAt: 0 };
    return plan.open ? anew : whenAllIsReported(anew, reportTime, zone);
  });
  if (owner !== undefined) {
    findings.push({ level: 'WARN', what: texts.setUp.ownedBy(owner), todo: texts.setUp.ownedByTodo });
    return;
  }
  const what = texts.setUp.scheduled(reportTime, pingMinutes);
  const connected = findings[findings.length - 1];
  if (connected?.level === 'INFO') connected.what += ` ${what}`;
  else findings.push({ level: 'INFO', what });
}
