import { accountHost } from '../core/accountAddress';
import { hasSecret, longLived } from '../core/connection';
import { consentAddress } from '../core/consent';
import { DECLARATIONS } from '../core/settings';
import { pastedSecret, pastedToken } from '../core/token';
import { claimsOf } from '../core/tokenClaims';
import type { Outside } from '../ports';
import { accountOf, checkIn, schedule } from './connecting';
import { type Given, JOB, no, sentence, story, wasInterrupted, writeSetting } from './connectStory';
import { failure } from './failure';
import type { AlreadyRunning } from './lease';
import type { Run } from './run';
import { refuseOthers, rememberAccount, takeSnapshot } from './snapshot';
import type { Finding } from './telling';
import { keepSecrets, tidySettings } from './tidySettings';

export function keepAddress(outside: Outside, typed: string): Given {
  return story(outside, {}, run => {
    const host = accountHost(typed);
    if (host === undefined) return no(run.texts.connection.badAddress, '', 'address');
    writeSetting(run, 'baseUrl', host);
    return { said: { ok: true, what: host, todo: '' } };
  });
}

/** Kept only when amoCRM takes it: a connection that works is not given up for a slip of the hand. */
export function byToken(outside: Outside, typed: string): Given {
  return story(outside, { holds: 'connect', typed: 'token' }, run => {
    const { boundTo, settings, texts } = run;
    const token = pastedToken(typed);
    if (token === undefined) return no(texts.setUp.badToken, '', 'token');
    run.secrets.push(token);
    if (settings.baseUrl === undefined) return no(texts.connection.needsAddress, '', 'address');
    refuseOthers(boundTo, claimsOf(token).accountId);
    const candidate = { host: settings.baseUrl, token };
    const account = accountOf(run, candidate);
    refuseOthers(boundTo, account.id);
    const connection = { ...longLived(token), host: candidate.host, accountId: account.id };
    keepSecrets(outside, { connection });
    return connected(rememberAccount(outside, { ...run, connection, account: candidate }, account));
  });
}

type Keys = { clientId: string; clientSecret: string };

export function linkTo(outside: Outside, keys: Keys): Given {
  return story(outside, {}, run => {
    const { settings, texts } = run;
    if (settings.baseUrl === undefined) return no(texts.connection.needsAddress, '', 'address');
    const clientId = keepKeys(run, keys);
    if (typeof clientId !== 'string') return clientId;
    return { link: consentAddress(settings.baseUrl, clientId, outside.consent.stateToken()) };
  });
}

export function byCode(outside: Outside, { code, ...keys }: Keys & { code: string }): Given {
  const given = pastedToken(code);
  const refused = story(outside, {}, run => {
    if (given === undefined) return no(run.texts.connection.needsCode, '', 'code');
    if (run.settings.baseUrl === undefined) return no(run.texts.connection.needsAddress, '', 'address');
    run.secrets.push(given);
    const clientId = keepKeys(run, keys);
    return typeof clientId === 'string' ? {} : clientId;
  });
  if (given === undefined || refused.said || wasInterrupted(refused)) return refused;
  return withCode(outside, given);
}

/** @param code fresh from amoCRM */
export function withCode(outside: Outside, code: string): Given {
  keepSecrets(outside, { typed: { code } });
  const whenBusy = (error: AlreadyRunning, run: Run): Finding[] => {
    const { level, what } = failure(error, JOB, run);
    return [{ level, what, todo: run.texts.connection.codeWaits }];
  };
  return story(outside, { holds: 'connect', typed: 'code', whenBusy }, run => {
    return connected(checkIn(run, true));
  });
}

/**
 * @returns the integration's id, or what is wrong with the keys
 */
function keepKeys(run: Run, { clientId, clientSecret }: Keys): string | Given {
  const { connection, outside, texts, typed } = run;
  const id = DECLARATIONS.clientId.read(clientId.trim());
  if (id === undefined) return no(texts.connection.needsClientId, '', 'clientId');
  const secret = pastedSecret(clientSecret);
  if (secret === undefined && (clientSecret.trim() !== '' || !hasSecret(connection, typed))) {
    return no(texts.connection.needsSecret, '', 'clientSecret');
  }
  if (secret !== undefined) {
    run.secrets.push(secret);
    keepSecrets(outside, { typed: { clientSecret: secret } });
  }
  writeSetting(run, 'clientId', id);
  return id;
}

function connected(run: Run): Given {
  const { findings, knownAccount, texts, zone } = run;
  const what = texts.setUp.connected(knownAccount!.name, zone);
  findings.push({ level: 'INFO', what });
  schedule(run);
  tidySettings(run.outside, takeSnapshot(run.outside));
  return { said: { ok: true, what: findings.map(finding => sentence(finding.what)).join(' '), todo: '' } };
}
