const LONGEST_CELL = 50_000; // characters, the spreadsheet's limit

/**
 * A text as it must be written so that the cell shows exactly this text. A spreadsheet takes a written string as
 * typed input: `=…` becomes a formula, `12.11` a date, `007` a number, `TRUE` a truth value. The apostrophe, which
 * the cell does not show, keeps it a text. Anything but plain words gets one.
 */
export function literalText(text: string): string {
  if (text === '') return '';
  const fitting = text.length > LONGEST_CELL - 1 ? `${text.slice(0, LONGEST_CELL - 2)}…` : text;
  return PLAIN_WORDS.test(fitting) && !TRUTH_VALUE.test(fitting) ? fitting : `'${fitting}`;
}

const PLAIN_WORDS = /^[A-Za-zА-Яа-яЁё«"„(][^\d=+@%:/\\'\r\n\t]*$/;
const TRUTH_VALUE = /^\s*(true|false|истина|ложь)\s*$/i;
