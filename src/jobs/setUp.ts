import { amoClient } from '../amocrm/client';
import { readAccount } from '../amocrm/operations/account';
import { accountHost } from '../core/accountAddress';
import { AmoError } from '../core/amoError';
import type { Texts } from '../core/texts';
import { pastedToken } from '../core/token';
import type { Outside } from '../ports';
import { dailyReport } from './dailyReport';
import { ensureSheets } from './ensureSheets';
import { amoFailure, missingSettings } from './failure';
import { installTriggers } from './installedTriggers';
import { type JobDescription, type Run, runJob, settingsFindings, timeLeft } from './run';
import { rememberAccount, type Snapshot, takeSnapshot } from './snapshot';
import type { Finding } from './telling';
import { storeToken } from './tidySettings';

const TIME_FOR_A_REPORT_MS = 2 * 60_000;

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
    ensureSheets(outside, run);
    tokenIsNew = askForMissing(outside, run);
    return [];
  });
  if (!prepared) return;

  const { texts } = takeSnapshot(outside);
  let result = connect(outside);
  if (result === 'token-refused' && !tokenIsNew && askForToken(outside, texts.setUp, 'askTokenAgain')) {
    result = connect(outside);
  }
  if (result === 'connected') offerReport(outside, texts.setUp);
}

type Words = Texts['setUp'];

/** The dialogs took of the execution's six minutes ([doc UI]); a report that has no time left is not begun. */
function offerReport(outside: Outside, words: Words): void {
  if (timeLeft(outside) < TIME_FOR_A_REPORT_MS) outside.dialogs.tell(words.reportLater);
  else if (outside.dialogs.confirm(words.offerReport)) dailyReport(outside);
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

type Connection = 'connected' | 'token-refused' | 'failed';

/** Checks address and token with one request, and installs the triggers whatever comes of it: faults pass. */
function connect(outside: Outside): Connection {
  let connection: Connection = 'failed';
  runJob(outside, JOB, run => {
    const problems = settingsFindings(run);
    if (!run.account) return [cancelled(run)];
    const { findings, checked, result } = check(run);
    installTriggers(outside, checked);
    outside.workbook.showReport();
    connection = result;
    return [...findings, ...problems];
  });
  return connection;
}

function check(run: Run): { findings: Finding[]; checked: Run; result: Connection } {
  const { account, deadline, gate, outside, settings } = run;
  const { reportTime, pingMinutes } = settings;
  // One request, not more: the person is waiting, and may try again.
  const amo = amoClient({
    ...{ clock: outside.clock, gate, account: account!, deadline },
    waitBeforeRetry: () => undefined,
  });
  const { texts } = run;
  const schedule = texts.setUp.scheduled(reportTime, pingMinutes);
  try {
    const found = readAccount(amo);
    const checked = rememberAccount(outside, run, found);
    const what = `${texts.setUp.connected(found.name, checked.zone)} ${schedule}`;
    return { findings: [{ level: 'INFO', what }], checked, result: 'connected' };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    const result = error.code === 'token-refused' ? 'token-refused' : 'failed';
    return { findings: [amoFailure(error, texts.effect.none, texts)], checked: run, result };
  }
}

function cancelled(run: Run): Finding {
  return { level: 'WARN', what: run.texts.setUp.cancelled(missingSettings(run).join(' ')) };
}
