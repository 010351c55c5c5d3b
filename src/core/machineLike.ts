import type { AuthorSums, Authors } from './authorSums';
import { sumOf } from './hourly';

/** What gives a user away as a program. */
export type MachineSign = 'hours' | 'pace' | 'bursts';

/** A person sleeps, and an account used by shifts does not do much at night. */
const MOST_HOURS = 18;
const FEWEST_AROUND_THE_CLOCK = 200;
/** A person does not work at this pace for an hour, not even with changes of many cards at once. */
const MOST_AN_HOUR = 1_000;
/** Of a user's events: a person changes many cards at one moment now and then, not always. */
const MOST_IN_BURSTS = 0.5;
const FEWEST_IN_BURSTS = 100;

/** Users who work like a machine, by id, and what shows it: most likely an integration works in their name. */
export function machineLike(authors: Authors, known: ReadonlySet<number>): Map<number, MachineSign[]> {
  const found = new Map<number, MachineSign[]>();
  for (const [id, sums] of authors) {
    const signs = known.has(id) ? [] : signsOf(sums);
    if (signs.length > 0) found.set(id, signs);
  }
  return found;
}

function signsOf({ hours, bursts }: AuthorSums): MachineSign[] {
  const signs: MachineSign[] = [];
  const awake = hours.filter(count => count > 0).length;
  if (awake > MOST_HOURS && sumOf(hours) >= FEWEST_AROUND_THE_CLOCK) signs.push('hours');
  if (Math.max(...hours) > MOST_AN_HOUR) signs.push('pace');
  if (bursts >= FEWEST_IN_BURSTS && bursts > MOST_IN_BURSTS * sumOf(hours)) signs.push('bursts');
  return signs;
}
