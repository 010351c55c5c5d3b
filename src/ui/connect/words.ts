import type { ConnectPageWords } from '../../core/texts/connectPage';

/** Put into the page before it is shown. */
declare const CONNECT_WORDS: ConnectPageWords;

export const words = CONNECT_WORDS;

/** Writes the fixed words to where the page names them. */
export function writeWords(): void {
  // What encloses the page may have left out the attribute of its root.
  document.documentElement.lang = words.language;
  for (const place of document.querySelectorAll<HTMLElement>('[data-text]')) {
    place.textContent = text(place.dataset['text']);
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-label]')) {
    place.setAttribute('aria-label', text(place.dataset['label']));
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-list]')) {
    for (const line of words[place.dataset['list'] as 'tokenGuide']) {
      const item = document.createElement('li');
      item.textContent = line;
      place.append(item);
    }
  }
}

function text(key: string | undefined): string {
  return words[key as 'copy'];
}
