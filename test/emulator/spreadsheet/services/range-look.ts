import type { Cell, Style } from '../model/cell';
import { NO_STYLE } from '../model/cell';
import { giveFormat } from '../model/cell-writing';
import { acceptableFormat, GENERAL } from '../model/display';
import { Refusal } from '../model/refusal';
import { requireColor } from './colors';
import { constant, constantName, WrapStrategy } from './enums';
import { RangeContents } from './range-contents';
import type { GRange } from './range-coordinates';
import { type Member, served } from './signatures';

export type LookMember =
  | 'clearFormat'
  | 'getBackground'
  | 'getBackgrounds'
  | 'getFontWeight'
  | 'getFontWeights'
  | 'getHorizontalAlignment'
  | 'getNumberFormat'
  | 'getNumberFormats'
  | 'getWrap'
  | 'getWrapStrategy'
  | 'setBackground'
  | 'setBackgrounds'
  | 'setBorder'
  | 'setFontColor'
  | 'setFontColors'
  | 'setFontSize'
  | 'setFontStyle'
  | 'setFontWeight'
  | 'setFontWeights'
  | 'setHorizontalAlignment'
  | 'setNumberFormat'
  | 'setNumberFormats'
  | 'setVerticalAlignment'
  | 'setWrap'
  | 'setWrapStrategy';

const BORDERS = 'boolean|null,boolean|null,boolean|null,boolean|null,boolean|null,boolean|null';

export const LOOK_MEMBERS: Record<LookMember, Member> = {
  clearFormat: served(),
  getBackground: served(),
  getBackgrounds: served(),
  getFontWeight: served(),
  getFontWeights: served(),
  getHorizontalAlignment: served(),
  getNumberFormat: served(),
  getNumberFormats: served(),
  getWrap: served(),
  getWrapStrategy: served(),
  setBackground: served('text|null'),
  setBackgrounds: served('grid'),
  setBorder: served(BORDERS, `${BORDERS},text|null,BorderStyle|null`),
  setFontColor: served('text|null'),
  setFontColors: served('grid'),
  setFontSize: served('int'),
  setFontStyle: served('text|null'),
  setFontWeight: served('text|null'),
  setFontWeights: served('grid'),
  setHorizontalAlignment: served('text|null'),
  setNumberFormat: served('text'),
  setNumberFormats: served('grid'),
  setVerticalAlignment: served('text|null'),
  setWrap: served('boolean'),
  setWrapStrategy: served('WrapStrategy'),
};

type FontWeight = 'bold' | 'normal';
type FontStyle = 'italic' | 'normal';

/** How a range's cells look. */
export abstract class RangeLook extends RangeContents {
  getNumberFormat(): string {
    return this.first(cell => cell?.format ?? GENERAL);
  }

  getNumberFormats(): string[][] {
    return this.read(cell => cell?.format ?? GENERAL);
  }

  setNumberFormat(format: string): GRange {
    const checked = requireFormat(format);
    const { locale } = this.session.workbook;
    return this.change(cell => giveFormat(cell, checked, locale));
  }

  setNumberFormats(formats: unknown[][]): GRange {
    this.requireShape(formats);
    this.requireTexts(formats, 'Range.setNumberFormats');
    const checked = formats.map(line => line.map(format => requireFormat(String(format))));
    const { locale } = this.session.workbook;
    return this.change((cell, i, j) => giveFormat(cell, checked[i]![j]!, locale));
  }

  getFontWeight(): FontWeight {
    return this.first(cell => cell?.style.fontWeight ?? 'normal');
  }

  getFontWeights(): FontWeight[][] {
    return this.read(cell => cell?.style.fontWeight ?? 'normal');
  }

  setFontWeight(weight: FontWeight | null): GRange {
    return this.#style('fontWeight', requireOneOf(weight, ['bold', 'normal']));
  }

  setFontWeights(weights: unknown[][]): GRange {
    return this.#styles('fontWeight', weights, weight => requireOneOf(weight, ['bold', 'normal']));
  }

  setFontStyle(style: FontStyle | null): GRange {
    return this.#style('fontStyle', requireOneOf(style, ['italic', 'normal']));
  }

  setFontSize(size: number): GRange {
    return this.#style('fontSize', size);
  }

  setFontColor(color: string | null): GRange {
    return this.#style('fontColor', requireColor(color));
  }

  setFontColors(colors: unknown[][]): GRange {
    return this.#styles('fontColor', colors, requireColor);
  }

  getBackground(): string {
    return this.first(cell => cell?.style.background ?? '#ffffff');
  }

  getBackgrounds(): string[][] {
    return this.read(cell => cell?.style.background ?? '#ffffff');
  }

  setBackground(color: string | null): GRange {
    return this.#style('background', requireColor(color));
  }

  setBackgrounds(colors: unknown[][]): GRange {
    return this.#styles('background', colors, requireColor);
  }

  /** Borders are checked and forgotten: nothing here shows them. */
  setBorder(): GRange {
    return this.change(() => undefined);
  }

  getHorizontalAlignment(): string {
    return this.first(cell => cell?.style.horizontal ?? 'general');
  }

  setHorizontalAlignment(alignment: 'left' | 'center' | 'normal' | 'right' | null): GRange {
    const checked = requireOneOf(alignment, ['left', 'center', 'right', 'normal']);
    return this.#style('horizontal', checked === 'normal' ? undefined : checked);
  }

  setVerticalAlignment(alignment: 'top' | 'middle' | 'bottom' | null): GRange {
    return this.#style('vertical', requireOneOf(alignment, ['top', 'middle', 'bottom']));
  }

  getWrap(): boolean {
    return this.first(cell => cell?.style.wrap === 'WRAP');
  }

  setWrap(wrap: boolean): GRange {
    return this.#style('wrap', wrap ? 'WRAP' : 'OVERFLOW');
  }

  getWrapStrategy(): GoogleAppsScript.Spreadsheet.WrapStrategy {
    return this.first(cell => constant(WrapStrategy, cell?.style.wrap ?? 'OVERFLOW'));
  }

  setWrapStrategy(strategy: GoogleAppsScript.Spreadsheet.WrapStrategy): GRange {
    return this.#style('wrap', constantName(strategy));
  }

  clearFormat(): GRange {
    return this.change(cell => {
      cell.style = NO_STYLE;
      cell.format = GENERAL;
    });
  }

  #style<K extends keyof Style>(key: K, value: Style[K] | undefined): GRange {
    const shared = new Map<Style, Style>();
    return this.change(cell => restyle(cell, key, value, shared));
  }

  #styles<K extends keyof Style>(
    key: K,
    values: unknown[][],
    check: (v: unknown) => Style[K] | undefined,
  ): GRange {
    this.requireShape(values);
    const checked = values.map(line => line.map(check));
    return this.change((cell, i, j) => restyle(cell, key, checked[i]![j], new Map()));
  }
}

/** Cells that looked the same share one style object afterwards too: sheets have many cells and few looks. */
function restyle(cell: Cell, key: keyof Style, value: unknown, shared: Map<Style, Style>): void {
  let style = shared.get(cell.style);
  if (!style) {
    const { [key]: _, ...rest } = cell.style;
    style = value === undefined ? rest : { ...rest, [key]: value };
    shared.set(cell.style, style);
  }
  cell.style = style;
}

function requireFormat(format: string): string {
  if (format.toLowerCase() === 'general') return GENERAL;
  if (!acceptableFormat(format)) throw new Refusal(`Invalid number format: ${format}`);
  return format;
}

function requireOneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  if (value === null) return undefined;
  const found = allowed.find(item => item === value);
  if (!found) throw new Refusal(`Invalid argument: ${value}`);
  return found;
}
