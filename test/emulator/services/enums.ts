import type { LiveExecution } from '../execution';
import { EnumSet, enumFacade } from '../facade';

const MEMBERS = {
  EventType: ['CLOCK', 'ON_OPEN', 'ON_EDIT', 'ON_FORM_SUBMIT', 'ON_CHANGE', 'ON_EVENT_UPDATED'],
  TriggerSource: ['SPREADSHEETS', 'CLOCK', 'FORMS', 'DOCUMENTS', 'CALENDAR'],
  AuthMode: ['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL'],
  Button: ['CLOSE', 'OK', 'CANCEL', 'YES', 'NO'],
  ButtonSet: ['OK', 'OK_CANCEL', 'YES_NO', 'YES_NO_CANCEL'],
  Charset: ['US_ASCII', 'UTF_8'],
  DigestAlgorithm: ['MD5', 'SHA_1', 'SHA_256'],
} as const;

export type EnumName = keyof typeof MEMBERS;

const made = new WeakMap<LiveExecution, Map<EnumName, { set: EnumSet; seen: object }>>();

function enumOf(execution: LiveExecution, name: EnumName): { set: EnumSet; seen: object } {
  const enums = made.get(execution) ?? new Map<EnumName, { set: EnumSet; seen: object }>();
  made.set(execution, enums);
  let found = enums.get(name);
  if (!found) {
    const set = new EnumSet(execution, name, MEMBERS[name]);
    found = { set, seen: enumFacade(execution, set) };
    enums.set(name, found);
  }
  return found;
}

/** The emulator's side of an enum. */
export function enumSet(execution: LiveExecution, name: EnumName): EnumSet {
  return enumOf(execution, name).set;
}

/**
 * The script's side, such as `ScriptApp.EventType`. Ambient enums have no value in Node, hence the cast to the type
 * that the service's own declaration gives it.
 */
export function visibleEnum<T>(execution: LiveExecution, name: EnumName): T {
  return enumOf(execution, name).seen as T;
}

/** One constant, as the script compares it. */
export function constant<T>(execution: LiveExecution, name: EnumName, value: string): T {
  return enumSet(execution, name).values[value] as T;
}
