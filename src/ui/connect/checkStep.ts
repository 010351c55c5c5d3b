import type { CheckLine, ConnectState } from '../../core/connectRequest';
import { button, element, icon, made, say, show } from './elements';
import { showAndFocusNotice } from './notice';
import { closeSidebar, makeReport } from './server';
import { goTo, type StepPage, send } from './sidebar';
import { words } from './words';
import { atWork, isWorking } from './work';

export function checkStep(): StepPage {
  button('check-again').addEventListener('click', () => void check(false));
  button('make-report').addEventListener('click', () => void report());
  button('connect-anew').addEventListener('click', () => goTo('access'));
  button('close').addEventListener('click', closeSidebar);
  return {
    enter: state => {
      showAccount(state);
      void check(true);
    },
  };
}

async function check(byItself: boolean): Promise<void> {
  showChecks([]);
  const answer = await send({
    request: { ask: 'check' },
    doing: words.checkBusy,
    again: () => void check(false),
    keepsNotice: byItself,
  });
  if (!answer) return;
  showAccount(answer.state);
  showChecks(answer.checks ?? [], answer.said?.what);
}

function showAccount({ connection, account, address }: ConnectState): void {
  show('connected', connection === 'works');
  say('connected-account', account || address);
}

function showChecks(lines: readonly CheckLine[], said?: string): void {
  const failed = lines.some(({ state }) => state === 'failed');
  element('checks').replaceChildren(...lines.map(checkItem));
  show('verdict', lines.length > 0);
  say('verdict', said || verdict(lines));
  // What is most likely wanted next.
  button('make-report').classList.toggle('primary', !failed);
  button('check-again').classList.toggle('primary', failed);
}

function verdict(lines: readonly CheckLine[]): string {
  if (lines.some(({ state }) => state === 'failed')) return words.someFailed;
  return lines.some(({ state }) => state === 'warning') ? words.someWarnings : words.allWell;
}

function checkItem({ state, label, what, todo }: CheckLine): HTMLElement {
  const head = made('span');
  head.append(made('span', label, 'strong'), ' ', made('span', words[state], 'state'));
  const said = made('div');
  said.append(head, made('p', what), made('p', todo));
  const item = made('li', '', state);
  item.append(icon(state), said);
  return item;
}

async function report(): Promise<void> {
  if (isWorking()) return;
  const made = await atWork(words.reportBusy, makeReport, '').then(
    () => true,
    () => false,
  );
  showAndFocusNotice(
    made
      ? { tone: 'ok', what: words.reportDone, todo: words.reportDoneTodo }
      : { tone: 'failed', what: words.unreachable, todo: '', again: () => void report() },
  );
}
