import type { Milliseconds } from '../../contract';
import { COST } from '../../contract';
import { enumNameOf } from './enums';

/**
 * One member of an emulated class: what a call costs and which argument lists it takes.
 *
 * An argument list is written `int,text|null`. Types: `int`, `number`, `text`, `boolean`, `any`, `date`, `object`
 * (a plain one), `list` (an array), `grid` (an array of arrays), `texts` (an array of strings), the name of an
 * emulated class (`Range`, or `Range[]`) or of an enum; `|null` allows null.
 */
export interface Member {
  readonly cost: Milliseconds;
  readonly lists: readonly (readonly string[])[];
}

/** A call that reads, writes or restructures the spreadsheet. */
export function served(...lists: string[]): Member {
  return { cost: COST.spreadsheet, lists: parse(lists) };
}

/** A call that only makes or asks a handle in the script's memory. */
export function free(...lists: string[]): Member {
  return { cost: 0, lists: parse(lists) };
}

function parse(lists: string[]): string[][] {
  return (lists.length === 0 ? [''] : lists).map(list => (list === '' ? [] : list.split(',')));
}

/** What the checker must know about values that are not plain. */
export interface Insight {
  isDate(value: unknown): boolean;
  /** The emulated class of a service object. */
  classOf(value: unknown): string | undefined;
}

export function accepts(member: Member, args: readonly unknown[], insight: Insight): boolean {
  return member.lists.some(
    list => list.length === args.length && list.every((type, i) => fits(type, args[i], insight)),
  );
}

function fits(type: string, value: unknown, insight: Insight): boolean {
  if (type.endsWith('|null')) return value === null || fits(type.slice(0, -5), value, insight);
  if (type.endsWith('[]')) {
    return Array.isArray(value) && value.every(item => fits(type.slice(0, -2), item, insight));
  }
  switch (type) {
    case 'any':
      return true;
    case 'int':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return insight.isDate(value);
    case 'list':
      return Array.isArray(value);
    case 'grid':
      return Array.isArray(value) && value.every(row => Array.isArray(row));
    case 'texts':
      return Array.isArray(value) && value.every(item => typeof item === 'string');
    case 'object':
      return isPlain(value, insight);
    default:
      return insight.classOf(value) === type || enumNameOf(value) === type;
  }
}

function isPlain(value: unknown, insight: Insight): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !insight.isDate(value) && !insight.classOf(value) && !enumNameOf(value);
}

/** The types of the arguments as the platform lists them in its refusal. */
export function describe(args: readonly unknown[], insight: Insight): string {
  return args.map(value => typeName(value, insight)).join(',');
}

function typeName(value: unknown, insight: Insight): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return `${value.length > 0 ? typeName(value[0], insight) : 'Object'}[]`;
  if (insight.isDate(value)) return 'Date';
  const emulated = insight.classOf(value);
  if (emulated) return `SpreadsheetApp.${emulated}`;
  return enumNameOf(value) ? `SpreadsheetApp.${enumNameOf(value)}` : 'Object';
}
