import type { EpochMs } from './contract';
import { instantOf, offsetAt, type WallClock, wallClock } from './zone';

/** A pattern that SimpleDateFormat or this emulation of it doesn't know, or a text that doesn't match one. */
export class PatternProblem extends Error {}

type Token = { literal: string } | { letter: string; count: number };

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const DAY_MS = 86_400_000;

function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  const part = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/gy;
  for (const match of pattern.matchAll(part)) {
    const [whole, quoted, letter] = match;
    if (letter) found.push({ letter, count: whole.length });
    else if (whole === "'") throw new PatternProblem(`Unterminated quote in the pattern "${pattern}"`);
    else
      found.push({
        literal: quoted === undefined ? whole : quoted === '' ? "'" : quoted.replaceAll("''", "'"),
      });
  }
  return found;
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** `Utilities.formatDate`: Java's SimpleDateFormat with US names [doc UT]. The zone must be known. */
export function formatDate(at: EpochMs, zone: string, pattern: string): string {
  if (Number.isNaN(at)) throw new PatternProblem('Invalid argument: date');
  const wall = wallClock(at, zone);
  const offset = offsetAt(at, zone);
  return tokens(pattern)
    .map(token => ('literal' in token ? token.literal : field(token, wall, offset, at, zone)))
    .join('');
}

function field(
  { letter, count }: { letter: string; count: number },
  wall: WallClock,
  offset: number,
  at: EpochMs,
  zone: string,
): string {
  const midnight = Date.UTC(wall.year, wall.month - 1, wall.day);
  const weekday = new Date(midnight).getUTCDay() || 7;
  switch (letter) {
    case 'y':
      return year(wall.year, count);
    case 'Y':
      return year(weekYear(midnight), count);
    case 'M':
      if (count >= 4) return MONTHS[wall.month - 1] ?? '';
      return count === 3 ? (MONTHS[wall.month - 1] ?? '').slice(0, 3) : pad(wall.month, count);
    case 'd':
      return pad(wall.day, count);
    case 'D':
      return pad((midnight - Date.UTC(wall.year, 0, 1)) / DAY_MS + 1, count);
    case 'H':
      return pad(wall.hour, count);
    case 'h':
      return pad(wall.hour % 12 || 12, count);
    case 'm':
      return pad(wall.minute, count);
    case 's':
      return pad(wall.second, count);
    case 'S':
      return pad(wall.ms, count);
    case 'E':
      return count >= 4 ? (DAYS[weekday - 1] ?? '') : (DAYS[weekday - 1] ?? '').slice(0, 3);
    case 'u':
      return pad(weekday, count);
    case 'a':
      return wall.hour < 12 ? 'AM' : 'PM';
    case 'Z':
      return numericZone(offset, '');
    case 'X':
      return isoZone(offset, count);
    case 'z':
      return zoneName(at, zone, count);
    default:
      throw new PatternProblem(`The pattern letter ${letter} is not emulated`);
  }
}

function year(value: number, count: number): string {
  return count === 2 ? pad(value % 100, 2) : pad(value, count);
}

/** Weeks of the US: they begin on Sunday, and the one with 1 January is the new year's first. */
function weekYear(midnight: EpochMs): number {
  const saturday = midnight + (6 - new Date(midnight).getUTCDay()) * DAY_MS;
  return new Date(saturday).getUTCFullYear();
}

function numericZone(offset: number, colon: string): string {
  const minutes = Math.abs(Math.trunc(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${colon}${pad(minutes % 60, 2)}`;
}

function isoZone(offset: number, count: number): string {
  if (count > 3) throw new PatternProblem('Invalid ISO 8601 format: more than three X');
  if (offset === 0) return 'Z';
  if (count === 1) return numericZone(offset, '').slice(0, 3);
  return numericZone(offset, count === 3 ? ':' : '');
}

/** Java has short names for every zone, Intl (in English) for a few: the others are refused. */
function zoneName(at: EpochMs, zone: string, count: number): string {
  const style = count >= 4 ? 'long' : 'short';
  const name = zone.startsWith('GMT')
    ? zone
    : new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style })
        .formatToParts(at)
        .find(part => part.type === 'timeZoneName')?.value;
  if (!name || (/^GMT./.test(name) && style === 'short')) {
    throw new PatternProblem(`The pattern letter z for ${zone} is not emulated`);
  }
  return name;
}

const NUMERIC = 'yMdHhmsSu';

/** `Utilities.parseDate`. Stricter than Java's lenient parser: 32 January is no date, and nothing may follow. */
export function parseDate(text: string, zone: string, pattern: string): EpochMs {
  const failed = (): never => {
    throw new PatternProblem(`Unparseable date: "${text}"`);
  };
  const list = tokens(pattern);
  const wall: WallClock = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0 };
  const read: Record<string, string> = {};
  let rest = text;
  for (const [i, token] of list.entries()) {
    const next = list[i + 1];
    const expected = 'literal' in token ? literalPattern(token.literal) : fieldPattern(token, next);
    const match = new RegExp(`^(?:${expected})`, 'i').exec(rest);
    if (!match) return failed();
    if ('letter' in token) read[token.letter] = match[0];
    rest = rest.slice(match[0].length);
  }
  if (rest !== '') return failed();

  const number = (letter: string, otherwise: number): number => Number(read[letter] ?? otherwise);
  const shortYear = list.some(token => 'letter' in token && token.letter === 'y' && token.count === 2);
  wall.year = shortYear ? 2000 + number('y', 0) : number('y', 1970);
  wall.month = /^\d/.test(read['M'] ?? '1') ? number('M', 1) : monthNamed(read['M'] ?? '');
  wall.day = number('d', 1);
  const afternoon = (read['a'] ?? '').toUpperCase() === 'PM' ? 12 : 0;
  wall.hour = read['h'] === undefined ? number('H', 0) : (number('h', 0) % 12) + afternoon;
  wall.minute = number('m', 0);
  wall.second = number('s', 0);
  wall.ms = number('S', 0);

  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.ms);
  const shown = wallClock(asUtc, 'UTC');
  const hourIsReal = read['h'] === undefined || (number('h', 0) >= 1 && number('h', 0) <= 12);
  const isReal = (Object.keys(wall) as (keyof WallClock)[]).every(key => wall[key] === shown[key]);
  if (!isReal || !hourIsReal) return failed();
  const offset = read['X'] ?? read['Z'];
  if (offset !== undefined) return asUtc - offsetOf(offset);
  return read['z'] === undefined ? instantOf(wall, zone) : asUtc;
}

const literalPattern = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function fieldPattern({ letter, count }: { letter: string; count: number }, next: Token | undefined): string {
  if (letter === 'M' && count >= 3) return MONTHS.flatMap(name => [name, name.slice(0, 3)]).join('|');
  if (letter === 'E') return DAYS.flatMap(name => [name, name.slice(0, 3)]).join('|');
  if (letter === 'a') return 'AM|PM';
  if (letter === 'Z') return '[+-]\\d{4}';
  if (letter === 'X') return count === 3 ? 'Z|[+-]\\d\\d:\\d\\d' : 'Z|[+-]\\d\\d(?:\\d\\d)?';
  if (letter === 'z') return 'GMT|UTC';
  if (!NUMERIC.includes(letter)) throw new PatternProblem(`The pattern letter ${letter} is not emulated`);
  const touching = next !== undefined && 'letter' in next && NUMERIC.includes(next.letter);
  return touching ? `\\d{${count}}` : '\\d+';
}

function monthNamed(name: string): number {
  return MONTHS.findIndex(month => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}

function offsetOf(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
