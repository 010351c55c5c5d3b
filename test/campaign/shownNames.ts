import { eventName } from '../../src/core/eventNames';
import type { Language } from '../../src/core/settings';
import { TEXTS } from '../../src/core/texts';
import type { Subject } from '../simulator/eventSubject';
import { customFieldKey, eventTypes } from '../simulator/eventTypeNames';
import { LOST, systemStageNames, WON } from '../simulator/systemStages';
import type { Stage } from './stage';

export interface NamesKnown {
  /** amoCRM's own names could not always be had: then the built-in ones, or ids, stand there. */
  builtInNames?: boolean;
  /** Names of event types, by key, that amoCRM gives instead of those of its list. */
  renamed?: ReadonlyMap<string, string>;
  /** The workbook may speak these; default both. */
  languages?: readonly Language[];
}

type Account = Pick<Stage, 'simulator'>;

const LANGUAGES = ['ru', 'en'] as const satisfies readonly Language[];
const listed = new Map<string, ReadonlyMap<string, string>>();

/** The account's list of event types, by key. */
function listOf({ simulator }: Account, language: Language): ReadonlyMap<string, string> {
  const { customFields } = simulator.account;
  const key = `${language} ${JSON.stringify(customFields)}`;
  const list = listed.get(key) ?? new Map(eventTypes(language, customFields).map(one => [one.key, one.lang]));
  listed.set(key, list);
  return list;
}

/** What an event type may be called. */
export function eventNames(
  account: Account,
  type: string,
  { builtInNames = false, languages = LANGUAGES, renamed }: NamesKnown,
): string[] {
  return languages.flatMap(language => {
    const own = renamed?.get(type) ?? listOf(account, language).get(type);
    if (own !== undefined && !builtInNames) return [own];
    // A type that amoCRM has no name for has the built-in one or its key.
    const builtIn = eventName(type, language, new Map());
    return own === undefined ? [builtIn] : [own, builtIn];
  });
}

/** What a process may be called: its type, and what it is about as the account calls it. */
export function processNames(
  account: Account,
  { subject, type }: { type: string; subject: Subject | undefined },
  known: NamesKnown,
): string[] {
  const events = eventNames(account, type, known);
  if (!subject) return events;
  const subjects = subjectNames(account, subject, known);
  return events.flatMap(event => subjects.map(name => `${event}: ${name}`));
}

function subjectNames(account: Account, { id, kind }: Subject, known: NamesKnown): string[] {
  const { builtInNames, languages = LANGUAGES } = known;
  const { simulator } = account;
  const { customerStatuses, customFields, language, pipelines, taskTypes } = simulator.account;
  const nameIn = (items: readonly { id: number; name: string }[]) =>
    items.find(item => String(item.id) === id)?.name;
  const orId = (name: string | undefined) => (name === undefined ? [id] : builtInNames ? [name, id] : [name]);
  switch (kind) {
    case 'tag':
    case 'channel':
      return [id];
    case 'linked':
      return languages.map(language => TEXTS[language].process.linked(id));
    case 'bot':
      return languages.map(language => `${language === 'ru' ? 'бот' : 'bot'} ${id}`);
    case 'field':
      // The list of event types names a field, too, in a sentence; it may have been there when the list of fields was not.
      return [
        ...orId(nameIn(customFields)),
        ...(builtInNames
          ? languages.map(language => listOf(account, language).get(customFieldKey(Number(id))) ?? id)
          : []),
      ];
    case 'responsible':
      return orId(nameIn(simulator.users));
    case 'taskType':
      return orId(nameIn(taskTypes));
    case 'customerStage':
      return orId(nameIn(customerStatuses));
    case 'stage': {
      const [pipelineId, stageId] = id.split('/');
      const pipeline = pipelines.find(one => String(one.id) === pipelineId);
      const { lost, won } = systemStageNames(language);
      const stages = [...(pipeline?.statuses ?? []), { id: WON, name: won }, { id: LOST, name: lost }];
      const name = stages.find(one => String(one.id) === stageId)?.name;
      return orId(pipeline && name !== undefined ? `${pipeline.name} / ${name}` : undefined);
    }
  }
}

/** Pages of entities in amoCRM's interface. */
const PAGES: Readonly<Record<string, string>> = {
  lead: 'leads',
  contact: 'contacts',
  company: 'companies',
  customer: 'customers',
};

/** Where a card is to be looked at, or what it is called where it has no page. */
export function cardNames({ simulator }: Account, entityType: string, entityId: number): string[] {
  const page = PAGES[entityType];
  if (page !== undefined) return [`https://${simulator.host}/${page}/detail/${entityId}`];
  return entityType === 'task' ? [`задача ${entityId}`, `task ${entityId}`] : [`${entityType} ${entityId}`];
}
