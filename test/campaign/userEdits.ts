import type { Sheet } from '../emulator/spreadsheet';
import type { SeededRandom } from '../simulator/seededRandom';
import type { Stage } from './stage';
import { placeOf, tableRows } from './tables';

/** What people do to the spreadsheet between two runs, and whether what is theirs is still there in the end. */
export const EDITS = [
  'renameSheet',
  'moveSheet',
  'insertColumn',
  'moveColumn',
  'renameHeader',
  'addNote',
  'comment',
  'totalsRow',
  'sort',
  'duplicateSheet',
] as const;
export type EditName = (typeof EDITS)[number];

const TABLES = ['report', 'days', 'hours', 'processes', 'pings'] as const;

interface Belonging {
  text: string;
  sheetId: number;
  where: 'cell' | 'formula' | 'note';
  /** The row of this day it stands in. */
  date?: number;
}

/** One person and what belongs to them; every text of theirs is unique and begins with `user-`. */
export class SheetUser {
  /** Whether a table was sorted, so that days may stand in another order. */
  sorted = false;
  readonly #belongings: Belonging[] = [];
  readonly #copies: { sheet: Sheet; content: string }[] = [];
  #texts = 0;

  constructor(
    private readonly stage: Stage,
    private readonly random: SeededRandom,
  ) {}

  do(edit: EditName): void {
    const { workbook } = this.stage.world;
    const key = this.random.pick(TABLES);
    const place = placeOf(workbook, key);
    if (!place) return;
    const { columns, sheet } = place;
    const { user } = workbook;
    switch (edit) {
      case 'renameSheet':
        user.renameSheet(sheet.id, this.#text());
        return;
      case 'moveSheet':
        user.moveSheet(sheet.id, this.random.whole(1, workbook.sheets.length));
        return;
      case 'insertColumn': {
        const at = this.random.whole(1, Math.max(1, sheet.lastColumn));
        user.insertColumns(sheet.id, at);
        this.#type(sheet, 1, at);
        return;
      }
      case 'moveColumn':
        user.moveColumn(
          sheet.id,
          this.random.pick([...columns.values()]),
          this.random.whole(1, sheet.lastColumn),
        );
        return;
      case 'renameHeader':
        this.#type(sheet, 1, this.random.pick([...columns.values()]));
        return;
      case 'addNote':
        this.#note(key, sheet);
        return;
      case 'comment':
        this.#comment(key, sheet);
        return;
      case 'totalsRow': {
        const row = sheet.lastRow + this.random.whole(1, 2);
        if (row > sheet.maxRows) user.insertRows(sheet.id, sheet.maxRows, 3);
        const text = this.#text();
        user.type(
          sheet.id,
          row,
          columns.get(key === 'pings' ? 'ms' : 'events') ?? 3,
          `=COUNTA(A:A)&"${text}"`,
        );
        this.#belongings.push({ text, sheetId: sheet.id, where: 'formula' });
        return;
      }
      case 'sort':
        // A total among the rows would be sorted into them, which is the user's own business.
        if (this.#belongings.some(one => one.sheetId === sheet.id && one.where === 'formula')) return;
        user.sortRows(sheet.id, this.random.pick([...columns.values()]), this.random.chance(0.5));
        this.sorted = true;
        return;
      case 'duplicateSheet': {
        if (this.#copies.length > 0) return;
        const copy = user.duplicateSheet(sheet.id);
        this.#copies.push({ sheet: copy, content: contentOf(copy) });
        return;
      }
    }
  }

  /** What is gone, doubled or out of its place. */
  complaints(): string[] {
    const { workbook } = this.stage.world;
    const lost = this.#belongings.flatMap(one => {
      const sheet = workbook.sheets.find(({ id }) => id === one.sheetId);
      const found = sheet ? placesOf(sheet, one) : [];
      if (found.length !== 1) return [`foreign: ${one.text} stands ${found.length} times`];
      const date = placeOf(workbook, this.#keyOf(one.sheetId) ?? '')?.columns.get('date');
      if (one.date === undefined || date === undefined) return [];
      const beside = sheet!.value(found[0]!, date);
      return beside === one.date
        ? []
        : [`foreign: ${one.text} stands beside ${beside} instead of ${one.date}`];
    });
    const changed = this.#copies.flatMap(({ content, sheet }) =>
      contentOf(sheet) === content ? [] : [`foreign: the copy "${sheet.title}" was changed`],
    );
    return [...lost, ...changed];
  }

  #keyOf(sheetId: number): string | undefined {
    return TABLES.find(key => placeOf(this.stage.world.workbook, key)?.sheet.id === sheetId);
  }

  #text(): string {
    this.#texts += 1;
    return `user-${this.#texts}-`;
  }

  #type(sheet: Sheet, row: number, column: number): void {
    const text = this.#text();
    const before = sheet.value(row, column);
    this.stage.world.workbook.user.type(sheet.id, row, column, text);
    // Whoever overwrites their own text has taken it away themselves.
    const index = this.#belongings.findIndex(one => one.text === before && one.sheetId === sheet.id);
    if (index >= 0) this.#belongings.splice(index, 1);
    this.#belongings.push({ text, sheetId: sheet.id, where: 'cell' });
  }

  /** On the cell of a day that stays: the first of its rows. */
  #note(key: string, sheet: Sheet): void {
    const found = this.#someDay(key);
    if (!found) return;
    const cell = sheet.cell(found.row, found.column);
    if (cell?.note !== '') return;
    const text = this.#text();
    this.stage.world.workbook.user.addNote(sheet.id, found.row, found.column, text);
    this.#belongings.push({ text, sheetId: sheet.id, where: 'note', date: found.date });
  }

  /** Beside a day's first row, in a column of the user's own. */
  #comment(key: string, sheet: Sheet): void {
    const found = this.#someDay(key);
    if (!found) return;
    const ours = placeOf(this.stage.world.workbook, key)!.columns;
    const own = Array.from({ length: sheet.lastColumn + 1 }, (_, i) => i + 1).find(
      column => ![...ours.values()].includes(column),
    );
    if (own === undefined || own > sheet.maxColumns || sheet.value(found.row, own) !== '') return;
    const text = this.#text();
    this.stage.world.workbook.user.type(sheet.id, found.row, own, text);
    this.#belongings.push({ text, sheetId: sheet.id, where: 'cell', date: found.date });
  }

  #someDay(key: string): { row: number; column: number; date: number } | undefined {
    const { workbook } = this.stage.world;
    const column = placeOf(workbook, key)?.columns.get('date');
    const rows = tableRows(workbook, key) ?? [];
    if (column === undefined || rows.length === 0) return undefined;
    const date = Number(this.random.pick(rows).cells['date']);
    const first = rows.find(({ cells }) => cells['date'] === date)!;
    return { row: first.row, column, date };
  }
}

function placesOf(sheet: Sheet, { text, where }: Belonging): number[] {
  return sheet.rows.flatMap((row, index) =>
    (row ?? []).flatMap(cell => {
      if (!cell) return [];
      const shown = where === 'note' ? cell.note : where === 'formula' ? cell.formula : String(cell.value);
      return where === 'formula'
        ? shown.includes(text)
          ? [index + 1]
          : []
        : shown === text
          ? [index + 1]
          : [];
    }),
  );
}

/** Values, formulas, notes and formats of every cell. */
export function contentOf(sheet: Sheet): string {
  return JSON.stringify(
    sheet.rows.flatMap((row, y) =>
      (row ?? []).flatMap((cell, x) =>
        cell && (cell.filled || cell.note !== '')
          ? [[y, x, cell.value, cell.formula, cell.note, cell.format]]
          : [],
      ),
    ),
  );
}
