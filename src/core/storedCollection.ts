import type { Collection } from './collection';
import { loopsOf, type StoredLoops, storedLoops } from './loops';
import { foldedInto, type Processes } from './processSums';
import { type StoredSums, type Sums, storedSums, sumsOf } from './sums';
import { piecesOf, utf8Bytes } from './utf8';

/**
 * Collections as they lie in the script properties: the sums in documents below 9 KB, and a head that names them.
 * A change writes new documents first and then the head, in one property: whenever a run ends, the head names
 * documents that are whole.
 */

/** `collection`: the day under way. `reported`: the last day that was reported, kept for its late events. */
export type CollectionName = 'collection' | 'reported';
const NAMES: readonly CollectionName[] = ['collection', 'reported'];

interface Head {
  generation: number;
  documents: number;
}

/** Rises when documents of before cannot be read any more: such a day is collected anew. */
const FORMAT = 2;
const LARGEST_DOCUMENT = 8_500; // bytes in UTF-8
/**
 * Bytes that one collection may take. Three are there at the same time: the last one reported, the one under way, and
 * what it is being replaced by. Together they stay below the 250 KB that are meant for them.
 */
export const LARGEST_COLLECTION = 80_000;
/** Of the room that processes have, at most for those of the last hour, and for those of its second reading. */
const SHARE_OF_AN_HOUR = 1 / 6;
const DOCUMENT = /^sums\.(\d+)\.(\d+)$/;

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
    const stored = JSON.parse(text) as StoredCollection;
    if (stored.format !== FORMAT) return undefined;
    const { format: _, sums, tail, again, loops, ...rest } = stored;
    return { ...rest, sums: sumsOf(sums), tail: sumsOf(tail), again: sumsOf(again), loops: loopsOf(loops) };
  } catch {
    return undefined;
  }
}

/**
 * What to write to keep the collection: first these documents, then the head. They are written over documents that no head
 * names, so that next to nothing has to be removed.
 */
export function keepingCollection(
  properties: Stored,
  collection: Collection,
): { documents: Map<string, string>; head: string } {
  const named = namedGenerations(properties);
  let generation = 1;
  while (named.includes(generation)) generation += 1;
  const documents = new Map(
    piecesOf(textOf(collection), LARGEST_DOCUMENT).map((piece, index) => [
      documentName(generation, index),
      piece,
    ]),
  );
  const head: Head = { generation, documents: documents.size };
  return { documents, head: JSON.stringify(head) };
}

/** The collection with its rarest processes folded into the rest of their types, until it fits into its room. */
export function withinBudget(collection: Collection): Collection {
  if (utf8Bytes(textOf(collection)) <= LARGEST_COLLECTION) return collection;
  const { again, sums, tail } = collection;
  const none: Processes = new Map();
  const without = (of: Sums): Sums => ({ ...of, processes: none });
  const roomIn = (of: Collection) => Math.max(0, LARGEST_COLLECTION - utf8Bytes(textOf(of)));
  const folded = (of: Sums, room: number): Sums => ({ ...of, processes: foldedInto(of.processes, room) });
  const bare = { ...collection, sums: without(sums), tail: without(tail), again: without(again) };
  const ofAnHour = roomIn(bare) * SHARE_OF_AN_HOUR;
  // The day has what they leave: they may need less than their share, or more where nothing can be folded.
  const hours = { ...bare, tail: folded(tail, ofAnHour), again: folded(again, ofAnHour) };
  return { ...hours, sums: folded(sums, roomIn(hours)) };
}

interface StoredCollection extends Omit<Collection, 'sums' | 'tail' | 'again' | 'loops'> {
  format: number;
  sums: StoredSums;
  tail: StoredSums;
  again: StoredSums;
  loops: StoredLoops;
}

function textOf({ sums, tail, again, loops, ...rest }: Collection): string {
  const stored: StoredCollection = {
    ...rest,
    format: FORMAT,
    sums: storedSums(sums),
    tail: storedSums(tail),
    again: storedSums(again),
    loops: storedLoops(loops),
  };
  return JSON.stringify(stored);
}

/** Documents that no head names. */
export function orphans(properties: Stored): string[] {
  const heads = NAMES.flatMap(name => headIn(properties, name) ?? []);
  return Object.keys(properties).filter(name => {
    const [, generation, index] = DOCUMENT.exec(name) ?? [];
    if (generation === undefined) return false;
    const head = heads.find(one => one.generation === Number(generation));
    return !head || Number(index) >= head.documents;
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

function namedGenerations(properties: Stored): number[] {
  return NAMES.flatMap(name => {
    const head = headIn(properties, name);
    return head ? [head.generation] : [];
  });
}

function documentName(generation: number, index: number): string {
  return `sums.${generation}.${index}`;
}
