import type { Ping, PingFailure } from './ping';

/**
 * A ping as a short ASCII text: how the rolling log keeps it, and how a hidden column of the Pings sheet does. The
 * columns that people read hold wall clocks, which come twice on a 25-hour day, and words.
 */
export function pingEntry(ping: Ping): string {
  const number = (value: number | undefined) => (value === undefined ? '' : value.toString(36));
  return [
    number(ping.at),
    ping.slot === undefined ? '' : number(ping.slot / 60),
    number(ping.ms),
    number(ping.min),
    number(ping.max),
    number(ping.succeeded),
    number(ping.taken),
    ping.failure ? number(ping.status) : '',
    ping.failure ? FAILURES.indexOf(ping.failure) : '',
    ping.duringCollection ? 'c' : '',
  ].join(',');
}

/** undefined for anything but an entry. */
export function pingOfEntry(entry: string): Ping | undefined {
  const fields = entry.split(',');
  const number = (index: number) => (fields[index] ? Number.parseInt(fields[index]!, 36) : undefined);
  const at = number(0);
  const readable = fields.length === FIELDS && fields.every(field => /^[0-9a-z]*$/.test(field));
  if (!readable || at === undefined) return undefined;
  const slot = number(1);
  const failure = fields[8] ? FAILURES[Number(fields[8])] : undefined;
  return {
    at,
    slot: slot === undefined ? undefined : slot * 60,
    ms: number(2),
    min: number(3),
    max: number(4),
    succeeded: number(5) ?? 0,
    taken: number(6) ?? 0,
    status: failure ? (number(7) ?? 0) : 200,
    failure,
    duringCollection: fields[9] === 'c',
  };
}

const FIELDS = 10;
const FAILURES: readonly PingFailure[] = [
  'no-connection',
  'timeout',
  'not-api',
  'http',
  'paused',
  'quota',
  'busy',
  'no-access',
];
