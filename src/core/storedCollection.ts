import type { Collection } from './collection';
import { type StoredSums, storedSums, sumsOf } from './sums';

/**
 * Collections as they lie in the script properties: the sums in documents below 9 KB, and a head that names them.
 * A change writes new documents first and then the head, in one property: whenever a run ends, the head names
 * documents that are whole.
 */

/** `collection`: the day under way. `reported`: the last day that was reported, kept for its late events. */
export type CollectionName = 'collection' | 'reported';

interface Head {
  generation: number;
  documents: number;
}

const LARGEST_DOCUMENT = 8_500; // characters; all are ASCII, so bytes too
const DOCUMENT = /^sums\.(\d+)\.\d+$/;

type Stored = Readonly<Record<string, string>>;

/** undefined where there is none, or none that can be read whole. */
export function collectionIn(properties: Stored, name: CollectionName): Collection | undefined {
  const head = headIn(properties, name);
  if (!head) return undefined;
  let text = '';
  for (let index = 0; index < head.documents; index += 1) {
    const document = properties[documentName(head.generation, index)];
    // The others may read well without it, and tell other sums.
    if (document === undefined) return undefined;
    text += document;
  }
  try {
    const stored = JSON.parse(text) as Omit<Collection, 'sums' | 'again'> & {
      sums: StoredSums;
      again: StoredSums;
    };
    return { ...stored, sums: sumsOf(stored.sums), again: sumsOf(stored.again) };
  } catch {
    return undefined;
  }
}

/** What to write to keep the collection: first these documents, then the head, then remove what nobody names. */
export function keepingCollection(
  properties: Stored,
  collection: Collection,
): { documents: Map<string, string>; head: string } {
  const generation = Math.max(0, ...generationsIn(properties)) + 1;
  const text = ascii(
    JSON.stringify({
      ...collection,
      sums: storedSums(collection.sums),
      again: storedSums(collection.again),
    }),
  );
  const documents = new Map<string, string>();
  for (let at = 0; at < text.length; at += LARGEST_DOCUMENT) {
    documents.set(documentName(generation, documents.size), text.slice(at, at + LARGEST_DOCUMENT));
  }
  const head: Head = { generation, documents: documents.size };
  return { documents, head: JSON.stringify(head) };
}

/** Documents that no head names: left by a change, or by a run that ended in the middle of one. */
export function orphans(properties: Stored): string[] {
  const named = namedGenerations(properties);
  return Object.keys(properties).filter(name => {
    const generation = DOCUMENT.exec(name)?.[1];
    return generation !== undefined && !named.includes(Number(generation));
  });
}

function headIn(properties: Stored, name: CollectionName): Head | undefined {
  try {
    const head = JSON.parse(properties[name] ?? 'null') as Partial<Head> | null;
    return typeof head?.generation === 'number' && typeof head.documents === 'number'
      ? (head as Head)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Of documents and of heads: one that has lost its documents must not name those of another collection. */
function generationsIn(properties: Stored): number[] {
  const written = Object.keys(properties).flatMap(name => {
    const match = DOCUMENT.exec(name);
    return match ? [Number(match[1])] : [];
  });
  return [...written, ...namedGenerations(properties)];
}

function namedGenerations(properties: Stored): number[] {
  return (['collection', 'reported'] as const).flatMap(name => {
    const head = headIn(properties, name);
    return head ? [head.generation] : [];
  });
}

function documentName(generation: number, index: number): string {
  return `sums.${generation}.${index}`;
}

/** amoCRM's keys are ASCII, but nobody promises it, and a property's 9 KB are bytes. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
