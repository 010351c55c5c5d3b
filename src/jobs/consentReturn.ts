import { type AccountHost, accountHost } from '../core/accountAddress';
import type { ConnectSaid } from '../core/connectRequest';
import { pastedToken } from '../core/token';
import type { Outside } from '../ports';
import { heardInstead, no, saidBy, snapshotNow, story, writeSetting } from './connectStory';
import type { Snapshot } from './snapshot';
import { withCode } from './waysToConnect';

/** What amoCRM's consent page sends back with the user ([D oauth/step-by-step]). */
export interface ConsentReturn {
  code?: string;
  /** The address of the account that was chosen. */
  referer?: string;
  error?: string;
}

/** What the page says that the user sees then. */
export type ReturnPage = { ok: boolean; language: Snapshot['language']; text: string };

/** The user is back from amoCRM's consent page, in a page of our own. */
export function connectCallback(outside: Outside, { code, error, referer }: ConsentReturn): ReturnPage {
  const { heard, quiet } = heardInstead(outside);
  const { snapshot, trouble } = snapshotNow(quiet);
  const { boundTo, language, settings, texts } = snapshot;
  const { connection: words } = texts;
  const page = (said: ConnectSaid): ReturnPage => ({
    ...{ ok: said.ok, language },
    text: [said.what, said.todo].filter(text => text !== '').join(' '),
  });
  if (trouble) return page(trouble);
  const given = pastedToken(code ?? '');
  if (error !== undefined || given === undefined) return page(no(words.consentRefused, '').said);
  const before = settings.baseUrl;
  const chosen = referer === undefined ? undefined : accountHost(referer);
  if (chosen !== undefined && chosen !== before) changeAddress(quiet, chosen);
  const said = withCode(quiet, given).said ?? saidBy(heard) ?? no(words.busy, '').said;
  // The tables hold another account's data: their account stays the one that is asked.
  const isBound = boundTo !== undefined && before !== undefined;
  if (!said.ok && isBound && chosen !== undefined && chosen !== before) {
    // Unless the known account's address stands there again already.
    if (snapshotNow(quiet).snapshot.settings.baseUrl === chosen) changeAddress(quiet, before);
  }
  return page(said);
}

function changeAddress(outside: Outside, host: AccountHost): void {
  story(outside, {}, run => {
    writeSetting(run, 'baseUrl', host);
    return {};
  });
}
