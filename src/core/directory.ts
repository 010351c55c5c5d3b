import type { EpochMs } from './day';
import { remembered } from './remembered';
import { piecesOf } from './utf8';

/**
 * What the account calls its stages, fields, users and kinds of tasks. Names of things that were deleted stay, so that
 * what still refers to them has a name.
 */
export interface Directory {
  /** When amoCRM was last asked. */
  readonly at: EpochMs;
  readonly names: Readonly<Record<NamedKind, Readonly<Record<string, string>>>>;
}

export type NamedKind = 'stage' | 'customerStage' | 'field' | 'responsible' | 'taskType';

export const NO_DIRECTORY: Directory = {
  at: 0,
  names: { stage: {}, customerStage: {}, field: {}, responsible: {}, taskType: {} },
};

const DOCUMENT = /^names\.\d+$/;
const LARGEST_DOCUMENT = 8_500; // bytes in UTF-8
const LONGEST_NAME = 100; // UTF-16 units
/** Of a kind. Some accounts rename and delete without end. */
const MOST_NAMES = 1_000;

export function withNames(
  directory: Directory,
  kind: NamedKind,
  names: ReadonlyMap<string | number, string>,
): Directory {
  const known = new Map(Object.entries(directory.names[kind]));
  for (const [id, name] of names) {
    // Behind the others: what amoCRM has not listed for long goes first.
    known.delete(String(id));
    known.set(String(id), name.slice(0, LONGEST_NAME));
  }
  const kept = Object.fromEntries([...known].slice(-MOST_NAMES));
  return { ...directory, names: { ...directory.names, [kind]: kept } };
}

/** undefined where none is known; an id may be any word, those included that every object knows. */
export function nameIn({ names }: Directory, kind: NamedKind, id: string): string | undefined {
  return Object.getOwnPropertyDescriptor(names[kind], id)?.value as string | undefined;
}

/** Empty where none is stored, or none that can be read whole: then it is asked for again. */
export function directoryIn(properties: Readonly<Record<string, string>>): Directory {
  const names = Object.keys(properties).filter(name => DOCUMENT.test(name));
  const documents = names.sort((a, b) => numberOf(a) - numberOf(b)).map(name => properties[name]);
  const stored = remembered<Directory>(documents.join(''), NO_DIRECTORY);
  return { ...stored, names: { ...NO_DIRECTORY.names, ...stored.names } };
}

/** What has to change in the properties, so that they hold this directory. */
export function keepingDirectory(
  properties: Readonly<Record<string, string>>,
  directory: Directory,
): { write: Map<string, string>; remove: string[] } {
  const pieces = piecesOf(JSON.stringify(directory), LARGEST_DOCUMENT);
  const write = new Map(pieces.map((piece, index) => [`names.${index}`, piece]));
  const remove = Object.keys(properties).filter(name => DOCUMENT.test(name) && !write.has(name));
  return { write, remove };
}

function numberOf(name: string): number {
  return Number(name.slice(name.indexOf('.') + 1));
}
