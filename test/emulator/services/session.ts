import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';

type User = Pick<GoogleAppsScript.Base.User, 'getEmail'>;
type Emulated = Pick<
  GoogleAppsScript.Base.Session,
  'getActiveUser' | 'getActiveUserLocale' | 'getEffectiveUser' | 'getScriptTimeZone'
>;

/** Who runs the script [doc SE]. The address needs the scope userinfo.email. */
export function session(execution: LiveExecution): object {
  const user = (call: string) => (): GoogleAppsScript.Base.User => {
    execution.needAuthorisation(call);
    execution.needScope('userinfo.email', call);
    return facade<User>(
      execution,
      'Session.User',
      { getEmail: () => execution.user },
      { getEmail: { takes: NOTHING } },
    ) as GoogleAppsScript.Base.User;
  };
  const service: Emulated = {
    getActiveUser: user('Session.getActiveUser'),
    getEffectiveUser: user('Session.getEffectiveUser'),
    getActiveUserLocale: () => execution.language,
    getScriptTimeZone: () => execution.manifest.timeZone,
  };
  const look = { takes: NOTHING };
  return facade(execution, 'Session', service, {
    getActiveUser: look,
    getEffectiveUser: look,
    getActiveUserLocale: look,
    getScriptTimeZone: look,
  });
}
