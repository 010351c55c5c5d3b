import type { Actor } from './actor';
import { nameIn } from './directory';
import { type AmoEvent, countedType } from './event';
import { eventName } from './eventNames';
import { type Naming, subjectName } from './processName';
import { TEXTS } from './texts';

/** A rule as the user has written it: an empty cell is for anything. */
export interface RuleCells {
  type: string;
  about: string;
  actor: string;
  hours: string;
  name: string;
}

/** A rule that can be followed. */
export interface Rule extends Omit<RuleCells, 'hours'> {
  /** Hours of the day, 0 to 23; undefined: all of them. */
  hours?: readonly number[] | undefined;
}

export type RuleProblem = 'no-name' | 'bad-hours' | 'too-many';

/** Each is kept with the day that is collected by it. */
export const MOST_RULES = 50;
const LONGEST_CELL = 100; // UTF-16 units
const HOUR_SPAN = /^(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?$/;

/** @returns for each row its rule, what is wrong with it, or nothing where the row is empty */
export function rulesIn(rows: readonly RuleCells[]): (Rule | RuleProblem | undefined)[] {
  let rules = 0;
  return rows.map(cells => {
    const [type, about, actor, hours, name] = [
      cells.type,
      cells.about,
      cells.actor,
      cells.hours,
      cells.name,
    ].map(text => text.trim().slice(0, LONGEST_CELL));
    if ([type, about, actor, hours, name].every(text => text === '')) return undefined;
    if (name === '') return 'no-name';
    const spans = hoursIn(hours!);
    if (spans === 'bad') return 'bad-hours';
    rules += 1;
    if (rules > MOST_RULES) return 'too-many';
    return { type: type!, about: about!, actor: actor!, name: name!, ...(spans ? { hours: spans } : {}) };
  });
}

/** Which of the rules an event falls under. */
export type RuleFinder = (event: AmoEvent, actor: Actor, hour: number) => number | undefined;

/** The first rule that fits counts. Texts fit whatever their case; `*` stands for any characters. */
export function ruleFinder(rules: readonly Rule[], naming: Naming): RuleFinder {
  const compiled = rules.map(({ type, about, actor, hours }) => ({
    type: pattern(type),
    about: pattern(about),
    actor: pattern(actor),
    hours: hours && new Set(hours),
  }));
  const known = new Map<string, number>();
  return (event, actor, hour) => {
    const { createdBy, subject, type } = event;
    // A day has many events and few kinds of them.
    const kind = JSON.stringify([type, subject, actor, createdBy, hour]);
    const found = known.get(kind) ?? firstFitting();
    known.set(kind, found);
    return found < 0 ? undefined : found;

    function firstFitting(): number {
      const types = [
        type,
        ...[type, countedType(type)].map(key => eventName(key, naming.language, naming.types)),
      ];
      const abouts = subject ? [subject.id, subjectName(subject, naming)] : [''];
      const actors = [actor, ...Object.values(TEXTS).map(({ actors: words }) => words[actor])];
      if (createdBy) {
        const id = String(createdBy);
        actors.push(id, nameIn(naming.directory, 'responsible', id) ?? id);
      }
      return compiled.findIndex(
        rule =>
          fits(rule.type, [countedType(type), ...types]) &&
          fits(rule.about, abouts) &&
          fits(rule.actor, actors) &&
          (!rule.hours || rule.hours.has(hour)),
      );
    }
  };
}

function pattern(text: string): RegExp | undefined {
  if (text === '') return undefined;
  const parts = text.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`, 'i');
}

function fits(wanted: RegExp | undefined, candidates: readonly string[]): boolean {
  return wanted === undefined || candidates.some(candidate => wanted.test(candidate));
}

/** `9-18`: the hours 9 to 18 as the sheet of hours has them, both included; `22-5` goes over midnight. */
function hoursIn(text: string): number[] | 'bad' | undefined {
  if (text === '') return undefined;
  const hours = new Set<number>();
  for (const part of text.split(/[,;]/)) {
    const match = HOUR_SPAN.exec(part.trim());
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (!(from < 24 && to < 24)) return 'bad';
    for (let hour = from; ; hour = (hour + 1) % 24) {
      hours.add(hour);
      if (hour === to) break;
    }
  }
  return [...hours];
}
