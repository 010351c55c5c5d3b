/** The sidebar "Connect amoCRM": the account's address, then access, then a check of everything. */
import { accessStep } from './accessStep';
import { addressStep } from './addressStep';
import { checkStep } from './checkStep';
import { consentStep } from './consentStep';
import { prepareFields } from './fields';
import { type Notice, prepareNotice, showAndFocusNotice } from './notice';
import { ask } from './server';
import { goTo, keepState, prepareSteps, stepToDo } from './sidebar';
import { words, writeWords } from './words';
import { atWork } from './work';

const REFUSED: Notice = { tone: 'warning', what: words.refused, todo: words.refusedTodo };

writeWords();
prepareNotice();
prepareFields();
prepareSteps({
  address: addressStep(),
  access: accessStep(),
  consent: consentStep(),
  check: checkStep(),
});
void begin();

async function begin(): Promise<void> {
  const answer = await atWork(words.loading, () => ask({ ask: 'state' })).catch(() => undefined);
  if (answer) {
    keepState(answer.state);
    goTo(stepToDo(answer.state), answer.state.connection === 'refused' ? REFUSED : undefined);
  } else showAndFocusNotice({ tone: 'failed', what: words.unreachable, todo: '', again: () => void begin() });
}
