import type { Language } from './settings';
import { EVENT_TYPE_NAMES } from './texts/eventTypes';

/**
 * The readable name of an event type: as the account's own list of types has it, else from the texts, else
 * the key itself.
 */
export function eventName(
  type: string,
  language: Language,
  accountNames: ReadonlyMap<string, string>,
): string {
  const builtIn = EVENT_TYPE_NAMES[type];
  return accountNames.get(type) ?? builtIn?.[language === 'ru' ? 0 : 1] ?? type;
}
