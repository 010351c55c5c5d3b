import type { ConnectAnswer, ConnectField, ConnectRequest, ConnectState } from '../../core/connectRequest';
import { showConsentLink } from './consentStep';
import { button, element, input, say, show } from './elements';
import { entered, filledIn, forget } from './fields';
import { currentState, goTo, type StepPage, send } from './sidebar';
import { words } from './words';
import { tell } from './work';

type Way = 'token' | 'link' | 'code';

/** What is asked for each way, and what is said meanwhile. */
const WAYS: Record<
  Way,
  { submit: string; doing: string; request: () => ConnectRequest; needs: () => ConnectField[] }
> = {
  token: {
    submit: words.tokenSubmit,
    doing: words.tokenBusy,
    request: () => ({ ask: 'token', token: entered('token') }),
    needs: () => ['token'],
  },
  link: {
    submit: words.linkSubmit,
    doing: words.linkBusy,
    request: () => ({ ask: 'link', ...keys() }),
    needs: neededKeys,
  },
  code: {
    submit: words.codeSubmit,
    doing: words.codeBusy,
    request: () => ({ ask: 'code', ...keys(), code: entered('code') }),
    needs: () => [...neededKeys(), 'code'],
  },
};

export function accessStep(): StepPage {
  element('access-step').addEventListener('submit', event => {
    event.preventDefault();
    if (filledIn(...WAYS[chosenWay()].needs())) void connect();
  });
  element('access-step').addEventListener('change', showChosenWay);
  button('change-address').addEventListener('click', () => goTo('address'));
  button('copy-redirect').addEventListener('click', () => void copyRedirect());
  return { enter, leave: () => forget('token', 'clientSecret', 'code'), uncover };
}

let isWayChosen = false;

function enter(state: ConnectState): void {
  // Who connects anew does so as before, unless something else is chosen.
  if (!isWayChosen && state.way) pick('way', state.way);
  isWayChosen = true;
  say('access-address', state.address);
  input('redirect').value = state.redirectUri;
  input('clientId').value = state.clientId;
  showChosenWay();
}

async function connect(): Promise<void> {
  const { request, doing } = WAYS[chosenWay()];
  const answer = await send({ request: request(), doing, again: () => void connect() });
  if (!answer) return;
  forget('token', 'clientSecret', 'code');
  if (answer.link) showConsentLink(answer.link);
  else goTo('check', praise(answer));
}

/** The first sentence says that it worked, the others what comes of it. */
function praise({ said }: ConnectAnswer) {
  if (!said?.what) return undefined;
  const [, what = said.what, rest = ''] = /^(.+?\.)\s+(.+)$/s.exec(said.what) ?? [];
  return { tone: 'ok' as const, what, todo: [rest, said.todo].filter(Boolean).join(' ') };
}

const picked = (name: string) =>
  document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value;

function chosenWay(): Way {
  if (picked('way') === 'token') return 'token';
  return picked('confirm') === 'code' ? 'code' : 'link';
}

function pick(name: string, value: string): void {
  const choice = document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`);
  if (choice) choice.checked = true;
}

function showChosenWay(): void {
  const way = chosenWay();
  show('token-part', way === 'token');
  show('oauth-part', way !== 'token');
  show('code-part', way === 'code');
  show('clientSecret-hint', currentState().hasSecret);
  say('access-submit', WAYS[way].submit);
}

function uncover(field: ConnectField): void {
  pick('way', field === 'token' ? 'token' : 'oauth');
  if (field === 'code') pick('confirm', 'code');
  showChosenWay();
}

const keys = () => ({ clientId: entered('clientId'), clientSecret: entered('clientSecret') });

function neededKeys(): ConnectField[] {
  return currentState().hasSecret ? ['clientId'] : ['clientId', 'clientSecret'];
}

/** A sidebar may be kept from the clipboard: then the link is left selected for the keys. */
async function copyRedirect(): Promise<void> {
  input('redirect').select();
  // The old way works in frames that the new one is not open to.
  const copied =
    document.execCommand('copy') ||
    (await navigator.clipboard?.writeText(input('redirect').value).then(
      () => true,
      () => false,
    ));
  if (copied) button('copy-redirect').focus();
  tell(copied ? words.copied : words.copyByHand);
}
