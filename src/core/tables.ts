/**
 * Our tables, each declared once: the columns by key, in the order in which a new sheet gets them, and what they
 * hold. Keys never change: they stand in the sheet's metadata, so that users may rename and move columns.
 */

/** Keys of the developer metadata by which sheets and columns are found, whatever their titles. */
export const SHEET_MARK = 'amoMonitor.sheet';
export const COLUMN_MARK = 'amoMonitor.column';
/**
 * Of a row, while a merge that begins there is being broken apart: how many rows it covered. A run that is cut short
 * in between leaves rows without their key, and the mark tells whose they are.
 */
export const MERGE_MARK = 'amoMonitor.merge';
/** Of the spreadsheet as a whole: which version of the layout its sheets have. */
export const SCHEMA_MARK = 'amoMonitor.schema';
/** Of the spreadsheet as a whole: its id when it was set up. A copy has another one. */
export const DOCUMENT_MARK = 'amoMonitor.document';
/** Of this code. Rises when an older code would misread or spoil what this one writes. */
export const SCHEMA_VERSION = 3;

/** `hour`: a whole number, 0 to 23, shown as a time of day. `typed`: what the user types, not to be taken for a date. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'percent'
  | 'hour'
  | 'typed';

const HOUR_NUMBERS = Array.from({ length: 24 }, (_, hour) => hour);
export type HourColumn = `hour${number}`;
/** A column for each wall-clock hour. */
export const HOUR_COLUMNS: readonly HourColumn[] = HOUR_NUMBERS.map(hour => `hour${hour}` as const);
const HOURS = Object.fromEntries(HOUR_COLUMNS.map(column => [column, 'integer'])) as Record<
  HourColumn,
  'integer'
>;

const PINGS = {
  time: 'datetime',
  ms: 'integer',
  min: 'integer',
  max: 'integer',
  samples: 'integer',
  status: 'integer',
  cause: 'text',
  slot: 'time',
  counted: 'text',
  entry: 'text',
} as const satisfies Record<string, ColumnKind>;

/** `time` is a full date-time that shows only the hour and minute. */
export const TABLES = {
  report: { date: 'date', event: 'text', count: 'integer', peakMs: 'integer', peakTime: 'time' },
  days: {
    date: 'date',
    completeness: 'text',
    events: 'integer',
    automated: 'integer',
    manual: 'integer',
    operations: 'integer',
    robot: 'integer',
    robotShare: 'percent',
    client: 'integer',
    clientShare: 'percent',
    service: 'integer',
    serviceShare: 'percent',
    unknown: 'integer',
    unknownShare: 'percent',
    person: 'integer',
    personShare: 'percent',
    former: 'integer',
    formerShare: 'percent',
    unexplained: 'percent',
    busiestHour: 'hour',
    pings: 'integer',
    pingsFailed: 'integer',
    medianMs: 'integer',
    p95Ms: 'integer',
    p99Ms: 'integer',
    peakMs: 'integer',
    peakTime: 'time',
    slowestHour: 'hour',
    requests: 'integer',
    ownRequests: 'integer',
    ownShare: 'percent',
    note: 'text',
  },
  hours: { date: 'date', event: 'text', total: 'integer', ...HOURS, note: 'text' },
  processes: {
    date: 'date',
    process: 'text',
    actor: 'text',
    events: 'integer',
    operations: 'integer',
    share: 'percent',
    peakHour: 'hour',
    example: 'text',
  },
  loops: {
    date: 'date',
    kind: 'text',
    process: 'text',
    entity: 'text',
    count: 'integer',
    missed: 'integer',
    first: 'datetime',
    last: 'datetime',
  },
  latency: { date: 'date', ...HOURS },
  pings: PINGS,
  pingsArchive: PINGS,
  log: {
    when: 'datetime',
    job: 'text',
    level: 'text',
    what: 'text',
    effect: 'text',
    todo: 'text',
    seconds: 'integer',
    requests: 'integer',
  },
} as const satisfies Record<string, Record<string, ColumnKind>>;

export type TableKey = keyof typeof TABLES;
export type ColumnOf<Key extends TableKey> = Extract<keyof (typeof TABLES)[Key], string>;

/**
 * By which column a row is known as one of ours: users write totals and notes into our columns too. And the column
 * by whose days the rows stand in order.
 */
export const ROW_MARKS: { readonly [Key in TableKey]: RowMarks<ColumnOf<Key>> } = {
  report: { key: 'date', order: 'date' },
  days: { key: 'date', order: 'date' },
  hours: { key: 'date', order: 'date' },
  processes: { key: 'date', order: 'date' },
  loops: { key: 'date', order: 'date' },
  latency: { key: 'date', order: 'date' },
  pings: { key: 'entry', order: 'time' },
  pingsArchive: { key: 'entry', order: 'time' },
  log: { key: 'when', order: 'when' },
};

export interface RowMarks<Column extends string = string> {
  key: Column;
  order: Column;
}

/** The sheets in the order in which set-up makes them; the archive is made when it is first needed. */
export const SHEET_ORDER = [
  'report',
  'days',
  'hours',
  'processes',
  'loops',
  'latency',
  'pings',
  'log',
  'rules',
  'settings',
] as const;
export type SheetKey = TableKey | 'settings' | 'rules';
/** The version of the layout that first had a sheet; the others were there from the beginning. */
export const SHEET_SINCE: Readonly<Partial<Record<SheetKey, number>>> = {
  hours: 3,
  processes: 3,
  loops: 3,
  latency: 3,
  rules: 3,
};

/** Rules are the user's: name the process that is described by the first four; the last two are ours. */
export const RULES = {
  type: 'typed',
  about: 'typed',
  actor: 'typed',
  hours: 'typed',
  name: 'typed',
  matched: 'integer',
  problem: 'text',
} as const satisfies Record<string, ColumnKind>;
export const SETTINGS_COLUMNS = ['setting', 'value', 'meaning', 'problem', 'key'] as const;

/** Columns that only the code needs. They are hidden when they are made. */
export const HIDDEN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  settings: ['key'],
  pings: ['entry'],
  pingsArchive: ['entry'],
};

const KINDS: Readonly<Record<Exclude<SheetKey, 'settings'>, Readonly<Record<string, ColumnKind>>>> = {
  ...TABLES,
  rules: RULES,
};

/** The columns of a sheet by key, in the order in which a new one gets them. */
export function columnsOf(key: SheetKey): readonly string[] {
  return key === 'settings' ? SETTINGS_COLUMNS : Object.keys(KINDS[key]);
}

/** What a column of a sheet holds. */
export function kindOf(key: SheetKey, column: string): ColumnKind {
  return key === 'settings' ? 'text' : (KINDS[key][column] ?? 'text');
}
