/** One authorised call of one route. */

import type { WireResponse } from '../emulator/contract';
import type { SeenRequest } from './seenRequest';
import type { SimUser } from './state';
import type { World } from './world';

export interface Visit {
  request: SeenRequest;
  world: World;
  /** The user behind the token; `user` is undefined once that person was deleted. */
  caller: { id: number; user: SimUser | undefined };
  /** What stood for the variable part of the path: an id, or the entities of `{entities}/custom_fields`. */
  id: string;
  /** Notes a breach of the API's rules that amoCRM itself would let pass. */
  complain(what: string): void;
}

export type Route = (visit: Visit) => WireResponse;

/** Complains about every query parameter that the route does not know. */
export function allowParameters(visit: Visit, known: readonly string[]): void {
  for (const name of Object.keys(visit.request.query.tree)) {
    if (!known.includes(name)) visit.complain(`unknown query parameter "${name}"`);
  }
}

/** The names in `with`, those that the method knows; complains about the others. */
export function withNames(visit: Visit, known: readonly string[]): Set<string> {
  const given = visit.request.query.tree['with'];
  const names = typeof given === 'string' ? given.split(',').filter(name => name !== '') : [];
  if (given !== undefined && typeof given !== 'string') visit.complain('"with" is one text with commas');
  for (const name of names) if (!known.includes(name)) visit.complain(`unknown value "${name}" in "with"`);
  return new Set(names.filter(name => known.includes(name)));
}
