import { languageOf, TEXTS } from './core/texts';
import { CONNECT_PAGE } from './core/texts/connectPage';
import { clockTriggers } from './google/clockTriggers';
import { connectReturnPage, showConnectSidebar } from './google/connectSidebar';
import { consent } from './google/consent';
import { currentUser } from './google/currentUser';
import { dialogs } from './google/dialogs';
import { executionLog } from './google/executionLog';
import { mailer } from './google/mail';
import { showMenu } from './google/menu';
import { scriptClock } from './google/scriptClock';
import { documentLock, scriptLock } from './google/scriptLock';
import { scriptProperties } from './google/scriptProperties';
import { urlFetch } from './google/urlFetch';
import { boundWorkbook } from './google/workbook';
import { keepReportsGoing } from './jobs/backbone';
import { checkFromMenu } from './jobs/checkConnection';
import { connectRequest, openConnect } from './jobs/connect';
import { type ConsentReturn, connectCallback, type ReturnPage } from './jobs/consentReturn';
import { dailyReport } from './jobs/dailyReport';
import { measurePing } from './jobs/measurePing';
import { reportPeriod } from './jobs/reportPeriod';
import { settingsEdited } from './jobs/settingsEdited';
import { setUp } from './jobs/setUp';
import { showStatus } from './jobs/showStatus';
import { warnOfSilence } from './jobs/silence';
import { takeSnapshot } from './jobs/snapshot';
import { uninstall } from './jobs/uninstall';
import type { Outside } from './ports';

// The platform ends an execution after six minutes without warning ([doc Q]); the rest is for the last request, for
// writing, and for a host that stalls.
const WORKING_MS = 4.5 * 60_000;

/** Who calls: a person through the menu or a page of ours, or a trigger, which has nobody to talk to. */
type Caller = 'menu' | 'page' | 'trigger';

/** The product with Google's services plugged in. Made anew for every call: nothing outlives an execution. */
export function app(caller: Caller) {
  const outside = connectGoogle(caller);
  return {
    showMenu: () => {
      showMenu(menuTexts(outside));
      warnOfSilence(outside);
    },
    settingsEdited: (sheetId: number) => settingsEdited(outside, sheetId),
    setUp: () => setUp(outside),
    runReportNow: () => dailyReport(outside, 'yesterday'),
    reportPeriod: () => reportPeriod(outside),
    pingNow: () => measurePing(outside, false),
    openConnect: () => openConnect(outside),
    checkConnection: () => checkFromMenu(outside),
    connectRequest: (request: unknown) => connectRequest(outside, request),
    connectCallback: (returned: ConsentReturn) => returnPage(connectCallback(outside, returned)),
    showStatus: () => showStatus(outside),
    uninstall: () => uninstall(outside),
    dailyReport: () => dailyReport(outside, 'nightly'),
    continueReport: () => dailyReport(outside, 'due'),
    hourlyPing: () => {
      measurePing(outside, true);
      keepReportsGoing(outside);
    },
  };
}

function connectGoogle(caller: Caller): Outside {
  return {
    clock: scriptClock,
    http: urlFetch(),
    properties: scriptProperties(),
    mutex: scriptLock(),
    logMutex: documentLock(),
    workbook: boundWorkbook(),
    dialogs: dialogs(caller === 'menu'),
    triggers: clockTriggers(),
    mailer,
    sidebar: {
      show({ connection, language }) {
        if (caller === 'menu') showConnectSidebar(CONNECT_PAGE[language], connection.sidebarTitle);
      },
    },
    consent,
    console: executionLog,
    whoami: currentUser,
    byTrigger: caller === 'trigger',
    startedAt: scriptClock.now(),
    countedUntil: scriptClock.now(),
    workingMs: WORKING_MS,
    uniqueId: () => Utilities.getUuid(),
  };
}

function returnPage({ language, ok, text }: ReturnPage) {
  const title = TEXTS[language].connection.returnTitle(ok);
  return connectReturnPage(CONNECT_PAGE[language], { ok, title, sentence: text });
}

/** The menu must appear whatever is wrong with the settings: it is the way to mend them. */
function menuTexts(outside: Outside) {
  try {
    return takeSnapshot(outside).texts;
  } catch {
    return TEXTS[languageOf('auto', outside.workbook.locale)];
  }
}
