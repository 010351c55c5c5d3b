import { columnLetters } from './area';
import { type Axis, type AxisChange, lineAfter, spanAfter } from './axis-change';

const TITLE = String.raw`(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\d_.]*)!`;
const CELL = String.raw`\$?[A-Z]{1,3}\$?[1-9]\d*`;
const COLUMNS = String.raw`\$?[A-Z]{1,3}:\$?[A-Z]{1,3}`;
const ROWS = String.raw`\$?[1-9]\d*:\$?[1-9]\d*`;
/** A text in quotes is left alone; what stands before or after a letter, a digit or a bracket is a name. */
const TOKEN = new RegExp(
  `"(?:[^"]|"")*"|(?<![\\p{L}\\d_.$!'])(${TITLE})?(${CELL}(?::${CELL})?|${COLUMNS}|${ROWS})(?![\\p{L}\\d_(])`,
  'gu',
);

/** The formula after rows or columns of a sheet were inserted, deleted or moved. Sorting changes no references. */
export function shiftReferences(
  formula: string,
  formulaSheet: string,
  changedSheet: string,
  axis: Axis,
  change: AxisChange,
): string {
  if (change.kind === 'sort') return formula;
  return formula.replace(TOKEN, (token: string, title: string | undefined, reference: string | undefined) => {
    if (reference === undefined) return token;
    const sheet = title ? title.slice(0, -1).replace(/^'|'$/g, '').replaceAll("''", "'") : formulaSheet;
    if (sheet !== changedSheet) return token;
    const shifted = shift(reference, axis, change);
    return shifted === undefined ? '#REF!' : `${title ?? ''}${shifted}`;
  });
}

function shift(reference: string, axis: Axis, change: AxisChange): string | undefined {
  const corners = reference.split(':').map(corner => /^(\$?)([A-Z]*)(\$?)(\d*)$/.exec(corner)!);
  const numbers = corners.map(([, , letters = '', , digits = '']) =>
    axis === 'row' ? Number(digits) : columnNumber(letters),
  );
  // Whole columns have no rows to shift, and whole rows no columns.
  if (numbers.includes(0)) return reference;
  const moved = numbers.length === 1 ? [lineAfter(change, numbers[0]!)] : ends(numbers, change);
  if (moved.includes(undefined)) return undefined;
  return corners
    .map(([, first = '', letters = '', second = '', digits = ''], index) => {
      const line = moved[index]!;
      return axis === 'row'
        ? `${first}${letters}${second}${line}`
        : `${first}${columnLetters(line)}${second}${digits}`;
    })
    .join(':');
}

function ends([first = 0, last = 0]: readonly number[], change: AxisChange): (number | undefined)[] {
  const span = spanAfter(change, { start: first, count: last - first + 1 });
  return span ? [span.start, span.start + span.count - 1] : [undefined];
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
