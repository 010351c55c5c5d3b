/** One constant of an enum of the script: compared by identity, its name in text and JSON [doc V8M]. */
export interface EnumConstant {
  name(): string;
  ordinal(): number;
  toString(): string;
  toJSON(): string;
}

const enumNames = new WeakMap<object, string>();

/** Enums are nominal ambient types without a value in Node, so the objects are made here and cast once. */
function enumOf<E>(name: string, members: readonly string[]): E {
  const constants: Record<string, EnumConstant> = {};
  for (const [index, member] of members.entries()) {
    const constant = Object.freeze({
      name: () => member,
      ordinal: () => index,
      toString: () => member,
      toJSON: () => member,
    });
    enumNames.set(constant, name);
    constants[member] = constant;
  }
  return Object.freeze(constants) as E;
}

/** The enum that a constant belongs to, such as `WrapStrategy`; undefined for anything else. */
export function enumNameOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? enumNames.get(value) : undefined;
}

/** The name of a constant, such as `CLIP`. */
export function constantName<N extends string>(constant: unknown): N {
  return String(constant) as N;
}

/** The constant of that name. */
export function constant<E>(of: object, name: string): E {
  return (of as Record<string, E>)[name] as E;
}

type Sheets = typeof GoogleAppsScript.Spreadsheet;

export const DeveloperMetadataVisibility = enumOf<Sheets['DeveloperMetadataVisibility']>(
  'DeveloperMetadataVisibility',
  ['DOCUMENT', 'PROJECT'],
);
export const DeveloperMetadataLocationType = enumOf<Sheets['DeveloperMetadataLocationType']>(
  'DeveloperMetadataLocationType',
  ['SPREADSHEET', 'SHEET', 'ROW', 'COLUMN'],
);
export const WrapStrategy = enumOf<Sheets['WrapStrategy']>('WrapStrategy', ['WRAP', 'OVERFLOW', 'CLIP']);
export const ProtectionType = enumOf<Sheets['ProtectionType']>('ProtectionType', ['RANGE', 'SHEET']);
export const BorderStyle = enumOf<Sheets['BorderStyle']>('BorderStyle', [
  'DOTTED',
  'DASHED',
  'SOLID',
  'SOLID_MEDIUM',
  'SOLID_THICK',
  'DOUBLE',
]);
export const InterpolationType = enumOf<Sheets['InterpolationType']>('InterpolationType', [
  'NUMBER',
  'PERCENT',
  'PERCENTILE',
  'MIN',
  'MAX',
]);
export const DataValidationCriteria = enumOf<Sheets['DataValidationCriteria']>('DataValidationCriteria', [
  'CHECKBOX',
  'DATE_IS_VALID_DATE',
  'NUMBER_BETWEEN',
  'NUMBER_EQUAL_TO',
  'NUMBER_GREATER_THAN',
  'NUMBER_GREATER_THAN_OR_EQUAL_TO',
  'NUMBER_LESS_THAN',
  'NUMBER_LESS_THAN_OR_EQUAL_TO',
  'NUMBER_NOT_BETWEEN',
  'NUMBER_NOT_EQUAL_TO',
  'TEXT_CONTAINS',
  'TEXT_DOES_NOT_CONTAIN',
  'TEXT_EQUAL_TO',
  'TEXT_IS_VALID_EMAIL',
  'VALUE_IN_LIST',
]);

/** Stands for `ScriptApp.AuthMode.LIMITED` where the caller gives no better one. */
export const LIMITED: unknown = constant(
  enumOf<object>('AuthMode', ['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL']),
  'LIMITED',
);
