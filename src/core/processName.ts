import { type Directory, nameIn } from './directory';
import { eventName } from './eventNames';
import { processOf } from './process';
import type { Rule } from './rules';
import type { Language } from './settings';
import type { Subject } from './subject';
import type { Texts } from './texts';

/** Where names come from. */
export interface Naming {
  language: Language;
  texts: Texts;
  /** The account's names of event types, by key. */
  types: ReadonlyMap<string, string>;
  directory: Directory;
  /** What the user's rules call processes, in the order of the rules. */
  rules: readonly Pick<Rule, 'name'>[];
}

/** What a person calls a process: `Изменение этапа продажи: Продажи / Оплачен`. Ids where there is no name. */
export function processName(key: string, naming: Naming): string {
  const process = processOf(key);
  if ('rule' in process) return naming.rules[process.rule]?.name ?? String(process.rule);
  const { language, texts, types } = naming;
  const { about, type } = process;
  const event = eventName(type, language, types);
  if (about === undefined) return event;
  if (about === 'rest' && type === '') return texts.process.rest;
  if (about === 'rest') return texts.process.of(event, texts.process.rest);
  return texts.process.of(event, subjectName(about, naming));
}

export function subjectName({ kind, id }: Subject, { directory, texts, types }: Naming): string {
  switch (kind) {
    case 'tag':
    case 'channel':
      return id;
    case 'linked':
      return texts.process.linked(id);
    case 'bot':
      return texts.process.bot(id);
    case 'field':
      // The list of event types names a custom field, too, in a sentence of its own.
      return nameIn(directory, 'field', id) ?? types.get(`custom_field_${id}_value_changed`) ?? id;
    default:
      return nameIn(directory, kind, id) ?? id;
  }
}
