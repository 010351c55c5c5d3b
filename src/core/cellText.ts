const LONGEST_CELL = 50_000; // characters, the spreadsheet's limit

/**
 * A text as it must be written so that the cell shows exactly this text. A spreadsheet takes a written string as
 * typed input: `=…` becomes a formula, `12.11` a date, `007` a number, `TRUE` a truth value. The apostrophe, which
 * the cell does not show, keeps it a text. Anything but plain words gets one.
 */
export function literalText(text: string): string {
  if (text === '') return '';
  const shown = shownText(text);
  return PLAIN_WORDS.test(shown) && !TRUTH_VALUE.test(shown) ? shown : `'${shown}`;
}

/** What of a text a cell can hold: not more than fits, and no half of a character, which UTF-8 cannot write. */
export function shownText(text: string): string {
  const fitting = text.length > LONGEST_CELL - 1 ? `${text.slice(0, LONGEST_CELL - 2)}…` : text;
  return fitting.replace(LONE_SURROGATE, '\uFFFD');
}

// With the u flag a whole pair is one character, which the class does not name.
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;
const PLAIN_WORDS = /^[A-Za-zА-Яа-яЁё«"„(][^\d=+@%:/\\'\r\n\t]*$/;
/** The words that spreadsheets of some locale take for true or false. */
const TRUTH_VALUE = new RegExp(
  `^(${[
    'true|false|истина|ложь|істина|хибність|хиба|ісціна|хлусня|ақиқат|жалған|шын',
    'wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|vero|waar|onwaar|prawda|fałsz|pravda|nepravda',
    'sant|sann|sand|falskt|falsk|usann|tosi|epätosi|igaz|hamis|doğru|yanlış|adevărat|fals|cert|вярно|невярно|тачно|нетачно',
  ].join('|')})\\s*$`,
  'i',
);
