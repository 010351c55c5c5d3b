import { type Authorship, actorOf, isPerson } from './actor';
import { type HourSpan, hourAt } from './dayHours';
import { type AmoEvent, byTime, countedType } from './event';
import { processKey } from './process';
import type { RuleFinder } from './rules';
import type { AttributedEvent } from './sums';

/** What attribution needs to know besides the event. */
export interface Attribution {
  hours: readonly HourSpan[];
  by: Authorship;
  /** The user's rules, where there are any. */
  ruleOf?: RuleFinder | undefined;
}

/** Whose doing each event was, in order of time. */
export function attributed(
  events: Iterable<AmoEvent>,
  { hours, by, ruleOf }: Attribution,
): AttributedEvent[] {
  return [...events].sort(byTime).map(event => {
    const actor = actorOf(event, by);
    const { subject, type } = event;
    const hour = hourAt(hours, event.createdAt);
    if (isPerson(actor)) return { event, actor, hour, doing: undefined, process: undefined };
    const doing = processKey({ actor, type: countedType(type), about: subject });
    const rule = ruleOf?.(event, actor, hour);
    return { event, actor, hour, doing, process: rule === undefined ? doing : processKey({ actor, rule }) };
  });
}
