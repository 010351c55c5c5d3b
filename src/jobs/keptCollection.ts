import type { Collection } from '../core/collection';
import { type CollectionName, collectionIn, keepingCollection, orphans } from '../core/storedCollection';
import type { Outside } from '../ports';

/** As this run knows it, once it holds the line. */
export function keptCollection({ properties }: Outside, name: CollectionName): Collection | undefined {
  return collectionIn(properties.recall(), name);
}

/** Only the run that holds the line to amoCRM keeps collections, so neither a lock nor a second look is needed. */
export function keepCollection({ properties }: Outside, name: CollectionName, collection: Collection): void {
  const { documents, head } = keepingCollection(properties.recall(), collection);
  properties.change({ write: documents });
  properties.change({ write: new Map([[name, head]]) });
}

/** The day under way has become the last one reported, or the other way round: only the head moves. */
export function renameCollection({ properties }: Outside, from: CollectionName, to: CollectionName): void {
  const head = properties.recall()[from];
  if (head === undefined) return;
  properties.change({ write: new Map([[to, head]]), remove: [from] });
  properties.change({ remove: orphans(properties.recall()) });
}

export function dropCollection({ properties }: Outside, name: CollectionName): void {
  properties.change({ remove: [name] });
  properties.change({ remove: orphans(properties.recall()) });
}
