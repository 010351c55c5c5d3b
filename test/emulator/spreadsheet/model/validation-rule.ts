import type { CellValue } from '../../contract';
import { showsDate } from './display';
import type { SheetLocale } from './sheet-locale';
import { readTyped } from './typed-input';

export type Criteria =
  | 'CHECKBOX'
  | 'DATE_IS_VALID_DATE'
  | 'NUMBER_BETWEEN'
  | 'NUMBER_EQUAL_TO'
  | 'NUMBER_GREATER_THAN'
  | 'NUMBER_GREATER_THAN_OR_EQUAL_TO'
  | 'NUMBER_LESS_THAN'
  | 'NUMBER_LESS_THAN_OR_EQUAL_TO'
  | 'NUMBER_NOT_BETWEEN'
  | 'NUMBER_NOT_EQUAL_TO'
  | 'TEXT_CONTAINS'
  | 'TEXT_DOES_NOT_CONTAIN'
  | 'TEXT_EQUAL_TO'
  | 'TEXT_IS_VALID_EMAIL'
  | 'VALUE_IN_LIST';

/** A data validation. One that allows invalid data only warns: it refuses nobody. */
export interface ValidationRule {
  readonly criteria: Criteria;
  readonly values: readonly unknown[];
  readonly allowInvalid: boolean;
  /** `''` when the rule has none. */
  readonly helpText: string;
}

/** Whether the rule lets the value stand; empty cells always may. */
export function satisfies(
  rule: ValidationRule,
  value: CellValue,
  format: string,
  locale: SheetLocale,
): boolean {
  if (value === '') return true;
  const [first, second] = rule.values as [number, number];
  const within = (n: number) => n >= first && n <= second;
  const number = (check: (n: number) => boolean) => typeof value === 'number' && check(value);
  const text = String(value);
  switch (rule.criteria) {
    case 'VALUE_IN_LIST':
      return rule.values.some(item => isListed(String(item), value, format, locale));
    case 'CHECKBOX':
      return (rule.values.length > 0 ? rule.values : [true, false]).includes(value);
    case 'DATE_IS_VALID_DATE':
      return typeof value === 'number' && showsDate(format);
    case 'NUMBER_BETWEEN':
      return number(within);
    case 'NUMBER_NOT_BETWEEN':
      return number(n => !within(n));
    case 'NUMBER_EQUAL_TO':
      return number(n => n === first);
    case 'NUMBER_NOT_EQUAL_TO':
      return number(n => n !== first);
    case 'NUMBER_GREATER_THAN':
      return number(n => n > first);
    case 'NUMBER_GREATER_THAN_OR_EQUAL_TO':
      return number(n => n >= first);
    case 'NUMBER_LESS_THAN':
      return number(n => n < first);
    case 'NUMBER_LESS_THAN_OR_EQUAL_TO':
      return number(n => n <= first);
    case 'TEXT_EQUAL_TO':
      return text === String(rule.values[0]);
    case 'TEXT_CONTAINS':
      return text.includes(String(rule.values[0]));
    case 'TEXT_DOES_NOT_CONTAIN':
      return !text.includes(String(rule.values[0]));
    case 'TEXT_IS_VALID_EMAIL':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
  }
}

/** List items are typed text too: «5» in the list is the number 5 in the cell. */
function isListed(item: string, value: CellValue, format: string, locale: SheetLocale): boolean {
  return item === value || readTyped(item, format, locale, 1900).value === value;
}

/** What the refusal adds: the author's help text, else the list. */
export function hintOf(rule: ValidationRule): string {
  if (rule.helpText) return rule.helpText;
  return rule.criteria === 'VALUE_IN_LIST'
    ? `Please enter one of the following values: ${rule.values.join(', ')}.`
    : '';
}
