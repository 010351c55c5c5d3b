import type { Cell } from './cell';
import type { ConditionalRule, Gradient, GradientPoint } from './conditional-rule';
import type { Sheet } from './sheet';

/**
 * The background that the sheet's colour scales give each number: `#rrggbb` by cell. Blanks, texts, booleans and
 * formulas, which are never computed here, get none. Of several rules the first wins [doc SS-sheet: the rules are
 * evaluated in their input order].
 */
export function scaledBackgrounds(sheet: Sheet): Map<Cell, string> {
  const backgrounds = new Map<Cell, string>();
  for (const { areas, gradient } of sheet.conditionalRules) {
    if (!gradient) continue;
    const numbers = numbersIn(sheet, areas);
    const stops = stopsOf(gradient, [...numbers.values()]);
    for (const [cell, number] of numbers) {
      if (!backgrounds.has(cell)) backgrounds.set(cell, colorAt(number, stops));
    }
  }
  return backgrounds;
}

function numbersIn(sheet: Sheet, areas: ConditionalRule['areas']): Map<Cell, number> {
  const numbers = new Map<Cell, number>();
  for (const area of areas) {
    const lastRow = Math.min(area.row + area.rows - 1, sheet.lastRow);
    const lastColumn = Math.min(area.column + area.columns - 1, sheet.lastColumn);
    for (let row = area.row; row <= lastRow; row++) {
      for (let column = area.column; column <= lastColumn; column++) {
        const cell = sheet.cell(row, column);
        if (typeof cell?.value === 'number') numbers.set(cell, cell.value);
      }
    }
  }
  return numbers;
}

/** Where on the scale a colour is reached. */
interface Stop {
  readonly at: number;
  readonly color: string;
}

function stopsOf({ min, mid, max }: Gradient, numbers: readonly number[]): Stop[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return [min, ...(mid ? [mid] : []), max].map(point => ({ at: placeOf(point, sorted), color: point.color }));
}

/**
 * A percentage is one of the way from the least to the greatest number, a percentile what PERCENTILE() gives
 * [doc Sheets API, InterpolationPointType].
 */
function placeOf({ type, value }: GradientPoint, sorted: readonly number[]): number {
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const share = Number(value) / 100;
  switch (type) {
    case 'MIN':
      return least;
    case 'MAX':
      return most;
    case 'NUMBER':
      return Number(value);
    case 'PERCENT':
      return most * share + least * (1 - share);
    case 'PERCENTILE': {
      const place = (sorted.length - 1) * share;
      const below = sorted[Math.floor(place)] ?? least;
      const above = sorted[Math.ceil(place)] ?? most;
      return below + (above - below) * (place - Math.floor(place));
    }
  }
}

/** A number at or below the first stop, as all are when they are equal, has the first colour. */
function colorAt(number: number, stops: readonly Stop[]): string {
  const next = stops.findIndex(({ at }) => number <= at);
  if (next < 0) return stops.at(-1)!.color;
  const to = stops[next]!;
  const from = stops[next - 1];
  if (!from) return to.color;
  return mixed(from.color, to.color, (number - from.at) / (to.at - from.at));
}

function mixed(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map(start => {
    const [a, b] = [from, to].map(color => Number.parseInt(color.slice(start, start + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
