import { button, element, say, show } from './elements';

export type Tone = 'ok' | 'warning' | 'failed';

let repeat: (() => void) | undefined;

export interface Notice {
  tone: Tone;
  what: string;
  todo: string;
  /** What "try again" does, where that may help. */
  again?: () => void;
}

/** The one message above the step. */
export function showNotice({ tone, what, todo, again }: Notice): void {
  repeat = again;
  element('notice').className = `notice ${tone}`;
  element('notice-icon').setAttribute('href', `#icon-${tone === 'failed' ? 'warning' : tone}`);
  say('notice-what', what);
  say('notice-todo', todo);
  show('notice-again', again !== undefined);
  show('notice', true);
}

/** For what must not be missed: a screen reader reads what gets the focus. */
export function showAndFocusNotice(notice: Notice): void {
  showNotice(notice);
  element('notice').focus();
}

export function clearNotice(): void {
  show('notice', false);
}

export function prepareNotice(): void {
  button('notice-again').addEventListener('click', () => repeat?.());
}
