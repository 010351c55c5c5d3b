import { areaAfter } from './area';
import { type Axis, type AxisChange, rearrange, rearrangeKeys, spanAfter } from './axis-change';
import { ruleAfter } from './conditional-rule';
import { shiftReferences } from './formula-references';
import type { MetadataStore } from './metadata-store';
import { Refusal, TEXT } from './refusal';
import type { Row, Sheet } from './sheet';

/** Adds, removes and moves whole rows and columns, with everything that hangs on them. */
export class SheetStructure {
  constructor(
    private readonly sheet: Sheet,
    private readonly metadata: MetadataStore,
    /** All sheets of the workbook: formulas anywhere may refer to this one. */
    private readonly sheets: readonly Sheet[],
  ) {}

  /** @param like the line whose look and validation the new ones take over, by its position before the change */
  insert(axis: Axis, at: number, count: number, like?: number): void {
    const { sheet } = this;
    const heirs = like === undefined ? undefined : this.#line(axis, like).map(cell => cell?.heir());
    this.#apply(axis, { kind: 'insert', at, count, like });
    for (let line = at; heirs && line < at + count; line++) {
      for (const [i, heir] of heirs.entries()) {
        if (!heir) continue;
        const [row, column] = axis === 'row' ? [line, i + 1] : [i + 1, line];
        Object.assign(sheet.cellForWriting(row, column), heir.copy());
      }
    }
  }

  /** @throws Refusal when the lines are not there or would be the last ones that scroll */
  delete(axis: Axis, at: number, count: number): void {
    const { sheet } = this;
    const what = axis === 'row' ? 'rows' : 'columns';
    const length = axis === 'row' ? sheet.maxRows : sheet.maxColumns;
    if (at < 1 || count < 1 || at + count - 1 > length) throw new Refusal(TEXT.linesOutOfBounds(what));
    const frozen = axis === 'row' ? sheet.frozenRows : sheet.frozenColumns;
    const frozenLeft = spanAfter({ kind: 'delete', at, count }, { start: 1, count: frozen })?.count ?? 0;
    if (length - count <= frozenLeft) throw new Refusal(TEXT.allNonFrozen(what));
    this.#apply(axis, { kind: 'delete', at, count });
  }

  /** @param to the line before which the block shall stand, by its position before the change */
  move(axis: Axis, at: number, count: number, to: number): void {
    if (to >= at && to <= at + count) return;
    this.#apply(axis, { kind: 'move', at, count, to });
  }

  /** Row `from + i` becomes what row `order[i]` was. */
  sortRows(from: number, order: readonly number[]): void {
    this.#apply('row', { kind: 'sort', from, order });
  }

  #line(axis: Axis, line: number): Row {
    const { sheet } = this;
    return axis === 'row'
      ? [...(sheet.rows[line - 1] ?? [])]
      : Array.from(sheet.rows, row => row?.[line - 1]);
  }

  #apply(axis: Axis, change: AxisChange): void {
    const { sheet } = this;
    if (axis === 'row') {
      rearrange(sheet.rows, change);
    } else {
      for (const row of sheet.rows) if (row) rearrange(row, change);
      if (change.kind === 'insert') sheet.columns += change.count;
      if (change.kind === 'delete') sheet.columns -= change.count;
    }
    // Hidden lines are places, like heights and widths: a sort leaves them where they are.
    if (change.kind !== 'sort') {
      rearrangeKeys(axis === 'row' ? sheet.hiddenRows : sheet.hiddenColumns, change);
      if (axis === 'column') rearrangeKeys(sheet.columnWidths, change);
    }
    this.#followFrozen(axis, change);
    this.#followAreas(axis, change);
    this.metadata.follow(sheet.id, axis, change);
    this.#followReferences(axis, change);
    sheet.contentChanged();
  }

  #followFrozen(axis: Axis, change: AxisChange): void {
    const key = axis === 'row' ? 'frozenRows' : 'frozenColumns';
    const frozen = this.sheet[key];
    if (change.kind === 'insert' && change.at <= frozen) this.sheet[key] = frozen + change.count;
    if (change.kind === 'delete') {
      this.sheet[key] = spanAfter(change, { start: 1, count: frozen })?.count ?? 0;
    }
  }

  #followReferences(axis: Axis, change: AxisChange): void {
    for (const sheet of this.sheets) {
      for (const row of sheet.rows) {
        for (const cell of row ?? []) {
          if (!cell?.formula) continue;
          cell.formula = shiftReferences(cell.formula, sheet.title, this.sheet.title, axis, change);
        }
      }
    }
  }

  #followAreas(axis: Axis, change: AxisChange): void {
    const { sheet } = this;
    sheet.merges = sheet.merges.flatMap(area => areaAfter(area, axis, change) ?? []);
    sheet.filter = sheet.filter && areaAfter(sheet.filter, axis, change);
    sheet.conditionalRules = sheet.conditionalRules.flatMap(rule => ruleAfter(rule, axis, change) ?? []);
    sheet.protections = sheet.protections.filter(protection => {
      protection.unprotected = protection.unprotected.flatMap(area => areaAfter(area, axis, change) ?? []);
      if (!protection.area) return true;
      protection.area = areaAfter(protection.area, axis, change);
      return protection.area !== undefined;
    });
  }
}
