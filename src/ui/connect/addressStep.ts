import { element, input } from './elements';
import { entered, filledIn } from './fields';
import { goTo, type StepPage, send, stepToDo } from './sidebar';
import { words } from './words';

export function addressStep(): StepPage {
  element('address-step').addEventListener('submit', event => {
    event.preventDefault();
    if (filledIn('address')) void keepAddress();
  });
  return {
    enter: ({ address }) => {
      input('address').value = address;
    },
  };
}

async function keepAddress(): Promise<void> {
  const answer = await send({
    request: { ask: 'address', address: entered('address') },
    doing: words.addressBusy,
    again: () => void keepAddress(),
  });
  // The next step shows the address that was kept.
  if (answer) goTo(stepToDo(answer.state));
}
