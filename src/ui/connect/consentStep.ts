import { element } from './elements';
import { ask } from './server';
import { currentState, goTo, keepState, type StepPage } from './sidebar';
import { hasConsented, pauseBeforeAsking } from './waiting';
import { words } from './words';

let stopWaiting: (() => void) | undefined;

export function consentStep(): StepPage {
  element('consent-back').addEventListener('click', () => goTo('access'));
  return { leave: () => stopWaiting?.() };
}

/** A page of a script cannot open another one by itself ([doc HX]), so the person presses a link. */
export function showConsentLink(address: string): void {
  element<HTMLAnchorElement>('consent-link').href = address;
  goTo('consent');
  stopWaiting = waitForConsent();
}

/** Asks now and then, while the page is in sight, whether consent has come. Returns what ends it. */
function waitForConsent(): () => void {
  const before = currentState();
  const since = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let wentThere = false;
  let cameBack = false;
  let over = false;

  function plan(atOnce = false): void {
    clearTimeout(timer);
    if (over || asking || document.hidden) return;
    const pause = pauseBeforeAsking(Date.now() - since);
    if (pause !== undefined) timer = setTimeout(look, atOnce ? 0 : pause);
    else goTo('access', { tone: 'warning', what: words.consentOver, todo: words.consentOverTodo });
  }

  async function look(): Promise<void> {
    asking = true;
    // What went wrong once may go well the next time.
    const answer = await ask({ ask: 'state' }).catch(() => undefined);
    asking = false;
    if (over) return;
    if (answer && hasConsented(before, answer.state, cameBack)) {
      keepState(answer.state);
      goTo('check');
    } else plan();
  }

  function seen(): void {
    cameBack ||= wentThere && !document.hidden;
    plan(cameBack);
  }

  function leaving(): void {
    wentThere = true;
  }

  element('consent-link').addEventListener('click', leaving);
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('focus', seen);
  plan();
  return () => {
    over = true;
    clearTimeout(timer);
    element('consent-link').removeEventListener('click', leaving);
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('focus', seen);
  };
}
