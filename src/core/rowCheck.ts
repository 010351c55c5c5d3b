import type { Cell, Row } from './cell';
import { shownText } from './cellText';
import type { StandingRow } from './rowPlan';
import type { ColumnKind } from './tables';

/** Whether what was to be written stands there, and whether everything else still does. */

export interface Found<Column extends string> {
  /** Of the rows wanted, those that do not stand. */
  missing: Row<Column>[];
  /** Rows that nobody wanted. */
  foreign: Row<Column>[];
}

/**
 * Compares rows written with rows read back, each counted once, in any order. A platform may round a time, move one
 * that its zone's clocks skip by an hour, or change the invisible characters of a text: this is still the same row.
 */
export function compareRows<Column extends string>(
  wanted: readonly Row<Column>[],
  found: readonly Row<Column>[],
  kinds: Readonly<Record<string, ColumnKind>>,
  columns: readonly Column[],
): Found<Column> {
  const { left: unmatched, right: foreign } = withoutPairs(wanted, found, row => contentOf(row, columns));
  const missing = unmatched.filter(row => {
    const same = foreign.findIndex(other =>
      columns.every(column => sameCell(row[column], other[column], kinds[column])),
    );
    if (same >= 0) foreign.splice(same, 1);
    return same < 0;
  });
  return { missing, foreign };
}

/** The rows that were not there before, each counted once. */
export function newRows<Column extends string>(
  before: readonly StandingRow<Column>[],
  now: readonly StandingRow<Column>[],
  columns: readonly Column[],
): Row<Column>[] {
  return withoutPairs(before, now, ({ row }) => contentOf(row, columns)).right.map(({ row }) => row);
}

/** A row with content in our columns, for finding out which of them are gone. */
export interface Line<Column extends string = string> extends StandingRow<Column> {
  /** By which a row of ours is known; empty for one that is not ours. */
  key: Cell;
  content: string;
  /** Whether it is meant to change. */
  meant: boolean;
}

/** All rows with content in our columns, from the top. A formula that moves is the same formula. */
export function linesOf<Column extends string>(
  { rows, foreign }: { rows: readonly StandingRow<Column>[]; foreign: readonly StandingRow<Column>[] },
  isMeant: (row: Row<Column>) => boolean,
  key: Column,
  columns: readonly Column[],
): Line<Column>[] {
  const ours = rows.map(line => ({
    ...line,
    key: line.row[key],
    content: contentOf(line.row, columns),
    meant: isMeant(line.row),
  }));
  const others = foreign.map(line => ({
    ...line,
    key: '',
    content: contentOf(line.row, columns).replace(/"=[^"]*"/g, formula => formula.replace(/\d+/g, '#')),
    meant: false,
  }));
  return [...ours, ...others].sort((a, b) => a.number - b.number);
}

export interface LostLine<Column extends string> {
  line: Line<Column>;
  /** The row before which it belongs now. */
  at: number;
}

/**
 * The lines that are no longer there, though nobody meant to touch them: what a write to a shifted row has
 * overwritten. A line of the same key that was not there before is the same one with a cell changed by the user.
 */
export function lostLines<Column extends string>(
  before: readonly Line<Column>[],
  now: readonly Line<Column>[],
): LostLine<Column>[] {
  const others = (lines: readonly Line<Column>[]) => lines.filter(({ meant }) => !meant);
  const { left: gone, right: fresh } = withoutPairs(others(before), others(now), ({ content }) => content);
  if (gone.length === 0) return [];
  const lost = new Set(withoutPairs(gone, fresh, ({ key }) => JSON.stringify(key)).left);
  const standing = standingNow(before, now);
  return before.flatMap((line, index) => (lost.has(line) ? [{ line, at: placeOf(index, standing) }] : []));
}

/** For each line of before the number it has now, where it still stands. */
function standingNow<Column extends string>(
  before: readonly Line<Column>[],
  now: readonly Line<Column>[],
): (number | undefined)[] {
  const meantNow = now.filter(({ meant }) => meant);
  const lastMeant = meantNow[meantNow.length - 1];
  const meantBefore = before.filter(({ meant }) => meant);
  const numbers = new Map<string, number[]>();
  for (const { content, number } of now) numbers.set(content, [...(numbers.get(content) ?? []), number]);
  let meantSeen = 0;
  return before.map(({ content, meant }) => {
    if (!meant) return numbers.get(content)?.shift();
    meantSeen += 1;
    const counterpart = meantSeen < meantBefore.length ? meantNow[meantSeen - 1] : lastMeant;
    return (counterpart ?? lastMeant)?.number;
  });
}

/** Beside the nearest line that still stands. */
function placeOf(index: number, standing: readonly (number | undefined)[]): number {
  // At distance 0 is the line itself, which does not stand.
  for (const distance of standing.keys()) {
    const above = standing[index - distance];
    if (above !== undefined) return above + 1;
    const below = standing[index + distance];
    if (below !== undefined) return below;
  }
  return FIRST_ROW;
}

const FIRST_ROW = 2;

/** A row as one text. */
export function contentOf<Column extends string>(row: Row<Column>, columns: readonly Column[]): string {
  return JSON.stringify(columns.map(column => row[column]));
}

function withoutPairs<Item>(
  left: readonly Item[],
  right: readonly Item[],
  nameOf: (item: Item) => string,
): { left: Item[]; right: Item[] } {
  // A table may have thousands of rows, and a name is made of all its cells: each is asked for once.
  const rightNames = right.map(nameOf);
  const unpaired = new Map<string, number>();
  for (const name of rightNames) unpaired.set(name, (unpaired.get(name) ?? 0) + 1);
  const paired = new Map<string, number>();
  const unpairedLeft = left.filter(item => {
    const name = nameOf(item);
    const free = unpaired.get(name) ?? 0;
    if (free === 0) return true;
    unpaired.set(name, free - 1);
    paired.set(name, (paired.get(name) ?? 0) + 1);
    return false;
  });
  const unpairedRight = right.filter((_, index) => {
    const name = rightNames[index]!;
    const taken = paired.get(name) ?? 0;
    if (taken > 0) paired.set(name, taken - 1);
    return taken === 0;
  });
  return { left: unpairedLeft, right: unpairedRight };
}

const SKIPPED_CLOCK = 1.05 / 24; // days

function sameCell(wanted: Cell, found: Cell, kind: ColumnKind | undefined): boolean {
  if (typeof wanted === 'number' && typeof found === 'number') {
    if (kind === 'date') return Math.round(wanted) === Math.round(found);
    const tolerance = kind === 'datetime' || kind === 'time' ? SKIPPED_CLOCK : 1e-9;
    return Math.abs(wanted - found) <= tolerance;
  }
  if (typeof wanted === 'string' && typeof found === 'string') return bare(wanted) === bare(found);
  return wanted === found;
}

function bare(text: string): string {
  return shownText(text).replace(/[\s\p{C}\uFFFD]/gu, '');
}
