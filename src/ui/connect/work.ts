import { say, show } from './elements';
import { words } from './words';

const SLOW_AFTER_MS = 15_000;
const TOLD_MS = 5_000;

let working = false;

/** Whether an answer is awaited: until it comes, nothing else is begun. */
export const isWorking = () => working;

/**
 * Says in the status line what is being done until it is done. Meanwhile no button works, but for those marked
 * `data-free`.
 * @param slow what to say when it takes long; nothing where that is expected
 */
export async function atWork<T>(doing: string, work: () => Promise<T>, slow = words.slow): Promise<T> {
  working = true;
  const asleep = [...document.querySelectorAll<HTMLButtonElement>('button:not([data-free]):not(:disabled)')];
  const focused = document.activeElement;
  for (const one of asleep) one.disabled = true;
  status(doing, true);
  const timer = setTimeout(() => slow && status(slow, true), SLOW_AFTER_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    status('', false);
    for (const one of asleep) one.disabled = false;
    working = false;
    // A button that stops working loses the focus; who uses the keyboard should not start from the top.
    if (document.activeElement === document.body && focused instanceof HTMLElement) focused.focus();
  }
}

/** A word in passing. */
export function tell(text: string): void {
  status(text, false);
  setTimeout(() => {
    if (!working) status('', false);
  }, TOLD_MS);
}

function status(text: string, turning: boolean): void {
  show('spinner', turning);
  say('status-text', text);
}
