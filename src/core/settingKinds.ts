/** What a setting asks for; the texts say it in words. */
export type Expectation =
  | { kind: 'account-address' }
  | { kind: 'whole-number'; from: number; to: number }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'time-zone' }
  | { kind: 'time-of-day'; from: string }
  | { kind: 'user-ids' }
  | { kind: 'yes-no' }
  | { kind: 'email' }
  | { kind: 'client-id' }
  | { kind: 'https-address' };

/** How one setting is read and written. */
export interface Declaration<T> {
  default: T;
  expects: Expectation;
  /** From the cell's text, which is not empty. undefined: not what is asked for. */
  read(text: string): T | undefined;
  /** The value as it stands in the cell and among the last good values. */
  write(value: T): string;
}

/** The words for yes and no in the sheet's language. */
export interface YesNo {
  yes: string;
  no: string;
}

/** A written value in the sheet's language. */
export function shownValue(expects: Expectation, written: string, words: YesNo): string {
  if (expects.kind !== 'yes-no') return written;
  return written === 'yes' ? words.yes : words.no;
}

export function wholeNumber(from: number, to: number, standard: number): Declaration<number> {
  return {
    default: standard,
    expects: { kind: 'whole-number', from, to },
    read: text => {
      const value = /^\d{1,9}(?:[.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
      return value >= from && value <= to ? value : undefined;
    },
    write: String,
  };
}

export function numberOf(choices: readonly number[], standard: number): Declaration<number> {
  return {
    default: standard,
    expects: { kind: 'choice', choices: choices.map(String) },
    read: text => choices.find(choice => String(choice) === text),
    write: String,
  };
}

export function oneOf<T extends string>(
  choices: readonly T[],
  standard: T,
  normal: (text: string) => string,
): Declaration<T> {
  return {
    default: standard,
    expects: { kind: 'choice', choices },
    read: text => choices.find(choice => choice === normal(text)),
    write: value => value,
  };
}

/** `3:00`, `03:00`, `03:00:00`, or the share of a day that a cell formatted as a time holds. */
export function timeFrom(text: string, earliest: string): string | undefined {
  const share = /^0?[.,]\d+$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 1440) : undefined;
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  const minutes = share ?? (match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN);
  if (!(minutes < 1440) || Number(match?.[2] ?? 0) > 59) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return time >= earliest ? time : undefined;
}

export function userIds(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]/).filter(part => part !== '');
  return parts.every(part => /^\d{1,15}$/.test(part)) ? [...new Set(parts.map(Number))] : undefined;
}

export function yesOrNo(text: string): boolean | undefined {
  if (/^(yes|да|true|истина|1)$/i.test(text)) return true;
  if (/^(no|нет|false|ложь|0)$/i.test(text)) return false;
  return undefined;
}
