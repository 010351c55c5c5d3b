import type { Row } from '../core/cell';
import { compareRows, type LostLine, linesOf, lostLines, newRows } from '../core/rowCheck';
import { planAppend, planReplace, type RowPlan, type StandingRow } from '../core/rowPlan';
import type { Table } from '../ports';
import { columnPositions } from './marks';
import { crosses, mergesOf } from './merges';
import { isSamePlace, takeBack } from './misplaced';
import { Lasting, Patience, patiently } from './patience';
import { onUnprotected } from './sheetProtection';
import { isWithoutFormulas, type Look, type Lookable, lookAt, plainLook } from './tableLook';
import { carryOut, finishBreaking, putBack, type Writable } from './tableWriting';

export interface TablePlace extends Lookable, Writable {
  /**
   * Puts titles back that the user has cleared or translated. Looks up the marks before.
   * @param header as it stands
   * @returns whether anything was amiss
   */
  finishHeader(header: readonly unknown[]): boolean;
}

/** Looks at most so often. More than two are needed only where somebody else changes the sheet at the same time. */
const LOOKS = 12;

/** What is still to be done after a look; undefined when all is as it shall be. */
type NextPlan<Column extends string> = (
  look: Look<Column>,
  /** The look before anything was written. */
  first: Look<Column>,
  /** How often a plan has been carried out to its end. */
  written: number,
) => RowPlan<Column> | undefined;

/** A table in a sheet: the header in row 1, our columns wherever the user has put them. */
export function sheetTable<Column extends string>(place: TablePlace): Table<Column> {
  const { kinds } = place;
  const key = place.marks.key as Column;
  const order = place.marks.order as Column;
  const columnsOf = ({ columns }: Look<Column>) => columns.map(([column]) => column);

  const append: Table<Column>['append'] = (rows, { most, order: by = order, again = [] } = {}) => {
    if (rows.length + again.length === 0) return;
    let wanted: readonly Row<Column>[] | undefined;
    const look = change<Column>(place, notMeant, (now, first, written) => {
      const standing = () => first.rows.map(({ row }) => row);
      wanted ??=
        again.length === 0
          ? rows
          : [...compareRows(again, standing(), kinds, columnsOf(first)).missing, ...rows];
      const { missing, foreign } = compareRows(
        wanted,
        now === first ? [] : newRows(first.rows, now.rows, columnsOf(now)),
        kinds,
        columnsOf(now),
      );
      // What the platform has altered in a cell must not be written again and again.
      const absent = written > 0 ? compareRows(missing, foreign, kinds, [key]).missing : missing;
      return absent.length > 0 ? planAppend(now, absent) : undefined;
    });
    if (most !== undefined) trim(place, look, { most, order: by });
  };

  return {
    read: () =>
      patiently(() => (plainLook<Column>(place).look ?? lookAt<Column>(place)).rows.map(({ row }) => row)),
    append,
    replace(replacement) {
      const { belongs, rows } = replacement;
      // Rows that do not say of themselves that they belong are known by not having been there before.
      const known = rows.every(belongs);
      change<Column>(place, belongs, (now, first, written) => {
        const present = now.rows.map(({ row }) => row).filter(belongs);
        const columns = columnsOf(now);
        const found = known ? present : newRows(first.rows, now.rows, columns);
        const compared = compareRows(rows, found, kinds, columns);
        const foreign = known ? compared.foreign : present;
        if (compared.missing.length === 0 && foreign.length === 0) return undefined;
        if (known && written > 1) {
          // The platform has altered a cell: the rows are there, and each once.
          const byKey = compareRows(rows, present, kinds, [key]);
          if (byKey.missing.length === 0 && byKey.foreign.length === 0) return undefined;
        }
        return planReplace(now, known ? replacement : { ...replacement, rows: compared.missing }, order);
      });
    },
  };
}

const notMeant = () => false;

/**
 * Changes a table in a series of looks: what is not yet as it shall be is written, and looked at again. So a call
 * that failed before its effect or after it, a row that somebody inserted meanwhile, and a neighbour that was
 * overwritten by that, are all found in the same way.
 * @param isMeant the rows that the change is about; all others must outlive it
 * @returns the last look, which found all well
 * @throws SheetProtected
 */
function change<Column extends string>(
  place: TablePlace,
  isMeant: (row: Row<Column>) => boolean,
  next: NextPlan<Column>,
): Look<Column> {
  const { sheet, marks } = place;
  let first: Look<Column> | undefined;
  let last: Look<Column> | undefined;
  let written = 0;
  /** What was written, or half written, since the last look; the short way without asking for merges before. */
  let attempt: { look: Look<Column>; plan: RowPlan<Column>; isShort?: true } | undefined;
  let isBegun = false;

  const open = (
    look: Look<Column>,
    done = written,
  ): { plan?: RowPlan<Column> | undefined; lost: LostLine<Column>[] } => {
    requireKey(place, look);
    const before = first ?? look;
    const columns = look.columns.map(([column]) => column);
    const lines = (of: Look<Column>) => linesOf(of, isMeant, marks.key as Column, columns);
    return {
      plan: next(look, before, done),
      lost: before === look ? [] : lostLines(lines(before), lines(look)),
    };
  };
  const isDone = ({ plan, lost }: ReturnType<typeof open>) => !plan && lost.length === 0;

  /** Rows that are written where nothing else is: below ours, or in their place where no merge can stand in the way. */
  const isSimple = (plan: RowPlan<Column>, look: Look<Column>): boolean => {
    if (plan.insert || plan.remove.length > 0 || !isWithoutFormulas(place, look)) return false;
    return (
      isGrowth(plan, look) || mergesOf(sheet, Math.max(...look.columns.map(([, at]) => at))).length === 0
    );
  };

  /**
   * An ordinary table needs no more than five calls to grow, and six to have rows replaced in their place.
   * @returns whether there is nothing to do
   */
  const begin = (): boolean => {
    const { look, header } = plainLook<Column>(place);
    if (place.finishHeader(header) || !look) return false;
    const { plan } = open(look);
    if (plan && !isSimple(plan, look)) return false;
    first = look;
    if (plan) {
      attempt = { look, plan, isShort: true };
      carryOut(place, look, plan);
      written += 1;
    }
    last = look;
    return !plan;
  };

  const step = (): boolean => {
    if (!isBegun) {
      isBegun = true;
      if (begin()) return true;
    }
    if (last) {
      const quick = lookAt(place, last);
      // To the letter after the short way: a merge may have swallowed a cell.
      if (isSamePlace(quick, last) && isDone(open(quick, attempt?.isShort ? 0 : written))) {
        last = quick;
        return true;
      }
    }
    // A quick look will do to find that all is well, not to repair.
    const look = lookAt<Column>(place);
    first ??= look;
    if (attempt && !isSamePlace(attempt.look, look)) {
      takeBack(sheet, place.spreadsheetZone, attempt.look, attempt.plan, look);
      attempt = undefined;
      written -= 1;
      return false;
    }
    if (attempt?.isShort) {
      const swallowed = rowsInMerges(attempt.plan, look);
      attempt = undefined;
      if (swallowed.length > 0) {
        last = undefined;
        // What such a merge shows is what we have just written, and holds for the one row only.
        carryOut(place, { ...look, shared: [] }, { write: swallowed, remove: [] });
        last = look;
        return false;
      }
    }
    const todo = open(look);
    attempt = undefined;
    if (todo.plan) {
      attempt = { look, plan: todo.plan };
      last = undefined;
      carryOut(place, look, todo.plan);
      written += 1;
    } else if (todo.lost.length > 0) {
      putBack(place, look, todo.lost[0]!);
    } else {
      finishBreaking(place, look);
    }
    last = look;
    return isDone(todo) && look.halfBroken.length === 0;
  };

  const patience = new Patience();
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const done = patience.during(() => onUnprotected(sheet, () => columnNumbers(place), step));
    if (done) return last!;
  }
  throw new Lasting(`The sheet "${sheet.getName()}" is being changed by somebody else`);
}

/** Whether a plan writes behind our last row alone. */
function isGrowth<Column extends string>({ write }: RowPlan<Column>, { rows }: Look<Column>): boolean {
  const last = rows[rows.length - 1]?.number ?? 1;
  return write.every(({ number }) => number > last);
}

/** Rows of a plan that stand where they were written, and in a merge of the user's there. */
function rowsInMerges<Column extends string>(
  { write }: RowPlan<Column>,
  { columns, content, merges }: Look<Column>,
): StandingRow<Column>[] {
  return write.filter(
    ({ number, row }) =>
      merges.some(merge => crosses(merge, number)) &&
      columns.some(([key, position]) => row[key] !== '' && content(number, position) === row[key]),
  );
}

/** Removes the oldest rows when there are too many. */
function trim<Column extends string>(
  place: TablePlace,
  seen: Look<Column>,
  { most, order }: { most: number; order: Column },
): void {
  if (seen.rows.length <= most) return;
  patiently(() => {
    const ground = lookAt<Column>(place);
    const excess = ground.rows.length - most;
    if (excess <= 0) return;
    // Some more than needed, so that not every run deletes. The user may have sorted the rows.
    const oldestFirst = [...ground.rows].sort((a, b) => (a.row[order] < b.row[order] ? -1 : 1));
    const gone = oldestFirst.slice(0, excess + Math.floor(most / 10)).map(({ number }) => number);
    carryOut(place, ground, { write: [], remove: gone.sort((a, b) => a - b) });
  });
}

/** Without its key column a table's rows cannot be told from the user's: then nothing is written. */
function requireKey<Column extends string>({ sheet, marks }: TablePlace, { columns }: Look<Column>): void {
  if (columns.some(([column]) => column === marks.key)) return;
  throw new Lasting(`The sheet "${sheet.getName()}" has lost its column "${marks.key}"`);
}

function columnNumbers({ sheet }: TablePlace): number[] {
  return [...columnPositions(sheet).values()];
}
