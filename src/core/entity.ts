/** What an event happened to: `lead`, `contact`, `company`, `customer`, `task` or `catalog_<id>`, and its id. */
export interface Entity {
  type: string;
  id: number;
}

/** Entities that have a page of their own in amoCRM's interface. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['lead', 'leads'],
  ['contact', 'contacts'],
  ['company', 'companies'],
  ['customer', 'customers'],
]);

/** One text for one entity, short since many are stored. */
export function entityKey({ type, id }: Entity): string {
  return `${type}:${id.toString(36)}`;
}

/** @param key as `entityKey` gives it */
export function entityOf(key: string): Entity {
  const at = key.lastIndexOf(':');
  return { type: key.slice(0, at), id: Number.parseInt(key.slice(at + 1), 36) };
}

/**
 * Where the entity is to be looked at; a text that names it where amoCRM has no page for its kind.
 * @param called what a person calls an entity of a type
 */
export function entityAddress({ type, id }: Entity, host: string, called = (of: string) => of): string {
  const page = PAGES.get(type);
  return page === undefined ? `${called(type)} ${id}` : `https://${host}/${page}/detail/${id}`;
}
