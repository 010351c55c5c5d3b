import { ACTORS, type Actor } from './actor';
import { type Subject, subjectOf, subjectText } from './subject';

/**
 * What makes events: an actor who does things of one type to do with one subject; or what a rule of the user's gives a
 * name, whatever it does.
 */
export type Process = DoingsOf | NamedByRule;

interface DoingsOf {
  actor: Actor;
  /** The type as it counts. */
  type: string;
  /** `rest`: the rare ones of the type together, which there was no room to tell apart. */
  about: Subject | 'rest' | undefined;
}

interface NamedByRule {
  actor: Actor;
  /** The place of the rule among those of the day, from 0. */
  rule: number;
}

const REST = '*';
/** In the place of the type. */
const BY_RULE = '=';

/** One line for one process: `<place of the actor in ACTORS>:<type>|<subject>`. */
export function processKey(process: Process): string {
  const actor = ACTORS.indexOf(process.actor);
  if ('rule' in process) return `${actor}:${BY_RULE}|${process.rule}`;
  const { about, type } = process;
  const subject = about === 'rest' ? REST : subjectText(about).replace(/\s+/g, ' ');
  return `${actor}:${type.replace(/^=$|[|\s]/g, '_')}|${subject}`;
}

/** @param key as `processKey` gives it */
export function processOf(key: string): Process {
  const actor = ACTORS[Number(key[0])] ?? 'unknown';
  const at = key.indexOf('|');
  const type = key.slice(2, at);
  const rest = key.slice(at + 1);
  if (type === BY_RULE) return { actor, rule: Number(rest) };
  return { actor, type, about: rest === REST ? 'rest' : subjectOf(rest) };
}

/** The key of the process that takes in this one when there is no room for it. */
export function restKey(key: string): string {
  return `${key.slice(0, key.indexOf('|') + 1)}${REST}`;
}

/** The key of what takes in the rest of all types of an actor, where even those are too many. */
export function actorsRestKey(key: string): string {
  return `${key.slice(0, 2)}|${REST}`;
}

/** Whether it may be folded into a rest: what the user has named keeps its name. */
export function isFoldable(key: string): boolean {
  return !key.slice(2).startsWith(`${BY_RULE}|`);
}
