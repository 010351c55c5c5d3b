import type { Frame } from 'playwright-core';

/** What a person sees and does in the sidebar, or in another page: `page.mainFrame()`. */

export const seen = (frame: Frame, text: string) => frame.getByText(text, { exact: true }).first().waitFor();

export const heading = (frame: Frame, name: string) =>
  frame.getByRole('heading', { name, exact: true }).waitFor();

/** The id of what has the focus, or else its tag. */
export const focused = (frame: Frame) =>
  frame.evaluate<string>('document.activeElement.id || document.activeElement.tagName');

/** Presses Tab until the focus is there, as who has no mouse. */
export async function tabTo(frame: Frame, id: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focused(frame)) === id) return;
    await frame.page().keyboard.press(key);
  }
  throw new Error(`${key} does not come to ${id}`);
}
