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
/** Of this code. Rises when an older code would misread or spoil what this one writes. */
export const SCHEMA_VERSION = 2;

export type ColumnKind = 'text' | 'integer' | 'boolean' | 'date' | 'datetime' | 'time' | 'percent';

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
    pings: 'integer',
    pingsFailed: 'integer',
    medianMs: 'integer',
    peakMs: 'integer',
    peakTime: 'time',
    requests: 'integer',
    ownRequests: 'integer',
    ownShare: 'percent',
    note: 'text',
  },
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
  pings: { key: 'entry', order: 'time' },
  pingsArchive: { key: 'entry', order: 'time' },
  log: { key: 'when', order: 'when' },
};

export interface RowMarks<Column extends string = string> {
  key: Column;
  order: Column;
}

/** The sheets in the order in which set-up makes them; the archive is made when it is first needed. */
export const SHEET_ORDER = ['report', 'days', 'pings', 'log', 'settings'] as const;
export type SheetKey = TableKey | 'settings';

export const SETTINGS_COLUMNS = ['setting', 'value', 'meaning', 'problem', 'key'] as const;

/** Columns that only the code needs. They are hidden when they are made. */
export const HIDDEN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  settings: ['key'],
  pings: ['entry'],
  pingsArchive: ['entry'],
};
