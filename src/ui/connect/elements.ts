/** The page's own elements. Data enter it as text alone, never as markup: names of accounts are customers' text. */

export function element<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}`);
  return found as Element as T;
}

export const input = (id: string) => element<HTMLInputElement>(id);
export const button = (id: string) => element<HTMLButtonElement>(id);

export function show(id: string, shown: boolean): void {
  element(id).hidden = !shown;
}

export function say(id: string, text: string): void {
  element(id).textContent = text;
}

export function made(tag: string, text = '', className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

/** One of the icons that stand in the page. It says nothing that the words beside it do not say. */
export function icon(name: string): Node {
  const drawing = element('notice-icon').parentElement!.cloneNode(true) as Element;
  const use = drawing.querySelector('use')!;
  use.removeAttribute('id');
  use.setAttribute('href', `#icon-${name}`);
  return drawing;
}
