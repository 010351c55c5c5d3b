import type { Cell, Row } from './cell';

/** A row as it stands in a sheet; numbers count from 1, the header is row 1. */
export interface StandingRow<Column extends string = string> {
  number: number;
  row: Row<Column>;
}

/** What a plan builds on. */
export interface Ground<Column extends string = string> {
  /** Our rows, from the top. */
  rows: readonly StandingRow<Column>[];
  /** Whether columns of ours hold nothing in that row: it can be written without overwriting anything. */
  isFree(number: number): boolean;
  /** Whether the whole row is empty, columns of the user's own included. */
  isBlank(number: number): boolean;
}

/** To be done in this order: rows are inserted before row `at`, then written, or written and then removed. */
export interface RowPlan<Column extends string = string> {
  insert?: { at: number; count: number };
  /** Ascending, numbered as after the insertion. */
  write: StandingRow<Column>[];
  /** Ascending. */
  remove: number[];
}

export interface Replacement<Column extends string = string> {
  belongs: (row: Row<Column>) => boolean;
  rows: readonly Row<Column>[];
  follows: (row: Row<Column>) => boolean;
}

const FIRST_ROW = 2;

/** Rows behind our last one. What stands there already moves down. */
export function planAppend<Column extends string>(
  ground: Ground<Column>,
  rows: readonly Row<Column>[],
): RowPlan<Column> {
  return { ...place(rows, behindAll(ground), roomBehindAll(ground, rows.length)), remove: [] };
}

/**
 * Rows in the place of those that belong together. Where there are none, they go to their place in the order: before
 * the first row that follows, or, when the user has sorted the newest to the top, before the first that does not.
 */
export function planReplace<Column extends string>(
  ground: Ground<Column>,
  { belongs, rows, follows }: Replacement<Column>,
  order: Column,
): RowPlan<Column> {
  const present = ground.rows.filter(({ row }) => belongs(row));
  const kept = present.slice(0, rows.length);
  const remove = present.slice(rows.length).map(({ number }) => number);
  const newestFirst = isNewestFirst(ground.rows.map(({ row }) => row[order]));
  const sorted = newestFirst ? [...rows].sort((a, b) => Number(b[order]) - Number(a[order])) : rows;
  const write = kept.map(({ number }, index) => ({ number, row: sorted[index]! }));
  const missing = sorted.slice(kept.length);

  const last = kept[kept.length - 1]?.number;
  const next =
    last === undefined ? ground.rows.find(({ row }) => follows(row) !== newestFirst)?.number : undefined;
  if (next !== undefined) {
    const blank = blanksAbove(ground, next, missing.length);
    return { ...place(missing, next - blank, blank), remove };
  }
  const behindLast = last === undefined || last + 1 === behindAll(ground);
  const at = behindLast ? behindAll(ground) : last + 1;
  const room = behindLast ? roomBehindAll(ground, missing.length) : blanksFrom(ground, at, missing.length);
  const placed = place(missing, at, room);
  return { ...placed, write: [...write, ...placed.write], remove };
}

/** Really descending over at least two days; anything else counts as the order in which we write. */
export function isNewestFirst(order: readonly Cell[]): boolean {
  const times = order.filter(cell => typeof cell === 'number');
  if (times.slice(1).some((time, index) => time > times[index]!)) return false;
  return times.length > 1 && Math.floor(times[0]!) > Math.floor(times[times.length - 1]!);
}

function behindAll<Column extends string>({ rows }: Ground<Column>): number {
  return (rows[rows.length - 1]?.number ?? FIRST_ROW - 1) + 1;
}

/** @param room how many rows from `at` on may be written as they are; the others are inserted behind them */
function place<Column extends string>(
  rows: readonly Row<Column>[],
  at: number,
  room: number,
): Omit<RowPlan<Column>, 'remove'> {
  const write = rows.map((row, index) => ({ number: at + index, row }));
  const count = rows.length - room;
  return count > 0 ? { insert: { at: at + room, count }, write } : { write };
}

/** All or nothing: a gap that the user has left before a totals row stays a gap. */
function roomBehindAll<Column extends string>(ground: Ground<Column>, count: number): number {
  const at = behindAll(ground);
  for (let index = 0; index < count; index += 1) if (!ground.isFree(at + index)) return 0;
  return count;
}

/** Blank rows among ours are what an interrupted insertion has left. */
function blanksFrom<Column extends string>(ground: Ground<Column>, at: number, most: number): number {
  let blank = 0;
  while (blank < most && ground.isBlank(at + blank)) blank += 1;
  return blank;
}

function blanksAbove<Column extends string>(ground: Ground<Column>, next: number, most: number): number {
  let blank = 0;
  while (blank < most && next - blank - 1 >= FIRST_ROW && ground.isBlank(next - blank - 1)) blank += 1;
  return blank;
}
