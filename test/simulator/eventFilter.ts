/** `filter[…]` of the events list [D crm_platform/events-and-notes], and the phrases of its refusals, as clients meet them. */

import type { WireResponse } from '../emulator/contract';
import { problem } from './answers';
import type { Selection } from './eventStore';
import { customFieldIdOf } from './eventTypeNames';
import { listAt, type QueryTree } from './phpQuery';
import type { SimEvent } from './state';
import { valueCondition } from './valueFilter';
import type { Visit } from './visit';

type Condition = (event: SimEvent) => boolean;

const KNOWN = [
  'id',
  'created_at',
  'created_by',
  'entity',
  'entity_id',
  'type',
  'value_before',
  'value_after',
];
const MOST_IDS = 10;

export const INVALID = 'Invalid params passed to filter';
const CONFLICT = 'Given filter conflict with other params';

class Refused extends Error {
  constructor(
    readonly detail: string,
    readonly nested?: string,
  ) {
    super(detail);
  }
}

/** What the filter selects, or the 400 that amoCRM answers for the whole request. */
export function readEventFilter(
  visit: Visit,
  knownTypes: () => ReadonlySet<string>,
): Selection | { refusal: WireResponse } {
  const given = visit.request.query.tree['filter'];
  if (given === undefined) return { from: 0, to: Number.MAX_SAFE_INTEGER, matches: () => true };
  try {
    if (typeof given === 'string') throw new Refused(INVALID);
    for (const name of Object.keys(given)) {
      if (!KNOWN.includes(name)) visit.complain(`unknown filter "${name}"`);
    }
    const types = typesIn(given, knownTypes);
    const entities = entitiesIn(given, types);
    const conditions: Condition[] = [
      oneOf(listAt(given['id']), event => event.id),
      oneOf(types, event => event.type),
      oneOf(authorsIn(given, visit), event => String(event.createdBy)),
      onEntities(entities, entityIdsIn(given, entities)),
      ...(['value_before', 'value_after'] as const).map(side => valueCondition(side, given[side], types)),
    ].filter(condition => condition !== undefined);
    const { from, to } = timesIn(given['created_at'], visit.world.inclusiveBounds);
    return { from, to, matches: event => conditions.every(condition => condition(event)) };
  } catch (problemMet) {
    if (!(problemMet instanceof Refused)) throw problemMet;
    visit.complain(`refused filter: ${problemMet.nested ?? problemMet.detail}`);
    return { refusal: refusalOf(problemMet) };
  }
}

function refusalOf({ detail, nested }: Refused): WireResponse {
  if (!nested) return problem(400, detail);
  const errors = [{ code: 'FilterConflict', path: 'filter', detail: nested }];
  return problem(400, detail, { 'validation-errors': [{ request_id: '0', errors }] });
}

function oneOf(values: readonly string[], of: (event: SimEvent) => string): Condition | undefined {
  if (values.length === 0) return undefined;
  const wanted = new Set(values);
  return event => wanted.has(of(event));
}

function typesIn(filter: QueryTree, knownTypes: () => ReadonlySet<string>): string[] {
  const types = listAt(filter['type']);
  if (types.length === 0) return types;
  const known = knownTypes();
  if (types.some(type => !known.has(type))) throw new Refused(INVALID);
  if (types.length > 1 && types.some(type => customFieldIdOf(type) !== undefined))
    throw new Refused(CONFLICT);
  return types;
}

function entitiesIn(filter: QueryTree, types: readonly string[]): string[] {
  const entities = listAt(filter['entity']);
  if (entities.some(entity => !/^(lead|contact|company|customer|task|catalog_\d+)$/.test(entity))) {
    throw new Refused(INVALID);
  }
  for (const type of types) {
    const only = /^(lead|contact|company|customer|task)_(?!linked$|unlinked$)/.exec(type)?.[1];
    if (only && entities.length > 0 && !entities.includes(only)) {
      throw new Refused(CONFLICT, "Entity does't match type filter");
    }
  }
  return entities;
}

function entityIdsIn(filter: QueryTree, entities: readonly string[]): string[] {
  const ids = listAt(filter['entity_id']);
  if (ids.length > 0 && entities.length !== 1) throw new Refused(CONFLICT);
  if (ids.length > MOST_IDS || ids.some(id => !/^\d+$/.test(id))) throw new Refused(INVALID);
  return ids;
}

/** Only users of the account may be asked for; what 0 or a stranger gives is unknown, so it is refused here. */
function authorsIn(filter: QueryTree, visit: Visit): string[] {
  const authors = listAt(filter['created_by']);
  if (authors.length > MOST_IDS || authors.some(id => !visit.world.users.has(Number(id))))
    throw new Refused(INVALID);
  return authors;
}

/** A conversation's event is found by its contact, whatever entity it is shown with. */
function onEntities(entities: readonly string[], ids: readonly string[]): Condition | undefined {
  if (entities.length === 0) return undefined;
  return event => {
    const talk = event.linkedTalkContactId;
    if (!entities.includes(talk === undefined ? event.entityType : 'contact')) return false;
    return ids.length === 0 || ids.includes(String(talk ?? event.entityId));
  };
}

function timesIn(given: string | QueryTree | undefined, inclusive: boolean): { from: number; to: number } {
  const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
  if (given === undefined) return always;
  const range = typeof given === 'string' ? given.split(',') : [given['from'], given['to']];
  const [from, to] = range.map(bound => {
    if (bound === undefined || bound === '') return undefined;
    if (typeof bound !== 'string' || !/^\d+$/.test(bound.trim())) throw new Refused(INVALID);
    return Number(bound);
  });
  if (from === undefined && to === undefined) throw new Refused(INVALID);
  // A single number means "after it" [D crm_platform/events-and-notes].
  if (range.length === 1) return { ...always, from: (from ?? 0) + 1 };
  const inset = inclusive ? 0 : 1;
  return { from: (from ?? -1) + inset, to: to === undefined ? always.to : to - inset };
}
