import type { Language } from '../settings';
import { en } from './en';
import { ru } from './ru';

export type Texts = typeof ru;

export const TEXTS: Record<Language, Texts> = { ru, en };

/** The language of sheets and messages: the setting, else Russian where the spreadsheet's locale is Russian. */
export function languageOf(setting: 'auto' | Language, spreadsheetLocale: string): Language {
  if (setting !== 'auto') return setting;
  return /^ru\b|^ru_/i.test(spreadsheetLocale) ? 'ru' : 'en';
}

/** The custom menu's title, the same in every language. */
export const MENU_TITLE = 'amoCRM Monitor';

/**
 * One of our own titles turned to another language. What a user has written over it stays as it is.
 * @param of where the title stands in the texts
 */
export function translated(shown: string, of: (texts: Texts) => string, texts: Texts): string {
  return Object.values(TEXTS).some(language => of(language) === shown) ? of(texts) : shown;
}
