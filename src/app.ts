import { languageOf, TEXTS } from './core/texts';
import { clockTriggers } from './google/clockTriggers';
import { dialogs } from './google/dialogs';
import { executionLog } from './google/executionLog';
import { showMenu } from './google/menu';
import { scriptClock } from './google/scriptClock';
import { scriptLock } from './google/scriptLock';
import { scriptProperties } from './google/scriptProperties';
import { urlFetch } from './google/urlFetch';
import { boundWorkbook } from './google/workbook';
import { dailyReport } from './jobs/dailyReport';
import { measurePing } from './jobs/measurePing';
import { settingsEdited } from './jobs/settingsEdited';
import { setUp } from './jobs/setUp';
import { showStatus } from './jobs/showStatus';
import { takeSnapshot } from './jobs/snapshot';
import type { Outside } from './ports';

/** Who calls: a person through the menu, or a trigger, which has nobody to talk to. */
type Caller = 'menu' | 'trigger';

/** The product with Google's services plugged in. Made anew for every call: nothing outlives an execution. */
export function app(caller: Caller) {
  const outside = connectGoogle(caller);
  return {
    showMenu: () => showMenu(menuTexts(outside)),
    settingsEdited: (sheetId: number) => settingsEdited(outside, sheetId),
    setUp: () => setUp(outside),
    dailyReport: () => dailyReport(outside),
    measurePing: () => measurePing(outside, caller === 'trigger'),
    showStatus: () => showStatus(outside),
  };
}

function connectGoogle(caller: Caller): Outside {
  return {
    clock: scriptClock,
    http: urlFetch(),
    properties: scriptProperties(),
    mutex: scriptLock(),
    workbook: boundWorkbook(),
    dialogs: dialogs(caller === 'menu'),
    triggers: clockTriggers(),
    console: executionLog,
    startedAt: scriptClock.now(),
    answered: [],
    uniqueId: () => Utilities.getUuid(),
  };
}

/** The menu must appear whatever is wrong with the settings: it is the way to mend them. */
function menuTexts(outside: Outside) {
  try {
    return takeSnapshot(outside).texts;
  } catch {
    return TEXTS[languageOf('auto', outside.workbook.locale)];
  }
}
