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
  const { checks = [], said, state } = answer;
  showAccount(state);
  showChecks(checks);
  // Nothing was tried, as when another run is under way.
  if (checks.length === 0 && said) showAndFocusNotice({ tone: 'failed', what: said.what, todo: said.todo });
}

/** Its name is known only where amoCRM has told it, at this very address. */
function showAccount({ connection, account }: ConnectState): void {
  show('connected', connection === 'works' && account !== '');
  say('connected-account', account);
}

function showChecks(lines: readonly CheckLine[]): void {
  const failed = lines.some(({ state }) => state === 'failed');
  element('checks').replaceChildren(...lines.map(checkItem));
  show('verdict', lines.length > 0);
  say('verdict', verdict(lines));
  // What is most likely wanted next; with a failure there is no report to be had.
  show('make-report', !failed);
  button('check-again').classList.toggle('primary', failed);
  button('connect-anew').classList.toggle('plain', !failed);
}

function verdict(lines: readonly CheckLine[]): string {
  if (lines.some(({ state }) => state === 'failed')) return words.someFailed;
  return lines.some(({ state }) => state === 'warning') ? words.someWarnings : words.allWell;
}

function checkItem({ state, label, what, todo }: CheckLine): HTMLElement {
  const head = made('span');
  head.append(made('span', label, 'strong'), ' ', made('span', words[state], 'state'));
  const said = made('div');
  // What was not tried has nothing more to say.
  said.append(head, made('p', state === 'skipped' ? '' : what), made('p', todo));
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
      : { tone: 'warning', what: words.reportUnheard, todo: words.reportUnheardTodo },
  );
}
