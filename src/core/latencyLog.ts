import type { EpochSeconds } from './day';
import type { Ping } from './ping';
import { pingEntry, pingOfEntry } from './pingEntry';

/**
 * The rolling log of pings that no report has put into the sheet yet, as it lies in the script properties: a few
 * text documents, each below the 9 KB that a property may hold ([doc Q]), together below our budget of 60 KB.
 * A ping takes about 30 characters, so the log holds two months of hourly pings, or a week of one every five minutes.
 */
export interface LatencyLog {
  /** Documents by name (`latency.<number>`), oldest number first. */
  documents: ReadonlyMap<string, string>;
}

const LARGEST_DOCUMENT = 8_500; // characters; all are ASCII, so bytes too
const MOST_DOCUMENTS = 7;
export const LATENCY_DOCUMENT = /^latency\.\d+$/;

/** What to write and what to delete so that the properties hold the changed log. */
export interface LatencyChange {
  write: Map<string, string>;
  remove: string[];
}

export function latencyLog(properties: Readonly<Record<string, string>>): LatencyLog {
  const documents = Object.entries(properties)
    .filter(([name]) => LATENCY_DOCUMENT.test(name))
    .sort(([a], [b]) => numberOf(a) - numberOf(b));
  return { documents: new Map(documents) };
}

export function pingsIn(log: LatencyLog): Ping[] {
  return [...log.documents.values()].flatMap(pingsOf);
}

/**
 * The ping as it may go into the log. A ping is known by its second, so another one of the same second is put down for
 * the next.
 * @returns undefined where the log holds this very ping
 */
export function inASecondOfItsOwn(log: LatencyLog, ping: Ping): Ping | undefined {
  const known = new Map(pingsIn(log).map(one => [one.at, pingEntry(one)]));
  if (known.get(ping.at) === pingEntry(ping)) return undefined;
  let { at } = ping;
  while (known.has(at)) at += 1;
  return { ...ping, at };
}

/** The log with one ping more. When the log is full its oldest document goes. */
export function withPing(log: LatencyLog, ping: Ping): LatencyChange {
  const line = pingEntry(ping);
  const names = [...log.documents.keys()];
  const [newest, text] = [...log.documents].pop() ?? ['latency.1', ''];
  const longer = text === '' ? line : `${text};${line}`;
  if (longer.length <= LARGEST_DOCUMENT) return { write: new Map([[newest, longer]]), remove: [] };
  return {
    write: new Map([[`latency.${numberOf(newest) + 1}`, line]]),
    remove: names.slice(0, Math.max(0, names.length + 1 - MOST_DOCUMENTS)),
  };
}

/** The log without the pings taken at these times: they are safe in the sheet. */
export function withoutPings(log: LatencyLog, times: ReadonlySet<EpochSeconds>): LatencyChange {
  const change: LatencyChange = { write: new Map(), remove: [] };
  for (const [name, text] of log.documents) {
    const pings = pingsOf(text);
    const kept = pings.filter(ping => !times.has(ping.at));
    if (kept.length === 0) change.remove.push(name);
    else if (kept.length < pings.length) change.write.set(name, kept.map(pingEntry).join(';'));
  }
  return change;
}

/** Entries that cannot be read are passed over: one bad entry must not hide the others. */
function pingsOf(text: string): Ping[] {
  return text
    .split(';')
    .map(pingOfEntry)
    .filter(ping => ping !== undefined);
}

function numberOf(name: string): number {
  return Number(name.replace('latency.', ''));
}
