import type { LiveExecution } from '../execution';
import { spreadsheetApp } from '../spreadsheet';
import type { World } from '../world';
import { cacheService } from './cacheService';
import { executionLog } from './executionLog';
import { htmlService } from './htmlService';
import { lockService } from './lockService';
import { mailApp } from './mailApp';
import { propertiesService } from './propertiesService';
import { scriptApp } from './scriptApp';
import { session } from './session';
import { userInterface } from './ui';
import { urlFetchApp } from './urlFetchApp';
import { utilities } from './utilities';

/** Services that exist on the platform but not here: using one names it instead of failing as an unknown variable. */
const NOT_EMULATED = [
  'Browser',
  'CalendarApp',
  'Charts',
  'ContentService',
  'DocumentApp',
  'DriveApp',
  'GmailApp',
  'Jdbc',
  'LanguageApp',
  'XmlService',
] as const;

/** The globals of one execution, beside the language itself. */
export function services(execution: LiveExecution, world: World): Record<string, object> {
  const refused = NOT_EMULATED.map(name => [name, refusing(execution, name)]);
  return {
    ...executionLog(execution),
    CacheService: cacheService(execution, world),
    HtmlService: htmlService(execution),
    LockService: lockService(execution, world),
    MailApp: mailApp(execution, world),
    PropertiesService: propertiesService(execution, world),
    ScriptApp: scriptApp(execution, world),
    Session: session(execution),
    SpreadsheetApp: spreadsheetApp(execution, world.workbook, userInterface(execution, world)),
    UrlFetchApp: urlFetchApp(execution, world),
    Utilities: utilities(execution, world),
    ...(Object.fromEntries(refused) as Record<string, object>),
  };
}

function refusing(execution: LiveExecution, name: string): object {
  return new Proxy(execution.realm.object({}), {
    get: (_, key) => execution.refuse(typeof key === 'symbol' ? name : `${name}.${key}`),
  });
}
