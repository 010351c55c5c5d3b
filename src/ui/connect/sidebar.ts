import type { ConnectAnswer, ConnectField, ConnectRequest, ConnectState } from '../../core/connectRequest';
import { button, element, show } from './elements';
import { clearErrors, showError } from './fields';
import { clearNotice, type Notice, showAndFocusNotice, showNotice } from './notice';
import { ask } from './server';
import { words } from './words';
import { atWork, isWorking } from './work';

/** `consent` belongs to the second step: the person is in amoCRM meanwhile. */
export type Step = 'address' | 'access' | 'consent' | 'check';

export interface StepPage {
  /** Shows how things stand. */
  enter?: (state: ConnectState) => void;
  leave?: () => void;
  /** Brings a field into sight before it is told that it is wrong. */
  uncover?: (field: ConnectField) => void;
}

const STEPS: readonly Step[] = ['address', 'access', 'consent', 'check'];
const FIELD_STEPS: Record<ConnectField, Step> = {
  address: 'address',
  token: 'access',
  clientId: 'access',
  clientSecret: 'access',
  code: 'access',
};

let state: ConnectState;
let current: Step | undefined;
let pages: Record<Step, StepPage>;

export const currentState = () => state;

export function keepState(told: ConnectState): void {
  state = told;
}

export function prepareSteps(all: Record<Step, StepPage>): void {
  pages = all;
  for (const step of ['address', 'access', 'check'] as const) {
    button(`to-${step}`).addEventListener('click', () => goTo(step));
  }
}

/** Leaves the step, and says at the top of the next one what there is to say. */
export function goTo(step: Step, notice?: Notice): void {
  if (current) pages[current].leave?.();
  open(step, notice);
}

function open(step: Step, notice?: Notice): void {
  current = step;
  clearErrors();
  clearNotice();
  for (const one of STEPS) show(`${one}-step`, one === step);
  showProgress();
  if (notice) showNotice(notice);
  element(`${step}-step`).querySelector('h1')?.focus();
  window.scrollTo(0, 0);
  pages[step].enter?.(state);
}

/** The first step that is not done yet. */
export function stepToDo({ address, connection }: ConnectState): Step {
  if (!address) return 'address';
  return connection === 'works' ? 'check' : 'access';
}

export interface Errand {
  request: ConnectRequest;
  /** What the status line says meanwhile. */
  doing: string;
  /** Begins anew, where Google was not reached. */
  again: () => void;
  /** Leaves what was said before: this errand was not the person's own. */
  keepsNotice?: boolean;
}

/** Asks the server; what it refuses is shown by the field. Gives the answer if there is something to go on with. */
export async function send({
  request,
  doing,
  again,
  keepsNotice,
}: Errand): Promise<ConnectAnswer | undefined> {
  if (isWorking()) return undefined;
  clearErrors();
  if (!keepsNotice) clearNotice();
  const { address } = state;
  const answer = await atWork(doing, () => ask(request)).catch(() => undefined);
  if (!answer) {
    showAndFocusNotice({ tone: 'failed', what: words.unreachable, todo: '', again });
    return undefined;
  }
  keepState(answer.state);
  showProgress();
  if (!answer.said || answer.said.ok || answer.checks) return answer;
  const { what, todo, field } = answer.said;
  if (!field) {
    showAndFocusNotice({ tone: 'failed', what, todo });
    return undefined;
  }
  if (field === 'address' && answer.state.address !== address) {
    // The server has put another one in its place: nothing is left to be mended, and what was typed is of no use.
    goTo('address');
    showAndFocusNotice({ tone: 'failed', what, todo });
    return undefined;
  }
  const step = FIELD_STEPS[field];
  // What was typed may be right: it waits until the other step is mended.
  if (step !== current) open(step);
  pages[step].uncover?.(field);
  showError(field, [what, todo].filter(Boolean).join(' '));
  return undefined;
}

/** Which steps are done, which is open, and to which one can go. */
function showProgress(): void {
  const open = current === 'consent' ? 'access' : current;
  const done = { address: state.address !== '', access: state.connection === 'works', check: false };
  const reachable = { address: true, access: done.address, check: done.address && done.access };
  for (const step of ['address', 'access', 'check'] as const) {
    const to = button(`to-${step}`);
    to.disabled = !reachable[step];
    to.classList.toggle('is-done', done[step] && step !== open);
    if (step === open) to.setAttribute('aria-current', 'step');
    else to.removeAttribute('aria-current');
  }
}
