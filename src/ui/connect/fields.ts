import type { ConnectField } from '../../core/connectRequest';
import { input, say, show } from './elements';
import { words } from './words';

const FIELDS: readonly ConnectField[] = ['address', 'token', 'clientId', 'clientSecret', 'code'];

export const entered = (field: ConnectField) => input(field).value.trim();

export function showError(field: ConnectField, text: string): void {
  say(`${field}-error`, text);
  show(`${field}-error`, true);
  input(field).setAttribute('aria-invalid', 'true');
  input(field).focus();
}

export function clearErrors(): void {
  FIELDS.forEach(clearError);
}

function clearError(field: ConnectField): void {
  say(`${field}-error`, '');
  show(`${field}-error`, false);
  input(field).removeAttribute('aria-invalid');
}

/** Whether none of the fields is empty; tells of the first that is. */
export function filledIn(...fields: ConnectField[]): boolean {
  const empty = fields.find(field => entered(field) === '');
  if (empty) showError(empty, words.required);
  return !empty;
}

/** A secret that the server has is of no more use here. */
export function forget(...secrets: ConnectField[]): void {
  for (const field of secrets) {
    input(field).value = '';
    reveal(field, false);
  }
}

function reveal(field: string, shown: boolean): void {
  input(field).type = shown ? 'text' : 'password';
  const toggle = toggleOf(field);
  if (toggle) toggle.textContent = shown ? words.hide : words.show;
}

const toggleOf = (field: string) => document.querySelector(`[data-reveals="${field}"]`);

export function prepareFields(): void {
  for (const field of FIELDS) {
    input(field).addEventListener('input', () => clearError(field));
    const toggle = toggleOf(field);
    if (!toggle) continue;
    reveal(field, false);
    toggle.setAttribute('aria-describedby', `${field}-label`);
    toggle.addEventListener('click', () => reveal(field, input(field).type === 'password'));
  }
}
