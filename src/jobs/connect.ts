import { hasSecret, isRefused } from '../core/connection';
import {
  type ConnectAnswer,
  type ConnectRequest,
  type ConnectState,
  connectRequestOf,
} from '../core/connectRequest';
import type { Outside } from '../ports';
import { CHECK, type Checked, checkConnection } from './checkConnection';
import { type Given, heardInstead, JOB, saidBy, snapshotNow } from './connectStory';
import { ensureSheets } from './ensureSheets';
import { runJob } from './run';
import type { Snapshot } from './snapshot';
import { byCode, byToken, keepAddress, linkTo } from './waysToConnect';

/** Opens the sidebar, and sees to it that there is a settings sheet for what is entered there. */
export function openConnect(outside: Outside): void {
  runJob(outside, JOB, run => {
    run.findings.push(...ensureSheets(outside, run));
    outside.sidebar.show(run.texts);
    return undefined;
  });
}

/** What a request of the sidebar comes to. Each is told in the sidebar, and leaves a row in the log where it matters. */
export function connectRequest(outside: Outside, asked: unknown): ConnectAnswer {
  const { heard, quiet } = heardInstead(outside);
  const given = answerTo(quiet, connectRequestOf(asked));
  const { snapshot, trouble } = snapshotNow(quiet);
  const said = given.said ?? trouble ?? (given.checks || given.link ? undefined : saidBy(heard));
  return { ...given, state: stateOf(outside, snapshot), ...(said ? { said } : {}) };
}

function answerTo(outside: Outside, request: ConnectRequest): Given {
  switch (request.ask) {
    case 'state':
      return {};
    case 'address':
      return keepAddress(outside, request.address);
    case 'token':
      return byToken(outside, request.token);
    case 'link':
      return linkTo(outside, request);
    case 'code':
      return byCode(outside, request);
    case 'check':
      return check(outside);
  }
}

function check(outside: Outside): Given {
  let checked: Checked | undefined;
  runJob(outside, CHECK, run => {
    checked = checkConnection(run);
    return undefined;
  });
  if (!checked) return {};
  const { lines, besides } = checked;
  const ok = lines.every(({ state }) => state !== 'failed');
  return { checks: lines, ...(besides === '' ? {} : { said: { ok, what: besides, todo: '' } }) };
}

function stateOf({ clock, consent }: Outside, snapshot: Snapshot): ConnectState {
  const { connection, knownAccount, language, settings, typed } = snapshot;
  const { baseUrl } = settings;
  const has = connection !== undefined && baseUrl !== undefined;
  const refused = has && isRefused(connection, baseUrl, clock.now());
  const works = has && connection.accountId !== undefined && connection.host === baseUrl;
  return {
    language,
    address: baseUrl ?? '',
    connection: refused ? 'refused' : works ? 'works' : 'none',
    account: knownAccount?.name ?? '',
    way: connection ? (connection.renewal ? 'oauth' : 'token') : '',
    clientId: settings.clientId ?? '',
    hasSecret: hasSecret(connection, typed),
    redirectUri: settings.redirectUri ?? consent.redirectUri(),
  };
}
