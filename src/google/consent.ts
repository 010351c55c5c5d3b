import { CONNECTING } from '../core/entryPoints';
import type { Consent } from '../ports';

const AN_HOUR_S = 3_600; // the longest that Google allows ([doc STB])
const [, CALLBACK] = CONNECTING;

/** Google's own way back from another site: it checks the state token and calls our function ([doc SA]). */
export const consent: Consent = {
  redirectUri: () => `https://script.google.com/macros/d/${ScriptApp.getScriptId()}/usercallback`,
  stateToken: () => ScriptApp.newStateToken().withMethod(CALLBACK).withTimeout(AN_HOUR_S).createToken(),
};
